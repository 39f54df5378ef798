"""Takes events in, one or many, each once."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connections, router
from django.http import HttpRequest
from django.utils import timezone

from mmrec_app.catalogue import item_for
from mmrec_app.catalogue.reading import currency_code
from mmrec_app.events.consent import has_consented
from mmrec_app.events.robots import is_robot
from mmrec_app.events.visitors import HELD, anew, site_of, visitor_for, visitor_of
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Event, EventKind, Item, Visitor

logger = logging.getLogger(__name__)

# The rows that a key has already been used for are left out; rowcount tells how many went in: none of a visitor who is
# gone.
INSERT = f"""
INSERT INTO mmrec_app_event (visitor_id, site, item_id, kind, at, quantity, value, currency, impression, key)
SELECT who.id, %(site)s::int, item, kind, at, quantity, value, currency, impression, key
FROM {HELD} AS who,
     unnest(%(item)s::bigint[], %(kind)s::text[], %(at)s::timestamptz[], %(quantity)s::int[], %(value)s::numeric[],
            %(currency)s::text[], %(impression)s::uuid[], %(key)s::text[])
     AS row (item, kind, at, quantity, value, currency, impression, key)
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class NewEvent:
    """`key` makes a retry harmless: a visitor's second event with the same key is not stored."""

    kind: str
    item: Item
    quantity: int = 1
    value: Decimal | None = None
    impression: UUID | None = None
    key: str | None = None
    at: datetime | None = None
    currency: str = ""


def record(
    kind: str,
    item: Any,
    *,
    request: HttpRequest | None = None,
    visitor: Visitor | None = None,
    user: Any = None,
    quantity: int = 1,
    value: Decimal | None = None,
    currency: str | None = "",
    impression: UUID | None = None,
    key: str | None = None,
    at: datetime | None = None,
    site: int | None = None,
) -> bool:
    """Stores that somebody did something with a product (or an `Item`), in the caller's transaction.

    Who: `visitor`, `user`, or whoever `request` is; where: `site`, or the one that `request` came to. `currency` is the
    value's, where it is not the product's. Returns whether it was stored: False for a repeated `key`, for a
    request without consent or of a robot, and for a product that no catalogue holds, which is logged. Raises
    `MmrecError` for an unknown kind, a currency that is no code, or nobody to credit.
    """
    if kind not in EventKind.values:
        raise MmrecError(f"event kind {kind!r} is unknown; kinds are {', '.join(EventKind.values)}.")
    currency = currency_code(currency, f"{kind!r} of {item!r}")
    if request is not None and (not has_consented(request) or is_robot(request)):
        return False
    found = item_for(item)
    if found is None:
        logger.warning("%s of %r was not recorded: no item stands for it; run mmrec_sync.", kind, item)
        return False
    who = visitor or _somebody(user, request)
    if who is None:
        raise MmrecError(f"event {kind!r} of {item!r} has no visitor; pass visitor=, user= or request=.")
    if site is None and request is not None:
        site = site_of(request)
    return record_many(who, [NewEvent(kind, found, quantity, value, impression, key, at, currency)], site=site) == 1


def _somebody(user: Any, request: HttpRequest | None) -> Visitor | None:
    """An anonymous user is whoever the request is."""
    if user is not None and user.is_authenticated:
        return visitor_for(user)
    return visitor_of(request, create=True) if request is not None else None


def record_many(visitor: Visitor, events: Sequence[NewEvent], site: int | None = None) -> int:
    """Stores events of one visitor in one statement; returns how many were new. One whom a login took away meanwhile is
    made anew for them."""
    now = timezone.now()
    values = {
        "visitor": visitor.pk,
        "site": site,
        "item": [event.item.pk for event in events],
        "kind": [event.kind for event in events],
        "at": [event.at or now for event in events],
        "quantity": [event.quantity for event in events],
        "value": [event.value for event in events],
        "currency": [event.currency for event in events],
        "impression": [event.impression for event in events],
        "key": [event.key for event in events],
    }
    with connections[router.db_for_write(Event)].cursor() as cursor:
        cursor.execute(INSERT, values)
        stored = cursor.rowcount
    if stored or not events or (again := anew(visitor)) is None:
        return stored
    return record_many(again, events, site)
