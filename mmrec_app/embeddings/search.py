"""Nearest neighbours among what may be shown now."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connections, router, transaction
from pgvector import HalfVector

from mmrec_app.conf import conf
from mmrec_app.models import ItemVector
from mmrec_app.types import Filters, Scope, Vector

Scored = tuple[int, float]

# The index walks on until LIMIT rows pass the filter, so a filter never empties a list.
INDEXED = """
SELECT vector.item_id, -(vector.joint::halfvec({d}) <#> %(query)s::halfvec({d}))
FROM mmrec_app_itemvector AS vector JOIN mmrec_app_item AS item ON item.id = vector.item_id
WHERE vector.generation_id = {g} AND {where}
ORDER BY vector.joint::halfvec({d}) <#> %(query)s::halfvec({d})
LIMIT %(k)s
"""

# A filter that leaves little is answered exactly: b-tree first, then a sort (measured in benchmarks/serving.py).
EXACT = """
WITH shown AS MATERIALIZED (SELECT item.id FROM mmrec_app_item AS item WHERE {where})
SELECT vector.item_id, -(vector.joint::halfvec({d}) <#> %(query)s::halfvec({d})) AS score
FROM mmrec_app_itemvector AS vector JOIN shown ON shown.id = vector.item_id
WHERE vector.generation_id = {g}
ORDER BY score DESC
LIMIT %(k)s
"""

SETTINGS = """
SELECT current_setting('statement_timeout'), set_config('statement_timeout', %s, true),
       set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('hnsw.ef_search', '100', true),
       set_config('hnsw.max_scan_tuples', '20000', true)
"""


@contextmanager
def reading() -> Iterator[Any]:
    """A cursor in a transaction with the search's settings and deadline, which do not outlive the block."""
    connection = connections[router.db_for_read(ItemVector)]
    nested = connection.in_atomic_block
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(SETTINGS, [str(conf().deadline_ms)])
        before = cursor.fetchone()[0]
        yield cursor
        if nested:  # the shop's own transaction goes on: give it its own time limit back
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [before])


def shown(filters: Filters, excluded: Sequence[int]) -> tuple[str, dict[str, Any]]:
    """SQL condition on `item` and its values: for sale, not excluded, within the filters."""
    terms, values = ["item.available", "item.price IS DISTINCT FROM 0"], dict[str, Any]()
    if excluded:
        terms.append("item.id <> ALL(%(excluded)s)")
        values["excluded"] = list(excluded)
    own = Scope((), filters.category, filters.attributes, filters.price_min, filters.price_max)
    if own.conditions:
        terms.append(matching(own, "", values))
    if filters.within:
        terms.append(f"({' OR '.join(matching(each, f'in{n}_', values) for n, each in enumerate(filters.within))})")
    for n, each in enumerate(filters.without):
        terms.append(f"({matching(each, f'out{n}_', values)}) IS NOT TRUE")
    if filters.site is not None:
        terms.append("(item.sites = '{}' OR %(site)s = ANY(item.sites))")
        values["site"] = filters.site
    return " AND ".join(terms), values


def matching(scope: Scope, name: str, values: dict[str, Any]) -> str:
    """SQL condition on `item`: whether it is of the scope. Adds to `values`, under names that begin with `name`."""
    if scope.items:
        values[f"{name}items"] = list(scope.items)
        return f"item.id = ANY(%({name}items)s)"
    terms = []
    if scope.category:
        terms.append(f"(item.category = %({name}category)s OR item.category LIKE %({name}below)s)")
        values |= {f"{name}category": scope.category, f"{name}below": _like(scope.category) + " > %"}
    if scope.price_min is not None:
        terms.append(f"item.price >= %({name}price_min)s")
        values[f"{name}price_min"] = scope.price_min
    if scope.price_max is not None:
        terms.append(f"item.price <= %({name}price_max)s")
        values[f"{name}price_max"] = scope.price_max
    if scope.attributes:
        terms.append(f"item.attributes @> %({name}attributes)s::jsonb")
        values[f"{name}attributes"] = json.dumps(dict(scope.attributes))
    return "(" + " AND ".join(terms or ["false"]) + ")"


def nearest(
    cursor: Any, generation: int, dimension: int, query: Vector, k: int, filters: Filters, excluded: Sequence[int]
) -> list[Scored]:
    """The k items with the greatest inner product with `query` (D,), best first, among what may be shown.

    Call within `reading()`.
    """
    where, values = shown(filters, excluded)
    exact = filters.selective and few(cursor, filters)
    statement = (EXACT if exact else INDEXED).format(where=where, g=int(generation), d=int(dimension))
    cursor.execute(statement, values | {"query": HalfVector(query).to_text(), "k": k})
    return sorted(cursor.fetchall(), key=lambda row: -row[1])


def few(cursor: Any, filters: Filters) -> bool:
    """Whether the filter leaves fewer items than are worth an index scan."""
    where, values = shown(filters, ())
    limit = conf().exact_below
    cursor.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM mmrec_app_item AS item WHERE {where} LIMIT %(limit)s) AS few",
        values | {"limit": limit},
    )
    return cursor.fetchone()[0] < limit


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
