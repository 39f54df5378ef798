"""Figures of toys whose answers are known: what is measured for them, and that a picture comes out."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from mmrec_app.figures import Learned, charts, draw_all, places
from mmrec_app.figures.charts import Pairs
from mmrec_app.figures.draw import _pairs, _trials, main_categories, met_together
from mmrec_app.figures.trials import FIXED, REGULARISATION, Trial, sampled, some, trial
from mmrec_app.training.config import TrainingConfig
from mmrec_app.training.data import Ragged, TrainingSet
from mmrec_app.training.model import Recommender
from tests.training.toys import small, tastes, told

GROUPS = np.arange(40) % 2


@pytest.fixture(scope="module")
def data() -> TrainingSet:
    found = tastes(features={"e": told(GROUPS)}, modalities={"e": "text"})
    views = np.stack([told(GROUPS, seed=seed) for seed in (3, 4)])
    return replace(found, views={"e": views}, categories=tuple(f"Kind {group} > Part" for group in GROUPS))


@pytest.fixture(scope="module")
def config() -> TrainingConfig:
    return small()


def learned(data: TrainingSet, config: TrainingConfig) -> Learned:
    model = Recommender(data, config)
    joint, weights = (rows.numpy().copy() for rows in model.item_vectors())
    joint[3] = 0
    return Learned(config, joint, weights, model.slots, 0.07, some([w.detach() for w in model.items.sparse_weights]))


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    assert image.format == "PNG"
    return image


def test_all_figures_are_pictures_with_something_on_them(data: TrainingSet, config: TrainingConfig) -> None:
    red = np.full((30, 20, 3), (250, 0, 0), np.uint8)
    drawn = draw_all(data, learned(data, config), lambda rows: {row: red for row in rows[::2]}, "cpu")
    assert [name.split("-")[1] for name in drawn] == ["1", "2", "3", "4", "5", "6"]
    for png in drawn.values():
        image = opened(png)
        assert 800 <= image.width <= 1200 and image.height > 300
        assert len(set(image.convert("RGB").get_flattened_data())) > 20
    on_map = np.asarray(opened(drawn["figure-6-map.png"]).convert("RGB"))
    assert (on_map == (250, 0, 0)).all(2).sum() > 400


def test_what_the_data_cannot_show_is_not_drawn(data: TrainingSet, config: TrainingConfig) -> None:
    empty = Ragged.of([[]] * data.users)
    bare = replace(data, views={}, valid=empty, test=empty)
    drawn = draw_all(bare, learned(bare, config), lambda rows: {}, "cpu")
    assert [name.split("-")[1] for name in drawn] == ["1", "2", "5", "6"]


def test_pairs_are_shown_before_training_and_under_a_fixed_and_a_learned_temperature(
    data: TrainingSet, config: TrainingConfig
) -> None:
    trials = _trials(data, config, "cpu")
    shown = _pairs(data, learned(data, config), trials)
    taus = [trials[name].temperature for name in ("temperature", "nothing")]
    assert taus[0] == pytest.approx(FIXED) != pytest.approx(taus[1], abs=1e-3)
    assert [*shown] == [
        "before: encoders' outputs, projected",
        f"after 10 epochs, fixed τ = {taus[0]:.3f}",
        f"after 10 epochs, learned τ = {taus[1]:.3f}",
        "after the whole training, learned τ = 0.070",
    ]
    assert len({len(pairs.similar) for pairs in shown.values()}) == 1
    fixed, adapted = (shown[name].similar for name in [*shown][1:3])
    assert not np.allclose(fixed, adapted)
    given = replace(config, temperature=0.1)
    assert len(_pairs(data, learned(data, given), _trials(data, given, "cpu"))) == 2


def test_told_apart_counts_pairs_in_their_order() -> None:
    def pairs(similar: list[float], random: list[float]) -> float:
        return Pairs(np.array(similar, np.float32), np.array(random, np.float32)).told_apart

    assert pairs([0.9, 0.8], [0.1, 0.2]) == 1 and pairs([0.1], [0.9]) == 0
    assert pairs([0.5], [0.5]) == 0.5 and pairs([0.3, 0.7], [0.5]) == 0.5


def test_pairs_come_from_one_history_and_are_known(data: TrainingSet) -> None:
    known = np.arange(40) != 6
    pairs = met_together(data, known, np.random.default_rng(0))
    assert len(pairs) > 1000 and (pairs[:, 0] != pairs[:, 1]).all() and not (pairs == 6).any()
    assert (pairs % 2 == pairs[:, :1] % 2).all()  # users of this toy meet items of one parity only


def test_a_sample_keeps_whole_users() -> None:
    train = Ragged.of([[user, user + 1] for user in range(50)])
    data = TrainingSet(60, train, Ragged.of([[user + 2] for user in range(50)]), Ragged.of([[]] * 50))
    part = sampled(data, 20)
    assert part.users == 20 and part.items == 60
    assert [(first + 2).item() for first in part.train.values[::2]] == part.valid.values.tolist()


def test_a_trial_learns_and_its_loss_is_that_of_held_out_items(data: TrainingSet, config: TrainingConfig) -> None:
    found: Trial = trial(data, config, "cpu")
    assert found.curve.train[-1] < found.curve.train[0] and found.curve.valid[-1] < found.curve.valid[0]
    assert found.curve.valid[-1] < np.log(40)  # better than any item alike
    assert found.measures["recall@20"] > 0.8  # half the items are the right kind


def test_regularisation_left_out_lets_the_training_loss_fall_further(data: TrainingSet) -> None:
    strict = small(dropout=0.5, modality_dropout=0.5, weight_decay=0.1)
    with_it, without = trial(data, strict, "cpu"), trial(data, replace(strict, **REGULARISATION), "cpu")
    assert without.curve.train[-1] < with_it.curve.train[-1]


def test_the_plane_is_where_the_variance_is() -> None:
    rng = np.random.default_rng(0)
    vectors = rng.standard_normal((300, 6)).astype(np.float32) * [0.1, 9, 0.1, 3, 0.1, 0.1]
    points, shares = places.plane(vectors)
    assert shares[0] > 0.8 and sum(shares) > 0.99
    assert abs(np.corrcoef(points[:, 0], vectors[:, 1])[0, 1]) > 0.999


def test_pictures_stand_far_apart() -> None:
    points = np.array([[0, 0], [0.01, 0], [5, 5], [5, 5.01], [0, 9]], np.float32)
    assert len({row // 2 for row in places.spread(points, 3)}) == 3
    assert places.spread(points, 50) == places.spread(points, 5) and places.spread(points[:0], 3) == []
    assert len(places.spread(np.ones((4, 2), np.float32), 3)) == 1


def test_a_catalogue_without_categories_is_drawn() -> None:
    weights = np.random.default_rng(0).random((5, 2)).astype(np.float32)
    opened(charts.attention(weights, ["text", "text"], [""] * 5))
    opened(places.catalogue_map(weights, (0.5, 0.2), [""] * 5, {}))


def test_categories_are_named_where_they_differ() -> None:
    assert main_categories(["Shop > Home > Mug", "Shop > Wear"]) == ["Home", "Wear"]
    assert main_categories(["A > B", "C"]) == ["A", "C"] and main_categories(["", "A > B"]) == ["", "A"]
    assert main_categories(["A", "A > B", "A > C > D"]) == ["A", "B", "C"] and main_categories([]) == []
    assert main_categories(["A > B"] * 3) == ["B"] * 3
