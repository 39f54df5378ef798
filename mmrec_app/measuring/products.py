"""How single products fared in the lists: read from the daily rows, however many they are."""

from dataclasses import dataclass
from typing import Any

from django.db import connections, router
from django.db.models import F, IntegerField, QuerySet, Value

from mmrec_app.models import DailyItem

MOST = 10

FARED = """
WITH fared AS MATERIALIZED (
    SELECT item_id, sum(seen) AS seen, sum(clicks) AS clicks FROM ({rows}) AS each GROUP BY item_id
), best AS (
    SELECT 'clicked' AS kind, * FROM fared WHERE clicks > 0 ORDER BY clicks DESC, item_id LIMIT {most}
), worst AS (
    SELECT 'ignored' AS kind, * FROM fared WHERE clicks = 0 ORDER BY seen DESC, item_id LIMIT {most}
)
SELECT shown.kind, shown.item_id, item.title, shown.seen::bigint, shown.clicks::bigint
FROM (SELECT * FROM best UNION ALL SELECT * FROM worst) AS shown JOIN mmrec_app_item AS item ON item.id = shown.item_id
"""

# First each product once, by a hash: count(DISTINCT …) sorts, and takes four times as long.
COVERED = """
SELECT shown.value, count(*) FILTER (WHERE item.available AND item.removed_at IS NULL)
FROM (SELECT DISTINCT value, item_id FROM ({rows}) AS each (value, item_id)) AS shown
JOIN mmrec_app_item AS item ON item.id = shown.item_id GROUP BY shown.value
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
    """`ignored`: seen most, without one click."""

    clicked: tuple[Shown, ...]
    ignored: tuple[Shown, ...]


def fared_in(items: QuerySet[DailyItem]) -> Fared:
    rows = _asked(FARED, items, "item_id", "seen", "clicks")
    shown = [(kind, Shown(*row)) for kind, *row in sorted(rows, key=lambda row: (-row[4], -row[3], row[1]))]
    return Fared(*(tuple(one for kind, one in shown if kind == wanted) for wanted in ("clicked", "ignored")))


def covered_by(items: QuerySet[DailyItem], column: str | None) -> dict[Any, int]:
    """Value of the column, or None for all -> how many products for sale were seen at all."""
    return dict(_asked(COVERED, items.filter(seen__gt=0).annotate(value=valued(column)), "value", "item_id"))


def valued(column: str | None) -> Any:
    """What rows are told apart by; None: nothing."""
    return F(column) if column else Value(None, output_field=IntegerField())


def _asked(statement: str, items: QuerySet[DailyItem], *columns: str) -> list[Any]:
    inner, values = items.order_by().values(*columns).query.sql_with_params()
    with connections[router.db_for_read(DailyItem)].cursor() as cursor:
        cursor.execute(statement.format(rows=inner, most=MOST), values)
        return cursor.fetchall()
