import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from shop_demo.demo.visit import lists_on
from shop_demo.models import Product
from tests.products import make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def product() -> Product:
    return make_product(image=False, stock=3)


def add(client: Client, product: Product, quantity: object = 1, **more: str) -> str:
    """The shop's answer."""
    answer = client.post(reverse("cart_add", args=[product.pk]), {"quantity": quantity} | more)
    assert answer.status_code == 302
    return str(list(get_messages(answer.wsgi_request))[-1])


def held(client: Client) -> dict[str, int]:
    return {line.product.title: line.quantity for line in client.get("/cart/").context["cart"]}


def test_adding_twice_adds_up_and_shows_the_total(client, product):
    make_product(number=1, image=False)
    add(client, product)
    add(client, product)
    page = client.get("/cart/").content.decode()
    assert held(client) == {product.title: 2} and "€20.00" in page and 'data-placement="cart"' in page


def test_no_more_goes_in_than_there_is(client, product):
    assert "That is all we have: 3." in add(client, product, 5)
    assert "in your cart already" in add(client, product)
    assert held(client) == {product.title: 3}


@pytest.mark.parametrize("fields", [{"stock": 0}, {"price": None}])
def test_what_is_not_for_sale_does_not_go_in(client, fields):
    sold_out = make_product(title="Gone", image=False, **fields)
    assert add(client, sold_out) == "“Gone” is sold out." and held(client) == {}


@pytest.mark.parametrize("quantity", ["x", "-1", "1.5", "1000", "9" * 30])
def test_nonsense_quantities_change_nothing(client, product, quantity):
    assert "whole number" in add(client, product, quantity) and held(client) == {}


def test_one_cart_one_currency(client, product):
    add(client, product)
    foreign = make_product(number=1, image=False, currency="USD", title="Foreign")
    assert "order “Foreign” (USD) separately" in add(client, foreign)


def test_change_and_remove(client, product):
    add(client, product)
    url = reverse("cart_set", args=[product.pk])
    client.post(url, {"quantity": 2})
    assert held(client) == {product.title: 2}
    client.post(url, {"quantity": 9})
    assert held(client) == {product.title: 3}
    client.post(url, {"quantity": "", "remove": "1"})
    assert held(client) == {} and "Nothing in here yet" in client.get("/cart/").content.decode()


def test_the_cart_says_what_has_sold_out_meanwhile(client, product):
    add(client, product, 2)
    Product.objects.update(stock=1)
    assert "only 1 left" in client.get("/cart/").content.decode()


def test_a_deleted_product_leaves_the_cart_and_its_count(client, product):
    add(client, product)
    product.delete()
    assert held(client) == {} and 'class="badge"' not in client.get("/").content.decode()


@pytest.mark.parametrize("name", ["cart_add", "cart_set"])
def test_a_link_changes_nothing(client, product, name):
    assert client.get(reverse(name, args=[product.pk])).status_code == 405


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [("/search/?q=x", "/search/?q=x"), ("//evil.example/", ""), ("https://evil.example/", ""), ("javascript:x", "")],
)
def test_the_way_back_stays_in_the_shop(client, product, wanted, goes):
    answer = client.post(reverse("cart_add", args=[product.pk]), {"next": wanted})
    assert answer.headers["Location"] == (goes or product.get_absolute_url())


def test_what_is_in_the_cart_is_not_recommended(client, product):
    other = make_product(number=1, image=False)
    add(client, product)
    for_you = lists_on(client.get("/").content.decode())[0]
    assert for_you.items == [str(other.pk)]
