"""Searches as vectors: kept a while under a digest of what was asked, compared with what an encoder made of items."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

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
NEAREST = """
SELECT vector.item_id, -(vector.vector::halfvec({d}) <#> %(query)s::halfvec({d}))
FROM mmrec_app_modalityvector AS vector JOIN mmrec_app_item AS item ON item.id = vector.item_id
WHERE vector.encoder = %(encoder)s AND vector.view = 0 AND {where}
ORDER BY vector.vector::halfvec({d}) <#> %(query)s::halfvec({d})
LIMIT %(k)s
"""


def key_of(encoder: str, content: bytes) -> str:
    return hashlib.sha256(encoder.encode() + b"\x00" + content).hexdigest()


def store_query(key: str, vector: Vector) -> None:
    """A key says what its vector is of: whoever comes second has nothing to add."""
    rows = [EncodedQuery(key=key, vector=HalfVector(vector), encoded_at=Now())]
    EncodedQuery.objects.bulk_create(rows, ignore_conflicts=True)


def find_query(key: str) -> Vector | None:
    """(d,) when it was encoded lately."""
    with connections[router.db_for_write(EncodedQuery)].cursor() as cursor:  # a replica would be late
        cursor.execute("SELECT vector FROM mmrec_app_encodedquery WHERE key = %s", [key])
        row = cursor.fetchone()
    return None if row is None else parsed(row[0])


def forget_queries() -> int:
    return EncodedQuery.objects.filter(encoded_at__lt=timezone.now() - KEPT).delete()[0]


def nearest_items(
    cursor: Any, encoder: str, query: Vector, k: int, filters: Filters, excluded: Sequence[int]
) -> list[Scored]:
    """The k items whose content looks or reads most like `query` (d,), best first. Call within `search.reading()`."""
    where, values = shown(filters, excluded)
    values |= {"encoder": encoder, "query": HalfVector(query).to_text(), "k": k}
    cursor.execute(NEAREST.format(d=len(query), where=where), values)
    return sorted(cursor.fetchall(), key=lambda row: (-row[1], row[0]))
