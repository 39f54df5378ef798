import numpy as np
import pytest

from mmrec_app.training.data import Question, Ragged
from mmrec_app.training.metrics import BATCH, Ranking, best, rank

# User 0: held out 4 and 0; user 1: nothing; user 2: held out 1.
SCORES = np.array([[1, 9, 3, 2, 5], [0, 0, 0, 0, 0], [5, 4, 3, 2, 1]], np.float32)


def asked() -> Ranking:
    seen = Ragged.of([[1], [], []])
    question = Question(seen, seen, Ragged.of([[4, 0], [], [1]]))
    return rank(lambda users: SCORES[users], question, 5, 3)


def test_the_best_unseen_items_come_greatest_first():
    ranking = asked()
    assert ranking.users.tolist() == [0, 2]
    assert ranking.top.tolist() == [[4, 2, 3], [0, 1, 2]]


def test_scores_are_left_as_they_were():
    asked()
    assert SCORES[0, 1] == 9


def test_recall_and_ndcg_as_computed_by_hand():
    ranking = asked()
    assert ranking.recalls(1).tolist() == [0.5, 0]
    assert ranking.recall(3) == pytest.approx((1 / 2 + 1) / 2)
    second = 1 / np.log2(3)
    np.testing.assert_allclose(ranking.ndcgs(3), [1 / (1 + second), second])
    np.testing.assert_allclose(ranking.ndcgs(1), [1, 0])


def test_coverage_counts_what_anybody_is_shown():
    assert asked().coverage(1) == pytest.approx(2 / 5)
    assert asked().coverage(3) == pytest.approx(5 / 5)


def test_recall_among_some_items_is_over_their_held_out_events():
    ranking = asked()
    assert ranking.among(np.array([0, 1]), 2) == pytest.approx(1 / 2)  # 0 was missed, 1 was found
    assert ranking.among(np.array([4]), 1) == 1
    assert np.isnan(ranking.among(np.array([2]), 3))


def test_batches_and_chosen_users_change_nothing():
    count = BATCH + 7
    scores = np.random.default_rng(0).random((count, 30)).astype(np.float32)
    nothing = Ragged.of([[]] * count)
    question = Question(nothing, nothing, Ragged.of([[user % 30] for user in range(count)]))
    whole = rank(lambda users: scores[users], question, 30, 5)
    np.testing.assert_array_equal(whole.top, np.argsort(-scores, axis=1)[:, :5])
    some = np.array([3, BATCH + 2])
    np.testing.assert_array_equal(rank(lambda users: scores[users], question, 30, 5, some).top, whole.top[some])


def test_fewer_items_than_asked_for():
    assert best(np.array([[1, 3, 2]], np.float32), 3).tolist() == [[1, 2, 0]]
    nothing = Ragged.of([[]])
    ranking = rank(lambda users: np.array([[1, 3]], np.float32), Question(nothing, nothing, Ragged.of([[0]])), 2, 20)
    assert ranking.recall(20) == 1
