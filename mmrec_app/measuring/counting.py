"""Counts a day: from impressions and events to daily figures, always the whole day anew, so that it can be repeated.

The dashboard reads only what stands here. How many impressions there are matters to this, in a worker, and not to it.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connections, router, transaction
from django.utils import timezone

from mmrec_app.conf import conf
from mmrec_app.measuring import statements
from mmrec_app.measuring.latency import BUCKETS
from mmrec_app.measuring.robots import quick_visitors
from mmrec_app.models import CountedDay, DailyFigure, DailyItem, Event, Impression

SETTLES = timedelta(hours=1)
"""After a day's end: clicks that a browser kept for its next page have arrived by then."""
LATE = timedelta(days=7)
"""So long after its end a day is counted again when one of its lists is clicked: a mail, or a page that lay open."""
LOCK = 0x6D6D7265
"""One counts at a time."""

Key = tuple[str, int | None, str, str, int | None, str]
"""Placement, generation, rung, variant, site, currency."""


def count_due_days() -> int:
    """Counts every day that is not done with, then earlier ones whose lists were clicked in them; returns how many. The
    first time it goes back to the first list or event, or `HISTORY_DAYS`."""
    days = list(_due())
    for day in days:
        count_day(day)
    earlier = _clicked_late(days[0])
    for day in earlier:
        count_day(day)
    return len(days) + len(earlier)


def count_day(day: date) -> None:
    """Writes the figures of one day, in the time zone of the project."""
    start, end = bounds(day)
    values: dict[str, Any] = {
        "day": day, "start": start, "end": end, "late": end + LATE, "days": conf().attribution_days,
    }  # fmt: skip
    with transaction.atomic(), connections[router.db_for_write(DailyFigure)].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(statements.CLICKED_IS_SEEN, values)
        robots = quick_visitors(cursor, start, end)
        values["robots"] = robots
        figures = _figures(cursor, values)
        DailyFigure.objects.filter(day=day).delete()
        DailyFigure.objects.bulk_create(_row(day, key, measures) for key, measures in figures.items())
        DailyItem.objects.filter(day=day).delete()
        cursor.execute(statements.ITEMS, values)
        CountedDay.objects.update_or_create(day=day, defaults={"counted_at": timezone.now(), "robots": len(robots)})


def bounds(day: date) -> tuple[datetime, datetime]:
    """Where a day begins and where the next does."""
    zone = timezone.get_default_timezone()
    return datetime.combine(day, time.min, zone), datetime.combine(day + timedelta(days=1), time.min, zone)


def _due() -> Iterator[date]:
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    day = _first_due(today)
    while day <= today:
        yield day
        day += timedelta(days=1)


def _first_due(today: date) -> date:
    """The earliest day that was not counted after its end; shortly after midnight, that is yesterday."""
    latest = list(CountedDay.objects.order_by("-day")[:3])
    open_days = [each.day for each in latest if each.counted_at < bounds(each.day)[1] + SETTLES]
    if latest:
        return min(open_days, default=latest[0].day + timedelta(days=1))
    firsts = [model.objects.order_by("at").values_list("at", flat=True).first() for model in (Impression, Event)]
    known = [timezone.localdate(first, timezone.get_default_timezone()) for first in firsts if first is not None]
    reach = timedelta(days=conf().history_days) if conf().history_days else timedelta(days=3650)
    return max(min(known, default=today), today - reach)


def _clicked_late(first: date) -> list[date]:
    """Days before `first` that a click since then has changed, and of which everything is still kept."""
    start, zone, kept = bounds(first)[0], timezone.get_default_timezone_name(), conf().retention_days
    since = start - (min(LATE, timedelta(days=kept - 1)) if kept else LATE)
    with connections[router.db_for_write(DailyFigure)].cursor() as cursor:
        cursor.execute(statements.CLICKED_LATE, {"start": start, "since": since, "zone": zone})
        return [day for (day,) in cursor.fetchall()]


def _figures(cursor: Any, values: dict[str, Any]) -> dict[Key, dict[str, Any]]:
    """Each statement brings some measures of the same keys."""
    figures: dict[Key, dict[str, Any]] = defaultdict(dict)
    for statement in (statements.LISTS, statements.CLICKS, statements.CREDITS):
        cursor.execute(statement, values)
        names = [column.name for column in cursor.description]
        for row in cursor.fetchall():
            figures[row[:6]].update(zip(names[6:], row[6:], strict=True))
    cursor.execute(statements.LATENCY, values)
    for *key, bucket, count in cursor.fetchall():
        buckets = figures[tuple(key)].setdefault("latency", [0] * BUCKETS)
        buckets[bucket] = count
    return figures


def _row(day: date, key: Key, measures: dict[str, Any]) -> DailyFigure:
    placement, generation, rung, variant, site, currency = key
    return DailyFigure(
        day=day, placement=placement, generation=generation, rung=rung, variant=variant, site=site, currency=currency,
        **measures,
    )  # fmt: skip
