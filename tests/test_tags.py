import pytest
from django.db import connection
from django.template import RequestContext, Template
from django.test import RequestFactory

from mmrec_app.models import Impression
from tests.products import make_product, make_shop

pytestmark = pytest.mark.django_db


def render(source: str, **values) -> str:
    request = RequestFactory().get("/")
    request.session = {}
    return Template("{% load mmrec %}" + source).render(RequestContext(request, {"request": request} | values))


def test_a_widget_shows_products_and_names_its_list():
    shop = make_shop(numbers=1)
    html = render('{% recommendations "similar" item=product k=3 title="Like this" %}', product=shop[0])
    assert html.count('class="mmrec-item"') == 3 and "Like this" in html
    assert 'data-placement="similar"' in html and 'data-rung="similar"' in html and 'data-generation="0"' in html
    assert str(Impression.objects.get().pk) in html


def test_what_a_shop_writes_is_escaped():
    make_product(title="<script>alert(1)</script>")
    html = render('{% recommendations "trending" title=title %}', title="<b>")
    assert "<script>alert" not in html and "&lt;script&gt;" in html and "&lt;b&gt;" in html


def test_the_list_can_be_had_without_the_widget():
    make_shop(numbers=1)
    html = render(
        '{% get_recommendations "trending" k=2 as recs %}{% for card in recs %}[{{ card.product.pk }}]{% endfor %}'
    )
    assert html.count("[") == 2


@pytest.mark.parametrize("tag", ['"nowhere"', '"similar"', '"for_you" k="x"', '"for_you" nonsense=1'])
def test_a_mistake_costs_the_widget_and_not_the_page(tag, caplog):
    make_product()
    assert render(f"before{{% recommendations {tag} %}}after") == "beforeafter"
    assert "no recommendations for" in caplog.text


def test_a_broken_database_costs_the_widget_and_not_the_page():
    make_product()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mmrec_app_generation RENAME TO away")
    assert render('before{% recommendations "for_you" %}after') == "beforeafter"
    with connection.cursor() as cursor:  # and the page's own transaction goes on
        cursor.execute("SELECT count(*) FROM shop_demo_product")
        assert cursor.fetchone() == (1,)


def test_nothing_to_show_is_nothing_on_the_page():
    assert render('{% recommendations "recently_viewed" title="Seen" %}') == ""


def test_assets_are_linked():
    html = render("{% mmrec_assets %}")
    assert "mmrec_app/mmrec.css" in html and "mmrec_app/mmrec.js" in html
