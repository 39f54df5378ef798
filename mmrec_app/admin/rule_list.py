"""Rules as their list tells them: what they do, with what, where, and whether they hold now."""

from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from mmrec_app.models import Rule
from mmrec_app.recommend.checked import MOVES
from mmrec_app.recommend.placements import list_names
from mmrec_app.recommend.rules import USUAL_FACTOR

NAMED = 2
"""Products that a row names; of the others it says how many."""
SHADES = {"holds": "active", "later": "training", "over": "retired", "off": "retired"}


def states() -> dict[str, str]:
    return {
        "holds": pgettext("rule", "holds"), "later": pgettext("rule", "later"), "over": pgettext("rule", "over"),
        "off": pgettext("rule", "switched off"),
    }  # fmt: skip


def state_of(rule: Rule) -> str:
    now = timezone.now()
    if not rule.active:
        return "off"
    if rule.ends_at is not None and rule.ends_at <= now:
        return "over"
    return "later" if rule.starts_at is not None and rule.starts_at > now else "holds"


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(states().items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Rule]) -> QuerySet[Rule]:
        now = timezone.now()
        over = Q(ends_at__isnull=False, ends_at__lte=now)
        later = Q(starts_at__isnull=False, starts_at__gt=now) & ~over
        found = {"over": over, "later": later, "holds": ~over & ~later}.get(self.value() or "")
        if self.value() == "off":
            return queryset.filter(active=False)
        return queryset.filter(found, active=True) if found is not None else queryset


class ListFilter(admin.SimpleListFilter):
    """Rules that a list heeds."""

    title = gettext_lazy("list")
    parameter_name = "list"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, name) for name in list_names()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Rule]) -> QuerySet[Rule]:
        name = self.value()
        return queryset.filter(Q(placements=[]) | Q(placements__contains=[name])) if name else queryset


def doing(rule: Rule) -> str:
    said = str(rule.get_action_display())
    if rule.action == Rule.Action.PIN:
        return f"{said}: {rule.position or 1}"
    if rule.action in MOVES:
        return f"{said} × {number_format(Decimal(format(rule.factor or USUAL_FACTOR, 'g')))}"
    return said


def about(rule: Rule) -> str:
    """Of a rule whose items are fetched with it."""
    if items := list(rule.items.all()):
        titles = ", ".join(item.title for item in items[:NAMED])
        others = len(items) - NAMED
        more = ngettext("and %(n)d more", "and %(n)d more", others) % {"n": others} if others > 0 else ""
        return f"{titles} {more}".strip()
    parts = [rule.category, *(f"{name}: {value}" for name, value in rule.attributes.items()), _prices(rule)]
    return ", ".join(filter(None, parts)) or _("nothing: its products are gone")


def _prices(rule: Rule) -> str:
    low, high = (None if price is None else number_format(price, 2) for price in (rule.price_min, rule.price_max))
    if low and high:
        return f"{low} – {high}"
    return f"≥ {low}" if low else f"≤ {high}" if high else ""


def when(rule: Rule) -> str:
    first, last = (
        None if at is None else date_format(localtime(at), "j M Y, H:i") for at in (rule.starts_at, rule.ends_at)
    )
    if first and last:
        return f"{first} – {last}"
    return _("from %(at)s") % {"at": first} if first else _("until %(at)s") % {"at": last} if last else "–"
