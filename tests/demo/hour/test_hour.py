"""A shopper's hour in the demo shop, and the merchandiser's after it: real browsers, encoders and worker, one shop."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.demo.hour.browsing import Browser
from tests.demo.hour.merchandiser import Merchandiser, hire
from tests.demo.hour.shop import open_shop
from tests.demo.hour.shopper import Shopper
from tests.demo.hour.tally import Row, Tally

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PINNED = "Loam Stoneware Mug in Navy Floral"


@pytest.fixture
def browsers(chromium: Any) -> Iterator[Any]:
    yield chromium
    for context in chromium.contexts:
        context.close()


def test_a_shopper_finds_her_dress_and_a_merchandiser_sees_what_brought_it_and_steps_in(
    browsers: Any, live_server: Any, worker: Any
) -> None:
    open_shop(worker)
    tally = Tally()
    ida = Shopper(browsers, live_server.url, tally)
    desk, phone = ida.at_her_desk(), ida.on_her_phone()
    hire()
    mara = Merchandiser(browsers, live_server.url)
    mara.comes()
    the_dashboard_shows_exactly_that_hour(mara, tally.rows())
    mara.pins(PINNED)
    everybody_sees_the_pin(Browser.of(browsers, live_server.url), phone)
    mara.starts_an_experiment()
    a_shopper_is_in_one_arm_of_it(mara, phone)
    mara.retrains()
    generation_serves("2", phone, ida)
    mara.rolls_back()
    generation_serves("1", phone, ida)
    assert desk.said + phone.said + mara.office.said == []


def the_dashboard_shows_exactly_that_hour(mara: Merchandiser, counted: dict[str, Row]) -> None:
    """Lists that were handed out and not seen have lines of zeros."""
    assert (counted["similar"].clicks, counted["for_you"].clicks, counted["for_you"].in_the_cart) == (2, 1, "1")
    assert counted["recently_viewed"].bought == "1" and counted["cart"].seen == counted["trending"].seen == 1
    shown = mara.reads_the_dashboard()
    assert shown == {placement: Row() for placement in shown} | counted
    assert mara.tile("Lists seen") == str(sum(row.seen for row in counted.values()))
    assert mara.tile("Put in the cart") == "2" and mara.tile("Bought") == "1"


def everybody_sees_the_pin(newcomer: Browser, phone: Browser) -> None:
    for browser, rung in ((newcomer, "trending"), (phone, "personal")):
        browser.go()
        own = browser.list("for_you")
        assert (own.titles[0], own.reasons[0], own.rung) == (PINNED, "Our choice", rung)
    assert newcomer.said == []


def a_shopper_is_in_one_arm_of_it(mara: Merchandiser, phone: Browser) -> None:
    """And stays in it."""
    arms = set()
    for _ in range(2):
        phone.go()
        arms.add({"trending": "trends", "new": "news"}[phone.list("trending").rung])
    assert len(arms) == 1 and mara.reads_the_arms() == {"trends": 0, "news": 0} | dict.fromkeys(arms, 1)


def generation_serves(number: str, phone: Browser, ida: Shopper) -> None:
    """From the next page on, and it knows her."""
    phone.go()
    own = phone.list("for_you")
    assert (own.generation, own.rung, own.titles[0]) == (number, "personal", PINNED)
    assert any(title in reason for reason in own.reasons for title in ida.looked_at)
    assert phone.everything().isdisjoint([ida.dress, ida.unwanted])
