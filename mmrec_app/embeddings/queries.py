"""Searches as vectors: kept a while under a digest of what was asked, compared with what encoders made of items."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
from django.db import connections, router
from django.db.models.functions import Now
from django.utils import timezone
from pgvector import HalfVector

from mmrec_app.embeddings.search import Scored, shown
from mmrec_app.embeddings.vectors import parsed
from mmrec_app.models import EncodedQuery
from mmrec_app.types import Filters, Vector

KEPT = timedelta(days=7)

# Each item is compared, which is exact, unless somebody made an index over this expression (docs/search.md).
COMPARED = """
SELECT vector.item_id, vector.vector::halfvec({d}) <#> %(query{n})s::halfvec({d}) AS distance
FROM mmrec_app_modalityvector AS vector JOIN mmrec_app_item AS item ON item.id = vector.item_id
WHERE vector.encoder = %(encoder{n})s AND vector.view = 0 AND {where}
"""

# An item that one of the encoders has not is compared by the others.
MEAN = "SELECT item_id, avg(distance) AS distance FROM ({compared}) AS compared GROUP BY item_id"

COMMON = 0.5
"""Share of what photos have in common that is taken off one (measured: docs/search.md)."""
AT_FIRST = 20
"""As many photos as the catalogue's pictures count for."""

# Of a hundred items, evenly over the catalogue: a mean of all would cost as much as the comparison.
PICTURES = """
SELECT avg(vector) FROM mmrec_app_modalityvector
WHERE encoder = %(encoder)s AND view = 0 AND item_id = ANY(ARRAY(
    SELECT item_id FROM mmrec_app_modalityvector WHERE encoder = %(encoder)s
    GROUP BY item_id ORDER BY hashint8(item_id) LIMIT 100
))
"""
PHOTOS = """
SELECT count(*), avg(vector) FROM (
    SELECT vector FROM mmrec_app_encodedquery
    WHERE key LIKE %(keys)s AND vector_dims(vector) = %(d)s ORDER BY encoded_at DESC LIMIT 200
) AS latest
"""


def key_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def store_query(key: str, vectors: Mapping[str, Vector]) -> None:
    """A row an encoder. Its key says what the vector is of: whoever comes second has nothing to add."""
    rows = [
        EncodedQuery(key=_row_of(key, encoder), vector=HalfVector(vector), encoded_at=Now())
        for encoder, vector in vectors.items()
    ]
    EncodedQuery.objects.bulk_create(rows, ignore_conflicts=True)


def find_query(key: str, encoders: Sequence[str]) -> dict[str, Vector] | None:
    """Encoder -> (d,), when all of them encoded it lately."""
    rows = {_row_of(key, encoder): encoder for encoder in encoders}
    with connections[router.db_for_write(EncodedQuery)].cursor() as cursor:  # a replica would be late
        cursor.execute("SELECT key, vector FROM mmrec_app_encodedquery WHERE key = ANY(%s)", [list(rows)])
        found = {rows[row]: parsed(vector) for row, vector in cursor.fetchall()}
    return found if len(found) == len(rows) else None


def _row_of(key: str, encoder: str) -> str:
    return _rows_of(encoder) + key_of(f"{key} {encoder}".encode())[:48]


def _rows_of(encoder: str) -> str:
    """What the keys of all its rows begin with."""
    return key_of(encoder.encode())[:16]


def forget_queries() -> int:
    return EncodedQuery.objects.filter(encoded_at__lt=timezone.now() - KEPT).delete()[0]


def set_apart(cursor: Any, photos: Mapping[str, Vector]) -> dict[str, Vector]:
    """Encoder -> (d,) of a photo, less half of the mean of those that were searched with lately, and of the
    catalogue's pictures while these are few: a hand, a shelf and a dark corner are in all of them and tell no items
    apart. Call within `search.reading()`."""
    return {encoder: photo - COMMON * _common(cursor, encoder, photo) for encoder, photo in photos.items()}


def _common(cursor: Any, encoder: str, photo: Vector) -> Vector:
    cursor.execute(PICTURES, {"encoder": encoder})
    (pictures,) = cursor.fetchone()
    cursor.execute(PHOTOS, {"keys": _rows_of(encoder) + "%", "d": len(photo)})
    count, photos = cursor.fetchone()
    means = [(AT_FIRST, pictures), (count, photos)]
    total = sum((weight * parsed(mean) for weight, mean in means if mean), np.zeros_like(photo))
    return total / (AT_FIRST + count)


def nearest_items(
    cursor: Any, queries: Mapping[str, Vector], k: int, filters: Filters, excluded: Sequence[int]
) -> list[Scored]:
    """The k items whose content looks or reads most like what was asked, best first, by the mean cosine to what each
    encoder made of it, encoder -> (d,). Call within `search.reading()`."""
    where, values = shown(filters, excluded)
    parts = [COMPARED.format(n=n, d=len(query), where=where) for n, query in enumerate(queries.values())]
    values |= {f"encoder{n}": encoder for n, encoder in enumerate(queries)}
    values |= {f"query{n}": HalfVector(query).to_text() for n, query in enumerate(queries.values())}
    compared = parts[0] if len(parts) == 1 else MEAN.format(compared=" UNION ALL ".join(parts))
    cursor.execute(f"{compared} ORDER BY distance LIMIT %(k)s", values | {"k": k})
    return sorted(((item_id, -distance) for item_id, distance in cursor.fetchall()), key=lambda row: (-row[1], row[0]))
