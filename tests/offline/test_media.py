"""A shop whose products are heard and seen moving."""

import io

import numpy as np
import pytest
from PIL import Image
from scipy.io import wavfile

from mmrec_app.catalogue import item_for
from mmrec_app.conf import conf
from mmrec_app.embeddings.vectors import vectors_of
from mmrec_app.models import ModalityVector
from mmrec_app.offline.encode import encode_dirty
from mmrec_app.offline.views import encode_missing_views
from shop_demo.catalogue import ProductCatalogue
from tests.products import make_product

pytestmark = pytest.mark.django_db

ENCODERS = {"text": "bundled:all-MiniLM-L6-v2", "audio": "bundled:aisfx", "video": "bundled:mobilenetv2"}


def hum(hertz: float) -> bytes:
    out = io.BytesIO()
    wavfile.write(out, 44_100, np.sin(2 * np.pi * hertz * np.arange(44_100) / 44_100).astype(np.float32))
    return out.getvalue()


def spin(colour: str) -> bytes:
    frames = [Image.new("RGB", (60, 60), colour).rotate(n * 9, fillcolor="white") for n in range(10)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


class Moving(ProductCatalogue):
    def audio(self, product):
        return [hum(product.attributes["hertz"])] if "hertz" in product.attributes else []

    def video(self, product):
        return [b"damaged" if product.attributes["colour"] == "blue" else spin(product.attributes["colour"])]


@pytest.fixture(autouse=True)
def moving(settings):
    settings.MMREC = {"CATALOGUE": ["tests.offline.test_media.Moving"], "ENCODERS": ENCODERS, "VIEWS": 1}


def stored(item) -> dict[tuple[str, int], str]:
    rows = ModalityVector.objects.filter(item=item).values_list("modality", "view", "content_hash")
    return {(modality, view): digest for modality, view, digest in rows}


def test_sounds_and_films_are_modalities_like_any_other():
    product = make_product(attributes={"colour": "red", "hertz": 440})
    item = item_for(product)
    encode_dirty()
    assert encode_missing_views() == 3
    before = stored(item)
    assert set(before) == {(modality, view) for modality in ENCODERS for view in (0, 1)}
    assert vectors_of(0, [item.pk])[item.pk].any()
    product.attributes["hertz"] = 880
    product.save()
    assert encode_dirty() == 1
    changed = {key for key, digest in stored(item).items() if digest != before[key]}
    assert changed == {("audio", 0)}


def test_a_damaged_film_costs_itself_and_a_large_one_is_named(settings):
    item = item_for(make_product("blue"))
    encode_dirty()
    item.refresh_from_db()
    assert set(stored(item)) == {("text", 0)} and "film" in item.last_error and item.dirty_since is None
    settings.MMREC = settings.MMREC | {"MEDIA_BYTES": 5}
    other = item_for(make_product("green"))
    encode_dirty()
    other.refresh_from_db()
    assert "larger than 5 bytes" in other.last_error and "MEDIA_BYTES" in other.last_error


def test_what_no_encoder_looks_at_is_not_read(settings):
    settings.MMREC = settings.MMREC | {"ENCODERS": {"text": ENCODERS["text"]}}
    item = item_for(make_product("blue"))
    encode_dirty()
    item.refresh_from_db()
    assert [spec.modality for spec in conf().encoders] == ["text"] and item.last_error == ""
