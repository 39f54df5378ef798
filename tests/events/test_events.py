from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone

from mmrec_app.catalogue import item_for
from mmrec_app.events import load_events, record, refresh_statistics, visitor_for, visitor_of
from mmrec_app.events.visitors import merge
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Event, ItemStatistics, Visitor
from mmrec_app.types import EventRow
from shop_demo.models import Product
from tests.products import make_product

pytestmark = pytest.mark.django_db
SOURCE = "shop_demo.product"


@pytest.fixture
def visitor() -> Visitor:
    return Visitor.objects.create(key="v")


def test_a_repeated_key_is_stored_once_and_only_within_its_visitor(visitor):
    product, other = make_product(), Visitor.objects.create(key="other")
    assert record("view", product, visitor=visitor, key="k")
    assert not record("view", product, visitor=visitor, key="k")
    assert record("view", product, visitor=other, key="k")
    assert Event.objects.count() == 2


def test_what_cannot_be_recorded_is_said(visitor):
    product = make_product()
    with pytest.raises(MmrecError, match="'stare' is unknown; kinds are view"):
        record("stare", product, visitor=visitor)
    with pytest.raises(MmrecError, match="no visitor"):
        record("view", product)
    assert record("view", Product(pk=10**9), visitor=visitor) is False


@pytest.mark.parametrize(
    "headers", [{"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, {"Sec-Purpose": "prefetch;prerender"}]
)
def test_what_a_robot_does_is_not_recorded(headers):
    product, user = make_product(), get_user_model().objects.create_user("ada")
    request = RequestFactory().get("/", headers=headers)
    request.user = AnonymousUser()
    assert record("view", product, request=request) is False
    assert record("view", product, request=request, user=user) is False
    assert visitor_of(request, create=True) is None
    assert not Event.objects.exists() and not Visitor.objects.exists()
    request = RequestFactory().get("/", headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})
    request.user = AnonymousUser()
    assert record("view", product, request=request) and Visitor.objects.count() == 1


def test_a_login_takes_over_what_the_browser_did(client):
    user = get_user_model().objects.create_user("ada", password="secret")
    product = make_product()
    body = {"events": [{"kind": "view", "item": str(product.pk), "key": "k"}]}
    assert client.post("/mmrec/v1/events/", body, "application/json").status_code == 201
    assert Event.objects.get().visitor.user is None
    from django.contrib.auth import login
    from django.http import HttpRequest

    request = HttpRequest()
    request.COOKIES, request.session = {k: v.value for k, v in client.cookies.items()}, client.session
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    assert Event.objects.get().visitor == visitor_for(user)
    assert Visitor.objects.count() == 1


def test_merging_keeps_an_event_that_both_sent_once(visitor):
    product, into = make_product(), Visitor.objects.create(key="into")
    for who in (visitor, into):
        record("view", product, visitor=who, key="same")
    record("cart", product, visitor=visitor)
    merge(visitor, into=into)
    assert sorted(Event.objects.filter(visitor=into).values_list("kind", flat=True)) == ["cart", "view"]


def test_erasing_a_visitor_erases_what_it_did(visitor):
    record("view", make_product(), visitor=visitor)
    refresh_statistics()
    visitor.delete()
    refresh_statistics()
    assert not Event.objects.exists() and not ItemStatistics.objects.exists()


def test_loading_makes_visitors_and_refuses_strangers():
    product, now = make_product(), timezone.now()
    rows = [EventRow(f"s{n % 3}", str(product.pk), "view", now - timedelta(hours=n)) for n in range(9)]
    assert load_events(rows, SOURCE) == 9
    assert Visitor.objects.count() == 3
    with pytest.raises(MmrecError, match="'nope': no such item; run mmrec_sync"):
        load_events([EventRow("s", "nope", "view", now)], SOURCE)
    with pytest.raises(MmrecError, match="'glance' is unknown"):
        load_events([EventRow("s", str(product.pk), "glance", now)], SOURCE)


def test_trending_counts_visitors_and_days_not_reloads():
    loud, broad, old = (make_product(c) for c in ("red", "blue", "green"))
    now = timezone.now()
    rows = [EventRow("one", str(loud.pk), "view", now)] * 50
    rows += [EventRow(f"v{n}", str(broad.pk), "view", now) for n in range(5)]
    rows += [EventRow(f"v{n}", str(old.pk), "purchase", now - timedelta(days=40)) for n in range(5)]
    load_events(rows, SOURCE)
    assert refresh_statistics() == 3
    found = {s.item_id: s for s in ItemStatistics.objects.all()}
    loud, broad, old = (found[item_for(p).pk] for p in (loud, broad, old))
    assert broad.trending == pytest.approx(5 * loud.trending, rel=1e-3)
    assert old.trending == 0 and old.popular == 30
