"""Toy catalogues whose right answers are known."""

from typing import Any

import numpy as np

from mmrec_app.training.config import TrainingConfig
from mmrec_app.training.data import Ragged, TrainingSet

SMALL: dict[str, Any] = {
    "dimension": 16, "heads": 1, "layers": 1, "history": 10, "dropout": 0.0, "modality_dropout": 0.1, "batch": 32,
    "pair_batch": 64, "epochs": 6, "patience": 100, "learning_rate": 1e-2, "linear_trials": 1,
}  # fmt: skip


def small(**changed: Any) -> TrainingConfig:
    return TrainingConfig(**(SMALL | changed))


def tastes(users: int = 160, items: int = 40, groups: int = 2, seed: int = 0, **given: Any) -> TrainingSet:
    """A checkerboard: user u likes the items i with i % groups == u % groups; two of the ten they met are held out."""
    rng = np.random.default_rng(seed)
    met = [rng.permutation(np.arange(user % groups, items, groups))[:10] for user in range(users)]
    return TrainingSet(
        items,
        Ragged.of([each[:8].tolist() for each in met]),
        Ragged.of([each[8:9].tolist() for each in met]),
        Ragged.of([each[9:].tolist() for each in met]),
        **given,
    )


def rings(users: int = 300, items: int = 24, length: int = 6, shuffled: bool = False, seed: int = 0) -> TrainingSet:
    """Half the users walk up a ring of items, half down it: only the order of what they met tells what comes next."""
    rng = np.random.default_rng(seed)
    walks = [(rng.integers(items) + (1 if user % 2 else -1) * np.arange(length + 1)) % items for user in range(users)]
    train = [rng.permutation(walk[:-1]) if shuffled else walk[:-1] for walk in walks]
    return TrainingSet(items, Ragged.of(train), Ragged.of([walk[-1:] for walk in walks]), Ragged.of([[]] * users))


def told(groups: np.ndarray, width: int = 8, noise: float = 0.1, seed: int = 1) -> np.ndarray:
    """Encoder outputs (N, width) in which items of one group are alike."""
    rng = np.random.default_rng(seed)
    centres = rng.standard_normal((int(groups.max()) + 1, width))
    return (centres[groups] + noise * rng.standard_normal((len(groups), width))).astype(np.float32)


def noise(items: int, width: int = 8, seed: int = 2) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((items, width)).astype(np.float32)
