"""A page of products: filtered, sorted, cut into pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from shop_demo.facets import FACETS, Choice, Facet, facets_of, query_string
from shop_demo.models import Product

PAGE = 24
BEST = "best"
SORTS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "new": ("newest first", ("-created_at", "-id")),
    "cheap": ("cheapest first", ("price", "-id")),
    "dear": ("dearest first", ("-price", "-id")),
    "name": ("by name", ("title", "id")),
}


@dataclass(frozen=True)
class Listing:
    page: Page
    facets: list[Facet]
    sorts: list[Choice]
    query: str
    """The query string but for the page."""
    unfiltered: str
    """The query string but for the filters."""

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def chosen(self) -> list[Choice]:
        return [choice for facet in self.facets for choice in facet.chosen]

    @property
    def pages(self) -> Iterator[int | str]:
        return self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)


def list_products(products: QuerySet[Product], given: QueryDict, best: tuple[Any, ...] = ()) -> Listing:
    """`best` is the order of a search, used while nobody chose another."""
    left, facets = facets_of(products, given)
    sorts = ({BEST: ("best match first", best)} if best else {}) | SORTS
    sort = given.get("sort", "")
    sort = sort if sort in sorts else next(iter(sorts))
    page = Paginator(left.select_related("category").order_by(*sorts[sort][1]), PAGE).get_page(given.get("page"))
    choices = [
        Choice(name, label, name == sort, link=query_string(given, sort=name)) for name, (label, _) in sorts.items()
    ]
    return Listing(page, facets, choices, query_string(given), query_string(given, without=tuple(FACETS)))
