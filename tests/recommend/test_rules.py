"""Rules as a list heeds them, and who wins."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from mmrec_app.catalogue import item_for
from mmrec_app.models import Item, Rule, Visitor
from mmrec_app.recommend import recommend
from shop_demo.models import Product
from tests.products import make_product

pytestmark = pytest.mark.django_db
K = 6


@pytest.fixture
def shop() -> list[Product]:
    """Twelve products, the newest first in lists: without events it is the newest that leads."""
    now = timezone.now()
    made = [make_product(number=n, image=False, colour="red" if n % 2 else "blue") for n in range(12)]
    for n, product in enumerate(made):
        Item.objects.filter(pk=item_for(product).pk).update(published_at=now - timedelta(hours=n))
    return made


def rule(action: str, *products: Product, **fields: Any) -> Rule:
    made = Rule.objects.create(action=action, **fields)
    for product in products:  # one by one: the order is that of the places
        made.items.add(item_for(product))
    return made


def numbers(k: int = K, **options: Any) -> list[int]:
    found = recommend("trending", k=k, variant={"caps": {}}, **options)
    items = Item.objects.in_bulk(found.item_ids)
    return [int(items[pk].title.rsplit(" ", 1)[1]) for pk in found.item_ids]


def test_without_rules_the_order_is_known(shop):
    assert numbers() == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({"category": "Shop"}, []),
        ({"category": "Shop > Dress"}, []),
        ({"category": "Sho"}, [0, 1, 2, 3, 4, 5]),
        ({"attributes": {"colour": "blue"}}, [1, 3, 5, 7, 9, 11]),
        ({"price_min": 12, "price_max": 15}, [0, 1, 6, 7, 8, 9]),
        ({"price_min": 12, "attributes": {"colour": "red"}}, [0, 1, 2, 4, 6, 8]),
        ({}, [0, 1, 2, 3, 4, 5]),
        ({"category": "Shop", "active": False}, [0, 1, 2, 3, 4, 5]),
        ({"category": "Shop", "placements": ["for_you"]}, [0, 1, 2, 3, 4, 5]),
        ({"category": "Shop", "sites": [3]}, [0, 1, 2, 3, 4, 5]),
        ({"category": "Shop", "starts_at": timezone.now() + timedelta(hours=1)}, [0, 1, 2, 3, 4, 5]),
        ({"category": "Shop", "ends_at": timezone.now() - timedelta(hours=1)}, [0, 1, 2, 3, 4, 5]),
    ],
)
def test_what_is_excluded_is_replaced_while_the_rule_holds(shop, fields, left):
    rule("exclude", **fields)
    assert numbers() == left


def test_a_rule_of_a_site_holds_there(shop):
    rule("exclude", category="Shop", sites=[3])
    assert numbers(filters={"site": 3}) == [] and len(numbers(filters={"site": 4})) == K


def test_a_product_without_a_price_is_not_caught_by_one(shop):
    Item.objects.filter(pk=item_for(shop[0]).pk).update(price=None)
    rule("exclude", price_max=100)
    assert numbers() == [0]
    rule("only-from", price_max=100)
    assert numbers() == []


def test_only_from_several_is_what_any_allows(shop):
    rule("only-from", shop[7])
    rule("only-from", price_max=11)
    assert numbers() == [0, 1, 7]


def test_pins_stand_at_their_places_and_the_later_rule_at_its_own(shop):
    early = timezone.now() - timedelta(days=2)
    rule("pin", shop[8], shop[9], position=2, placements=["trending"], starts_at=early)
    assert numbers() == [0, 8, 9, 1, 2, 3]
    rule("pin", shop[10], position=2, placements=["trending"])
    assert numbers() == [0, 10, 8, 9, 1, 2]
    rule("pin", shop[8], position=1, placements=["trending"])
    found = recommend("trending", k=K)
    assert numbers() == [8, 10, 9, 0, 1, 2] and found.rung == "popular"
    assert (found.items[0].source, found.items[0].reason.kind) == ("pin", "pinned")


def test_pins_close_up_where_one_cannot_be_shown(shop):
    rule("pin", shop[8], shop[9], position=2, placements=["trending"])
    assert numbers(exclude=[shop[8]]) == [0, 9, 1, 2, 3, 4]


def test_a_pin_beyond_a_short_list_comes_last(shop):
    rule("only-from", shop[0], shop[1], shop[2])
    rule("pin", shop[1], position=6, placements=["trending"])
    assert numbers() == [0, 2, 1]


def test_boost_and_bury_move_places_by_their_factor(shop):
    rule("boost", shop[5], factor=3)  # sixth: to about the second place, behind who stands there
    assert numbers() == [0, 1, 5, 2, 3, 4]
    rule("bury", shop[0], factor=4)
    assert numbers() == [1, 5, 2, 0, 3, 4]


def test_of_boost_and_bury_about_one_product_the_later_counts(shop):
    rule("boost", shop[11], factor=100, starts_at=timezone.now() - timedelta(days=1))
    assert numbers()[0] == 11
    rule("bury", attributes={"colour": "red"}, factor=2)
    assert numbers() == [0, 2, 1, 4, 6, 3]


def test_exclude_beats_only_from_beats_pin_beats_boost(shop):
    rule("pin", shop[4], position=1, placements=["trending"])
    rule("boost", shop[5], factor=1000)
    assert numbers()[:2] == [4, 5]
    rule("only-from", attributes={"colour": "red"})
    assert numbers()[:2] == [5, 1]
    rule("exclude", shop[5])
    assert numbers()[:2] == [1, 3]


def test_a_pin_shows_nothing_that_may_not_be_shown(shop):
    visitor = Visitor.objects.create(key="v")
    rule("pin", shop[3], position=1, placements=["trending"])
    assert 3 not in numbers(exclude=[shop[3]]) and numbers(filters={"price_max": 11}) == [0, 1]
    visitor.events.create(item=item_for(shop[3]), kind="dismiss")
    assert 3 not in numbers(visitor=visitor) and numbers()[0] == 3
    Item.objects.filter(pk=item_for(shop[3]).pk).update(price=0)
    assert 3 not in numbers()


def test_a_rule_whose_products_are_gone_is_about_nothing(shop):
    Item.objects.create(source="x", object_id="1", title="Gone 1").delete()
    for action in ("exclude", "boost", "only-from", "pin"):
        rule(action)
    assert numbers() == [0, 1, 2, 3, 4, 5]
