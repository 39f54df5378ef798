"""What the recommender hears of a visit, and that it is the account's after a login."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from mmrec_app.models import Event, Visitor
from shop_demo.models import Product
from tests.products import make_product
from tests.shop_demo.test_checkout import fill, order

pytestmark = pytest.mark.django_db

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
SIGN_UP = {"username": "ada", "email": "ada@example.com", "password1": "gruene linde 7", "password2": "gruene linde 7"}


@pytest.fixture
def products() -> list[Product]:
    return [make_product(number=n, image=False) for n in range(3)]


def kinds() -> list[tuple[str, str]]:
    return [(event.kind, event.item.object_id) for event in Event.objects.select_related("item").order_by("id")]


def test_views_carts_and_purchases_are_recorded_in_order(client, products):
    first = products[0]
    client.get(first.get_absolute_url(), headers=BROWSER)
    order(client, fill(client, first, quantity=2))
    assert kinds() == [(kind, str(first.pk)) for kind in ("view", "cart", "purchase")]
    bought = Event.objects.get(kind="purchase")
    assert bought.quantity == 2 and bought.value == Decimal(20) and Visitor.objects.count() == 1


def test_reloading_and_adding_to_the_cart_are_no_second_look_but_coming_back_is(client, products):
    one, other = products[0].get_absolute_url(), products[1].get_absolute_url()
    client.get(one)
    client.get(one)
    client.post(reverse("cart_add", args=[products[0].pk]), follow=True)
    client.get(other)
    client.get(one)
    assert [kind for kind, _ in kinds()] == ["view", "cart", "view", "view"]


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Examplebot/2.1)"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
    ],
)
def test_programs_and_prefetching_are_no_visitors(client, products, headers):
    assert client.get(products[0].get_absolute_url(), headers=headers).status_code == 200
    assert not Event.objects.exists() and not Visitor.objects.exists()


def test_asking_for_headers_only_is_no_look(client, products):
    assert client.head(products[0].get_absolute_url()).status_code == 200
    assert not Event.objects.exists()


def test_who_only_opens_the_home_page_is_nobody_yet(client, products):
    client.get("/")
    assert not Visitor.objects.exists()


def test_signing_up_takes_the_visit_and_the_cart_along(client, products):
    client.get(products[0].get_absolute_url())
    client.post(reverse("cart_add", args=[products[1].pk]))
    page = client.post(reverse("signup"), SIGN_UP, follow=True).content.decode()
    assert "Welcome, ada." in page and f'data-item="{products[0].pk}"' in page and 'class="badge"' in page
    assert Visitor.objects.get().user == User.objects.get(username="ada") and len(kinds()) == 2


def test_logging_in_on_another_browser_brings_both_visits_together(client, products):
    client.post(reverse("signup"), SIGN_UP)
    client.get(products[0].get_absolute_url())
    phone = Client()
    phone.get(products[1].get_absolute_url())
    phone.post(reverse("login"), {"username": "ada", "password": SIGN_UP["password1"]})
    page = phone.get(reverse("account")).content.decode()
    assert all(f'data-item="{product.pk}"' in page for product in products[:2])


def test_logging_out_is_a_button_and_ends_it(client, products):
    client.post(reverse("signup"), SIGN_UP)
    assert client.get(reverse("logout")).status_code == 405
    page = client.post(reverse("logout"), follow=True).content.decode()
    assert "You are logged out." in page and "Log in" in page


@pytest.mark.parametrize(
    "wrong", [{"password2": "x"}, {"username": ""}, {"email": "x"}, {"password1": "1", "password2": "1"}]
)
def test_a_sign_up_with_mistakes_makes_no_account(client, wrong):
    page = client.post(reverse("signup"), SIGN_UP | wrong).content.decode()
    assert "errorlist" in page and not User.objects.exists()
