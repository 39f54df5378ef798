"""What a generation is worth: the lists that it would have served before the held-out events, ranked in numpy.

It is read from the database, as serving reads it: rounded vectors, stored neighbours, the exported tower.
"""

from datetime import datetime
from functools import partial

import numpy as np
import scipy.sparse as sp

from mmrec_app.conf import conf
from mmrec_app.embeddings import towers
from mmrec_app.embeddings.interests import interests, merge, weighted_items
from mmrec_app.embeddings.vectors import read_neighbours, read_places
from mmrec_app.models import Generation
from mmrec_app.training.batches import asked
from mmrec_app.training.data import Floats, Ints, Question, Ragged, TrainingSet, centred
from mmrec_app.training.metrics import Ranking, best, rank
from mmrec_app.training.ranking import Space
from mmrec_app.types import Recipe, Touch, Vector

JUDGED = 4000
"""Visitors asked, at most."""
LENGTH = 20


def judge(generation: Generation, data: TrainingSet, item_ids: Ints) -> dict[str, float]:
    """Figures on the test events: recall, NDCG, coverage, diversity within a list, recall of items nobody had met,
    of which so many (`unmet`) were held out."""
    question = data.asked("test")
    users = question.users
    if len(users) > JUDGED:
        users = np.sort(np.random.default_rng(0).choice(users, JUDGED, replace=False))
    if not len(users):
        return {"users": 0}
    found = lists(generation, data, item_ids, question, users)
    figures = {f"recall@{k}": found.recall(k) for k in (10, LENGTH)}
    figures |= {f"ndcg@{k}": found.ndcg(k) for k in (10, LENGTH)}
    figures |= {"coverage@20": found.coverage(LENGTH), "diversity@20": diversity(found.top, data)}
    unmet = sum(int(np.isin(question.targets[user], data.unmet).sum()) for user in users)
    figures |= {"cold_recall@20": found.among(data.unmet, LENGTH), "unmet": unmet, "users": len(users)}
    return {name: round(value, 5) for name, value in figures.items() if value == value}


def lists(generation: Generation, data: TrainingSet, item_ids: Ints, question: Question, users: Ints) -> Ranking:
    joint, content, popular = read_places(generation.number, item_ids, generation.dimension)
    recipe = Recipe.of(generation.config.get("serving"), generation.blend)
    if recipe is None:
        return _by_history(data, joint, question, users)
    space = space_of(generation, recipe, joint, content, popular, item_ids)
    order = partial(towers.order, generation.number, recipe.ranker)
    return rank(space.scorer(question, order), question, data.items, users=users)


def space_of(
    generation: Generation, recipe: Recipe, joint: Vector, content: Vector, popular: Floats, item_ids: Ints
) -> Space:
    """What `recommend` makes for_you from, of many visitors at once."""

    def interests(history: Ragged, users: Ints) -> Floats:
        given = asked(history, users, recipe.history)
        rows = joint[given.items]
        days = np.zeros(given.items.shape, np.float32) if given.days is None else given.days
        found = towers.interests(generation.number, recipe.tower, rows, given.kinds, days, given.lengths)
        return found * (given.lengths > 0)[:, None, None]

    neighbours = _neighbours(generation.number, item_ids)
    return Space(joint, content, popular, neighbours, recipe.recency, interests)


def _neighbours(generation: int, item_ids: Ints) -> sp.csr_matrix:
    table = read_neighbours(generation)
    ids = table[:, :2].astype(np.int64)
    known = np.isin(ids, item_ids).all(1)
    rows, columns = (np.searchsorted(item_ids, ids[known, side]) for side in (0, 1))
    weights = table[known, 2].astype(np.float32)
    return sp.csr_matrix((weights, (rows, columns)), shape=(len(item_ids), len(item_ids)))


def _by_history(data: TrainingSet, joint: Vector, question: Question, users: Ints) -> Ranking:
    """Of a generation that was not trained: near what was touched lately; then what was asked for most."""
    popular = np.bincount(data.train.values, minlength=data.items).astype(np.float32)
    top = np.empty((len(users), min(LENGTH, data.items)), np.int64)
    for row, user in enumerate(users):
        seen = question.seen[user]
        weights = weighted_items(_touches(question, int(user), data.kind_names), conf().event_weights)
        found = interests({item: joint[item] for item in weights if joint[item].any()}, weights)
        scores = np.stack([popular, *(joint @ one.vector for one in found)])
        scores[:, seen] = -np.inf
        columns = best(scores, top.shape[1])
        near = merge(
            [[(int(i), 0.0) for i in each] for each in columns[1:]], [one.weight for one in found], top.shape[1]
        )
        filled = dict.fromkeys([*(item for item, _ in near), *columns[0].tolist()])
        top[row] = list(filled)[: top.shape[1]]
    return Ranking(users, top, question, data.items)


def _touches(question: Question, user: int, kinds: tuple[str, ...]) -> list[Touch]:
    """Newest first."""
    start, end = question.history.offsets[user : user + 2]
    named = question.history.column("kinds")[max(start, end - conf().history) : end]
    items = question.history.values[max(start, end - conf().history) : end]
    return [Touch(int(item), kinds[kind], datetime.min) for item, kind in zip(items[::-1], named[::-1], strict=True)]


def diversity(top: Ints, data: TrainingSet) -> float:
    """Mean of 1 - cosine between the items of a list, by their encoder outputs and not by what a model made of them."""
    found = []
    for rows in data.features.values():
        listed = centred(rows)[top]  # (U, K, d)
        present = np.abs(listed).sum(2) > 0
        pairs = present.sum(1) * (present.sum(1) - 1)
        alike = (np.square(listed.sum(1)).sum(1) - present.sum(1)) / np.maximum(pairs, 1)
        found.append(1 - alike[pairs > 0].mean() if (pairs > 0).any() else np.nan)
    return float(np.nanmean(found)) if found else float("nan")
