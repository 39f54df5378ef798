"""What a photo is nearest to: by what sets it apart from other photos, and by its colours."""

from collections.abc import Mapping, Sequence
from typing import Any

from pgvector import HalfVector

from mmrec_app.embeddings.queries import nearest_items, set_apart
from mmrec_app.embeddings.search import Scored
from mmrec_app.encoders.spec import COLOURS
from mmrec_app.types import Filters, Vector

COLOURFUL = 0.1
"""What colours count for, beside 1 for what the image encoders see (measured: docs/search.md)."""


def nearest_to_photo(
    cursor: Any, photo: Mapping[str, Vector], k: int, filters: Filters, excluded: Sequence[int]
) -> list[Scored]:
    """`nearest_items`, in the order that the colours make of them. Call within `reading()`."""
    asked = set_apart(cursor, photo)
    colours = asked.pop(COLOURS.identity, None)
    near = nearest_items(cursor, asked, k, filters, excluded) if asked else []
    return near if colours is None or not near else _coloured(cursor, near, colours)


def _coloured(cursor: Any, near: Sequence[Scored], colours: Vector) -> list[Scored]:
    """An item whose colours are not known counts as the mean of the others."""
    cursor.execute(
        "SELECT item_id, -(vector <#> %s::halfvec) FROM mmrec_app_modalityvector "
        "WHERE encoder = %s AND view = 0 AND item_id = ANY(%s)",
        [HalfVector(colours).to_text(), COLOURS.identity, [item_id for item_id, _ in near]],
    )
    alike = dict(cursor.fetchall())
    usual = sum(alike.values()) / max(len(alike), 1)
    scored = ((item_id, score + COLOURFUL * alike.get(item_id, usual)) for item_id, score in near)
    return sorted(scored, key=lambda row: (-row[1], row[0]))
