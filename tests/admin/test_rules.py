"""Rules in the admin: made, listed with their state, switched, and tried before they are saved."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mmrec_app.catalogue import item_for
from mmrec_app.models import Impression, Item, Rule, Visitor
from shop_demo.models import Product
from tests.admin.test_admin import page, signed_in
from tests.products import make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> list[Product]:
    """Eight products, the newest first in lists: without events it is the newest that leads."""
    made = [make_product(number=n, image=False, colour="red" if n % 2 else "blue") for n in range(8)]
    for n, product in enumerate(made):
        Item.objects.filter(pk=item_for(product).pk).update(published_at=timezone.now() - timedelta(hours=n))
    return made


def url(name: str, *arguments: object) -> str:
    return reverse(f"admin:mmrec_app_rule_{name}", args=arguments)


def body(*products: Product, **changed: Any) -> dict[str, Any]:
    """What the form sends."""
    empty = dict.fromkeys(["category", "price_min", "price_max", "position", "factor", "note", "sites"], "")
    times = dict.fromkeys(["starts_at_0", "starts_at_1", "ends_at_0", "ends_at_1"], "")
    items = [item_for(product).pk for product in products]
    return {"action": "pin", "items": items, "placements": ["trending"], "active": "on", **empty, **times} | changed


def made(action: str, *products: Product, **fields: Any) -> Rule:
    rule = Rule.objects.create(action=action, **fields)
    rule.choose(item_for(product).pk for product in products)
    return rule


def tried(client: Client, *products: Product, **changed: Any) -> Any:
    """The context of a preview of the trending list."""
    answer = client.post(url("preview"), body(*products, **changed) | {"try-placement": "trending", "try-k": 4})
    assert answer.status_code == 200
    return answer.context


def titles(tiles: Any) -> list[int]:
    return [int(tile.card.title.rsplit(" ", 1)[1]) for tile in tiles]


def test_a_rule_is_made_with_its_products_in_their_order(shop):
    client = signed_in(superuser=True)
    assert "No rule yet" in page(client, "rule_changelist")
    assert client.post(url("add"), body(shop[5], shop[2], note="Coats first")).status_code == 302
    rule = Rule.objects.get()
    assert rule.item_ids == [item_for(shop[5]).pk, item_for(shop[2]).pk]
    assert (rule.position, rule.created_by, LogEntry.objects.count()) == (1, "staff", 1)
    assert client.post(url("change", rule.pk), body(shop[2], shop[5], position=3)).status_code == 302
    rule = Rule.objects.get()
    assert rule.item_ids == [item_for(shop[2]).pk, item_for(shop[5]).pk] and rule.position == 3
    html = page(client, "rule_change", rule.pk)
    assert html.index(shop[2].title) < html.index(shop[5].title)


def test_conditions_are_chosen_from_what_there_is(shop):
    client = signed_in(superuser=True)
    html = page(client, "rule_add")
    assert "Shop &gt; Dress" in html and "colour: blue" in html and 'value="Shop"' in html
    sent = body(action="bury", attributes=['["colour", "blue"]'], category="Shop", price_min="11", position="4")
    assert client.post(url("add"), sent).status_code == 302
    rule = Rule.objects.get()
    assert (rule.attributes, rule.category, rule.price_min) == ({"colour": "blue"}, "Shop", 11)
    assert rule.position is None, "a place is a pin's alone"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"action": "exclude"}, "It is about nothing"),
        (
            {"action": "exclude", "attributes": ['["colour", "red"]', '["colour", "blue"]']},
            "two values of one attribute",
        ),
        ({"action": "exclude", "attributes": ['["colour", "mauve"]']}, "Select a valid choice"),
        ({"action": "exclude", "attributes": ["[nonsense"]}, "Select a valid choice"),
        ({"action": "exclude", "price_min": "9", "price_max": "3"}, "It lies before"),
        ({"action": "boost", "category": "Shop", "factor": "1"}, "is no factor"),
        ({"category": "Shop"}, "A pin takes products by name"),
        ({"items": [10**9]}, "is not one of the available choices"),
        ({"placements": ["nowhere"]}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(shop, changed, said):
    client = signed_in(superuser=True)
    answer = client.post(url("add"), body(**changed))
    assert answer.status_code == 200 and said in answer.content.decode() and not Rule.objects.exists()
    preview = client.post(url("preview"), body(**changed))
    assert said in preview.content.decode() and preview.context["trial"].wish.rule is None


def test_the_list_says_what_a_rule_does_and_whether_it_holds(shop):
    now = timezone.now()
    made("pin", *shop[:3], position=2, placements=["trending"])
    made("boost", category="Shop", price_max=20, factor=3, starts_at=now + timedelta(days=1))
    made("exclude", attributes={"colour": "<b>"}, ends_at=now - timedelta(days=1))
    made("bury", active=False)
    client = signed_in(superuser=True)
    html = page(client, "rule_changelist")
    for said in ("pin to a place: 2", "and 1 more", "move up × 3", "≤ 20.00", "colour: &lt;b&gt;", "products are gone"):
        assert said in html, said
    for state, action in (("holds", "pin"), ("later", "boost"), ("over", "exclude"), ("off", "bury")):
        rows = client.get(url("changelist"), {"state": state}).context["cl"].result_list
        assert [rule.action for rule in rows] == [action], state
    rows = client.get(url("changelist"), {"list": "for_you"}).context["cl"].result_list
    assert "pin" not in [rule.action for rule in rows] and len(rows) == 3


def test_rules_are_switched_together_and_the_log_says_so(shop):
    on, off = made("exclude", shop[0]), made("exclude", shop[1], active=False)
    client = signed_in(superuser=True)
    sent = {"action": "switch_off", "_selected_action": [on.pk, off.pk]}
    assert "1 rule was switched." in client.post(url("changelist"), sent, follow=True).content.decode()
    assert not Rule.objects.filter(active=True).exists() and LogEntry.objects.get().object_id == str(on.pk)
    client.post(url("changelist"), sent | {"action": "switch_on"})
    assert Rule.objects.filter(active=True).count() == 2


def test_the_preview_shows_both_lists_and_keeps_nothing(shop):
    client = signed_in(superuser=True)
    found = tried(client, shop[6], position=2)["trial"]
    assert titles(found.before) == [0, 1, 2, 3] and titles(found.after) == [0, 6, 1, 2]
    assert [tile.change for tile in found.before] == ["", "", "", "out"]
    assert [(tile.change, tile.by) for tile in found.after] == [("", 0), ("in", 0), ("down", 1), ("down", 1)]
    assert found.said == "1 product comes in, 1 goes out, 2 move" and found.meant == 1
    assert not Rule.objects.exists() and not Impression.objects.exists()


def test_a_rule_that_is_changed_is_compared_with_a_shop_without_it(shop):
    rule = made("exclude", shop[0], placements=["trending"])
    other = made("exclude", shop[1])
    client = signed_in(superuser=True)
    found = tried(client, shop[2], action="exclude", rule=rule.pk)["trial"]
    assert titles(found.before) == [0, 2, 3, 4] and titles(found.after) == [0, 3, 4, 5]
    rule.refresh_from_db()
    assert rule.item_ids == [item_for(shop[0]).pk] and other.active


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"active": ""}, "It does not hold"),
        ({"ends_at_0": "2020-01-01", "ends_at_1": "00:00"}, "It does not hold"),
        ({"starts_at_0": "2099-01-01", "starts_at_1": "00:00"}, "It holds from 1 Jan 2099"),
        ({"placements": ["for_you"]}, "It is not for the list “trending”"),
        ({"sites": "7"}, "As on site 7"),
    ],
)
def test_the_preview_says_what_is_other_than_in_the_shop(shop, changed, said):
    client = signed_in(superuser=True)
    given = body(shop[6], **changed) | {"try-placement": "trending"}
    answer = client.post(url("preview"), given)
    assert said in answer.content.decode()
    assert (6 in titles(answer.context["trial"].after[:1])) == ("not for" not in said)


def test_a_shopper_and_a_product_are_chosen_and_the_rest_is_told(shop):
    visitor = Visitor.objects.create(key="v")
    visitor.events.create(item=item_for(shop[0]), kind="dismiss")
    client = signed_in(superuser=True)
    answer = client.get(url("preview"), {"try-placement": "trending", "try-visitor": visitor.pk, "try-k": 3})
    assert titles(answer.context["trial"].before) == [1, 2, 3]
    answer = client.get(url("preview"), {"try-placement": "similar", "try-k": 3})
    assert "since no product was chosen" in answer.content.decode() and len(answer.context["trial"].after) == 3
    answer = client.get(url("preview"), {"try-placement": "similar", "try-item": item_for(shop[5]).pk})
    assert "since no product was chosen" not in answer.content.decode()
    assert 5 not in titles(answer.context["trial"].after)


def test_other_settings_are_tried_without_a_rule(shop):
    Item.objects.filter(pk__in=[item_for(product).pk for product in shop[:6]]).update(category="Shop > Hats")
    asked = {"try-placement": "trending", "try-k": 4, "try-cap": "1", "try-capped": "category", "try-rotation": "0"}
    answer = signed_in(superuser=True).get(url("preview"), asked)
    trial = answer.context["trial"]
    assert titles(trial.before) == [0, 1, 6, 7] and titles(trial.after)[:2] == [0, 6]
    assert '{"trending": {"rotation": 0, "caps": {"category": 1.0}}}' in answer.content.decode().replace("&quot;", '"')


def test_a_search_is_tried_with_words(shop):
    client = signed_in(superuser=True)
    asked = {"try-placement": "search", "try-words": "dress", "try-k": 4}
    before = titles(client.post(url("preview"), asked).context["trial"].before)
    given = body(shop[before[0]], action="exclude", placements=["search"])
    trial = client.post(url("preview"), given | asked).context["trial"]
    assert titles(trial.before) == before and titles(trial.after)[:3] == before[1:] and trial.meant == 1
    said = client.post(url("preview"), given | asked | {"try-words": " "})
    assert said.context["trial"] is None and "Words: This field is required." in said.content.decode()


def test_a_search_is_tried_with_other_settings(shop):
    for n, product in enumerate(shop[:4]):
        Item.objects.filter(pk=item_for(product).pk).update(category=f"Shop > {n}")
    asked = {"try-placement": "search", "try-words": "dress", "try-k": 4, "try-cap": "1", "try-capped": "category"}
    client = signed_in(superuser=True)
    answer = client.get(url("preview"), asked)
    trial = answer.context["trial"]
    assert titles(trial.before) == [7, 6, 5, 4] and titles(trial.after) == [7, 3, 2, 1]
    assert '{"search": {"caps": {"category": 1.0}}}' in unescape(answer.content.decode())
    said = client.get(url("preview"), asked | {"try-rotation": "3"})
    assert said.context["trial"] is None and "The list “search” has no “rotation”" in said.content.decode()


@pytest.mark.parametrize(
    "asked",
    [{"try-k": "0"}, {"try-k": "many"}, {"try-diversity": "nan"}, {"try-placement": "nowhere"}, {"try-item": "9" * 30}],
)
def test_what_cannot_be_tried_is_refused_in_words(shop, asked):
    answer = signed_in(superuser=True).get(url("preview"), asked)
    assert answer.status_code == 200 and answer.context["trial"] is None and "mmrec-wrong" in answer.content.decode()


def test_an_empty_shop_has_nothing_to_try_and_says_so_in_the_readers_language(settings):
    settings.LANGUAGES, settings.LANGUAGE_CODE = [("de", "German")], "de"
    answer = signed_in(superuser=True).get(url("preview"), {"try-placement": "similar"})
    assert "„similar“ handelt von einem Produkt" in answer.content.decode()


@pytest.mark.parametrize("rule", ["x", "0", "9" * 18, "9" * 40, "²"])
def test_a_rule_that_is_not_there_is_none(shop, rule):
    answer = signed_in(superuser=True).get(url("preview"), {"rule": rule})
    assert answer.status_code == 200 and answer.context["rule"] is None


def test_who_may_only_look_may_try_but_not_change(shop):
    rule = made("pin", shop[6], placements=["trending"], position=1)
    client = signed_in("view_rule")
    html = page(client, "rule_change", rule.pk)
    assert "Before and after" in html and 'name="action"' not in html and 'name="try-item"' not in html
    answer = client.get(url("preview"), {"rule": rule.pk, "try-visitor": 1})
    assert titles(answer.context["trial"].after)[0] == 6
    assert client.post(url("add"), body(shop[0])).status_code == 403
    assert client.post(url("change", rule.pk), body(shop[0])).status_code == 403


def test_without_the_right_nothing_is_seen(shop):
    client = signed_in("view_item")
    for name in ("changelist", "add", "preview"):
        assert client.get(url(name)).status_code == 403, name
    assert "/login/" in Client().post(url("preview"), body(shop[0]))["Location"]


def test_another_sites_form_tries_nothing(shop):
    client = signed_in(superuser=True)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(url("preview"), body(shop[0])).status_code == 403


def test_a_list_of_many_rules_takes_few_queries(shop, django_assert_max_num_queries):
    for product in shop * 4:
        made("exclude", product)
    client = signed_in(superuser=True)
    with django_assert_max_num_queries(12):
        page(client, "rule_changelist")
