"""Rules, experiments and figures by HTTP."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from rest_framework.validators import UniqueValidator

from mmrec_app.catalogue import item_for
from mmrec_app.models import DailyFigure, Experiment, Generation, Rule
from tests.products import make_product

pytestmark = pytest.mark.django_db
BOOST = {"action": "boost", "category": "Mugs"}


@pytest.fixture
def mira() -> Client:
    cache.clear()
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("mira"))
    return client


def send(client: Client, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    return getattr(client, method)(f"/mmrec/v1/{path}", body or {}, "application/json")


def test_a_rule_is_made_changed_found_and_removed(mira: Client) -> None:
    item = item_for(make_product(image=False))
    made = send(mira, "post", "rules/", {"action": "pin", "items": [item.pk], "position": 1, "placements": ["for_you"]})
    assert made.status_code == 201 and made.json()["created_by"] == "mira"
    rule = Rule.objects.get()
    assert list(rule.items.all()) == [item]
    send(mira, "patch", f"rules/{rule.pk}/", {"active": False, "note": "later"})
    rule.refresh_from_db()
    assert (rule.active, rule.note, rule.position) == (False, "later", 1)
    for query, count in (("", 1), ("?active=true", 0), ("?placement=for_you", 1), ("?placement=similar", 0)):
        assert mira.get(f"/mmrec/v1/rules/{query}").json()["count"] == count, query
    assert send(mira, "delete", f"rules/{rule.pk}/").status_code == 204 and not Rule.objects.exists()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"action": "shout"}, "action"),
        ({"action": "pin", "items": [1_000_000]}, "items"),
        (BOOST | {"placements": ["nowhere"]}, "placements"),
        ({"action": "boost"}, "items"),
        ({"action": "pin", "category": "Mugs", "placements": ["for_you"]}, "items"),
        (BOOST | {"factor": 0.5}, "factor"),
        ({"action": "boost", "price_min": "9", "price_max": "8"}, "price_max"),
        (BOOST | {"starts_at": "2026-02-01T00:00Z", "ends_at": "2026-01-01T00:00Z"}, "ends_at"),
        ({"action": "boost", "factor": 1e9}, "factor"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_by_its_field(mira: Client, given: dict[str, Any], named: str) -> None:
    answer = send(mira, "post", "rules/", given)
    assert answer.status_code == 400 and list(answer.json()["errors"]) == [named]
    assert not Rule.objects.exists()


def test_pins_stand_in_the_order_that_was_given(mira: Client) -> None:
    one, two, three = (item_for(make_product(number=n, image=False)).pk for n in range(3))
    asked = {"action": "pin", "items": [three, one, two], "position": 1, "placements": ["for_you", "search"]}
    made = send(mira, "post", "rules/", asked).json()
    assert made["items"] == [three, one, two]
    changed = send(mira, "patch", f"rules/{made['id']}/", {"items": [two, three]}).json()
    assert changed["items"] == [two, three] == mira.get("/mmrec/v1/rules/").json()["results"][0]["items"]
    pinned_nowhere = send(mira, "patch", f"rules/{made['id']}/", {"placements": []})
    assert pinned_nowhere.status_code == 400 and "names its lists" in pinned_nowhere.json()["errors"]["placements"][0]


def test_a_rule_whose_products_are_gone_can_be_switched_off(mira: Client) -> None:
    rule = Rule.objects.create(action="bury")
    assert send(mira, "patch", f"rules/{rule.pk}/", {"note": "x"}).status_code == 400
    assert send(mira, "patch", f"rules/{rule.pk}/", {"active": False}).status_code == 200


def test_an_experiment_runs_its_course(mira: Client) -> None:
    variants = [{"name": "as it is"}, {"name": "wide", "weight": 2, "overrides": {"rungs": ["trending"]}}]
    asked = {"name": "Wider", "placement": "for_you", "goal": "clicked", "variants": variants}
    made = send(mira, "post", "experiments/", asked).json()
    assert (made["state"], [each["weight"] for each in made["variants"]]) == ("draft", [1.0, 2.0])
    path = f"experiments/{made['id']}/"
    changed = send(mira, "patch", path, {"variants": variants[:1] + [{"name": "wider"}]}).json()
    assert [each["name"] for each in changed["variants"]] == ["as it is", "wider"]
    assert send(mira, "post", f"{path}start/").json()["state"] == "running"
    for refused in (("patch", path, {"name": "x"}), ("delete", path), ("post", f"{path}start/")):
        answer = send(mira, *refused)
        assert answer.status_code == 409 and answer.json()["title"] == "Conflict", refused
    found = mira.get(f"/mmrec/v1/{path}results/").json()
    assert [arm["name"] for arm in found["arms"]] == ["as it is", "wider"] and found["verdicts"] == {}
    assert found["arms"][1]["against"]["clicked"]["low"] is None
    assert send(mira, "post", f"{path}stop/").json()["stopped_by"] == "mira"
    assert Experiment.objects.get().state == "stopped"


def test_an_experiment_that_cannot_be_is_refused(mira: Client) -> None:
    twice = [{"name": "a"}, {"name": "a"}]
    answer = send(mira, "post", "experiments/", {"name": "x", "placement": "nowhere", "variants": twice})
    assert set(answer.json()["errors"]) == {"placement", "variants"}
    alone = send(mira, "post", "experiments/", {"name": "x", "placement": "for_you", "variants": twice[:1]}).json()
    path = f"experiments/{alone['id']}/"
    assert "compares nothing" in send(mira, "post", f"{path}start/").json()["detail"]
    Generation.objects.create(number=3, dimension=8, state="failed")
    for overrides, said in (
        ({"generation": 3}, "a: Generation 3 cannot serve; those that can are 0"),
        ({"k": 1}, "'k'"),
    ):
        variants = [{"name": "a", "overrides": overrides}]
        for method, to in (("post", "experiments/"), ("patch", path)):
            body = {"name": "y", "placement": "trending", "variants": variants}
            answer = send(mira, method, to, body if method == "post" else {"variants": variants})
            assert answer.status_code == 400 and said in str(answer.json()["errors"]["variants"]), answer.json()
    assert Experiment.objects.count() == 1


def test_an_experiment_may_be_about_the_search(mira: Client) -> None:
    asked = {"name": "Taste", "placement": "search", "variants": [{"name": "as it is"}, {"name": "plain"}]}
    asked["variants"][1]["overrides"] = {"rotation": 3}
    answer = send(mira, "post", "experiments/", asked)
    assert answer.status_code == 400 and "has no “rotation”" in str(answer.json()["errors"]["variants"])
    asked["variants"][1]["overrides"] = {"weights": {"taste": 0}}
    made = send(mira, "post", "experiments/", asked).json()
    assert send(mira, "post", f"experiments/{made['id']}/start/").json()["state"] == "running"


def test_experiments_are_found_by_state_and_list(mira: Client) -> None:
    for name, placement in (("a", "for_you"), ("b", "for_you"), ("c", "trending")):
        Experiment.objects.create(name=name, placement=placement, state="stopped" if name == "a" else "draft")
    for asked, names in (("state=draft", "cb"), ("placement=for_you", "ba"), ("state=stopped&placement=for_you", "a")):
        found = mira.get(f"/mmrec/v1/experiments/?{asked}").json()["results"]
        assert "".join(each["name"] for each in found) == names
    assert mira.get("/mmrec/v1/experiments/?stat=draft").status_code == 400


def test_a_name_that_is_taken_at_the_same_moment_is_a_conflict(mira: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"name": "Wider", "placement": "for_you", "variants": [{"name": "a"}]}
    assert send(mira, "post", "experiments/", asked).status_code == 201
    monkeypatch.setattr(UniqueValidator, "__call__", lambda *_: None)  # as if both had been checked before either wrote
    assert send(mira, "post", "experiments/", asked).status_code == 409 and Experiment.objects.count() == 1


def test_figures_are_those_of_the_days_and_lists_that_are_asked_for(mira: Client) -> None:
    today = timezone.localdate()
    for day, placement, seen in (
        (today, "for_you", 10),
        (today, "similar", 5),
        (today - timedelta(days=40), "similar", 7),
    ):
        DailyFigure.objects.create(
            day=day, placement=placement, generation=0, rung="popular", handed=20, seen=seen, clicked=1, clicks=2,
            bought=1, revenue=Decimal("12.50"), currency="EUR",
        )  # fmt: skip
    found = mira.get("/mmrec/v1/metrics/").json()
    assert (found["total"]["seen"], found["total"]["ctr"]) == (15, 2 / 15)
    assert found["total"]["money"] == [{"currency": "EUR", "direct": "25.00", "assisted": "0.00"}]
    assert {name: each["seen"] for name, each in found["placements"].items()} == {"for_you": 10, "similar": 5}
    since = (today - timedelta(days=60)).isoformat()
    assert mira.get(f"/mmrec/v1/metrics/?placement=similar&since={since}").json()["total"]["seen"] == 12
    for query in ("since=2026-02-02&until=2026-02-01", "since=2020-01-01", "generation=first"):
        assert mira.get(f"/mmrec/v1/metrics/?{query}").status_code == 400, query
