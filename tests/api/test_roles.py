"""Five roles at every endpoint: who may, who may not, and nobody sees another's data."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from mmrec_app.catalogue import item_for
from mmrec_app.events import record
from mmrec_app.models import Event, Visitor
from tests.products import make_product, picture

pytestmark = pytest.mark.django_db

EVERYBODY = {"anonymous", "shopper", "other", "merchandiser", "admin"}
OFFICE = {"merchandiser", "admin"}
ADMIN = {"admin"}
MERCHANDISER = ("view_item", "view_generation", "train_generation", "activate_generation")
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
    settings.MMREC = settings.MMREC | {"SEARCH_MS": 1}
    clients = {"anonymous": Client()}
    for name in ("shopper", "other", "merchandiser", "admin"):
        user = get_user_model().objects.create_user(name, is_superuser=name == "admin", is_staff=name in OFFICE)
        if name == "merchandiser":
            user.user_permissions.set(Permission.objects.filter(codename__in=MERCHANDISER))
        clients[name] = Client()
        clients[name].force_login(user)
    return clients


def body_of(operation: str, product: Any) -> tuple[dict[str, Any], str]:
    """What is sent, as which content type."""
    if operation == "searchByPhoto":
        photo = SimpleUploadedFile("p.png", picture("red", "mug"), "image/png")
        return {"photo": photo}, "multipart"
    events = {"events": [{"kind": "view", "item": str(product.pk)}]}
    return (events if operation == "events" else {}), "json"


def test_every_endpoint_says_who_may() -> None:
    assert set(operations()) == set(WHO_MAY)


@pytest.mark.parametrize("operation", WHO_MAY)
def test_who_may_does_and_who_may_not_is_refused(operation: str, people: dict[str, Client]) -> None:
    method, path = operations()[operation]
    product = make_product(image=False)
    other = get_user_model().objects.get(username="other")
    numbers = {"placement": "for_you", "id": other.pk, "pk": getattr(item_for(product), "pk", 0), "number": 0}
    address = path.replace("{id}", str(numbers["pk"] if "items" in path else numbers["id"])).format(**numbers)
    for role, client in people.items():
        given, kind = body_of(operation, product)
        query = "?q=mug" if operation == "search" else ""
        options = {} if kind == "multipart" or method == "get" else {"content_type": "application/json"}
        answer = getattr(client, method)(address + query, **({"data": given} if method == "post" else {}), **options)
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
