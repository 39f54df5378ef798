from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
import torch

from mmrec_app.training.batches import Batches, asked
from mmrec_app.training.data import Ragged, TrainingSet
from tests.training.toys import small, tastes


def of(*lists: list[int], items: int = 100, **given: object) -> TrainingSet:
    nothing = Ragged.of([[]] * len(lists))
    return TrainingSet(items, Ragged.of(lists), nothing, nothing, **given)


def targets(data: TrainingSet, epoch: int = 0, world: int = 1, **changed: object) -> Counter[int]:
    found: Counter[int] = Counter()
    for rank in range(world):
        for batch in Batches(data, small(**changed), rank, world).epoch(epoch):
            found.update(batch.items[:, 1:][batch.items[:, 1:] >= 0].tolist())
    return found


@pytest.mark.parametrize("length", [2, 3, 10, 11, 12, 13, 25, 41])
def test_every_event_but_the_first_is_a_target(length):
    """Item i is event i; epochs cut at different places."""
    data = of(list(range(length)))
    for epoch in range(12):
        found = targets(data, epoch)
        assert set(found) == set(range(1, length))
        assert max(found.values()) <= 2
        assert found[length - 1] >= 1


@pytest.mark.parametrize("world", [1, 2, 3])
@pytest.mark.parametrize("batch", [7, 32, 500])
def test_no_history_is_left_out_and_none_is_given_twice(batch, world):
    data = of(*([item, item + 50] for item in range(50)))
    assert targets(data, batch=batch, world=world) == Counter(range(50, 100))


def test_padding_stands_behind_and_windows_hold_one_user():
    data = of([1, 2, 3], [4, 5], [], [6])
    for batch in Batches(data, small()).epoch(0):
        rows = {tuple(row) for row in batch.items.tolist()}
        assert rows == {(1, 2, 3), (4, 5, -1)}


def test_every_process_takes_part_though_there_is_one_history():
    for rank in range(2):
        assert len(next(Batches(of([1, 2]), small(), rank, 2).epoch(0)).items) == 1


def test_a_history_without_an_order_is_read_in_another_one_every_epoch():
    def read(ordered: bool) -> set[tuple[int, ...]]:
        batches = Batches(of([1, 2, 3, 4, 5], ordered=ordered), small())
        return {tuple(row) for number in range(9) for batch in batches.epoch(number) for row in batch.items.tolist()}

    assert read(ordered=True) == {(1, 2, 3, 4, 5)}
    assert len(read(ordered=False)) > 5 and {tuple(sorted(row)) for row in read(ordered=False)} == {(1, 2, 3, 4, 5)}


def test_an_epoch_is_the_same_again_and_another_is_not():
    def drawn(number: int) -> list[torch.Tensor]:
        batches = Batches(tastes(), small(negatives=9)).epoch(number)
        return [value for batch in batches for value in vars(batch).values() if value is not None]

    assert all(torch.equal(one, other) for one, other in zip(drawn(3), drawn(3), strict=True))
    assert not all(torch.equal(one, other) for one, other in zip(drawn(3), drawn(4), strict=False))


def test_pairs_are_of_one_user_near_each_other_and_never_an_item_with_itself():
    data = of([1, 1, 2, 3, 4, 5, 6], [50, 51], [50])
    pairs = {
        tuple(pair) for n in range(9) for batch in Batches(data, small()).epoch(n) for pair in batch.pairs.tolist()
    }
    assert (50, 51) in pairs and (1, 4) in pairs
    assert all(one != other and (one < 10) == (other < 10) for one, other in pairs)
    assert (2, 6) not in pairs


def test_nobody_with_two_events_is_an_error():
    with pytest.raises(ValueError, match="no user has two events"):
        Batches(of([1], [], [2]), small())


def test_the_last_events_of_users_are_asked_with():
    beside = (np.array([1, 0, 1, 1, 0], np.int8), np.array([5, 4, 3, 2, 1], np.float32))
    history = replace(Ragged.of([[7, 8, 9], [], [5, 6]]), kinds=beside[0], days=beside[1])
    found = asked(history, np.array([2, 0, 1]), 2)
    assert found.items.tolist() == [[5, 6], [8, 9], [0, 0]]
    assert found.kinds.tolist() == [[1, 0], [0, 1], [0, 0]]
    assert found.days.tolist() == [[2, 1], [4, 3], [0, 0]]
    assert found.lengths.tolist() == [2, 2, 0]
