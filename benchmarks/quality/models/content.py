"""Items whose texts and pictures are like those of the history: no behaviour at all."""

import numpy as np

from benchmarks.quality.models.model import Model, Scores, Settings, Space
from mmrec_app.training.data import Floats, Ints, Ragged, TrainingSet, centred
from mmrec_app.training.linear import recency_rows


def fit(data: TrainingSet, settings: Settings, seed: int) -> Scores:
    """Sum over modalities, each with its weight, of the cosine to the mean vector of the history."""
    spaces = [(settings[modality], centred(data.features[name])) for name, modality in data.modalities.items()]

    def scores(history: Ragged, users: Ints) -> Floats:
        rows = recency_rows(history, users, data.items, settings["recency"])
        return sum(weight * _unit(rows @ vectors) @ vectors.T for weight, vectors in spaces)

    return scores


def _unit(rows: Floats) -> Floats:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def space(data: TrainingSet) -> Space:
    weights = {name: (1.0,) if name == "text" else (1.0, 0.3, 3.0) for name in sorted(set(data.modalities.values()))}
    return {"recency": (2.0, 0.5, 5.0, 20.0) if data.ordered else (None,), **weights}


CONTENT = Model("content", fit, space, ("content",), code=("mmrec_app.training.linear",))
