"""Which generation serves, and how the next one takes over."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db import connections, router, transaction
from django.db.models import Max
from django.utils import timezone

from mmrec_app.embeddings import partitions
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Artefact, Generation

FIRST_DIMENSION = 256
"""Of generation 0, whose partitions the first migration makes."""
NONE_ACTIVE = "no generation is active; run manage.py migrate, or activate one in the admin."


@dataclass(frozen=True)
class ActiveGeneration:
    number: int
    dimension: int


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
    found = Generation.objects.filter(state=Generation.State.ACTIVE).values_list("number", "dimension").first()
    if found is None:
        raise MmrecError(NONE_ACTIVE)
    return ActiveGeneration(*found)


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


def new_generation(dimension: int, config: dict[str, Any]) -> Generation:
    """The next number, with its tables made and still empty."""
    with transaction.atomic(), connections[router.db_for_write(Generation)].cursor() as cursor:
        cursor.execute("LOCK TABLE mmrec_app_generation IN SHARE ROW EXCLUSIVE MODE")
        number = Generation.objects.aggregate(last=Max("number"))["last"] + 1
        partitions.create(cursor, number)
        return Generation.objects.create(number=number, dimension=dimension, config=config)


def activate(generation: Generation) -> None:
    """Makes it the one that serves, from the next request on. Call inside the transaction that catches it up."""
    now = timezone.now()
    Generation.objects.filter(state=Generation.State.ACTIVE).exclude(number=generation.number).update(
        state=Generation.State.RETIRED
    )
    Generation.objects.filter(number=generation.number).update(state=Generation.State.ACTIVE, activated_at=now)


def discard(generation: Generation, reason: str) -> None:
    """Drops a generation's tables and keeps its row with the reason."""
    with transaction.atomic(), connections[router.db_for_write(Generation)].cursor() as cursor:
        partitions.drop(cursor, generation.number)
        Generation.objects.filter(number=generation.number).update(state=Generation.State.FAILED, reason=reason)


def store_artefact(generation: Generation, name: str, data: bytes) -> None:
    digest = hashlib.sha256(data).hexdigest()
    Artefact.objects.update_or_create(generation=generation, name=name, defaults={"sha256": digest, "data": data})


def load_artefact(generation: Generation, name: str) -> bytes:
    """The bytes as they were stored. Raises `MmrecError` when they are not there or not what was stored."""
    found = Artefact.objects.filter(generation=generation, name=name).first()
    if found is None:
        raise MmrecError(f"generation {generation.number} has no artefact {name!r}; fit or train it again.")
    data = bytes(found.data)
    if hashlib.sha256(data).hexdigest() != found.sha256:
        raise MmrecError(f"artefact {name!r} of generation {generation.number} is damaged; fit or train it again.")
    return data
