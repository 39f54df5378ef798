"""A shopper's hour: she comes as nobody, is after a red dress, and buys one on her phone."""

import re
from dataclasses import dataclass
from typing import Any

from tests.demo.hour.browsing import DRESS, NEARLY_RED_DRESS, RED_DRESS, Browser, Shown
from tests.demo.hour.tally import Tally

WORN_WITH = re.compile(r" Dress in (Coral|Blush)\b")
"""Nearly red, and bought together with something by many."""
NAME, PASSWORD = "ida", "a lantern in the reeds"


@dataclass
class Shopper:
    """What she does comes in the order of the methods; what she finds out, the later ones go by."""

    chromium: Any
    address: str
    tally: Tally
    dress: str = ""

    def at_her_desk(self) -> Browser:
        desk = Browser.of(self.chromium, self.address, self.tally, viewport={"width": 1280, "height": 900})
        self.comes_as_nobody(desk)
        self.looked_at = self.looks_at_three_red_dresses(desk)
        self.dress = self.finds_her_taste(desk)
        self.unwanted = self.fills_her_cart(desk)
        self.makes_an_account(desk)
        return desk

    def on_her_phone(self) -> Browser:
        size = {"width": 390, "height": 844}
        phone = Browser.of(self.chromium, self.address, self.tally, viewport=size, is_mobile=True, has_touch=True)
        self.logs_in(phone)
        self.finds_her_taste_again(phone)
        self.buys(phone)
        self.is_not_shown_what_she_has(phone)
        return phone

    def comes_as_nobody(self, desk: Browser) -> None:
        desk.go()
        own, rising = desk.look("for_you"), desk.look("trending")
        assert own.rung == rising.rung == "trending" and set(own.titles).isdisjoint(rising.titles)
        assert own.count(DRESS) < len(own.titles) / 2 and own.count(NEARLY_RED_DRESS) == 0
        assert not desk.has("recently_viewed")

    def looks_at_three_red_dresses(self, desk: Browser) -> list[str]:
        """The first is found by the shop's filters, the others beside the one before."""
        page = desk.page
        page.locator(".branches").get_by_role("link", name="Clothing", exact=True).hover()
        page.locator(".branches").get_by_role("link", name="Dresses", exact=True).click()
        page.locator(".filter summary", has_text="Colour").click()
        page.get_by_role("checkbox", name=re.compile(r"^red\b")).check()
        page.locator(".filter[open]").get_by_role("button", name="Show").click()
        seen = [page.locator(".card-title").first.inner_text()]
        page.locator(".card a").first.click()
        page.get_by_role("heading", level=1, name=seen[0]).wait_for()
        self.tally.known = True
        for _ in range(2):
            similar = desk.look("similar")
            assert similar.count(DRESS) == len(similar.titles) and set(similar.titles).isdisjoint(seen)
            seen.append(similar.first(RED_DRESS))
            desk.click("similar", seen[-1])
        return seen

    def finds_her_taste(self, desk: Browser) -> str:
        """Home is another one now; returns the red dress that she goes for."""
        desk.page.locator(".brand").click()
        own = self.sees_her_taste(desk)
        assert own.count(NEARLY_RED_DRESS) >= 3
        chosen = own.first(WORN_WITH)
        desk.click("for_you", chosen)
        return chosen

    def sees_her_taste(self, browser: Browser) -> Shown:
        own = browser.look("for_you")
        assert own.rung == "personal" and own.count(DRESS) > 0.7 * len(own.titles)
        turned_to = [*self.looked_at, *filter(None, [self.dress])]
        assert any(title in reason for reason in own.reasons for title in turned_to), own.reasons
        seen = browser.list("recently_viewed").titles
        assert set(seen) >= set(self.looked_at), (seen, self.looked_at)
        return own

    def fills_her_cart(self, desk: Browser) -> str:
        """Sees what goes with the dress; returns what of it she does not want to see again."""
        self.puts_it_into_the_cart(desk)
        fitting = desk.look("cart")
        assert fitting.rung == "bought" and not DRESS.search(fitting.titles[0]) and self.dress not in fitting.titles
        assert fitting.reasons[0] == f"Often bought with {self.dress}"
        unwanted = next(title for title in fitting.titles[1:] if title not in self.looked_at)
        desk.page.get_by_role("button", name=f"Not interested: {unwanted}", exact=True).click()
        desk.page.get_by_text("Taken away. You will not see it again.").wait_for()
        assert unwanted not in desk.everything()
        desk.page.reload()
        assert desk.has("cart") and unwanted not in desk.everything()
        return unwanted

    def puts_it_into_the_cart(self, browser: Browser) -> None:
        page = browser.page
        number = page.locator("form.buy").get_attribute("action").split("/")[-2]
        page.get_by_role("button", name="Add to cart").click()
        page.locator(".message").get_by_role("link", name="Go to the cart").click()
        page.locator(".line").get_by_role("link", name=self.dress).wait_for()
        self.tally.put_in_cart(number)

    def makes_an_account(self, desk: Browser) -> None:
        page = desk.page
        page.get_by_role("banner").get_by_role("link", name="Log in").click()
        page.get_by_role("link", name="Make an account").click()
        page.get_by_label("Username").fill(NAME)
        page.get_by_label("Email").fill("ida@example.com")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_label("Password confirmation").fill(PASSWORD)
        page.get_by_role("button", name="Make an account").click()
        page.get_by_role("heading", name=f"Hello, {NAME}").wait_for()
        self.sees_her_taste(desk)

    def logs_in(self, phone: Browser) -> None:
        """To the phone she is nobody until then."""
        self.tally.known = False
        phone.go()
        assert phone.look("for_you").rung == "trending" and not phone.has("recently_viewed") and phone.fits()
        phone.page.get_by_role("banner").get_by_role("link", name="Log in").click()
        phone.page.get_by_label("Username").fill(NAME)
        phone.page.get_by_label("Password").fill(PASSWORD)
        phone.page.get_by_role("button", name="Log in").click()
        phone.page.get_by_role("heading", name=f"Hello, {NAME}").wait_for()
        self.tally.known = True

    def finds_her_taste_again(self, phone: Browser) -> None:
        phone.page.locator(".brand").click()
        self.sees_her_taste(phone)
        assert self.unwanted not in phone.everything() and phone.fits()

    def buys(self, phone: Browser) -> None:
        phone.look("recently_viewed")
        phone.click("recently_viewed", self.dress)
        self.puts_it_into_the_cart(phone)
        page = phone.page
        page.get_by_role("link", name="To checkout").click()
        page.get_by_label("Name").fill("Ida Lund")
        page.get_by_label("Address").fill("Lindenweg 4, 10115 Berlin, Germany")
        assert phone.fits() and page.get_by_label("Email").input_value() == "ida@example.com"
        paid = page.locator(".sum .total dd").inner_text()
        page.get_by_role("button", name="Place order").click()
        page.get_by_role("heading", name="Thank you, Ida Lund.").wait_for()
        self.tally.bought(self.tally.carts[-1][0], paid)

    def is_not_shown_what_she_has(self, phone: Browser) -> None:
        assert phone.has("cart") and self.dress not in phone.everything()
        phone.page.get_by_role("link", name="Look around further").click()
        self.sees_her_taste(phone)
        assert self.dress not in phone.everything()
        phone.click("recently_viewed", self.looked_at[0])
        assert phone.has("similar") and phone.everything().isdisjoint([self.dress, self.unwanted])
        self.tally.wait(phone.page, lambda heard: not heard.under_way)
