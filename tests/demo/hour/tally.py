"""What one shopper did, counted beside the app: by what their browsers told the shop, and by what the test did."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

from mmrec_app.models import Impression, Item


@dataclass(frozen=True)
class Row:
    """A list's line on the dashboard, as it is written there."""

    seen: int = 0
    clicks: int = 0
    in_the_cart: str = "0"
    bought: str = "0"
    revenue: str = "€0.00"


@dataclass(frozen=True)
class Lists:
    """Placements of impressions, and the products that they held."""

    places: Mapping[str, str]
    holds: Mapping[str, tuple[str, ...]]

    @staticmethod
    def of(impressions: list[str]) -> "Lists":
        found = {str(key): each for key, each in Impression.objects.in_bulk(list(map(UUID, impressions))).items()}
        products = dict(Item.objects.values_list("pk", "object_id"))
        return Lists(
            {key: each.placement for key, each in found.items()},
            {key: tuple(products[item] for item in each.items) for key, each in found.items()},
        )


@dataclass
class Tally:
    """Everything with its place in the order in which it happened."""

    seen: dict[str, int] = field(default_factory=dict)
    clicks: dict[tuple[str, str], int] = field(default_factory=dict)
    """(impression, product) -> when."""
    carts: list[tuple[str, int]] = field(default_factory=list)
    purchases: list[tuple[str, int, str]] = field(default_factory=list)
    """(product, when, what was paid)."""
    known: bool = False
    """Whether the shop knows who looks; what was seen before is nobody's, so nothing later is its reload."""
    nobodys: set[str] = field(default_factory=set)
    under_way: int = 0
    order: Iterator[int] = field(default_factory=count)

    def hears(self, request: Any) -> None:
        if not _tells(request):
            return
        self.under_way += 1
        told = json.loads(request.post_data)
        for impression in told.get("impressions", []):
            self._saw(impression)
        for event in told.get("events", []):
            if event["kind"] == "click":
                self._saw(event["impression"])
                self.clicks.setdefault((event["impression"], event["item"]), next(self.order))

    def delivered(self, request: Any) -> None:
        self.under_way -= _tells(request)

    def _saw(self, impression: str) -> None:
        if impression not in self.seen:
            self.seen[impression] = next(self.order)
            if not self.known:
                self.nobodys.add(impression)

    def put_in_cart(self, product: str) -> None:
        self.carts.append((product, next(self.order)))

    def bought(self, product: str, paid: str) -> None:
        self.purchases.append((product, next(self.order), paid))

    def wait(self, page: Any, until: Callable[["Tally"], bool]) -> None:
        """Lets the page go on until then."""
        for _ in range(600):
            if until(self):
                return
            page.wait_for_timeout(100)
        raise AssertionError(f"the browser has told nothing of it: {self}")

    def rows(self) -> dict[str, Row]:
        """Placement -> its line. A list that was seen twice, unchanged, was seen once."""
        lists = Lists.of(list(self.seen))
        places = lists.places
        looks = {key if key in self.nobodys else (places[key], lists.holds[key]): places[key] for key in self.seen}
        seen, clicks = Counter(looks.values()), Counter(places[key] for key, _ in self.clicks)
        carts = Counter(self._credit(product, at, lists) for product, at in self.carts)
        credits = {self._credit(product, at, lists): paid for product, at, paid in self.purchases}
        assert len(credits) == len(self.purchases), "prices as they are written cannot be added up"
        paid = {place: price for (place, _), price in credits.items()}
        return {
            place: Row(
                seen[place], clicks[place], _both(carts, place), _both(Counter(credits.keys()), place),
                paid.get(place, Row.revenue),
            )
            for place in set(places.values())
        }  # fmt: skip

    def _credit(self, product: str, at: int, lists: Lists) -> tuple[str, bool]:
        """(placement, whether after a click): the latest list clicked for it, else the latest seen that held it."""
        held = [key for key, when in self.seen.items() if when < at and product in lists.holds[key]]
        clicked = [key for key in held if self.clicks.get((key, product), at) < at]
        latest = max(clicked or held, key=lambda key: self.seen[key], default="")
        return lists.places.get(latest, ""), bool(clicked)


def _tells(request: Any) -> bool:
    return request.url.endswith(("/v1/seen/", "/v1/events/"))


def _both(counted: Counter[tuple[str, bool]], place: str) -> str:
    """After a click, and after a look alone."""
    looked = counted[place, False]
    return f"{counted[place, True]}" + (f" + {looked}" if looked else "")
