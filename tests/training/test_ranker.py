"""Lists put in order by signals of which each knows something."""

import numpy as np
import pytest
import scipy.sparse as sp
import torch

from mmrec_app.training.data import Floats, Ints, Question, Ragged
from mmrec_app.training.export import ranker_onnx
from mmrec_app.training.metrics import rank
from mmrec_app.training.ranker import FEWEST, FRESH, Lists, Ranker, _learn, fit_ranker, lists_of
from mmrec_app.training.ranking import Space
from mmrec_app.training.signals import FEATURES, PROPOSED, Signals, cosines

ITEMS, WIDTH, SHARPNESS = 300, 16, 10.0


def space(users: int, neural: float, linear: float, second: bool = False, seed: int = 0) -> tuple[Space, Question]:
    """What comes next is known to the interests for one share of the users, to the neighbours for another; `second`:
    the neighbours put another item before it."""
    rng = np.random.default_rng(seed)
    drawn = np.array([rng.permutation(ITEMS - 1)[:2] for _ in range(users)])
    history, targets = Ragged.of(drawn[:, :1].tolist()), Ragged.of(drawn[:, 1:].tolist())
    joint = rng.standard_normal((ITEMS, WIDTH)).astype(np.float32)
    joint /= np.linalg.norm(joint, axis=1, keepdims=True)
    wanted = rng.standard_normal((users, WIDTH)).astype(np.float32)
    told = np.arange(users) < neural * users
    wanted[told] = joint[drawn[told, 1]]
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    weights = sp.random(ITEMS, ITEMS, 0.05, "lil", np.float32, np.random.default_rng(seed)) * 0.3
    for user in np.flatnonzero(np.arange(users) >= (1 - linear) * users):
        weights[drawn[user, 0], drawn[user, 1]] = 0.6
    if second:
        weights[:, ITEMS - 1] = 1.0  # near to everything, and never right

    def interests(given: Ragged, asked: Ints) -> Floats:
        return wanted[asked][:, None, :]

    popular = np.linspace(0, 1, ITEMS, dtype=np.float32)
    return Space(joint, joint, popular, sp.csr_matrix(weights), None, interests), Question(history, history, targets)


def value(made: Space, question: Question, ranker: Ranker) -> float:
    return rank(made.scorer(question, ranker.order), question, ITEMS).ndcg(10)


def alone(made: Space, question: Question) -> float:
    return max(rank(scores, question, ITEMS).ndcg(10) for scores in made.signals(question).values())


def test_signals_that_know_different_users_are_joined():
    made, question = space(120, neural=0.5, linear=0.5)
    ranker = fit_ranker(made, question, question.users, SHARPNESS)
    assert value(made, question, ranker) > alone(made, question) + 0.2
    assert ranker.weights["linear"] > 0 and ranker.weights["neural"] > 0


def test_a_signal_that_knows_nothing_does_no_harm():
    made, question = space(120, neural=1.0, linear=0.0)
    ranker = fit_ranker(made, question, question.users, SHARPNESS)
    assert value(made, question, ranker) > 0.95


def test_what_no_mixture_can_say_is_learned_where_there_are_enough_lists():
    """One item, the most popular, has the greatest weight everywhere and is never right."""
    made, question = space(2 * FEWEST, neural=0.0, linear=1.0, second=True)
    few = fit_ranker(made, question, question.users[: FEWEST // 2], SHARPNESS)
    many = fit_ranker(made, question, question.users, SHARPNESS)
    assert torch.all(few.net[-1].weight == 0) and not torch.all(many.net[-1].weight == 0)
    fresh, asked = space(200, neural=0.0, linear=1.0, second=True, seed=1)
    assert value(fresh, asked, many) > value(fresh, asked, few) + 0.1


def test_nothing_to_learn_from_leaves_a_ranker_that_works():
    made, question = space(10, neural=0.5, linear=0.5)
    nobody = Question(question.history, question.seen, Ragged.of([[]] * 10))
    ranker = fit_ranker(made, nobody, nobody.users, SHARPNESS)
    assert np.isfinite(made.scorer(question, ranker.order)(question.users)).any(1).all()


def test_what_was_met_or_has_no_place_is_no_candidate():
    made, question = space(40, neural=0.5, linear=0.5)
    made.joint[7] = 0
    proposed = made.propose(question, question.users)
    for row, user in enumerate(question.users):
        own = proposed.candidates[row][proposed.there[row]]
        assert len(set(own)) == len(own) and not np.isin(own, [7, *question.seen[user]]).any()


def test_what_nobody_met_is_proposed_where_its_content_is_alike():
    """With as many items before it in every other signal as may be proposed."""
    rng = np.random.default_rng(0)
    count = 3 * PROPOSED
    joint, content = rng.standard_normal((2, count, WIDTH)).astype(np.float32)
    content[1] = content[0] + 0.1 * rng.standard_normal(WIDTH)
    joint[1] = content[1]
    joint[2:, 0] += 9

    def interests(given: Ragged, asked: Ints) -> Floats:
        return np.eye(1, WIDTH, dtype=np.float32)[None].repeat(len(asked), 0)

    popular = np.minimum(np.arange(count, dtype=np.float32), 2)
    made = Space(joint, content, popular, None, None, interests)
    history = Ragged.of([[0]])
    proposed = made.propose(Question(history, history, history), np.array([0]))
    assert 1 in proposed.candidates[0][proposed.there[0]]
    others = [made._neural(history, np.array([0]))[0], popular]
    assert all((signal > signal[1]).sum() >= PROPOSED for signal in others)


def test_lists_whose_answer_training_never_met_count_more():
    """Two answers that features cannot tell apart: the new one is put first, though the other is right more often."""
    features = np.zeros((1000, 2, FEATURES), np.float32)
    features[:, 1, 7] = 1
    right = np.zeros((1000, 2), np.float32)
    right[np.arange(1000), (np.arange(1000) % 5 < 2).astype(int)] = 1  # the new one twice in five
    firsts = []
    for weight in (1.0, FRESH):
        weights = np.where(right[:, 1] > 0, weight, 1).astype(np.float32)
        lists = Lists(*(torch.from_numpy(each) for each in (features.astype(np.float16), right >= 0, right, weights)))
        ranker = Ranker(SHARPNESS)
        _learn(ranker, lists, np.random.default_rng(0))
        firsts.append(int(ranker.eval().order(features[:1]).argmax()))
    assert firsts == [0, 1]


def test_a_list_weighs_by_whether_its_answer_was_ever_met():
    made, question = space(60, neural=1.0, linear=0.0)
    answer = question.targets[int(question.users[0])]
    lists = lists_of(made, question, question.users, fresh=answer)
    assert lists is not None
    assert lists.weight.max() == FRESH and lists.weight.min() == 1


def test_a_list_is_scored_alike_alone_and_among_others():
    made, question = space(300, neural=0.4, linear=0.4)
    ranker = fit_ranker(made, question, question.users, SHARPNESS)
    together = made.scorer(question, ranker.order)(question.users[:50])
    single = np.concatenate([made.scorer(question, ranker.order)(question.users[at : at + 1]) for at in range(50)])
    np.testing.assert_allclose(together, single, atol=1e-4)


def test_onnx_orders_as_torch_does():
    onnxruntime = pytest.importorskip("onnxruntime")
    made, question = space(2 * FEWEST, neural=0.5, linear=0.5)
    ranker = fit_ranker(made, question, question.users, SHARPNESS)
    session = onnxruntime.InferenceSession(ranker_onnx(ranker), providers=["CPUExecutionProvider"])
    for lists, candidates in ((1, 1), (1, 400), (5, 33)):
        features = np.random.default_rng(lists).random((lists, candidates, FEATURES)).astype(np.float32)
        np.testing.assert_allclose(session.run(None, {"features": features})[0], ranker.order(features), atol=1e-5)


def test_cosines_with_the_newest_the_nearest_and_the_mean():
    latest = np.array([[[1, 0], [0, 1]], [[0, 1], [1, 0]]], np.float32)
    known = np.array([[True, True], [True, False]])
    candidates = np.array([[[0, 1]], [[1, 0]]], np.float32)
    last, near, mean = cosines(latest, known, candidates)
    weight = np.exp(-0.5)
    assert last[:, 0].tolist() == [0, 0] and near[:, 0].tolist() == [1, 0]
    np.testing.assert_allclose(mean[:, 0], [weight / (1 + weight), 0], rtol=1e-6)


def test_features_tell_places_within_a_list_and_ignore_what_is_beyond_it():
    rows = np.array([[0.4, 0.9, 0.1, 5.0]], np.float32)
    there = np.array([[True, True, True, False]])
    one = np.ones(1, np.float32)
    features = Signals(there, *([rows] * 11), length=one, popular_last=one, idle=one).features()
    assert features.shape == (1, 4, FEATURES)
    np.testing.assert_allclose(features[0, :3, 0], [0.4 / 0.9, 1, 0.1 / 0.9], rtol=1e-4)
    np.testing.assert_allclose(features[0, :3, 1], [-0.5, 0, -0.8], rtol=1e-4)


def test_an_order_may_turn_with_the_time_since_the_latest_event():
    """In a session what followed is of one signal, after days of another."""
    rng = np.random.default_rng(0)
    features = rng.normal(size=(600, 20, FEATURES)).astype(np.float32) * 0.01
    now, later = rng.random((2, 600, 20)).astype(np.float32)
    rested = rng.random(600) < 0.3
    features[..., 9], features[..., 13], features[..., -1] = now, later, np.where(rested, 7, 0)[:, None]
    right = np.zeros((600, 20), np.float32)
    right[np.arange(600), np.where(rested, later.argmax(1), now.argmax(1))] = 1
    arrays = (features.astype(np.float16), right >= 0, right, np.ones(600, np.float32))
    lists = Lists(*(torch.from_numpy(each) for each in arrays))
    ranker = Ranker(SHARPNESS)
    ranker.spread.copy_(lists.features.float().std((0, 1)) + 1e-3)
    _learn(ranker, lists, rng)
    first = ranker.eval().order(features).argmax(1) == right.argmax(1)
    assert first[rested].mean() > 0.8 and first[~rested].mean() > 0.8


def test_lists_without_what_came_next_teach_nothing():
    made, question = space(60, neural=1.0, linear=0.0)
    lists = lists_of(made, question, question.users)
    assert lists is not None and len(lists) <= 60
    torch.testing.assert_close(lists.right.sum(1), torch.ones(len(lists)))
