"""Makes a generation whose projection is fitted to the catalogue (PCA of the centred encoder outputs)."""

import logging

import numpy as np
from django.db import connections, router
from django.db.models import QuerySet

from mmrec_app.conf import conf
from mmrec_app.embeddings import claims, vectors
from mmrec_app.embeddings.generations import discard, new_generation, store_artefact
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Generation, Item, ItemVector
from mmrec_app.models.reasons import kept
from mmrec_app.offline.retrain import DIED, FIT_LOCK, METHOD
from mmrec_app.offline.store import Rows, drop_old, snapshot_time, take_over, write
from mmrec_app.offline.tower import PROJECTION
from mmrec_app.training.projection import fit_projection

logger = logging.getLogger(__name__)


def fit_is_due() -> bool:
    """Whether the active projection is not fitted, or fitted to other encoders, and everything is encoded."""
    active = Generation.objects.get(state=Generation.State.ACTIVE)
    configured = [spec.identity for spec in conf().encoders]
    known = vectors.encoder_dimensions(configured)
    wanted = [identity for identity in configured if identity in known]
    if active.number > 0 and active.config.get("encoders") == wanted:
        return False
    if Item.objects.filter(claims.WAITING).exists() or _in_training().exists():
        return False
    return len(vectors.encoded_items(wanted)) >= conf().autofit_items


def fit(started_by: str = "") -> Generation:
    """Fits, writes, indexes and activates the next generation.

    The active one serves all the while; a run that dies leaves it untouched. Raises `MmrecError` when another run is
    under way or nothing is encoded.
    """
    with connections[router.db_for_write(ItemVector)].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [FIT_LOCK])
        if not cursor.fetchone()[0]:
            raise MmrecError("another generation is being made; wait until it is done.")
        try:
            return _fit(started_by)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [FIT_LOCK])


def _in_training() -> QuerySet[Generation]:
    return Generation.objects.filter(state=Generation.State.TRAINING, config__method=METHOD)


def _fit(started_by: str) -> Generation:
    for left_over in Generation.objects.filter(state=Generation.State.TRAINING).exclude(config__method=METHOD):
        discard(left_over, kept(DIED))
    snapshot = snapshot_time()
    encoders = [spec.identity for spec in conf().encoders]
    item_ids = vectors.encoded_items(encoders)
    found = vectors.embeddings_of(item_ids, encoders)
    if not found:
        raise MmrecError("no item is encoded yet; start a worker, or run manage.py mmrec_encode.")
    tower = fit_projection({name: found[name] for name in encoders if name in found}, conf().dimension)
    config = {
        "method": "pca",
        "encoders": list(tower.encoders),
        "dimensions": {name: found[name].shape[1] for name in tower.encoders},
        "items": len(item_ids),
        "started_by": started_by,
    }
    generation = new_generation(tower.dimension, config, started_by)
    try:
        store_artefact(generation, PROJECTION, tower.to_bytes())
        joint = tower(found)
        popular, weights = np.zeros(len(item_ids)), np.zeros((len(item_ids), 0))
        write(generation, Rows(np.array(item_ids), joint, joint, popular, weights))
        take_over(generation, snapshot, encoders)
    except BaseException as error:
        discard(generation, f"{type(error).__name__}: {error}")
        raise
    drop_old()
    logger.info("generation %d is active: %d items from %s", generation.number, len(item_ids), ", ".join(encoders))
    return Generation.objects.get(number=generation.number)
