"""Personal lists of a trained generation: candidates of every signal, put in order by the generation's ranker.

Signals and ranker are those of the training (`training.signals`), so what the gate judged is what a visitor sees.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.utils import timezone
from pgvector import HalfVector

from mmrec_app.embeddings import towers
from mmrec_app.embeddings.search import few, shown
from mmrec_app.embeddings.vectors import Place, from_binary, places_of
from mmrec_app.recommend.blended import EACH, POPULAR, SUMMED, collapsed, recency
from mmrec_app.training.signals import LASTING, LATEST, PROPOSED, Signals, cosines, mean_of
from mmrec_app.types import Candidate, Profile, Recipe, Touch, Vector

STATEMENT = """
WITH met AS (
    SELECT * FROM unnest(%(met)s::bigint[], %(fast)s::float8[], %(slow)s::float8[]) AS met (item_id, fast, slow)
),
summed AS (
    SELECT stored.neighbour_id AS item_id,
           sum(met.fast * stored.weight) AS total, sum(met.slow * stored.weight) AS slow,
           max(stored.weight) FILTER (WHERE met.item_id = %(last)s) AS last,
           max(stored.weight) FILTER (WHERE met.item_id = ANY(%(latest)s)) AS near
    FROM met JOIN mmrec_app_itemneighbour AS stored ON stored.item_id = met.item_id
    WHERE stored.generation_id = {g}
    GROUP BY stored.neighbour_id
),
candidates AS ({candidates})
SELECT vector.item_id, summed.total, summed.slow, summed.last, summed.near, vector.popular,
       halfvec_send(vector.joint), halfvec_send(vector.content)
FROM candidates
JOIN {vectors} ON vector.generation_id = {g} AND vector.item_id = candidates.item_id
LEFT JOIN summed ON summed.item_id = vector.item_id
ORDER BY vector.item_id
"""

# Where a filter leaves little, adding nothing keeps the index out: all that is left is sorted.
NEAREST = """
(SELECT vector.item_id FROM mmrec_app_itemvector AS vector JOIN mmrec_app_item AS item ON item.id = vector.item_id
 WHERE vector.generation_id = {g} AND {where}
 ORDER BY (vector.joint::halfvec({d}) <#> %({query})s::halfvec({d})){exactly} LIMIT %(proposed)s)
"""


def personal(cursor: Any, profile: Profile, recipe: Recipe, k: int) -> list[Candidate]:
    """What this visitor is expected to turn to next; nothing that was met before."""
    events = collapsed(profile.history)
    if not events:
        return []
    near = events[: max(recipe.history, LATEST)]
    places = places_of(profile.generation, list({touch.item_id for touch in near}))
    interests = _interests(profile, recipe, events, places)  # (K, D)
    latest = _latest(events, places, profile.dimension)
    rows = _candidates(cursor, profile, recipe, events, [*interests, _alike(latest)])
    if not rows:
        return []
    features = _signals(rows, events, latest, interests).features()
    scores = towers.order(profile.generation, recipe.ranker, features)[0]
    best = np.argsort(-scores, kind="stable")[:k]
    return [Candidate(rows[at][0], float(scores[at]), "personal") for at in best]


def _latest(events: Sequence[Touch], places: Mapping[int, Place], dimension: int) -> list[Place]:
    """Of the latest events, the newest first; zeros of what has no place."""
    nowhere = Place(np.zeros(dimension, np.float32), np.zeros(dimension, np.float32), 0.0)
    return [places.get(touch.item_id, nowhere) for touch in events[:LATEST]]


def _alike(latest: Sequence[Place]) -> Vector:
    """(D,) the mean of their contents: next to it lies what is so new that nothing else proposes it."""
    return mean_of(np.stack([place.content for place in latest])[None], np.ones((1, len(latest)), bool))[0]


def _interests(profile: Profile, recipe: Recipe, events: Sequence[Touch], places: Mapping[int, Place]) -> Vector:
    """(K, D) by the tower; zeros when no item of the latest events has a place."""
    known = [touch for touch in reversed(events[: recipe.history]) if touch.item_id in places]
    if not known:
        return np.zeros((1, profile.dimension), np.float32)
    kinds = [recipe.kinds.index(touch.kind) if touch.kind in recipe.kinds else 0 for touch in known]
    days = [(timezone.now() - touch.at).total_seconds() / 86400 for touch in known]
    rows = np.stack([places[touch.item_id].joint for touch in known])
    given = (rows[None], np.array([kinds]), np.array([days]), np.array([len(known)]))
    return towers.interests(profile.generation, recipe.tower, *given)[0]


def _candidates(
    cursor: Any, profile: Profile, recipe: Recipe, events: Sequence[Touch], points: Sequence[Vector]
) -> list[tuple[Any, ...]]:
    """Rows of `STATEMENT`: what lies nearest to each of the points (D,), and what the other signals propose."""
    excluded = [*profile.excluded.union(touch.item_id for touch in profile.history)]
    where, values = shown(profile.filters, excluded)
    exactly = " + 0" if profile.filters.selective and few(cursor, profile.filters) else ""
    names = {"g": int(profile.generation), "d": int(profile.dimension), "where": where}
    asked = [point for point in points if point.any()]
    values |= {f"near{n}": HalfVector(point).to_text() for n, point in enumerate(asked)}
    parts = [NEAREST.format(query=f"near{n}", exactly=exactly, **names) for n in range(len(asked))]
    parts += [SUMMED.format(**names), POPULAR.format(**names)]
    fast = recency(events, recipe.recency)
    slow = recency(events, None if recipe.recency is None else LASTING)
    latest = [touch.item_id for touch in events[:LATEST]]
    values |= {"met": list(fast), "fast": list(fast.values()), "slow": list(slow.values()), "latest": latest}
    values |= {"last": latest[0], "proposed": PROPOSED}
    candidates = " UNION ".join(parts)
    cursor.execute(STATEMENT.format(candidates=candidates, vectors=EACH.format(**names), **names), values)
    return cursor.fetchall()


def _signals(
    rows: Sequence[tuple[Any, ...]], events: Sequence[Touch], latest: Sequence[Place], interests: Vector
) -> Signals:
    """One list's (1, C)."""
    known = np.ones((1, len(latest)), bool)
    joint, content = (np.stack([from_binary(bytes(row[column])) for row in rows])[None] for column in (6, 7))
    joints = cosines(np.stack([place.joint for place in latest])[None], known, joint)
    contents = cosines(np.stack([place.content for place in latest])[None], known, content)
    linear, slow, last, near, popular = (
        np.array([[row[column] or 0.0 for row in rows]], np.float32) for column in range(1, 6)
    )
    return Signals(
        there=np.ones((1, len(rows)), bool),
        linear=linear,
        slow=slow,
        last=last,
        near=near,
        neural=(joint @ interests.T).max(2),
        joint_last=joints[0],
        joint_near=joints[1],
        content_last=contents[0],
        content_near=contents[1],
        content_mean=contents[2],
        popular=popular,
        length=np.array([len(events)], np.float32),
        popular_last=np.array([latest[0].popular], np.float32),
        idle=np.array([(timezone.now() - events[0].at).total_seconds() / 86400], np.float32).clip(min=0),
    )
