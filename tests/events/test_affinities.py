"""What is bought together and again, counted by hand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mmrec_app.catalogue import item_for
from mmrec_app.events import record, refresh_affinities, refresh_statistics
from mmrec_app.models import ItemAffinity, ItemStatistics, Visitor
from mmrec_app.recommend import recommend
from tests.products import make_product

pytestmark = pytest.mark.django_db
NOON = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=2)


@pytest.fixture
def shop():
    return [make_product(number=n, image=False) for n in range(6)]


def buy(shop, *baskets, at=NOON) -> None:
    """Each basket is a visitor's of its own."""
    for basket in baskets:
        visitor = Visitor.objects.create(key=f"b{Visitor.objects.count()}")
        for n in basket:
            record("purchase", shop[n], visitor=visitor, at=at)


def lifts(shop) -> dict[tuple[int, int], float]:
    numbers = {item_for(product).pk: n for n, product in enumerate(shop)}
    return {(numbers[p.item_id], numbers[p.other_id]): round(p.lift, 3) for p in ItemAffinity.objects.all()}


def test_lift_tells_company_from_mere_popularity(shop):
    # 10 baskets. 0 is in nearly all; 1 and 2 are bought by three, always together.
    buy(shop, (0, 1, 2), (0, 1, 2), (1, 2), (0, 3), (0, 3), (0, 3), (0, 4), (0,), (0,), (0,))
    assert refresh_affinities() == 4
    # 1 with 2: 3 · 10 / (3 · 3); 0 with 3: 3 · 10 / (9 · 3); 0 with 1: twice only.
    assert lifts(shop) == {(1, 2): 3.333, (2, 1): 3.333, (0, 3): 1.111, (3, 0): 1.111}
    assert ItemAffinity.objects.get(item=item_for(shop[1])).support == 3


def test_support_and_days_are_settings_and_what_is_over_goes(shop, settings):
    buy(shop, (0, 1), (0, 1), (2,), (3,))
    assert refresh_affinities() == 0
    settings.MMREC = settings.MMREC | {"AFFINITY_SUPPORT": 2}
    assert refresh_affinities() == 2
    settings.MMREC = settings.MMREC | {"AFFINITY_DAYS": 1}
    assert refresh_affinities() == 0 and not ItemAffinity.objects.exists()


def test_two_days_are_two_baskets_and_a_repetition_counts_once(shop, settings):
    settings.MMREC = settings.MMREC | {"AFFINITY_SUPPORT": 1}
    visitor = Visitor.objects.create(key="v")
    for n, day in ((0, 0), (0, 0), (1, 0), (2, 1)):
        record("purchase", shop[n], visitor=visitor, at=NOON - timedelta(days=day))
    record("view", shop[3], visitor=visitor, at=NOON)
    refresh_affinities()
    assert lifts(shop) == {(0, 1): 2.0, (1, 0): 2.0}


def test_the_list_follows_lift_and_names_who_brought_it(shop, settings):
    settings.MMREC = settings.MMREC | {"AFFINITY_SUPPORT": 2, "PLACEMENTS": {}}
    buy(shop, (0, 1, 2), (0, 1, 2), (1, 2), (0, 3), (0, 3), (0, 3), (0, 4), (5,), (5,), (5,))
    refresh_affinities()
    found = recommend("bought_together", item=shop[1], k=5)
    assert found.rung == "bought" and found.item_ids[0] == item_for(shop[2]).pk and len(found.items) == 5
    assert (found.items[0].reason.kind, found.items[0].reason.item_id) == ("bought", None)
    cart = recommend("cart", items=[shop[0], shop[1]], k=3, variant={"diversity": 0})
    assert cart.item_ids[0] == item_for(shop[2]).pk
    assert cart.items[0].reason.item_id == item_for(shop[1]).pk  # the greater lift


def test_the_rhythm_is_the_median_of_the_intervals(shop):
    for days in ((0, 10), (0, 20), (0, 30), (0, 0)):
        visitor = Visitor.objects.create(key=f"r{Visitor.objects.count()}")
        for day in days:
            record("purchase", shop[0], visitor=visitor, at=NOON - timedelta(days=day))
            record("purchase", shop[1], visitor=visitor, at=NOON)
    refresh_statistics()
    refresh_affinities()
    assert ItemStatistics.objects.get(item=item_for(shop[0])).rhythm_days == 20
    assert ItemStatistics.objects.get(item=item_for(shop[1])).rhythm_days is None
    visitor.events.model.objects.filter(item=item_for(shop[0])).exclude(at=NOON).delete()
    refresh_affinities()
    assert ItemStatistics.objects.get(item=item_for(shop[0])).rhythm_days is None


def test_what_is_due_again_is_offered_and_nothing_else(shop):
    visitor, now = Visitor.objects.create(key="v"), timezone.now()
    ItemStatistics.objects.create(item=item_for(shop[0]), rhythm_days=30)
    ItemStatistics.objects.create(item=item_for(shop[1]), rhythm_days=30)
    ItemStatistics.objects.create(item=item_for(shop[4]), rhythm_days=30)
    bought = {0: (29,), 1: (10,), 2: (40,), 3: (24, 12), 4: (90,)}
    for n, days in bought.items():
        for day in days:
            record("purchase", shop[n], visitor=visitor, at=now - timedelta(days=day))
    found = recommend("buy_again", visitor=visitor, k=10)
    # 0 is about due, 3 by the visitor's own rhythm of 12 days; 1 is too early, 2 nobody buys again, 4 is long overdue.
    assert [found.item_ids.index(item_for(shop[n]).pk) for n in (3, 0, 4)] == [0, 1, 2] and len(found.items) == 3
    assert {each.reason.kind for each in found.items} == {"again"} and found.rung == "again"
    assert recommend("buy_again", k=10).items == ()
