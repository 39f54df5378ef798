"""A browser of one person, as they see it: what stands in a list, what the console says."""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.conftest import PERSON
from tests.demo.hour.tally import Tally

DRESS = re.compile(r" Dress in ")
RED_DRESS = re.compile(r" Dress in (Red|Berry|Burgundy)\b")
NEARLY_RED_DRESS = re.compile(r" Dress in (Red|Berry|Burgundy|Coral|Rust|Rose|Blush)\b")
READ = """section => ({
    rung: section.dataset.rung,
    generation: section.dataset.generation,
    impression: section.dataset.impression,
    cards: [...section.querySelectorAll(".mmrec-item:not([hidden])")].map(card => ({
        title: card.querySelector(".mmrec-title").textContent,
        reason: card.querySelector(".mmrec-reason")?.textContent ?? "",
    })),
})"""


@dataclass(frozen=True)
class Shown:
    """A list on a page."""

    rung: str
    generation: str
    impression: str
    titles: list[str]
    reasons: list[str]

    def count(self, what: re.Pattern[str]) -> int:
        return sum(bool(what.search(title)) for title in self.titles)

    def first(self, what: re.Pattern[str]) -> str:
        return next(filter(what.search, self.titles))


@dataclass
class Browser:
    """`said` is what the console says, of any page. With a `tally` it counts what is told to the shop."""

    page: Any
    address: str
    tally: Tally | None = None
    said: list[str] = field(default_factory=list)

    @staticmethod
    def of(chromium: Any, address: str, tally: Tally | None = None, **options: Any) -> "Browser":
        context = chromium.new_context(user_agent=PERSON, **options)
        context.set_default_timeout(60_000)
        one = Browser(context.new_page(), address, tally)
        context.on("console", lambda told: one.said.append(told.text) if told.type in ("error", "warning") else None)
        context.on("weberror", lambda error: one.said.append(str(error.error)))
        if tally is not None:
            context.add_init_script("delete Navigator.prototype.sendBeacon")  # nobody can read what a beacon says
            context.on("request", tally.hears)
            context.on("requestfinished", tally.delivered)
        return one

    def go(self, path: str = "/") -> None:
        self.page.goto(self.address + path)

    def has(self, placement: str) -> bool:
        return self.page.locator(f".mmrec[data-placement={placement}]").count() > 0

    def list(self, placement: str) -> Shown:
        read = self.page.locator(f".mmrec[data-placement={placement}]").evaluate(READ)
        cards = read.pop("cards")
        return Shown(**read, titles=[card["title"] for card in cards], reasons=[card["reason"] for card in cards])

    def look(self, placement: str) -> Shown:
        """Reads a list, and stays with it until the shop has heard that it was seen."""
        shown = self.list(placement)
        self.page.locator(f".mmrec[data-placement={placement}] .mmrec-item").first.scroll_into_view_if_needed()
        assert self.tally is not None
        self.tally.wait(self.page, lambda heard: shown.impression in heard.seen and not heard.under_way)
        return shown

    def click(self, placement: str, title: str) -> None:
        """On a card, to its product."""
        self.page.locator(f".mmrec[data-placement={placement}]").get_by_role("link", name=title).click()
        self.page.get_by_role("heading", level=1, name=title, exact=True).wait_for()

    def fits(self) -> bool:
        """Nothing sticks out to the side."""
        return self.page.evaluate("document.documentElement.scrollWidth") <= self.page.viewport_size["width"]

    def everything(self) -> set[str]:
        """Titles in all lists of the page but the one of what was looked at, and what is about to be needed again."""
        own = ".mmrec:not([data-placement=recently_viewed], [data-placement=buy_again])"
        return set(self.page.locator(f"{own} .mmrec-item:not([hidden]) .mmrec-title").all_inner_texts())
