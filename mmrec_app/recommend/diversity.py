"""Lists that do not say one thing twelve times."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

import numpy as np

from mmrec_app.types import Candidate, Vector

Facts = Mapping[int, Mapping[str, Any]]
"""Item -> what it shares with others: category, brand …"""


def diversified(
    candidates: Sequence[Candidate], vectors: Mapping[int, Vector], facts: Facts, diversity: float,
    caps: Mapping[str, float], k: int,
) -> list[Candidate]:  # fmt: skip
    """The best k first, each as relevant as it is unlike those before it (MMR, Carbonell and Goldstein 1998), none
    beyond a cap while others are left; then the rest in its order."""
    likeness = _likeness(candidates, vectors)  # (N, N)
    relevance = 1 - np.arange(len(candidates)) / max(2 * k, 1)
    nearest, free = np.zeros(len(candidates)), np.ones(len(candidates), bool)
    limits = {name: ceil(most * k) if most < 1 else int(most) for name, most in caps.items()}
    shared = [_shared(each, facts, limits) for each in candidates]
    taken, used = list[int](), Counter[tuple[str, str]]()
    while len(taken) < k and free.any():
        best = int(np.where(free, (1 - diversity) * relevance - diversity * nearest, -np.inf).argmax())
        taken.append(best)
        nearest, free[best] = np.maximum(nearest, likeness[best]), False
        used.update(shared[best])
        if full := {each for each in shared[best] if used[each] >= limits[each[0]]}:
            free &= [not full.intersection(each) for each in shared]
    left = sorted(set(range(len(candidates))) - set(taken))
    return [candidates[n] for n in (*taken, *left)]


def _likeness(candidates: Sequence[Candidate], vectors: Mapping[int, Vector]) -> Vector:
    """Cosines; 0 where an item has no vector."""
    if not (vectors and candidates):
        return np.zeros((len(candidates), len(candidates)), np.float32)
    width = len(next(iter(vectors.values())))
    rows = np.stack([vectors.get(each.item_id, np.zeros(width, np.float32)) for each in candidates])
    return rows @ rows.T


def _shared(candidate: Candidate, facts: Facts, limits: Mapping[str, int]) -> list[tuple[str, str]]:
    known = facts.get(candidate.item_id, {})
    return [(name, str(known[name])) for name in limits if known.get(name)]
