"""Short trainings on a part of the data, with a technique and without it: what the comparing figures are drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from mmrec_app.figures.charts import Curve
from mmrec_app.training.batches import Batches
from mmrec_app.training.checkpoint import State
from mmrec_app.training.config import TrainingConfig
from mmrec_app.training.data import Floats, Ints, Ragged, TrainingSet
from mmrec_app.training.loop import Run, silent
from mmrec_app.training.losses import Temperature
from mmrec_app.training.metrics import Scorer, rank
from mmrec_app.training.model import Recommender
from mmrec_app.training.processes import Process
from mmrec_app.training.scoring import neural_scores, validation_users

USERS, EPOCHS, BATCH = 1500, 10, 128
REGULARISATION: dict[str, Any] = {"dropout": 0.0, "modality_dropout": 0.0, "weight_decay": 0.0, "l1": 0.0}
"""What is left out without it."""
FIXED = Temperature().tau
"""The temperature where it is not learned: where a learned one begins."""
KEPT = 50_000
"""Weights that a distribution is drawn from, at most."""


@dataclass(frozen=True)
class Trial:
    curve: Curve
    measures: dict[str, float]
    """After the last epoch, on validation items."""
    projections: Floats
    """Weights of the item tower's projections."""
    joint: Floats
    """(N, D), the items' vectors."""
    temperature: float
    """Of the next item."""


def sampled(data: TrainingSet, most: int = USERS) -> TrainingSet:
    """The same catalogue with `most` of its users, drawn at random but always alike."""
    if data.users <= most:
        return data
    users = np.sort(np.random.default_rng(0).choice(data.users, most, replace=False))
    parts: dict[str, Any] = {name: _of(getattr(data, name), users) for name in ("train", "valid", "test")}
    return replace(data, **parts)


def _of(given: Ragged, users: Ints) -> Ragged:
    mine = np.isin(given.owners, users)
    owners = np.searchsorted(users, given.owners[mine])
    kinds = None if given.kinds is None else given.kinds[mine]
    days = None if given.days is None else given.days[mine]
    return Ragged.grouped(owners, given.values[mine], len(users), kinds, days)


def trial(data: TrainingSet, config: TrainingConfig, device: str = "auto") -> Trial:
    """A training of `EPOCHS` epochs, all of them, that leaves nothing on disk."""
    config = replace(config, epochs=EPOCHS, batch=BATCH, pair_batch=min(config.pair_batch, 2 * BATCH))
    process = Process.current(device)
    torch.manual_seed(config.seed)
    model = Recommender(data, config).to(process.device)
    run, state, valid = Run(model, Batches(data, config), config, process), State(), []
    for _ in range(config.epochs):
        run.epoch(state, silent)
        valid.append(held_out_loss(model, data))
    train = [entry["losses"]["user_next"] for entry in state.log]
    question = data.asked("valid")
    found = rank(neural_scores(model, question.history), question, data.items, users=validation_users(data, USERS))
    measures = {"recall@10": found.recall(10), "recall@20": found.recall(20), "ndcg@10": found.ndcg(10)}
    projections = some([weight.detach() for weight in model.items.sparse_weights])
    joint = model.item_vectors()[0].float().cpu().numpy()
    return Trial(Curve(train, valid), measures, projections, joint, model.temperatures["user_next"].tau)


def held_out_loss(model: Recommender, data: TrainingSet) -> float:
    """The training's own loss of the next item (Eq. 3), on the items held out for validation."""
    question, users = data.asked("valid"), validation_users(data, USERS)
    met = np.bincount(data.train.values, minlength=data.items) > 0
    met[question.targets.values] = True
    scorer, scale = neural_scores(model, question.history), 1 / model.temperatures["user_next"].tau
    found = [
        _losses(scorer, part, question.targets, met, scale) for part in np.array_split(users, -(-len(users) // 256))
    ]
    return float(np.concatenate(found).mean())


def _losses(scorer: Scorer, users: Ints, targets: Ragged, candidates: NDArray[np.bool_], scale: float) -> Floats:
    logits = torch.from_numpy(np.where(candidates, scorer(users) * scale, -np.inf))
    chances = logits.log_softmax(1).numpy()
    return np.array([-chances[row, targets[user]].mean() for row, user in enumerate(users)], np.float32)


def some(weights: Sequence[Tensor]) -> Floats:
    """At most `KEPT` of all of them, drawn at random; empty where there are none."""
    flat = np.concatenate([np.zeros(0, np.float32), *(each.float().cpu().numpy().ravel() for each in weights)])
    return np.random.default_rng(0).choice(flat, KEPT, replace=False) if len(flat) > KEPT else flat
