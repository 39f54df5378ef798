"""Lists that are fetched when they come near: the same list, only later."""

import re
from html import escape, unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template import RequestContext, Template
from django.test import Client, RequestFactory
from django.utils import translation

from mmrec_app.widgets.lazy import read_fragment
from tests.docs.reading import ROOT
from tests.products import make_product, make_shop

pytestmark = pytest.mark.django_db


def skeleton(source: str, **values) -> str:
    request = RequestFactory().get("/")
    request.session, request.user = {}, AnonymousUser()
    return Template("{% load mmrec %}" + source).render(RequestContext(request, {"request": request} | values))


def address(html: str) -> str:
    return unescape(re.search(r'data-lazy="([^"]+)"', html)[1])


def items(client: Client, url: str, **posted) -> list[str]:
    answer = client.post(url, posted)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    return re.findall(r'data-item="(\d+)"', answer.content.decode())


def test_a_skeleton_has_as_many_shapes_as_the_list_will_have_cards(client):
    make_shop(numbers=1, encode=False)
    html = skeleton('{% recommendations "trending" k=6 title="Soon" lazy=True look="carousel" %}')
    assert html.count('class="mmrec-bones"') == 6 and "mmrec-item" not in html.replace("mmrec-items", "")
    page = client.post(address(html)).content.decode()
    assert page.count('class="mmrec-item"') == 6 and "Soon" in page and 'data-look="carousel"' in page


def test_a_fragment_keeps_what_its_tag_said(client):
    shop = make_shop(numbers=2)
    source = '{% recommendations "similar" item=shop.0 exclude=out filters=within k=20 lazy=True dismiss=False %}'
    within = {"category": "Shop > Dress", "price_max": "10.5"}
    url = address(skeleton(source, shop=shop, out=shop[4], within=within))
    dresses = {str(p.pk) for p in shop if "dress" in p.title and p.price < 11}
    assert set(items(client, url)) == dresses - {str(shop[0].pk), str(shop[4].pk)}
    assert "mmrec-dismiss" not in client.post(url).content.decode()


def test_a_fragment_leaves_out_what_the_page_holds(client):
    shop = make_shop(numbers=1, encode=False)
    url = address(skeleton('{% recommendations "trending" k=20 lazy=True %}'))
    shown = [f"shop_demo.product:{product.pk}" for product in shop[:12]]
    assert set(items(client, url, shown=shown)) == {str(p.pk) for p in shop[12:]}


@pytest.mark.parametrize("shown", ["", ":", "x", "shop_demo.product:x", "no.such:1", "\x00", "shop_demo.product:\x00"])
def test_whatever_an_address_says_is_shown_is_answered(client, shown):
    make_product()
    url = address(skeleton('{% recommendations "trending" lazy=True %}'))
    assert len(items(client, url, shown=shown)) == 1


def signed(url: str) -> str:
    return parse_qs(urlsplit(url).query)["of"][0]


@pytest.mark.parametrize("query", ["", "?of=", "?of=nonsense", "?of=eyJ3aWRnZXQiOiB7fX0:1:x"])
def test_what_no_page_asked_for_is_not_there(client, query):
    assert client.get("/mmrec/fragment/" + query).status_code == 404


def test_nothing_to_show_and_a_failure_are_an_empty_answer(client, caplog):
    url = address(skeleton('{% recommendations "recently_viewed" lazy=True %}'))
    answer = client.post(url)
    assert (answer.status_code, answer.content) == (200, b"")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mmrec_app_generation RENAME TO away")
    answer = client.post(url)
    assert (answer.status_code, answer.content) == (200, b"") and "recently_viewed" in caplog.text


def test_a_fragment_speaks_the_language_of_its_page(client):
    make_product()
    with translation.override("de"):
        url = address(skeleton('{% recommendations "trending" lazy=True %}'))
    assert 'aria-label="Empfehlungen"' in client.post(url).content.decode()


@pytest.mark.parametrize(("language", "said"), [("en", 'lang="en">'), ("ar", 'lang="ar" dir="rtl">')])
def test_without_script_the_place_links_to_a_page_of_the_list(client, settings, language, said):
    """Ours, where the shop has none of its own."""
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [ROOT / "mmrec_app" / "templates"]}]
    with translation.override(language):
        html = skeleton('{% recommendations "trending" k=3 title="Soon" lazy=True %}')
    url = address(html)
    assert re.search(r'<noscript><a href="([^"]+)" rel="nofollow">', html)[1] == escape(url)
    page = client.get(url).content.decode()
    assert said in page and "<h1>Soon</h1>" in page and 'mmrec-item"' not in page and "<p>" in page
    make_shop(numbers=1, encode=False)
    answer = client.get(url)
    assert answer.content.decode().count('class="mmrec-item"') == 3 and answer["X-Robots-Tag"] == "noindex"


def test_a_misspelt_variable_is_told_before_anything_is_fetched(caplog):
    assert skeleton('{% recommendations "similar" item=produkt lazy=True %}') == ""
    assert "option item is ''" in caplog.text


def test_only_pages_of_this_shop_make_addresses():
    url = address(skeleton('{% recommendations "trending" k=3 title="Here" lazy=True %}'))
    widget, options, _ = read_fragment(signed(url))
    assert (widget.placement, widget.title, options["k"]) == ("trending", "Here", 3)
