"""Finds the linear model's few weights on validation, one after the other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from mmrec_app.training.data import Ints, TrainingSet
from mmrec_app.training.linear import Linear, LinearConfig, fit_linear
from mmrec_app.training.metrics import rank

TRIED_UP_TO = 4_000
"""Items up to which a processor tries whole fits: each inverts a matrix of so many rows. A GPU tries them on all."""

RECENCIES = (1.0, 2.0, 5.0, 10.0, 20.0, None)
"""From the shortest memory to one without end. All are tried on the first model, and of every other one those next to
the best so far: they cost a scoring, no fit."""

ORDERED: tuple[Mapping[str, Any], ...] = (
    {"past": 5.0, "future": 5.0, "together": 1.0},
    {"ridge": 500.0},
    {"ridge": 100.0},
    {"denoise": 0.3},
    {"content": 0.3},
    {"content": 3.0},
    {"future": 2.0},
    {"transitions": 0.3},
)
UNORDERED: tuple[Mapping[str, Any], ...] = (
    {"ridge": 1000.0},
    {"ridge": 100.0},
    {"denoise": 0.3},
    {"denoise": 0.0},
    {"content": 0.3},
    {"content": 3.0},
)
"""Changes that are tried in turn and kept when validation gains; a content of 3 multiplies every α by three."""


def start(data: TrainingSet, alpha: float) -> LinearConfig:
    """Where the search begins: what served well on catalogues with and without an order of events."""
    content = {name: alpha for name in data.features}
    if data.ordered:
        return LinearConfig(content=content)
    return LinearConfig(together=1.0, transitions=0.0, ridge=300.0, denoise=0.5, recency=None, content=content)


def tune_linear(
    data: TrainingSet,
    base: LinearConfig,
    users: Ints,
    trials: int,
    device: str = "cpu",
    tell: Callable[[str], None] = lambda said: None,
) -> tuple[LinearConfig, Linear]:
    """The best of at most `trials` fits, by NDCG@10 + Recall@20 of `users` on the validation split, and its model, with
    the neighbours that are kept. A catalogue whose fits cost too much stays where the search begins, but for the
    recency."""
    if data.items > TRIED_UP_TO and not device.startswith("cuda"):
        trials = 1
    best, model, value = _try(data, base, users, device, RECENCIES)
    tell(f"linear {value:.4f} {best}")
    for change in (ORDERED if data.ordered else UNORDERED)[: trials - 1]:
        candidate = _changed(best, change)
        if candidate == best:
            continue
        found, fitted, reached = _try(data, candidate, users, device, _near(best.recency))
        tell(f"linear {reached:.4f} {dict(change)}")
        if reached > value:
            best, model, value = found, fitted, reached
    return best, model


def _changed(config: LinearConfig, change: Mapping[str, Any]) -> LinearConfig:
    if "content" in change:
        return replace(config, content={name: alpha * change["content"] for name, alpha in config.content.items()})
    return replace(config, **change)


def _near(recency: float | None) -> Sequence[float | None]:
    """It and its neighbours; one that is none of those tried has only itself."""
    if recency not in RECENCIES:
        return (recency,)
    place = RECENCIES.index(recency)
    return RECENCIES[max(place - 1, 0) : place + 2]


def _try(
    data: TrainingSet, config: LinearConfig, users: Ints, device: str, recencies: Sequence[float | None]
) -> tuple[LinearConfig, Linear, float]:
    # Truncated at once: that is what serves, and no two dense ones are held at a time.
    fitted = fit_linear(data.train, data.items, config, data.features, device).truncated(config.neighbours)
    question = data.asked("valid")
    best = (config, fitted, -1.0)
    for recency in recencies if data.ordered else (config.recency,):
        model = Linear(fitted.weights, recency)
        found = rank(partial(model.scores, question.history), question, data.items, users=users)
        value = found.ndcg(10) + found.recall(20)
        if value > best[2]:
            best = (replace(config, recency=recency), model, value)
    return best
