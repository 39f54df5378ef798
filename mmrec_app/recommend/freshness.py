"""Lists that change: what was seen and ignored sinks, what nobody knows yet gets a chance."""

import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone
from pgvector import HalfVector

from mmrec_app.embeddings.search import shown
from mmrec_app.types import Candidate, Profile, Reason, Vector

# What came into view, once however often the page was loaded.
IGNORED = """
SELECT item, count(*) FROM mmrec_app_impression AS impression, unnest(impression.items) AS item
WHERE impression.visitor_id = %(visitor)s AND impression.seen_at > %(since)s AND impression.placement = %(placement)s
  AND impression.repeats IS NULL AND item <> ALL(%(met)s)
GROUP BY item
"""

# Of the newest that hardly anybody met yet: least ignored here first, then nearest to what the list is like.
UNKNOWN = """
SELECT fresh.id FROM (
    SELECT item.id FROM mmrec_app_item AS item LEFT JOIN mmrec_app_itemstatistics AS known ON known.item_id = item.id
    WHERE item.published_at > %(since)s AND coalesce(known.popular, 0) < %(few)s AND {where}
    ORDER BY item.published_at DESC LIMIT %(looked_at)s
) AS fresh JOIN mmrec_app_itemvector AS vector ON vector.generation_id = {g} AND vector.item_id = fresh.id
LEFT JOIN unnest(%(seen)s::bigint[], %(times)s::bigint[]) AS ignored (item, times) ON ignored.item = fresh.id
ORDER BY coalesce(ignored.times, 0), vector.joint::halfvec({d}) <#> %(like)s::halfvec({d}), fresh.id LIMIT %(count)s
"""
FEW = 10.0
"""Of the weights of events, each visitor once a day, kind and item: ten looks, or a look and a purchase or so."""
LOOKED_AT = 500


def ignored(cursor: Any, profile: Profile, placement: str, days: int) -> Mapping[int, int]:
    """Item -> how often this visitor saw it in this list lately, of those they did nothing with."""
    if profile.visitor is None:
        return {}
    values = {"visitor": profile.visitor, "placement": placement, "since": timezone.now() - timedelta(days=days)}
    cursor.execute(IGNORED, values | {"met": [touch.item_id for touch in profile.history]})
    return dict(cursor.fetchall())


def rotated(candidates: Sequence[Candidate], times: Mapping[int, int], places: int) -> list[Candidate]:
    """Each time costs so many places; of two that meet there, who was seen less goes first."""
    seen = [times.get(each.item_id, 0) for each in candidates]
    order = sorted(range(len(candidates)), key=lambda place: (place + places * seen[place], seen[place]))
    return [candidates[place] for place in order]


def places_for(share: float, k: int, profile: Profile, placement: str) -> int:
    """Of a list of k, so that over visitors and days it is the share, however short the list: what is left of a whole
    place is a chance of one, the same for a visitor all day."""
    chance = random.Random(f"{profile.visitor} {placement} {timezone.now():%Y-%m-%d}").random()
    return int(share * k + chance)


def unknown(
    cursor: Any, profile: Profile, like: Vector, count: int, days: int, times: Mapping[int, int]
) -> list[Candidate]:
    """New items that nearly nobody met: what this visitor ignored least (`times`), the most like `like` (D,) first."""
    excluded = profile.excluded.union(touch.item_id for touch in profile.history)
    where, values = shown(profile.filters, list(excluded))
    values |= {
        "since": timezone.now() - timedelta(days=days), "few": FEW, "looked_at": LOOKED_AT,
        "like": HalfVector(like).to_text(), "count": count, "seen": list(times), "times": list(times.values()),
    }  # fmt: skip
    cursor.execute(UNKNOWN.format(where=where, g=int(profile.generation), d=int(profile.dimension)), values)
    return [Candidate(item, 0.0, "explore", Reason("new")) for (item,) in cursor.fetchall()]


def explored(candidates: Sequence[Candidate], fresh: Sequence[Candidate], k: int) -> list[Candidate]:
    """Spread over the list, never at its head: each stands in the middle of its part."""
    new = {each.item_id for each in fresh}
    rest = [each for each in candidates[:k] if each.item_id not in new]
    for n, each in enumerate(fresh, 1):
        rest.insert(int((n - 0.5) * k / len(fresh)), each)
    behind = [each for each in candidates[k:] if each.item_id not in new]
    return [*rest, *behind]
