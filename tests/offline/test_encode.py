from datetime import timedelta

import numpy as np
import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from mmrec_app.catalogue import item_for
from mmrec_app.conf import conf
from mmrec_app.embeddings import claims
from mmrec_app.embeddings.claims import encode_again
from mmrec_app.embeddings.vectors import vectors_of
from mmrec_app.encoders import cached, read_image
from mmrec_app.exceptions import EncoderError
from mmrec_app.models import Item, ItemVector, ModalityVector
from mmrec_app.offline.encode import encode_claim, encode_dirty
from mmrec_app.offline.fit import fit
from mmrec_app.training.projection import unit
from tests.adapters import WatchingCatalogue
from tests.products import make_product, make_shop, picture

pytestmark = pytest.mark.django_db


def written() -> dict[tuple[int, str], object]:
    rows = ModalityVector.objects.values_list("item_id", "modality", "encoded_at")
    return {(item, modality): at for item, modality, at in rows}


def test_a_product_gets_a_vector_of_each_modality_and_a_place():
    item = item_for(make_product())
    assert encode_dirty() == 1
    item.refresh_from_db()
    assert (item.dirty_since, item.lease_token, item.last_error) == (None, None, "")
    assert {v.modality: len(v.vector) for v in item.modality_vectors.all()} == {
        "text": 384,
        "image": 1280,
        "colours": 128,
    }
    place = vectors_of(0, [item.pk])[item.pk]
    assert place.shape == (256,) and float(place @ place) == pytest.approx(1, abs=1e-2)


def test_a_price_encodes_nothing_and_a_title_only_the_text():
    product = make_product()
    encode_dirty()
    item, before = item_for(product), written()

    product.price = 77
    product.save()
    assert encode_dirty() == 0

    product.title = "A crimson gown"
    product.save()
    assert encode_dirty() == 1
    after = written()
    assert after[item.pk, "text"] > before[item.pk, "text"]
    assert after[item.pk, "image"] == before[item.pk, "image"]


def gone(product) -> int:
    key = product.pk
    product.delete()
    assert Item.objects.get(object_id=str(key)).removed_at is not None
    return key


def back(product, key: int) -> Item:
    product.pk = key
    product.save(force_insert=True)
    return Item.objects.get(object_id=str(key))


def test_what_comes_back_before_it_was_encoded_is_encoded():
    product = make_product(image=False)
    item = back(product, gone(product))
    encode_dirty()
    assert item.modality_vectors.exists() and item.vectors.exists()


def test_what_changed_and_went_and_comes_back_has_the_vector_of_its_new_text():
    product = make_product(image=False)
    encode_dirty()
    before = ModalityVector.objects.get(modality="text").content_hash
    product.description = "Something else entirely"
    product.save()
    back(product, gone(product))
    encode_dirty()
    assert ModalityVector.objects.get(modality="text").content_hash != before


def test_what_comes_back_after_a_generation_was_made_without_it_is_placed_and_not_encoded_again():
    product, *_others = (make_product(colour, image=False) for colour in ("red", "blue", "green", "orange"))
    encode_dirty()
    encoded = written()
    key = gone(product)
    generation = fit()
    item = back(product, key)
    encode_dirty()
    assert item.vectors.filter(generation=generation).exists() and written() == encoded


def test_encode_again_skips_nothing():
    make_product()
    encode_dirty()
    before = written()
    encode_again(Item.objects.all())
    assert encode_dirty() == 1
    assert all(at > before[key] for key, at in written().items())


def test_a_bad_picture_costs_the_picture_and_not_the_item():
    product = make_product()
    encode_dirty()
    product.image.save("broken.png", ContentFile(picture("red", "mug")[:60]), save=True)
    encode_dirty()
    item = item_for(product)
    assert item.dirty_since is None and "cannot be read" in item.last_error
    assert "text" in {v.modality for v in item.modality_vectors.all()}
    assert ItemVector.objects.filter(item=item).exists()


def test_a_picture_that_is_taken_away_takes_its_vector_along():
    product = make_product()
    encode_dirty()
    product.image = ""
    product.save()
    encode_dirty()
    assert [v.modality for v in item_for(product).modality_vectors.all()] == ["text"]


def test_an_item_without_anything_to_encode_has_no_place(settings):
    settings.MMREC = {"CATALOGUE": ["tests.adapters.SilentCatalogue"]}
    product = make_product(image=False)
    encode_dirty()
    item = item_for(product)
    assert item.dirty_since is None and not ItemVector.objects.filter(item=item).exists()


def test_only_the_item_at_fault_counts_a_failure(settings):
    good, bad = make_product("red"), make_product("blue")
    settings.MMREC = {"CATALOGUE": ["tests.adapters.BlueFails"]}
    encode_dirty()
    assert item_for(good).dirty_since is None
    item = item_for(bad)
    assert item.attempts == 3 and "blue is not to be read" in item.last_error


def test_look_alikes_are_near():
    products = make_shop(numbers=1)
    places = vectors_of(0, [item_for(product).pk for product in products])
    dress, other, mug = (places[item_for(products[n]).pk] for n in (0, 4, 1))  # red dress, blue dress, red mug
    assert dress @ other > dress @ mug


def test_the_first_of_a_batch_at_fault_counts_nothing_on_the_others(settings):
    bad, *good = make_product("blue"), make_product("red"), make_product("green")
    settings.MMREC = {"CATALOGUE": ["tests.adapters.BlueFails"]}
    encode_claim(claims.claim(10))
    assert item_for(bad).attempts == 1 and item_for(bad).dirty_since is not None
    assert [(item_for(p).attempts, item_for(p).dirty_since) for p in good] == [(0, None), (0, None)]


def test_a_missing_encoder_parks_nothing(settings):
    product = make_product()
    settings.MMREC = settings.MMREC | {"ENCODERS": {"text": "/no/such/folder"}}
    for _ in range(5):
        with pytest.raises(EncoderError, match="/no/such/folder"):
            encode_dirty()
    item = item_for(product)
    assert (item.attempts, item.lease_token) == (0, None) and item.dirty_since is not None


def test_the_lease_is_renewed_while_a_batch_is_encoded(settings):
    settings.MMREC = {"CATALOGUE": ["tests.adapters.WatchingCatalogue"], "LEASE_SECONDS": 500}
    make_product(image=False)
    claimed = claims.claim(10)
    Item.objects.update(lease_until=timezone.now() + timedelta(seconds=5))
    WatchingCatalogue.seen.clear()
    encode_claim(claimed)
    assert WatchingCatalogue.seen and min(WatchingCatalogue.seen) > 100


def test_a_picture_replaced_by_a_broken_one_takes_its_vector_along():
    product = make_product()
    encode_dirty()
    product.image.save("broken.png", ContentFile(b"not a picture"), save=True)
    encode_dirty()
    assert [v.modality for v in item_for(product).modality_vectors.all()] == ["text"]


def test_the_pictures_of_an_item_are_averaged(settings):
    settings.MMREC = {"CATALOGUE": ["tests.adapters.TwoPictures"]}
    product = make_product()
    encode_dirty()
    both = ModalityVector.objects.get(item=item_for(product), modality="image").vector
    spec = conf().encoders[1]
    rows = cached(spec).encode([read_image(picture("red", "dress")), read_image(picture("blue", "mug"))])
    np.testing.assert_allclose(both, unit(rows.mean(0, keepdims=True))[0], atol=2e-3)
