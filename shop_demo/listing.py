"""A page of products: filters with their counts, sorting, pages."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Concat
from django.http import QueryDict

from shop_demo.models import Category, Product

PAGE = 24
SORTS = {
    "new": ("Newest first", ("-created_at", "-id")),
    "cheap": ("Price: low to high", ("price", "-id")),
    "dear": ("Price: high to low", ("-price", "-id")),
    "name": ("Name", ("title", "id")),
}
FACETS = {"colour": "Colour", "brand": "Brand", "price": "Price"}
NICE = tuple(
    Decimal(n) for n in (1, 2, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 2000, 5000)
)


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    chosen: bool
    without: str = ""
    """The query string that takes this choice away."""


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: list[Choice]

    @property
    def chosen(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.chosen]


@dataclass(frozen=True)
class Listing:
    page: Page
    facets: list[Facet]
    sorts: list[Choice]
    query: str
    """Everything of the query string but the page."""

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def chosen(self) -> list[Choice]:
        return [choice for facet in self.facets for choice in facet.chosen]

    @property
    def pages(self) -> Any:
        return self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)


def list_products(products: QuerySet[Product], given: QueryDict, order: tuple | None = None) -> Listing:
    """`order` is the one to use while nobody chose another: the best match of a search."""
    products = products.annotate(colour=KeyTextTransform("colour", "attributes"))
    chosen = {name: given.getlist(name)[:50] for name in FACETS}
    conditions = {name: _condition(name, values) for name, values in chosen.items()}
    facets = [_facet(products, name, conditions, given) for name in FACETS]
    sort = given.get("sort", "")
    ordered = products.filter(*conditions.values()).order_by(
        *(SORTS[sort][1] if sort in SORTS else order or SORTS["new"][1])
    )
    page = Paginator(ordered.select_related("category"), PAGE).get_page(given.get("page"))
    options = ({"": ("Best match", ())} if order else {}) | SORTS
    sorts = [
        Choice(name, label, 0, name == (sort if sort in SORTS else next(iter(options))))
        for name, (label, _) in options.items()
    ]
    return Listing(
        page, [facet for facet in facets if len(facet.choices) > 1 or facet.chosen], sorts, _without(given, "page")
    )


def _condition(name: str, values: list[str]) -> Q:
    if not values:
        return Q()
    if name != "price":
        return Q(**{f"{name}__in": values})
    bands = [_band(value) for value in values]
    known = [Q(price__gte=low) & (Q(price__lt=high) if high is not None else Q()) for low, high in filter(None, bands)]
    condition = Q(pk__in=[])
    for band in known:
        condition |= band
    return condition


def _facet(products: QuerySet[Product], name: str, conditions: dict[str, Q], given: QueryDict) -> Facet:
    """The choices among what the other filters leave, so that a second colour adds to the first."""
    others = products.filter(*(condition for other, condition in conditions.items() if other != name)).order_by()
    chosen = given.getlist(name)
    counts = _price_counts(others, products) if name == "price" else _value_counts(others, name)
    counts |= {value: 0 for value in chosen if value not in counts and (name != "price" or _band(value))}
    return Facet(
        name,
        FACETS[name],
        [
            Choice(value, _label(name, value), count, value in chosen, _without(given, "page", (name, value)))
            for value, count in counts.items()
            if count or value in chosen
        ],
    )


def _value_counts(products: QuerySet[Product], name: str) -> dict[str, int]:
    rows = products.exclude(**{name: ""}).filter(**{f"{name}__isnull": False}).values_list(name)
    return dict(rows.annotate(n=Count("pk")).order_by("-n", name)[:40])


def _price_counts(products: QuerySet[Product], whole: QuerySet[Product]) -> dict[str, int]:
    """About four bands of round numbers that share the whole list evenly."""
    prices = sorted(whole.filter(price__isnull=False).order_by().values_list("price", flat=True))
    if len(prices) < 8:
        return {}
    quarters = [prices[len(prices) * n // 4] for n in (1, 2, 3)]
    edges = sorted({min(NICE, key=lambda nice: abs(nice - price)) for price in quarters})
    bounds = ["", *map(str, edges), ""]
    bands = [f"{low}-{high}" for low, high in zip(bounds, bounds[1:], strict=False)]
    found = Counter(
        sum(price >= edge for edge in edges) for price in products.values_list("price", flat=True) if price is not None
    )
    return {band: found[number] for number, band in enumerate(bands)}


def _band(value: str) -> tuple[Decimal, Decimal | None] | None:
    low, _, high = value.partition("-")
    if not (value.strip("-") and (low or "0").isdecimal() and (high or "0").isdecimal()):
        return None
    return Decimal(low or 0), Decimal(high) if high else None


def _label(name: str, value: str) -> str:
    if name != "price":
        return value
    low, _, high = value.partition("-")
    return f"{low} – {high}" if low and high else f"under {high}" if high else f"{low} and more"


def _without(given: QueryDict, *names: str | tuple[str, str]) -> str:
    kept = [
        (name, value)
        for name, values in given.lists()
        for value in values
        if value and name not in names and (name, value) not in names
    ]
    rest = QueryDict(mutable=True)
    for name, value in kept:
        rest.appendlist(name, value)
    return rest.urlencode()


def below(category: Category) -> QuerySet[Product]:
    """What a category holds, and everything under it."""
    return Product.objects.filter(Q(category=category) | Q(category__path__startswith=f"{category.path} > "))


def ancestors(category: Category) -> list[Category]:
    """From the root down to the parent."""
    names = category.path.split(" > ")
    return list(
        Category.objects.filter(path__in=[" > ".join(names[:n]) for n in range(1, len(names))]).order_by("path")
    )


def with_pictures(parent: Category | None) -> QuerySet[Category]:
    """Categories, each with the newest picture found in or below it."""
    inside = Q(category=OuterRef("pk")) | Q(category__path__startswith=Concat(OuterRef("path"), Value(" > ")))
    picture = (
        Product.objects.filter(inside, stock__gt=0).exclude(image="").order_by("-created_at", "-id").values("image")[:1]
    )
    return Category.objects.filter(parent=parent).annotate(picture=Subquery(picture)).order_by("name")
