import numpy as np
import pytest

from benchmarks.quality.reading import read_record
from benchmarks.quality.splitting import Cut, training_set
from tests.benchmarks.folders import checkerboard, write_interactions


def read(folder, cut=Cut(), **columns):  # noqa: B008 (frozen)
    write_interactions(folder, **columns)
    record = read_record(folder)
    return training_set(record, cut), [item["item_id"] for item in record.items]


def named(ragged, ids):
    return [[ids[row] for row in each] for each in ragged]


def test_a_given_split_is_followed(tmp_path):
    data, ids = read(tmp_path, user_id=[1, 1, 2], item_id=["a", "b", "a"], split=["train", "test", "val"])
    assert [named(each, ids) for each in (data.train, data.valid, data.test)] == [[["a"], []], [[], ["a"]], [["b"], []]]
    assert data.ordered is False


def test_a_given_split_without_validation_is_refused_and_one_by_time_takes_its_place(tmp_path):
    columns = {"user_id": [1] * 10, "item_id": range(10), "position": range(10), "split": ["train"] * 9 + ["test"]}
    with pytest.raises(ValueError, match="'val', to tune on; call a part of train so, or take --split time"):
        read(tmp_path, **columns)
    data, _ = read(tmp_path, Cut("time"), **columns)
    assert len(data.valid.values) == 1


def test_without_one_the_last_two_events_are_held_out_where_there_is_an_order(tmp_path):
    columns = {"user_id": [1, 1, 1, 1, 2, 2], "item_id": list("dabcab"), "position": [3, 0, 1, 2, 0, 1]}
    data, ids = read(tmp_path, **columns)
    assert named(data.train, ids) == [["a", "b"], ["a", "b"]]  # two events are too few to hold out
    assert (named(data.valid, ids), named(data.test, ids)) == ([["c"], []], [["d"], []])
    assert data.ordered


def test_without_an_order_tenths_are_held_out_at_random(tmp_path):
    users = np.repeat([1, 2, 3], [40, 4, 2])
    columns = {"user_id": users, "item_id": np.arange(len(users))}
    data, _ = read(tmp_path, **columns)
    assert data.test.lengths.tolist() == data.valid.lengths.tolist() == [4, 1, 0]
    again, _ = read(tmp_path, **columns)
    assert data.test.values.tolist() == again.test.values.tolist() != data.test.values.tolist()[::-1]
    everything = np.concatenate([data.train.values, data.valid.values, data.test.values])
    assert sorted(everything.tolist()) == list(range(len(users)))


def test_a_split_by_time_cuts_all_users_at_one_moment(tmp_path):
    rng = np.random.default_rng(0)
    when = rng.permutation(1000)
    columns = {"user_id": rng.integers(50, size=1000), "item_id": np.arange(1000), "timestamp": when}
    data, ids = read(tmp_path, Cut("time"), **columns)
    train, valid, test = (when[[int(ids[row]) for row in part.values]] for part in (data.train, data.valid, data.test))
    assert (len(valid), len(test)) == (100, 100)
    assert train.max() < valid.min() and valid.max() < test.min()
    assert all((np.diff(when[[int(ids[row]) for row in each]]) > 0).all() for each in data.train)


def test_a_split_by_time_takes_the_share_of_a_history_where_there_are_positions(tmp_path):
    columns = {"user_id": np.repeat([1, 2], [10, 20]), "item_id": np.arange(30), "position": [*range(10), *range(20)]}
    data, ids = read(tmp_path, Cut("time"), **columns)
    assert named(data.test, ids) == [["9"], ["28", "29"]]
    assert named(data.valid, ids) == [["8"], ["26", "27"]]


def test_a_split_by_time_needs_an_order(tmp_path):
    with pytest.raises(ValueError, match="timestamp or position"):
        read(tmp_path, Cut("time"), user_id=[1, 1, 1], item_id=[1, 2, 3])


def test_days_count_back_from_the_last_training_event(tmp_path):
    day = 86_400
    data, _ = read(tmp_path, user_id=[1] * 4, item_id=[1, 2, 3, 4], timestamp=[0, day, 3 * day, 9 * day])
    assert data.train.column("days").tolist() == [1, 0]
    assert data.test.column("days").tolist() == [-8]


def test_hidden_items_are_in_no_history_but_are_still_asked_for(tmp_path):
    record = read_record(checkerboard(tmp_path))
    plain, cut = training_set(record, Cut()), training_set(record, Cut(cold=0.25))
    gone = np.setdiff1d(plain.train.values, cut.train.values)
    assert len(gone) == round(0.25 * len(np.unique(plain.train.values)))
    assert np.isin(cut.test.values, gone).any()
    assert cut.test.values.tolist() == plain.test.values.tolist()


def test_a_sample_keeps_whole_users(tmp_path):
    record = read_record(checkerboard(tmp_path))
    whole, some = training_set(record, Cut()), training_set(record, Cut(sample=7))
    assert some.users == 7 and (some.test.lengths == 1).all()
    known = {tuple(each) for each in whole.train}
    assert all(tuple(each) in known for each in some.train)


def test_nothing_to_test_is_said(tmp_path):
    with pytest.raises(ValueError, match="0 to test"):
        read(tmp_path, user_id=[1, 2], item_id=[1, 2])
