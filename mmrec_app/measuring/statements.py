"""The SQL that counts a day. Parameters: its start and end, until when clicks on its lists count, robots to leave out,
the window of attribution in days."""

from mmrec_app.measuring.latency import BUCKET
from mmrec_app.models import Impression

MAIL = f"starts_with(list.placement, '{Impression.MAILED}')"
# Nobody tells who opens a mail: it counts as seen when it was made.
LOOK = f"CASE WHEN {MAIL} THEN list.at ELSE list.seen_at END"

# A click without a look was a look whose message got lost, or the same look after a reload (`seeing`); and it tells
# whose list it was.
CLICKED_IS_SEEN = f"""
UPDATE mmrec_app_impression AS list
SET seen_at = least(list.seen_at, click.at),
    visitor_id = coalesce(list.visitor_id, click.visitor_id),
    repeats = CASE WHEN list.seen_at IS NOT NULL OR {MAIL} THEN list.repeats ELSE (
        SELECT coalesce(earlier.repeats, earlier.id) FROM mmrec_app_impression AS earlier
        WHERE earlier.visitor_id = click.visitor_id AND earlier.seen_at > click.at - interval '30 minutes'
          AND earlier.seen_at <= click.at AND earlier.placement = list.placement AND earlier.items = list.items
          AND earlier.id <> list.id
        ORDER BY earlier.seen_at DESC LIMIT 1
    ) END
FROM (
    SELECT DISTINCT ON (impression) impression, item_id, visitor_id, at FROM mmrec_app_event
    WHERE kind = 'click' AND impression IS NOT NULL AND at >= %(start)s AND at < %(end)s ORDER BY impression, at
) AS click
WHERE list.id = click.impression AND click.item_id = ANY(list.items)
  AND (list.visitor_id IS NULL OR list.visitor_id = click.visitor_id)
  AND (list.seen_at IS NULL OR list.seen_at > click.at OR list.visitor_id IS NULL)
"""

VARIANT = """coalesce((
    SELECT experiment.name || ': ' || list.variant FROM mmrec_app_experiment AS experiment
    WHERE experiment.id = list.experiment_id
), '') AS variant"""
KEY = f"list.placement, list.generation_id, list.rung, {VARIANT}, list.site"
# Of what was bought: its own, else its item's. Amounts of two are never added up.
CURRENCY = "coalesce(nullif(event.currency, ''), item.currency)"
PERSON = "({table}.visitor_id IS NULL OR {table}.visitor_id <> ALL(%(robots)s::bigint[]))"
LOOKED = f"({LOOK}) >= %(start)s AND ({LOOK}) < %(end)s AND list.repeats IS NULL AND {PERSON.format(table='list')}"

# A list is seen within a day of being handed out (`seeing`), so the index on `at` finds those that were seen today; but
# for those whose look got lost, which their click found again. A list and its reloads are one.
HANDED = f"""
clicked AS (
    SELECT DISTINCT coalesce(list.repeats, list.id) AS id
    FROM mmrec_app_event AS click JOIN mmrec_app_impression AS list ON list.id = click.impression
    WHERE click.kind = 'click' AND click.at >= %(start)s AND click.at < %(late)s
      AND click.visitor_id = list.visitor_id AND click.item_id = ANY(list.items) AND {PERSON.format(table="click")}
), handed AS (
    SELECT * FROM mmrec_app_impression WHERE at >= %(start)s - interval '1 day' AND at < %(end)s
  UNION ALL
    SELECT * FROM mmrec_app_impression WHERE at < %(start)s - interval '1 day' AND id IN (SELECT id FROM clicked)
)
"""

# Clicks are of the lists that were seen today, whenever they came: so there are never more of them than of lists.
LISTS = f"""WITH {HANDED}
SELECT {KEY}, '', count(*) FILTER (WHERE list.at >= %(start)s) AS handed, count(*) FILTER (WHERE {LOOKED}) AS seen,
       count(*) FILTER (WHERE {LOOKED} AND list.id IN (SELECT id FROM clicked)) AS clicked
FROM handed AS list
WHERE list.rung <> 'empty' AND {PERSON.format(table="list")}
GROUP BY 1, 2, 3, 4, 5 HAVING count(*) FILTER (WHERE list.at >= %(start)s OR {LOOKED}) > 0
"""

# Earlier days, done with, whose lists have been clicked since they were counted.
CLICKED_LATE = f"""
SELECT DISTINCT day.day
FROM mmrec_app_event AS click
JOIN mmrec_app_impression AS own ON own.id = click.impression
JOIN mmrec_app_impression AS list ON list.id = coalesce(own.repeats, own.id)
JOIN mmrec_app_countedday AS day ON day.day = (({LOOK}) AT TIME ZONE %(zone)s)::date AND day.counted_at < click.at
WHERE click.kind = 'click' AND click.at >= %(start)s AND ({LOOK}) < %(start)s AND ({LOOK}) >= %(since)s
"""

LATENCY = f"""
SELECT {KEY}, '', {BUCKET} AS bucket, count(*) FROM mmrec_app_impression AS list
WHERE list.at >= %(start)s AND list.at < %(end)s AND list.latency_ms IS NOT NULL AND list.rung <> 'empty'
  AND {PERSON.format(table="list")}
GROUP BY 1, 2, 3, 4, 5, bucket
"""

# The first click on each item of each list, where a list and its reloads are one; those of today.
FIRST_CLICKS = f"""
today AS (
    SELECT DISTINCT coalesce(list.repeats, list.id) AS id
    FROM mmrec_app_event AS click JOIN mmrec_app_impression AS list ON list.id = click.impression
    WHERE click.kind = 'click' AND click.at >= %(start)s AND click.at < %(end)s
), pair AS (
    SELECT today.id, click.item_id, min(click.at) AS at
    FROM today
    JOIN mmrec_app_impression AS list ON list.id = today.id OR list.repeats = today.id
    JOIN mmrec_app_event AS click ON click.impression = list.id AND click.kind = 'click'
        AND click.visitor_id = list.visitor_id AND click.item_id = ANY(list.items)
    WHERE click.at < %(end)s AND {PERSON.format(table="click")}
    GROUP BY today.id, click.item_id
)
"""

CLICKS = f"""WITH {FIRST_CLICKS}
SELECT {KEY}, '', count(*) AS clicks FROM pair JOIN mmrec_app_impression AS list ON list.id = pair.id
WHERE pair.at >= %(start)s GROUP BY 1, 2, 3, 4, 5
"""

# What was put in the cart or bought is credited once: to the visitor's latest list that held it and was clicked for it;
# else to the latest that was seen and held it. Both within the window.
CREDITED = f"""
SELECT {KEY}, EXISTS (
    SELECT FROM mmrec_app_event AS click
    WHERE click.impression = list.id AND click.item_id = event.item_id AND click.kind = 'click'
      AND click.at <= event.at AND click.visitor_id = event.visitor_id
) AS direct
FROM mmrec_app_impression AS list
WHERE list.visitor_id = event.visitor_id AND event.item_id = ANY(list.items)
  AND list.seen_at <= event.at AND list.seen_at > event.at - make_interval(days => %(days)s)
ORDER BY direct DESC, list.seen_at DESC, list.id LIMIT 1
"""

# Each list's own; and, without a placement, all that went into carts and was bought, by whatever way: on the site that
# the event knows, else on that of the list it is credited to.
CREDITS = f"""
WITH credited AS MATERIALIZED (
    SELECT event.kind, event.value, event.site AS bought_on, credit.*,
           CASE WHEN event.kind = 'purchase' THEN {CURRENCY} ELSE '' END AS currency
    FROM mmrec_app_event AS event
    JOIN mmrec_app_item AS item ON item.id = event.item_id
    LEFT JOIN LATERAL ({CREDITED}) AS credit ON true
    WHERE event.kind IN ('cart', 'purchase') AND event.at >= %(start)s AND event.at < %(end)s
      AND {PERSON.format(table="event")}
)
SELECT placement, generation_id, rung, variant, site, currency,
       count(*) FILTER (WHERE direct AND kind = 'cart') AS carts,
       count(*) FILTER (WHERE NOT direct AND kind = 'cart') AS carts_assisted,
       count(*) FILTER (WHERE direct AND kind = 'purchase') AS bought,
       count(*) FILTER (WHERE NOT direct AND kind = 'purchase') AS bought_assisted,
       coalesce(sum(value) FILTER (WHERE direct AND kind = 'purchase'), 0) AS revenue,
       coalesce(sum(value) FILTER (WHERE NOT direct AND kind = 'purchase'), 0) AS revenue_assisted
FROM credited WHERE placement IS NOT NULL
GROUP BY 1, 2, 3, 4, 5, 6
UNION ALL
SELECT '', NULL, '', '', coalesce(bought_on, site), currency,
       count(*) FILTER (WHERE kind = 'cart'), 0, count(*) FILTER (WHERE kind = 'purchase'), 0,
       coalesce(sum(value) FILTER (WHERE kind = 'purchase'), 0), 0
FROM credited
GROUP BY 5, 6
"""

ITEM_KEY = f"list.placement, list.generation_id AS generation, {VARIANT}, list.site"

ITEMS = f"""WITH {HANDED}, {FIRST_CLICKS}
INSERT INTO mmrec_app_dailyitem (day, placement, generation, variant, site, item_id, seen, clicks)
SELECT %(day)s, look.placement, look.generation, look.variant, look.site, item.id, sum(look.seen), sum(look.clicks)
FROM (
    SELECT {ITEM_KEY}, unnest(list.items) AS item_id, 1 AS seen, 0 AS clicks FROM handed AS list WHERE {LOOKED}
  UNION ALL
    SELECT {ITEM_KEY}, pair.item_id, 0, 1
    FROM pair JOIN mmrec_app_impression AS list ON list.id = pair.id WHERE pair.at >= %(start)s
) AS look
JOIN mmrec_app_item AS item ON item.id = look.item_id
GROUP BY look.placement, look.generation, look.variant, look.site, item.id
"""
