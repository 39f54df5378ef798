"""The linear model of this project, part by part: from EASE (Steck, WWW 2019) to content, recency and transitions."""

from collections.abc import Callable

from benchmarks.quality.models.model import Model, Scores, Settings, Space
from mmrec_app.training.data import TrainingSet
from mmrec_app.training.linear import LinearConfig, fit_linear

CODE = ("mmrec_app.training.linear",)
ALPHAS = {"text": (100.0, 30.0, 300.0)}
OTHER_ALPHAS = (10.0, 0.0, 100.0)


def fit(data: TrainingSet, settings: Settings, seed: int) -> Scores:
    """`alpha <modality>` weighs the Gram of every encoder of that modality."""
    content = {name: settings.get(f"alpha {modality}", 0.0) for name, modality in data.modalities.items()}
    rest = {name: value for name, value in settings.items() if not name.startswith("alpha ")}
    return fit_linear(data.train, data.items, LinearConfig(**rest, content=content), data.features).scores


WITHOUT_ORDER: Space = {"together": (1.0,), "transitions": (0.0,)}
PLAIN: Space = {**WITHOUT_ORDER, "recency": (None,)}


def ease_space(data: TrainingSet) -> Space:
    return {"ridge": (200.0, 100.0, 500.0, 50.0, 1000.0), **PLAIN}


def gram_space(data: TrainingSet) -> Space:
    return {**_alphas(data), "ridge": (200.0, 100.0, 500.0), **PLAIN}


def recency_space(data: TrainingSet) -> Space:
    return {"recency": (2.0, 5.0, 10.0), **_alphas(data), "ridge": (200.0, 500.0), **WITHOUT_ORDER}


def transitions_space(data: TrainingSet) -> Space:
    return {
        "recency": (2.0, 5.0),
        "past": (2.0, 5.0),
        "future": (1.0, 5.0),
        "ridge": (200.0, 500.0),
        "together": (0.3, 1.0),
        **_alphas(data),
        "transitions": (1.0,),
    }


def _alphas(data: TrainingSet) -> Space:
    names = sorted(set(data.modalities.values()), reverse=True)
    return {f"alpha {name}": ALPHAS.get(name, OTHER_ALPHAS) for name in names}


def _linear(name: str, space: Callable[[TrainingSet], Space], *needs: str) -> Model:
    return Model(name, fit, space, needs, code=CODE)


LINEAR = (
    _linear("ease", ease_space),
    _linear("ease+gram", gram_space, "content"),
    _linear("ease+gram+recency", recency_space, "content", "order"),
    _linear("ease+gram+transitions", transitions_space, "content", "order"),
)
