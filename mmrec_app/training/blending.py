"""How lists about a product add up their signals: weights learned on what visitors turned to right after one."""

from collections.abc import Iterator
from itertools import product

import numpy as np

from mmrec_app.training.data import Floats, Ints, Question
from mmrec_app.training.ranking import Space
from mmrec_app.training.signals import GOES_WITH, SIGNALS

GRID = (0.0, 0.25, 0.5, 1.0, 2.0)
ROUNDS = 2
ASKED = 2_000
"""Visitors whose next item teaches, at most."""
FEWEST = 200
"""Lists with the next item in them below which the weights stay as they are given."""
BATCH = 128

Lists = list[tuple[Floats, np.ndarray]]
"""Of each list with a right answer in it: its signals (C, 4), and which of the C are right."""


def goes_with(space: Space, question: Question, users: Ints) -> dict[str, float]:
    """Weights by signal, those of 0 left out: one after the other the best of a grid, by NDCG@10 + Recall@20 of what
    came next, the latest item being all that is known."""
    weights = np.array([GOES_WITH.get(name, 0.0) for name in SIGNALS], np.float32)
    batches = (users[at : at + BATCH] for at in range(0, len(users), BATCH))
    lists = [each for batch in batches for each in _holding(space, question, batch)]
    if len(lists) < FEWEST:
        return dict(GOES_WITH)
    value = _value(lists, weights)
    for _, signal, weight in product(range(ROUNDS), range(len(SIGNALS)), GRID):
        tried = weights.copy()
        tried[signal] = weight
        if (found := _value(lists, tried)) > value:
            weights, value = tried, found
    return {name: float(weight) for name, weight in zip(SIGNALS, weights, strict=True) if weight > 0}


def _holding(space: Space, question: Question, users: Ints) -> Iterator[tuple[Floats, np.ndarray]]:
    history = question.history
    users = users[history.lengths[users] > 0]
    if not len(users):
        return
    latest = history.values[history.offsets[users + 1] - 1]
    signals = _signals(space, latest)  # (4, B, N)
    proposing = (signals[SIGNALS.index(name)] for name in ("neural", "linear", "popular"))
    candidates, there = space.best_of(proposing, question, users)
    for row, user in enumerate(users):
        own = candidates[row][there[row]]
        if (right := np.isin(own, question.targets[user])).any():
            yield signals[:, row, own].T, right


def _signals(space: Space, latest: Ints) -> Floats:
    """(4, B, N) in the order of `SIGNALS`; a linear score by its root, which is as steep as a cosine."""
    shape = (len(latest), len(space.joint))
    linear = np.zeros(shape, np.float32)
    if space.neighbours is not None:
        linear = np.sqrt(np.maximum(np.asarray(space.neighbours[latest].todense(), np.float32), 0))
    neural, content = space.joint[latest] @ space.joint.T, space.content[latest] @ space.content.T
    return np.stack([neural, content, linear, np.broadcast_to(space.popular, shape)])


def _value(lists: Lists, weights: Floats) -> float:
    """Mean NDCG@10 + Recall@20 of the lists, of the first right answer in each."""
    places = np.array([_place(signals @ weights, right) for signals, right in lists])
    return float(np.where(places < 10, 1 / np.log2(places + 2), 0).mean() + (places < 20).mean())


def _place(scores: Floats, right: np.ndarray) -> int:
    """How many are before the best right one; what scores as much as it counts as before it."""
    return int((scores[~right] >= scores[right].max()).sum())
