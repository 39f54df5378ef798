"""Makes a generation whose projection is fitted to the catalogue (PCA of the centred encoder outputs)."""

import logging
import time
from collections.abc import Iterator
from datetime import datetime

import numpy as np
from django.db import OperationalError, connections, router, transaction

from mmrec_app.conf import conf
from mmrec_app.embeddings import claims, partitions, vectors
from mmrec_app.embeddings.generations import activate, discard, lock_active, new_generation, store_artefact
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Generation, Item, ItemVector
from mmrec_app.offline.encode import place
from mmrec_app.offline.tower import ARTEFACT
from mmrec_app.training.projection import fit_projection
from mmrec_app.types import Vector

logger = logging.getLogger(__name__)

LOCK = 0x6D6D726563  # one run at a time, whoever starts it
NEIGHBOURS = 50
NEIGHBOURS_UP_TO = 50_000
"""Above so many items the exact neighbours are not stored: their cost grows with the square."""
ATTACH_TRIES = 600


def fit_is_due() -> bool:
    """Whether the active projection is not fitted, or fitted to other encoders, and everything is encoded."""
    active = Generation.objects.get(state=Generation.State.ACTIVE)
    configured = [spec.identity for spec in conf().encoders]
    known = vectors.encoder_dimensions(configured)
    wanted = [identity for identity in configured if identity in known]
    if active.number > 0 and active.config.get("encoders") == wanted:
        return False
    if Item.objects.filter(claims.WAITING).exists():
        return False
    return len(vectors.encoded_items(wanted)) >= conf().autofit_items


def fit(started_by: str = "") -> Generation:
    """Fits, writes, indexes and activates the next generation.

    The active one serves all the while; a run that dies leaves it untouched. Raises `MmrecError` when another run is
    under way or nothing is encoded.
    """
    with connections[router.db_for_write(ItemVector)].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise MmrecError("another generation is being made; wait until it is done.")
        try:
            return _fit(started_by)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _fit(started_by: str) -> Generation:
    for left_over in Generation.objects.filter(state=Generation.State.TRAINING):
        discard(left_over, "the run that made it ended before it was done")
    snapshot = _snapshot()
    encoders = [spec.identity for spec in conf().encoders]
    item_ids = vectors.encoded_items(encoders)
    found = vectors.embeddings_of(item_ids, encoders)
    if not found:
        raise MmrecError("no item is encoded yet; start a worker, or run manage.py mmrec_encode.")
    tower = fit_projection({name: found[name] for name in encoders if name in found}, conf().dimension)
    config = {
        "method": "pca",
        "encoders": list(tower.encoders),
        "dimensions": {
            spec.modality: found[spec.identity].shape[1] for spec in conf().encoders if spec.identity in found
        },
        "items": len(item_ids),
        "started_by": started_by,
    }
    generation = new_generation(tower.dimension, config)
    try:
        store_artefact(generation, ARTEFACT, tower.to_bytes())
        _write(generation, item_ids, tower(found))
        _take_over(generation, snapshot, encoders)
    except BaseException as error:
        discard(generation, f"{type(error).__name__}: {error}")
        raise
    logger.info("generation %d is active: %d items from %s", generation.number, len(item_ids), ", ".join(encoders))
    return Generation.objects.get(number=generation.number)


def _write(generation: Generation, item_ids: list[int], joint: Vector) -> None:
    somewhere = np.abs(joint).sum(axis=1) > 0
    ids = np.asarray(item_ids)[somewhere]
    vectors.copy_vectors(generation.number, ids.tolist(), joint[somewhere])
    if len(ids) <= NEIGHBOURS_UP_TO:
        vectors.copy_neighbours(generation.number, neighbours(ids, joint[somewhere]))
    with transaction.atomic(), connections[router.db_for_write(ItemVector)].cursor() as cursor:
        partitions.index(cursor, generation.number, generation.dimension)
    _attach(generation)


def _attach(generation: Generation) -> None:
    """Attaching takes a short lock on the items. While a long transaction of the shop stands in its way it steps back
    and tries again, so that no save has to queue behind it."""
    for left in reversed(range(ATTACH_TRIES)):
        try:
            with transaction.atomic(), connections[router.db_for_write(ItemVector)].cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '1s'")
                partitions.attach(cursor, generation.number)
            return
        except OperationalError:
            if not left:
                raise
            time.sleep(1)


def _snapshot() -> datetime:
    """The database's time when no worker is in the middle of storing: what is stored later is dated later."""
    with transaction.atomic(), connections[router.db_for_write(ItemVector)].cursor() as cursor:
        lock_active(exclusive=True)
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def _take_over(generation: Generation, snapshot: datetime, encoders: list[str]) -> None:
    """Places what changed since the snapshot and activates, in one transaction that no placement can slip past."""
    with transaction.atomic():
        lock_active(exclusive=True)
        activate(generation)
        place(generation, vectors.encoded_items(encoders, since=snapshot))


def neighbours(item_ids: np.ndarray, joint: Vector) -> Iterator[tuple[int, int, int, float]]:
    """(item, rank, neighbour, inner product) of every item's nearest others, best first."""
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
