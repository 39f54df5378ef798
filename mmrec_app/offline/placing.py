"""Puts items where a generation's item tower sees them: in the active one, and in those that running experiments name.

A generation beside the active one remembers in `placed_until` up to when it has everything. Once that is empty, workers
place in it what they encode, as in the active one.
"""

import logging
from collections.abc import Sequence

from django.contrib.postgres.functions import TransactionNow
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Least

from mmrec_app.conf import conf
from mmrec_app.embeddings import vectors
from mmrec_app.embeddings.generations import ClockTimestamp, lock_active
from mmrec_app.embeddings.named import named_now
from mmrec_app.models import Generation
from mmrec_app.offline.tower import tower_of

logger = logging.getLogger(__name__)

BESIDE = Q(kept=True, state__in=(Generation.State.READY, Generation.State.RETIRED))
BEHIND = "generation %d, which an experiment names, could not be kept up to date"


def place(generation: Generation, item_ids: Sequence[int]) -> None:
    """Puts items where the generation's tower sees them; in the caller's transaction, which called `lock_active`."""
    if not item_ids:
        return
    tower = tower_of(generation)
    found = vectors.embeddings_of(item_ids, tower.encoders)
    places = tower(found, item_ids), tower.content(found, item_ids), tower.weights(found, item_ids)
    vectors.place(generation, item_ids, *places)


def followed() -> list[Generation]:
    """Those beside the active one that are placed in as well. Call it with `lock_active` and before vectors are dated:
    one that is not among them finds the vectors by their date when it catches up."""
    return list(Generation.objects.filter(BESIDE, placed_until=None))


def place_beside(generation: Generation, item_ids: Sequence[int]) -> None:
    """`place` for one of `followed`. One that fails falls behind from this transaction on; the active one goes on."""
    try:
        with transaction.atomic():
            place(generation, item_ids)
    except Exception:
        logger.warning(BEHIND, generation.number, exc_info=True)
        behind = Least("placed_until", TransactionNow())  # another worker's may be earlier
        Generation.objects.filter(number=generation.number).update(placed_until=behind)


def catch_up(number: int | None = None) -> int:
    """Places what was encoded while a generation did not serve, the active one unless another is named; returns how
    many items that were.

    Alone with the generation for each batch: a worker that stores a newer vector of an item comes before or after.
    """
    done = 0
    while True:
        with transaction.atomic():
            generation = lock_active(exclusive=True)
            if number is not None:
                generation = Generation.objects.get(number=number)
            if generation.placed_until is None:
                return done
            item_ids, until = vectors.encoded_next(generation.placed_until, conf().batch)
            place(generation, item_ids)
            Generation.objects.filter(number=generation.number).update(placed_until=until)
            done += len(item_ids)


def follow() -> None:
    """Brings what running experiments name up to date, and lets go of what none names any more. A generation that fails
    is logged and tried again the next time."""
    named, beside = named_now(), Generation.objects.filter(BESIDE)
    # A worker that stores without it from now on dates its vectors later.
    beside.filter(placed_until=None).exclude(number__in=named).update(placed_until=ClockTimestamp())
    for generation in beside.filter(number__in=named).exclude(placed_until=None):
        try:
            catch_up(generation.number)
        except Exception:
            logger.warning(BEHIND, generation.number, exc_info=True)
