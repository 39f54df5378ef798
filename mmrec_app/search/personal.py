"""The shop's own results, in the order of a visitor."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import DatabaseError, transaction

from mmrec_app.catalogue import items_for
from mmrec_app.conf import conf
from mmrec_app.embeddings.generations import active_generation
from mmrec_app.embeddings.interests import interests, weighted_items
from mmrec_app.embeddings.search import reading
from mmrec_app.embeddings.vectors import vectors_of
from mmrec_app.measuring.experiments import Arm, arm_of
from mmrec_app.models import Visitor
from mmrec_app.recommend.placements import SEARCH, Placement, list_of, varied
from mmrec_app.recommend.profile import History, read_history
from mmrec_app.recommend.rules import allowed, factors, read_rules
from mmrec_app.recommend.serve import log_impression
from mmrec_app.recommend.stages import MOST, POOL, facts_of, spread
from mmrec_app.types import Candidate, Recommendations

logger = logging.getLogger(__name__)

FLATTENED = 60
"""Places are added as 1 / (60 + place): the top of either ranking counts, a difference further down hardly
(reciprocal rank fusion, Cormack et al. 2009)."""


def rerank(products: Iterable[Any], visitor: Visitor | None, site: int | None = None, k: int = 24) -> list[Any]:
    """The products in the visitor's order: those near what they turned to lately move up, what they dismissed goes to
    the end. The list "search" says how much taste counts beside the order that they came in, and how diverse the first
    k of them are (docs/placements.md). Rules for it hold (docs/rules.md); a pin among the products stands at its place.

    Products in the search's order, the shop's own objects or `Item`s. Without rules, all come back; nobody, or somebody
    without a history, gets them as they came, and so does everybody where the database fails or is too slow. While an
    experiment runs, what its visitors get is noted as handed out.
    """
    products = list(products)
    try:
        with transaction.atomic():
            return _reranked(products, visitor, site, k) if products else products
    except DatabaseError:
        logger.warning("search results could not be put into a visitor's order", exc_info=True)
        return products


def _reranked(products: Sequence[Any], visitor: Visitor | None, site: int | None, k: int) -> list[Any]:
    arm = arm_of(SEARCH, visitor)
    chosen = varied(list_of(SEARCH), changes_of(arm))
    items = items_for(products)
    ids = [items[product].pk if product in items else 0 for product in products]
    with reading() as cursor:
        rules = read_rules(cursor, SEARCH, site)
        history = read_history(cursor, visitor.pk if visitor else None)
        needed = history.touches or chosen.diversity or arm is not None
        generation = active_generation().number if needed else 0
        kept = allowed(cursor, rules, ids)
        rows = [row for row, item_id in enumerate(ids) if item_id in kept]
        if chosen.weights["taste"]:
            rows = _liked(rows, ids, affinities(generation, history, [*kept]), chosen.weights)
        by = factors(cursor, rules, ids)
        places = {row: (place + 1) / by.get(ids[row], 1.0) for place, row in enumerate(rows)}
        rows.sort(key=lambda row: places[row])
        wanted = _spread(cursor, generation, chosen, [row for row in rows if ids[row] not in history.dismissed], ids, k)
    rows = [*wanted, *(row for row in rows if ids[row] in history.dismissed)]
    rows = _pinned(rows, ids, rules.pins(kept - history.dismissed))
    if arm is not None:
        handed = tuple(Candidate(ids[row], 0.0, "words") for row in rows[:k] if ids[row])
        shown = Recommendations(SEARCH, "words" if handed else "empty", generation, handed)
        log_impression(shown, visitor, site, **arm.mark)
    return [products[row] for row in rows]


def changes_of(arm: Arm | None) -> Mapping[str, Any]:
    """What is other than in the settings: who is held out gets no taste."""
    if arm is None:
        return {}
    return {"weights": {"taste": 0.0}} if arm.held_out else arm.overrides


def _liked(
    rows: Sequence[int], ids: Sequence[int], liking: Mapping[int, float], weights: Mapping[str, float]
) -> list[int]:
    here = dict.fromkeys(ids[row] for row in rows if ids[row] in liking)  # several variants take up one place
    order = sorted(here, key=lambda item_id: -liking[item_id])
    places = {item_id: place for place, item_id in enumerate(order)}
    came, taste = weights["words"] or 1.0, weights["taste"]
    scores = {
        row: came / (FLATTENED + place) + (taste / (FLATTENED + places[ids[row]]) if ids[row] in places else 0.0)
        for place, row in enumerate(rows)
    }
    return sorted(rows, key=lambda row: -scores[row])


def _spread(
    cursor: Any, generation: int, chosen: Placement, rows: Sequence[int], ids: Sequence[int], k: int
) -> list[int]:
    if not (chosen.diversity or chosen.caps):
        return [*rows]
    best = rows[: MOST if chosen.caps else POOL * k]
    asked = [ids[row] for row in best]
    vectors = vectors_of(generation, asked) if chosen.diversity else {}
    facts = facts_of(cursor, chosen.caps, asked)
    return [*(best[n] for n in spread(chosen, asked, vectors, facts, k)), *rows[len(best) :]]


def _pinned(rows: Sequence[int], ids: Sequence[int], pins: Mapping[int, int]) -> list[int]:
    """Two products of one item, variants say, are pinned by the first of them."""
    first = {ids[row]: row for row in reversed(rows)}
    slots = {place: first[item_id] for place, item_id in pins.items()}
    rest = [row for row in rows if row not in slots.values()]
    for place in sorted(slots):
        rest.insert(place - 1, slots[place])
    return rest


def affinities(generation: int, history: History, item_ids: Sequence[int]) -> Mapping[int, float]:
    """Item -> greatest cosine to one of the visitor's interests; empty without a history. Call within `reading()`."""
    weights = weighted_items(history.touches, conf().event_weights)
    if not weights:
        return {}
    found = interests(vectors_of(generation, list(weights)), weights)
    if not found:
        return {}
    vectors = vectors_of(generation, item_ids)
    return {item: max(float(vector @ each.vector) for each in found) for item, vector in vectors.items()}
