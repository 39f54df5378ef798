"""What is popular, and what is on the rise."""

import json
from typing import Any

from django.db import connections, router, transaction
from django.utils import timezone

from mmrec_app.conf import conf
from mmrec_app.models import ItemStatistics

# One visitor counts once a kind, day and item, so a burst of reloads by one person moves nothing.
REFRESH = """
INSERT INTO mmrec_app_itemstatistics AS old (item_id, trending, popular, refreshed_at)
SELECT item_id,
       coalesce(sum(weight * exp(-ln(2) * age / %(half_life)s)) FILTER (WHERE age < %(days)s), 0),
       sum(weight),
       %(now)s
FROM (
    SELECT item_id, (%(weights)s::jsonb ->> kind)::float AS weight,
           greatest(extract(epoch FROM %(now)s - max(at)) / 86400, 0) AS age
    FROM mmrec_app_event
    GROUP BY item_id, visitor_id, kind, date_trunc('day', at)
) AS counted
GROUP BY item_id
ON CONFLICT (item_id) DO UPDATE
SET trending = excluded.trending, popular = excluded.popular, refreshed_at = excluded.refreshed_at
"""


def refresh_statistics() -> int:
    """Recounts every item's statistics from its events; returns how many items have any."""
    settings = conf()
    values: dict[str, Any] = {
        "now": timezone.now(),
        "half_life": settings.trending_half_life_days,
        "days": settings.trending_days,
        "weights": json.dumps(dict(settings.event_weights)),
    }
    with transaction.atomic(), connections[router.db_for_write(ItemStatistics)].cursor() as cursor:
        cursor.execute(REFRESH, values)
        count = cursor.rowcount
        # Items whose events were all erased are no longer popular.
        cursor.execute("DELETE FROM mmrec_app_itemstatistics WHERE refreshed_at <> %(now)s", values)
        return count
