"""Reconciles a whole catalogue with its items: what signals cannot see (bulk updates, raw SQL, restored backups)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction

from mmrec_app.catalogue.adapter import Catalogue
from mmrec_app.catalogue.items import remove_item, write_items
from mmrec_app.catalogue.reading import read_item
from mmrec_app.catalogue.registry import source_of
from mmrec_app.models import Item
from mmrec_app.types import ItemData

BATCH = 500


@dataclass(frozen=True)
class SyncResult:
    added: int = 0
    changed: int = 0
    gone: int = 0
    unchanged: int = 0

    def __add__(self, other: "SyncResult") -> "SyncResult":
        return SyncResult(
            self.added + other.added,
            self.changed + other.changed,
            self.gone + other.gone,
            self.unchanged + other.unchanged,
        )


def sync(catalogue: Catalogue, progress: Callable[[int], None] = lambda count: None) -> SyncResult:
    """Writes what is new or changed, removes what is gone, a batch a transaction, so a stopped run keeps what it did.

    `progress` is called with the number of products seen since the last call.
    """
    result = SyncResult()
    seen: set[str] = set()
    for products in _chunks(catalogue.queryset().order_by("pk").iterator(chunk_size=BATCH), BATCH):
        whole = [product for product in products if catalogue.parent(product) is None]
        rows = [read_item(catalogue, product) for product in whole]
        seen |= {row.object_id for row in rows}
        result += _write(catalogue, rows)
        progress(len(products))
    source = source_of(catalogue.model)
    known = set(Item.objects.filter(source=source, removed_at=None).values_list("object_id", flat=True))
    return result + SyncResult(gone=sum(remove_item(catalogue, ids) for ids in _chunks(known - seen, BATCH)))


def _write(catalogue: Catalogue, rows: list[ItemData]) -> SyncResult:
    with transaction.atomic():
        known = {
            item.object_id: item
            for item in Item.objects.filter(
                source=source_of(catalogue.model), object_id__in=[row.object_id for row in rows]
            )
        }
        new = [row for row in rows if row.object_id not in known]
        changed = [row for row in rows if row.object_id in known and _differs(known[row.object_id], row)]
        write_items(new + changed)
    return SyncResult(added=len(new), changed=len(changed), unchanged=len(rows) - len(new) - len(changed))


def _differs(item: Item, row: ItemData) -> bool:
    names = ("title", "category", "attributes", "price", "currency", "available", "content_hash")
    return (
        item.removed_at is not None
        or any(getattr(item, name) != getattr(row, name) for name in names)
        or item.sites != list(row.sites)
        or (row.published_at is not None and item.published_at != row.published_at)
    )


def _chunks(values: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(values)
    while chunk := list(islice(iterator, size)):
        yield chunk
