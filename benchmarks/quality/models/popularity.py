"""What most have met, in all histories at hand."""

import numpy as np

from benchmarks.quality.models.model import Model, Scores, Settings, nothing_to_try
from mmrec_app.training.data import Floats, Ints, Ragged, TrainingSet


def fit(data: TrainingSet, settings: Settings, seed: int) -> Scores:
    def scores(history: Ragged, users: Ints) -> Floats:
        counts = np.bincount(history.values, minlength=data.items).astype(np.float32)
        return np.tile(counts, (len(users), 1))

    return scores


POPULARITY = Model("popularity", fit, nothing_to_try)
