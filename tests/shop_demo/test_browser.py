"""A shopper with a phone, in a real browser."""

from typing import Any

import pytest

from mmrec_app.models import Event
from shop_demo.models import Order
from tests.products import make_shop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_shopper_buys_something_on_a_phone(page: Any, live_server: Any) -> None:
    make_shop(numbers=1, encode=False)
    page.set_viewport_size({"width": 390, "height": 844})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    page.goto(live_server.url)
    fits(page)
    page.locator(".mmrec[data-placement=for_you] a").first.click()
    title = page.locator("h1").inner_text()
    fits(page)
    page.get_by_role("button", name="Add to cart").click()
    page.locator(".message").get_by_role("link", name="Go to the cart").click()
    assert title in page.locator(".line").inner_text()
    fits(page)
    page.get_by_role("link", name="To checkout").click()
    page.get_by_label("Name").fill("Ida Lund")
    page.get_by_label("Email").fill("ida@example.com")
    page.get_by_label("Address").fill("Lindenweg 4, 10115 Berlin")
    fits(page)
    page.get_by_role("button", name="Place order").click()
    page.get_by_role("heading", name="Thank you, Ida Lund.").wait_for()
    fits(page)

    assert said == []
    assert Order.objects.get().lines.get().title == title
    click = Event.objects.get(kind="click")
    assert click.impression and {event.kind for event in click.visitor.events.all()} == {
        "click",
        "view",
        "cart",
        "purchase",
    }


def test_the_menu_and_the_filters_work_without_script(chromium: Any, live_server: Any) -> None:
    make_shop(numbers=1, encode=False)
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    page.locator(".menu summary").click()
    page.locator(".menu-panel").get_by_role("link", name="Mug").click()
    page.locator(".filter summary", has_text="Colour").click()
    page.get_by_label("red").check()
    page.locator(".filter[open]").get_by_role("button", name="Show").click()
    assert page.locator(".card").count() == 1
    context.close()


def fits(page: Any) -> None:
    """Nothing sticks out to the side."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
