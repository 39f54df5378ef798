"""A folder of data as arrays. Ids, whatever they are, become rows here."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from mmrec_app.training.data import Ints
from shop_demo.importing.folder import read_items

SPLITS = {"train": 0, "val": 1, "valid": 1, "validation": 1, "test": 2}
UNWANTED = "dismiss"
"""The kind of event that speaks against an item; such events are left out."""


@dataclass(frozen=True)
class Record:
    """Who met what, one entry an event, by user and oldest first; a pair met twice counts once, at its first time.

    `order` is a timestamp (`absolute`) or a position, `split` an index into train, valid and test; each is None where
    the folder does not tell. `items` are dicts as `read_items` gives them, in the order of the rows.
    """

    items: Sequence[dict[str, Any]]
    users: Ints
    rows: Ints
    order: NDArray[np.float64] | None
    absolute: bool
    split: NDArray[np.int8] | None
    kinds: NDArray[np.int8]
    kind_names: tuple[str, ...]

    @property
    def count(self) -> int:
        """Of users."""
        return int(self.users.max(initial=-1)) + 1

    def picked(self, where: NDArray[Any]) -> "Record":
        """Some of the events, in the order of `where`: row numbers or a mask."""
        picks = {name: getattr(self, name) for name in ("users", "rows", "order", "split", "kinds")}
        picks = {name: None if values is None else values[where] for name, values in picks.items()}
        return Record(self.items, absolute=self.absolute, kind_names=self.kind_names, **picks)


def read_record(folder: Path) -> Record:
    """Raises `ValueError` saying what the folder lacks."""
    table = _events(folder)
    items = _items(folder)
    known = {item["item_id"] for item in items}
    if len(known) < len(items):
        raise ValueError(f"{folder / 'items.parquet'} names an item_id twice; keep one row an item.")
    ids = table["item_id"].combine_chunks()
    strangers = [each for each in pc.unique(ids).to_pylist() if each not in known]
    items = [*items, *({"item_id": each} for each in strangers)]
    rows = pc.index_in(ids, pa.array([item["item_id"] for item in items], pa.string())).to_numpy()
    kinds, kind_names = _kinds(table)
    record = Record(
        items,
        np.unique(table["user_id"].to_numpy(), return_inverse=True)[1].astype(np.int64),
        rows.astype(np.int64),
        *_order(folder / "interactions.parquet", table),
        _split(table),
        kinds,
        kind_names,
    )
    return _first_meetings(record)


def _events(folder: Path) -> pa.Table:
    path = folder / "interactions.parquet"
    if not path.exists():
        raise ValueError(f"{folder} has no interactions.parquet; there is nothing to rank.")
    table = pq.read_table(path)
    for name in ("user_id", "item_id"):
        if name not in table.column_names:
            raise ValueError(f"{path} has no column {name}; it has {', '.join(table.column_names)}.")
        table = table.set_column(table.column_names.index(name), name, table[name].cast(pa.string()))
    wanted = pc.and_(pc.is_valid(table["user_id"]), pc.is_valid(table["item_id"]))
    if "kind" in table.column_names:
        wanted = pc.and_(wanted, pc.fill_null(pc.not_equal(table["kind"].cast(pa.string()), UNWANTED), True))
    if "weight" in table.column_names:
        wanted = pc.and_(wanted, pc.fill_null(pc.greater(table["weight"], 0), True))
    if not len(table := table.filter(wanted)):
        raise ValueError(f"{path} has no events to learn from.")
    return table


def _items(folder: Path) -> list[dict[str, Any]]:
    path = folder / "items.parquet"
    if path.exists() and "item_id" not in (names := pq.read_schema(path).names):
        raise ValueError(f"{path} has no column item_id; it has {', '.join(names)}.")
    try:
        items = read_items(folder)
    except (json.JSONDecodeError, TypeError) as error:
        raise ValueError(f"{path}: attributes are no JSON ({error}); they are an object as a text, or null.") from error
    for item in items:
        if not isinstance(item.get("attributes") or {}, dict):
            told = f"attributes of {item['item_id']!r} are {item['attributes']!r}"
            raise ValueError(f"{path}: {told}; they are a JSON object as a text, or null.")
    return items


def _order(path: Path, table: pa.Table) -> tuple[NDArray[np.float64] | None, bool]:
    for name in ("timestamp", "position"):
        if name in table.column_names:
            try:
                order = _numbers(table[name])
            except (ValueError, pa.ArrowException) as error:
                wanted = "seconds, a date or ISO 8601" if name == "timestamp" else "a number"
                raise ValueError(f"{path}: {name} cannot be read ({error}); it must be {wanted}.") from error
            if len(bare := np.flatnonzero(~np.isfinite(order))):
                who, what = (table[each][int(bare[0])].as_py() for each in ("user_id", "item_id"))
                raise ValueError(f"{path}: {name} of user {who!r} and item {what!r} is empty; fill it in for all.")
            return order, name == "timestamp"
    return None, False


def _numbers(column: pa.ChunkedArray) -> NDArray[np.float64]:
    """Times as seconds; a date is its first second, and what names no zone is in UTC."""
    if pa.types.is_date(column.type):
        column = column.cast(pa.timestamp("ms"))
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("s"), safe=False).cast(pa.int64())
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return np.array([np.nan if text is None else _seconds(text) for text in column.to_pylist()])
    return column.cast(pa.float64()).to_numpy()


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _split(table: pa.Table) -> NDArray[np.int8] | None:
    if "split" not in table.column_names:
        return None
    names = table["split"].cast(pa.string()).to_pylist()
    if strange := set(names) - set(SPLITS):
        raise ValueError(f"split is {sorted(map(str, strange))[0]!r}; it must be one of {', '.join(SPLITS)}.")
    return np.array([SPLITS[name] for name in names], np.int8)


def _kinds(table: pa.Table) -> tuple[NDArray[np.int8], tuple[str, ...]]:
    if "kind" not in table.column_names:
        return np.zeros(len(table), np.int8), ("view",)
    names, kinds = np.unique(pc.fill_null(table["kind"].cast(pa.string()), "view").to_numpy(), return_inverse=True)
    return kinds.astype(np.int8), tuple(names.tolist())


def _first_meetings(record: Record) -> Record:
    """By user, split and order; what a user has met before cannot be held out, as a ranking leaves it out."""
    keys = [np.arange(len(record.users)), record.order, record.split, record.users]
    record = record.picked(np.lexsort([key for key in keys if key is not None]))
    _, first = np.unique(record.users * len(record.items) + record.rows, return_index=True)
    return record.picked(np.sort(first))
