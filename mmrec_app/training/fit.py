"""One whole training: the contrastive attention model, the linear model, and how their lists are put in order; written
as artefacts.

What the artefacts hold is what is served: `Fitted.scorer` ranks with the truncated neighbours that a shop's database
gets, so what is evaluated here is what a visitor sees.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
import torch
from safetensors.numpy import load_file, save_file
from torch import Tensor

from mmrec_app.training.blending import ASKED, goes_with
from mmrec_app.training.checkpoint import write_json
from mmrec_app.training.config import TrainingConfig
from mmrec_app.training.content import popularity
from mmrec_app.training.data import Floats, Ints, Question, Ragged, TrainingSet
from mmrec_app.training.export import ranker_onnx, user_tower_onnx
from mmrec_app.training.linear import Linear, LinearConfig, fit_linear
from mmrec_app.training.loop import Progress, silent, train
from mmrec_app.training.metrics import Ranking, Scorer, rank
from mmrec_app.training.model import Recommender
from mmrec_app.training.ranker import Ranker, fit_ranker
from mmrec_app.training.ranking import Space
from mmrec_app.training.scoring import interests_of, some, validation_users
from mmrec_app.training.tuning import start, tune_linear

VECTORS = "vectors.safetensors"
NEIGHBOURS = "neighbours.safetensors"
USER_TOWER = "user_tower.onnx"
RANKER = "ranker.onnx"
ITEM_TOWER = "item_tower.safetensors"
REPORT = "report.json"

RANKED_USERS = 25_000
"""At most so many validation lists teach their order."""


@dataclass(frozen=True)
class Fitted:
    model: Recommender
    linear: Linear | None
    space: Space
    ranker: Ranker
    report: Mapping[str, Any]

    def scorer(self, question: Question) -> Scorer:
        return self.space.scorer(question, self.ranker.order)

    def ranking(self, question: Question, users: Ints | None = None) -> Ranking:
        return rank(self.scorer(question), question, len(self.space.joint), users=users)


def fit(
    data: TrainingSet, config: TrainingConfig, folder: Path, progress: Progress = silent, device: str = "auto"
) -> Fitted:
    """Trains in `folder` (resumed after a kill), then writes the artefacts named above beside it."""
    fitted = learn(data, config, folder, progress, device)
    progress({"stage": "writing"})
    fitted = replace(fitted, report={**fitted.report, **judged(fitted, data)})
    write(fitted, folder)
    return fitted


def learn(
    data: TrainingSet, config: TrainingConfig, folder: Path, progress: Progress = silent, device: str = "auto"
) -> Fitted:
    """What `fit` does but for the judgement and the artefacts: all that somebody needs who judges otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / "config.json", config.to_dict())
    model, state = train(data, config, folder, progress, device)
    progress({"stage": "linear"})
    users = validation_users(data, config.validation_users)
    linear_config, linear = _linear(data, config, users, str(next(model.parameters()).device))
    progress({"stage": "ranking"})
    space = space_of(model, linear, popular_signal(data))
    question = data.asked("valid")
    sharpness = 1 / model.temperatures.taus()["user_next"]
    users = some(question.users, RANKED_USERS)
    ranker = fit_ranker(space, question, users, sharpness, config.seed, data.unmet)
    report = {
        "config": config.to_dict(),
        "linear": vars(linear_config) if linear_config else None,
        "blend": {"for_you": ranker.weights, "goes_with": goes_with(space, question, some(question.users, ASKED))},
        "log": state.log,
        "best_epoch": state.best_epoch,
        "slots": model.slots,
        "encoders": {name: data.features[name].shape[1] for name in data.features},
        "kinds": list(data.kind_names),
        "temperatures": model.temperatures.taus(),
    }
    return Fitted(model, linear, space, ranker, report)


def judged(fitted: Fitted, data: TrainingSet) -> dict[str, Any]:
    """Validation NDCG@10 of each signal alone, and the measures of whole lists by split."""
    question = data.asked("valid")
    users = validation_users(data, fitted.model.config.validation_users)
    alone = {
        name: round(rank(source, question, data.items, users=users).ndcg(10), 5)
        for name, source in fitted.space.signals(question).items()
    }
    splits = [name for name in ("valid", "test") if len(data.asked(name).users)]
    return {"alone": alone, "metrics": {name: measures(fitted, data, name) for name in splits}}


def _linear(
    data: TrainingSet, config: TrainingConfig, users: Ints, device: str
) -> tuple[LinearConfig | None, Linear | None]:
    if config.linear_trials == 0:
        return None, None
    base = config.linear or start(data, config.content_weight)
    if config.linear_trials > 1 and len(users):
        return tune_linear(data, base, users, config.linear_trials, device)
    return base, fit_linear(data.train, data.items, base, data.features, device).truncated(base.neighbours)


def space_of(model: Recommender, linear: Linear | None, popular: Floats) -> Space:
    """A model as what lists are made from."""
    joint, _ = model.item_vectors()
    content, _ = model.item_vectors(behaviour=False)

    def interests(history: Ragged, users: Ints) -> Floats:
        return interests_of(model, joint, history, users).cpu().numpy()

    neighbours = None if linear is None else sp.csr_matrix(linear.weights)
    return Space(_array(joint), _array(content), popular, neighbours, linear.recency if linear else None, interests)


def popular_signal(data: TrainingSet) -> Floats:
    counted = np.log(popularity(data))
    return ((counted - counted.min()) / max(float(np.ptp(counted)), 1e-9)).astype(np.float32)


def measures(fitted: Fitted, data: TrainingSet, split: str) -> dict[str, float]:
    """Of users with an item held out in that split, `validation_users` at most."""
    question = data.asked(split)
    ranking = fitted.ranking(question, some(question.users, fitted.model.config.validation_users))
    found = {f"recall@{k}": ranking.recall(k) for k in (10, 20)} | {f"ndcg@{k}": ranking.ndcg(k) for k in (10, 20)}
    found |= {
        "coverage@20": ranking.coverage(20),
        "cold_recall@20": ranking.among(data.unmet, 20),
        "users": len(ranking.users),
    }
    return {name: round(value, 5) for name, value in found.items() if value == value}


@torch.no_grad()
def write(fitted: Fitted, folder: Path) -> None:
    """Every artefact; the report, which says that all are there, last."""
    _, weights = fitted.model.item_vectors()
    arrays = {"joint": fitted.space.joint, "content": fitted.space.content, "weights": _array(weights)}
    save_file(arrays, folder / VECTORS)
    if fitted.linear is not None:
        ids, values = fitted.linear.neighbours(fitted.report["linear"]["neighbours"])
        save_file({"ids": ids, "weights": values}, folder / NEIGHBOURS)
    save_file({name: _array(rows) for name, rows in fitted.model.items.state_dict().items()}, folder / ITEM_TOWER)
    (folder / USER_TOWER).write_bytes(user_tower_onnx(fitted.model))
    (folder / RANKER).write_bytes(ranker_onnx(fitted.ranker))
    write_json(folder / REPORT, fitted.report)


def _array(rows: Tensor) -> np.ndarray:
    return rows.float().cpu().contiguous().numpy()


def read_vectors(folder: Path) -> dict[str, Floats]:
    """`joint` and `content` (N, D), `weights` (N, slots)."""
    return load_file(folder / VECTORS)
