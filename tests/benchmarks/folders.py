"""Small folders of data in the shared format, made up here."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

ITEMS, USERS = 24, 60


def write_items(folder: Path, **columns: list[Any]) -> None:
    pq.write_table(pa.table(columns), folder / "items.parquet")


def write_interactions(folder: Path, **columns: Any) -> None:
    pq.write_table(pa.table(columns), folder / "interactions.parquet")


def tastes(items: int) -> list[list[int]]:
    """A checkerboard: even users meet ten even items, odd users ten odd ones, so that popularity is blind."""
    rng = np.random.default_rng(0)
    return [rng.permutation(np.arange(user % 2, items, 2))[:10].tolist() for user in range(USERS)]


def checkerboard(folder: Path, count: int = ITEMS, **attributes: Any) -> Path:
    """Two tastes, with positions, string ids and ready features that tell them apart."""
    folder.mkdir(parents=True, exist_ok=True)
    histories = tastes(count)
    users = [f"u-{user}" for user, history in enumerate(histories) for _ in history]
    items = [f"item {item}" for history in histories for item in history]
    positions = [place for history in histories for place in range(len(history))]
    write_interactions(folder, user_id=users, item_id=items, position=positions)
    write_items(folder, item_id=[f"item {item}" for item in range(count)], attributes=[json.dumps(attributes)] * count)
    (folder / "features").mkdir(exist_ok=True)
    side = np.where(np.arange(count) % 2, -1, 1)[:, None] * np.ones(4)
    noise = np.random.default_rng(1).standard_normal((count, 4)) * 0.2
    np.save(folder / "features" / "text.npy", (side + noise).astype(np.float16))
    return folder
