"""What is bought together, and what is bought again."""

from datetime import timedelta
from typing import Any

from django.db import connections, router, transaction
from django.utils import timezone

from mmrec_app.conf import conf
from mmrec_app.models import ItemAffinity

MOST_IN_BASKET = 100
"""A reseller's day says nothing of what goes together, and its pairs grow with the square."""
KEPT = 50
"""Partners of an item: those with the greatest lift."""

# lift = P(a, b) / (P(a) P(b)) over the days on which somebody bought. An item counts once a visitor and day.
REFRESH = """
WITH bought AS MATERIALIZED (
    SELECT DISTINCT visitor_id, date_trunc('day', at) AS day, item_id FROM mmrec_app_event
    WHERE kind = 'purchase' AND at > %(since)s
), baskets AS MATERIALIZED (
    SELECT visitor_id, day FROM bought GROUP BY visitor_id, day HAVING count(*) <= %(most)s
), held AS MATERIALIZED (
    SELECT bought.* FROM bought JOIN baskets USING (visitor_id, day)
), single AS (
    SELECT item_id, count(*) AS baskets FROM held GROUP BY item_id
), pair AS (
    SELECT one.item_id, two.item_id AS other_id, count(*) AS support
    FROM held AS one JOIN held AS two USING (visitor_id, day)
    WHERE one.item_id <> two.item_id GROUP BY one.item_id, two.item_id HAVING count(*) >= %(support)s
), lifted AS (
    SELECT pair.*, support::float * (SELECT count(*) FROM baskets) / (a.baskets * b.baskets) AS lift
    FROM pair JOIN single AS a ON a.item_id = pair.item_id JOIN single AS b ON b.item_id = pair.other_id
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY item_id ORDER BY lift DESC, support DESC, other_id) AS place
    FROM lifted WHERE lift > 1
)
INSERT INTO mmrec_app_itemaffinity AS old (item_id, other_id, lift, support, refreshed_at)
SELECT item_id, other_id, lift, support, %(now)s FROM ranked WHERE place <= %(kept)s
ON CONFLICT (item_id, other_id) DO UPDATE
SET lift = excluded.lift, support = excluded.support, refreshed_at = excluded.refreshed_at
"""

# Days between two purchases of one visitor; what is bought twice on one day is one purchase.
RHYTHM = """
UPDATE mmrec_app_itemstatistics AS old SET rhythm_days = found.days
FROM mmrec_app_itemstatistics AS own LEFT JOIN (
    SELECT item_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY gap) AS days
    FROM (
        SELECT item_id, extract(epoch FROM day - lag(day) OVER (PARTITION BY visitor_id, item_id ORDER BY day)) / 86400
               AS gap
        FROM (SELECT DISTINCT visitor_id, item_id, date_trunc('day', at) AS day FROM mmrec_app_event
              WHERE kind = 'purchase') AS purchase
    ) AS gaps
    WHERE gap IS NOT NULL GROUP BY item_id HAVING count(*) >= %(support)s
) AS found ON found.item_id = own.item_id
WHERE own.item_id = old.item_id AND old.rhythm_days IS DISTINCT FROM found.days
"""


def refresh_affinities() -> int:
    """Counts anew what is bought together and after how long things are bought again; returns how many pairs there are.
    Pairs, and intervals, that occurred less often than `AFFINITY_SUPPORT` are chance."""
    now, settings = timezone.now(), conf()
    values: dict[str, Any] = {
        "now": now,
        "since": now - timedelta(days=settings.affinity_days or 36500),
        "support": settings.affinity_support,
        "most": MOST_IN_BASKET,
        "kept": KEPT,
    }
    with transaction.atomic(), connections[router.db_for_write(ItemAffinity)].cursor() as cursor:
        cursor.execute(REFRESH, values)
        count = cursor.rowcount
        cursor.execute("DELETE FROM mmrec_app_itemaffinity WHERE refreshed_at <> %(now)s", values)
        cursor.execute(RHYTHM, values)
        return count
