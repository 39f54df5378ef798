from dataclasses import replace

import numpy as np

from mmrec_app.training import tuning
from mmrec_app.training.data import Question
from mmrec_app.training.linear import LinearConfig, fit_linear
from mmrec_app.training.metrics import rank
from mmrec_app.training.tuning import RECENCIES, _near, start, tune_linear
from tests.training.toys import rings, tastes, told


def test_tuning_ends_no_worse_than_it_began():
    for data in (rings(), tastes(features={"words": told(np.arange(40) % 2)}, ordered=False)):
        users, question = data.asked("valid").users, data.asked("valid")
        began = start(data, 10.0)
        first = fit_linear(data.train, data.items, began, data.features).truncated(began.neighbours)
        config, model = tune_linear(data, began, users, 5)

        def value(fitted: object, question: Question = question, items: int = data.items) -> float:
            found = rank(lambda batch: fitted.scores(question.history, batch), question, items)  # type: ignore[attr-defined]
            return found.ndcg(10) + found.recall(20)

        assert value(model) >= value(first)
        assert isinstance(config, LinearConfig) and set(config.content) == set(data.features)


def test_a_large_catalogue_is_fitted_once_and_only_its_recency_is_tuned(monkeypatch):
    data = rings()
    fitted: list[int] = []

    def counting(histories, items, *rest):
        fitted.append(items)
        return fit_linear(histories, items, *rest)

    monkeypatch.setattr(tuning, "fit_linear", counting)
    monkeypatch.setattr(tuning, "TRIED_UP_TO", data.items - 1)
    began = start(data, 10.0)
    config, model = tune_linear(data, began, data.asked("valid").users, 5)
    assert fitted == [data.items] and replace(config, recency=began.recency) == began
    monkeypatch.setattr(tuning, "TRIED_UP_TO", data.items)
    tune_linear(data, began, data.asked("valid").users, 5)
    assert len(fitted) > 2


def test_recencies_next_to_the_best_are_tried_and_no_end_is_the_longest():
    assert _near(1.0) == (1.0, 2.0) and _near(5.0) == (2.0, 5.0, 10.0) and _near(None) == (20.0, None)
    assert _near(3.0) == (3.0,) and list(RECENCIES[:-1]) == sorted(RECENCIES[:-1])
