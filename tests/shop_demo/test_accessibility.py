"""No barrier that axe can find on any page, wide or narrow, and nothing in the console."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.db import connection

from mmrec_app import tasks
from mmrec_app.offline.query import encode_query
from tests.pictures import picture
from tests.products import make_shop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = (
    "/",
    "/product/red-dress-0/",
    "/category/mug/",
    "/category/mug/?colour=red&colour=blue",
    "/search/",
    "/search/?q=mug",
    "/search/?q=qqqq",
    "/search/photo/",
    "/privacy/",
    "/cart/",
    "/account/login/",
    "/account/signup/",
)


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_has_a_barrier(
    page: Any, live_server: Any, client: Any, settings: Any, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setattr(tasks, "ask_encoding", encode_query)  # the broker and its worker in one
    settings.MMREC = settings.MMREC | {"SEARCH_MS": 50}
    shop = make_shop(numbers=1)
    page.set_viewport_size({"width": width, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    def at(address: str) -> list[str]:
        page.goto(live_server.url + address)
        return barriers(page)

    found = {address: at(address) for address in PAGES}
    page.goto(live_server.url + "/search/photo/")
    page.locator("main [type=file]").set_input_files(
        {"name": "mug.png", "mimeType": "image/png", "buffer": picture("blue", "mug")}
    )
    page.get_by_role("heading", name="Like your photo").wait_for()  # the choice sends the form
    found["found by photo"] = barriers(page)
    page.goto(live_server.url + shop[0].get_absolute_url())
    page.get_by_role("button", name="Add to cart").click()
    found |= {f"{address} with a cart": at(address) for address in ("/cart/", "/checkout/")}
    for name, value in (("name", "Ada"), ("email", "ada@example.com"), ("address", "Lindenweg 4, 10115 Berlin")):
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main [type=submit]").click()
    page.get_by_role("heading", name="Thank you, Ada.").wait_for()
    found["an order"] = barriers(page)
    client.force_login(User.objects.create_user("ada"))
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    found["/account/"] = at("/account/")
    assert said == []
    found["/nowhere/"] = at("/nowhere/")
    page.goto(live_server.url + shop[0].get_absolute_url())
    page.context.clear_cookies()
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_role("heading", name="This page was open too long").wait_for()
    found["a form without its token"] = barriers(page)
    with broken():
        found["a failure"] = at("/")
        assert page.get_by_role("heading", name="Something went wrong").is_visible()
    assert {address: each for address, each in found.items() if each} == {}


@contextmanager
def broken() -> Iterator[None]:
    """A shop whose pages cannot be made."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE shop_demo_category RENAME TO away")
        try:
            yield
        finally:
            cursor.execute("ALTER TABLE away RENAME TO shop_demo_category")


def barriers(page: Any) -> list[str]:
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    told = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in told for node in each["nodes"]]
