"""What is popular, and what is on the rise, in the whole shop and on each of its sites."""

import json
from typing import Any

from django.db import connections, router, transaction
from django.utils import timezone

from mmrec_app.conf import conf
from mmrec_app.models import ItemStatistics

# One visitor counts once a kind, day and item, so a burst of reloads by one person moves nothing.
COUNTED = """
SELECT {key},
       coalesce(sum(weight * exp(-ln(2) * age / %(half_life)s)) FILTER (WHERE age < %(days)s), 0) AS trending,
       sum(weight) AS popular
FROM (
    SELECT {key}, (%(weights)s::jsonb ->> kind)::float AS weight,
           greatest(extract(epoch FROM %(now)s - max(at)) / 86400, 0) AS age
    FROM {events} AS event
    GROUP BY {key}, visitor_id, kind, date_trunc('day', at)
) AS counted
GROUP BY {key}
"""
# What knows no site counts for each there is.
ON_SITES = """(
    SELECT site, item_id, visitor_id, kind, at FROM mmrec_app_event WHERE site IS NOT NULL
  UNION ALL
    SELECT here.site, anywhere.item_id, anywhere.visitor_id, anywhere.kind, anywhere.at
    FROM (SELECT DISTINCT site FROM mmrec_app_event WHERE site IS NOT NULL) AS here
    CROSS JOIN mmrec_app_event AS anywhere WHERE anywhere.site IS NULL
)"""
REFRESH = f"""
INSERT INTO mmrec_app_itemstatistics AS old (item_id, trending, popular, sites, refreshed_at)
SELECT item_id, whole.trending, whole.popular, here.sites, %(now)s
FROM ({COUNTED.format(key="item_id", events="mmrec_app_event")}) AS whole LEFT JOIN (
    SELECT item_id,
           jsonb_object_agg(site, jsonb_build_object('trending', trending, 'popular', popular)) AS sites
    FROM ({COUNTED.format(key="site, item_id", events=ON_SITES)}) AS each GROUP BY item_id
) AS here USING (item_id)
ON CONFLICT (item_id) DO UPDATE
SET trending = excluded.trending, popular = excluded.popular, sites = excluded.sites,
    refreshed_at = excluded.refreshed_at
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
