"""Simulated visits: the app's own lists and figures, of shoppers who do what they would."""

from datetime import timedelta
from pathlib import Path
from statistics import mean

import pytest
from django.core.management import call_command
from django.db.models import F, Max, Sum
from django.utils import timezone

from mmrec_app.models import DailyFigure, Event, Impression, Item, Visitor
from shop_demo.models import Product
from shop_demo.seeding.truth import truth
from shop_demo.seeding.visits import DAYS, simulate_visits

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PRODUCTS, SHOPPERS = 44, 150


@pytest.fixture
def before(settings, tmp_path: Path) -> dict[int, object]:
    """A seeded shop; of each visitor the latest event."""
    settings.MEDIA_ROOT = tmp_path
    call_command("seed_demo", products=PRODUCTS, shoppers=SHOPPERS, pixels=32, verbosity=0)
    return dict(Visitor.objects.annotate(last=Max("events__at")).values_list("pk", "last"))


def test_the_dashboard_counts_what_shoppers_did_with_the_lists_they_got(before):
    seeded = Event.objects.aggregate(last=Max("pk"))["last"]
    made = simulate_visits()
    lists, events = Impression.objects.all(), Event.objects.filter(pk__gt=seeded)
    assert 20 < made <= SHOPPERS and lists.values("visitor").distinct().count() == made
    assert all(before[each.visitor_id] < each.at < each.seen_at for each in lists.exclude(seen_at=None))
    since = timezone.now() - timedelta(days=DAYS, hours=1)
    assert all(since < each.at < timezone.now() for each in [*lists, *events])

    clicks = {click.impression: click for click in events.filter(kind="click")}
    assert all(clicks[each.pk].at > each.seen_at for each in lists.filter(pk__in=clicks))
    counted = DailyFigure.objects.exclude(placement="").aggregate(Sum("handed"), Sum("seen"), Sum("clicks"))
    seen = lists.filter(seen_at__isnull=False, repeats=None).count()
    assert counted == {
        "handed__sum": lists.exclude(rung="empty").count(),
        "seen__sum": seen,
        "clicks__sum": events.filter(kind="click").count(),
    }
    assert counted["clicks__sum"] > 10 and events.filter(kind="purchase", value=F("item__price")).exists()
    assert not lists.filter(latency_ms=None).exists()
    assert simulate_visits() == 0


def test_shoppers_click_what_they_like(before):
    simulate_visits()
    external = dict(Product.objects.values_list("pk", "external_id"))
    name = {item.pk: external[int(item.object_id)] for item in Item.objects.all()}
    known, clicked, shown = truth(PRODUCTS), [], []
    keys = dict(Visitor.objects.values_list("pk", "key"))
    for each in Impression.objects.exclude(seen_at=None):
        liking = known.liking(keys[each.visitor_id])
        shown += [liking[name[item]] for item in each.items]
    for click in Event.objects.filter(kind="click", impression__isnull=False):
        clicked.append(known.liking(keys[click.visitor_id])[name[click.item_id]])
    assert mean(clicked) > mean(shown) + 0.15
