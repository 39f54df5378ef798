"""Reads the folder format: `items.parquet` or `interactions.parquet` or both, and `images.tar`, if there is one."""

import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mmrec_app.exceptions import MmrecError

COLUMNS = ("title", "description", "brand", "category", "price", "attributes")


@dataclass(frozen=True)
class Interactions:
    """Columns of one length, in the file's order. `order` is seconds after a common start, rising within a user."""

    users: list[str]
    items: list[str]
    kinds: list[str]
    seconds: np.ndarray
    absolute: bool
    """Whether `seconds` are UTC timestamps; positions otherwise, counted back from each user's last."""


def read_items(folder: Path) -> list[dict[str, Any]]:
    """One dict an item; columns that are missing or null are None. Without items, those that interactions name."""
    path = folder / "items.parquet"
    if not path.exists():
        ids = pc.unique(pq.read_table(folder / "interactions.parquet", columns=["item_id"])["item_id"])
        return [_item({"item_id": item}) for item in ids.to_pylist()]
    rows = pq.read_table(path).to_pylist()
    return [_item(row) for row in rows]


def read_interactions(folder: Path, splits: tuple[str, ...] = ()) -> Interactions | None:
    """All of them, or those of the named splits; None where the folder has none."""
    path = folder / "interactions.parquet"
    if not path.exists():
        return None
    table = pq.read_table(path)
    if splits and "split" not in table.column_names:
        raise MmrecError(f"{path} has no column split; load it without --splits.")
    if splits:
        table = table.filter(pc.is_in(table["split"].cast(pa.string()), pa.array(splits)))
    users = [str(user) for user in table["user_id"].to_pylist()]
    items = [str(item) for item in table["item_id"].to_pylist()]
    kinds = table["kind"].to_pylist() if "kind" in table.column_names else ["view"] * len(users)
    absolute = "timestamp" in table.column_names
    seconds = table["timestamp"].to_numpy() if absolute else _before_last(table)
    return Interactions(users, items, kinds, seconds, absolute)


def read_images(folder: Path) -> Iterator[tuple[str, bytes]]:
    """(item id, JPEG) of every picture."""
    path = folder / "images.tar"
    if not path.exists():
        return
    with tarfile.open(path) as archive:
        for member in archive:
            if member.isfile() and (file := archive.extractfile(member)) is not None:
                yield Path(member.name).stem, file.read()


def _item(row: dict[str, Any]) -> dict[str, Any]:
    known = {name: row.get(name) for name in COLUMNS}
    known["attributes"] = json.loads(known["attributes"] or "{}")
    return {"item_id": str(row["item_id"]), **known}


def _before_last(table: pa.Table) -> np.ndarray:
    """Minutes before a user's last interaction, as negative seconds; the file's order where there are no positions."""
    _, users = np.unique(table["user_id"].to_numpy(), return_inverse=True)
    if "position" in table.column_names:
        positions = table["position"].to_numpy().astype(np.int64)
    else:
        positions = np.arange(len(users))
    last = np.full(users.max(initial=-1) + 1, np.iinfo(np.int64).min)
    np.maximum.at(last, users, positions)
    return (positions - last[users]) * 60
