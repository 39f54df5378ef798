"""Lists of a trained generation by given weights: candidates of every signal, added up in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.utils import timezone
from pgvector import HalfVector

from mmrec_app.embeddings import towers
from mmrec_app.embeddings.search import few, shown
from mmrec_app.embeddings.vectors import contents_of, vectors_of
from mmrec_app.types import Candidate, Profile, Recipe, Touch, Vector

PROPOSED = 200
"""Candidates of each signal."""
MOST_MET = 100
"""Items of a history whose neighbours are summed: the latest."""
MOST_CONTEXT = 5
SIMILAR = {"neural": 0.5, "content": 0.5, "linear": 0.25}
STYLE = {"content": 1.0, "linear": 0.5}
"""Of lists about products whose aim is likeness, not what is turned to next: that is learned (`Recipe.goes_with`)."""

STATEMENT = """
WITH met AS (SELECT * FROM unnest(%(met)s::bigint[], %(weights)s::float8[]) AS met (item_id, weight)),
summed AS (
    SELECT stored.neighbour_id AS item_id, sum(met.weight * stored.weight) AS total
    FROM met JOIN mmrec_app_itemneighbour AS stored ON stored.item_id = met.item_id
    WHERE stored.generation_id = {g}
    GROUP BY stored.neighbour_id
),
candidates AS ({candidates})
SELECT vector.item_id, {score} AS score
FROM candidates
JOIN {vectors} ON vector.generation_id = {g} AND vector.item_id = candidates.item_id
LEFT JOIN summed ON summed.item_id = vector.item_id
ORDER BY score DESC, vector.item_id
LIMIT %(k)s
"""

# The best first, then what may be shown of them: the other way round, the whole catalogue would be read.
SUMMED = """
(SELECT best.item_id FROM (SELECT * FROM summed ORDER BY total DESC LIMIT 5 * %(proposed)s) AS best
 JOIN mmrec_app_item AS item ON item.id = best.item_id
 WHERE {where} ORDER BY best.total DESC LIMIT %(proposed)s)
"""

NEAREST = """
(SELECT vector.item_id FROM mmrec_app_itemvector AS vector JOIN mmrec_app_item AS item ON item.id = vector.item_id
 WHERE vector.generation_id = {g} AND {where}
 ORDER BY vector.joint::halfvec({d}) <#> %({query})s::halfvec({d}) LIMIT %(proposed)s)
"""

POPULAR = """
(SELECT vector.item_id FROM mmrec_app_itemvector AS vector JOIN mmrec_app_item AS item ON item.id = vector.item_id
 WHERE vector.generation_id = {g} AND {where} ORDER BY vector.popular DESC LIMIT %(proposed)s)
"""

# What a selective filter leaves is scored as a whole.
ALL = "SELECT item.id AS item_id FROM mmrec_app_item AS item WHERE {where}"

# OFFSET has some hundred candidates looked up one by one; the planner would rather read every vector there is.
EACH = """LATERAL (
    SELECT * FROM mmrec_app_itemvector AS one
    WHERE one.generation_id = {g} AND one.item_id = candidates.item_id OFFSET 0
) AS vector"""

COSINE = "-(vector.{column}::halfvec({d}) <#> %({query})s::halfvec({d}))"


@dataclass(frozen=True)
class Ask:
    """What a list is asked with: `weights` of the signals, and what each of them looks at."""

    weights: Mapping[str, float]
    met: Mapping[int, float] = field(default_factory=dict)
    """Item -> how much its neighbours count."""
    near: Sequence[Vector] = ()
    """Candidates lie near any of these; their neural signal is the greatest cosine to one of `joint`."""
    joint: Sequence[Vector] = ()
    content: Vector | None = None


def personal(cursor: Any, profile: Profile, recipe: Recipe, k: int) -> list[Candidate]:
    """What the user tower and the linear model expect next, by the recipe's weights; nothing that was met before."""
    events = collapsed(profile.history)
    if not events:
        return []
    found = _interests(profile, recipe, events) if recipe.weights.get("neural") else ()
    ask = Ask(recipe.weights, recency(events, recipe.recency), found, found)
    excluded = [*profile.excluded.union(touch.item_id for touch in profile.history)]
    return _answer(cursor, profile, ask, excluded, k, "personal")


def about(cursor: Any, profile: Profile, weights: Mapping[str, float], k: int) -> list[Candidate]:
    """What is like the items the list is about, and what goes with them."""
    context = profile.context[-MOST_CONTEXT:]
    joint = [*vectors_of(profile.generation, context).values()]
    if not joint:
        return []
    content = np.mean([*contents_of(profile.generation, context).values()], axis=0) if "content" in weights else None
    ask = Ask(weights, dict.fromkeys(context, 1 / len(context)), joint, [np.mean(joint, axis=0)], content)
    return _answer(cursor, profile, ask, list(profile.excluded), k, "similar")


def collapsed(history: Sequence[Touch]) -> list[Touch]:
    """Newest first; of several touches of one item in a row the latest, as the training counts them."""
    return [touch for at, touch in enumerate(history) if at == 0 or history[at - 1].item_id != touch.item_id]


def recency(events: Sequence[Touch], decay: float | None) -> dict[int, float]:
    """Item -> weight of its latest touch: exp(-age / decay), the age counted in touches."""
    found: dict[int, float] = {}
    for age, touch in enumerate(events):
        if len(found) == MOST_MET:
            break
        found.setdefault(touch.item_id, 1.0 if decay is None else float(np.exp(-age / decay)))
    return found


def _interests(profile: Profile, recipe: Recipe, events: Sequence[Touch]) -> Sequence[Vector]:
    """(K, D) by the tower; none when no item of the latest events has a place."""
    latest = events[: recipe.history]
    vectors = vectors_of(profile.generation, list({touch.item_id for touch in latest}))
    known = [touch for touch in reversed(latest) if touch.item_id in vectors]
    if not known:
        return ()
    kinds = [recipe.kinds.index(touch.kind) if touch.kind in recipe.kinds else 0 for touch in known]
    days = [(timezone.now() - touch.at).total_seconds() / 86400 for touch in known]
    rows = np.stack([vectors[touch.item_id] for touch in known])
    given = (rows[None], np.array([kinds]), np.array([days]), np.array([len(known)]))
    return list(towers.interests(profile.generation, recipe.tower, *given)[0])


def _answer(cursor: Any, profile: Profile, ask: Ask, excluded: Sequence[int], k: int, source: str) -> list[Candidate]:
    where, values = shown(profile.filters, excluded)
    names = {"g": int(profile.generation), "d": int(profile.dimension), "where": where}
    values |= {f"near{i}": HalfVector(vector).to_text() for i, vector in enumerate(ask.near)}
    values |= {f"joint{i}": HalfVector(vector).to_text() for i, vector in enumerate(ask.joint)}
    if ask.content is not None:
        values["content"] = HalfVector(ask.content).to_text()
    values |= {"met": list(ask.met), "weights": list(ask.met.values()), "k": k, "proposed": max(PROPOSED, k)}
    values |= {f"w_{name}": float(weight) for name, weight in ask.weights.items()}
    exact = profile.filters.selective and few(cursor, profile.filters)
    candidates = ALL.format(**names) if exact else " UNION ".join(_proposals(ask, names))
    vectors = "mmrec_app_itemvector AS vector" if exact else EACH.format(**names)
    parts = {"candidates": candidates, "vectors": vectors, "score": _score(ask, profile.dimension)}
    cursor.execute(STATEMENT.format(**parts, **names), values)
    return [Candidate(item, float(score), source) for item, score in cursor.fetchall()]


def _proposals(ask: Ask, names: Mapping[str, Any]) -> list[str]:
    found = [NEAREST.format(query=f"near{i}", **names) for i in range(len(ask.near))]
    if ask.weights.get("linear"):
        found.append(SUMMED.format(**names))
    if ask.weights.get("popular"):
        found.append(POPULAR.format(**names))
    return found or ["SELECT 0 AS item_id WHERE false"]


def _score(ask: Ask, d: int) -> str:
    """SQL: Σ weight · signal, a linear score by its root, which is as steep as a cosine."""
    terms = ["0.0"]
    if ask.joint and ask.weights.get("neural"):
        cosines = [COSINE.format(column="joint", query=f"joint{i}", d=d) for i in range(len(ask.joint))]
        terms.append(f"%(w_neural)s * greatest({', '.join(cosines)})")
    if ask.content is not None:
        terms.append(f"%(w_content)s * {COSINE.format(column='content', query='content', d=d)}")
    if ask.weights.get("linear"):
        terms.append("%(w_linear)s * sqrt(greatest(coalesce(summed.total, 0), 0))")
    if ask.weights.get("popular"):
        terms.append("%(w_popular)s * vector.popular")
    return " + ".join(terms)
