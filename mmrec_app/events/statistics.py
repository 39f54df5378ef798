"""What is popular, and what is on the rise, in the whole shop and on each of its sites."""

import json
from typing import Any

from django.db import connections, router, transaction
from django.utils import timezone

from mmrec_app.conf import conf
from mmrec_app.models import ItemStatistics

WEIGHT = "(%(weights)s::jsonb ->> kind)::float"
# What an event of this moment counts for a trend, of a weight of 1.
FRESH = """CASE WHEN {at} > %(now)s - %(days)s * interval '1 day' THEN
    exp(-ln(2) * greatest(extract(epoch FROM %(now)s - {at})::float, 0) / 86400 / %(half_life)s) ELSE 0 END"""
# One visitor counts once a kind, day and item, so a burst of reloads by one person moves nothing.
WHOLE = f"""
SELECT item_id, sum(weight * {FRESH.format(at="at")}) AS trending, sum(weight) AS popular
FROM (
    SELECT item_id, {WEIGHT} AS weight, max(at) AS at FROM mmrec_app_event
    GROUP BY item_id, visitor_id, kind, date_trunc('day', at)
) AS counted GROUP BY item_id
"""
# What knows no site counts on each: it is kept once, under "", and in what is kept of a site of which more is known.
# Where the same visitor did the same on the site too, only what that adds is counted.
ON_SITES = f"""
WITH counted AS MATERIALIZED (
    SELECT site, item_id, visitor_id, kind, date_trunc('day', at) AS day, {WEIGHT} AS weight, max(at) AS at
    FROM mmrec_app_event WHERE EXISTS (SELECT FROM mmrec_app_event WHERE site IS NOT NULL)
    GROUP BY 1, 2, 3, 4, 5
), anywhere AS (
    SELECT item_id, sum(weight * {FRESH.format(at="at")}) AS trending, sum(weight) AS popular
    FROM counted WHERE site IS NULL GROUP BY item_id
), added AS (
    SELECT here.site, here.item_id, sum(CASE WHEN same.at IS NULL THEN here.weight ELSE 0 END) AS popular,
           sum(here.weight * ({FRESH.format(at="greatest(here.at, same.at)")}
                              - {FRESH.format(at="same.at")})) AS trending
    FROM counted AS here LEFT JOIN counted AS same
        ON same.site IS NULL AND (same.item_id, same.visitor_id, same.kind, same.day)
                               = (here.item_id, here.visitor_id, here.kind, here.day)
    WHERE here.site IS NOT NULL GROUP BY 1, 2
), known AS (
    SELECT '' AS site, * FROM anywhere
  UNION ALL
    SELECT added.site::text, item_id, added.trending + coalesce(anywhere.trending, 0),
           added.popular + coalesce(anywhere.popular, 0)
    FROM added LEFT JOIN anywhere USING (item_id)
)
SELECT item_id, jsonb_object_agg(site, jsonb_build_object('trending', trending, 'popular', popular)) AS sites
FROM known GROUP BY item_id
"""
REFRESH = f"""
INSERT INTO mmrec_app_itemstatistics AS old (item_id, trending, popular, sites, refreshed_at)
SELECT item_id, whole.trending, whole.popular, here.sites, %(now)s
FROM ({WHOLE}) AS whole LEFT JOIN ({ON_SITES}) AS here USING (item_id)
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
