"""Rotation and exploration, in lists as they are served."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mmrec_app.catalogue import item_for
from mmrec_app.events import record, refresh_statistics
from mmrec_app.models import Impression, Item, ItemStatistics, Visitor
from mmrec_app.offline.encode import encode_dirty
from mmrec_app.recommend import recommend
from mmrec_app.recommend.freshness import explored, rotated
from mmrec_app.types import Candidate
from tests.products import make_product, make_shop


def candidates(*numbers: int) -> list[Candidate]:
    return [Candidate(n, 0.0, "popular") for n in numbers]


def test_each_look_costs_places():
    found = rotated(candidates(0, 1, 2, 3, 4), {0: 1, 1: 2}, 2)
    assert [each.item_id for each in found] == [2, 0, 3, 4, 1]


@pytest.mark.parametrize(
    ("k", "fresh", "order"),
    [(4, (9,), [0, 1, 9, 2, 3]), (6, (8, 9), [0, 8, 1, 2, 9, 3, 4, 5]), (2, (1,), [0, 1]), (9, (9,), [0, 1, 2, 3, 9])],
)
def test_what_is_new_is_spread(k, fresh, order):
    old = candidates(*range(6 if k == 6 else 4))
    found = [each.item_id for each in explored(old, candidates(*fresh), k)]
    assert found[: len(order)] == order[: len(found)] and sorted(set(found)) == sorted(found)


@pytest.mark.django_db
def test_what_was_seen_and_ignored_sinks_for_this_visitor_here():
    products = [make_product(number=n, image=False) for n in range(8)]
    ids = [item_for(product).pk for product in products]
    now = timezone.now()
    for n, pk in enumerate(ids):
        Item.objects.filter(pk=pk).update(published_at=now - timedelta(hours=n))
    visitor, other = Visitor.objects.create(key="v"), Visitor.objects.create(key="o")
    turning = {"rotation": 2, "caps": {}}

    def first(who: Visitor, **options) -> list[int]:
        return [ids.index(pk) for pk in recommend("trending", visitor=who, k=4, variant=turning, **options).item_ids]

    def saw(**fields) -> None:
        Impression.objects.create(
            **{"placement": "trending", "visitor": visitor, "items": ids[:4], "seen_at": now, "rung": "popular"}
            | fields
        )

    saw(seen_at=None)
    saw(placement="new")
    saw(seen_at=now - timedelta(days=8))
    saw(repeats="00000000-0000-4000-8000-000000000000")
    assert first(visitor) == [0, 1, 2, 3]
    saw()
    saw()
    assert first(visitor) == [4, 0, 5, 1] and first(other) == [0, 1, 2, 3]
    record("click", products[0], visitor=visitor)
    assert first(visitor)[0] == 0


@pytest.mark.django_db
def test_a_share_of_the_places_is_for_what_nobody_knows_yet():
    shop = make_shop(numbers=2)
    Item.objects.update(published_at=timezone.now() - timedelta(days=90))
    new = [item_for(product).pk for product in shop if product.title in ("Red lamp 1", "Blue dress 1", "Red mug 1")]
    visitor = Visitor.objects.create(key="v")
    for title in ("Red dress 0", "Orange dress 0"):
        record("view", next(p for p in shop if p.title == title), visitor=visitor)

    def fresh(share: float) -> list[int]:
        found = recommend("for_you", visitor=visitor, k=10, variant={"exploration": share})
        assert len(set(found.item_ids)) == 10 and found.rung == "personal"
        return [each.item_id for each in found.items if (each.source, each.reason.kind) == ("explore", "new")]

    assert fresh(0.2) == []  # everything is old
    Item.objects.filter(pk__in=new).update(published_at=timezone.now())
    assert fresh(0.0) == [] and len(fresh(0.3)) == 3
    (nearest,) = fresh(0.1)  # of the new ones the one that is like the list
    assert Item.objects.get(pk=nearest).title == "Blue dress 1"
    refresh_statistics()
    ItemStatistics.objects.update_or_create(item_id=nearest, defaults={"popular": 50.0})
    assert nearest not in fresh(0.3) and len(fresh(0.3)) == 2


@pytest.mark.django_db
def test_a_short_list_explores_its_share_over_visitors_and_stays_as_it_is_for_one():
    make_shop(numbers=1)
    Item.objects.update(published_at=timezone.now() - timedelta(days=90))
    new = item_for(make_product(number=9))
    encode_dirty()

    def fresh(visitor: Visitor | None, k: int) -> bool:
        found = recommend("trending", visitor=visitor, k=k, variant={"exploration": 0.1, "caps": {}})
        return any((each.item_id, each.source) == (new.pk, "explore") for each in found.items)

    visitors = [Visitor.objects.create(key=f"v{n}") for n in range(60)]
    explored_by = [fresh(each, 5) for each in visitors]
    assert 15 <= sum(explored_by) <= 45  # 30 are expected
    assert [fresh(each, 5) for each in visitors[:20]] == explored_by[:20]
    assert all(fresh(each, 10) for each in [*visitors[:20], None])


@pytest.mark.django_db
def test_what_was_explored_and_ignored_makes_room_for_the_next():
    for product in make_shop(numbers=1):
        record("view", product, visitor=Visitor.objects.get_or_create(key="other")[0])
    refresh_statistics()  # so the list is of what is on the rise, and of the new only what is explored
    Item.objects.update(published_at=timezone.now() - timedelta(days=90))
    new = {item_for(make_product("red", "lamp", n)).pk for n in range(1, 4)}
    encode_dirty()
    visitor = Visitor.objects.create(key="v")

    def tried() -> int:
        found = recommend("for_you", visitor=visitor, k=10, variant={"exploration": 0.1})
        Impression.objects.create(
            placement="for_you", visitor=visitor, items=found.item_ids, seen_at=timezone.now(), rung=found.rung
        )
        return next(each.item_id for each in found.items if each.source == "explore")

    assert {tried() for _ in new} == new and tried() in new
