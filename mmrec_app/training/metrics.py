"""Full-ranking measures: every item is a candidate but those the user has already met."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from mmrec_app.training.data import Floats, Ints, Question

Scorer = Callable[[Ints], Floats]
"""User rows (B,) -> scores (B, N) of all items."""

BATCH = 512


@dataclass(frozen=True)
class Ranking:
    """The best `top` (U, K) of the asked `users`, with what they should have been."""

    users: Ints
    top: Ints
    question: Question
    items: int

    def recall(self, k: int) -> float:
        return float(np.mean(self.recalls(k))) if len(self.users) else 0.0

    def recalls(self, k: int) -> np.ndarray:
        """Share of a user's held-out items among the first k, one a user."""
        hits = self._hits(k).sum(1)
        return hits / np.maximum(self.question.targets.lengths[self.users], 1)

    def ndcg(self, k: int) -> float:
        return float(np.mean(self.ndcgs(k))) if len(self.users) else 0.0

    def ndcgs(self, k: int) -> np.ndarray:
        """Binary gains, discounted by log2(rank + 1), over the best possible, one a user."""
        discount = 1 / np.log2(np.arange(2, k + 2))
        best = np.concatenate([[0], np.cumsum(discount)])
        ideal = best[np.minimum(self.question.targets.lengths[self.users], k)]
        hits = self._hits(k)  # narrower than k where the catalogue is
        return (hits * discount[: hits.shape[1]]).sum(1) / np.maximum(ideal, 1e-9)

    def coverage(self, k: int) -> float:
        """Share of the catalogue that is in anybody's first k."""
        return len(np.unique(self.top[:, :k])) / self.items

    def among(self, wanted: Ints, k: int) -> float:
        """Recall of those held-out items that are in `wanted` (cold ones, say), ranked among all."""
        inside = np.zeros(self.items, bool)
        inside[wanted] = True
        hits, total = 0, 0
        for row, user in enumerate(self.users):
            targets = self.question.targets[user]
            targets = targets[inside[targets]]
            hits += int(np.isin(targets, self.top[row, :k]).sum())
            total += len(targets)
        return hits / total if total else float("nan")

    def _hits(self, k: int) -> np.ndarray:
        """(U, k): whether the item at that rank was held out."""
        targets = self.question.targets
        wanted = targets.owners * self.items + targets.values
        return np.isin(self.users[:, None] * self.items + self.top[:, :k], wanted)


def rank(scorer: Scorer, question: Question, items: int, k: int = 20, users: Ints | None = None) -> Ranking:
    """Asks for everybody with a held-out item (or `users` of them), a batch at a time."""
    asked = question.users if users is None else users
    k = min(k, items)
    top = np.empty((len(asked), k), np.int64)
    for start in range(0, len(asked), BATCH):
        batch = asked[start : start + BATCH]
        scores = np.array(scorer(batch), np.float32)
        for row, user in enumerate(batch):
            scores[row, question.seen[user]] = -np.inf
        top[start : start + len(batch)] = best(scores, k)
    return Ranking(asked, top, question, items)


def best(scores: Floats, k: int) -> Ints:
    """(B, N) -> columns of the k greatest of each row, greatest first."""
    return torch.from_numpy(np.ascontiguousarray(scores)).topk(k, dim=1).indices.numpy()
