"""This project's model, whole and with one part taken away at a time."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.quality.models.model import Model, Scores, Settings, Space
from mmrec_app.training.config import PAIRINGS, TrainingConfig
from mmrec_app.training.data import Floats, Ints, Question, Ragged, TrainingSet
from mmrec_app.training.fit import learn
from mmrec_app.training.loop import Progress, silent, train
from mmrec_app.training.scoring import neural_scores

CODE = tuple(
    f"mmrec_app.training.{name}"
    for name in (
        "batches",
        "blending",
        "config",
        "content",
        "data",
        "dropout",
        "fit",
        "fusion",
        "linear",
        "losses",
        "loop",
        "model",
        "processes",
        "ranker",
        "ranking",
        "scoring",
        "signals",
        "sparse",
        "towers",
        "tuning",
    )
)

DEFAULT = TrainingConfig().pairings


def without(pairing: str) -> dict[str, float]:
    return {name: weight for name, weight in DEFAULT.items() if name != pairing}


VARIANTS: Mapping[str, Mapping[str, Any]] = {
    "mmrec": {},
    "mmrec-text": {"modality": "text"},
    "mmrec-image": {"modality": "image"},
    "mmrec-concat": {"fusion": "concat"},
    "mmrec-multiplicative": {"fusion": "multiplicative"},
    "mmrec-fixed-temperature": {"temperature": 0.07},
    "mmrec-no-augmentation": {"augmentation": False},
    "mmrec-no-behaviour": {"behaviour": False},
    "mmrec-no-linear": {"linear_trials": 0},
    **{f"mmrec-no-{name.replace('_', '-')}": {"pairings": without(name)} for name in PAIRINGS if name != "user_next"},
}
"""What differs from the whole. The pairing of user and next item cannot be taken away: nothing else makes a user."""

NEEDS: Mapping[str, tuple[str, ...]] = {
    "mmrec-text": ("text", "image"),
    "mmrec-image": ("text", "image"),
    "mmrec-concat": ("content",),
    "mmrec-multiplicative": ("content",),
    "mmrec-no-augmentation": ("views",),
    "mmrec-no-behaviour": ("content",),
    "mmrec-no-views": ("views",),
    "mmrec-no-text-image": ("text", "image"),
}
"""Without these a variant is the whole again, or nothing is left of it."""

LONG: Mapping[str, Any] = {
    "history": 200, "dropout": 0.2, "modality_dropout": 0.1, "epochs": 24, "learning_rate": 2e-3
}  # fmt: skip
"""Of sets whose users have long histories, as `sasrec` has it."""

TEMPERATURES = (0.07, 0.05, 0.1, 0.15)
"""The grid of `mmrec-fixed-temperature`."""


def fit(data: TrainingSet, settings: Settings, seed: int) -> Scores:
    with tempfile.TemporaryDirectory() as folder:
        return fit_in(data, settings, seed, Path(folder))


def fit_in(data: TrainingSet, settings: Settings, seed: int, folder: Path, progress: Progress = silent) -> Scores:
    """`modality` keeps only the encoders of one, `towers` ranks by the cosines of the two towers alone; every other
    setting is `TrainingConfig`'s."""
    given = dict(settings)
    data = only(data, given.pop("modality", None))
    towers = given.pop("towers", False)
    config = TrainingConfig.from_dict({**given, "seed": seed})
    if towers:
        model, _ = train(data, config, folder, progress)
        return lambda history, users: neural_scores(model, history)(users)
    fitted = learn(data, config, folder, progress)

    def scores(history: Ragged, users: Ints) -> Floats:
        return fitted.scorer(Question(history, history, history))(users)

    return scores


def only(data: TrainingSet, modality: str | None) -> TrainingSet:
    if modality is None:
        return data
    kept = {name: rows for name, rows in data.features.items() if data.modalities.get(name) == modality}
    views = {name: rows for name, rows in data.views.items() if name in kept}
    return replace(data, features=kept, views=views)


def space_of(name: str) -> Any:
    def space(data: TrainingSet) -> Space:
        long = LONG if data.train.lengths.mean() >= 50 else {}
        fixed: Space = {key: (value,) for key, value in {**long, **VARIANTS[name]}.items()}
        if name == "mmrec-fixed-temperature":
            fixed["temperature"] = TEMPERATURES
        return fixed

    return space


OURS = tuple(
    Model(name, fit, space_of(name), NEEDS.get(name, ()), seeded=True, code=CODE, fit_in=fit_in) for name in VARIANTS
)
