"""A shop of two sites: what is on the rise on each of them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sites.models import Site
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mmrec_app.catalogue import item_for
from mmrec_app.events import load_events, record, refresh_statistics
from mmrec_app.models import Event, Impression, ItemStatistics, Visitor
from mmrec_app.recommend import recommend
from mmrec_app.types import EventRow
from shop_demo.models import Product
from tests.products import make_product

pytestmark = pytest.mark.django_db
NORTH, SOUTH, NEW = 1, 2, 3


@pytest.fixture
def goods() -> list[Product]:
    """The first is the newest."""
    return [make_product(number=n, image=False) for n in reversed(range(6))][::-1]


def views(product: Product, times: int, site: int | None) -> None:
    for n in range(times):
        record("view", product, visitor=Visitor.objects.get_or_create(key=f"{site} {n}")[0], site=site)


def counted(product: Product, site: int | None) -> float | None:
    """How popular it is there."""
    found = ItemStatistics.objects.get(item=item_for(product))
    return found.popular if site is None else found.sites.get(str(site), found.sites.get("", {})).get("popular")


def numbers(goods: list[Product], placement: str, site: int | None, **more: Any) -> list[int]:
    ids = [item_for(product).pk for product in goods]
    plain = {"caps": {}, "diversity": 0.0}
    found = recommend(placement, k=6, filters={"site": site}, variant=plain, **more)
    return [ids.index(each) for each in found.item_ids]


def test_each_site_has_its_own_trends_and_fills_up_with_the_shops(goods: list[Product]) -> None:
    views(goods[3], 2, NORTH)
    views(goods[4], 1, NORTH)
    views(goods[5], 7, SOUTH)
    refresh_statistics()
    assert numbers(goods, "trending", NORTH) == [3, 4, 5, 0, 1, 2]
    assert numbers(goods, "trending", SOUTH) == [5, 3, 4, 0, 1, 2]
    assert numbers(goods, "trending", NEW) == numbers(goods, "trending", None) == [5, 3, 4, 0, 1, 2]


def test_what_is_popular_is_the_sites_too(goods: list[Product]) -> None:
    long_ago = timezone.now() - timedelta(days=300)
    rows = [EventRow("ada", str(goods[4].pk), "purchase", long_ago, site=NORTH)]
    rows += [EventRow(f"b{n}", str(goods[5].pk), "purchase", long_ago, site=SOUTH) for n in range(5)]
    load_events(rows, item_for(goods[0]).source)
    refresh_statistics()
    assert numbers(goods, "trending", NORTH) == [4, 5, 0, 1, 2, 3]
    assert numbers(goods, "similar", NORTH, item=goods[0]) == [4, 5, 1, 2, 3]
    assert numbers(goods, "similar", SOUTH, item=goods[0]) == [5, 4, 1, 2, 3]


def test_what_knows_no_site_counts_on_each_and_once_a_visitor(goods: list[Product]) -> None:
    ada = Visitor.objects.create(key="ada")
    for site in (NORTH, SOUTH, None, None):
        record("view", goods[2], visitor=ada, site=site)
    views(goods[3], 2, None)
    refresh_statistics()
    popular = {
        (goods[2], NORTH): 1, (goods[2], SOUTH): 1, (goods[2], None): 1,
        (goods[3], NORTH): 2, (goods[3], SOUTH): 2, (goods[3], None): 2,
    }  # fmt: skip
    assert {(product, site): counted(product, site) for product, site in popular} == popular
    Event.objects.filter(site=SOUTH).delete()
    refresh_statistics()
    assert [counted(goods[2], site) for site in (NORTH, SOUTH)] == [1, 1]


def test_a_site_of_which_nothing_is_known_has_what_knows_no_site_before_what_others_do(goods: list[Product]) -> None:
    views(goods[2], 1, None)
    views(goods[3], 2, None)
    views(goods[4], 5, NORTH)
    refresh_statistics()
    assert numbers(goods, "trending", NEW)[:3] == [3, 2, 4]
    assert numbers(goods, "trending", NORTH)[:3] == numbers(goods, "trending", None)[:3] == [4, 3, 2]


def test_what_knows_no_site_is_no_fresher_on_a_site_that_knows_it_too(goods: list[Product]) -> None:
    """Counted once, by the later of the two."""
    ada = Visitor.objects.create(key="ada")
    noon = (timezone.now() - timedelta(days=2)).replace(hour=12)
    for product, apart in ((goods[1], 6), (goods[2], -6)):
        record("view", product, visitor=ada, at=noon)
        record("view", product, visitor=ada, at=noon + timedelta(hours=apart), site=NORTH)
        record("view", product, visitor=Visitor.objects.create(key=product.slug), at=noon, site=SOUTH)
    refresh_statistics()
    for product in goods[1:3]:
        found = ItemStatistics.objects.get(item=item_for(product))
        north, south = (found.sites[str(site)] for site in (NORTH, SOUTH))
        assert (north["popular"], south["popular"], found.popular) == (1, 2, 2)
        later = 2 ** (0.25 / 3) if product == goods[1] else 1  # a quarter of a day; a half-life is three
        assert north["trending"] == pytest.approx(south["trending"] / 2 * later)


def test_what_the_whole_shop_turns_to_is_read_in_the_order_of_its_index(goods: list[Product]) -> None:
    for n, product in enumerate(goods[:4]):
        views(product, n + 1, None)
    refresh_statistics()
    variants = [{"rungs": [rung], "caps": {}, "diversity": 0.0} for rung in ("trending", "popular")]
    for column, variant in zip(("trending", "popular"), variants, strict=True):
        with CaptureQueriesContext(connection) as asked:
            found = recommend("trending", k=2, variant=variant).item_ids
        assert found == [item_for(goods[n]).pk for n in (3, 2)]
        (statement,) = [query["sql"] for query in asked if "mmrec_app_itemstatistics" in query["sql"]]
        with connection.cursor() as cursor:
            for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
            cursor.execute(f"EXPLAIN {statement}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert re.search(rf"Presorted Key: statistics\w*\.{column}\b", plan), plan


def test_a_list_of_a_site_takes_no_statement_more(goods: list[Product], django_assert_num_queries: Any) -> None:
    views(goods[3], 2, NORTH)
    refresh_statistics()
    with CaptureQueriesContext(connection) as everywhere:
        numbers(goods, "trending", None)
    with django_assert_num_queries(len(everywhere)):
        numbers(goods, "trending", NORTH)


def test_a_request_brings_its_site_with_it(goods: list[Product], client: Client, settings: Any) -> None:
    del settings.SITE_ID  # the host tells
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.contrib.sites.middleware.CurrentSiteMiddleware"]
    south = Site.objects.create(domain="south.example", name="South")
    views(goods[5], 2, south.pk)
    views(goods[4], 3, Site.objects.create(domain="north.example", name="North").pk)
    refresh_statistics()
    Event.objects.all().delete()
    body = {"events": [{"kind": "view", "item": str(goods[1].pk)}]}
    assert client.post("/mmrec/v1/events/", body, "application/json", HTTP_HOST="south.example").status_code == 201
    for host, first in (("south.example", goods[5]), ("north.example", goods[4])):
        found = client.get("/mmrec/v1/recommendations/trending/?k=3", HTTP_HOST=host).json()
        assert found["items"][0]["object_id"] == str(first.pk)
    assert Event.objects.get().site == south.pk
    assert set(Impression.objects.values_list("site", flat=True)) == set(
        Site.objects.filter(name__in=["South", "North"]).values_list("pk", flat=True)
    )
