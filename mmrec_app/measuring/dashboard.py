"""The daily figures, added up in the ways a merchandiser looks at them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connections, router
from django.db.models import Q, QuerySet, Sum

from mmrec_app.measuring.health import FOR_SALE
from mmrec_app.measuring.latency import BUCKETS, percentiles
from mmrec_app.measuring.products import Shown, covered_by, fared_in, valued
from mmrec_app.models import CountedDay, DailyFigure, DailyItem, Item

COUNTS = ("handed", "seen", "clicked", "clicks", "carts", "carts_assisted", "bought", "bought_assisted")
SUMS = (*COUNTS, "revenue", "revenue_assisted")
UNTIMED = percentiles([])


@dataclass(frozen=True)
class Selection:
    """Which lists: of these days, both included, and only of a placement, generation, variant or site where one is
    given."""

    since: date
    until: date
    placement: str = ""
    generation: int | None = None
    variant: str = ""
    site: int | None = None

    @property
    def days(self) -> list[date]:
        return [self.since + timedelta(days=n) for n in range((self.until - self.since).days + 1)]

    @property
    def before(self) -> "Selection":
        """As many days, just before."""
        until = earlier(self.since, 1)
        since = earlier(until, (self.until - self.since).days)
        return replace(self, since=since, until=until)

    @property
    def rows(self) -> QuerySet[DailyFigure]:
        return DailyFigure.objects.exclude(placement="").filter(**self._days, **self._lists)

    @property
    def items(self) -> QuerySet[DailyItem]:
        return DailyItem.objects.filter(**self._days, **self._lists)

    @property
    def shop(self) -> QuerySet[DailyFigure]:
        return DailyFigure.objects.filter(placement="", **self._days)

    @property
    def _days(self) -> dict[str, Any]:
        return _given(day__range=(self.since, self.until), site=self.site)

    @property
    def _lists(self) -> dict[str, Any]:
        return _given(placement=self.placement or None, generation=self.generation, variant=self.variant or None)


def _given(**wanted: Any) -> dict[str, Any]:
    return {name: value for name, value in wanted.items() if value is not None}


def earlier(day: date, days: int) -> date:
    """So many days before; the calendar's first day where there are none."""
    return date.fromordinal(max(day.toordinal() - days, 1))


@dataclass(frozen=True)
class Money:
    """In one currency: after a click, and after a look alone."""

    currency: str
    direct: Decimal
    assisted: Decimal

    @property
    def influenced(self) -> Decimal:
        return self.direct + self.assisted


@dataclass(frozen=True)
class Figures:
    """What some lists brought together. `carts` and `bought` follow a click; the assisted ones a look alone."""

    handed: int = 0
    seen: int = 0
    clicked: int = 0
    clicks: int = 0
    carts: int = 0
    carts_assisted: int = 0
    bought: int = 0
    bought_assisted: int = 0
    money: tuple[Money, ...] = ()
    covered: int | None = None
    """Of the products for sale, those that were seen; None where items were not counted so."""
    latency: tuple[float | None, ...] = UNTIMED
    """Milliseconds of the 50th, 95th and 99th percentile."""

    @property
    def ctr(self) -> float | None:
        """Of the lists that were seen, those that were clicked."""
        return self.clicked / self.seen if self.seen else None

    @property
    def cart_rate(self) -> float | None:
        """Products put in the cart for each product clicked."""
        return self.carts / self.clicks if self.clicks else None

    @property
    def conversion(self) -> float | None:
        """Products bought for each product clicked."""
        return self.bought / self.clicks if self.clicks else None

    @property
    def all_carts(self) -> int:
        return self.carts + self.carts_assisted

    @property
    def all_bought(self) -> int:
        return self.bought + self.bought_assisted

    def influenced(self, currency: str) -> Decimal:
        return sum((each.influenced for each in self.money if each.currency == currency), Decimal(0))


@dataclass(frozen=True)
class Overview:
    selection: Selection
    total: Figures
    before: Figures
    shop: Figures
    days: Mapping[date, Figures]
    placements: Mapping[str, Figures]
    trends: Mapping[str, list[float]]
    """Placement -> how many of its lists were seen on each day."""
    generations: Mapping[int | None, Figures]
    variants: Mapping[str, Figures]
    rungs: Mapping[str, Mapping[str, int]]
    """Placement -> rung -> lists that were seen: robots are handed lists too."""
    robots: int
    for_sale: int
    clicked: tuple[Shown, ...]
    ignored: tuple[Shown, ...]
    """Seen most, without one click."""

    @property
    def currencies(self) -> list[str]:
        """The one with the most revenue first."""
        known = {each.currency for each in (*self.shop.money, *self.total.money)}
        return sorted(known, key=lambda currency: (-self.shop.influenced(currency), currency))


def overview(selection: Selection) -> Overview:
    """Everything on the dashboard, in two dozen statements over daily rows."""
    rows = selection.rows
    fared = fared_in(selection.items)
    robots = CountedDay.objects.filter(day__range=(selection.since, selection.until)).aggregate(n=Sum("robots"))["n"]
    return Overview(
        selection=selection,
        total=measured_by(selection, None).get(None, Figures()),
        before=added(selection.before.rows),
        shop=added(selection.shop),
        days=measured_by(selection, "day"),
        placements=measured_by(selection, "placement"),
        trends=_trends(selection),
        generations=measured_by(selection, "generation"),
        variants={name: each for name, each in measured_by(selection, "variant").items() if name},
        rungs=_rungs(rows),
        robots=robots or 0,
        for_sale=_for_sale(selection.site).count(),
        clicked=fared.clicked,
        ignored=fared.ignored,
    )


def _for_sale(site: int | None) -> QuerySet[Item]:
    found = Item.objects.filter(FOR_SALE)
    return found if site is None else found.filter(Q(sites=[]) | Q(sites__contains=[site]))


def measured_by(selection: Selection, column: str | None) -> dict[Any, Figures]:
    """As `added_by`, with what does not add up: products covered, and times."""
    covered, timed = covered_by(selection.items, column), _timed(selection, column)
    return {
        value: replace(each, covered=covered.get(value), latency=percentiles(timed.get(value, [])))
        for value, each in added_by(selection.rows, column).items()
    }


def added(rows: QuerySet[DailyFigure]) -> Figures:
    return added_by(rows, None).get(None, Figures())


def added_by(rows: QuerySet[DailyFigure], name: str | None) -> dict[Any, Figures]:
    """Value of the column -> what its rows make together, in the order of the values."""
    columns = [name] if name else []
    found = rows.values(*columns, "currency").annotate(**{f"sum_{each}": Sum(each) for each in SUMS})
    groups: dict[Any, list[Mapping[str, Any]]] = defaultdict(list)
    for row in found.order_by(*columns, "currency"):
        groups[row[name] if name else None].append(row)
    return {key: _figures(group) for key, group in groups.items()}


def _figures(rows: Sequence[Mapping[str, Any]]) -> Figures:
    counts = {name: sum(row[f"sum_{name}"] for row in rows) for name in COUNTS}
    money = (Money(row["currency"], row["sum_revenue"], row["sum_revenue_assisted"]) for row in rows)
    return Figures(**counts, money=tuple(each for each in money if each.influenced))


def _trends(selection: Selection) -> dict[str, list[float]]:
    found: dict[str, dict[date, float]] = defaultdict(dict)
    for placement, day, seen in selection.rows.values_list("placement", "day").annotate(n=Sum("seen")):
        found[placement][day] = seen
    return {placement: [days.get(day, 0.0) for day in selection.days] for placement, days in found.items()}


def _rungs(rows: QuerySet[DailyFigure]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for placement, rung, seen in (
        rows.values_list("placement", "rung").annotate(n=Sum("seen")).filter(n__gt=0).order_by("placement", "-n")
    ):
        found[placement][rung] = seen
    return dict(found)


def _timed(selection: Selection, column: str | None) -> dict[Any, list[int]]:
    """Value of the column, or None for all -> buckets, added up in the database."""
    rows = selection.rows.order_by().annotate(value=valued(column)).values("value", "latency")
    inner, values = rows.query.sql_with_params()
    statement = (
        "SELECT value, n::int - 1, sum(count)::bigint FROM (" + inner + ") AS row (value, latency), "
        "unnest(latency) WITH ORDINALITY AS bucket (count, n) WHERE count > 0 GROUP BY 1, 2 ORDER BY 1"
    )
    counts: dict[Any, list[int]] = defaultdict(lambda: [0] * BUCKETS)
    with connections[router.db_for_read(DailyFigure)].cursor() as cursor:
        cursor.execute(statement, values)
        for value, bucket, count in cursor.fetchall():
            counts[value][bucket] = count
    return dict(counts)


@dataclass(frozen=True)
class Choices:
    """What the lists can be narrowed to."""

    placements: list[str] = field(default_factory=list)
    generations: list[int] = field(default_factory=list)
    variants: list[str] = field(default_factory=list)
    sites: dict[int, str] = field(default_factory=dict)
    """Names, where `django.contrib.sites` knows several."""


def choices() -> Choices:
    rows = DailyFigure.objects.exclude(placement="")

    def different(name: str) -> list[Any]:
        return list(rows.values_list(name, flat=True).distinct().order_by(name))

    return Choices(
        different("placement"),
        sorted((number for number in different("generation") if number is not None), reverse=True),
        [name for name in different("variant") if name],
        sites(),
    )


def sites() -> dict[int, str]:
    """Names, where `django.contrib.sites` knows several; else nothing."""
    if not apps.is_installed("django.contrib.sites"):
        return {}
    from django.contrib.sites.models import Site  # a model of an app that is not installed cannot be imported

    found = dict(Site.objects.order_by("name").values_list("pk", "name"))
    return found if len(found) > 1 else {}
