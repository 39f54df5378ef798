"""Every model on a checkerboard of two tastes, on which popularity is blind."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.quality.features import features
from benchmarks.quality.models import MODELS
from benchmarks.quality.models.model import Model
from benchmarks.quality.models.ours import VARIANTS
from benchmarks.quality.reading import read_record
from benchmarks.quality.splitting import Cut, training_set
from mmrec_app.training.data import Ragged, TrainingSet
from mmrec_app.training.metrics import rank
from tests.benchmarks.folders import checkerboard

SHORT = {
    "sasrec": {"epochs": 25, "dropout": 0.1, "dim": 16, "rate": 0.01},
    "bpr": {"epochs": 30, "dim": 8, "rate": 0.05},
    "vbpr": {"epochs": 30, "dim": 8, "rate": 0.05},
    "itemknn": {"neighbours": 8},
    "mmrec": {"dimension": 16, "epochs": 15, "batch": 8, "linear_trials": 1, "learning_rate": 0.01},
    "ease": {"ridge": 5.0},
    "ease+gram": {"ridge": 5.0, "alpha text": 1.0},
}


ONES = [
    pytest.param(name, marks=pytest.mark.slow) if name == "mmrec" else name
    for name in MODELS
    if name == "mmrec" or name not in VARIANTS
]
"""Our variants are one function, looked at apart."""


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> TrainingSet:
    folder = checkerboard(tmp_path_factory.mktemp("set"))
    record = read_record(folder)
    given = features(folder, record.items)
    return replace(training_set(record, Cut()), features=given.plain, modalities=given.modalities)


def recall(model: Model, data: TrainingSet, k: int = 4, seed: int = 0) -> float:
    settings = {name: values[0] for name, values in model.space(data).items()} | SHORT.get(model.name, {})
    scores = model.fit(data, settings, seed)
    question = data.asked("test")
    return rank(lambda users: scores(question.history, users), question, data.items, k).recall(k)


@pytest.mark.parametrize("name", [name for name in ONES if name != "popularity"])
def test_every_model_tells_the_tastes_apart(data, name):
    """Three unmet items of a user's taste are left, so a model that knows tastes finds each among four."""
    assert recall(MODELS[name], data) > 0.9 > 0.5 > recall(MODELS["popularity"], data)


@pytest.mark.parametrize("name", [name for name in ONES if not isinstance(name, str) or MODELS[name].seeded])
def test_a_seed_makes_a_run_repeatable(data, name):
    model = MODELS[name]
    settings = {each: values[0] for each, values in model.space(data).items()} | SHORT.get(name, {})
    users = np.arange(5)
    one, same, other = (model.fit(data, settings, seed)(data.train, users) for seed in (1, 1, 2))
    np.testing.assert_allclose(one, same, rtol=1e-4, atol=1e-4)
    assert not np.allclose(one, other, rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("name", ONES)
def test_a_user_without_a_history_gets_finite_scores(data, name):
    empty = replace(data, train=data.train.grouped(np.array([1]), np.array([0]), data.users))
    model = MODELS[name]
    settings = {each: values[0] for each, values in model.space(data).items()} | SHORT.get(name, {})
    found = model.fit(data, settings, 0)(empty.train, np.array([0, 1]))
    assert answers(found, empty.train, 2, data.items)


def test_what_a_set_lacks_keeps_a_model_out(data):
    bare = replace(data, ordered=False, features={}, modalities={})
    out = {name for name, model in MODELS.items() if model.lacking(bare)}
    peers = {"vbpr", "sasrec", "ease+gram", "ease+gram+recency", "ease+gram+transitions", "content"}
    ours = {"mmrec", "mmrec-fixed-temperature", "mmrec-no-linear", "mmrec-no-together"}
    assert out == peers | set(VARIANTS) - ours
    assert MODELS["ease+gram+recency"].lacking(bare) == "content, order"


def test_a_variant_that_would_be_the_whole_again_is_left_out(data):
    out = {name: model.lacking(data) for name, model in MODELS.items() if model.lacking(data)}
    two = {"mmrec-text": "image", "mmrec-image": "image", "mmrec-no-text-image": "image"}
    assert out == two | {"mmrec-no-views": "views", "mmrec-no-augmentation": "views"}
    seen = {**data.features, "pictures": np.ones((data.items, 2), np.float32)}
    both = replace(data, features=seen, modalities={**data.modalities, "pictures": "image"})
    both = replace(both, views={"pictures": seen["pictures"][None]})
    assert not [name for name, model in MODELS.items() if model.lacking(both)]
    empty = replace(both, features={**seen, "pictures": np.full((data.items, 2), np.nan, np.float32)})
    assert MODELS["mmrec-image"].lacking(empty) == "image"  # an archive without a picture of any item


def test_the_docs_count_the_peers():
    assert "with eleven others" in (Path(__file__).resolve().parents[2] / "docs" / "training.md").read_text()
    assert len(set(MODELS) - set(VARIANTS)) == 11


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in VARIANTS if name != "mmrec"])
def test_a_variant_lacks_its_part_and_still_answers(data, name):
    pictures = np.random.default_rng(0).standard_normal((data.items, 8)).astype(np.float32)
    both = {**data.features, "pictures": pictures}
    data = replace(data, features=both, modalities={**data.modalities, "pictures": "image"})
    settings = {each: values[0] for each, values in MODELS[name].space(data).items()}
    assert all(settings[key] == value for key, value in VARIANTS[name].items())
    scores = MODELS[name].fit(
        data,
        {**settings, "dimension": 16, "epochs": 1, "batch": 8, "linear_trials": settings.get("linear_trials", 1)},
        0,
    )
    found = scores(data.train, np.arange(3))
    assert answers(found, data.train, 3, data.items)


def answers(found: np.ndarray, history: Ragged, users: int, items: int) -> bool:
    """A score for whatever a user has not met; what was met needs none."""
    met = history.matrix(items)[:users].toarray() > 0
    return found.shape == met.shape and not np.isnan(found).any() and bool(np.isfinite(found[~met]).all())
