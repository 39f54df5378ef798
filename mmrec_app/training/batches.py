"""Cuts histories into batches: windows of a user's past, pairs of neighbours in it, items to see twice."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from mmrec_app.training.config import TrainingConfig
from mmrec_app.training.content import popularity
from mmrec_app.training.data import Floats, Ints, Ragged, TrainingSet
from mmrec_app.training.model import Batch

PAIR_REACH = 3
"""Positions apart at which two items of a history still count as met together."""

EVENTS = 8192
"""Events that a batch holds on average, at most: of long histories it takes fewer."""

FEWEST_STEPS, SMALLEST = 40, 16
"""A small shop's epoch still has that many steps, of batches that are smaller than asked but not smaller than this."""


class Batches:
    """All windows of all histories once an epoch, shuffled by (seed, epoch); each of `world` processes takes its share.
    A history without an order is read in another one every epoch.

    Raises `ValueError` where no history has two events.
    """

    def __init__(self, data: TrainingSet, config: TrainingConfig, rank: int = 0, world: int = 1) -> None:
        self.data, self.config, self.rank, self.world = data, config, rank, world
        self.train = data.train
        self.owners = data.train.owners
        self.share = -(-config.pair_batch // world)
        if data.train.lengths.max(initial=0) < 2:
            raise ValueError("no user has two events in train, so there is no next one to learn; wait for more events.")
        chance = popularity(data).astype(np.float64)
        self.popularity = chance / chance.sum()

    def __len__(self) -> int:
        lengths = self.data.train.lengths
        windows = np.ceil(np.maximum(lengths[lengths >= 2] - 1, 1) / self.config.history).sum()
        long = int(lengths.sum()) // EVENTS
        return max(1, int(windows) // self.config.batch, long, min(FEWEST_STEPS, int(windows) // SMALLEST))

    def epoch(self, number: int) -> Iterator[Batch]:
        rng = np.random.default_rng([self.config.seed, number])
        self.train = self.data.train if self.data.ordered else self.data.train.shuffled(rng)
        ends, starts = self._windows(rng)
        for step, chosen in enumerate(self._alike(rng.permutation(len(ends)), ends - starts, rng)):
            mine = np.resize(chosen, max(len(chosen), self.world))[self.rank :: self.world]
            step_rng = np.random.default_rng([self.config.seed, number, step, self.rank])
            yield self._batch(starts[mine], ends[mine], step_rng)

    def _alike(self, order: Ints, lengths: Ints, rng: np.random.Generator) -> list[Ints]:
        """Batches of windows that are alike in length, in any order: little is padded, and who is in one is random."""
        batches = np.array_split(order[np.argsort(lengths[order], kind="stable")], len(self))
        return [batches[at] for at in rng.permutation(len(batches))]

    def _windows(self, rng: np.random.Generator) -> tuple[Ints, Ints]:
        """(ends, starts) so that every event but a user's first is a target; a long history is cut at another place
        each time, its latest events then being targets twice."""
        offsets = self.data.train.offsets
        ends, starts = [], []
        for begin, end in zip(offsets[:-1], offsets[1:], strict=True):
            if end - begin < 2:
                continue
            cut = end
            if end - begin > self.config.history + 1:
                cut = end - rng.integers(0, self.config.history) if rng.random() < 0.5 else end
                if cut != end:
                    ends.append(end)
                    starts.append(max(begin, end - self.config.history - 1))
            while cut - begin >= 2:
                ends.append(cut)
                starts.append(max(begin, cut - self.config.history - 1))
                cut = cut - self.config.history
        return np.array(ends), np.array(starts)

    def _batch(self, starts: Ints, ends: Ints, rng: np.random.Generator) -> Batch:
        longest = int((ends - starts).max())
        places = starts[:, None] + np.arange(longest)[None, :]
        inside = places < ends[:, None]
        places = np.minimum(places, len(self.train.values) - 1)
        items = np.where(inside, self.train.values[places], -1)
        kinds, days = self.train.column("kinds"), self.train.days
        return Batch(
            items=torch.from_numpy(items),
            kinds=torch.from_numpy(np.where(inside, kinds[places], 0).astype(np.int64)),
            days=None if days is None else torch.from_numpy(when(days[places], inside)),
            pairs=torch.from_numpy(self._pairs(rng)),
            again=torch.from_numpy(rng.integers(0, self.data.items, self.share)),
            negatives=torch.from_numpy(self._negatives(rng)),
        )

    def _pairs(self, rng: np.random.Generator) -> Ints:
        """(P, 2) items that one user met within `PAIR_REACH` of each other."""
        values = self.train.values
        if "together" not in self.config.pairings or len(values) < 2:
            return np.zeros((0, 2), np.int64)
        first = rng.integers(0, len(values) - 1, self.share)
        second = np.minimum(first + rng.integers(1, PAIR_REACH + 1, len(first)), len(values) - 1)
        same = (self.owners[first] == self.owners[second]) & (values[first] != values[second])
        return np.stack([values[first[same]], values[second[same]]], 1)

    def _negatives(self, rng: np.random.Generator) -> Ints:
        if self.config.negatives == 0 and self.data.items <= self.config.full_up_to:
            return np.zeros(0, np.int64)
        wanted = self.config.negatives or 8192
        return rng.choice(self.data.items, min(wanted, self.data.items), p=self.popularity)


@dataclass(frozen=True)
class Asked:
    """The last events of some users: `items`, `kinds`, `days` (B, L), oldest first, and `lengths` (B,); no days where
    none are known."""

    items: Ints
    kinds: Ints
    days: Floats | None
    lengths: Ints


def asked(history: Ragged, users: Ints, length: int) -> Asked:
    """At most `length` events a user; behind the end of a history stand zeros."""
    lengths = np.minimum(history.lengths[users], length)
    longest = max(int(lengths.max(initial=0)), 1)
    ends = history.offsets[users + 1]
    places = (ends - lengths)[:, None] + np.arange(longest)[None, :]
    inside = places < ends[:, None]
    places = np.minimum(places, max(len(history.values) - 1, 0))
    items, kinds = (np.where(inside, each[places], 0) for each in (history.values, history.column("kinds")))
    days = None if history.days is None else when(history.days[places], inside)
    return Asked(items.astype(np.int64), kinds.astype(np.int64), days, lengths)


def when(days: Floats, inside: NDArray[np.bool_]) -> Floats:
    return np.where(inside, days, 0).astype(np.float32)
