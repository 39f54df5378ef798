"""Which generation serves, and how the next one takes over."""

import hashlib
import time
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, connections, router, transaction
from django.db.models import DateTimeField, Func, Max, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from mmrec_app.embeddings import partitions
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Artefact, Generation
from mmrec_app.types import ActiveGeneration, Recipe

FIRST_DIMENSION = 256
"""Of generation 0, whose partitions the first migration makes."""
NONE_ACTIVE = gettext_lazy("No generation is active; run manage.py migrate, or activate one in the admin.")
LOCK_TRIES = 600


class ClockTimestamp(Func):
    """The database's time now, not that of the transaction's beginning."""

    function = "clock_timestamp"
    output_field = DateTimeField()


def ensure_first_generation() -> None:
    """Generation 0, a fixed projection: one always serves, also after the fresh start of `migrate` or `flush`."""
    if not Generation.objects.filter(state=Generation.State.ACTIVE).exists():
        Generation.objects.update_or_create(
            number=0,
            defaults={
                "state": Generation.State.ACTIVE,
                "dimension": FIRST_DIMENSION,
                "config": {"method": "fixed"},
                "activated_at": timezone.now(),
            },
        )


def active_generation() -> ActiveGeneration:
    """The generation a request is served from, resolved once a request."""
    found = serving(Generation.objects.filter(state=Generation.State.ACTIVE))
    if found is None:
        raise MmrecError(NONE_ACTIVE)
    return found


def serving(rows: QuerySet[Generation]) -> ActiveGeneration | None:
    """What a request needs of the first of the rows, if there is one."""
    found = rows.values_list("number", "dimension", "blend", "config__serving").first()
    if found is None:
        return None
    number, dimension, blend, told = found
    return ActiveGeneration(number, dimension, Recipe.of(told, blend))


def lock_active(exclusive: bool = False) -> Generation:
    """The active generation, kept from being replaced until the transaction ends.

    A worker that places items takes it shared, an activation exclusive: so an activation waits for the placements under
    way and sees them all, and none is written to a generation that has just retired. Neither holds up impressions,
    which refer to generations.
    """
    strength = "NO KEY UPDATE" if exclusive else "SHARE"
    with connections[router.db_for_write(Generation)].cursor() as cursor:
        # One that retired while this waited for it is not found; the next look sees its successor.
        for _ in range(10):
            cursor.execute(f"SELECT number FROM mmrec_app_generation WHERE state = 'active' FOR {strength}")
            if (row := cursor.fetchone()) is not None:
                return Generation.objects.get(number=row[0])
    raise MmrecError(NONE_ACTIVE)


def new_generation(dimension: int, config: dict[str, Any], started_by: str = "") -> Generation:
    """The next number, in training. Raises `MmrecError` while another one is."""
    with transaction.atomic(), connections[router.db_for_write(Generation)].cursor() as cursor:
        cursor.execute("LOCK TABLE mmrec_app_generation IN SHARE ROW EXCLUSIVE MODE")
        if (other := Generation.objects.filter(state=Generation.State.TRAINING).first()) is not None:
            said = gettext("Generation %(number)s is being made; wait until it is done, or cancel it.")
            raise MmrecError(said % {"number": other.number})
        number = Generation.objects.aggregate(last=Max("number"))["last"] + 1
        return Generation.objects.create(number=number, dimension=dimension, config=config, started_by=started_by)


def activate(generation: Generation, placed_until: Any = None) -> None:
    """Makes it the one that serves, from the next request on. Call in a transaction that holds `lock_active(True)`.

    What was encoded since `placed_until` is placed by the next worker that encodes (`offline.placing.catch_up`); None
    says that the caller has placed everything. The one that retires remembers up to when it was kept up to date.
    """
    Generation.objects.filter(state=Generation.State.ACTIVE).exclude(number=generation.number).update(
        state=Generation.State.RETIRED, placed_until=Coalesce("placed_until", ClockTimestamp())
    )
    Generation.objects.filter(number=generation.number).update(
        state=Generation.State.ACTIVE, activated_at=timezone.now(), placed_until=placed_until
    )


def discard(generation: Generation, reason: str) -> None:
    """Drops a generation's tables and keeps its row with the reason."""
    drop_tables(generation)
    Generation.objects.filter(number=generation.number).update(
        state=Generation.State.FAILED, reason=reason, kept=False, finished_at=timezone.now(), lease_until=None,
        lease_token=None,
    )  # fmt: skip


def drop_tables(generation: Generation) -> None:
    """Its vectors, neighbours and artefacts; the row stays, with its figures."""
    between_transactions(lambda cursor: partitions.drop(cursor, generation.number))
    Artefact.objects.filter(generation=generation).exclude(name="report.json").delete()
    Generation.objects.filter(number=generation.number).update(kept=False)


def between_transactions(change: Callable[[Any], None]) -> None:
    """Changes tables, which takes a short lock on what serves. While a long transaction of the shop stands in its way
    it steps back and tries again, so that no save has to queue behind it."""
    for left in reversed(range(LOCK_TRIES)):
        try:
            with transaction.atomic(), connections[router.db_for_write(Generation)].cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '1s'")
                change(cursor)
            return
        except OperationalError:
            if not left:
                raise
            time.sleep(1)


def store_artefact(generation: Generation, name: str, data: bytes) -> str:
    """Returns its sha256."""
    digest = hashlib.sha256(data).hexdigest()
    Artefact.objects.update_or_create(generation=generation, name=name, defaults={"sha256": digest, "data": data})
    return digest


def load_artefact(generation: Generation, name: str) -> bytes:
    """The bytes as they were stored. Raises `MmrecError` when they are not there or not what was stored."""
    found = Artefact.objects.filter(generation=generation, name=name).first()
    if found is None:
        raise MmrecError(f"generation {generation.number} has no artefact {name!r}; fit or train it again.")
    data = bytes(found.data)
    if hashlib.sha256(data).hexdigest() != found.sha256:
        raise MmrecError(f"artefact {name!r} of generation {generation.number} is damaged; fit or train it again.")
    return data
