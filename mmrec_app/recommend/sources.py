"""Where candidates come from. A source takes (cursor, profile, k) and returns the best k it has, best first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils import timezone

from mmrec_app.conf import conf
from mmrec_app.embeddings.interests import interests, merge, weighted_items
from mmrec_app.embeddings.search import nearest, shown
from mmrec_app.embeddings.vectors import vectors_of
from mmrec_app.recommend import blended, ranked
from mmrec_app.training.signals import GOES_WITH
from mmrec_app.types import Candidate, Filters, Profile, Reason, Scope

Source = Callable[[Any, Profile, int], list[Candidate]]

BY_STATISTIC = """
SELECT item.id, coalesce({score}, 0)::float AS score
FROM mmrec_app_item AS item {join} JOIN mmrec_app_itemstatistics AS statistics ON statistics.item_id = item.id
WHERE {where}
ORDER BY score DESC, coalesce(statistics.{column}, 0) DESC, item.published_at DESC, item.id
LIMIT %(k)s
"""
# In the order of the index of the whole shop's figures, and nothing beyond the first k is read.
BEST = """
SELECT item.id, statistics.{column} AS score
FROM mmrec_app_itemstatistics AS statistics JOIN mmrec_app_item AS item ON item.id = statistics.item_id
WHERE statistics.{column} > 0 AND {where}
ORDER BY statistics.{column} DESC, item.published_at DESC, item.id
LIMIT %(k)s
"""
# Every item is looked at only where too few have a figure.
BEST_OR_EVERY = f"""
WITH best AS MATERIALIZED ({BEST}), every AS ({BY_STATISTIC})
SELECT * FROM best WHERE (SELECT count(*) FROM best) >= %(k)s
UNION ALL
SELECT * FROM every WHERE (SELECT count(*) FROM best) < %(k)s
"""
# What is a site's own goes first, then what is the whole shop's.
HERE = "(coalesce(statistics.sites -> %(site)s::text, statistics.sites -> '') ->> '{column}')::float"

STORED = """
SELECT item.id, max(stored.weight) AS score
FROM mmrec_app_itemneighbour AS stored JOIN mmrec_app_item AS item ON item.id = stored.neighbour_id
WHERE stored.generation_id = {g} AND stored.item_id = ANY(%(context)s) AND {where}
GROUP BY item.id ORDER BY score DESC, item.id LIMIT %(k)s
"""

# Lifts multiply where neither of two items in the cart knows of the other.
BOUGHT = """
SELECT item.id, sum(ln(pair.lift)) AS score, (array_agg(pair.item_id ORDER BY pair.lift DESC))[1]
FROM mmrec_app_itemaffinity AS pair JOIN mmrec_app_item AS item ON item.id = pair.other_id
WHERE pair.item_id = ANY(%(context)s) AND {where}
GROUP BY item.id ORDER BY score DESC, item.id LIMIT %(k)s
"""

NEWEST = """
SELECT item.id, extract(epoch FROM item.published_at)::float FROM mmrec_app_item AS item
WHERE {where} ORDER BY item.published_at DESC, item.id LIMIT %(k)s
"""

# By the visitor's own rhythm, or everybody's; due from a little before it is over, first what has just become due.
AGAIN = """
SELECT item.id, %(due)s - abs(ln(bought.age / bought.rhythm)) AS score
FROM (
    SELECT event.item_id, extract(epoch FROM %(now)s - max(event.at)) / 86400 AS age,
           coalesce(extract(epoch FROM max(event.at) - min(event.at)) / 86400
                    / nullif(count(DISTINCT date_trunc('day', event.at)) - 1, 0), statistics.rhythm_days) AS rhythm
    FROM mmrec_app_event AS event LEFT JOIN mmrec_app_itemstatistics AS statistics ON statistics.item_id = event.item_id
    WHERE event.visitor_id = %(visitor)s AND event.kind = 'purchase'
    GROUP BY event.item_id, statistics.rhythm_days
) AS bought JOIN mmrec_app_item AS item ON item.id = bought.item_id
WHERE bought.rhythm >= 1 AND bought.age >= %(due)s * bought.rhythm AND {where}
ORDER BY score DESC, item.id LIMIT %(k)s
"""
DUE = 0.8

# Of what is near, what looks or reads most like it: of two items, in the mean of the encoders that both have.
ALIKE = """
SELECT pair.item_id, max(pair.alike) AS score
FROM (
    SELECT other.item_id, avg(1 - (other.vector <=> own.vector)) AS alike
    FROM mmrec_app_modalityvector AS own
    JOIN mmrec_app_modalityvector AS other ON other.encoder = own.encoder AND other.view = 0
    WHERE own.item_id = ANY(%(context)s) AND own.view = 0 AND own.encoder = ANY(%(encoders)s)
      AND other.item_id = ANY(%(near)s)
    GROUP BY own.item_id, other.item_id
) AS pair
GROUP BY pair.item_id ORDER BY score DESC, pair.item_id LIMIT %(k)s
"""
NEAR = 200
MODALITIES = {"looks": "image", "reads": "text"}


def personal(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """What a trained generation expects next of this visitor; of one that was not trained, `near_history`."""
    if (recipe := profile.recipe) is None:
        return _near_history(cursor, profile, k, "personal")
    if profile.weights:  # the placement's own, not those that were learned
        return blended.personal(cursor, profile, replace(recipe, weights=profile.weights), k)
    return ranked.personal(cursor, profile, recipe, k)


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
    """What lies near the items the list is about; a trained generation also knows what is met together with them. Where
    only looks or only words count, the nearest of all are ordered by these."""
    encoders = _encoders(profile.mode)
    if not encoders:
        return _about(cursor, profile, blended.SIMILAR, k)
    near = [each.item_id for each in _about(cursor, profile, blended.SIMILAR, max(NEAR, k))]
    cursor.execute(ALIKE, {"context": list(profile.context), "encoders": encoders, "near": near, "k": k})
    return _candidates("similar", cursor.fetchall())


def goes_with(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """What completes the items the list is about: rather what is met together with them than what looks alike."""
    learned = profile.recipe.goes_with if profile.recipe is not None else {}
    return _about(cursor, profile, learned or GOES_WITH, k)


def completes(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """What goes with the items the list is about in style, of other categories than theirs."""
    found = _about(cursor, _elsewhere(cursor, profile), blended.STYLE, k)
    return [replace(each, source="style") for each in found]


def _elsewhere(cursor: Any, profile: Profile) -> Profile:
    """Leaves out the categories of the items the list is about, with what lies below them. Not their sisters: a teapot
    goes with a mug."""
    own = tuple(Scope(category=category) for category in _categories(cursor, profile.context))
    return replace(profile, filters=replace(profile.filters, without=(*profile.filters.without, *own)))


def _about(cursor: Any, profile: Profile, weights: Mapping[str, float], k: int) -> list[Candidate]:
    if profile.recipe is not None:
        return blended.about(cursor, profile, profile.weights or weights, k)
    return _near_context(cursor, profile, k)


def _encoders(mode: str) -> list[str]:
    """Those that look at what the mode asks for; none where all counts, or nothing looks at it."""
    return [spec.identity for spec in conf().encoders if spec.modality == MODALITIES.get(mode)]


def _near_context(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    vectors = vectors_of(profile.generation, list(profile.context))
    lists = [
        nearest(cursor, profile.generation, profile.dimension, vector, k, profile.filters, list(profile.excluded))
        for vector in vectors.values()
    ]
    return _candidates("similar", merge(lists, [1.0] * len(lists), k))


def bought_with(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """What is bought together with the items the list is about, more often than chance has it."""
    where, values = shown(profile.filters, list(profile.excluded))
    cursor.execute(BOUGHT.format(where=where), values | {"context": list(profile.context), "k": k})
    return [
        Candidate(item, float(score), "bought", Reason("bought", None if profile.beside else because))
        for item, score, because in cursor.fetchall()
    ]


def bought_elsewhere(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """What is bought together with the items the list is about, of other categories than theirs."""
    return bought_with(cursor, _elsewhere(cursor, profile), k)


def stored(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """The neighbours stored with the generation: a look-up, for when the search itself gave nothing in time."""
    where, values = shown(profile.filters, list(profile.excluded))
    statement = STORED.format(g=int(profile.generation), where=where)
    cursor.execute(statement, values | {"context": list(profile.context), "k": k})
    return _candidates("stored", cursor.fetchall())


def same_category(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """What is popular beside the items the list is about."""
    categories = _categories(cursor, profile.context)
    if not categories or profile.filters.category:
        return []
    filters = Filters(**(vars(profile.filters) | {"category": categories[0]}))
    return _by_statistic(cursor, profile, filters, k, "popular", "LEFT", "category")


def _categories(cursor: Any, item_ids: Sequence[int]) -> list[str]:
    cursor.execute("SELECT DISTINCT category FROM mmrec_app_item WHERE id = ANY(%s) ORDER BY 1", [list(item_ids)])
    return [row[0] for row in cursor.fetchall() if row[0]]


def trending(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """What many visitors turn to these days, first those of the site that is asked for."""
    return _by_statistic(cursor, profile, profile.filters, k, "trending", "", "trending")


def trending_elsewhere(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """What many visitors turn to these days, of other categories than those of the items the list is about."""
    return trending(cursor, _elsewhere(cursor, profile), k)


def popular(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """What was asked for most, first on the site, then what is newest: every item there is, so a list is as long as it
    can be."""
    return _by_statistic(cursor, profile, profile.filters, k, "popular", "LEFT", "popular")


def newest(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """What has come in last: every item there is."""
    where, values = shown(profile.filters, list(profile.excluded))
    cursor.execute(NEWEST.format(where=where), values | {"k": k})
    return _candidates("new", cursor.fetchall())


def again(cursor: Any, profile: Profile, k: int) -> list[Candidate]:
    """What the visitor bought and is about to need again."""
    if profile.visitor is None:
        return []
    where, values = shown(profile.filters, list(profile.excluded))
    values |= {"visitor": profile.visitor, "now": timezone.now(), "due": DUE, "k": k}
    cursor.execute(AGAIN.format(where=where), values)
    return _candidates("again", cursor.fetchall())


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
    everywhere = filters.site is None
    score = ("statistics.{column}" if everywhere else HERE).format(column=column)
    statement = (BEST_OR_EVERY if join else BEST) if everywhere else BY_STATISTIC
    cursor.execute(statement.format(column=column, join=join, where=where, score=score), values | {"k": k})
    return _candidates(name, cursor.fetchall())


def _candidates(source: str, rows: list[tuple[int, float]]) -> list[Candidate]:
    return [Candidate(item, float(score), source) for item, score in rows]
