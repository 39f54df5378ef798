"""Finds products by words: full text first, similar spelling when that gives nothing."""

import logging
from dataclasses import dataclass, replace

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, TrigramStrictWordSimilarity
from django.db import transaction
from django.db.models import Case, F, QuerySet, When
from django.db.models.functions import Greatest
from django.http import HttpRequest

from mmrec_app.events import site_of, visitor_of
from mmrec_app.search import rerank, search_list
from mmrec_app.types import RecommendedList
from shop_demo.models import SEARCHED, Category, Product

logger = logging.getLogger(__name__)

RANKED = SearchVector("title", weight="A", config="english") + SearchVector(
    "brand", "description", weight="C", config="english"
)
PERSONAL = 96
"""So many of the best are put into the visitor's order: four pages, further than anybody looks."""
SIMILAR_ENOUGH = 0.3
"""Of two words, in shared triples of letters: "swaeter" has .33 of "sweater", "computer" .27 of "companion"."""


@dataclass(frozen=True)
class Found:
    products: QuerySet[Product]
    order: tuple
    similar: bool = False
    """Nothing holds the words themselves; these are spelled alike."""

    def hits(self, k: int) -> list[Product]:
        return list(self.products.order_by(*self.order)[:k])


def find(words: str) -> Found:
    if not words:
        return Found(Product.objects.none(), ("pk",))
    query = SearchQuery(words, config="english", search_type="websearch")
    exact = Product.objects.annotate(vector=SEARCHED, rank=SearchRank(RANKED, query)).filter(vector=query)
    if exact.exists():
        return Found(exact, (F("rank").desc(), "-created_at", "-id"))
    likeness = Greatest(
        TrigramStrictWordSimilarity(words, "title"),
        TrigramStrictWordSimilarity(words, "brand"),
        TrigramStrictWordSimilarity(words, "category__name"),
    )
    alike = Product.objects.annotate(likeness=likeness).filter(likeness__gte=SIMILAR_ENOUGH)
    return Found(alike, (F("likeness").desc(), "-created_at", "-id"), similar=True)


def hits(words: str, k: int) -> list[Product]:
    """For `MMREC["SEARCH"]`."""
    return find(words).hits(k)


def personal(found: Found, request: HttpRequest) -> Found:
    """A search whose best are moved by what the visitor turned to lately and by the rules of merchandisers, which may
    leave some out."""
    best = found.hits(PERSONAL)
    moved = rerank(best, visitor_of(request), site=site_of(request))
    if moved == best:
        return found
    places = (When(pk=product.pk, then=place) for place, product in enumerate(moved))
    products = found.products.exclude(pk__in={product.pk for product in best} - {product.pk for product in moved})
    return replace(found, products=products, order=(Case(*places, default=PERSONAL), *found.order))


def close_in_meaning(words: str, request: HttpRequest, k: int = 12) -> RecommendedList | None:
    """For who has found nothing by the words themselves; None where that fails."""
    try:
        with transaction.atomic():
            return search_list(request, text=words, k=k)
    except Exception:
        logger.exception("the search by meaning failed")
        return None


def suggestions(words: str, k: int = 4) -> list[Category]:
    """The categories whose names are most like the words, for who has found nothing."""
    return list(
        Category.objects.annotate(likeness=TrigramStrictWordSimilarity(words, "name")).order_by("-likeness", "path")[:k]
    )
