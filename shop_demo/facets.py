"""The filters of a list: colour, brand, price, each choice with its count."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.db.models import Count, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.http import QueryDict

from shop_demo.models import Product

FACETS = {"colour": "Colour", "brand": "Brand", "price": "Price"}
MOST = 40
"""Choices of one facet."""
NICE = [Decimal(n) for n in (1, 2, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 2000, 5000)]
ENOUGH = 8
"""Fewer prices are not cut into bands."""


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    chosen: bool
    count: int = 0
    link: str = ""
    """The query string that takes a chosen filter away, or that chooses this order."""


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: list[Choice]

    @property
    def chosen(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.chosen]


def facets_of(products: QuerySet[Product], given: QueryDict) -> tuple[QuerySet[Product], list[Facet]]:
    """What the filters leave, and the filters worth showing.

    A facet counts what the other facets leave, so that a second colour adds to the first.
    """
    products = products.annotate(colour=KeyTextTransform("colour", "attributes"))
    conditions = {name: _condition(name, values_of(given, name)) for name in FACETS}
    facets = []
    for name in FACETS:
        others = [condition for other, condition in conditions.items() if other != name]
        counts = (_price_counts if name == "price" else _value_counts)(name, products, products.filter(*others))
        facets.append(_facet(name, counts, given))
    return products.filter(*conditions.values()), [facet for facet in facets if len(facet.choices) > 1 or facet.chosen]


def values_of(given: QueryDict, name: str) -> list[str]:
    values = [value for value in given.getlist(name) if value and "\x00" not in value][:MOST]
    return [value for value in values if name != "price" or _band(value)]


def query_string(
    given: QueryDict, without: tuple[str, ...] = (), minus: tuple[str, str] | None = None, **plus: str
) -> str:
    """The page's query string but for some names, one name's one value, and with others set."""
    rest = QueryDict(mutable=True)
    for name, values in given.lists():
        if name not in ("page", *without, *plus):
            rest.setlist(name, [value for value in values if value and (name, value) != minus])
    for name, value in plus.items():
        rest[name] = value
    return rest.urlencode()


def _condition(name: str, values: list[str]) -> Q:
    if name != "price":
        return Q(**{f"{name}__in": values}) if values else Q()
    condition = Q()
    for low, high in filter(None, map(_band, values)):
        condition |= Q(price__gte=low) & (Q() if high is None else Q(price__lt=high))
    return condition


def _facet(name: str, counts: dict[str, int], given: QueryDict) -> Facet:
    chosen = values_of(given, name)
    counts = counts | {value: 0 for value in chosen if value not in counts}
    choices = [
        Choice(value, _label(name, value), value in chosen, count, query_string(given, minus=(name, value)))
        for value, count in counts.items()
        if count or value in chosen
    ]
    return Facet(name, FACETS[name], choices)


def _value_counts(name: str, products: QuerySet[Product], left: QuerySet[Product]) -> dict[str, int]:
    rows = left.exclude(**{name: ""}).filter(**{f"{name}__isnull": False}).order_by().values_list(name)
    return dict(rows.annotate(n=Count("pk")).order_by("-n", name)[:MOST])


def _price_counts(name: str, products: QuerySet[Product], left: QuerySet[Product]) -> dict[str, int]:
    """About four bands between round numbers, of like size in the whole list."""
    prices = sorted(products.filter(price__isnull=False).order_by().values_list("price", flat=True))
    if len(prices) < ENOUGH:
        return {}
    quarters = [prices[len(prices) * n // 4] for n in (1, 2, 3)]
    edges = sorted({min(NICE, key=lambda nice: abs(nice - price)) for price in quarters})
    bands = [f"{low}-{high}" for low, high in pairwise(["", *edges, ""])]
    left_prices = left.filter(price__isnull=False).order_by().values_list("price", flat=True)
    found = Counter(sum(price >= edge for edge in edges) for price in left_prices)
    return {band: found[number] for number, band in enumerate(bands)}


def _band(value: str) -> tuple[Decimal, Decimal | None] | None:
    """ "25-50" -> from 25, below 50; either side may be open. None for anything else."""
    low, dash, high = value.partition("-")
    sides = [side for side in (low, high) if side]
    if not dash or not sides or not all(side.isascii() and side.isdecimal() and len(side) < 8 for side in sides):
        return None
    return Decimal(low or 0), Decimal(high) if high else None


def _label(name: str, value: str) -> str:
    if name != "price":
        return value
    low, _, high = value.partition("-")
    return f"{low} to {high}" if low and high else f"under {high}" if high else f"{low} and more"
