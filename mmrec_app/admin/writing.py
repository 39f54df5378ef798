"""Numbers as a merchandiser reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from mmrec_app.measuring.experiments import HOLDOUT

NOTHING = "–"


@dataclass(frozen=True)
class Change:
    """Against the days before: `way` is "up", "down" or "" when it is as good as the same."""

    text: str
    way: str


@dataclass(frozen=True)
class Tile:
    label: Any
    value: str
    note: Any = ""
    change: Change | None = None
    amount: Decimal | None = None
    currency: str = ""


def named_arm(arm: str) -> str:
    return _("held out") if arm == HOLDOUT else arm


def whole(value: float | None) -> str:
    return NOTHING if value is None else number_format(round(value), force_grouping=True)


def percent(share: float | None, digits: int = 1) -> str:
    return NOTHING if share is None else f"{number_format(round(100 * share, digits), digits)}\N{NO-BREAK SPACE}%"


def signed(share: float | None) -> str:
    if share is None:
        return NOTHING
    return f"{'+' if share > 0 else ''}{percent(share)}"


def milliseconds(value: float | None) -> str:
    if value is None:
        return NOTHING
    return f"{number_format(round(value, 1), 0 if value >= 10 else 1)}\N{NO-BREAK SPACE}ms"


def against(now: float | Decimal | None, before: float | Decimal | None) -> Change | None:
    """None when there was nothing to compare with."""
    if now is None or not before:
        return None
    share = float(now) / float(before) - 1
    if abs(share) < 0.005:
        return Change(percent(0, 0), "")
    return Change(f"{'+' if share > 0 else '−'}{percent(abs(share), 0)}", "up" if share > 0 else "down")


def parts(counts: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    """Labelled counts as stretches of one bar, 0 to 100 long."""
    total, at, stretches = sum(count for _, count in counts), 0.0, []
    for n, (label, count) in enumerate(counts):
        length = 100 * count / total if total else 0.0
        stretches.append(
            {"label": label, "count": count, "share": percent(length / 100), "x": f"{at:.2f}", "width": f"{length:.2f}",
             "tone": n % 6}
        )  # fmt: skip
        at += length
    return stretches
