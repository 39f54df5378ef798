"""A list as a page or the API shows it: products looked up, impression logged."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.utils.module_loading import import_string

from mmrec_app.catalogue import catalogues
from mmrec_app.conf import conf
from mmrec_app.events import held, site_of, visitor_of
from mmrec_app.models import Impression, Item, Visitor
from mmrec_app.recommend.engine import as_filters, recommend
from mmrec_app.recommend.placements import placement_of, varied
from mmrec_app.recommend.reasons import sentence
from mmrec_app.types import Candidate, Card, Recommendations, RecommendedList

logger = logging.getLogger(__name__)

SPARE = 4
"""Asked for beyond k, to stand in for products that turn out to be gone from the shop's own tables."""


def recommended_list(
    placement: str,
    request: HttpRequest,
    *,
    item: Any = None,
    items: Iterable[Any] = (),
    k: int = 12,
    filters: Any = None,
    exclude: Iterable[Any] = (),
    variant: Mapping[str, Any] | None = None,
) -> RecommendedList:
    """`recommend` for whoever `request` is, on the site it came to, without what is in their cart, as cards; the
    impression is stored. A list that needs a product and is given none is about the cart. A failure leaves the caller's
    transaction as it was."""
    visitor, wanted, items = visitor_of(request), as_filters(filters), list(items)
    chosen = varied(placement_of(placement), variant or {})
    about_cart = chosen.needs_context and item is None and not items
    cart = cart_of(request) if chosen.hides_cart or about_cart else []
    if wanted.site is None:
        wanted = replace(wanted, site=site_of(request))
    with transaction.atomic():
        found = recommend(
            placement,
            visitor=visitor,
            item=item,
            items=cart if about_cart else items,
            k=k,
            spare=SPARE,
            filters=wanted,
            exclude=[*exclude, *cart] if chosen.hides_cart else exclude,
            variant=variant,
        )
        cards = hydrate(found.items)[:k]
        shown = RecommendedList(placement, found.rung, found.generation, None, tuple(cards))
        if not cards:
            return replace(shown, rung="empty")
        return replace(shown, impression=log_impression(shown, visitor, wanted.site))


def cart_of(request: HttpRequest) -> list[Any]:
    """What the shop says is in the cart. A failing hook is logged: the cart is unknown then, the page goes on."""
    path = conf().cart
    if not path:
        return []
    try:
        with transaction.atomic():
            return list(import_string(path)(request))
    except Exception:
        logger.exception("MMREC['CART'] = %r failed", path)
        return []


def hydrate(candidates: Sequence[Candidate]) -> list[Card]:
    """Candidates -> cards in their order, one query a source. What the shop no longer sells is left out."""
    return list(hydrated(candidates).values())


def hydrated(candidates: Sequence[Candidate]) -> dict[Candidate, Card]:
    reasons = [each.reason.item_id for each in candidates if each.reason and each.reason.item_id]
    items = Item.objects.in_bulk([*(each.item_id for each in candidates), *reasons])
    titles = {item_id: item.title for item_id, item in items.items()}
    wanted = {each.item_id for each in candidates}
    products: dict[tuple[str, str], tuple[Any, Any]] = {}
    for source, catalogue in catalogues().items():
        keys = [item.object_id for item in items.values() if item.source == source and item.pk in wanted]
        for product in catalogue.queryset().filter(pk__in=keys) if keys else ():
            if catalogue.available(product) and catalogue.price(product) != 0:
                products[source, str(product.pk)] = (catalogue, product)
    cards = {}
    for candidate in candidates:
        item = items.get(candidate.item_id)
        if item is not None and (found := products.get((item.source, item.object_id))) is not None:
            cards[candidate] = _card(candidate, item, *found, sentence(candidate.reason, titles, item.category))
    return cards


def _card(candidate: Candidate, item: Item, catalogue: Any, product: Any, reason: str) -> Card:
    return Card(
        item_id=item.pk,
        source=item.source,
        object_id=item.object_id,
        title=catalogue.title(product),
        url=catalogue.url(product),
        image=catalogue.image_url(product),
        price=catalogue.price(product),
        currency=catalogue.currency(product) or "",
        score=candidate.score,
        via=candidate.source,
        product=product,
        reason=reason,
        kind=candidate.reason.kind if candidate.reason else "",
    )


def log_impression(
    shown: RecommendedList | Recommendations, visitor: Visitor | None, site: int | None, **noted: Any
) -> UUID:
    """Who is handed a list counts in its experiment from here on, be it empty. That of a visitor who is gone by now is
    nobody's, until it is seen."""
    return Impression.objects.create(
        placement=shown.placement,
        visitor_id=held(visitor),
        generation_id=shown.generation,
        rung=shown.rung,
        site=site,
        items=shown.item_ids,
        **noted,
    ).pk
