"""How the sources of a list are weighed: learned on validation events, one set of weights a placement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mmrec_app.training.data import Floats, Ints, Question
from mmrec_app.training.metrics import BATCH, Ranking, Scorer, best

GRID = (0.0, 0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Weights that are tried for a source, relative to the first one's 1."""
ROUNDS = 2
SHORTLIST = 300
"""Candidates a source proposes; the blend orders their union, as a shop's database does."""


@dataclass(frozen=True)
class Blend:
    """score = Σ weight · signal; signals are `shaped` so that they can be added."""

    weights: Mapping[str, float]

    def combined(self, signals: Mapping[str, Floats]) -> Floats:
        return np.sum([np.float32(weight) * signals[name] for name, weight in self.weights.items()], axis=0)

    def scorer(self, sources: Mapping[str, Scorer]) -> Scorer:
        used = {name: source for name, source in sources.items() if self.weights.get(name)}
        return lambda users: self.combined_of({name: source(users) for name, source in used.items()})

    def combined_of(self, signals: Mapping[str, Floats]) -> Floats:
        return Blend({name: self.weights[name] for name in signals}).combined(signals)


def shaped(linear: Floats) -> Floats:
    """The square root of a linear score: its top is as steep as a cosine then, and its long tail tells things apart."""
    return np.sqrt(np.maximum(linear, 0))


def fit_blend(
    sources: Mapping[str, Scorer], question: Question, items: int, users: Ints
) -> tuple[Blend, dict[str, float]]:
    """Coordinate search over `GRID` for the greatest NDCG@10 + Recall@20 of `users`, from the best single source on.

    Returns the blend and each source's own NDCG@10.
    """
    names = list(sources)
    shortlist = _shortlist(sources, question, users)
    alone = {name: _value(Blend({name: 1.0}), shortlist, question, items) for name in names}
    first = max(names, key=lambda name: alone[name])
    weights = {name: float(name == first) for name in names}
    value = alone[first]
    for _ in range(ROUNDS):
        for name in names:
            if name == first:
                continue
            for weight in GRID:
                tried = weights | {name: weight}
                if (found := _value(Blend(tried), shortlist, question, items)) > value + 1e-6:
                    weights, value = tried, found
    own = {name: _ranking(Blend({name: 1.0}), shortlist, question, items).ndcg(10) for name in names}
    return Blend(weights), own


@dataclass(frozen=True)
class _Shortlist:
    """For each user the union of every source's best, with all signals: `columns` (U, C), -1 where there are fewer."""

    users: Ints
    columns: Ints
    signals: Mapping[str, Floats]


def _shortlist(sources: Mapping[str, Scorer], question: Question, users: Ints) -> _Shortlist:
    columns: list[Ints] = []
    signals: dict[str, list[Floats]] = {name: [] for name in sources}
    width = SHORTLIST * len(sources)
    for start in range(0, len(users), BATCH):
        batch = users[start : start + BATCH]
        scores = {name: np.array(source(batch), np.float32) for name, source in sources.items()}
        for row, user in enumerate(batch):
            for each in scores.values():
                each[row, question.seen[user]] = -np.inf
        tops = [best(each, min(SHORTLIST, each.shape[1])) for each in scores.values()]
        chosen = _unions(tops, width)
        columns.append(chosen)
        for name, each in scores.items():
            picked = np.take_along_axis(each, np.maximum(chosen, 0), axis=1)
            signals[name].append(np.where((chosen >= 0) & np.isfinite(picked), picked, -1e6))
    return _Shortlist(users, np.concatenate(columns), {name: np.concatenate(rows) for name, rows in signals.items()})


def _unions(tops: Sequence[Ints], width: int) -> Ints:
    out = np.full((len(tops[0]), width), -1, np.int64)
    for row, found in enumerate(zip(*tops, strict=True)):
        union = np.unique(np.concatenate(found))
        out[row, : len(union)] = union
    return out


def _ranking(blend: Blend, shortlist: _Shortlist, question: Question, items: int) -> Ranking:
    order = best(blend.combined(shortlist.signals), 20)
    return Ranking(shortlist.users, np.take_along_axis(shortlist.columns, order, axis=1), question, items)


def _value(blend: Blend, shortlist: _Shortlist, question: Question, items: int) -> float:
    ranking = _ranking(blend, shortlist, question, items)
    return ranking.ndcg(10) + ranking.recall(min(20, ranking.top.shape[1]))
