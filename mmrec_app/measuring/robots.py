"""Visitors who look faster than anybody can."""

from typing import Any

from mmrec_app.conf import conf

# Orders and carts are left alone: a checkout buys forty things in one moment.
QUICK = """
SELECT DISTINCT visitor_id FROM (
    SELECT visitor_id, date_trunc('minute', at) AS minute FROM mmrec_app_event
    WHERE at >= %(start)s AND at < %(end)s AND kind IN ('view', 'click')
  UNION ALL
    SELECT visitor_id, date_trunc('minute', seen_at) FROM mmrec_app_impression
    WHERE at >= %(start)s AND at < %(end)s AND seen_at IS NOT NULL AND visitor_id IS NOT NULL
) AS look
GROUP BY visitor_id, minute HAVING count(*) > %(rate)s
"""


def quick_visitors(cursor: Any, start: Any, end: Any) -> list[int]:
    """Visitors with more looks and clicks within one minute than `ROBOTS_PER_MINUTE`."""
    rate = conf().robots_per_minute
    if not rate:
        return []
    cursor.execute(QUICK, {"start": start, "end": end, "rate": rate})
    return [row[0] for row in cursor.fetchall()]
