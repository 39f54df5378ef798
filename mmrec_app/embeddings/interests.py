"""What a history says of a taste, as a few vectors: one for each thing somebody is after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mmrec_app.types import Touch, Vector

MAX_INTERESTS = 3
MAX_ITEMS = 20
ALIKE = 0.6
"""Cosine from which a touched item joins an interest rather than beginning one."""
HALF_LIFE = 5.0
"""Items ago at which a touch counts half."""


@dataclass(frozen=True)
class Interest:
    vector: Vector
    """(D,), unit length."""
    weight: float


def weighted_items(history: Sequence[Touch], weights: Mapping[str, float]) -> dict[int, float]:
    """Item -> weight of the latest distinct items: what was done, halved every `HALF_LIFE` items back."""
    found: dict[int, float] = {}
    for touch in history:
        if touch.item_id not in found and len(found) == MAX_ITEMS:
            break
        age = len(found) if touch.item_id not in found else list(found).index(touch.item_id)
        found[touch.item_id] = found.get(touch.item_id, 0.0) + weights.get(touch.kind, 0.0) * 0.5 ** (age / HALF_LIFE)
    return {item: weight for item, weight in found.items() if weight > 0}


def interests(vectors: Mapping[int, Vector], weights: Mapping[int, float]) -> list[Interest]:
    """Groups touched items greedily, newest first, by cosine; heaviest first (after PinnerSage, Pal et al. 2020)."""
    groups: list[tuple[Vector, float]] = []
    for item, weight in weights.items():
        if item not in vectors:
            continue
        vector = vectors[item] * weight
        near = [float(vectors[item] @ total) / float(np.linalg.norm(total)) for total, _ in groups]
        if near and (max(near) >= ALIKE or len(groups) == MAX_INTERESTS):
            index = int(np.argmax(near))
            total, mass = groups[index]
            groups[index] = (total + vector, mass + weight)
        else:
            groups.append((vector, weight))
    found = [Interest(total / np.linalg.norm(total), mass) for total, mass in groups]
    return sorted(found, key=lambda interest: -interest.weight)


def merge(lists: Sequence[Sequence[tuple[int, float]]], weights: Sequence[float], k: int) -> list[tuple[int, float]]:
    """Takes from each interest's list in proportion to its weight (D'Hondt), no item twice."""
    merged: dict[int, float] = {}
    queues = [list(reversed(rows)) for rows in lists]
    taken = [0] * len(queues)
    while len(merged) < k and any(queues):
        turn = max((i for i, queue in enumerate(queues) if queue), key=lambda i: weights[i] / (taken[i] + 1))
        item, score = queues[turn].pop()
        if item not in merged:
            merged[item] = score
            taken[turn] += 1
    return list(merged.items())
