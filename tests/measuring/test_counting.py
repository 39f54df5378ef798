"""One scripted day, counted by hand."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from mmrec_app.catalogue import item_for
from mmrec_app.events import NewEvent, record_many
from mmrec_app.events.visitors import merge
from mmrec_app.measuring.counting import bounds, count_day, count_due_days
from mmrec_app.measuring.dashboard import UNTIMED, Selection, overview
from mmrec_app.measuring.latency import percentile
from mmrec_app.measuring.seeing import mark_seen
from mmrec_app.models import (
    CountedDay,
    DailyFigure,
    DailyItem,
    Event,
    Experiment,
    Generation,
    Impression,
    Item,
    Visitor,
)
from tests.products import make_product

pytestmark = pytest.mark.django_db

DAY, ONE = timezone.localdate(), timedelta(days=1)
FIGURES = ("handed", "seen", "clicked", "clicks", "carts", "carts_assisted", "bought", "bought_assisted")


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands still, so that a script's minutes lie on one day."""
    monkeypatch.setattr(timezone, "now", lambda: at(12))


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return bounds(day)[0] + timedelta(hours=hour, minutes=minute)


@pytest.fixture
def items() -> list[Item]:
    return [item_for(make_product(number=n, image=False)) for n in range(6)]


def visitor(key: str) -> Visitor:
    return Visitor.objects.create(key=key)


def shown(
    who: Visitor | None, placement: str, items: list[Item], when: datetime, seen: bool = True, **more: Any
) -> Any:
    """A list that was handed out, and seen a minute later."""
    values = {"generation_id": 0, "rung": "personal", "latency_ms": 20.0} | more
    return Impression.objects.create(
        placement=placement, visitor=who, items=[item.pk for item in items], at=when,
        seen_at=when + timedelta(minutes=1) if seen else None, **values,
    )  # fmt: skip


def did(who: Visitor, kind: str, item: Item, when: datetime, of: Impression | None = None, **more: Any) -> None:
    record_many(who, [NewEvent(kind, item, impression=of.pk if of else None, at=when, **more)])


def figures(**where: Any) -> dict[str, int]:
    rows = DailyFigure.objects.filter(**where)
    return {name: sum(getattr(row, name) for row in rows) for name in FIGURES}


def test_a_scripted_day_equals_what_was_counted_by_hand(items: list[Item]) -> None:
    ada, ben, cleo, robot = (visitor(key) for key in ("ada", "ben", "cleo", "robot"))
    one, two, three, four, *_ = items

    # Ada sees two lists on the home page, clicks twice in the first (once again after going back: no new click), puts
    # the first in the cart and buys it; she also buys what she only saw.
    home = shown(ada, "for_you", [one, two, three], at(9))
    shown(ada, "trending", [four], at(9), rung="trending")
    did(ada, "click", one, at(9, 2), home, key="a")
    did(ada, "click", one, at(9, 3), home, key="a")
    did(ada, "click", one, at(9, 4), home)
    did(ada, "click", two, at(9, 5), home)
    did(ada, "cart", one, at(9, 6))
    did(ada, "purchase", one, at(9, 10), value=Decimal("10.00"))
    did(ada, "purchase", four, at(9, 10), value=Decimal("13.50"))

    # Ben was handed a list further down than he looked. He buys from it all the same: nothing is credited.
    shown(ben, "for_you", [one], at(10), seen=False)
    did(ben, "purchase", one, at(10, 30), value=Decimal("10.00"))

    # Cleo saw item one in "similar" yesterday and clicked it, and sees it today in "for_you" without a click: the click
    # counts more than the later look. What she bought before she saw it is nobody's.
    yesterday = shown(cleo, "similar", [one], at(20, day=DAY - timedelta(days=1)), rung="similar")
    did(cleo, "click", one, at(20, 5, day=DAY - timedelta(days=1)), yesterday)
    did(cleo, "purchase", two, at(8), value=Decimal("7.00"))
    shown(cleo, "for_you", [one, two], at(11))
    did(cleo, "purchase", one, at(11, 30), value=Decimal("20.00"), quantity=2)

    # A robot sees and clicks everything.
    for _ in range(70):
        trap = shown(robot, "for_you", [one], at(7))
        did(robot, "click", one, at(7, 1), trap)

    count_day(DAY - timedelta(days=1))
    count_day(DAY)
    rows = {"day": DAY}
    assert figures(**rows, placement="for_you") == dict(zip(FIGURES, (3, 2, 1, 2, 1, 0, 1, 0), strict=True))
    assert figures(**rows, placement="trending") == dict(zip(FIGURES, (1, 1, 0, 0, 0, 0, 0, 1), strict=True))
    assert figures(**rows, placement="similar") == dict(zip(FIGURES, (0, 0, 0, 0, 0, 0, 1, 0), strict=True))
    assert figures(**rows, placement="") == dict(zip(FIGURES, (0, 0, 0, 0, 1, 0, 5, 0), strict=True))
    assert CountedDay.objects.get(day=DAY).robots == 1

    found = overview(Selection(DAY, DAY))
    assert (found.total.seen, found.total.clicked, found.total.clicks) == (3, 1, 2)
    assert found.total.ctr == pytest.approx(1 / 3) and found.total.conversion == 1.0
    assert (found.total.all_carts, found.total.all_bought) == (1, 3)
    money = found.total.money[0]
    assert (money.direct, money.assisted, money.currency) == (Decimal("30.00"), Decimal("13.50"), "EUR")
    assert found.shop.influenced("EUR") == Decimal("60.50")
    assert found.rungs == {"for_you": {"personal": 2}, "trending": {"trending": 1}}
    assert (found.total.covered, found.for_sale, found.robots) == (4, 6, 1)
    assert [(each.item_id, each.clicks) for each in found.clicked] == [(one.pk, 1), (two.pk, 1)]
    assert [each.item_id for each in found.ignored] == [three.pk, four.pk]
    assert found.before.clicked == 1 and found.before.seen == 1


def test_a_mailing_equals_what_was_counted_by_hand(items: list[Item], monkeypatch: pytest.MonkeyPatch) -> None:
    ada, ben, cleo = (visitor(key) for key in ("ada", "ben", "cleo"))
    before = DAY - timedelta(days=3)
    mails = [shown(who, "email: for_you", items[:2], at(9, day=before), seen=False) for who in (ada, ben, cleo)]
    shown(ada, "for_you", items[:2], at(10, day=before))

    # Ada clicks on the day of the mail, twice the same product; Ben three days later, and buys. Cleo buys one of the
    # products as well, and nobody knows that she has read the mail.
    did(ada, "click", items[0], at(11, day=before), mails[0])
    did(ada, "click", items[0], at(12, day=before), mails[0])
    monkeypatch.setattr(timezone, "now", lambda: at(2, day=before + timedelta(days=1)))
    count_day(before)
    mailed = {"placement": "email: for_you"}
    assert figures(**mailed) == dict(zip(FIGURES, (3, 3, 1, 1, 0, 0, 0, 0), strict=True))
    did(ben, "click", items[1], at(9), mails[1])
    did(ben, "purchase", items[1], at(9, 30), value=Decimal("8.00"))
    did(cleo, "purchase", items[0], at(9, 30), value=Decimal("9.00"))
    monkeypatch.setattr(timezone, "now", lambda: at(12))
    assert [count_due_days(), count_due_days()] == [4, 1]  # the mail's day once more

    assert figures(**mailed, day=before) == dict(zip(FIGURES, (3, 3, 2, 1, 0, 0, 0, 0), strict=True))
    assert figures(**mailed, day=DAY) == dict(zip(FIGURES, (0, 0, 0, 1, 0, 0, 1, 0), strict=True))
    assert figures(placement="for_you") == dict(zip(FIGURES, (1, 1, 0, 0, 0, 0, 0, 0), strict=True))
    assert figures(placement="", day=DAY)["bought"] == 2
    assert overview(Selection(before, DAY, "email: for_you")).total.ctr == pytest.approx(2 / 3)


def test_a_click_long_after_a_list_whose_look_got_lost_is_its_look(items: list[Item]) -> None:
    ada = visitor("ada")
    did(ada, "click", items[0], at(9), shown(ada, "for_you", items, at(9, day=DAY - timedelta(days=3)), seen=False))
    count_day(DAY)
    assert figures(day=DAY) == dict(zip(FIGURES, (0, 1, 1, 1, 0, 0, 0, 0), strict=True))
    assert DailyItem.objects.filter(seen=1).count() == len(items)


def test_a_click_after_midnight_is_of_the_list_that_was_seen_before(items: list[Item]) -> None:
    ada, yesterday = visitor("ada"), DAY - timedelta(days=1)
    did(ada, "click", items[0], at(0, 2), shown(ada, "for_you", items, at(23, 50, day=yesterday)))
    count_day(yesterday)
    count_day(DAY)
    assert [figures(day=day)["clicked"] for day in (yesterday, DAY)] == [1, 0]


def test_counting_again_changes_nothing(items: list[Item]) -> None:
    ada = visitor("ada")
    did(ada, "click", items[0], at(9, 2), shown(ada, "for_you", items, at(9)))
    count_day(DAY)
    before = list(DailyFigure.objects.values(*FIGURES)), list(DailyItem.objects.values("item", "seen", "clicks"))
    count_day(DAY)
    assert (
        list(DailyFigure.objects.values(*FIGURES)),
        list(DailyItem.objects.values("item", "seen", "clicks")),
    ) == before


def test_a_reload_is_no_second_look_and_its_clicks_are_the_lists(items: list[Item]) -> None:
    ada = visitor("ada")
    lists = [shown(ada, "for_you", items, at(11, minute), seen=False) for minute in (50, 52, 54)]
    other = shown(ada, "for_you", items[:2], at(11, 55), seen=False)
    for each in lists:
        assert mark_seen(ada, [each.pk]) == 1
    assert mark_seen(ada, [each.pk for each in [*lists, other]]) == 1  # a retry, and one more
    did(ada, "click", items[0], at(11, 58), lists[0])
    did(ada, "click", items[0], at(11, 59), lists[2])
    did(ada, "click", items[1], at(11, 59), lists[2])
    count_day(DAY)
    assert figures(placement="for_you") == dict(zip(FIGURES, (4, 2, 1, 2, 0, 0, 0, 0), strict=True))


def test_a_click_before_the_browser_was_known_tells_whose_list_it_was(items: list[Item]) -> None:
    first = shown(None, "trending", items, at(9), seen=False)
    mark_seen(None, [first.pk])
    ada = visitor("ada")
    did(ada, "click", items[0], at(9, 3), first)
    did(ada, "purchase", items[0], at(9, 9), value=Decimal(5))
    did(ada, "purchase", items[1], at(9, 9), value=Decimal(5))
    count_day(DAY)
    assert figures(placement="trending") == dict(zip(FIGURES, (1, 1, 1, 1, 0, 0, 1, 1), strict=True))


def test_a_click_whose_look_got_lost_is_a_look(items: list[Item]) -> None:
    ada = visitor("ada")
    did(ada, "click", items[0], at(9, 3), shown(ada, "for_you", items, at(9), seen=False))
    count_day(DAY)
    assert figures(placement="for_you")["seen"] == 1


def test_a_look_that_got_lost_after_a_reload_is_no_second_one(items: list[Item]) -> None:
    ada = visitor("ada")
    first, again, later = (shown(ada, "for_you", items, at(11, minute), seen=False) for minute in (0, 9, 45))
    did(ada, "click", items[0], at(11, 4), first)
    count_day(DAY)
    did(ada, "click", items[1], at(11, 10), again)
    did(ada, "click", items[1], at(11, 46), later)
    count_day(DAY)
    assert figures(placement="for_you") == dict(zip(FIGURES, (3, 2, 2, 3, 0, 0, 0, 0), strict=True))


def test_nobody_credits_a_list_that_was_not_made_for_them(items: list[Item]) -> None:
    ada, mallory = visitor("ada"), visitor("mallory")
    hers = shown(ada, "for_you", items[:1], at(9), seen=False)
    assert mark_seen(mallory, [hers.pk]) == 0 and mark_seen(None, [hers.pk]) == 0
    assert mark_seen(mallory, [uuid4()]) == 0
    did(mallory, "click", items[0], at(9, 2), hers)
    did(ada, "click", items[1], at(9, 2), hers)  # an item that the list did not hold
    count_day(DAY)
    assert figures(placement="for_you") == dict(zip(FIGURES, (1, 0, 0, 0, 0, 0, 0, 0), strict=True))


def test_an_old_list_is_not_seen_any_more(items: list[Item]) -> None:
    ada = visitor("ada")
    old = shown(ada, "for_you", items, at(12) - timedelta(days=1, minutes=1), seen=False)
    assert mark_seen(ada, [old.pk]) == 0


@pytest.mark.parametrize(("days", "bought"), [(6, 1), (8, 0)])
def test_the_window_is_a_setting(items: list[Item], settings: Any, days: int, bought: int) -> None:
    settings.MMREC = settings.MMREC | {"ATTRIBUTION_DAYS": 7}
    ada = visitor("ada")
    long_ago = at(9, day=DAY - timedelta(days=days))
    did(ada, "click", items[0], long_ago + timedelta(minutes=5), shown(ada, "for_you", items, long_ago))
    did(ada, "purchase", items[0], at(9), value=Decimal(5))
    count_day(DAY)
    assert figures(day=DAY, placement="for_you")["bought"] == bought


def test_days_are_counted_until_they_are_over(items: list[Item], monkeypatch: pytest.MonkeyPatch) -> None:
    assert count_due_days() == 1  # nothing has ever happened: today, for the record
    CountedDay.objects.all().delete()
    shown(visitor("ada"), "for_you", items, at(9, day=DAY - timedelta(days=3)))
    assert count_due_days() == 4
    assert count_due_days() == 1
    monkeypatch.setattr(timezone, "now", lambda: at(0, 30, day=DAY + timedelta(days=1)))
    assert count_due_days() == 2
    monkeypatch.setattr(timezone, "now", lambda: at(2, day=DAY + timedelta(days=1)))
    assert [count_due_days(), count_due_days()] == [2, 1]


def test_variants_and_latency_are_told_apart(items: list[Item]) -> None:
    experiment = Experiment.objects.create(name="Wider", placement="for_you")
    for n in range(100):
        more = {"experiment": experiment, "variant": "b"} if n % 2 else {}
        shown(visitor(f"v{n}"), "for_you", items, at(9), latency_ms=10.0 + n, **more)
    count_day(DAY)
    found = overview(Selection(DAY, DAY))
    assert {name: each.seen for name, each in found.variants.items()} == {"Wider: b": 50}
    half, most, _ = found.placements["for_you"].latency
    assert half == pytest.approx(60, rel=0.08) and most == pytest.approx(105, rel=0.08)
    assert overview(Selection(DAY, DAY, variant="Wider: b")).total.seen == 50


def test_products_are_counted_by_list_day_generation_and_variant(items: list[Item]) -> None:
    experiment, ada, before = Experiment.objects.create(name="Wider", placement="for_you"), visitor("ada"), DAY - ONE
    Generation.objects.create(number=7, dimension=8)
    mine = shown(ada, "for_you", items[:3], at(9), generation_id=7, experiment=experiment, variant="b")
    shown(ada, "for_you", items[2:4], at(9, 40))
    shown(ada, "similar", items[4:5], at(9), generation_id=7)
    shown(ada, "for_you", items[5:], at(9, day=before))
    did(ada, "click", items[0], at(9, 2), mine)
    count_day(before)
    count_day(DAY)

    found = overview(Selection(before, DAY))
    for groups, covered in (
        (found.days, {before: 1, DAY: 5}),
        (found.placements, {"for_you": 5, "similar": 1}),
        (found.generations, {0: 3, 7: 4}),
        (found.variants, {"Wider: b": 3}),
    ):
        assert {name: each.covered for name, each in groups.items()} == covered
    assert found.total.covered == 6 and found.days[DAY].latency == found.total.latency != UNTIMED

    ours = overview(Selection(before, DAY, variant="Wider: b"))
    assert [each.item_id for each in ours.clicked] == [items[0].pk] and ours.total.covered == 3
    assert [each.item_id for each in ours.ignored] == [items[1].pk, items[2].pk]
    theirs = overview(Selection(before, DAY, generation=0))
    assert theirs.clicked == () and [each.item_id for each in theirs.ignored] == [
        item.pk for item in items[2:4] + items[5:]
    ]
    Item.objects.filter(pk=items[2].pk).update(available=False)
    assert overview(Selection(before, DAY, variant="Wider: b")).total.covered == 2


def test_percentiles_of_nothing_are_none() -> None:
    assert percentile([0, 0], 0.5) is None and percentile([], 0.5) is None


def test_what_a_person_leaves_behind_after_erasure_are_sums(items: list[Item]) -> None:
    ada = visitor("ada")
    shown(ada, "for_you", items, at(9))
    merge(ada, into=visitor("ada at home"))
    count_day(DAY)
    Visitor.objects.all().delete()
    assert not Impression.objects.exists() and not Event.objects.exists()
    assert figures(placement="for_you")["seen"] == 1
