import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template import RequestContext, Template
from django.test import RequestFactory

from mmrec_app.models import Impression, Visitor
from mmrec_app.search import search_list
from tests.products import make_product, make_shop

pytestmark = pytest.mark.django_db


def render(source: str, user=None, **values) -> str:
    request = RequestFactory().get("/")
    request.session, request.user = {}, user or AnonymousUser()
    return Template("{% load mmrec %}" + source).render(RequestContext(request, {"request": request} | values))


def cards(html: str) -> list[str]:
    return re.findall(r'data-item="(\d+)"', html)


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


@pytest.mark.parametrize("option", ["item", "items", "exclude", "filters", "k"])
@pytest.mark.parametrize("tag", ["recommendations", "get_recommendations"])
def test_a_misspelt_variable_is_an_error_that_names_it_and_shows_nothing(tag, option, caplog):
    make_product()
    assert render(f'{{% {tag} "trending" {option}=produkt as found %}}{{% for card in found %}}x{{% endfor %}}') == ""
    (error,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert f"{{% {tag} %}}" in error.getMessage() and f"option {option} is ''" in error.getMessage()


def test_a_look_that_does_not_exist_is_named(caplog):
    make_product()
    assert render('{% recommendations "trending" look="karussell" %}') == "" and "'karussell'" in caplog.text


def test_lists_of_a_page_repeat_nothing_unless_they_may():
    make_shop(numbers=1, encode=False)
    source = '{% recommendations "trending" k=10 %}|{% recommendations "trending" k=10 OPTION %}'
    first, second = (cards(part) for part in render(source.replace("OPTION", "")).split("|"))
    assert len(first) == 10 and len(second) == 6 and not set(first) & set(second)
    first, second = (cards(part) for part in render(source.replace("OPTION", "fresh=False")).split("|"))
    assert first == second


def test_a_list_that_was_had_before_can_be_shown_below():
    make_shop(numbers=1, encode=False)
    source = '{% get_recommendations "trending" k=4 as found %}{% recommendations "trending" k=3 %}|'
    above, below = render(source + '{% recommendations found title="These" %}').split("|")
    assert len(cards(above)) == 3 and len(cards(below)) == 4 and "These" in below
    assert not set(cards(above)) & set(cards(below))


def test_what_a_search_shows_is_not_repeated_below():
    make_shop(numbers=1, encode=False)
    shown = search_list(RequestFactory().get("/"), text="mug", k=4)
    source = '{% recommendations shown %}|{% recommendations "trending" k=20 %}'
    found, below = (cards(part) for part in render(source, shown=shown).split("|"))
    assert len(found) == len(shown.cards) > 0 and len(below) == 16 - len(found) and not set(found) & set(below)


def test_a_card_can_be_taken_away_where_the_list_lets_it():
    make_product(title="<b>Dress</b>")
    assert 'aria-label="Not interested: &lt;b&gt;Dress&lt;/b&gt;"' in render('{% recommendations "trending" %}')
    assert "mmrec-dismiss" not in render('{% recommendations "trending" dismiss=False %}')


def test_a_shops_own_templates_are_taken(settings, tmp_path):
    (tmp_path / "mmrec_app").mkdir()
    (tmp_path / "mmrec_app" / "card_trending.html").write_text("<li>my {{ card.title }}</li>")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    make_product(title="Dress")
    assert "<li>my Dress</li>" in render('{% recommendations "trending" %}')


def test_assets_tell_the_script_where_to_report_to_and_as_whom():
    html = render("{% mmrec_assets %}")
    assert "mmrec_app/mmrec.css" in html and "mmrec_app/mmrec.js" in html
    assert 'data-events="/mmrec/v1/events/"' in html and "data-csrf" not in html and "data-known" not in html


def test_an_account_gets_its_token_and_a_known_browser_sends_at_once():
    user = get_user_model().objects.create_user("ada")
    html = render("{% mmrec_assets %}", user=user)
    assert 'data-csrf="' in html and "data-known" in html


def test_assets_come_when_the_visitor_cannot_be_read(caplog):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mmrec_app_visitor RENAME TO away")
    html = render("{% mmrec_assets %}", user=get_user_model().objects.create_user("ada"))
    assert "mmrec.js" in html and "data-known" not in html and "visitor" in caplog.text


def test_looking_at_a_page_sets_no_cookie(client):
    make_product()
    answer = client.get("/")
    assert "mmrec-item" in answer.content.decode() and not answer.cookies and not Visitor.objects.exists()
