"""Consent, export and erasure: what is kept of a person, and that nothing is where nothing should be."""

import io
import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from mmrec_app.catalogue import item_for
from mmrec_app.events import forget_old, record, refresh_statistics, visitor_for, visitor_of
from mmrec_app.models import Event, Impression, ItemStatistics, Visitor
from mmrec_app.offline.snapshot import take_snapshot
from mmrec_app.privacy import erase_person, export_person, export_visitor, limit_key
from mmrec_app.recommend import recommend, recommended_list
from tests.products import make_product, make_shop

pytestmark = pytest.mark.django_db


def by_cookie(request: HttpRequest) -> bool:
    return request.COOKIES.get("consent") == "yes"


def broken(request: HttpRequest) -> bool:
    raise RuntimeError("no consent service")


@pytest.fixture
def asked(settings: Any) -> None:
    settings.MMREC = settings.MMREC | {"CONSENT": f"{__name__}.by_cookie"}


@pytest.fixture
def people() -> tuple[Any, Any]:
    return tuple(get_user_model().objects.create_user(name) for name in ("ada", "bob"))  # type: ignore[return-value]


def view(client: Client, product: Any) -> Any:
    body = {"events": [{"kind": "view", "item": str(product.pk)}]}
    return client.post(reverse("mmrec:events"), body, "application/json")


def test_without_consent_there_is_no_cookie_no_event_and_no_visitor(asked: None, client: Client) -> None:
    product = make_product(image=False)
    answer = view(client, product)
    assert (answer.status_code, answer.json()["stored"]) == (201, 0)
    client.get(product.get_absolute_url())
    assert not client.cookies.get("mmrec_visitor")
    assert not Event.objects.exists() and not Visitor.objects.exists()


def test_without_consent_lists_are_everybodys(asked: None, people: tuple[Any, Any]) -> None:
    shop = make_shop(numbers=1)
    record("view", shop[0], user=people[0])
    request = RequestFactory().get("/")
    request.user = people[0]
    assert recommended_list("for_you", request, k=3).rung != "personal"
    assert not recommended_list("recently_viewed", request, k=3).cards
    assert not record("purchase", shop[1], request=request, user=people[0])
    assert set(Impression.objects.values_list("visitor", flat=True)) <= {None}
    request = RequestFactory().get("/")
    request.user, request.COOKIES["consent"] = people[0], "yes"
    assert recommended_list("for_you", request, k=3).rung == "personal"


def test_who_withdraws_consent_loses_the_cookie_and_a_login_merges_nothing(
    asked: None, client: Client, people: tuple[Any, Any]
) -> None:
    client.cookies["consent"] = "yes"
    view(client, make_product(image=False))
    assert client.cookies["mmrec_visitor"].value and Event.objects.count() == 1
    client.cookies["consent"] = "no"
    client.force_login(people[0])
    assert not Visitor.objects.filter(user=people[0]).exists()
    assert client.get("/").cookies["mmrec_visitor"]["max-age"] == 0
    assert Event.objects.get().visitor.user is None


def test_a_hook_that_fails_means_no(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.MMREC = settings.MMREC | {"CONSENT": f"{__name__}.broken"}
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert visitor_of(request, create=True) is None
    assert "no consent service" in caplog.text


def test_an_export_holds_all_that_is_kept_of_one_person_and_nothing_of_another(people: tuple[Any, Any]) -> None:
    shop, (ada, bob) = make_shop(numbers=1, encode=False), people
    record("purchase", shop[0], user=ada, value=Decimal("12.50"), currency="CHF", key="line:1", site=2)
    record("view", shop[1], user=bob)
    request = RequestFactory().get("/")
    request.user = ada
    shown = recommended_list("trending", request, k=2)
    found = export_person(ada)
    told = [(row["kind"], row["item"]["title"], row["value"], row["currency"], row["site"]) for row in found["events"]]
    assert told == [("purchase", shop[0].title, Decimal("12.50"), "CHF", 2)]
    assert [[item["object_id"] for item in row["items"]] for row in found["impressions"]] == [
        [card.object_id for card in shown]
    ]
    assert export_person(get_user_model().objects.create_user("eve")) == {"known": False}


def test_every_table_that_knows_visitors_is_in_an_export_and_empty_after_an_erasure(people: tuple[Any, Any]) -> None:
    found = export_visitor(visitor_for(people[0]))
    referring = [
        model for model in apps.get_models() for field in model._meta.concrete_fields if field.related_model is Visitor
    ]
    assert len(found) == 2 + len(referring) and {Event, Impression} <= set(referring)


def test_an_erasure_is_complete_and_spares_everybody_else(
    people: tuple[Any, Any], django_capture_on_commit_callbacks: Any
) -> None:
    shop, (ada, bob) = make_shop(numbers=1), people
    for product in shop[:4]:
        record("view", product, user=ada)
        record("view", product, user=bob)
    record("dismiss", shop[5], user=ada)
    request = RequestFactory().get("/")
    request.user = ada
    recommended_list("for_you", request, k=2)
    mine = visitor_for(ada).pk
    cache.set(limit_key("lists_per_minute", f"user:{ada.pk}"), [1.0])
    before = recommend("for_you", user=bob, k=3)
    with django_capture_on_commit_callbacks() as callbacks:
        gone = erase_person(ada)
    assert gone == {"event": 5, "impression": 1, "visitor": 1} and len(callbacks) == 1
    for model in (Event, Impression):
        assert not model.objects.filter(visitor=mine).exists()
    assert cache.get(limit_key("lists_per_minute", f"user:{ada.pk}")) is None
    assert recommend("for_you", user=ada, k=3).rung != "personal"
    assert recommend("for_you", user=bob, k=3) == before
    assert mine not in take_snapshot(timezone.now()).visitor_ids
    assert erase_person(ada) == {}


def test_what_only_an_erased_person_did_is_popular_no_more(people: tuple[Any, Any]) -> None:
    product = make_product(image=False)
    record("purchase", product, user=people[0])
    refresh_statistics()
    assert ItemStatistics.objects.get().popular > 0
    erase_person(people[0])
    refresh_statistics()
    assert not ItemStatistics.objects.exists()


def test_old_events_go_by_the_retention_and_with_them_who_is_left_with_nothing(settings: Any) -> None:
    old = timezone.now() - timedelta(days=40)
    product, gone = make_product(image=False), Visitor.objects.create(key="gone", created_at=old)
    stays = Visitor.objects.create(key="stays", created_at=old)
    record("view", product, visitor=gone, at=old)
    record("view", product, visitor=stays, at=old)
    record("view", product, visitor=stays)
    Impression.objects.create(placement="trending", rung="popular", items=[item_for(product).pk], at=old)
    assert forget_old() == 0
    settings.MMREC = settings.MMREC | {"RETENTION_DAYS": 30}
    assert forget_old() == 4
    assert [visitor.key for visitor in Visitor.objects.all()] == ["stays"] and Event.objects.count() == 1
    assert not Impression.objects.exists()


def test_the_commands_write_a_person_down_and_erase_them(people: tuple[Any, Any], tmp_path: Any) -> None:
    record("like", make_product(image=False), user=people[0])
    who = ("--user", str(people[0].pk))
    call_command("mmrec_export_person", *who, "--out", str(tmp_path / "ada.json"))
    assert json.loads((tmp_path / "ada.json").read_text())["events"][0]["kind"] == "like"
    said = io.StringIO()
    call_command("mmrec_erase_person", *who, stdout=said)
    assert "1  event" in said.getvalue() and not Visitor.objects.exists()
    call_command("mmrec_erase_person", *who, stdout=said)
    assert "nothing is kept" in said.getvalue()
    with pytest.raises(CommandError, match="no user has the primary key 'x'"):
        call_command("mmrec_export_person", "--user", "x")
    with pytest.raises(CommandError, match="no visitor has the key 'x'"):
        call_command("mmrec_erase_person", "--visitor", "x")
