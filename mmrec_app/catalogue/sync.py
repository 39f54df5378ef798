"""Reconciles a whole catalogue with its items: what signals cannot see (bulk updates, raw SQL, restored backups)."""

import logging
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

logger = logging.getLogger(__name__)

BATCH = 500


@dataclass(frozen=True)
class SyncResult:
    added: int = 0
    changed: int = 0
    gone: int = 0
    unchanged: int = 0
    failed: int = 0

    def __add__(self, other: "SyncResult") -> "SyncResult":
        return SyncResult(
            self.added + other.added,
            self.changed + other.changed,
            self.gone + other.gone,
            self.unchanged + other.unchanged,
            self.failed + other.failed,
        )


def sync(catalogue: Catalogue, progress: Callable[[int], None] = lambda count: None) -> SyncResult:
    """Writes what is new or changed, removes what is gone, a batch a transaction, so a stopped run keeps what it did.

    `progress` is called with the number of products seen since the last call. A product that cannot be read is logged,
    counted and left as it is.
    """
    result = SyncResult()
    kept: set[str] = set()
    items = Item.objects.filter(source=source_of(catalogue.model), removed_at=None)
    known = set(items.values_list("object_id", flat=True))  # before the products are: what is added now stays
    keys = catalogue.queryset().order_by("pk").values_list("pk", flat=True).distinct()
    for chunk in _chunks(keys.iterator(chunk_size=BATCH), BATCH):
        result += _sync_some(catalogue, chunk, kept)
        progress(len(chunk))
    return result + SyncResult(gone=sum(_remove(catalogue, ids) for ids in _chunks(known - kept, BATCH)))


def _sync_some(catalogue: Catalogue, keys: list[Any], kept: set[str]) -> SyncResult:
    """Locks the items first and reads the products then, so a save in between is never overwritten with what was
    there before. Items that somebody has locked are being written at this moment, and left to that."""
    items = Item.objects.filter(source=source_of(catalogue.model), object_id__in=list(map(str, keys)))
    with transaction.atomic():
        ours = {item.object_id: item for item in items.select_for_update(no_key=True, skip_locked=True)}
        busy = set(items.values_list("object_id", flat=True)) - set(ours)
        kept |= busy
        products = catalogue.queryset().filter(pk__in=[key for key in keys if str(key) not in busy])
        rows, failed = _read(catalogue, list({product.pk: product for product in products}.values()), kept)
        new = [row for row in rows if row.object_id not in ours]
        changed = [row for row in rows if row.object_id in ours and _differs(ours[row.object_id], row)]
        write_items(new + changed)
    unchanged = len(rows) + len(busy) - len(new) - len(changed)
    return SyncResult(added=len(new), changed=len(changed), unchanged=unchanged, failed=failed)


def _read(catalogue: Catalogue, products: list[Any], kept: set[str]) -> tuple[list[ItemData], int]:
    """The rows of what can be read, and how many products cannot; `kept` learns who is still in the catalogue."""
    try:
        with transaction.atomic():  # an adapter's own query may fail
            rows = [read_item(catalogue, product) for product in products if catalogue.parent(product) is None]
    except Exception:
        if len(products) > 1:
            singly = [_read(catalogue, [product], kept) for product in products]
            return [row for rows, _ in singly for row in rows], sum(failed for _, failed in singly)
        logger.exception("%s %s could not be read for recommendation", source_of(catalogue.model), products[0].pk)
        kept.add(str(products[0].pk))
        return [], 1
    kept |= {row.object_id for row in rows}
    return rows, 0


def _remove(catalogue: Catalogue, object_ids: list[str]) -> int:
    items = Item.objects.filter(source=source_of(catalogue.model), object_id__in=object_ids)
    with transaction.atomic():
        free = items.select_for_update(no_key=True, skip_locked=True).values_list("object_id", flat=True)
        return remove_item(catalogue, list(free))


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
