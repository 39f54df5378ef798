"""Who encodes what: leases on dirty items, fenced by a token: no number of workers or crashes loses or doubles one."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import connections, router, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from mmrec_app.conf import conf
from mmrec_app.models import Item, ModalityVector
from mmrec_app.types import Claim

MAX_ATTEMPTS = 3
"""Failures seen before an item is parked with its error."""
ALONE_AFTER = 2
"""Lapsed leases after which an item is claimed alone: one that kills its worker takes no neighbours with it."""
MAX_LAPSES = 8
"""Lapsed leases after which an item is parked."""
AGAIN = 1000
"""Items that are made dirty in one transaction."""

WAITING = Q(dirty_since__isnull=False, attempts__lt=MAX_ATTEMPTS, lapses__lt=MAX_LAPSES)
PARKED = Q(dirty_since__isnull=False) & (Q(attempts__gte=MAX_ATTEMPTS) | Q(lapses__gte=MAX_LAPSES))


def is_parked(item: Item) -> bool:
    """`PARKED`, of an item at hand."""
    return item.dirty_since is not None and (item.attempts >= MAX_ATTEMPTS or item.lapses >= MAX_LAPSES)


# A lease found expired here has lapsed: its worker is gone. Lapsed items queue behind fresh ones, so that a poisonous
# one cannot hold up the rest. Materialised, or a plan might look for them twice and take more than was asked for.
CLAIM = """
WITH waiting AS MATERIALIZED (
    SELECT id FROM mmrec_app_item
    WHERE dirty_since IS NOT NULL AND attempts < %(attempts)s AND lapses {lapses}
      AND (lease_until IS NULL OR lease_until < now())
    ORDER BY lapses, dirty_since
    LIMIT %(limit)s
    FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE mmrec_app_item AS item
SET lease_until = now() + make_interval(secs => %(seconds)s), lease_token = %(token)s,
    lapses = item.lapses + (item.lease_until IS NOT NULL)::int
FROM waiting
WHERE item.id = waiting.id
RETURNING item.id, item.content_hash
"""


def claim(limit: int) -> Claim | None:
    """Leases up to `limit` waiting items to the caller; None when there are none."""
    token = uuid.uuid4()
    for lapses, size in ((f"< {ALONE_AFTER}", limit), (f"BETWEEN {ALONE_AFTER} AND {MAX_LAPSES - 1}", 1)):
        values: dict[str, Any] = {
            "seconds": conf().lease_seconds,
            "token": token,
            "attempts": MAX_ATTEMPTS,
            "limit": size,
        }
        with connections[router.db_for_write(Item)].cursor() as cursor:
            cursor.execute(CLAIM.format(lapses=lapses), values)
            if rows := cursor.fetchall():
                return Claim(token, dict(rows))
    return None


def part(claimed: Claim, item_ids: Iterable[int]) -> Claim:
    """The claim on these items only."""
    return Claim(claimed.token, {item_id: claimed.hashes[item_id] for item_id in item_ids})


def renew(claimed: Claim) -> None:
    """Begins the lease anew, so that a slow encoder does not lose its items to another worker."""
    _update_unlocked(claimed, lease_until=Now() + timedelta(seconds=conf().lease_seconds))


def still_held(claimed: Claim, wait: bool = True) -> set[int]:
    """Locks, until the transaction ends, the claimed items that are still ours and returns their ids; without `wait`
    only those that nobody else has locked. Events, which refer to items, are not held up."""
    held = _ours(claimed).select_for_update(no_key=True, skip_locked=not wait)
    return set(held.order_by("pk").values_list("pk", flat=True))


def finish(claimed: Claim, problems: Mapping[int, str]) -> None:
    """Clears the dirty mark of what is stored, and ends the lease. What changed meanwhile stays dirty.

    `problems` are things that were left out of an item, a broken picture say, and stay readable on it.
    """
    ours = _ours(claimed)
    changed = [item for item in ours.only("pk", "content_hash") if item.content_hash != claimed.hashes.get(item.pk)]
    changed_ids = [item.pk for item in changed]
    ours.filter(pk__in=changed_ids).update(**_freed())
    done = ours.exclude(pk__in=changed_ids)
    for item_id, problem in problems.items():
        done.filter(pk=item_id).update(last_error=problem)
    done.exclude(pk__in=problems).update(last_error="")
    done.update(dirty_since=None, attempts=0, lapses=0, **_freed())


def fail(claimed: Claim, error: Exception) -> None:
    """Counts a failure on every item of the claim and gives them back; the third parks them with the error."""
    _ours(claimed).update(attempts=F("attempts") + 1, last_error=f"{type(error).__name__}: {error}", **_freed())


def give_back(claimed: Claim) -> None:
    """Ends the lease without a verdict: a worker that shuts down."""
    _update_unlocked(claimed, **_freed())


def encode_again(items: Any) -> int:
    """Makes items dirty whatever their hash says, and forgets their vectors' hashes, so that none is skipped; returns
    how many.

    What a transaction of the shop holds comes last, one item at a time, with nothing else locked: in whatever order the
    shop saves its products, neither waits for what the other has.
    """
    rows = list(items.order_by("pk").values_list("pk", "removed_at"))
    ids = [pk for pk, _removed in rows]
    busy: list[int] = []
    for start in range(0, len(ids), AGAIN):
        some = ids[start : start + AGAIN]
        busy += set(some) - _again(some, skip_locked=True)
    if busy:
        transaction.on_commit(lambda: [_again([pk]) for pk in busy])
    return sum(removed is None for _pk, removed in rows)


@transaction.atomic
def _again(item_ids: list[int], skip_locked: bool = False) -> set[int]:
    """Returns which were not skipped. Items before vectors, as workers do."""
    rows = Item.objects.filter(pk__in=item_ids).select_for_update(no_key=True, skip_locked=skip_locked).order_by("pk")
    held = set(rows.values_list("pk", flat=True))
    ModalityVector.objects.filter(item__in=held).update(content_hash="")
    Item.objects.filter(pk__in=held, removed_at=None).update(
        dirty_since=timezone.now(), attempts=0, lapses=0, last_error="", **_freed()
    )
    return held


def _ours(claimed: Claim) -> QuerySet[Item]:
    """By key as well: a part of a claim frees its own items and no others, and no index on tokens is needed."""
    return Item.objects.filter(pk__in=list(claimed.hashes), lease_token=claimed.token)


def _update_unlocked(claimed: Claim, **values: Any) -> None:
    """Leaves out what a transaction of the shop holds, rather than wait for it with the rest locked."""
    with transaction.atomic():
        Item.objects.filter(pk__in=still_held(claimed, wait=False)).update(**values)


def _freed() -> dict[str, None]:
    return {"lease_until": None, "lease_token": None}
