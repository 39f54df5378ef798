"""Five roles at every endpoint: who may, who may not, and nobody sees another's data."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from mmrec_app.catalogue import item_for
from mmrec_app.events import record
from mmrec_app.headless import visitor_token
from mmrec_app.models import Event, Experiment, Rule, Visitor
from tests.products import make_product, picture

pytestmark = pytest.mark.django_db

EVERYBODY = {"anonymous", "shopper", "other", "merchandiser", "admin"}
OFFICE = {"merchandiser", "admin"}
ADMIN = {"admin"}
MERCHANDISER = (
    *("view_item", "view_generation", "train_generation", "activate_generation", "view_dailyfigure", "run_experiment"),
    *(f"{verb}_{model}" for verb in ("view", "add", "change", "delete") for model in ("rule", "experiment")),
)
"""What docs/api.md recommends."""
WHO_MAY = {
    "recommendations": EVERYBODY,
    "search": EVERYBODY,
    "searchByPhoto": EVERYBODY,
    "events": EVERYBODY,
    "exportMe": EVERYBODY,
    "eraseMe": EVERYBODY,
    "exportPerson": ADMIN,
    "erasePerson": ADMIN,
    "items": OFFICE,
    "item": OFFICE,
    "generations": OFFICE,
    "train": OFFICE,
    "generation": OFFICE,
    "progress": OFFICE,
    "activate": OFFICE,
    "rollBack": OFFICE,
    "cancel": OFFICE,
    "seen": EVERYBODY,
    **dict.fromkeys(("rules", "addRule", "rule", "replaceRule", "changeRule", "removeRule"), OFFICE),
    **dict.fromkeys(("experiments", "addExperiment", "experiment", "results"), OFFICE),
    **dict.fromkeys(("replaceExperiment", "changeExperiment", "removeExperiment"), OFFICE),
    **dict.fromkeys(("startExperiment", "stopExperiment", "metrics"), OFFICE),
    **dict.fromkeys(("headlessRecommendations", "headlessVisitor", "headlessEvents", "headlessSeen"), EVERYBODY),
    **dict.fromkeys(("headlessExportMe", "headlessEraseMe"), EVERYBODY),
    "schema": EVERYBODY,
}


def operations() -> dict[str, tuple[str, str]]:
    """Operation -> its method and path."""
    schema = SchemaGenerator().get_schema(public=True)
    found = {each["operationId"]: (method, path) for path, of in schema["paths"].items() for method, each in of.items()}
    return found | {"schema": ("get", "/mmrec/schema/")}


@pytest.fixture
def people(settings: Any) -> dict[str, Client]:
    cache.clear()
    settings.MMREC = settings.MMREC | {"SEARCH_MS": 1, "HEADLESS": {"store": []}}
    clients = {"anonymous": Client()}
    for name in ("shopper", "other", "merchandiser", "admin"):
        user = get_user_model().objects.create_user(name, is_superuser=name == "admin", is_staff=name in OFFICE)
        if name == "merchandiser":
            user.user_permissions.set(Permission.objects.filter(codename__in=MERCHANDISER))
        clients[name] = Client()
        clients[name].force_login(user)
    return clients


def things(product: Any) -> dict[str, Any]:
    """One of everything that an address can name."""
    experiment = Experiment.objects.create(name=f"Trial {Experiment.objects.count()}", placement="for_you")
    for name in ("a", "b"):
        experiment.variants.create(name=name)
    other = get_user_model().objects.get(username="other")
    rule = Rule.objects.create(action="bury", category="Mugs")
    return {"items": item_for(product), "people": other, "rules": rule, "experiments": experiment}


def address_of(path: str, known: dict[str, Any]) -> str:
    found = re.search(r"v1/(\w+)/\{id\}", path)
    path = path.replace("{id}", str(known[found[1]].pk)) if found else path
    return path.replace("{number}", "0").replace("{placement}", "for_you").replace("{key}", "store") + (
        "?q=mug" if path.endswith("search/") else ""
    )


def body_of(operation: str, product: Any) -> dict[str, Any]:
    name = f"New {Experiment.objects.count()}"
    variants = [{"name": "a"}, {"name": "b", "overrides": {}}]
    return {
        "events": {"events": [{"kind": "view", "item": str(product.pk)}]},
        "seen": {"impressions": [str(uuid4())]},
        "headlessEvents": {"events": [{"kind": "view", "item": str(product.pk)}]},
        "headlessSeen": {"impressions": [str(uuid4())]},
        "addRule": {"action": "boost", "category": "Mugs", "factor": 2},
        "replaceRule": {"action": "boost", "category": "Mugs"},
        "addExperiment": {"name": name, "placement": "for_you", "variants": variants},
        "replaceExperiment": {"name": name, "placement": "for_you", "variants": variants},
    }.get(operation, {})


def test_every_endpoint_says_who_may() -> None:
    assert set(operations()) == set(WHO_MAY)


@pytest.mark.parametrize("operation", WHO_MAY)
def test_who_may_does_and_who_may_not_is_refused(operation: str, people: dict[str, Client]) -> None:
    method, path = operations()[operation]
    product = make_product(image=False)
    for role, client in people.items():
        address = address_of(path, things(product))
        if operation == "searchByPhoto":
            photo = SimpleUploadedFile("p.png", picture("red", "mug"), "image/png")
            answer = client.post(address, {"photo": photo})
        else:
            body, token = json.dumps(body_of(operation, product)), {"Mmrec-Visitor": visitor_token()}
            answer = client.generic(method.upper(), address, body, "application/json", headers=token)
        if role in WHO_MAY[operation]:
            assert answer.status_code < 300 or answer.status_code == 409, (role, answer.content)
        else:
            assert answer.status_code in (401, 403), (role, answer.content)
            assert answer["Content-Type"] == "application/problem+json"


def test_nobody_sees_or_erases_what_another_did(people: dict[str, Client]) -> None:
    product = make_product(image=False)
    shopper, other = (get_user_model().objects.get(username=name) for name in ("shopper", "other"))
    record("like", product, user=other)
    for role in ("anonymous", "shopper", "merchandiser"):
        assert "like" not in people[role].get("/mmrec/v1/me/").content.decode()
        assert people[role].delete("/mmrec/v1/me/").status_code == 200
        assert people[role].get(f"/mmrec/v1/people/{other.pk}/").status_code in (401, 403)
        assert people[role].delete(f"/mmrec/v1/people/{other.pk}/").status_code in (401, 403)
    assert people["other"].get("/mmrec/v1/me/").json()["events"][0]["kind"] == "like"
    assert people["shopper"].get("/mmrec/v1/recommendations/recently_viewed/").json()["items"] == []
    assert Event.objects.get().visitor.user == other and shopper != other


def test_the_cookie_of_an_erased_browser_is_taken_away(people: dict[str, Client]) -> None:
    client, product = people["anonymous"], make_product(image=False)
    body = {"events": [{"kind": "view", "item": str(product.pk)}]}
    client.post("/mmrec/v1/events/", body, "application/json")
    assert client.get("/mmrec/v1/me/").json()["events"][0]["item"]["title"] == product.title
    answer = client.delete("/mmrec/v1/me/")
    assert answer.json()["erased"] == {"event": 1, "visitor": 1}
    assert answer.cookies["mmrec_visitor"]["max-age"] == 0
    assert not Visitor.objects.exists() and client.get("/mmrec/v1/me/").json() == {"known": False}
