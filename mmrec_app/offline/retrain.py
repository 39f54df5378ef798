"""Trainings as the database knows them: asked for, taken up under a lease, renewed, cancelled. Knows no torch.

One at a time: a constraint allows one generation in training. Whoever works on it holds a lease; one that lapsed,
because its worker is gone, is taken over by the next worker that looks, in the same folder.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connections, router, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from mmrec_app.conf import conf
from mmrec_app.embeddings.generations import discard, new_generation
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Event, Generation
from mmrec_app.models.reasons import in_words, kept

METHOD = "trained"
FIT_LOCK = 0x6D6D726563
"""Held in the database by a process that fits a projection, so that one that died is told from one that works."""
LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 5
"""Workers that may vanish over one training before it is given up."""

CANCELLED = gettext_noop("cancelled by %(by)s")
GIVEN_UP = gettext_noop("given up: its worker vanished %(times)s times (out of memory, perhaps)")
DIED = gettext_noop("the run that made it ended before it was done")

FREE = Q(lease_until=None) | Q(lease_until__lt=Now())


class LeaseLost(MmrecError):
    """Another worker has taken the training over."""


class Unable(MmrecError):
    """Ends a training. `kept` is what its page says in the reader's language."""

    def __init__(self, sentence: str, **named: Any) -> None:
        self.kept = kept(sentence, **named)
        super().__init__(in_words(self.kept))


class Cancelled(Unable):
    """Somebody asked for the end of it."""


@dataclass(frozen=True)
class Lease:
    """The right to work on a generation, fenced by `token` against a worker that comes back too late."""

    number: int
    token: uuid.UUID

    @property
    def rows(self) -> Any:
        return Generation.objects.filter(number=self.number, lease_token=self.token, state=Generation.State.TRAINING)


def start_run(config: dict[str, Any], started_by: str) -> Generation:
    """Asks for a training; a worker takes it up (`tasks.hint_training`, or the schedule).

    `config` says what differs from `MMREC["TRAINING"]` and the defaults of `TrainingConfig`. Raises `MmrecError` while
    another generation is being made.
    """
    settings = {**conf().training, **config}
    forget_dead_fit()
    dimension = settings.get("dimension", conf().dimension)
    return new_generation(dimension, {"method": METHOD, "settings": settings}, started_by)


def request_cancel(number: int, by: str = "") -> None:
    """Ends a training within seconds, one that nobody works on at once. Raises `MmrecError` if there is none."""
    who = by or "somebody"
    with transaction.atomic():
        rows = Generation.objects.filter(number=number, state=Generation.State.TRAINING)
        if rows.select_for_update().first() is None:
            said = _("Generation %(number)s is not being trained; there is nothing to cancel.")
            raise MmrecError(said % {"number": number})
        rows.update(cancelled_by=who)
        nobody = rows.filter(FREE, config__method=METHOD).first()
    if nobody is not None:
        discard(nobody, kept(CANCELLED, by=who))


def forget_dead_fit() -> None:
    """Discards a projection whose fit died: its row would stand in everyone's way."""
    found = Generation.objects.filter(state=Generation.State.TRAINING).exclude(config__method=METHOD).first()
    if found is None:
        return
    with transaction.atomic(), connections[router.db_for_write(Generation)].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [FIT_LOCK])
        if cursor.fetchone()[0]:
            discard(found, kept(DIED))


def retrain_is_due() -> bool:
    """Whether so much has happened since the last training that another is worth its time."""
    last = Generation.objects.filter(config__method=METHOD).exclude(state=Generation.State.FAILED).first()
    events = Event.objects.all() if last is None else Event.objects.filter(at__gt=last.created_at)
    wanted = conf().retrain_events
    return len(events.values("pk")[:wanted]) >= wanted


def take_up() -> Lease | None:
    """The training that waits for a worker, now the caller's; None when there is none."""
    with transaction.atomic():
        waiting = Generation.objects.filter(FREE, state=Generation.State.TRAINING, config__method=METHOD)
        found = waiting.select_for_update(skip_locked=True).first()
        if found is None:
            return None
        lease = Lease(found.number, uuid.uuid4())
        Generation.objects.filter(number=found.number).update(
            lease_token=lease.token, lease_until=Now() + LEASE, attempts=F("attempts") + 1
        )
    if found.cancelled_by:
        discard(found, kept(CANCELLED, by=found.cancelled_by))
        return None
    if found.attempts >= MAX_ATTEMPTS:
        discard(found, kept(GIVEN_UP, times=found.attempts))
        return None
    return lease


def renew(lease: Lease) -> None:
    """Raises `LeaseLost` or `Cancelled` when the work is to end."""
    if not lease.rows.update(lease_until=Now() + LEASE):
        raise LeaseLost(f"generation {lease.number} was taken over by another worker, or ended.")
    if by := lease.rows.values_list("cancelled_by", flat=True).first():
        raise Cancelled(CANCELLED, by=by)


def release(lease: Lease) -> None:
    """Lets the next worker take it up at once: this one was told to stop."""
    lease.rows.update(lease_until=None, lease_token=None, attempts=F("attempts") - 1)
