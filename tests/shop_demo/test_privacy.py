"""What the shop remembers of a shopper, in the shopper's hands."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from mmrec_app.models import Event, Visitor
from shop_demo.models import Product
from tests.products import make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def product() -> Product:
    return make_product(image=False)


def test_who_switches_it_off_is_remembered_no_more(client: Client, product: Product) -> None:
    client.get(product.get_absolute_url())
    assert Event.objects.count() == 1 and b"Remember nothing" in client.get("/privacy/").content
    page = client.post("/privacy/switch/", {"remember": "no"}, follow=True)
    assert b"lists that everybody sees" in page.content and not client.cookies["mmrec_visitor"].value
    client.get(product.get_absolute_url())
    client.post(f"/cart/add/{product.pk}/", {"quantity": 1})
    assert Event.objects.count() == 1
    client.post("/privacy/switch/", {"remember": "yes"})
    client.get(product.get_absolute_url())
    assert Event.objects.count() == 2 and Visitor.objects.count() == 2


def test_a_browser_that_says_no_is_heard(product: Product) -> None:
    Client(headers={"Sec-GPC": "1"}).get(product.get_absolute_url())
    assert not Visitor.objects.exists()


@pytest.mark.parametrize("logged_in", [True, False])
def test_a_shopper_downloads_and_erases_their_own(client: Client, product: Product, logged_in: bool) -> None:
    other = Client()
    other.get(product.get_absolute_url())
    if logged_in:
        client.force_login(get_user_model().objects.create_user("ada"))
    client.get(product.get_absolute_url())
    answer: Any = client.get("/privacy/data/")
    assert "attachment" in answer["Content-Disposition"]
    assert [event["item"]["title"] for event in answer.json()["events"]] == [product.title]
    assert b"is forgotten" in client.post("/privacy/erase/", follow=True).content
    assert client.get("/privacy/data/").json().get("events", []) == [] and Event.objects.count() == 1
    assert b"nothing to forget" in client.post("/privacy/erase/", follow=True).content or logged_in


def test_nobody_else_presses_the_buttons(product: Product) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(product.get_absolute_url())
    assert {client.post(f"/privacy/{name}/").status_code for name in ("switch", "erase")} == {403}
    assert Event.objects.count() == 1
