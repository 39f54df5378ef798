from collections.abc import Callable

import numpy as np

from mmrec_app.training.blend import GRID, Blend, fit_blend, shaped
from mmrec_app.training.data import Floats, Ints, Question, Ragged
from mmrec_app.training.linear import LinearConfig, fit_linear
from mmrec_app.training.metrics import rank
from mmrec_app.training.tuning import start, tune_linear
from tests.training.toys import rings, tastes, told

USERS, ITEMS = 60, 400


def asked() -> Question:
    rng = np.random.default_rng(0)
    drawn = [rng.permutation(ITEMS)[:4].tolist() for _ in range(USERS)]
    seen = Ragged.of([each[:3] for each in drawn])
    return Question(seen, seen, Ragged.of([each[3:] for each in drawn]))


def source(question: Question, knows: Callable[[int], bool], seed: int) -> Callable[[Ints], Floats]:
    """Noise, and the answer on top of it for the users that it `knows`."""
    scores = np.random.default_rng(seed).random((USERS, ITEMS)).astype(np.float32)
    for user in range(USERS):
        scores[user, question.targets[user]] += 2 * knows(user)
    return lambda users: scores[users]


def test_the_better_source_leads_and_a_bad_one_is_left_out():
    question = asked()
    sources = {"bad": source(question, lambda user: False, 1), "good": source(question, lambda user: True, 2)}
    blend, alone = fit_blend(sources, question, ITEMS, question.users)
    assert blend.weights == {"bad": 0.0, "good": 1.0}
    assert alone["good"] == 1 and alone["bad"] < 0.2


def test_sources_that_know_different_users_are_joined():
    question = asked()
    halves = {
        "odd": source(question, lambda user: user % 2 == 1, 1),
        "even": source(question, lambda user: user % 2 == 0, 2),
    }
    blend, alone = fit_blend(halves, question, ITEMS, question.users)
    assert all(weight in GRID and weight > 0 for weight in blend.weights.values())
    joined = rank(blend.scorer(halves), question, ITEMS).ndcg(10)
    assert joined > 0.95 > 0.7 > max(alone.values())


def test_it_never_does_worse_than_the_best_alone_even_in_a_catalogue_smaller_than_any_list():
    """Judged with all items ranked, as those asked to it are."""
    question, few = asked(), Ragged.of([[0], [3]])
    small = Question(few, few, Ragged.of([[1], [2]]))
    for seed in range(4):
        sources = {str(n): source(question, lambda user, n=n: user % 5 == n, seed * 9 + n) for n in range(3)}
        for given, items in ((question, ITEMS), (small, 5)):
            cut = {name: lambda users, each=each, n=items: each(users)[:, :n] for name, each in sources.items()}
            blend, alone = fit_blend(cut, given, items, given.users)
            value = {
                name: found.ndcg(10) + found.recall(20)
                for name in ("blend", *cut)
                if (found := rank(blend.scorer(cut) if name == "blend" else cut[name], given, items))
            }
            assert value["blend"] >= max(value[name] for name in cut) - 1e-6
            assert set(alone) == set(cut)


def test_signals_are_added_by_their_weights():
    signals = {"a": np.array([[1.0, 2.0]], np.float32), "b": np.array([[3.0, 0.0]], np.float32)}
    assert Blend({"a": 2.0, "b": 0.5}).combined(signals).tolist() == [[3.5, 4]]
    assert shaped(np.array([4.0, -1.0], np.float32)).tolist() == [2, 0]


def test_tuning_ends_no_worse_than_it_began():
    for data in (rings(), tastes(features={"words": told(np.arange(40) % 2)}, ordered=False)):
        users, question = data.asked("valid").users, data.asked("valid")
        began = start(data, 10.0)
        first = fit_linear(data.train, data.items, began, data.features)
        config, model = tune_linear(data, began, users, 5)

        def value(fitted: object, question: Question = question, items: int = data.items) -> float:
            found = rank(lambda batch: fitted.scores(question.history, batch), question, items)  # type: ignore[attr-defined]
            return found.ndcg(10) + found.recall(20)

        assert value(model) >= value(first)
        assert isinstance(config, LinearConfig) and set(config.content) == set(data.features)
