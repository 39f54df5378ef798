"""Every model on a checkerboard of two tastes, on which popularity is blind."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.quality.features import features
from benchmarks.quality.models import MODELS
from benchmarks.quality.models.model import Model
from benchmarks.quality.models.ours import VARIANTS, ours
from benchmarks.quality.models.popularity import fit as by_popularity
from benchmarks.quality.reading import read_record
from benchmarks.quality.splitting import Cut, training_set
from mmrec_app.training.data import TrainingSet
from mmrec_app.training.metrics import rank
from tests.benchmarks.folders import checkerboard

SHORT = {
    "sasrec": {"epochs": 25, "dropout": 0.1, "dim": 16, "rate": 0.01},
    "vbpr": {"epochs": 30, "dim": 8, "rate": 0.05},
    "itemknn": {"neighbours": 8},
    "ease": {"ridge": 5.0},
    "ease+gram": {"ridge": 5.0, "alpha text": 1.0},
}


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> TrainingSet:
    folder = checkerboard(tmp_path_factory.mktemp("set"))
    record = read_record(folder)
    rows, modalities = features(folder, record.items)
    return replace(training_set(record, Cut()), features=rows, modalities=modalities)


def recall(model: Model, data: TrainingSet, k: int = 4, seed: int = 0) -> float:
    settings = {name: values[0] for name, values in model.space(data).items()} | SHORT.get(model.name, {})
    scores = model.fit(data, settings, seed)
    question = data.asked("test")
    return rank(lambda users: scores(question.history, users), question, data.items, k).recall(k)


@pytest.mark.parametrize("name", [name for name in MODELS if name != "popularity"])
def test_every_model_tells_the_tastes_apart(data, name):
    """Three unmet items of a user's taste are left, so a model that knows tastes finds each among four."""
    assert recall(MODELS[name], data) > 0.9 > 0.5 > recall(MODELS["popularity"], data)


@pytest.mark.parametrize("name", [name for name, model in MODELS.items() if model.seeded])
def test_a_seed_makes_a_run_repeatable(data, name):
    model = MODELS[name]
    settings = {each: values[0] for each, values in model.space(data).items()} | SHORT.get(name, {})
    users = np.arange(5)
    one, same, other = (model.fit(data, settings, seed)(data.train, users) for seed in (1, 1, 2))
    np.testing.assert_allclose(one, same, rtol=1e-4, atol=1e-4)
    assert not np.allclose(one, other, rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("name", list(MODELS))
def test_a_user_without_a_history_gets_finite_scores(data, name):
    empty = replace(data, train=data.train.grouped(np.array([1]), np.array([0]), data.users))
    model = MODELS[name]
    settings = {each: values[0] for each, values in model.space(data).items()} | SHORT.get(name, {})
    found = model.fit(data, settings, 0)(empty.train, np.array([0, 1]))
    assert found.shape == (2, data.items) and np.isfinite(found).all()


def test_what_a_set_lacks_keeps_a_model_out(data):
    bare = replace(data, ordered=False, features={}, modalities={})
    out = {name for name, model in MODELS.items() if model.lacking(bare)}
    assert out == {"vbpr", "sasrec", "ease+gram", "ease+gram+recency", "ease+gram+transitions", "content"}
    assert MODELS["ease+gram+recency"].lacking(bare) == "content, order"
    assert not [name for name, model in MODELS.items() if model.lacking(data)]


def test_variants_pass_their_settings_on_to_the_one_function(data):
    asked = []

    def fit(data, settings, seed):
        asked.append(dict(settings))
        return by_popularity(data, settings, seed)

    models = ours(fit, ())
    for model in models:
        model.fit(data, {}, 0)
    assert [model.name for model in models] == list(VARIANTS)
    assert asked == [dict(settings) for settings in VARIANTS.values()]
    assert {"mmrec-text", "mmrec-no-linear", "mmrec-no-next"} <= set(VARIANTS)
