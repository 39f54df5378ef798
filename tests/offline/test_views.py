import numpy as np
import pytest

from mmrec_app.catalogue import item_for
from mmrec_app.conf import conf
from mmrec_app.encoders import IMAGE_DEFAULT, cached, read_image
from mmrec_app.exceptions import AugmentationError
from mmrec_app.models import ModalityVector
from mmrec_app.offline.encode import encode_dirty
from mmrec_app.offline.views import encode_missing_views
from shop_demo.models import Product
from tests.products import make_product, picture

pytestmark = pytest.mark.django_db


def rows(**of: object) -> dict[tuple[int, str, int], ModalityVector]:
    return {(row.item_id, row.modality, row.view): row for row in ModalityVector.objects.filter(**of)}


def test_each_encoder_gets_its_views_once_and_they_differ_from_the_plain_vector_and_little():
    item = item_for(make_product())
    make_product("blue", "mug")
    encode_dirty()
    said: list[int] = []
    assert encode_missing_views(said.append) == sum(said) == 2 * 2 * 2
    stored = rows(item=item)
    views = {(modality, view) for modality in ("text", "image") for view in range(3)}
    assert {(modality, view) for _, modality, view in stored} == {*views, ("colours", 0)}  # which nothing trains on
    for modality in ("text", "image"):
        plain, one, other = (np.asarray(stored[item.pk, modality, view].vector) for view in range(3))
        assert 0.4 < plain @ one < 0.999 and 0.4 < plain @ other < 0.999 and one @ other < 0.999
    before = {key: row.encoded_at for key, row in rows().items()}
    assert encode_missing_views() == 0
    assert {key: row.encoded_at for key, row in rows().items()} == before


def test_views_follow_a_changed_content_and_only_that():
    product = make_product()
    encode_dirty()
    encode_missing_views()
    before = rows()
    product.title = "A crimson gown"
    product.save()
    assert encode_missing_views() == 0  # its plain vector comes first
    encode_dirty()
    assert encode_missing_views() == 2
    changed = {key[1:] for key, row in rows().items() if row.content_hash != before[key].content_hash}
    assert changed == {("text", 0), ("text", 1), ("text", 2)}


def test_a_content_that_is_newer_than_its_plain_vector_waits():
    product = make_product()
    encode_dirty()
    product.title = "A crimson gown"
    product.save()
    assert encode_missing_views() == 2
    assert {modality for _, modality, view in rows() if view} == {"image"}


def test_fewer_views_leave_no_rest_and_none_makes_none(settings):
    make_product()
    encode_dirty()
    encode_missing_views()
    settings.MMREC = settings.MMREC | {"VIEWS": 1}
    assert encode_missing_views() == 0
    assert {view for _, _, view in rows()} == {0, 1}
    settings.MMREC = settings.MMREC | {"VIEWS": 0}
    assert encode_missing_views() == 0 and {view for _, _, view in rows()} == {0}


def test_an_item_that_cannot_be_read_costs_no_other(settings, caplog):
    good, bad = make_product("red"), make_product("blue")
    encode_dirty()
    settings.MMREC = settings.MMREC | {"CATALOGUE": ["tests.adapters.BlueFails"]}
    assert encode_missing_views() == 4
    assert {item for item, _, view in rows() if view} == {item_for(good).pk}
    assert f"item {item_for(bad).pk} gets no augmented views" in caplog.text


def test_of_an_item_s_pictures_a_view_looks_at_one(settings):
    settings.MMREC = {"CATALOGUE": ["tests.adapters.TwoPictures"], "VIEWS": 8}
    item = item_for(make_product())
    encode_dirty()
    encode_missing_views()
    seen = np.stack([row.vector for key, row in rows(item=item, modality="image").items() if key[2]])
    both = cached(IMAGE_DEFAULT).encode([read_image(picture(*of)) for of in (("red", "dress"), ("blue", "mug"))])
    nearest = (seen @ both.T).argmax(axis=1)
    assert set(nearest) == {0, 1} and (seen @ both.T).max(axis=1).min() > 0.5


def test_a_rewriter_that_is_not_there_is_named(settings):
    make_product(image=False)
    encode_dirty()
    settings.MMREC = settings.MMREC | {"REWRITERS": ["/no/such/model"]}
    with pytest.raises(AugmentationError, match="/no/such/model"):
        encode_missing_views()


def test_two_encoders_of_one_modality_each_have_their_vectors(settings):
    both = [
        {"max_length": 128, "model": "bundled:all-MiniLM-L6-v2"},
        {"pooling": "cls", "model": "bundled:all-MiniLM-L6-v2"},
    ]
    settings.MMREC = settings.MMREC | {"ENCODERS": {"text": both}, "VIEWS": 1}
    item = item_for(make_product())
    encode_dirty()
    assert encode_missing_views() == 2
    identities = [spec.identity for spec in conf().encoders]
    stored = ModalityVector.objects.filter(item=item).values_list("encoder", "view")
    assert set(stored) == {(identity, view) for identity in identities for view in (0, 1)}
    Product.objects.update(title="Another")
    Product.objects.get().save()
    encode_dirty()
    assert encode_missing_views() == 2
