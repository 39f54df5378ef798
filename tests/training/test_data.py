from dataclasses import replace

import numpy as np
import pytest

from mmrec_app.training.data import Ragged, TrainingSet, centred


def of(*lists: list[int]) -> Ragged:
    return Ragged.of(lists)


def lists(ragged: Ragged) -> list[list[int]]:
    return [each.tolist() for each in ragged]


def test_grouping_keeps_the_order_within_an_owner_and_what_lies_beside():
    owners, values = np.array([1, 0, 1, 0]), np.array([7, 8, 5, 6])
    made = Ragged.grouped(owners, values, 3, np.array([1, 2, 3, 4], np.int8), np.array([1, 2, 3, 4], np.float32))
    assert lists(made) == [[8, 6], [7, 5], []]
    assert made.column("kinds").tolist() == [2, 4, 1, 3]
    assert made.column("days").tolist() == [2, 4, 1, 3]
    assert made.owners.tolist() == [0, 0, 1, 1]


def test_followed_by_joins_lists_one_by_one():
    assert lists(of([1, 2], [], [3]).followed_by(of([4], [5], []))) == [[1, 2, 4], [5], [3]]


def test_a_matrix_counts_a_pair_once_and_leaves_the_order_of_the_values():
    ragged = of([3, 0, 3], [2])
    assert ragged.matrix(4).toarray().tolist() == [[1, 0, 0, 1], [0, 0, 1, 0]]
    assert ragged.values.tolist() == [3, 0, 3, 2]


def test_validation_joins_the_history_only_where_there_is_an_order():
    parts = {"train": of([0, 1]), "valid": of([2]), "test": of([3])}
    for ordered, history in ((True, [0, 1, 2]), (False, [0, 1])):
        question = TrainingSet(4, **parts, ordered=ordered).asked("test")
        assert lists(question.history) == [history]
        assert lists(question.seen) == [[0, 1, 2]]
    assert lists(TrainingSet(4, **parts).asked("valid").seen) == [[0, 1]]


def test_a_set_is_the_same_after_saving_and_loading(tmp_path):
    rows = np.array([[1, 2], [np.nan, np.nan]], np.float32)
    kinds, days = np.array([1, 0], np.int8), np.array([3, 0.5], np.float32)
    train = Ragged.grouped(np.array([0, 1]), np.array([1, 0]), 2, kinds, days)
    made = TrainingSet(
        2,
        train,
        of([0], []),
        of([], [1]),
        ordered=False,
        features={"some/encoder@1#mean": rows},
        modalities={"some/encoder@1#mean": "text"},
        categories=("A > B", ""),
        kind_names=("view", "buy"),
    )
    made.save(tmp_path)
    found = TrainingSet.load(tmp_path)
    assert lists(found.train) == [[1], [0]]
    assert found.train.column("kinds").tolist() == [1, 0]
    assert found.train.column("days").tolist() == [3, 0.5]
    np.testing.assert_array_equal(found.features["some/encoder@1#mean"], rows)
    told = ("items", "ordered", "modalities", "categories", "kind_names")
    assert [getattr(found, name) for name in told] == [getattr(made, name) for name in told]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"features": {"e": np.zeros((3, 2), np.float32)}}, "3 rows for 2 items"),
        ({"test": of([2])}, "test names item row 2"),
    ],
)
def test_what_does_not_fit_the_catalogue_is_named(changed, message):
    with pytest.raises(ValueError, match=message):
        TrainingSet(**{"items": 2, "train": of([0]), "valid": of([]), "test": of([1]), **changed})


def test_centred_rows_are_of_unit_length_about_their_mean_and_zero_where_there_is_nothing():
    rows = np.array([[2, 0], [0, 3], [np.nan, np.nan]], np.float32)
    half = 0.5**0.5
    np.testing.assert_allclose(centred(rows), [[half, -half], [-half, half], [0, 0]], atol=1e-6)


def test_an_infinite_feature_names_encoder_and_item():
    rows = np.ones((4, 3), np.float32)
    rows[2, 1] = np.inf
    with pytest.raises(ValueError, match="'words' are infinite in item row 2"):
        TrainingSet(4, *(Ragged.of([[]]) for _ in range(3)), features={"words": rows})


def test_a_list_is_idle_from_its_last_event_to_what_came_next():
    def of(lists: list[list[int]], days: list[float] | None) -> Ragged:
        return replace(Ragged.of(lists), days=None if days is None else np.array(days, np.float32))

    train = of([[1, 2], [3], [4], []], [9, 5, 3, 2])
    valid = of([[7], [8], [], [9]], [4, 3.5, 1])
    nothing = Ragged.of([[]] * 4)
    data = TrainingSet(10, train, valid, nothing)
    assert data.asked("valid").history.idle(np.array([0, 1, 2, 3])).tolist() == [1, 0, 2, 0]
    assert train.idle(np.array([0, 1])).tolist() == [0, 0]
    untimed = TrainingSet(10, of([[1, 2]], None), of([[3]], None), Ragged.of([[]]))
    assert untimed.asked("valid").history.idle(np.array([0])).tolist() == [0]
