"""The dashboard: what the lists brought, on one page, from the daily figures."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    QueryDict,
    StreamingHttpResponse,
)  # fmt: skip
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mmrec_app.admin.boards import Board
from mmrec_app.admin.readonly import ReadOnlyAdmin
from mmrec_app.admin.selecting import PRESETS, SelectionForm, today
from mmrec_app.measuring.counting import count_due_days
from mmrec_app.measuring.dashboard import SUMS, Selection, overview
from mmrec_app.measuring.health import Health, health
from mmrec_app.measuring.latency import percentiles
from mmrec_app.measuring.outcomes import count_experiments
from mmrec_app.models import CountedDay, DailyFigure, Event, Experiment, Impression, Item

KEY = ("day", "placement", "generation", "rung", "variant", "site", "currency")
COLUMNS = (*KEY, *SUMS)
LATENCY = ("latency_50", "latency_95", "latency_99")
CATALOGUE = ("covered", *Health.__dataclass_fields__)
STALE = timedelta(minutes=20)


@admin.register(DailyFigure)
class DashboardAdmin(ReadOnlyAdmin):
    """Its list is the dashboard; there is nothing else to open."""

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("export/", self.admin_site.admin_view(self.export), name="mmrec_app_dailyfigure_export"),
            path("count/", self.admin_site.admin_view(self.count), name="mmrec_app_dailyfigure_count"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self._guard(request)
        form = SelectionForm(request.GET)
        selection = form.selection
        found = overview(selection)
        last = CountedDay.objects.order_by("-counted_at").first()
        context = self.admin_site.each_context(request) | {
            "title": _("Dashboard"),
            "opts": self.opts,
            "form": form,
            "selection": selection,
            "presets": list(_presets(request.GET, selection)),
            "query": request.GET.urlencode(),
            "board": Board.of(found),
            "health": (catalogue := health()),
            "late": catalogue.oldest_wait is not None and timezone.now() - catalogue.oldest_wait > STALE,
            "may_see_items": request.user.has_perm("mmrec_app.view_item"),
            "counted_at": last.counted_at if last else None,
            "stale": last is not None and timezone.now() - last.counted_at > STALE,
            "steps": _steps() if not found.total.seen else [],
            "ever": DailyFigure.objects.filter(seen__gt=0).order_by("-day").first(),
            "experiments": self._experiments(request),
        }
        return TemplateResponse(request, "admin/mmrec_app/dailyfigure/dashboard.html", context | (extra_context or {}))

    def export(self, request: HttpRequest) -> StreamingHttpResponse:
        """The daily figures that the page adds up, as CSV; the last line, without a day, is of all of it."""
        self._guard(request)
        selection = SelectionForm(request.GET).selection
        name = f"recommendations-{selection.since}-{selection.until}.csv"
        return StreamingHttpResponse(
            _csv(selection),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def count(self, request: HttpRequest) -> HttpResponse:
        """Counts here and now what the schedule would count within five minutes."""
        self._guard(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        count_experiments()
        count_due_days()
        self.message_user(request, _("Everything is counted up to now."), messages.SUCCESS)
        query = QueryDict(request.POST.get("query", "")).urlencode()
        return HttpResponseRedirect(f"{reverse('admin:mmrec_app_dailyfigure_changelist')}?{query}")

    def _guard(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _experiments(self, request: HttpRequest) -> list[Experiment]:
        if not request.user.has_perm("mmrec_app.view_experiment"):
            return []
        return list(Experiment.objects.filter(state=Experiment.State.RUNNING))


def _presets(given: QueryDict, selection: Selection) -> Iterator[tuple[int, str, bool]]:
    """(days, address, whether it is what is shown)."""
    for days in PRESETS:
        changed = given.copy()
        changed["since"], changed["until"] = str(today() - timedelta(days=days - 1)), str(today())
        here = (str(selection.since), str(selection.until)) == (changed["since"], changed["until"])
        yield days, changed.urlencode(), here


def _steps() -> list[tuple[str, str, bool]]:
    """(what, how, whether it is done), in the order in which a shop does them."""
    return [
        (
            _("The catalogue is there"),
            _("Run manage.py mmrec_sync: it makes an item of each product."),
            Item.objects.exists(),
        ),
        (
            _("A page shows a list"),
            _("Put {% recommendations 'for_you' %} into a template, and open that page."),
            Impression.objects.exists(),
        ),
        (
            _("Browsers tell what was seen"),
            _("Put {% mmrec_assets %} into the page's head; a list is seen once half a card was in view for a second."),
            Impression.objects.filter(seen_at__isnull=False).exists(),
        ),
        (
            _("The shop tells what is bought"),
            _("Call mmrec_app.events.record('cart', …) and record('purchase', …, value=…) where it happens."),
            Event.objects.filter(kind="purchase").exists(),
        ),
        (
            _("The figures are counted"),
            _("Run a worker and beat: they count every five minutes. Or press “Count now”."),
            CountedDay.objects.exists(),
        ),
    ]


class _Echo:
    """Hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv(selection: Selection) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow((*COLUMNS, *LATENCY, *CATALOGUE))
    rows = selection.rows.order_by(*KEY)
    for *row, timed in rows.values_list(*COLUMNS, "latency"):
        yield writer.writerow([*map(_harmless, row), *map(_rounded, percentiles(timed)), *[""] * len(CATALOGUE)])
    found = overview(selection)
    timed, covered = map(_rounded, found.total.latency), found.total.covered
    yield writer.writerow([*[""] * len(COLUMNS), *timed, covered, *vars(health()).values()])


def _rounded(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else round(milliseconds, 1)


def _harmless(value: Any) -> Any:
    """A name that begins like a formula would be run by a spreadsheet."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
