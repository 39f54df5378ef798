import pytest
from django.db import connection, transaction

from mmrec_app.catalogue import catalogues, item_for, items_for, sync
from mmrec_app.catalogue.items import find_item
from mmrec_app.models import Item
from shop_demo.models import Product
from tests.products import make_product

pytestmark = pytest.mark.django_db


def test_a_saved_product_has_its_item_in_the_same_transaction():
    with pytest.raises(RuntimeError), transaction.atomic():
        make_product(slug="rolled-back")
        assert Item.objects.count() == 1
        raise RuntimeError
    assert not Item.objects.exists() and not Product.objects.exists()

    item = item_for(make_product("blue", "mug"))
    assert (item.title, item.category, item.attributes) == ("Blue mug 0", "Shop > Mug", {"colour": "blue"})
    assert item.dirty_since is not None


def test_only_content_makes_an_item_dirty():
    product = make_product()
    Item.objects.update(dirty_since=None)

    product.price, product.stock = 99, 0
    product.save()
    item = item_for(product)
    assert (item.dirty_since, item.price, item.available) == (None, 99, False)

    product.title = "Something else"
    product.save()
    assert item_for(product).dirty_since is not None


def test_a_deleted_product_leaves_every_list_but_keeps_its_row():
    product = make_product()
    key = str(product.pk)
    product.delete()
    item = Item.objects.get(object_id=key)
    assert not item.available and item.removed_at is not None
    assert find_item(key) is None


def test_sync_finds_what_signals_cannot_see():
    kept, changed, gone = make_product("red"), make_product("blue"), make_product("green")
    Item.objects.update(dirty_since=None)
    Product.objects.filter(pk=changed.pk).update(title="Renamed")
    Product.objects.filter(pk=gone.pk)._raw_delete(using="default")
    Product.objects.bulk_create([Product(slug="new", title="New")])
    (catalogue,) = catalogues().values()

    result = sync(catalogue)

    assert (result.added, result.changed, result.gone, result.unchanged) == (1, 1, 1, 1)
    assert item_for(changed).dirty_since is not None
    assert item_for(kept).dirty_since is None
    again = sync(catalogue)
    assert (again.added, again.changed, again.gone, again.unchanged) == (0, 0, 0, 3)


def test_a_removed_product_that_comes_back_is_the_same_item():
    product = make_product()
    item_id = item_for(product).pk
    (catalogue,) = catalogues().values()
    Product.objects.filter(pk=product.pk).update(title="x")
    Item.objects.update(available=False, removed_at="2026-01-01T00:00Z")
    sync(catalogue)
    item = item_for(product)
    assert item.pk == item_id and item.available and item.removed_at is None


def test_an_adapter_that_fails_costs_its_item_and_not_the_save(settings, caplog):
    product = make_product()
    Item.objects.update(dirty_since=None)
    settings.MMREC = {"CATALOGUE": ["tests.adapters.FailingCatalogue"]}
    product.title = "Saved all the same"
    product.save()
    product.refresh_from_db()
    assert product.title == "Saved all the same"
    assert "has no text today" in item_for(product).last_error


def test_a_variant_stands_for_its_parent(settings):
    settings.MMREC = {"CATALOGUE": ["tests.adapters.VariantCatalogue"]}
    parent = make_product("red", "dress", 0)
    variant = make_product("red", "dress", 1, attributes={"variant_of": parent.pk})
    assert Item.objects.count() == 1
    assert items_for([variant])[variant] == item_for(parent)
    assert find_item(str(variant.pk)) == item_for(parent)


def test_items_are_looked_up_together(django_assert_num_queries):
    products = [make_product(number=n) for n in range(5)]
    with django_assert_num_queries(1):
        assert len(items_for(products)) == 5


def test_text_that_postgres_would_refuse_is_kept_out():
    make_product(title="Nul\x00l".replace("\x00", ""), attributes={"colour": "red"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM mmrec_app_item")
        assert cursor.fetchone()[0] == "Null"
