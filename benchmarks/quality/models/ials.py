"""iALS (Hu, Koren and Volinsky, ICDM 2008) by the package `implicit`."""

from implicit.cpu.als import AlternatingLeastSquares
from threadpoolctl import threadpool_limits

from benchmarks.quality.models.model import Model, Scores, Settings, Space
from mmrec_app.training.data import Floats, Ints, Ragged, TrainingSet
from mmrec_app.training.linear import recency_rows


def fit(data: TrainingSet, settings: Settings, seed: int) -> Scores:
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


def space(data: TrainingSet) -> Space:
    return {
        "regularization": (100.0, 20.0, 300.0, 5.0),
        "alpha": (20.0, 5.0, 50.0),
        "factors": (128, 64, 256),
        "iterations": (15,),
    }


IALS = Model("ials", fit, space, seeded=True)
