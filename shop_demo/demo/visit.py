"""A shopper's visit without a browser: fetches pages, keeps cookies, reads the recommended lists off the pages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

from shop_demo.demo import DemoError

PRODUCT = re.compile(r'href="(/product/[^"?#]+)"')


@dataclass
class SeenList:
    placement: str
    rung: str
    generation: int
    items: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)


class VisitFailed(DemoError):
    """A page or a list on it was not what a shopper should see."""


class Shopper:
    """One anonymous visitor."""

    def __init__(self, address: str) -> None:
        self._address = address
        # The shop is on this machine: a proxy, if one is set, does not know it.
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
        self._opener.addheaders = [("User-Agent", "Mozilla/5.0")]  # by urllib's own name, a robot that nobody remembers

    def get(self, path: str) -> str:
        """The page. Raises `OSError` (also an HTTPError) when it does not come."""
        with self._opener.open(self._address + path, timeout=30) as response:
            return str(response.read().decode())


class _Lists(HTMLParser):
    """Collects `<section class="mmrec">` with the `.mmrec-title` of each `<li class="mmrec-item">`."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[SeenList] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        if tag == "section" and "mmrec" in classes and "data-lazy" not in given:
            self.seen.append(_seen(given))
        elif self.seen and "mmrec-item" in classes:
            self.seen[-1].items.append(given.get("data-item", ""))
        elif self.seen and "mmrec-title" in classes:
            self.seen[-1].titles.append("")
            self._in_title = True

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.seen[-1].titles[-1] += data.strip()

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False


def _seen(attributes: Mapping[str, str]) -> SeenList:
    return SeenList(
        attributes.get("data-placement", ""),
        attributes.get("data-rung", ""),
        int(attributes.get("data-generation") or 0),
    )


def lists_on(page: str) -> list[SeenList]:
    parser = _Lists()
    parser.feed(page)
    return parser.seen


def visit(address: str) -> dict[str, list[SeenList]]:
    """Home, a product, and home again, now as somebody who has looked at something; the lists of each page.

    Raises `VisitFailed` when a page has no list, a list has no items or comes from before the first fit, or there is
    no product to look at.
    """
    shopper = Shopper(address)
    home = shopper.get("/")
    product = PRODUCT.search(home)
    if product is None:
        raise VisitFailed("the home page links to no product")
    pages = {"/": home, product[1]: shopper.get(product[1]), "/ again": shopper.get("/")}
    seen = {name: lists_on(page) for name, page in pages.items()}
    for name, lists in seen.items():
        _judge(name, lists)
    if not any(each.placement == "similar" for each in seen[product[1]]):
        raise VisitFailed(f"{product[1]} shows nothing similar")
    return seen


def _judge(page: str, lists: list[SeenList]) -> None:
    if not lists:
        raise VisitFailed(f"{page} shows no recommended list")
    for each in lists:
        if not each.items or len(each.titles) != len(each.items) or not all(each.titles):
            raise VisitFailed(f"the list {each.placement} on {page} has {len(each.items)} items, {each.titles!r}")
        if each.generation < 1:
            raise VisitFailed(f"the list {each.placement} on {page} comes from generation {each.generation}")
