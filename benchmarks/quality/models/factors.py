"""Matrix factorisation by the package `implicit`: iALS (Hu, Koren and Volinsky, ICDM 2008) and BPR (Rendle et al., UAI
2009)."""

import numpy as np
from implicit.cpu.als import AlternatingLeastSquares
from implicit.cpu.bpr import BayesianPersonalizedRanking
from threadpoolctl import threadpool_limits

from benchmarks.quality.models.model import Model, Scores, Settings, Space
from mmrec_app.training.data import Floats, Ints, Ragged, TrainingSet
from mmrec_app.training.linear import recency_rows


def fit_ials(data: TrainingSet, settings: Settings, seed: int) -> Scores:
    """A user's factors are solved again from the history at hand."""
    with threadpool_limits(1, "blas"):  # the package's own threads do the work
        model = AlternatingLeastSquares(**settings, random_state=seed)
        model.fit(data.train.matrix(data.items), show_progress=False)

    def scores(history: Ragged, users: Ints) -> Floats:
        met = recency_rows(history, users, data.items, None)
        with threadpool_limits(1, "blas"):
            factors = model.recalculate_user(users, met)
        return factors @ model.item_factors.T

    return scores


def fit_bpr(data: TrainingSet, settings: Settings, seed: int) -> Scores:
    """One thread, as several make every run another. There is no way to fold a new history in."""
    model = BayesianPersonalizedRanking(**settings, random_state=seed, num_threads=1)
    with threadpool_limits(1, "blas"):
        model.fit(data.train.matrix(data.items), show_progress=False)
    users_known, items_known = np.array(model.user_factors), np.array(model.item_factors)
    return lambda history, users: users_known[users] @ items_known.T


def ials_space(data: TrainingSet) -> Space:
    return {
        "regularization": (5.0, 0.5, 20.0, 100.0),
        "alpha": (5.0, 1.0, 20.0),
        "factors": (128, 64, 256),
        "iterations": (15,),
    }


def bpr_space(data: TrainingSet) -> Space:
    return {
        "iterations": (100, 50, 300),
        "regularization": (0.01, 0.001, 0.05),
        "learning_rate": (0.05, 0.02, 0.1),
        "factors": (128, 64),
    }


IALS = Model("ials", fit_ials, ials_space, seeded=True)
BPR = Model("bpr", fit_bpr, bpr_space, seeded=True)
