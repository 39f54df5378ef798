"""Whole trainings of odd catalogues, down to the artefacts."""

import json

import numpy as np
import pytest
from safetensors.numpy import load_file

from mmrec_app.training.data import Ragged, TrainingSet
from mmrec_app.training.fit import Fitted, fit, read_vectors
from mmrec_app.training.metrics import rank
from tests.training.toys import noise, small, tastes, told


def of(items: int, train: list[list[int]], valid: list[list[int]] | None = None, **given: object) -> TrainingSet:
    nothing: list[list[int]] = [[]] * len(train)
    return TrainingSet(items, Ragged.of(train), Ragged.of(valid or nothing), Ragged.of(nothing), **given)


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        of(1, [[0, 0], [0]], [[0], []]),
        of(3, [[0, 1, 2]], [[1]]),
        of(5, [[0, 1], [], [2, 2, 2, 3], [4]], [[2], [3], [], []]),
        of(6, [[0, 1, 0, 1, 5]] * 4),
        of(12, [[user % 12, (user + 1) % 12] for user in range(20)], features={"e": noise(12).astype(np.float16)}),
    ],
    ids=["one item", "one user, all met", "empty histories", "nothing held out", "float16"],
)
def test_odd_catalogues_are_trained_on(data, tmp_path):
    fitted = fit(data, small(epochs=1, history=3), tmp_path, device="cpu")
    vectors = read_vectors(tmp_path)
    assert vectors["joint"].shape == (data.items, 16)
    assert all(np.isfinite(rows).all() for rows in vectors.values())
    assert json.loads((tmp_path / "report.json").read_text())["slots"] == fitted.model.slots
    scores = fitted.scorer(data.asked("test"))(np.arange(data.users))
    assert scores.shape == (data.users, data.items) and not np.isnan(scores).any()


def test_nothing_to_learn_from_is_said(tmp_path):
    with pytest.raises(ValueError, match="give features, or turn behaviour on"):
        fit(of(2, [[0, 1]]), small(behaviour=False), tmp_path, device="cpu")
    with pytest.raises(ValueError, match="no user has two events"):
        fit(of(2, [[0], [1]]), small(), tmp_path, device="cpu")


def test_a_loss_that_runs_away_is_said(tmp_path):
    data = tastes(features={"words": told(np.arange(40) % 2)})
    with pytest.raises(FloatingPointError, match="epoch 1 has loss nan; learning_rate is 1e.30, lower it"):
        fit(data, small(learning_rate=1e30), tmp_path, device="cpu")


def test_what_is_written_ranks_as_what_was_judged(tmp_path):
    data = tastes(features={"words": told(np.arange(40) % 2)}, modalities={"words": "text"})
    fitted = fit(data, small(linear_trials=2), tmp_path, device="cpu")
    assert isinstance(fitted, Fitted) and fitted.linear is not None
    stored = load_file(tmp_path / "neighbours.safetensors")
    weights = np.zeros((40, 40), np.float32)
    np.put_along_axis(weights, stored["ids"], stored["weights"], axis=1)
    np.testing.assert_array_equal(weights, fitted.linear.weights.toarray())  # type: ignore[union-attr]
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["metrics"]["valid"]["recall@10"] == pytest.approx(
        fitted.ranking(data.asked("valid")).recall(10), abs=1e-5
    )
    assert report["slots"] == ["text", "behaviour"] and report["encoders"] == {"words": 8}
    joint = read_vectors(tmp_path)["joint"]
    assert (joint[::2] @ joint[::2].T).mean() > (joint[::2] @ joint[1::2].T).mean() + 0.5
    question = data.asked("valid")
    best_alone = max(rank(source, question, 40).ndcg(10) for source in fitted.space.signals(question).values())
    assert fitted.ranking(question).ndcg(10) >= best_alone - 0.02
