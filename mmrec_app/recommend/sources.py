"""Where candidates come from. A source takes (cursor, profile, k) and returns the best k it has, best first."""

from collections.abc import Callable
from typing import Any

from mmrec_app.conf import conf
from mmrec_app.embeddings.interests import interests, merge, weighted_items
from mmrec_app.embeddings.search import nearest, shown
from mmrec_app.embeddings.vectors import vectors_of
from mmrec_app.recommend import blended, ranked
from mmrec_app.types import Candidate, Filters, Profile

Source = Callable[[Any, Profile, int], list[Candidate]]

BY_STATISTIC = """
SELECT item.id, coalesce(statistics.{column}, 0)::float AS score
FROM mmrec_app_item AS item {join} JOIN mmrec_app_itemstatistics AS statistics ON statistics.item_id = item.id
WHERE {where}
ORDER BY score DESC, item.published_at DESC, item.id
LIMIT %(k)s
"""

STORED = """
SELECT item.id, max(stored.weight) AS score
FROM mmrec_app_itemneighbour AS stored JOIN mmrec_app_item AS item ON item.id = stored.neighbour_id
WHERE stored.generation_id = {g} AND stored.item_id = ANY(%(context)s) AND {where}
GROUP BY item.id ORDER BY score DESC LIMIT %(k)s
"""


def personal(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """What a trained generation expects next of this visitor; of one that was not trained, `near_history`."""
    if profile.recipe is not None:
        return ranked.personal(cursor, profile, profile.recipe, k)
    return _near_history(cursor, profile, k, "personal")


def near_history(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """Stands in when a trained generation's own way fails; of one that was not trained, it is `personal`."""
    return _near_history(cursor, profile, k, "history") if profile.recipe is not None else []


def _near_history(cursor: Any, profile: Profile, k: int, source: str) -> list[Candidate]:
    """What lies near what was touched lately, each interest by its weight; not the touched things themselves."""
    weights = weighted_items(profile.history, conf().event_weights)
    found = interests(vectors_of(profile.generation, list(weights)), weights)
    excluded = [*profile.excluded.union(touch.item_id for touch in profile.history)]
    lists = [
        nearest(cursor, profile.generation, profile.dimension, one.vector, k, profile.filters, excluded)
        for one in found
    ]
    return _candidates(source, merge(lists, [one.weight for one in found], k))


def similar(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """What lies near the items the list is about; a trained generation also knows what is met together with them."""
    if profile.recipe is not None:
        return blended.about(cursor, profile, blended.SIMILAR, k)
    return _near_context(cursor, profile, k)


def goes_with(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """What completes the items the list is about: rather what is met together with them than what looks alike."""
    if profile.recipe is not None:
        return blended.about(cursor, profile, blended.CART, k)
    return _near_context(cursor, profile, k)


def _near_context(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    vectors = vectors_of(profile.generation, list(profile.context))
    lists = [
        nearest(cursor, profile.generation, profile.dimension, vector, k, profile.filters, list(profile.excluded))
        for vector in vectors.values()
    ]
    return _candidates("similar", merge(lists, [1.0] * len(lists), k))


def stored(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """The neighbours stored with the generation: a look-up, for when the search itself gave nothing in time."""
    where, values = shown(profile.filters, list(profile.excluded))
    statement = STORED.format(g=int(profile.generation), where=where)
    cursor.execute(statement, values | {"context": list(profile.context), "k": k})
    return _candidates("stored", cursor.fetchall())


def same_category(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """What is popular beside the items the list is about."""
    cursor.execute("SELECT DISTINCT category FROM mmrec_app_item WHERE id = ANY(%s)", [list(profile.context)])
    categories = [row[0] for row in cursor.fetchall() if row[0]]
    if not categories or profile.filters.category:
        return []
    filters = Filters(**(vars(profile.filters) | {"category": categories[0]}))
    return _by_statistic(cursor, profile, filters, k, "popular", "LEFT", "category")


def trending(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """What many visitors turn to these days."""
    return _by_statistic(cursor, profile, profile.filters, k, "trending", "", "trending")


def popular(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """What was asked for most, then what is newest: every item there is, so a list is as long as it can be."""
    return _by_statistic(cursor, profile, profile.filters, k, "popular", "LEFT", "popular")


def recent(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """What the visitor looked at, the latest first."""
    order = list(dict.fromkeys(touch.item_id for touch in profile.history if touch.item_id not in profile.excluded))
    where, values = shown(profile.filters, ())
    cursor.execute(
        f"SELECT item.id FROM mmrec_app_item AS item WHERE item.id = ANY(%(touched)s) AND {where}",
        values | {"touched": order},
    )
    here = {row[0] for row in cursor.fetchall()}
    return _candidates("recent", [(item, 0.0) for item in order if item in here][:k])


def _by_statistic(
    cursor: Any, profile: Profile, filters: Filters, k: int, column: str, join: str, name: str
) -> list[Candidate]:
    where, values = shown(filters, list(profile.excluded))
    if name == "trending":
        where += " AND statistics.trending > 0"
    cursor.execute(BY_STATISTIC.format(column=column, join=join, where=where), values | {"k": k})
    return _candidates(name, cursor.fetchall())


def _candidates(source: str, rows: list[tuple[int, float]]) -> list[Candidate]:
    return [Candidate(item, float(score), source) for item, score in rows]
