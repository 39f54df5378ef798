"""The shop's own results, in the order of a visitor."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mmrec_app.catalogue import items_for
from mmrec_app.conf import conf
from mmrec_app.embeddings.generations import active_generation
from mmrec_app.embeddings.interests import interests, weighted_items
from mmrec_app.embeddings.search import reading
from mmrec_app.embeddings.vectors import vectors_of
from mmrec_app.models import Visitor
from mmrec_app.recommend.checked import SEARCH
from mmrec_app.recommend.profile import History, read_history
from mmrec_app.recommend.rules import allowed, factors, read_rules

FLATTENED = 60
"""Places are added as 1 / (60 + place): the top of either ranking counts, a difference further down hardly
(reciprocal rank fusion, Cormack et al. 2009)."""
TASTE = 0.5
"""A visitor's order counts half of the search's: what was looked for stays what is found."""


def rerank(
    products: Iterable[Any], visitor: Visitor | None, taste: float = TASTE, site: int | None = None
) -> list[Any]:
    """The products in the visitor's order: those near what they turned to lately move up, what they dismissed goes to
    the end. Rules for the list "search" hold (docs/rules.md); a pin among the products stands at its place.

    Products in the search's order, the shop's own objects or `Item`s. Without rules, all come back; nobody, or somebody
    without a history, gets them as they came.
    """
    products = list(products)
    if not products:
        return products
    items = items_for(products)
    ids = [items[product].pk if product in items else 0 for product in products]
    with reading() as cursor:
        rules = read_rules(cursor, SEARCH, site)
        history = read_history(cursor, visitor.pk if visitor else None)
        kept = allowed(cursor, rules, ids)
        rows = [row for row, item_id in enumerate(ids) if item_id in kept]
        rows = _liked(rows, ids, affinities(history, [*kept]), taste)
        by = factors(cursor, rules, ids)
    places = {row: (place + 1) / by.get(ids[row], 1.0) for place, row in enumerate(rows)}
    rows.sort(key=lambda row: (ids[row] in history.dismissed, places[row]))
    return [products[row] for row in _pinned(rows, ids, rules.pins(kept - history.dismissed))]


def _liked(rows: Sequence[int], ids: Sequence[int], liking: Mapping[int, float], taste: float) -> list[int]:
    order = sorted((ids[row] for row in rows if ids[row] in liking), key=lambda item_id: -liking[item_id])
    places = {item_id: place for place, item_id in enumerate(order)}
    scores = {
        row: 1 / (FLATTENED + place) + (taste / (FLATTENED + places[ids[row]]) if ids[row] in places else 0.0)
        for place, row in enumerate(rows)
    }
    return sorted(rows, key=lambda row: -scores[row])


def _pinned(rows: Sequence[int], ids: Sequence[int], pins: Mapping[int, int]) -> list[int]:
    """Two products of one item, variants say, are pinned by the first of them."""
    first = {ids[row]: row for row in reversed(rows)}
    slots = {place: first[item_id] for place, item_id in pins.items()}
    rest = [row for row in rows if row not in slots.values()]
    for place in sorted(slots):
        rest.insert(place - 1, slots[place])
    return rest


def affinities(history: History, item_ids: Sequence[int]) -> Mapping[int, float]:
    """Item -> greatest cosine to one of the visitor's interests; empty without a history. Call within `reading()`."""
    weights = weighted_items(history.touches, conf().event_weights)
    if not weights:
        return {}
    generation = active_generation().number
    found = interests(vectors_of(generation, list(weights)), weights)
    if not found:
        return {}
    vectors = vectors_of(generation, item_ids)
    return {item: max(float(vector @ each.vector) for each in found) for item, vector in vectors.items()}
