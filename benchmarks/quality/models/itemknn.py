"""Item neighbours by cosine over users, shrunk where few support it (Sarwar et al., WWW 2001; shrinkage as in Bell and
Koren, 2007)."""

import numpy as np
import scipy.sparse as sp

from benchmarks.quality.models.model import Model, Scores, Settings, Space
from mmrec_app.training.data import TrainingSet
from mmrec_app.training.linear import recency_rows

BLOCK = 1024


def fit(data: TrainingSet, settings: Settings, seed: int) -> Scores:
    met = data.train.matrix(data.items)
    lengths = np.sqrt(np.asarray(met.sum(axis=0)).ravel())
    blocks = []
    for start in range(0, data.items, BLOCK):
        together = (met[:, start : start + BLOCK].T @ met).toarray()  # (b, N)
        alike = together / (lengths[start : start + BLOCK, None] * lengths + settings["shrink"] + 1e-9)
        alike[np.arange(len(alike)), start + np.arange(len(alike))] = 0
        blocks.append(_nearest(alike, min(settings["neighbours"], data.items - 1)))
    weights = sp.vstack(blocks, format="csr")  # row i: the k items nearest to i, which a history with i speaks for
    return lambda history, users: (recency_rows(history, users, data.items, None) @ weights).toarray()


def _nearest(alike: np.ndarray, k: int) -> sp.csr_matrix:
    top = np.argpartition(-alike, k - 1, axis=1)[:, :k]
    values = np.take_along_axis(alike, top, axis=1)
    rows = np.repeat(np.arange(len(alike)), k)
    return sp.csr_matrix((values.ravel(), (rows, top.ravel())), shape=alike.shape)


def space(data: TrainingSet) -> Space:
    return {"neighbours": (100, 300, 50, 20), "shrink": (10.0, 0.0, 50.0, 200.0)}


ITEMKNN = Model("itemknn", fit, space, code=("mmrec_app.training.linear",))
