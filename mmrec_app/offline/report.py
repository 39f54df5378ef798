"""A trained generation's figures, drawn from what the database holds of it and kept with it."""

import json
from collections.abc import Sequence

import numpy as np
from django.db import connections, router
from django.db.models import Q
from PIL import Image

from mmrec_app.conf import conf
from mmrec_app.embeddings.generations import load_artefact, store_artefact
from mmrec_app.embeddings.vectors import read_places
from mmrec_app.encoders import ImageLimits
from mmrec_app.encoders.image import decode_all
from mmrec_app.exceptions import MmrecError
from mmrec_app.figures import Learned, draw_all
from mmrec_app.figures.places import SIDE
from mmrec_app.figures.trials import some
from mmrec_app.models import Artefact, Generation
from mmrec_app.offline.content import read_contents
from mmrec_app.offline.retrain import METHOD
from mmrec_app.offline.snapshot import Snapshot, take_snapshot
from mmrec_app.offline.store import snapshot_time
from mmrec_app.offline.tower import tower_of
from mmrec_app.offline.trained import TrainedTower
from mmrec_app.training.config import TrainingConfig
from mmrec_app.training.fit import REPORT

DRAW_LOCK = 0x6D6D726564
"""Held in the database by a worker that draws what has no figures, so that no other draws the same."""
TRIES = 3
"""Times that a drawing is begun by itself: one that costs its worker its life is not begun for ever."""


def report_missing() -> int | None:
    """Draws the latest trained generation that has no figures; returns its number if there was one."""
    with connections[router.db_for_write(Generation)].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [DRAW_LOCK])
        if not cursor.fetchone()[0]:
            return None
        try:
            return _report_latest()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [DRAW_LOCK])


def _report_latest() -> int | None:
    drawn = Artefact.objects.filter(name__endswith=".png").values("generation")
    untired = Q(progress__drawings__isnull=True) | Q(progress__drawings__lt=TRIES)
    waiting = Generation.objects.filter(untired, config__method=METHOD, kept=True).exclude(number__in=drawn)
    found = waiting.exclude(state=Generation.State.TRAINING).order_by("-number").first()
    if found is None:
        return None
    begun = found.progress | {"drawings": found.progress.get("drawings", 0) + 1}
    Generation.objects.filter(number=found.number).update(progress=begun)
    report(found.number)
    return found.number


def report(number: int) -> dict[str, bytes]:
    """File name -> PNG, stored as the generation's artefacts. Takes minutes: it trains small models to compare with.

    Raises `MmrecError` when the generation was not trained or its vectors are gone.
    """
    generation = Generation.objects.filter(number=number).first()
    if generation is None:
        raise MmrecError(f"there is no generation {number}.")
    if generation.config.get("method") != METHOD or not generation.kept or generation.state == "training":
        raise MmrecError(f"generation {number} has no trained model to draw; choose one that was trained and is kept.")
    snapshot = take_snapshot(snapshot_time())
    drawn = draw_all(snapshot.data, _learned(generation, snapshot), Thumbnails(snapshot.item_ids), conf().device)
    for name, png in drawn.items():
        store_artefact(generation, name, png)
    return drawn


def _learned(generation: Generation, snapshot: Snapshot) -> Learned:
    told = json.loads(load_artefact(generation, REPORT))
    tower = tower_of(generation)
    assert isinstance(tower, TrainedTower)
    joint, _, _ = read_places(generation.number, snapshot.item_ids, generation.dimension)
    return Learned(
        TrainingConfig.from_dict(told["config"]),
        joint,
        tower.weights(snapshot.data.features, snapshot.item_ids.tolist()),
        told["slots"],
        told["temperatures"]["user_next"],
        some([weights.detach() for weights in tower.tower.sparse_weights]),
    )


class Thumbnails:
    """Rows of a snapshot -> small pictures of those items that have one that can be read."""

    def __init__(self, item_ids: np.ndarray) -> None:
        self.item_ids = item_ids

    def __call__(self, rows: Sequence[int]) -> dict[int, np.ndarray]:
        contents = read_contents(int(self.item_ids[row]) for row in rows)
        first = {
            row: found.images[0] for row in rows if (found := contents.get(int(self.item_ids[row]))) and found.images
        }
        return {row: small for row, data in first.items() if (small := _small(data)) is not None}


def _small(data: bytes) -> np.ndarray | None:
    decoded = decode_all([data], ImageLimits(bytes=conf().image_bytes, pixels=conf().image_pixels))[0]
    if not isinstance(decoded, Image.Image):
        return None
    decoded.thumbnail((SIDE, SIDE))
    return np.asarray(decoded.convert("RGB"))
