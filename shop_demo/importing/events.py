"""Interactions of a folder, by COPY, a chunk a transaction."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import repeat
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from mmrec_app.events.load import copy_events, visitor_ids
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import EventKind, Item
from shop_demo.importing.folder import Interactions, read_interactions
from shop_demo.models import Import, Product

CHUNK = 250_000
KEY_LENGTH = 64


def load_interactions(folder: Path, name: str, splits: tuple[str, ...], progress: Callable[[int], None]) -> int:
    """Loads what an earlier run did not; returns how many interactions the folder has."""
    found = read_interactions(folder, splits)
    if found is None:
        return 0
    key = f"{name}:{','.join(splits) or 'all'}"
    _check_twice(name, key)
    run, _ = Import.objects.get_or_create(name=key, defaults={"started_at": timezone.now()})
    progress(run.rows_done)
    if run.rows_done < len(found.users):
        items = _items(name, found)
        _check_kinds(found)
        for start in range(run.rows_done, len(found.users), CHUNK):
            progress(_load(found, items, run, name, slice(start, start + CHUNK)))
    return len(found.users)


def _load(found: Interactions, items: dict[str, int], run: Import, name: str, rows: slice) -> int:
    """The chunk and the mark that it is loaded are one transaction."""
    users = found.users[rows]
    base = datetime.fromtimestamp(0, UTC) if found.absolute else run.started_at
    times = [base + timedelta(seconds=int(s)) for s in found.seconds[rows]]
    with transaction.atomic():
        keys = [_visitor_key(name, user) for user in users]
        visitors = visitor_ids(set(keys))
        count = copy_events(
            zip(
                (visitors[key] for key in keys),
                (items[item] for item in found.items[rows]),
                found.kinds[rows],
                times,
                repeat(1),
                repeat(None),
                repeat(None),
                repeat(""),
                strict=False,
            )
        )
        run.rows_done += count
        run.save(update_fields=["rows_done"])
    return count


def _visitor_key(name: str, user: str) -> str:
    key = f"{name}:{user}"
    return key if len(key) <= KEY_LENGTH else hashlib.sha256(key.encode()).hexdigest()


def _check_twice(name: str, key: str) -> None:
    """Raises `MmrecError` where another choice of splits was loaded: what both hold would be there twice."""
    other = Import.objects.filter(name__startswith=f"{name}:", rows_done__gt=0).exclude(name=key).first()
    if other is not None:
        loaded = other.name.removeprefix(f"{name}:")
        raise MmrecError(f"interactions {loaded!r} of {name} are loaded already; others would load some twice.")


def _items(name: str, found: Interactions) -> dict[str, int]:
    """The folder's item id -> `Item` id. Raises `MmrecError` naming one that has none."""
    products = dict(Product.objects.filter(external_id__startswith=f"{name}/").values_list("pk", "external_id"))
    by_object = dict(Item.objects.filter(source="shop_demo.product").values_list("object_id", "pk"))
    known = {
        external.removeprefix(f"{name}/"): by_object[str(pk)]
        for pk, external in products.items()
        if str(pk) in by_object
    }
    if missing := next((item for item in found.items if item not in known), None):
        raise MmrecError(f"interactions name item {missing!r}, which the folder's items do not have.")
    return known


def _check_kinds(found: Interactions) -> None:
    if odd := set(found.kinds) - set(EventKind.values):
        raise MmrecError(f"interactions have kind {sorted(odd)[0]!r}; kinds are {', '.join(EventKind.values)}.")
