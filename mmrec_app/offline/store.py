"""A generation's vectors and neighbours: written beside what serves, indexed, attached, caught up, activated."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import connections, router, transaction

from mmrec_app.conf import conf
from mmrec_app.embeddings import partitions, vectors
from mmrec_app.embeddings.generations import activate, between_transactions, drop_tables, lock_active
from mmrec_app.embeddings.named import named_now
from mmrec_app.models import Generation, ItemVector
from mmrec_app.offline.placing import place
from mmrec_app.types import Vector

NEIGHBOURS = 50
NEIGHBOURS_UP_TO = 50_000
"""Above so many items the exact nearest are not stored: their cost grows with the square."""
FEW = 500
"""Changed items that may be placed while placements wait."""

Neighbours = Iterable[tuple[int, int, int, float]]
"""(item, rank, neighbour, weight), best first."""


@dataclass(frozen=True)
class Rows:
    """`joint` and `content` (N, D); an item whose joint row is zero gets no place."""

    item_ids: np.ndarray
    joint: Vector
    content: Vector
    popular: np.ndarray
    weights: np.ndarray
    """(N, slots) of the fusion; no slot where nothing was trained."""
    neighbours: Neighbours | None = None
    """None: the nearest by `joint`, where they are few enough to be looked for."""


def snapshot_time() -> datetime:
    """The database's time when no worker is in the middle of storing: what is stored later is dated later."""
    with transaction.atomic(), connections[router.db_for_write(ItemVector)].cursor() as cursor:
        lock_active(exclusive=True)
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def write(generation: Generation, rows: Rows) -> None:
    """Fills, indexes and attaches its tables; what a run before left of them goes first."""
    somewhere = np.abs(rows.joint).sum(axis=1) > 0
    ids, joint = rows.item_ids[somewhere], rows.joint[somewhere]
    between_transactions(lambda cursor: partitions.drop(cursor, generation.number))
    with transaction.atomic(), connections[router.db_for_write(ItemVector)].cursor() as cursor:
        partitions.create(cursor, generation.number)
        more = (each[somewhere] for each in (rows.content, rows.popular, rows.weights))
        vectors.copy_vectors(generation.number, ids.tolist(), joint, *more)
        stored = rows.neighbours
        if stored is None:
            stored = nearest(ids, joint) if len(ids) <= NEIGHBOURS_UP_TO else ()
        vectors.copy_neighbours(generation.number, stored)
    with transaction.atomic(), connections[router.db_for_write(ItemVector)].cursor() as cursor:
        partitions.index(cursor, generation.number, generation.dimension)
        partitions.index_popular(cursor, generation.number)
    between_transactions(lambda cursor: partitions.attach(cursor, generation.number))


def catch_up(generation: Generation, since: datetime, encoders: list[str]) -> datetime:
    """Places what changed since `since` in a generation that does not serve yet, until little is left to the moment it
    takes over; returns up to when it did."""
    while True:
        now = snapshot_time()
        changed = vectors.encoded_items(encoders, since=since)
        for start in range(0, len(changed), conf().batch):
            with transaction.atomic():
                place(generation, changed[start : start + conf().batch])
        since = now
        if len(changed) <= FEW:
            return since


def take_over(generation: Generation, since: datetime, encoders: list[str]) -> None:
    """Places what changed since `since` and activates, in one transaction that no placement can slip past."""
    with transaction.atomic():
        lock_active(exclusive=True)
        place(generation, vectors.encoded_items(encoders, since=since))
        activate(generation)


def drop_old() -> list[int]:
    """Drops what no longer serves but for what running experiments name, the latest `MMREC["KEEP_GENERATIONS"]` that
    served, and as many that were not let to; rows and figures stay."""
    old = Generation.objects.filter(kept=True).exclude(number__in={0} | named_now()).order_by("-number")
    states = (Generation.State.RETIRED, Generation.State.READY)
    dropped = [each for state in states for each in old.filter(state=state)[conf().keep_generations :]]
    for generation in dropped:
        drop_tables(generation)
    return [generation.number for generation in dropped]


def nearest(item_ids: np.ndarray, joint: Vector) -> Iterator[tuple[int, int, int, float]]:
    """Every item's nearest others by inner product."""
    count = min(NEIGHBOURS, len(item_ids) - 1)
    if count < 1:
        return
    for start in range(0, len(item_ids), 1024):
        scores = joint[start : start + 1024] @ joint.T  # (1024, N)
        np.put_along_axis(scores, np.arange(start, start + len(scores))[:, None], -np.inf, axis=1)
        best = np.argpartition(-scores, count - 1, axis=1)[:, :count]
        order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1)
        best = np.take_along_axis(best, order, axis=1)
        for row, columns in enumerate(best):
            for rank, column in enumerate(columns):
                yield int(item_ids[start + row]), rank, int(item_ids[column]), float(scores[row, column])
