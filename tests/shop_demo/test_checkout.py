import time
import uuid
from decimal import Decimal
from threading import Thread

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from mmrec_app.models import Event, Item
from shop_demo.cart import Line
from shop_demo.checkout import Details, Refused, place_order
from shop_demo.models import Order, Product
from tests.products import make_product

pytestmark = pytest.mark.django_db

WHO = {"name": "Ida Lund", "email": "ida@example.com", "address": "Lindenweg 4\n10115 Berlin"}
DETAILS = Details(**WHO)


def fill(client: Client, *products: Product, quantity: int = 1) -> dict[str, object]:
    """Puts products into the cart and returns what the checkout's form would send."""
    for product in products:
        client.post(reverse("cart_add", args=[product.pk]), {"quantity": quantity})
    form = client.get("/checkout/").context["form"]
    return WHO | {name: form[name].value() for name in ("token", "total")}


def order(client: Client, form: dict[str, object]) -> str:
    """The page the shopper ends on."""
    return client.post("/checkout/", form, follow=True).content.decode()


def test_an_order_takes_from_the_stock_and_empties_the_cart(client):
    dress, mug = make_product(image=False, stock=5), make_product("blue", "mug", 1, image=False)
    page = order(client, fill(client, dress, mug, quantity=2))
    placed = Order.objects.get()
    assert "Thank you, Ida Lund." in page and dress.title in page and "€42.00" in page
    assert placed.total == Decimal(42) and placed.user is None and placed.lines.count() == 2
    dress.refresh_from_db()
    assert dress.stock == 3 and not len(client.get("/cart/").context["cart"])


def test_sending_twice_orders_once(client):
    form = fill(client, make_product(image=False, stock=5))
    pages = [order(client, form), order(client, form)]
    assert (
        Order.objects.count() == 1
        and Product.objects.get().stock == 4
        and Event.objects.filter(kind="purchase").count() == 1
    )
    assert all("Thank you" in page for page in pages)


def test_what_sold_out_meanwhile_is_named_and_nothing_is_ordered(client):
    there, gone = make_product(image=False, title="There"), make_product(number=1, image=False, title="Going, going")
    form = fill(client, there, gone)
    Product.objects.filter(pk=gone.pk).update(stock=0)
    page = order(client, form)
    assert "“Going, going” is sold out." in page and "Your cart" in page
    assert not Order.objects.exists() and Product.objects.get(pk=there.pk).stock == 10


def test_a_product_deleted_while_ordering_is_named():
    product = make_product(image=False, title="Deleted")
    line = Line(Product.objects.get(), 1)
    product.delete()
    with pytest.raises(Refused, match="Deleted"):
        place_order(uuid.uuid4(), AnonymousUser(), DETAILS, [line], line.total)


def test_nobody_pays_another_price_than_the_one_shown(client):
    form = fill(client, make_product(image=False))
    Product.objects.update(price=99)
    assert "price has changed" in order(client, form) and not Order.objects.exists()


def test_what_sells_out_leaves_the_lists_at_once(client):
    product = make_product(image=False, stock=1)
    order(client, fill(client, product))
    assert not Item.objects.get().available


@pytest.mark.parametrize("wrong", [{"name": ""}, {"email": "x"}, {"address": "short"}, {"token": "x"}, {"total": "x"}])
def test_an_incomplete_form_comes_back_as_it_was(client, wrong):
    form = fill(client, make_product(image=False)) | wrong
    assert 'name="address"' in order(client, form) and not Order.objects.exists()


def test_nothing_to_order_leads_to_the_cart(client):
    assert client.get("/checkout/").headers["Location"] == "/cart/"


def test_an_order_of_an_account_is_listed_there_and_fills_the_next_form(client):
    client.force_login(User.objects.create_user("ada"))
    order(client, fill(client, make_product(image=False)))
    placed = Order.objects.get()
    assert f"Order {placed.pk}" in client.get("/account/").content.decode()
    form = fill(client, make_product(number=1, image=False))
    assert placed.user.username == "ada"
    assert client.get("/checkout/").context["form"]["address"].value() == WHO["address"] == form["address"]


def test_an_order_is_shown_to_who_placed_it_only(client):
    order(client, fill(client, make_product(image=False)))
    url = reverse("order", args=[Order.objects.get().pk])
    stranger = Client()
    assert client.get(url).status_code == 200 and stranger.get(url).status_code == 404
    stranger.force_login(User.objects.create_user("eve"))
    assert stranger.get(url).status_code == 404


def both_at_once(product: Product, tokens: list[uuid.UUID]) -> list[object]:
    """Two checkouts of one product that certainly meet: both wait for its row before either may go on."""
    answers: list[object] = []

    def buy(token: uuid.UUID) -> None:
        try:
            answers.append(place_order(token, AnonymousUser(), DETAILS, [Line(product, 1)], product.price))
        except Refused as refused:
            answers.append(refused)
        finally:
            connection.close()

    threads = [Thread(target=buy, args=[token]) for token in tokens]
    with transaction.atomic():
        Product.objects.select_for_update().get(pk=product.pk)
        for thread in threads:
            thread.start()
        until_both_wait()
    for thread in threads:
        thread.join(timeout=30)
    return answers


def until_both_wait() -> None:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # or the transaction sees the same picture for ever
            cursor.execute(waiting)
            if cursor.fetchone()[0] == 2:
                return
            time.sleep(0.02)
    raise AssertionError("the two checkouts do not wait for the product")


@pytest.mark.django_db(transaction=True)
def test_the_last_piece_is_sold_to_one_of_two():
    product = make_product(image=False, stock=1)
    answers = both_at_once(product, [uuid.uuid4(), uuid.uuid4()])
    product.refresh_from_db()
    assert product.stock == 0 and Order.objects.count() == 1
    assert sum(isinstance(answer, Refused) for answer in answers) == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_order_once():
    product = make_product(image=False, stock=5)
    answers = both_at_once(product, [uuid.uuid4()] * 2)
    product.refresh_from_db()
    assert product.stock == 4 and Order.objects.count() == 1
    assert sorted(new for _, new in answers) == [False, True]
