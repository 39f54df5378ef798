"""The form of a rule in a real browser: its preview follows what is typed, on a phone as well."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.urls import reverse

from mmrec_app.catalogue import item_for
from mmrec_app.models import Rule
from tests.products import make_product
from tests.shop_demo.test_browser import fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_form(page: Any, address: str) -> list[str]:
    """What the console says from here on."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    get_user_model().objects.create_superuser("mara", password="secret")
    page.goto(address + reverse("admin:mmrec_app_rule_add"))
    page.get_by_label("Username").fill("mara")
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()
    return said


def choose(page: Any, words: str) -> None:
    page.locator(".field-items .select2-search__field").click()
    page.keyboard.type(words)
    page.locator(".select2-results__option", has_text=words).click()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_pin_is_seen_before_it_is_saved(page: Any, live_server: Any, width: int) -> None:
    for number, colour in enumerate(("red", "blue", "green", "orange")):
        make_product(colour, number=number, image=False)
    page.set_viewport_size({"width": width, "height": 900})
    said = open_form(page, live_server.url)
    page.get_by_text("this is the list as it is now").wait_for()
    assert page.locator(".mmrec-sides > section").count() == 1 and not page.get_by_label("Factor").is_visible()
    page.get_by_label("How many").fill("3")
    choose(page, "Red dress")
    choose(page, "Blue dress")
    choose(page, "Red dress")  # taken out …
    choose(page, "Red dress")  # … and in again: now it is the last
    page.get_by_label("trending", exact=True).check()
    after = page.locator(".mmrec-sides > section").nth(1)
    after.get_by_text("Our choice").nth(1).wait_for()
    page.wait_for_function("document.querySelectorAll('.mmrec-in, .mmrec-up').length == 2")
    assert after.locator("li b").all_inner_texts()[:2] == ["Blue dress 1", "Red dress 0"]
    assert page.locator("#id_try-placement").input_value() == "trending" and not Rule.objects.exists()
    fits(page)
    assert said == [], said
    for label in ("From: Date", "From: Time", "Until: Date", "Until: Time"):
        assert page.get_by_label(label, exact=True).count() == 1
    assert Axe().run(page).response["violations"] == []  # says things to the console itself
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("was added successfully").wait_for()
    items = [item.title for item in map(item_of, Rule.objects.get().item_ids)]
    assert items == ["Blue dress 1", "Red dress 0"]
    fits(page)


def item_of(pk: int) -> Any:
    return Rule.items.field.related_model.objects.get(pk=pk)


def test_fields_step_aside_that_an_action_has_no_use_for(page: Any, live_server: Any) -> None:
    item_for(make_product(image=False))
    said = open_form(page, live_server.url)
    shown = {"Place": True, "Factor": False, "Price from": False}
    for action, changed in (
        ("pin to a place", {}),
        ("move up", {"Place": False, "Factor": True, "Price from": True}),
        ("never show", {"Factor": False}),
    ):
        page.get_by_label("Action").select_option(action)
        shown |= changed
        for label, visible in shown.items():
            assert page.get_by_label(f"{label}:", exact=True).is_visible() == visible, (action, label)
    assert not page.get_by_label("Words:").is_visible()
    page.get_by_label("search", exact=True).check()  # the list that is tried follows those of the rule
    page.get_by_label("Words:").fill("dress")
    page.locator(".mmrec-sides").get_by_role("heading", name="search").wait_for()
    assert said == []
