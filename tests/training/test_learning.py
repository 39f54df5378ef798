"""Toys whose answers are known: what a training must find out."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from mmrec_app.training.checkpoint import State
from mmrec_app.training.data import Question, Ragged, TrainingSet
from mmrec_app.training.fusion import unit
from mmrec_app.training.loop import train
from mmrec_app.training.losses import info_nce
from mmrec_app.training.metrics import Ranking, rank
from mmrec_app.training.model import Recommender
from mmrec_app.training.scoring import interests_of, neural_scores
from tests.training.toys import noise, rings, small, tastes, told


def asked(model: Recommender, data: TrainingSet, split: str = "valid") -> Ranking:
    question = data.asked(split)
    return rank(neural_scores(model, question.history), question, data.items)


def trained(data: TrainingSet, folder: Path, **changed: object) -> tuple[Recommender, State]:
    return train(data, small(**changed), folder, device="cpu")


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"fusion": "concat"},
        {"fusion": "multiplicative"},
        {"behaviour": False},
        {"interests": 3},
        {"negatives": 20},
        {"temperature": 0.1},
        {"pairings": {"user_next": 1.0}},
        {"pairings": {"user_next": 1.0, "text_image": 0.2, "views": 0.2}, "augmentation": False},
        {"l1": 0.0, "layers": 0},
    ],
    ids=str,
)
def test_two_tastes_are_told_apart(changed, tmp_path):
    """Of 32 unseen items 12 are to one's taste: chance finds the held-out one among ten in 31 of a hundred cases."""
    groups = np.arange(40) % 2
    features = {"words": told(groups), "picture": told(groups, seed=5)}
    features["picture"][::7] = np.nan
    kinds = {"words": "text", "picture": "image"}
    model, state = trained(tastes(features=features, modalities=kinds), tmp_path, **changed)
    assert asked(model, tastes(features=features)).recall(10) > 0.7
    expected = set(changed.get("pairings", {"user_next", "together", "views", "text_image"})) | {"total"}
    assert set(state.log[-1]["losses"]) - {"l1"} == expected


def test_behaviour_alone_tells_them_apart(tmp_path):
    model, _ = trained(tastes(), tmp_path)
    assert asked(model, tastes(), "test").recall(10) > 0.7
    assert model.item_vectors(behaviour=False)[0].abs().max() == 0


def test_what_comes_next_is_learned_from_the_order(tmp_path):
    ordered, _ = trained(rings(), tmp_path / "ordered")
    shuffled, _ = trained(rings(shuffled=True), tmp_path / "shuffled")
    assert asked(ordered, rings()).recall(1) > 0.9
    assert asked(shuffled, rings(shuffled=True)).recall(1) < 0.7


def test_an_item_that_nobody_has_met_goes_to_those_whose_taste_its_text_is(tmp_path):
    """Items 36 to 39 are held out of everything; 36 and 38 are for even users."""
    met, groups = tastes(items=36), np.arange(40) % 2
    cold = Ragged.of([[36 + user % 2, 38 + user % 2] for user in range(len(met.train))])
    data = TrainingSet(40, met.train, met.valid, cold, features={"words": told(groups)}, modalities={"words": "text"})
    model, _ = trained(data, tmp_path)
    vectors, weights = model.item_vectors()
    assert (weights[36:, 1] == 0).all() and (weights[36:, 0] == 1).all()
    scores = neural_scores(model, data.train)(np.arange(len(data.train)))[:, 36:]
    best = np.argsort(-scores, axis=1)[:, :2] % 2
    assert (best == np.arange(len(data.train))[:, None] % 2).mean() > 0.95


@pytest.mark.parametrize("slots", [("told", "noise"), ("noise", "told")])
def test_attention_moves_to_the_encoder_that_tells_something(slots, tmp_path):
    groups = np.arange(400) % 2
    both = {"told": told(groups), "noise": noise(400)}
    data = tastes(600, 400, features={name: both[name] for name in slots})
    model, _ = trained(data, tmp_path, behaviour=False, modality_dropout=0.3, epochs=8)
    weights = dict(zip(model.slots, model.item_vectors()[1].mean(0).tolist(), strict=True))
    assert weights["told"] > weights["noise"] + 0.15


@pytest.mark.parametrize("fusion", ["attention", "concat", "multiplicative"])
def test_what_is_missing_has_no_weight_and_leaves_no_nan(fusion, tmp_path):
    words, picture = told(np.arange(40) % 2).astype(np.float16), noise(40)
    words[:20], picture[10:25] = np.nan, np.nan  # rows 10 to 19 have neither
    data = tastes(features={"words": words, "picture": picture})
    model, state = trained(data, tmp_path, fusion=fusion, epochs=2)
    assert np.isfinite(list(state.log[-1]["losses"].values())).all()
    for behaviour in (True, False):
        vectors, weights = model.item_vectors(behaviour)
        assert vectors.isfinite().all() and weights.isfinite().all()
        assert (weights[:20, 0] == 0).all() and (weights[10:25, 1] == 0).all() and (weights[30:, :2] > 0).all()
    there = vectors.norm(dim=1)
    assert (there[10:20] == 0).all()
    torch.testing.assert_close(there[20:], torch.ones(20))


def test_interests_part_for_a_user_with_two_tastes(tmp_path):
    """Four groups, item i in i % 4; everybody likes two of them, met in any order. A guess has both in one of six."""
    rng = np.random.default_rng(0)
    liked = [rng.choice(4, 2, replace=False) for _ in range(400)]
    met = [rng.choice(pair, 8) + 4 * rng.integers(0, 10, 8) for pair in liked]
    nothing = Ragged.of([[]] * 400)
    data = TrainingSet(40, Ragged.of(met), nothing, nothing)
    model, _ = trained(data, tmp_path, interests=2, epochs=16)
    vectors, _ = model.item_vectors()
    interests = interests_of(model, vectors, data.train, np.arange(400))  # (U, 2, D)
    nearest = (interests @ vectors.T).unflatten(2, (10, 4)).mean(2).argmax(2)  # (U, 2) groups
    found = [set(mine) == set(pair) for mine, pair in zip(nearest.tolist(), np.array(liked).tolist(), strict=True)]
    assert np.mean(found) > 0.5


@pytest.mark.parametrize("pairing", ["views", "text_image"])
def test_what_differs_between_augmented_views_is_learned_not_to_matter(pairing, tmp_path):
    """Half of each output is of the item, half is drawn anew in every view."""
    rng, item = np.random.default_rng(0), noise(40)

    def given() -> np.ndarray:
        return np.concatenate([item, noise(40, seed=int(rng.integers(1000)))], 1)

    kinds = {"words": "text", "picture": "image"}
    features, views = (
        {name: make() for name in kinds} for make in (given, lambda: np.stack([given() for _ in "1234"]))
    )
    data = tastes(features=features, views=views, modalities=kinds)
    unseen = [torch.from_numpy(given()) for _ in kinds]

    def stays(augmentation: bool) -> float:
        """Mean cosine of an item's content to another look at it, less that to other items."""
        settings = {"pairings": {"user_next": 0.01, pairing: 1.0}, "behaviour": False, "augmentation": augmentation}
        model, _ = trained(data, tmp_path / str(augmentation), **settings)
        rows = torch.arange(40)
        with torch.no_grad():
            one, other = model.eval().fused(rows).vector, model.fused(rows, unseen).vector
        cosines = one @ other.T
        return float(cosines.diagonal().mean() - cosines.mean())

    assert stays(True) > stays(False) + 0.1


def test_text_and_image_are_contrasted_over_all_encoders_of_each(tmp_path):
    """Of two encoders of pictures, those that an item has; with one encoder each, its slot as it is."""
    words, first, second = told(np.arange(40) % 2), noise(40), noise(40, seed=9)
    first[:30], second[20:] = np.nan, np.nan  # 0-19: the second, 30-39: the first, 20-29: none
    kinds = {"words": "text", "first": "image", "second": "image"}
    data = tastes(features={"words": words, "first": first, "second": second}, modalities=kinds)
    model = Recommender(data, small(modality_dropout=0.0))
    parts = model.fused(torch.arange(40)).parts
    both = torch.cat([torch.arange(20), torch.arange(30, 40)])
    image = torch.cat([parts[:20, 2], parts[30:, 1]])
    wanted = info_nce(parts[both, 0], image, model.temperatures["text_image"](), both)
    torch.testing.assert_close(model._text_and_image(torch.arange(40)), wanted)

    whole = Recommender(
        replace(data, features={"words": words, "first": noise(40), "second": noise(40, seed=9)}), small()
    )
    mean = unit(whole.fused(torch.arange(40)).parts[:, 1:3].sum(1))
    with_both = info_nce(whole.fused(torch.arange(40)).parts[:, 0], mean, whole.temperatures["text_image"]())
    torch.testing.assert_close(whole._text_and_image(torch.arange(40)), with_both)


def test_a_learned_temperature_moves_and_a_fixed_one_stays(tmp_path):
    learned, state = trained(tastes(), tmp_path / "learned")
    assert all(0.01 <= tau <= 1 for tau in learned.temperatures.taus().values())
    assert abs(learned.temperatures["user_next"].tau - 0.07) > 1e-3
    assert state.log[-1]["temperatures"]["user_next"] == pytest.approx(learned.temperatures["user_next"].tau, abs=0.02)
    wild, _ = trained(tastes(), tmp_path / "wild", learning_rate=1.0, epochs=1)
    assert all(0.00999 < tau < 1.001 for tau in wild.temperatures.taus().values())
    fixed, _ = trained(tastes(), tmp_path / "fixed", temperature=0.005, epochs=1)
    assert fixed.temperatures.taus() == pytest.approx(dict.fromkeys(fixed.temperatures, 0.005))


def test_an_l1_penalty_empties_the_projections(tmp_path):
    data = tastes(features={"words": told(np.arange(40) % 2)})

    def near_zero(l1: float) -> float:
        model, _ = trained(data, tmp_path / str(l1), l1=l1, weight_decay=0.0)
        assert asked(model, data).recall(10) > 0.7
        return float(torch.cat([w.flatten() for w in model.items.sparse_weights]).abs().lt(0.01).float().mean())

    assert near_zero(0.1) > near_zero(0.0) + 0.25


def test_users_without_a_history_are_answered_with_zeros(tmp_path):
    met = tastes()
    empty = Ragged.grouped(met.train.owners, met.train.values, len(met.train) + 1)
    model, _ = trained(met, tmp_path, epochs=1)
    question = Question(empty, empty, empty)
    scores = neural_scores(model, question.history)(np.array([len(met.train), 0]))
    assert (scores[0] == 0).all() and np.abs(scores[1]).max() > 0
