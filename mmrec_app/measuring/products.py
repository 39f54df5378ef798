"""How single products fared in the lists: one pass over the daily rows, however many they are."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections, router

from mmrec_app.models import DailyItem

MOST = 10

FARED = """
WITH fared AS MATERIALIZED (
    SELECT item_id, sum(seen) AS seen, sum(clicks) AS clicks FROM mmrec_app_dailyitem
    WHERE day BETWEEN %(since)s AND %(until)s AND (%(placement)s = '' OR placement = %(placement)s)
      AND (%(site)s::int IS NULL OR site = %(site)s)
    GROUP BY item_id
), best AS (
    SELECT 'clicked' AS kind, * FROM fared WHERE clicks > 0 ORDER BY clicks DESC, item_id LIMIT %(most)s
), worst AS (
    SELECT 'ignored' AS kind, * FROM fared WHERE clicks = 0 ORDER BY seen DESC, item_id LIMIT %(most)s
)
SELECT shown.kind, shown.item_id, item.title, shown.seen::bigint, shown.clicks::bigint
FROM (SELECT * FROM best UNION ALL SELECT * FROM worst) AS shown JOIN mmrec_app_item AS item ON item.id = shown.item_id
UNION ALL
SELECT 'covered', NULL, '', count(*), 0 FROM fared JOIN mmrec_app_item AS item ON item.id = fared.item_id
WHERE fared.seen > 0 AND item.available AND item.removed_at IS NULL
"""


@dataclass(frozen=True)
class Shown:
    """A product and how it fared in the lists."""

    item_id: int
    title: str
    seen: int
    clicks: int


@dataclass(frozen=True)
class Fared:
    """`covered`: how many products for sale were seen at all, None where that is unknown; `ignored`: seen most, without
    one click."""

    covered: int | None
    clicked: tuple[Shown, ...]
    ignored: tuple[Shown, ...]


def fared_in(since: date, until: date, placement: str, site: int | None) -> Fared:
    """On these days, both included, in a placement or in all, on a site or on all."""
    values: dict[str, Any] = {"since": since, "until": until, "placement": placement, "site": site, "most": MOST}
    with connections[router.db_for_read(DailyItem)].cursor() as cursor:
        cursor.execute(FARED, values)
        rows = cursor.fetchall()
    shown = [(kind, Shown(*row)) for kind, *row in sorted(rows, key=lambda row: (-row[4], -row[3], row[1] or 0))]
    clicked, ignored = (tuple(one for kind, one in shown if kind == wanted) for wanted in ("clicked", "ignored"))
    return Fared(next(one.seen for kind, one in shown if kind == "covered"), clicked, ignored)
