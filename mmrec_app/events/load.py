"""Bulk loading by COPY, for imports and seeds."""

from collections.abc import Iterable
from typing import Any

from django.db import connections, router, transaction

from mmrec_app.catalogue.reading import currency_code
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Event, EventKind, Item, Visitor
from mmrec_app.types import EventRow

COLUMNS = "visitor_id, item_id, kind, at, quantity, value, site, currency"


def load_events(rows: Iterable[EventRow], source: str) -> int:
    """Loads events in one transaction and returns their number; visitors that are not there yet are made.

    Raises `MmrecError`, naming it, for an object without an item, a kind that does not exist or a currency that is no
    code; nothing is loaded then.
    """
    rows = list(rows)
    items = dict(Item.objects.filter(source=source).values_list("object_id", "id"))
    if missing := next((row for row in rows if row.object_id not in items), None):
        raise MmrecError(
            f"event on {source} {missing.object_id!r}: no such item; run mmrec_sync before loading events."
        )
    if odd := next((row for row in rows if row.kind not in EventKind.values), None):
        raise MmrecError(f"event kind {odd.kind!r} is unknown; kinds are {', '.join(EventKind.values)}.")
    codes = [currency_code(row.currency, f"{row.kind!r} of {source} {row.object_id!r}") for row in rows]
    with transaction.atomic():
        visitors = visitor_ids({row.visitor_key for row in rows})
        return copy_events(
            (
                visitors[row.visitor_key], items[row.object_id], row.kind, row.at, row.quantity, row.value, row.site,
                code,
            )
            for row, code in zip(rows, codes, strict=True)
        )  # fmt: skip


def visitor_ids(keys: Iterable[str]) -> dict[str, int]:
    """Key -> id, making the visitors that are missing. Those that are there are locked by being written, in one order:
    until the transaction ends no login takes them away."""
    with connections[router.db_for_write(Visitor)].cursor() as cursor:
        cursor.execute(
            "INSERT INTO mmrec_app_visitor AS old (key, created_at) SELECT k, now() FROM unnest(%s::text[]) AS k "
            "ON CONFLICT (key) DO UPDATE SET created_at = old.created_at RETURNING key, id",
            [sorted(set(keys))],
        )
        return dict(cursor.fetchall())


def copy_events(rows: Iterable[tuple[Any, ...]]) -> int:
    """COPY of (visitor id, item id, kind, at, quantity, value, site, currency) in the caller's transaction."""
    with (
        connections[router.db_for_write(Event)].cursor() as cursor,
        cursor.copy(f"COPY mmrec_app_event ({COLUMNS}) FROM STDIN (FORMAT BINARY)") as copy,
    ):
        copy.set_types(["int8", "int8", "text", "timestamptz", "int4", "numeric", "int4", "text"])
        count = 0
        for row in rows:
            copy.write_row(row)
            count += 1
    return count
