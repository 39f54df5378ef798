"""The overview in the shapes of the page: tiles, charts, tables."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mmrec_app.admin.charts import Point, bars, line, spark
from mmrec_app.admin.writing import NOTHING, Tile, against, milliseconds, parts, percent, whole
from mmrec_app.measuring.dashboard import UNTIMED, Figures, Overview
from mmrec_app.measuring.products import Shown

EMPTY = SafeString()
Amount = tuple[Decimal, str]
"""With its currency; those of two are never added up."""


@dataclass(frozen=True)
class Row:
    """One line of a table of lists."""

    label: str
    seen: str
    clicks: str
    ctr: str
    carts: str
    bought: str
    conversion: str
    amounts: list[Amount]
    coverage: str
    latency: list[str]
    """50, 95 and 99 of a hundred lists came within."""
    spark: SafeString = EMPTY


@dataclass(frozen=True)
class Board:
    overview: Overview
    tiles: list[Tile]
    charts: list[tuple[str, SafeString]]
    placements: list[Row]
    generations: list[Row]
    variants: list[Row]
    days: list[Row]
    """The latest first."""
    rungs: list[tuple[str, list[dict[str, Any]]]]
    latency: list[tuple[str, list[tuple[str, list[str]]]]]
    """Tables of percentiles: what each is by, and its rows."""
    clicked: tuple[Shown, ...]
    ignored: tuple[Shown, ...]

    @staticmethod
    def of(found: Overview) -> "Board":
        row = partial(_row, found)
        return Board(
            overview=found,
            tiles=_tiles(found),
            charts=_charts(found),
            placements=[
                row(name, each, spark(found.trends.get(name, []))) for name, each in _most_seen(found.placements)
            ],
            generations=[row(_named(number), each) for number, each in _most_seen(found.generations)],
            variants=[row(name, each) for name, each in found.variants.items()],
            days=[row(date_format(day, "SHORT_DATE_FORMAT"), each) for day, each in reversed(list(found.days.items()))],
            rungs=[(name, parts(list(each.items()))) for name, each in found.rungs.items()],
            latency=list(_latency(found)),
            clicked=found.clicked,
            ignored=found.ignored,
        )


def _latency(found: Overview) -> Iterator[tuple[str, list[tuple[str, list[str]]]]]:
    """By list, generation and variant; days have a table of their own."""
    for first, groups in (
        (_("List"), {_("all lists"): found.total} | dict(found.placements)),
        (_("Generation"), found.generations),
        (_("Experiment and variant"), found.variants),
    ):
        rows = [(_named(name), _times(each)) for name, each in groups.items() if each.latency != UNTIMED]
        if rows:
            yield first, rows


def _times(each: Figures) -> list[str]:
    return [milliseconds(value) for value in each.latency]


def _named(value: Any) -> str:
    return NOTHING if value is None else str(value)


def _most_seen(groups: Mapping[Any, Figures]) -> list[tuple[Any, Figures]]:
    return sorted(groups.items(), key=lambda pair: -pair[1].seen)


def _row(found: Overview, label: str, each: Figures, curve: SafeString = EMPTY) -> Row:
    money = found.currencies
    amounts = [(amount, currency) for currency in money if (amount := each.influenced(currency))]
    return Row(
        label, whole(each.seen), whole(each.clicks), percent(each.ctr), _with_assisted(each.carts, each.carts_assisted),
        _with_assisted(each.bought, each.bought_assisted), percent(each.conversion),
        amounts or [(Decimal(0), next(iter(money), ""))], percent(_coverage(found, each)), _times(each), curve,
    )  # fmt: skip


def _with_assisted(direct: int, assisted: int) -> str:
    return f"{whole(direct)} + {whole(assisted)}" if assisted else whole(direct)


def _tiles(found: Overview) -> list[Tile]:
    now, before = found.total, found.before
    tiles = [
        Tile(_("Lists seen"), whole(now.seen), _("%(n)s handed out") % {"n": whole(now.handed)},
             against(now.seen, before.seen)),
        Tile(_("Click-through rate"), percent(now.ctr), _("%(n)s products clicked") % {"n": whole(now.clicks)},
             against(now.ctr, before.ctr)),
        Tile(_("Put in the cart"), whole(now.all_carts),
             _("%(n)s after a click, %(rate)s of the clicks") % {"n": whole(now.carts), "rate": percent(now.cart_rate)},
             against(now.all_carts, before.all_carts)),
        Tile(_("Bought"), whole(now.all_bought),
             _("%(n)s after a click, %(rate)s of the clicks") % {
                 "n": whole(now.bought), "rate": percent(now.conversion)
             },
             against(now.all_bought, before.all_bought)),
        *(_revenue(found, currency) for currency in found.currencies or [""]),
    ]  # fmt: skip
    if now.covered is not None:
        covered = {"n": whole(now.covered), "all": whole(found.for_sale)}
        share = percent(_coverage(found, now))
        tiles.append(Tile(_("Coverage"), share, _("%(n)s of %(all)s products seen") % covered))
    return tiles


def _coverage(found: Overview, each: Figures) -> float | None:
    return each.covered / found.for_sale if each.covered is not None and found.for_sale else None


def _revenue(found: Overview, currency: str) -> Tile:
    influenced, all_of_it = found.total.influenced(currency), found.shop.influenced(currency)
    share = percent(float(influenced / all_of_it)) if all_of_it else ""
    return Tile(
        _("Revenue influenced"), "", _("%(share)s of the shop's") % {"share": share} if share else "",
        against(influenced, found.before.influenced(currency)), influenced, currency,
    )  # fmt: skip


def _influenced(each: Figures, currency: str) -> float:
    return float(each.influenced(currency))


def _charts(found: Overview) -> list[tuple[str, SafeString]]:
    def points(read: Callable[[Figures], float | None], empty: float | None = 0) -> list[Point]:
        return [Point(day, read(found.days[day]) if day in found.days else empty) for day in found.selection.days]

    seen, ctr, carts = _("Lists seen"), _("Click-through rate"), _("Put in the cart")
    charts = [
        (seen, bars(seen, points(lambda each: each.seen), whole)),
        (ctr, line(ctr, points(lambda each: each.ctr, None), percent)),
        (carts, bars(carts, points(lambda each: each.all_carts), whole)),
    ]
    for currency in found.currencies or [""]:
        money = _("Revenue influenced, %(currency)s") % {"currency": currency} if currency else _("Revenue influenced")
        charts.append((money, bars(money, points(partial(_influenced, currency=currency)), whole)))
    if found.total.latency != UNTIMED:
        slow = f"{_('How long lists take')}: {_('95 % within')}"
        charts.append((slow, line(slow, points(lambda each: each.latency[1], None), milliseconds)))
    return charts
