"""What is held out of a record, and from whom."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.reading import Record
from mmrec_app.training.data import Ints, Ragged, TrainingSet

TRAIN, VALID, TEST = range(3)
SEED = 0
"""Of the random split, the hidden items and the sampled users: the same for every model."""
SHARE = 0.1
"""Of the events, for validation and again for test."""
DAY = 86_400


@dataclass(frozen=True)
class Cut:
    """`by` "given" follows the folder's split column; without one, each user's last event but one and last event are
    held out, or tenths at random where there is no order. `by` "time" holds out the last tenths over all users. `cold`
    is the share of items hidden from training; `sample` the number of users kept (0: all)."""

    by: str = "given"
    cold: float = 0.0
    sample: int = 0


def training_set(record: Record, cut: Cut) -> TrainingSet:
    """Without features. Raises `ValueError` when there is nothing to train on or to test."""
    record = _in_order(record) if cut.by == "time" else record
    splits = _splits(record, cut)
    if cut.sample:
        kept = _sampled(record.users[splits == TEST], cut.sample)
        inside = np.isin(record.users, kept)
        record, splits = record.picked(inside), splits[inside]
        record = replace(record, users=np.unique(record.users, return_inverse=True)[1])
    hidden = _hidden(record.rows[splits == TRAIN], cut.cold)
    trained = (splits == TRAIN) & ~np.isin(record.rows, hidden)
    parts = [np.flatnonzero(part) for part in (trained, splits == VALID, splits == TEST)]
    if not len(parts[TRAIN]) or not len(parts[TEST]):
        left = f"{len(parts[TRAIN])} events to train on and {len(parts[TEST])} to test"
        raise ValueError(f"split={cut.by} leaves {left}; take more users or another split.")
    train, valid, test = (_grouped(record, part, _days(record, parts[TRAIN])) for part in parts)
    return TrainingSet(
        len(record.items),
        train,
        valid,
        test,
        ordered=record.order is not None,
        categories=tuple(item.get("category") or "" for item in record.items),
        kind_names=record.kind_names,
    )


def _splits(record: Record, cut: Cut) -> NDArray[np.int8]:
    if cut.by == "time":
        return _by_time(record)
    if record.split is not None:
        if not (record.split == VALID).any():
            raise ValueError("no event's split is 'val', to tune on; call a part of train so, or take --split time.")
        return record.split
    return _leave_one_out(record) if record.order is not None else _random(record)


def _places(record: Record) -> tuple[Ints, Ints]:
    """Of each event: its place within its user, and how many events that user has."""
    lengths = np.bincount(record.users, minlength=record.count)
    starts = np.cumsum(lengths) - lengths
    return np.arange(len(record.users)) - starts[record.users], lengths[record.users]


def _in_order(record: Record) -> Record:
    if record.order is None:
        raise ValueError("a split by time needs a column timestamp or position; take --split given.")
    return record.picked(np.lexsort((record.order, record.users)))


def _leave_one_out(record: Record) -> NDArray[np.int8]:
    place, length = _places(record)
    splits = np.where(place == length - 1, TEST, np.where(place == length - 2, VALID, TRAIN))
    return np.where(length < 3, TRAIN, splits).astype(np.int8)


def _random(record: Record) -> NDArray[np.int8]:
    """A tenth of each user's events, and at least one from three events on, goes to validation and as many to test."""
    shuffled = np.lexsort((np.random.default_rng(SEED).random(len(record.users)), record.users))
    place, length = _places(record)
    each = np.where(length < 3, 0, np.maximum(np.round(SHARE * length), 1))
    splits = np.where(place < each, TEST, np.where(place < 2 * each, VALID, TRAIN))
    out = np.empty(len(splits), np.int8)
    out[shuffled] = splits
    return out


def _by_time(record: Record) -> NDArray[np.int8]:
    """Where positions tell the order, the share of a user's events that came before stands for the time."""
    place, length = _places(record)
    when = record.order if record.absolute and record.order is not None else (place + 0.5) / length
    rank = np.empty(len(when))
    rank[np.argsort(when, kind="stable")] = np.arange(len(when)) / len(when)
    return np.where(rank >= 1 - SHARE, TEST, np.where(rank >= 1 - 2 * SHARE, VALID, TRAIN)).astype(np.int8)


def _sampled(users: Ints, count: int) -> Ints:
    asked = np.unique(users)
    return asked if count >= len(asked) else np.random.default_rng(SEED).choice(asked, count, replace=False)


def _hidden(trained: Ints, share: float) -> Ints:
    known = np.unique(trained)
    return np.random.default_rng(SEED).choice(known, round(share * len(known)), replace=False)


def _grouped(record: Record, part: Ints, days: NDArray[np.float32] | None) -> Ragged:
    beside = (record.kinds[part], None if days is None else days[part])
    return Ragged.grouped(record.users[part], record.rows[part], record.count, *beside)


def _days(record: Record, trained: Ints) -> NDArray[np.float32] | None:
    """Before the last training event; what comes later has fewer than none."""
    if record.order is None or not record.absolute:
        return None
    return ((record.order[trained].max() - record.order) / DAY).astype(np.float32)
