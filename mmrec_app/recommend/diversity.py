"""Lists that do not say one thing twelve times."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

import numpy as np

from mmrec_app.types import Vector

Facts = Mapping[int, Mapping[str, Any]]
"""Item -> what it shares with others: category, brand …"""


def diversified(
    item_ids: Sequence[int], vectors: Mapping[int, Vector], facts: Facts, diversity: float, caps: Mapping[str, float],
    k: int,
) -> list[int]:  # fmt: skip
    """The places that items had, in their new order: the best k first, each as relevant as it is unlike those before it
    (MMR, Carbonell and Goldstein 1998), none beyond a cap while others are left; then the rest as it was."""
    likeness = _likeness(item_ids, vectors)  # (N, N)
    relevance = 1 - np.arange(len(item_ids)) / max(2 * k, 1)
    nearest, free = np.zeros(len(item_ids)), np.ones(len(item_ids), bool)
    limits = _limits(caps, k)
    shared = [_shared(facts.get(item_id, {}), limits) for item_id in item_ids]
    taken, used = list[int](), Counter[tuple[str, str]]()
    while len(taken) < k and free.any():
        best = int(np.where(free, (1 - diversity) * relevance - diversity * nearest, -np.inf).argmax())
        taken.append(best)
        nearest, free[best] = np.maximum(nearest, likeness[best]), False
        used.update(shared[best])
        if full := {each for each in shared[best] if used[each] >= limits[each[0]]}:
            free &= [not full.intersection(each) for each in shared]
    return [*taken, *sorted(set(range(len(item_ids))) - set(taken))]


def full(item_ids: Sequence[int], facts: Facts, caps: Mapping[str, float], k: int) -> set[tuple[str, str]]:
    """What no more may share, each a name and a value, where these items give fewer than k within the caps."""
    limits, used, count = _limits(caps, k), Counter[tuple[str, str]](), 0
    found = set[tuple[str, str]]()
    for item_id in item_ids:
        if not found.intersection(shared := _shared(facts.get(item_id, {}), limits)):
            count += 1
            used.update(shared)
            found |= {each for each in shared if used[each] >= limits[each[0]]}
    return found if count < k else set()


def _limits(caps: Mapping[str, float], k: int) -> dict[str, int]:
    return {name: ceil(most * k) if most < 1 else int(most) for name, most in caps.items()}


def _likeness(item_ids: Sequence[int], vectors: Mapping[int, Vector]) -> Vector:
    """Cosines; 0 where an item has no vector."""
    if not (vectors and item_ids):
        return np.zeros((len(item_ids), len(item_ids)), np.float32)
    width = len(next(iter(vectors.values())))
    rows = np.stack([vectors.get(item_id, np.zeros(width, np.float32)) for item_id in item_ids])
    return rows @ rows.T


def _shared(known: Mapping[str, Any], limits: Mapping[str, int]) -> list[tuple[str, str]]:
    return [(name, str(known[name])) for name in limits if known.get(name)]
