"""What the widgets do in a real browser: told to everybody, and told to the shop."""

import gzip
import io
from typing import Any

import numpy as np
import pytest
from django.urls import reverse
from PIL import Image

from mmrec_app.models import Event, Impression, Visitor
from shop_demo.models import Category, Product
from tests.browsers import SHIFTS, STILL, shifted
from tests.docs.reading import ROOT
from tests.products import make_shop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def shop(transactional_db: None) -> list[Product]:
    return make_shop(numbers=2, encode=False)


def seen_in(page: Any, placement: str) -> Any:
    return page.locator(f".mmrec[data-placement={placement}]")


def test_a_card_that_is_not_wanted_goes_and_everybody_is_told(page: Any, live_server: Any, shop: list) -> None:
    page.goto(live_server.url)
    cards = seen_in(page, "for_you").locator(".mmrec-item:visible")
    first, second = cards.nth(0).get_attribute("data-item"), cards.nth(1).get_attribute("data-item")
    cards.nth(0).locator(".mmrec-link").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Not interested: ")
    with page.expect_response("**/events/"):
        page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="You will not see it again").wait_for(state="attached")
    assert cards.count() == 7 and cards.nth(0).get_attribute("data-item") == second
    assert page.evaluate("document.activeElement.closest('.mmrec-item').dataset.item") == second
    event = Event.objects.get()
    assert (event.kind, event.item.object_id) == ("dismiss", first)
    assert event.impression and Impression.objects.filter(pk=event.impression).exists()
    page.reload()
    assert page.locator(f".mmrec-item[data-item='{first}']").count() == 0


def test_a_card_comes_back_when_the_shop_did_not_hear(page: Any, live_server: Any, shop: list) -> None:
    page.goto(live_server.url)
    page.route("**/events/", lambda route: route.abort())
    cards = seen_in(page, "for_you").locator(".mmrec-item:visible")
    cards.nth(0).hover()
    cards.nth(0).get_by_role("button").click()
    page.get_by_role("status").filter(has_text="did not work").wait_for(state="attached")
    assert cards.count() == 8 and not Event.objects.exists()


def test_a_list_is_seen_when_it_was_before_ones_eyes(page: Any, live_server: Any, shop: list) -> None:
    told: list[str] = []
    page.on("request", lambda request: told.append(request.url) if "/seen/" in request.url else None)
    page.goto(live_server.url)
    assert not Impression.objects.exclude(seen_at=None).exists()
    for placement in ("for_you", "trending"):
        with page.expect_response("**/seen/"):
            seen_in(page, placement).scroll_into_view_if_needed()
        assert Impression.objects.get(placement=placement).seen_at
    page.locator(".bottom").scroll_into_view_if_needed()
    seen_in(page, "for_you").scroll_into_view_if_needed()
    page.wait_for_timeout(1500)
    assert len(told) == 2


def test_a_lazy_list_comes_when_it_is_near_and_moves_nothing(page: Any, live_server: Any, shop: list) -> None:
    page.set_viewport_size({"width": 1280, "height": 300})
    page.add_init_script(SHIFTS)
    page.goto(live_server.url + "/category/mug/")
    place = page.locator(".mmrec-lazy")
    assert place.locator(".mmrec-bones").count() == 12
    before = place.bounding_box()
    with page.expect_response("**/fragment/*"):
        place.scroll_into_view_if_needed()
    own = seen_in(page, "for_you")
    own.locator(".mmrec-dismiss").first.wait_for(state="attached")
    after = own.bounding_box()
    assert (after["height"], after["x"], after["width"]) == (before["height"], before["x"], before["width"])
    page.wait_for_load_state("networkidle")
    assert shifted(page) <= STILL and place.count() == 0


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("answer", ["filled", "empty", "failing"])
def test_a_lazy_list_in_the_first_view_moves_nothing_whatever_comes(
    page: Any, live_server: Any, shop: list, answer: str, width: int
) -> None:
    Category.objects.create(path="Shop > Vase", name="Vase", slug="vase")
    page.set_viewport_size({"width": width, "height": 2400})
    page.add_init_script(SHIFTS)
    if answer == "failing":
        page.route("**/fragment/**", lambda route: route.abort())
    page.goto(live_server.url + ("/category/vase/" if answer == "empty" else "/category/mug/"))
    place, own = page.locator(".mmrec-lazy"), seen_in(page, "for_you")
    below = page.locator(".bottom").bounding_box()
    assert below["y"] < 2400
    page.wait_for_load_state("networkidle")
    assert shifted(page) <= STILL and page.locator(".bottom").bounding_box() == below
    assert (own.count(), place.count()) == ((1, 0) if answer == "filled" else (0, 1))
    assert not place.is_visible()
    page.set_viewport_size({"width": width, "height": 200})  # out of view nothing is kept free
    place.wait_for(state="detached")
    assert shifted(page) <= STILL


def test_a_lazy_list_comes_where_no_text_may_become_a_page(page: Any, live_server: Any, shop: list) -> None:
    def stricter(route: Any) -> None:
        answer = route.fetch()
        policy = answer.headers["content-security-policy"] + "; require-trusted-types-for 'script'"
        route.fulfill(response=answer, headers=answer.headers | {"content-security-policy": policy})

    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.route("**/category/mug/", stricter)
    page.goto(live_server.url + "/category/mug/")
    page.locator(".bottom").scroll_into_view_if_needed()
    seen_in(page, "for_you").locator(".mmrec-dismiss").first.wait_for(state="attached")
    assert page.evaluate("'trustedTypes' in window") and said == []


def test_a_carousel_turns_its_pages_by_keyboard(page: Any, live_server: Any, shop: list) -> None:
    page.goto(live_server.url)
    trending = seen_in(page, "trending")
    further = trending.get_by_role("button", name="Further")
    back = trending.get_by_role("button", name="Back")
    assert back.get_attribute("aria-disabled") == "true"
    further.focus()
    page.keyboard.press("Enter")
    trending.locator("[data-step='-1'][aria-disabled=false]").wait_for()


def test_a_phone_shows_every_list_as_a_row_to_swipe(page: Any, live_server: Any, shop: list) -> None:
    page.set_viewport_size(PHONE)
    page.goto(live_server.url)
    rows = "[...document.querySelectorAll('.mmrec-items')].map((each) => each.scrollWidth > each.clientWidth)"
    assert page.evaluate(rows) == [True, True, True]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_known_browsers_click_is_sent_at_once(page: Any, live_server: Any, shop: list) -> None:
    page.goto(live_server.url + shop[0].get_absolute_url())  # the look makes it known
    page.goto(live_server.url)
    page.locator(".mmrec-link").first.click()
    page.locator(".product").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("localStorage.getItem('mmrec.clicks')") is None
    click = Event.objects.get(kind="click")
    assert click.impression and Visitor.objects.count() == 1


def test_lists_are_there_without_script(chromium: Any, live_server: Any, shop: list) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    assert seen_in(page, "for_you").locator(".mmrec-item:visible").count() == 8
    assert page.locator(".mmrec-dismiss:visible, .mmrec-arrow:visible").count() == 0
    page.goto(live_server.url + reverse("category", args=["mug"]))
    assert page.locator(".mmrec-lazy .mmrec-bones:visible").count() == 0
    heading = page.locator(".mmrec-lazy .mmrec-heading").inner_text()
    page.get_by_role("link", name="Show recommendations").click()
    assert page.get_by_role("heading", level=1).inner_text() == heading
    assert seen_in(page, "for_you").locator(".mmrec-item:visible").count() == 8
    assert page.locator(".top .brand").is_visible()  # the shop's own page
    context.close()


def test_all_script_is_light() -> None:
    scripts = (ROOT / "mmrec_app" / "static" / "mmrec_app").glob("mmrec*.js")
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in scripts) <= 10_000


@pytest.mark.parametrize("width", [1280, 390])
def test_from_right_to_left_everything_is_mirrored(
    page: Any, live_server: Any, shop: list, settings: Any, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    pictures = []
    for code in ("en", "ar"):
        settings.LANGUAGES, settings.LANGUAGE_CODE = [(code, code)], code
        page.goto(live_server.url)
        trending = seen_in(page, "trending")
        shot = Image.open(io.BytesIO(trending.screenshot())).convert("L").resize((320, 200))
        pictures.append(np.asarray(shot, np.float32))
    read_left, read_right = pictures
    assert np.abs(read_right - read_left[:, ::-1]).mean() < 0.8 * np.abs(read_right - read_left).mean()
    cards = trending.locator(".mmrec-item")
    assert cards.nth(0).bounding_box()["x"] > cards.nth(1).bounding_box()["x"]
    trending.get_by_role("button", name="المزيد").click()
    trending.locator("[data-step='-1'][aria-disabled=false]").wait_for()
    assert trending.locator(".mmrec-items").evaluate("(items) => items.scrollLeft") < 0
    picture, button = (cards.nth(1).locator(name) for name in (".mmrec-image", ".mmrec-dismiss"))
    assert button.bounding_box()["x"] - picture.bounding_box()["x"] < 20
    assert page.evaluate("document.documentElement.scrollWidth") <= width
