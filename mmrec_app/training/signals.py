"""What is known of a list's candidates before they are put in order: numpy alone, for web processes read it too.

The same arrays are made from a training's tensors and from a shop's database, so what is evaluated is what is served.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

LATEST = 10
"""Events of a history that candidates are compared with one by one."""
PROPOSED = 200
"""Candidates of each signal."""
LASTING = 25.0
"""Decay of the second look at a history, in events: what a visitor likes, rather than what they are after."""
QUARTERS = 96
"""Of an hour, in a day: what times are counted in."""
DECAY = 2.0
"""Of the mean of the latest contents, in events."""

SIGNALS = ("neural", "content", "linear", "popular")
"""What lists by weights add up."""
GOES_WITH = {"neural": 0.5, "linear": 1.0}
"""Weights by which a list of what goes with a product adds up its signals, until a training has learned others."""


def weights(count: int) -> Floats:
    """(count,) of the latest events in a mean of them, the newest first."""
    return np.exp(-np.arange(count) / DECAY).astype(np.float32)


def mean_of(latest: Floats, known: NDArray[np.bool_]) -> Floats:
    """`latest` (B, H, D), the newest first, `known` (B, H) -> (B, D) unit rows; zeros where nothing is known."""
    total = (latest * (weights(latest.shape[1]) * known)[:, :, None]).sum(1)
    return total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9)


@dataclass(frozen=True)
class Signals:
    """Of B visitors and their C candidates, arrays (B, C); those behind a visitor's own candidates count for nothing.

    `linear` and `slow` are sums of neighbour weights over the history, by its recency and by a slower one; `last` and
    `near` the weight from the latest event and the greatest from any of the latest. `neural` is the greatest cosine of
    an interest; the others are cosines with the latest event, with the nearest of the latest, and with their mean.
    """

    there: NDArray[np.bool_]
    linear: Floats
    slow: Floats
    last: Floats
    near: Floats
    neural: Floats
    joint_last: Floats
    joint_near: Floats
    content_last: Floats
    content_near: Floats
    content_mean: Floats
    popular: Floats
    length: Floats
    """(B,) events of the history."""
    popular_last: Floats
    """(B,) popularity of the latest event's item."""
    idle: Floats
    """(B,) days since the latest event: after some of them a visitor has come for something else."""

    def features(self) -> Floats:
        """(B, C, F): what a ranker reads."""
        linear, neural = np.maximum(self.linear, 0), self.neural
        best = np.where(self.there, linear, 0).max(1, keepdims=True)
        nearest = np.where(self.there, neural, -1).max(1, keepdims=True)
        shape = linear.shape
        columns = [
            linear / (best + 1e-6),
            neural - nearest,
            self.popular,
            *(np.sqrt(np.maximum(each, 0)) for each in (linear, self.slow, self.last, self.near)),
            np.log(linear + 1e-4),
            neural,
            self.joint_last,
            self.joint_near,
            self.content_last,
            self.content_near,
            self.content_mean,
            np.log1p(_ranks(linear, self.there)),
            np.log1p(_ranks(neural, self.there)),
            np.broadcast_to(np.sqrt(best), shape),
            np.broadcast_to(nearest, shape),
            np.broadcast_to(np.log1p(self.length)[:, None], shape),
            np.broadcast_to(self.popular_last[:, None], shape),
            np.broadcast_to(np.log1p(QUARTERS * self.idle)[:, None], shape),
        ]
        return np.stack(columns, axis=2).astype(np.float32)


FEATURES = 21
LINEAR, NEURAL, POPULAR = 0, 1, 2
"""Columns of what a list begins with: linear score as a share of the list's greatest, cosine below the list's greatest,
and popularity."""


def _ranks(values: Floats, there: NDArray[np.bool_]) -> Floats:
    """(B, C) -> place of each among its row's, the greatest first: 0, 1, 2…"""
    order = np.argsort(-np.where(there, values, -np.inf), axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(values.shape[1])[None, :], axis=1)
    return ranks.astype(np.float32)


def cosines(latest: Floats, known: NDArray[np.bool_], candidates: Floats) -> Any:
    """`latest` (B, H, D), the newest first, `known` (B, H); `candidates` (B, C, D) -> cosines (B, C) with the newest,
    with the nearest, and with their mean weighted by recency."""
    each = np.matmul(candidates, latest.transpose(0, 2, 1))  # (B, C, H)
    each = np.where(known[:, None, :], each, -1)
    shares = weights(latest.shape[1]) * known  # (B, H)
    total = np.maximum(shares.sum(1, keepdims=True), 1e-6)
    mean = (np.where(known[:, None, :], each, 0) * shares[:, None, :]).sum(2) / total
    return each[:, :, 0], each.max(2), mean
