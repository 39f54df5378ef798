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
from mmrec_app.recommend.profile import History, read_history

FLATTENED = 60
"""Places are added as 1 / (60 + place): the top of either ranking counts, a difference further down hardly
(reciprocal rank fusion, Cormack et al. 2009)."""
TASTE = 0.5
"""A visitor's order counts half of the search's: what was looked for stays what is found."""


def rerank(products: Iterable[Any], visitor: Visitor | None, taste: float = TASTE) -> list[Any]:
    """The same products: those near what the visitor turned to lately move up, what they dismissed goes to the end.

    Products in the search's order, the shop's own objects or `Item`s. Nobody, or somebody without a history, gets them
    back as they came.
    """
    products = list(products)
    if visitor is None or len(products) < 2:
        return products
    items = items_for(products)
    with reading() as cursor:
        history = read_history(cursor, visitor.pk)
        liking = affinities(history, [item.pk for item in items.values()])
    ids = [items[product].pk if product in items else 0 for product in products]
    order = sorted((item_id for item_id in ids if item_id in liking), key=lambda item_id: -liking[item_id])
    places = {item_id: place for place, item_id in enumerate(order)}
    scores = [
        1 / (FLATTENED + place) + (taste / (FLATTENED + places[item_id]) if item_id in places else 0.0)
        for place, item_id in enumerate(ids)
    ]
    ranked = sorted(range(len(products)), key=lambda row: (ids[row] in history.dismissed, -scores[row]))
    return [products[row] for row in ranked]


def affinities(history: History, item_ids: Sequence[int]) -> Mapping[int, float]:
    """Item -> greatest cosine to one of the visitor's interests; empty without a history. Call within `reading()`."""
    generation = active_generation().number
    weights = weighted_items(history.touches, conf().event_weights)
    found = interests(vectors_of(generation, list(weights)), weights)
    if not found:
        return {}
    vectors = vectors_of(generation, item_ids)
    return {item: max(float(vector @ each.vector) for each in found) for item, vector in vectors.items()}
