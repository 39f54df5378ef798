"""Every page answers, with its lists, for everybody."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mmrec_app.catalogue import item_for
from mmrec_app.events import record, refresh_affinities
from mmrec_app.models import Rule, Visitor
from shop_demo.demo.visit import PRODUCT, lists_on
from shop_demo.models import Category, Product
from tests.products import make_product, make_shop

pytestmark = pytest.mark.django_db

CATEGORY = "/category/mug/"


@pytest.fixture
def shop() -> list[Product]:
    return make_shop(numbers=1, encode=False)


def html(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def placements(page: str) -> list[str]:
    return [each.placement for each in lists_on(page)]


def test_home_shows_categories_lists_and_what_is_new(client, shop):
    page = html(client, "/")
    assert placements(page)[0] == "for_you" and PRODUCT.search(page)
    assert all(category.name in page for category in Category.objects.all())
    assert placements(page) == ["for_you", "new"] and 'href="#new"' in page


def test_an_empty_shop_says_so(client, db):
    page = html(client, "/")
    assert "shelves are still empty" in page and placements(page) == [] and 'href="#new"' not in page


def test_the_lists_of_home_do_not_repeat_each_other(client):
    make_shop(numbers=2, encode=False)
    lists = lists_on(html(client, "/"))
    assert [each.placement for each in lists] == ["for_you", "trending", "new"]
    items = [item for each in lists for item in each.items]
    assert len(items) == len(set(items)) == 28


def test_no_page_repeats_a_product_for_who_has_looked_around(client):
    shop = make_shop(numbers=2, encode=False)
    for product in shop[:5]:
        client.get(product.get_absolute_url())
    for n, basket in enumerate([(6, 9, 10), (6, 9, 10), (6, 9, 10), (11,)]):
        visitor = Visitor.objects.create(key=f"v{n}")
        for number in basket:
            record("purchase", shop[number], visitor=visitor)
    refresh_affinities()
    client.post(reverse("cart_add", args=[shop[20].pk]))
    expected = {
        "/": ["for_you", "trending", "new", "recently_viewed"],
        shop[6].get_absolute_url(): ["bought_together", "similar", "complete_the_look", "recently_viewed"],
        "/cart/": ["cart"],
    }
    for url, names in expected.items():
        lists = lists_on(html(client, url))
        items = [item for each in lists for item in each.items]
        assert [each.placement for each in lists] == names and len(items) == len(set(items))
        headings = re.findall(r'<h2 class="mmrec-heading"[^>]*>([^<]+)</h2>', html(client, url))
        assert len(headings) == len(set(headings)) == len(names)


def test_product_page_shows_the_product_and_similar_ones(client, shop):
    page = html(client, shop[0].get_absolute_url())
    assert all(word in page for word in (shop[0].title, shop[0].image.url, "€10.00", "In stock", "Add to cart", "red"))
    similar, look = lists_on(page)  # nothing is bought together yet
    assert similar.placement == "similar" and str(shop[0].pk) not in similar.items + look.items


def test_the_product_page_remembers_what_was_seen_before(client, shop):
    html(client, shop[0].get_absolute_url())
    lists = {each.placement: each.items for each in lists_on(html(client, shop[1].get_absolute_url()))}
    assert lists["recently_viewed"] == [str(shop[0].pk)]


def test_category_page_shows_what_is_in_it_and_a_list_of_its_own(client, shop):
    page = html(client, CATEGORY)
    assert page.count('class="card"') == 4 and "4 products" in page and not lists_on(page)
    (own,) = lists_on(html(client, unescape(re.search(r'data-lazy="([^"]+)"', page)[1])))  # as the script fetches it
    assert own.placement == "for_you" and all("mug" in title for title in own.titles)


def test_a_category_holds_what_is_below_it_and_nothing_of_its_namesakes(client):
    top = Category.objects.create(path="Home", name="Home", slug="home")
    below = Category.objects.create(path="Home > Mugs", name="Mugs", slug="mugs", parent=top)
    beside = Category.objects.create(path="Homeless", name="Homeless", slug="beside")
    make_product(title="Inside", number=1, category=below)
    make_product(title="Beside", number=2, category=beside)
    cards = html(client, "/category/home/").split('class="cards"')[1].split("mmrec")[0]
    assert "Inside" in cards and "Beside" not in cards


def test_a_search_heeds_the_rules_of_searches(client, shop):
    rule = Rule.objects.create(action="exclude", placements=["search"])
    rule.choose([item_for(shop[0]).pk])
    page = html(client, "/search/?q=red")
    assert "3 products" in page and f'href="{shop[0].get_absolute_url()}"' not in page


def test_account_pages(client, shop):
    assert client.get(reverse("account")).headers["Location"].startswith(reverse("login"))
    client.force_login(User.objects.create_user("ada"))
    html(client, shop[0].get_absolute_url())
    page = html(client, reverse("account"))
    assert "Hello, ada" in page and placements(page) == ["recently_viewed", "for_you"]


def test_the_account_shows_what_is_due_again_and_nothing_twice(client, shop):
    user = User.objects.create_user("ada")
    client.force_login(user)
    for days in (60, 30):
        record("purchase", shop[0], user=user, at=timezone.now() - timedelta(days=days))
    lists = lists_on(html(client, reverse("account")))
    assert [each.placement for each in lists] == ["buy_again", "for_you"] and lists[0].items == [str(shop[0].pk)]
    assert str(shop[0].pk) not in lists[1].items


@pytest.mark.parametrize(
    "url", ["/nowhere/", "/product/nothing/", "/category/nothing/", "/orders/9/", "/media/../manage.py"]
)
def test_what_is_not_there_is_a_page_of_the_shop(client, shop, url):
    page = html(client, url, status=404)
    assert "This page is not here" in page and placements(page) == ["for_you"]


def test_an_error_is_a_page_that_asks_nothing_of_the_database(client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE shop_demo_category RENAME TO away")
    client.raise_request_exception = False
    answer = client.get("/")
    with CaptureQueriesContext(connection) as queries:
        from django.views.defaults import server_error

        page = server_error(answer.wsgi_request).content.decode()
    assert answer.status_code == 500 and "Something went wrong" in answer.content.decode()
    assert page == answer.content.decode() and not queries.captured_queries


def test_a_form_without_its_token_is_answered_in_the_shops_words(shop):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse("cart_add", args=[shop[0].pk]))
    assert answer.status_code == 403 and "open too long" in answer.content.decode()


def test_pages_come_when_recommendations_cannot(client, shop):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mmrec_app_generation RENAME TO away")
    for url in ("/", CATEGORY, shop[0].get_absolute_url(), "/search/?q=nothing", "/cart/"):
        assert 'class="mmrec-item"' not in html(client, url)
    client.post(reverse("cart_add", args=[shop[0].pk]))
    assert shop[0].title in html(client, "/cart/")


def test_pages_come_when_events_cannot_be_written(client, shop, caplog):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mmrec_app_event RENAME TO away")
    assert shop[0].title in html(client, shop[0].get_absolute_url())
    assert "was not recorded" in caplog.text


def test_what_merchants_and_visitors_write_is_escaped(client):
    bad = "<script>alert(1)</script>"
    product = make_product(title=bad, brand=bad, description=bad, attributes={bad: bad, "colour": bad})
    make_product(number=1, attributes={"colour": "red"})
    client.post(reverse("cart_add", args=[product.pk]))
    for url in (
        "/",
        CATEGORY.replace("mug", "dress"),
        product.get_absolute_url(),
        f"/search/?q={bad}&colour={bad}",
        "/cart/",
    ):
        page = html(client, url)
        assert bad not in page and "&lt;script&gt;" in page


def test_a_product_without_picture_price_or_category_has_a_page(client):
    bare = make_product(image=False, price=None, category=None, attributes={}, brand="", description="")
    assert "Sold out" in html(client, bare.get_absolute_url())


def test_headers_forbid_foreign_and_inline_code(client, shop):
    answer = client.get("/")
    assert "default-src 'self'" in answer["Content-Security-Policy"] and answer["X-Content-Type-Options"] == "nosniff"
    page = answer.content.decode()
    assert " style=" not in page and "<style" not in page and "onclick" not in page
    assert page.count("<script") == page.count('<script src="/')


def test_the_icon_is_found_where_browsers_look(client):
    assert client.get("/favicon.ico").headers["Location"].endswith("shop_demo/leaf.svg")


def test_pictures_are_served_and_may_be_kept(client, shop):
    answer = client.get(shop[0].image.url)
    assert answer.status_code == 200 and answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=604800"
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")


@pytest.mark.parametrize("url", ["/", CATEGORY, CATEGORY + "?colour=red&sort=cheap", "/search/?q=mug"])
def test_more_products_need_no_more_queries(client, url):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            html(client, url)
        return sum("SAVEPOINT" not in query["sql"] for query in queries)

    make_shop(numbers=2, encode=False)
    client.get(url)
    few = count()
    for number in range(2, 12):
        make_product("red", "mug", number)
    assert count() == few < 45
