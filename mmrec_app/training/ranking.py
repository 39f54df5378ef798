"""Candidates of many visitors at once, with their signals: how a training and a judgement make lists."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from mmrec_app.training.data import Floats, Ints, Question, Ragged
from mmrec_app.training.linear import recency_rows
from mmrec_app.training.metrics import Scorer, best
from mmrec_app.training.signals import LASTING, LATEST, PROPOSED, Signals, cosines, mean_of

CELLS = 20_000_000
"""Scores that are held at once."""

Interests = Callable[[Ragged, Ints], Floats]
"""(histories, users) -> (B, K, D), zeros for a user without a history."""
Ordering = Callable[[Floats], Floats]
"""Features (B, C, F) -> scores (B, C)."""


@dataclass(frozen=True)
class Proposed:
    """What is proposed to `users` (B,): `candidates` (B, C), which of the C are some (`there`), and the scores that
    were computed for all items anyway (`scores`, each (B, C))."""

    users: Ints
    candidates: Ints
    there: np.ndarray
    scores: Mapping[str, Floats]

    def __getitem__(self, rows: np.ndarray) -> "Proposed":
        scores = {name: given[rows] for name, given in self.scores.items()}
        return Proposed(self.users[rows], self.candidates[rows], self.there[rows], scores)


@dataclass(frozen=True)
class Space:
    """A generation as arrays: `joint` and `content` (N, D) unit rows, `popular` (N,), `neighbours` (N, N) if any."""

    joint: Floats
    content: Floats
    popular: Floats
    neighbours: sp.csr_matrix | None
    recency: float | None
    interests: Interests

    @cached_property
    def placed(self) -> np.ndarray:
        """(N,) what has a place at all."""
        return np.abs(self.joint).sum(1) > 0

    def batches(self, history: Ragged, users: Ints) -> Iterator[Ints]:
        """Places in `users`, those with histories of like length together."""
        size = int(np.clip(CELLS // (len(self.joint) * LATEST), 8, 256))
        order = np.argsort(history.lengths[users], kind="stable")
        return (order[at : at + size] for at in range(0, len(order), size))

    def propose(self, question: Question, users: Ints) -> Proposed:
        """The best of each signal that the users have not met, and what lies nearest to the mean of their latest
        contents: what is so new that nobody met it lies where its content says, and nothing else proposes it."""
        history = question.history
        dense = {"neural": self._neural(history, users)}
        dense["linear"] = self._linear(history, users, self.recency)
        dense["slow"] = dense["linear"] if self.recency is None else self._linear(history, users, LASTING)
        latest, known = _latest(history, users)
        mean = mean_of(self.content[latest], known)
        alike = np.where(mean.any(1, keepdims=True), mean @ self.joint.T, dense["linear"])  # no content, no proposal
        leading = (dense["linear"], dense["neural"], alike, np.broadcast_to(self.popular, alike.shape))
        candidates, there = self.best_of(leading, question, users)
        picked = {name: np.take_along_axis(scores, candidates, axis=1) for name, scores in dense.items()}
        return Proposed(users, candidates, there, picked)

    def best_of(self, signals: Iterable[Floats], question: Question, users: Ints) -> tuple[Ints, np.ndarray]:
        """(B, C) the best by each signal (B, N) that the users have not met, and which of the C are some."""
        open_ = np.repeat(self.placed[None, :], len(users), axis=0)
        for row, user in enumerate(users):
            open_[row, question.seen[user]] = False
        count = min(PROPOSED, len(self.joint))
        candidates, there = _unions([best(np.where(open_, scores, -np.inf), count) for scores in signals])
        return candidates, there & np.take_along_axis(open_, candidates, axis=1)

    def _neural(self, history: Ragged, users: Ints) -> Floats:
        return np.einsum("bkd,nd->bkn", self.interests(history, users), self.joint, optimize=True).max(1)

    def _linear(self, history: Ragged, users: Ints, recency: float | None) -> Floats:
        if self.neighbours is None:
            return np.zeros((len(users), len(self.joint)), np.float32)
        rows = recency_rows(history, users, len(self.joint), recency)
        return np.asarray((rows @ self.neighbours).todense(), np.float32)

    def weighed(self, history: Ragged, proposed: Proposed) -> Signals:
        """How the candidates stand to the histories."""
        candidates = proposed.candidates
        latest, known = _latest(history, proposed.users)
        last, near = self._from(latest, known, candidates)
        joint = cosines(self.joint[latest], known, self.joint[candidates])
        content = cosines(self.content[latest], known, self.content[candidates])
        return Signals(
            there=proposed.there,
            last=last,
            near=near,
            joint_last=joint[0],
            joint_near=joint[1],
            content_last=content[0],
            content_near=content[1],
            content_mean=content[2],
            popular=self.popular[candidates],
            length=history.lengths[proposed.users].astype(np.float32),
            popular_last=self.popular[latest[:, 0]] * known[:, 0],
            idle=history.idle(proposed.users),
            **proposed.scores,
        )

    def _from(self, latest: Ints, known: np.ndarray, candidates: Ints) -> tuple[Floats, Floats]:
        """(B, C): the neighbour weight from the newest event, and the greatest from any of the latest."""
        if self.neighbours is None:
            zeros = np.zeros(candidates.shape, np.float32)
            return zeros, zeros
        rows = np.asarray(self.neighbours[latest.ravel()].todense(), np.float32).reshape(*latest.shape, -1)
        each = np.take_along_axis(rows, candidates[:, None, :], axis=2) * known[:, :, None]  # (B, H, C)
        return each[:, 0], each.max(1)

    def signals(self, question: Question) -> dict[str, Scorer]:
        """Each signal that proposes candidates, as a scorer of its own."""
        found: dict[str, Scorer] = {"neural": lambda users: self._neural(question.history, users)}
        if self.neighbours is not None:
            found["linear"] = lambda users: self._linear(question.history, users, self.recency)
        found["popular"] = lambda users: np.broadcast_to(self.popular, (len(users), len(self.popular)))
        return found

    def scorer(self, question: Question, order: Ordering) -> Scorer:
        """Of all items; those that are no candidates lie behind."""

        def scores(users: Ints) -> Floats:
            out = np.full((len(users), len(self.joint)), -np.inf, np.float32)
            for batch in self.batches(question.history, users):
                proposed = self.propose(question, users[batch])
                found = order(self.weighed(question.history, proposed).features())
                rows = np.repeat(batch, proposed.there.sum(1))
                out[rows, proposed.candidates[proposed.there]] = found[proposed.there]
            return out

        return scores


def _unions(tops: list[Ints]) -> tuple[Ints, np.ndarray]:
    """(B, C) each row's different candidates, and which of the C are some."""
    joined = np.sort(np.concatenate(tops, axis=1), axis=1)
    first = np.concatenate([np.ones((len(joined), 1), bool), joined[:, 1:] != joined[:, :-1]], axis=1)
    width = int(first.sum(1).max(initial=1))
    order = np.argsort(~first, axis=1, kind="stable")[:, :width]
    return np.take_along_axis(joined, order, axis=1), np.take_along_axis(first, order, axis=1)


def _latest(history: Ragged, users: Ints) -> tuple[Ints, np.ndarray]:
    """(B, LATEST) item rows, the newest first, and which of them there are."""
    places = history.offsets[users + 1][:, None] - 1 - np.arange(LATEST)[None, :]
    known = places >= history.offsets[users][:, None]
    values = history.values if len(history.values) else np.zeros(1, np.int64)
    return np.where(known, values[np.maximum(places, 0)], 0), known
