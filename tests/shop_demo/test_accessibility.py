"""No barrier that axe can find on any page, wide or narrow, and nothing in the console."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User

from tests.products import make_shop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = (
    "/",
    "/product/red-dress-0/",
    "/category/mug/",
    "/category/mug/?colour=red&colour=blue",
    "/search/?q=mug",
    "/search/?q=qqqq",
    "/search/photo/",
    "/privacy/",
    "/cart/",
    "/account/login/",
    "/account/signup/",
)


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_has_a_barrier(page: Any, live_server: Any, client: Any, width: int) -> None:
    shop = make_shop(numbers=1, encode=False)
    page.set_viewport_size({"width": width, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    found = {address: barriers(page, live_server.url + address) for address in PAGES}
    page.goto(live_server.url + shop[0].get_absolute_url())
    page.get_by_role("button", name="Add to cart").click()
    found |= {
        f"{address} with a cart": barriers(page, live_server.url + address) for address in ("/cart/", "/checkout/")
    }
    client.force_login(User.objects.create_user("ada"))
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    found["/account/"] = barriers(page, live_server.url + "/account/")
    assert said == []
    found["/nowhere/"] = barriers(page, live_server.url + "/nowhere/")
    assert {address: each for address, each in found.items() if each} == {}


def barriers(page: Any, address: str) -> list[str]:
    page.goto(address)
    page.locator(".bottom").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    told = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in told for node in each["nodes"]]
