"""What is done with what the rungs give: rotation, boost and bury, diversity and caps, exploration, pins, reasons."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from django.db import DatabaseError, transaction

from mmrec_app.embeddings.vectors import looks_of
from mmrec_app.recommend.blended import MOST_CONTEXT
from mmrec_app.recommend.diversity import Facts, diversified, full
from mmrec_app.recommend.freshness import explored, ignored, places_for, rotated, unknown
from mmrec_app.recommend.placements import Placement
from mmrec_app.recommend.reasons import BY_SOURCE, company_of, explained
from mmrec_app.recommend.rules import Action, Rules, factors, pinned, weighed
from mmrec_app.types import Candidate, Profile, Scope, Vector

logger = logging.getLogger(__name__)

POOL = 3
"""Times k: what the stages choose from."""
MOST = 200
AGAIN = 3
"""Times that rungs are asked for more at most, where what they gave lies beyond the caps."""
ROOTS = 20
"""Items of a history that a reason may name: the latest."""

FACTS = """
SELECT id, category, ARRAY(SELECT attributes ->> name FROM unnest(%(names)s::text[]) WITH ORDINALITY AS each (name, n)
                           ORDER BY n)
FROM mmrec_app_item WHERE id = ANY(%(asked)s)
"""


def pool_of(placement: Placement, rules: Rules, k: int, spare: int) -> int:
    """How many candidates are wanted for a list of k; just as many where no stage chooses."""
    chooses = placement.rotation or placement.diversity or placement.caps or rules.of(Action.BOOST, Action.BURY)
    return max(k + spare, min(POOL * k, MOST)) if chooses else k + spare


More = Callable[[tuple[Scope, ...]], Sequence[Candidate]]
"""The same rungs again, without what a list has enough of."""


def arranged(
    cursor: Any, name: str, placement: Placement, profile: Profile, rules: Rules, found: Sequence[Candidate], k: int,
    spare: int, more: More = lambda full: (),
) -> list[Candidate]:  # fmt: skip
    """The list of k, and what is spare behind it. Should a stage fail or run out of time, it is logged and the rungs'
    own order stands."""
    try:
        with transaction.atomic(using=cursor.db.alias):
            return _arranged(cursor, name, placement, profile, rules, found, k, spare, more)
    except DatabaseError:
        logger.warning("the stages of %s failed or ran out of time", name, exc_info=True)
        return explained(profile, found[: k + spare], {}, {}, {})


def _arranged(
    cursor: Any, name: str, placement: Placement, profile: Profile, rules: Rules, found: Sequence[Candidate], k: int,
    spare: int, more: More,
) -> list[Candidate]:  # fmt: skip
    found, facts = _within_caps(cursor, placement, found, k, more)
    vectors, looks = _places(cursor, placement, profile, found)
    count = places_for(placement.exploration, k, profile, name)
    times = ignored(cursor, profile, name, placement.rotation_days) if placement.rotation or count else {}
    if placement.rotation:
        found = rotated(found, times, placement.rotation)
    found = weighed(found, factors(cursor, rules, [each.item_id for each in found]))
    if placement.diversity or placement.caps:
        found = [found[n] for n in spread(placement, [each.item_id for each in found], vectors, facts, k)]
    if count and found:
        like = _middle(found[:k], vectors, profile.dimension)
        found = explored(found, unknown(cursor, profile, like, count, placement.exploration_days, times), k)
    found = pinned(cursor, profile, rules, found, k)[: k + spare]
    return explained(profile, found, vectors, looks, company_of(cursor, profile, found))


def _within_caps(
    cursor: Any, placement: Placement, found: Sequence[Candidate], k: int, more: More
) -> tuple[Sequence[Candidate], Facts]:
    """With others behind them where less than k of these lie within the caps, and the facts of all."""
    facts = facts_of(cursor, placement.caps, [each.item_id for each in found])
    for _again in range(AGAIN):
        taken = full([each.item_id for each in found], facts, placement.caps, k)
        others = [each for each in more(_scopes(taken)) if each.item_id not in facts] if taken else []
        if not others:
            break
        found = [*found, *others]
        facts = {**facts, **facts_of(cursor, placement.caps, [each.item_id for each in others])}
    return found, facts


def _scopes(taken: Iterable[tuple[str, str]]) -> tuple[Scope, ...]:
    return tuple(
        Scope(category=value) if name == "category" else Scope(attributes={name: value})
        for name, value in sorted(taken)
    )


def spread(
    placement: Placement, item_ids: Sequence[int], vectors: Mapping[int, Vector], facts: Facts, k: int
) -> list[int]:
    """The places that items had, in the order that diversity and caps give them."""
    own = vectors if placement.diversity else {}
    return diversified(item_ids, own, facts, placement.diversity, placement.caps, k)


def _places(
    cursor: Any, placement: Placement, profile: Profile, found: Sequence[Candidate]
) -> tuple[Mapping[int, Vector], Mapping[int, float]]:
    """Vectors of what a stage or a reason looks at; none where none does."""
    explained_by = [each.item_id for each in found if each.source not in BY_SOURCE and each.reason is None]
    wanted = [each.item_id for each in found] if placement.diversity or placement.exploration else explained_by
    if not wanted:
        return {}, {}
    roots = dict.fromkeys(touch.item_id for touch in profile.history) if explained_by else {}
    context = profile.context[-MOST_CONTEXT:] if explained_by else ()
    slots = profile.recipe.slots if profile.recipe else ()
    return looks_of(cursor, profile.generation, [*wanted, *context, *list(roots)[:ROOTS]], slots)


def _middle(found: Sequence[Candidate], vectors: Mapping[int, Vector], dimension: int) -> Vector:
    rows = [vectors[each.item_id] for each in found if each.item_id in vectors]
    return np.mean(rows, axis=0) if rows else np.zeros(dimension, np.float32)


def facts_of(cursor: Any, caps: Mapping[str, float], item_ids: Sequence[int]) -> Facts:
    """Item -> category and the attributes that are capped."""
    if not caps:
        return {}
    cursor.execute(FACTS, {"names": list(caps), "asked": list(item_ids)})
    return {
        item: dict(zip(caps, values, strict=True)) | ({"category": category} if "category" in caps else {})
        for item, category, values in cursor.fetchall()
    }
