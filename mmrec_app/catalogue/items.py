"""Writes and finds the `Item` that stands for a product."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connections, router
from django.utils import timezone

from mmrec_app.catalogue.adapter import Catalogue
from mmrec_app.catalogue.reading import read_item
from mmrec_app.catalogue.registry import catalogue_for, catalogues, source_of
from mmrec_app.models import Item
from mmrec_app.types import ItemData

CHANGED = "item.content_hash <> excluded.content_hash OR item.removed_at IS NOT NULL"
"""What makes a row dirty and forgives earlier failures: other content, or that it was away, while much may have gone
past it. What is encoded already is not encoded again."""

# What a row takes over when its product changes.
UPSERT = f"""
INSERT INTO mmrec_app_item AS item (source, object_id, title, category, attributes, price, currency, available, sites,
                                    published_at, content_hash, dirty_since, attempts, lapses, last_error)
SELECT source, object_id, title, category, attributes::jsonb, price, currency, available, sites::int[],
       coalesce(published_at, %(now)s), content_hash, %(now)s, 0, 0, ''
FROM unnest(%(source)s::text[], %(object_id)s::text[], %(title)s::text[], %(category)s::text[], %(attributes)s::text[],
            %(price)s::numeric[], %(currency)s::text[], %(available)s::bool[], %(sites)s::text[],
            %(published_at)s::timestamptz[], %(content_hash)s::text[])
     AS row (source, object_id, title, category, attributes, price, currency, available, sites, published_at,
             content_hash)
ON CONFLICT (source, object_id) DO UPDATE SET
    title = excluded.title, category = excluded.category, attributes = excluded.attributes, price = excluded.price,
    currency = excluded.currency, available = excluded.available, sites = excluded.sites, removed_at = NULL,
    published_at = CASE WHEN excluded.published_at = %(now)s THEN item.published_at ELSE excluded.published_at END,
    content_hash = excluded.content_hash,
    dirty_since = CASE WHEN {CHANGED}
                       THEN coalesce(item.dirty_since, excluded.dirty_since) ELSE item.dirty_since END,
    attempts = CASE WHEN {CHANGED} THEN 0 ELSE item.attempts END,
    lapses = CASE WHEN {CHANGED} THEN 0 ELSE item.lapses END,
    last_error = CASE WHEN {CHANGED} THEN '' ELSE item.last_error END
"""


def write_items(rows: Sequence[ItemData]) -> None:
    """Upserts items in one statement, in the caller's transaction."""
    if not rows:
        return
    with connections[router.db_for_write(Item)].cursor() as cursor:
        cursor.execute(UPSERT, {"now": timezone.now(), **_columns(rows)})


def _columns(rows: Sequence[ItemData]) -> dict[str, list[Any]]:
    columns = {
        name: [getattr(row, name) for row in rows]
        for name in ("source", "object_id", "title", "category", "price", "currency", "available", "published_at")
    }
    columns["attributes"] = [json.dumps(row.attributes) for row in rows]
    # An array of arrays must be rectangular; as text each may have its own length.
    columns["sites"] = ["{" + ",".join(map(str, row.sites)) + "}" for row in rows]
    columns["content_hash"] = [row.content_hash for row in rows]
    return columns


def write_item(product: Any) -> None:
    """Brings the item of a saved product up to date; a variant's is its parent's. A product that the catalogue's
    queryset leaves out, or that has become a variant, is taken from all lists."""
    catalogue = catalogue_for(product)
    if catalogue is None:
        return
    if (parent := catalogue.parent(product)) is not None:
        remove_item(catalogue, [str(product.pk)])
        write_item(parent)
        return
    fresh = catalogue.queryset().filter(pk=product.pk).first()
    if fresh is None:
        remove_item(catalogue, [str(product.pk)])
    else:
        write_items([read_item(catalogue, fresh)])


def remove_item(catalogue: Catalogue, object_ids: Iterable[str]) -> int:
    """Takes items out of every list at once. Their rows stay: the events on them still teach."""
    gone = Item.objects.filter(source=source_of(catalogue.model), object_id__in=list(object_ids), removed_at=None)
    return gone.update(available=False, removed_at=timezone.now(), dirty_since=None, lease_until=None, lease_token=None)


def item_for(product: Any) -> Item | None:
    """The item of a shop object, through its parent if it is a variant."""
    return items_for([product]).get(product)


def items_for(products: Iterable[Any]) -> dict[Any, Item]:
    """Object -> item, in one query a model; an `Item` is its own, objects that have none are left out."""
    wanted: dict[tuple[str, str], list[Any]] = {}
    found: dict[Any, Item] = {}
    for product in products:
        if isinstance(product, Item):
            found[product] = product
        elif (key := _key(product)) is not None:
            wanted.setdefault(key, []).append(product)
    for source in {source for source, _ in wanted}:
        ids = [object_id for of, object_id in wanted if of == source]
        for item in Item.objects.filter(source=source, object_id__in=ids):
            found |= dict.fromkeys(wanted[source, item.object_id], item)
    return found


def find_item(object_id: str, source: str = "") -> Item | None:
    """The item of a primary key that came from outside; a variant's key leads to its parent's item."""
    return find_items([(source, object_id)]).get((source, object_id))


def find_items(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Item]:
    """(source, primary key) -> item, in one query a source and one more for variants. No source: the first catalogue's.
    Keys that lead to no item are left out."""
    first = next(iter(catalogues()), "")
    wanted: dict[str, set[tuple[str, str]]] = {}
    for key in keys:
        wanted.setdefault(key[0] or first, set()).add(key)
    found: dict[tuple[str, str], Item] = {}
    for source, asked in wanted.items():
        rows = Item.objects.filter(source=source, object_id__in={object_id for _, object_id in asked}, removed_at=None)
        items = {item.object_id: item for item in rows}
        items |= _items_of_variants(source, {object_id for _, object_id in asked} - set(items))
        found |= {key: items[key[1]] for key in asked if key[1] in items}
    return found


def _items_of_variants(source: str, object_ids: set[str]) -> dict[str, Item]:
    catalogue = catalogues().get(source)
    if catalogue is None or type(catalogue).parent is Catalogue.parent:
        return {}
    keys = [key for object_id in object_ids if (key := _as_key(catalogue, object_id)) is not None]
    variants = catalogue.model._default_manager.filter(pk__in=keys) if keys else ()
    parents = {str(variant.pk): parent for variant in variants if (parent := catalogue.parent(variant)) is not None}
    items = items_for(parents.values())
    return {
        object_id: items[parent]
        for object_id, parent in parents.items()
        if parent in items and items[parent].removed_at is None
    }


def _as_key(catalogue: Catalogue, object_id: str) -> Any:
    """The primary key that a text from outside stands for; None when it cannot be one of that model."""
    try:
        return catalogue.model._meta.pk.clean(object_id, None)
    except ValidationError:
        return None


def _key(product: Any) -> tuple[str, str] | None:
    catalogue = catalogue_for(product)
    if catalogue is None:
        return None
    parent = catalogue.parent(product)
    return _key(parent) if parent is not None else (source_of(catalogue.model), str(product.pk))
