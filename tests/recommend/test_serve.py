"""Lists for a request: its site, its cart, and what a failure costs."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test import RequestFactory
from django.utils import timezone

from mmrec_app.catalogue import item_for
from mmrec_app.events import record
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Event, Impression, Item, Visitor
from mmrec_app.recommend import recommend, recommended_list
from mmrec_app.types import Filters
from shop_demo.models import Product
from tests.products import make_product, make_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(rf: RequestFactory):
    request = rf.get("/")
    request.session = {}
    return request


def test_a_site_sells_what_it_sells(request_):
    here, there, everywhere = (make_product(number=n, image=False) for n in range(3))
    Item.objects.filter(pk=item_for(here).pk).update(sites=[1])
    Item.objects.filter(pk=item_for(there).pk).update(sites=[2])
    request_.site = SimpleNamespace(pk=1)
    found = recommended_list("trending", request_)
    assert {card.product for card in found} == {here, everywhere}
    assert Impression.objects.get().site == 1
    record("view", here, request=request_)
    assert Event.objects.get().site == 1
    assert len(recommended_list("trending", request_, filters=Filters(site=2))) == 2


def test_what_is_in_the_cart_is_not_recommended(request_, settings):
    products = [make_product(number=n, image=False) for n in range(3)]
    settings.MMREC = settings.MMREC | {"CART": "tests.adapters.everything_but_the_last"}
    assert [card.product for card in recommended_list("trending", request_)] == [products[-1]]


@pytest.mark.parametrize("hook", ["tests.adapters.broken_cart", "tests.adapters.no_such"])
def test_a_broken_cart_costs_only_itself(request_, settings, hook, caplog):
    make_product(image=False)
    settings.MMREC = settings.MMREC | {"CART": hook}
    with transaction.atomic():
        assert len(recommended_list("trending", request_)) == 1
        assert Product.objects.count() == 1
    assert "failed" in caplog.text


def test_a_list_that_fails_leaves_the_pages_transaction_whole(request_):
    make_product(image=False)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mmrec_app_impression RENAME TO away")
    with pytest.raises(Exception, match="mmrec_app_impression"):
        recommended_list("trending", request_)
    assert Product.objects.count() == 1  # the transaction goes on


def test_what_the_shops_table_no_longer_has_is_replaced(request_):
    for number in range(4):
        make_product(number=number, image=False)
    gone = Product.objects.first()
    Product.objects.filter(pk=gone.pk)._raw_delete(using="default")  # no signal tells
    found = recommended_list("trending", request_, k=3)
    assert len(found) == 3 and gone not in [card.product for card in found]


def test_a_purchase_hides_its_product_for_its_days_only(settings):
    shop, visitor = make_shop(numbers=1), Visitor.objects.create(key="v")
    recent, old = item_for(shop[0]), item_for(shop[1])
    record("purchase", shop[0], visitor=visitor, at=timezone.now() - timedelta(days=20))
    record("purchase", shop[1], visitor=visitor, at=timezone.now() - timedelta(days=40))
    for n in range(60):  # far beyond the events a profile looks at
        record("view", shop[2], visitor=visitor, key=str(n))
    found = set(recommend("for_you", visitor=visitor, k=50).item_ids)
    assert recent.pk not in found and old.pk in found
    settings.MMREC = settings.MMREC | {"PURCHASED_DAYS": 0}
    assert recent.pk in recommend("for_you", visitor=visitor, k=50).item_ids


def test_every_argument_at_once():
    shop, visitor = make_shop(numbers=2), Visitor.objects.create(key="v")
    record("view", shop[3], visitor=visitor)
    filters = {"category": "Shop", "price_min": "10.5", "price_max": 11, "attributes": {"colour": "red"}, "site": 3}
    found = recommend(
        "cart",
        visitor=visitor,
        item=shop[0],
        items=[shop[1], item_for(shop[2])],
        k=5,
        filters=filters,
        exclude=[shop[16]],
    )
    items = Item.objects.in_bulk(found.item_ids)
    assert {item.attributes["colour"] for item in items.values()} == {"red"}
    assert {item.price for item in items.values()} == {Decimal(11)}
    assert item_for(shop[16]).pk not in items and len(items) == 3


@pytest.mark.parametrize("price", ["cheap", float("nan"), "inf"])
def test_a_price_that_is_none_is_named(price):
    with pytest.raises(MmrecError, match="price_min"):
        recommend("for_you", filters={"price_min": price})


def test_an_unknown_product_is_no_reason_to_fail():
    make_product(image=False)
    assert len(recommend("similar", item=Product(pk=10**9, title="never saved"), k=3).items) == 1


def test_the_deadline_costs_rungs_and_not_the_list(settings, caplog):
    shop = make_shop(numbers=1)
    settings.MMREC = settings.MMREC | {"DEADLINE_MS": 150}
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mmrec_app_itemstatistics RENAME TO behind")
        cursor.execute(
            "CREATE VIEW mmrec_app_itemstatistics AS "
            "SELECT item_id, trending, popular + coalesce(length(pg_sleep(1)::text), 0) AS popular FROM behind "
            "UNION ALL SELECT id, 0, coalesce(length(pg_sleep(1)::text), 0) FROM mmrec_app_item"
        )
    found = recommend("similar", item=shop[0], k=50)  # more than there are: every rung is asked
    assert found.rung == "similar" and len(found.items) == len(shop) - 1
    assert "ran out of time" in caplog.text
