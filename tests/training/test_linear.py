from itertools import pairwise

import numpy as np
import pytest
import scipy.sparse as sp

from mmrec_app.training import linear
from mmrec_app.training.data import Ragged, centred
from mmrec_app.training.linear import LinearConfig, counts, fit_linear, recency_rows

ITEMS, USERS = 30, 40


def histories(seed: int = 0) -> Ragged:
    rng = np.random.default_rng(seed)
    return Ragged.of([rng.permutation(ITEMS)[: rng.integers(1, 9)].tolist() for _ in range(USERS)])


def features(seed: int = 1) -> np.ndarray:
    rows = np.random.default_rng(seed).standard_normal((ITEMS, 6)).astype(np.float32)
    rows[4] = np.nan
    return rows


def by_hand(given: Ragged, config: LinearConfig, content: np.ndarray) -> np.ndarray:
    """The equations of the module, with loops and a dense inverse in float64."""
    met = np.zeros((USERS, ITEMS))
    past, future = [], []
    for user, history in enumerate(given):
        met[user, history] = 1
        for cut in range(1, len(history)):
            before, after = np.zeros(ITEMS), np.zeros(ITEMS)
            for place, item in enumerate(history):
                if place < cut:
                    before[item] = np.exp(-(cut - 1 - place) / config.past)
                else:
                    after[item] = np.exp(-(place - cut) / config.future)
            past.append(before)
            future.append(after)
    p, f, a, b = np.array(past), np.array(future), config.together, config.transitions
    inverse = np.linalg.inv(a * met.T @ met + b * p.T @ p + content + config.ridge * np.eye(ITEMS))
    product = inverse @ (a * met.T @ met + b * p.T @ f + content)
    return product - inverse * (np.diag(product) / np.diag(inverse))


@pytest.mark.parametrize("by_entries", [True, False])
@pytest.mark.parametrize("transitions", [0.0, 1.0])
@pytest.mark.parametrize("alpha", [0.0, 3.0])
def test_the_exact_form_is_the_equations_of_the_module(alpha, transitions, by_entries, monkeypatch):
    monkeypatch.setattr(linear, "SPARSE", 1.0 if by_entries else 0.0)
    config = LinearConfig(together=0.7, transitions=transitions, ridge=2.0, past=1.5, future=0.8, content={"e": alpha})
    found = fit_linear(histories(), ITEMS, config, {"e": features()})
    unit = centred(features()).astype(np.float64)
    np.testing.assert_allclose(found.weights, by_hand(histories(), config, alpha * unit @ unit.T), atol=2e-5)
    assert np.abs(found.weights).max() > 0.05
    np.testing.assert_allclose(np.diag(found.weights), 0, atol=1e-6)


def test_without_transitions_and_content_it_is_ease():
    met = histories().matrix(ITEMS).toarray().astype(np.float64)
    inverse = np.linalg.inv(met.T @ met + 5 * np.eye(ITEMS))
    expected = -inverse / np.diag(inverse)
    np.fill_diagonal(expected, 0)
    found = fit_linear(histories(), ITEMS, LinearConfig(together=1, transitions=0, ridge=5))
    np.testing.assert_allclose(found.weights, expected, atol=2e-5)


def test_content_of_several_encoders_adds_up():
    rows = {"a": features(1), "b": features(2)}
    config = LinearConfig(content={"a": 3.0, "b": 2.0}, ridge=2.0)
    a, b = (centred(each).astype(np.float64) for each in rows.values())
    expected = by_hand(histories(), config, 3 * a @ a.T + 2 * b @ b.T)
    np.testing.assert_allclose(fit_linear(histories(), ITEMS, config, rows).weights, expected, atol=2e-5)


def test_an_encoder_without_features_is_named():
    with pytest.raises(ValueError, match="'x', which has no features"):
        fit_linear(histories(), ITEMS, LinearConfig(content={"x": 1.0}), {"e": features()})


def test_the_sparse_form_is_the_exact_one_when_every_item_may_be_drawn_on():
    config = LinearConfig(ridge=2.0, content={"e": 3.0}, neighbours=ITEMS, candidates=ITEMS)
    exact = fit_linear(histories(), ITEMS, config, {"e": features()})
    sparse = fit_linear(histories(), ITEMS, config, {"e": features()}, exact_up_to=0)
    assert sp.issparse(sparse.weights)
    np.testing.assert_allclose(sparse.weights.toarray(), exact.weights, atol=1e-4)


def test_the_sparse_form_ranks_nearly_as_the_exact_one_on_a_fraction_of_the_items():
    """Six groups of items that are met together: each column needs little beside its own group."""
    rng = np.random.default_rng(0)
    groups = np.arange(120).reshape(6, 20)
    given = Ragged.of([rng.permutation(groups[user % 6])[:6].tolist() for user in range(600)])
    config = LinearConfig(ridge=5.0, candidates=30, neighbours=20)
    exact = fit_linear(given, 120, config).weights
    sparse = fit_linear(given, 120, config, exact_up_to=0).weights.toarray()
    tops = (np.argsort(-each, axis=1)[:, :10] for each in (exact, sparse))
    shared = [len(set(one) & set(other)) / 10 for one, other in zip(*tops, strict=True)]
    assert np.mean(shared) > 0.9
    assert (np.diag(sparse) == 0).all()


def test_each_position_is_predicted_from_what_came_before_it():
    """One history 0, 1, 2: two cuts; weights fall by e a step."""
    config = LinearConfig(together=0, transitions=1, past=1, future=1)
    _, cross = counts(Ragged.of([[0, 1, 2]]), 3, config)
    e = np.exp(-1)
    # Cut before 1: past {0: 1}, future {1: 1, 2: e}. Cut before 2: past {1: 1, 0: e}, future {2: 1}.
    np.testing.assert_allclose(cross.toarray(), [[0, 1, e + e], [0, 0, 1], [0, 0, 0]], rtol=1e-6)


def test_windows_do_not_reach_into_another_history():
    config = LinearConfig(together=0, transitions=1, past=3, future=3)
    _, cross = counts(Ragged.of([[0, 1], [], [2, 3], [1]]), 4, config)
    expected = np.zeros((4, 4))
    expected[0, 1] = expected[2, 3] = 1
    np.testing.assert_allclose(cross.toarray(), expected)


def test_recency_falls_with_positions_from_the_last_and_an_item_counts_by_its_latest_time():
    given = Ragged.of([[3, 1, 3, 0], [], [2]])
    rows = recency_rows(given, np.array([2, 0, 1]), 4, 2.0).toarray()
    e = np.exp(-0.5)
    np.testing.assert_allclose(rows, [[0, 0, 1, 0], [1, e**2, 0, e], [0, 0, 0, 0]], rtol=1e-6)
    assert recency_rows(given, np.array([0]), 4, None).toarray().tolist() == [[1, 1, 0, 1]]
    assert recency_rows(given, np.array([], np.int64), 4, 2.0).shape == (0, 4)


def test_scores_are_the_weighted_history_times_the_weights():
    found = fit_linear(histories(), ITEMS, LinearConfig(ridge=2.0))
    users = np.array([5, 2])
    expected = recency_rows(histories(), users, ITEMS, 2.0).toarray() @ found.weights
    np.testing.assert_allclose(found.scores(histories(), users), expected, atol=1e-6)


def test_neighbours_are_the_greatest_weights_and_truncation_keeps_the_positive_ones():
    found = fit_linear(histories(), ITEMS, LinearConfig(ridge=2.0))
    ids, weights = found.neighbours(5)
    order = np.argsort(-found.weights, axis=1)[:, :5]
    np.testing.assert_allclose(weights, np.maximum(np.take_along_axis(found.weights, order, axis=1), 0))
    assert all(one >= other for row in weights for one, other in pairwise(row))
    dense = found.truncated(5).weights.toarray()
    assert ((dense > 0).sum(1) == (weights > 0).sum(1)).all()
    np.testing.assert_allclose(dense[0, ids[0]], weights[0])
