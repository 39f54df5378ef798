"""Several product models at once, with primary keys of every kind, on real tables."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mmrec_app.catalogue import catalogues, item_for, items_for, sync
from mmrec_app.catalogue.items import find_item, find_items
from mmrec_app.events import record
from mmrec_app.models import Event, Item, Visitor
from mmrec_app.offline.encode import encode_dirty
from mmrec_app.recommend import recommend
from mmrec_app.recommend.serve import hydrate
from tests.goods.models import Book, Gadget, Shirt, Size

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def goods(settings):
    names = ("Books", "Gadgets", "Shirts", "Sizes")
    settings.MMREC = {"CATALOGUE": [f"tests.goods.catalogue.{name}" for name in names]}


def test_every_kind_of_key_makes_items_that_are_encoded_recommended_and_turned_back_into_products():
    made = [
        Book.objects.create(isbn="978-0 / ä", title="A novel of the sea"),
        Book.objects.create(isbn="978-1", title="A novel of the ocean"),
        Gadget.objects.create(title="An electric kettle"),
        Shirt.objects.create(title="A linen shirt"),
    ]
    assert encode_dirty() == 4
    assert sorted(Item.objects.values_list("source", "object_id")) == sorted(
        (product._meta.label_lower, str(product.pk)) for product in made
    )
    found = recommend("similar", item=made[0], k=3)
    assert [card.product for card in hydrate(found.items)][0] == made[1]
    assert {card.product for card in hydrate(found.items)} == set(made[1:])


def test_a_key_from_outside_finds_its_item_in_any_catalogue():
    book, gadget = Book.objects.create(isbn="978-1", title="B"), Gadget.objects.create(title="G")
    size = Size.objects.create(shirt=Shirt.objects.create(title="S"), name="XL")
    assert find_item("978-1") == item_for(book)  # the first catalogue's
    assert find_item(str(gadget.pk), "goods.gadget") == item_for(gadget)
    assert find_item(str(size.pk), "goods.size") == item_for(size.shirt)


@pytest.mark.parametrize("key", ["", "x", "9" * 40, "-1", "1.5", "' OR 1=1 --", "5b0c1a52-6f6e-4c39-9d0e-0a8a1a3a7c11"])
@pytest.mark.parametrize("source", ["", "goods.gadget", "goods.shirt", "goods.size", "no.such"])
def test_a_key_that_cannot_be_finds_nothing(key, source):
    Shirt.objects.create(title="S")
    assert find_item(key, source) is None


def test_many_keys_are_found_in_a_query_a_source_and_one_for_variants(django_assert_max_num_queries):
    shirts = [Shirt.objects.create(title=f"S{n}") for n in range(20)]
    sizes = [Size.objects.create(shirt=shirt, name="M") for shirt in shirts]
    keys = [("goods.shirt", str(shirt.pk)) for shirt in shirts] + [("goods.size", str(size.pk)) for size in sizes]
    with django_assert_max_num_queries(4 + 20):  # the adapter itself reads a shirt a size
        found = find_items(keys)
    assert len(found) == 40 and found["goods.size", str(sizes[3].pk)] == item_for(shirts[3])


def test_what_happens_to_a_variant_happens_to_its_parents_item():
    shirt = Shirt.objects.create(title="A shirt")
    small, large = (Size.objects.create(shirt=shirt, name=name) for name in "SL")
    assert Item.objects.count() == 1
    visitor = Visitor.objects.create(key="v")
    for size in (small, large):
        assert record("cart", size, visitor=visitor)
    assert set(Event.objects.values_list("item", flat=True)) == {item_for(shirt).pk}
    assert items_for([small, large]) == {small: item_for(shirt), large: item_for(shirt)}

    Item.objects.update(dirty_since=None)
    large.delete()
    assert item_for(shirt).removed_at is None
    shirt.delete()  # and its sizes with it
    assert Item.objects.get().removed_at is not None


def test_odd_types_of_an_adapter_are_brought_into_form_once_and_stay_unchanged():
    shirt = Shirt.objects.create(title="Shirt", released=date(2026, 3, 1), facts={"n": 1})
    item = item_for(shirt)
    assert item.price == Decimal("9.99") and item.sites == [1, 2]
    assert item.published_at == datetime(2026, 3, 1, tzinfo=UTC)
    assert item.attributes == {"n": 1, "weight": "0.3", "odd": "ab", "nothing": None}
    result = sync(catalogues()["goods.shirt"])
    assert (result.changed, result.unchanged) == (0, 1)


def test_a_new_date_is_taken_over():
    shirt = Shirt.objects.create(title="S", released=date(2026, 3, 1))
    Shirt.objects.update(released=date(2026, 4, 1))
    assert sync(catalogues()["goods.shirt"]).changed == 1
    assert item_for(shirt).published_at == datetime(2026, 4, 1, tzinfo=UTC)
    assert sync(catalogues()["goods.shirt"]).changed == 0


@pytest.mark.parametrize(
    "wrong", [{"price": 1e15}, {"price": float("inf")}, {"currency": "Euro"}, {"currency": "€"}, {"currency": "1.5"}]
)
def test_one_product_that_cannot_be_read_stops_no_sync(wrong, caplog):
    good, bad = Shirt(title="Good"), Shirt(title="Bad", **wrong)
    Shirt.objects.bulk_create([bad, good])
    result = sync(catalogues()["goods.shirt"])
    assert (result.added, result.failed) == (1, 1)
    assert Item.objects.get().title == "Good"
    assert "could not be read" in caplog.text


def test_a_currency_is_kept_in_capitals():
    shirts = [Shirt.objects.create(title="S", currency=currency) for currency in ("eur", "")]
    assert [item_for(shirt).currency for shirt in shirts] == ["EUR", ""]


def test_a_product_that_cannot_be_read_any_more_keeps_its_item():
    shirt = Shirt.objects.create(title="S")
    Shirt.objects.update(currency="Euro")
    assert sync(catalogues()["goods.shirt"]).failed == 1
    assert item_for(shirt).removed_at is None


def test_an_unpublished_product_leaves_at_its_save_and_at_a_sync():
    first, second = Shirt.objects.create(title="A"), Shirt.objects.create(title="B")
    first.published = False
    first.save()
    assert item_for(first).removed_at is not None and not item_for(first).available
    Shirt.objects.filter(pk=second.pk).update(published=False)
    assert sync(catalogues()["goods.shirt"]).gone == 1
