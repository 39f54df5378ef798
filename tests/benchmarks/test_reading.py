from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from benchmarks.quality.reading import read_record
from tests.benchmarks.folders import write_interactions, write_items


def met(record):
    """(user, item id) of every event."""
    ids = [record.items[row]["item_id"] for row in record.rows]
    return list(zip(record.users.tolist(), ids, strict=True))


def test_interactions_alone_name_their_items(tmp_path):
    write_interactions(tmp_path, user_id=[7, 3, 7], item_id=["b", "a", "c"])
    record = read_record(tmp_path)
    assert met(record) == [(0, "a"), (1, "b"), (1, "c")]
    assert record.order is None and record.split is None


def test_items_keep_the_order_of_their_file_and_strangers_come_last(tmp_path):
    write_items(tmp_path, item_id=[30, 10, 20], title=["x", None, "z"])
    write_interactions(tmp_path, user_id=["u", "u"], item_id=[20, 99])
    record = read_record(tmp_path)
    assert [item["item_id"] for item in record.items] == ["30", "10", "20", "99"]
    assert record.rows.tolist() == [2, 3]


@pytest.mark.parametrize(
    ("column", "absolute"),
    [
        ({"position": [2, 0, 1]}, False),
        ({"timestamp": [30, 10, 20]}, True),
        ({"timestamp": [datetime(2020, 1, day, tzinfo=UTC) for day in (3, 1, 2)]}, True),
        ({"timestamp": [date(2020, 1, day) for day in (3, 1, 2)]}, True),
        ({"timestamp": ["2020-01-03", "2020-01-01T02:00:00+02:00", "2020-01-02T00:00:00Z"]}, True),
        ({"timestamp": ["30", "10", "20"]}, True),
    ],
)
def test_a_history_is_read_oldest_first(tmp_path, column, absolute):
    write_interactions(tmp_path, user_id=[1, 1, 1], item_id=["third", "first", "second"], **column)
    record = read_record(tmp_path)
    assert [item for _, item in met(record)] == ["first", "second", "third"]
    assert record.absolute is absolute
    if absolute:
        assert record.order[1] - record.order[0] in (10, 86_400)


def test_a_pair_met_again_counts_at_its_first_time(tmp_path):
    write_interactions(tmp_path, user_id=[1, 1, 1], item_id=["a", "b", "a"], position=[0, 1, 2])
    assert met(read_record(tmp_path)) == [(0, "a"), (0, "b")]


def test_what_was_met_in_training_is_not_held_out(tmp_path):
    write_interactions(tmp_path, user_id=[1, 1, 1], item_id=["a", "b", "a"], split=["test", "val", "train"])
    record = read_record(tmp_path)
    assert met(record) == [(0, "a"), (0, "b")]
    assert record.split.tolist() == [0, 1]


def test_dismissed_weightless_and_nameless_events_are_left_out(tmp_path):
    write_interactions(
        tmp_path,
        user_id=["u", "u", "u", None, "u"],
        item_id=["a", "b", "c", "d", None],
        kind=["view", "dismiss", None, "view", "view"],
        weight=[1.0, 1.0, None, 1.0, 1.0],
    )
    record = read_record(tmp_path)
    assert [item for _, item in met(record)] == ["a", "c"]
    assert [record.kind_names[kind] for kind in record.kinds] == ["view", "view"]
    write_interactions(tmp_path, user_id=["u", "u"], item_id=["a", "b"], weight=[0.0, 2.0])
    assert [item for _, item in met(read_record(tmp_path))] == ["b"]


def test_kinds_go_with_their_events(tmp_path):
    write_interactions(tmp_path, user_id=[1, 1], item_id=["b", "a"], kind=["view", "buy"], position=[1, 0])
    record = read_record(tmp_path)
    assert [record.kind_names[kind] for kind in record.kinds] == ["buy", "view"]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"user_id": [1], "product": ["a"]}, "no column item_id; it has user_id, product"),
        ({"user_id": [1], "item_id": ["a"], "split": ["holdout"]}, "split is 'holdout'"),
        ({"user_id": [1], "item_id": ["a"], "kind": ["dismiss"]}, "no events"),
        ({"user_id": [1], "item_id": ["a"], "timestamp": ["yesterday"]}, "timestamp cannot be read .*'yesterday'"),
        ({"user_id": [1], "item_id": ["a"], "position": [[0]]}, "position cannot be read .*; it must be a number"),
        (
            {"user_id": [1], "item_id": ["a"], "timestamp": pa.array([None], pa.int64())},
            "user '1' and item 'a' is empty",
        ),
    ],
)
def test_what_a_folder_lacks_is_named(tmp_path, columns, message):
    write_interactions(tmp_path, **columns)
    with pytest.raises(ValueError, match=message):
        read_record(tmp_path)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"sku": ["a"]}, "no column item_id; it has sku"),
        ({"item_id": ["a"], "attributes": ["red"]}, "items.parquet: attributes are no JSON"),
        ({"item_id": ["a"], "attributes": ['["red"]']}, r"attributes of 'a' are \['red'\]"),
    ],
)
def test_items_that_cannot_be_read_are_named(tmp_path, columns, message):
    write_items(tmp_path, **columns)
    write_interactions(tmp_path, user_id=[1], item_id=["a"])
    with pytest.raises(ValueError, match=message):
        read_record(tmp_path)


def test_a_folder_without_interactions_and_an_item_listed_twice_are_refused(tmp_path):
    write_items(tmp_path, item_id=["a", "a"])
    with pytest.raises(ValueError, match="no interactions.parquet"):
        read_record(tmp_path)
    write_interactions(tmp_path, user_id=[1], item_id=["a"])
    with pytest.raises(ValueError, match="names an item_id twice"):
        read_record(tmp_path)
