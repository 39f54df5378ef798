"""The endpoint that browsers tell looks to."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from mmrec_app.catalogue import item_for
from mmrec_app.models import Event, Impression, Visitor
from tests.products import make_product

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


@pytest.fixture(autouse=True)
def fresh_throttles() -> None:
    cache.clear()


def tell(client: Client, *impressions: Any, agent: str = FIREFOX, **headers: str) -> Any:
    body = {"impressions": [str(each) for each in impressions]}
    return client.post(reverse("mmrec:seen"), body, "application/json", headers={"User-Agent": agent} | headers)


def shown(visitor: Visitor | None = None) -> Impression:
    return Impression.objects.create(placement="for_you", rung="personal", items=[1], visitor=visitor)


def seen() -> int:
    return Impression.objects.filter(seen_at__isnull=False).count()


def test_a_look_is_noted_once(client: Client) -> None:
    lists = [shown(), shown()]
    assert tell(client, *(each.pk for each in lists)).status_code == 204
    first = list(Impression.objects.order_by("pk").values_list("seen_at"))
    assert tell(client, lists[0].pk, uuid4()).status_code == 204
    assert seen() == 2 and list(Impression.objects.order_by("pk").values_list("seen_at")) == first
    assert not Visitor.objects.exists()  # to look makes nobody known


def test_a_list_is_its_visitors(client: Client) -> None:
    product = make_product(image=False)
    client.post(reverse("mmrec:events"), {"events": [{"kind": "view", "item": str(product.pk)}]}, "application/json")
    own, others, nobodys = shown(Visitor.objects.get()), shown(Visitor.objects.create(key="other")), shown()
    tell(client, own.pk, others.pk, nobodys.pk)
    assert set(Impression.objects.filter(seen_at__isnull=False)) == {own, nobodys}
    nobodys.refresh_from_db()
    assert nobodys.visitor == own.visitor
    tell(Client(), shown(own.visitor).pk)
    assert seen() == 2


@pytest.mark.parametrize("agent", ["Mozilla/5.0 (compatible; Examplebot/2.1)", "curl/8.1", "HeadlessChrome/131"])
def test_robots_are_not_noted(client: Client, agent: str) -> None:
    assert tell(client, shown().pk, agent=agent).status_code == 204
    product = make_product(image=False)
    body = {"events": [{"kind": "click", "item": str(product.pk), "impression": str(shown().pk)}]}
    answer = client.post(reverse("mmrec:events"), body, "application/json", headers={"User-Agent": agent})
    assert answer.status_code == 201 and answer.json()["stored"] == 0
    assert not seen() and not Event.objects.exists() and not Visitor.objects.exists()
    assert item_for(product) is not None


def test_without_consent_nothing_is_noted(client: Client, settings: Any) -> None:
    settings.MMREC = settings.MMREC | {"CONSENT": "tests.measuring.test_seen.no"}
    assert tell(client, shown().pk).status_code == 204 and not seen()


def no(request: Any) -> bool:
    return False


@pytest.mark.parametrize(
    "body", ["{}", "[]", "x", '{"impressions": []}', '{"impressions": ["1"]}', '{"impressions": 3}']
)
def test_what_is_no_list_of_impressions_is_refused(client: Client, body: str) -> None:
    assert client.post(reverse("mmrec:seen"), body, "application/json").status_code == 400


def test_a_hundred_at_once_and_so_many_a_minute(client: Client, settings: Any) -> None:
    assert tell(client, *(uuid4() for _ in range(101))).status_code == 400
    settings.MMREC = settings.MMREC | {"EVENTS_PER_MINUTE": 2}
    assert [tell(client, uuid4()).status_code for _ in range(3)] == [204, 429, 429]


def test_a_logged_in_user_needs_the_csrf_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.create_user("ada"))
    assert tell(client, shown().pk).status_code == 403
    client.cookies["csrftoken"] = "a" * 32
    assert tell(client, shown().pk, **{"X-CSRFToken": "a" * 32}).status_code == 204 and seen() == 1
