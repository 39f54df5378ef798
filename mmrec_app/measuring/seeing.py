"""Lists that were really before somebody's eyes."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connections, router
from django.utils import timezone

from mmrec_app.events.visitors import HELD
from mmrec_app.models import Impression, Visitor

# Once each, within a day, and only by whom the list was made for: an unknown visitor's list becomes that of whoever saw
# it. A list that is the very same as one seen within the half hour before is the same look, after a reload.
SEEN = f"""
UPDATE mmrec_app_impression AS list
SET seen_at = %(now)s,
    visitor_id = coalesce(list.visitor_id, {HELD}),
    repeats = (
        SELECT coalesce(earlier.repeats, earlier.id) FROM mmrec_app_impression AS earlier
        WHERE earlier.visitor_id = %(visitor)s AND earlier.seen_at > %(now)s - interval '30 minutes'
          AND earlier.placement = list.placement AND earlier.items = list.items AND earlier.id <> list.id
        ORDER BY earlier.seen_at DESC LIMIT 1
    )
WHERE list.id = ANY(%(ids)s) AND list.seen_at IS NULL AND list.at > %(now)s - interval '1 day'
  AND (list.visitor_id IS NULL OR list.visitor_id = %(visitor)s)
"""


def mark_seen(visitor: Visitor | None, impressions: Sequence[UUID]) -> int:
    """Notes that lists were seen; returns how many were news. Those of other visitors are left as they are."""
    visitor_id = visitor.pk if visitor is not None else None
    values = {"ids": list(impressions), "visitor": visitor_id, "now": timezone.now()}
    with connections[router.db_for_write(Impression)].cursor() as cursor:
        cursor.execute(SEEN, values)
        return cursor.rowcount
