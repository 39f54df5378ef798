"""Weights of lists about a product, learned from what came next."""

from dataclasses import replace

import numpy as np
import scipy.sparse as sp

from mmrec_app.training.blending import FEWEST, goes_with
from mmrec_app.training.data import Floats, Ints, Question, Ragged
from mmrec_app.training.ranking import Space
from mmrec_app.training.signals import GOES_WITH

ITEMS, WIDTH = 300, 16


def shop(visitors: int, told_by: str) -> tuple[Space, Question]:
    """What comes next after an item is told by one signal; the others are noise."""
    rng = np.random.default_rng(0)
    joint, content = (rng.standard_normal((ITEMS, WIDTH)).astype(np.float32) for _ in range(2))
    latest, following = np.arange(ITEMS), rng.permutation(ITEMS)
    if told_by == "content":
        content[following[: ITEMS // 2]] = content[latest[: ITEMS // 2]] + 0.1
    joint, content = (rows / np.linalg.norm(rows, axis=1, keepdims=True) for rows in (joint, content))
    weights = sp.random(ITEMS, ITEMS, 0.05, "lil", np.float32, rng) * 0.3
    if told_by == "linear":
        weights[latest, following] = 0.6
    half = np.arange(visitors) % (ITEMS // 2)
    history = Ragged.of([[int(rng.integers(ITEMS)), int(item)] for item in half])
    targets = Ragged.of([[int(following[item])] for item in half])
    popular = rng.random(ITEMS, np.float32)

    def interests(given: Ragged, asked: Ints) -> Floats:
        raise AssertionError("a list about a product asks nobody's interests")

    return Space(joint, content, popular, sp.csr_matrix(weights), None, interests), Question(history, history, targets)


def test_the_signal_that_tells_what_comes_next_gets_the_weight():
    for name in ("content", "linear"):
        space, question = shop(3 * FEWEST, name)
        found = goes_with(space, question, question.users)
        assert max(found, key=found.__getitem__) == name, found


def test_a_signal_that_only_disturbs_is_left_out():
    space, question = shop(3 * FEWEST, "linear")
    found = goes_with(space, question, question.users)
    assert found["linear"] > 0 and "popular" not in found


def test_few_lists_leave_the_weights_as_they_are():
    space, question = shop(FEWEST // 2, "content")
    assert goes_with(space, question, question.users) == GOES_WITH
    nobody = Question(question.history, question.seen, Ragged.of([[]] * len(question.history)))
    assert goes_with(space, nobody, nobody.users) == GOES_WITH


def test_without_a_linear_model_nothing_is_asked_of_it():
    space, question = shop(3 * FEWEST, "content")
    found = goes_with(replace(space, neighbours=None), question, question.users)
    assert found["content"] > 0
