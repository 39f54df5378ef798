import json
from typing import Any

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import linebreaksbr
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from mmrec_app.admin.panel import Panel, roll_back_target
from mmrec_app.admin.readonly import ReadOnlyAdmin
from mmrec_app.admin.showing import FIGURES, FUSIONS, METHODS, comparison, differences, log_of, number, progress_of
from mmrec_app.embeddings.named import naming
from mmrec_app.models import Event, Experiment, Generation, ItemVector
from mmrec_app.models.reasons import who
from mmrec_app.offline.retrain import METHOD

State = Generation.State
UNDER_WAY = (Experiment.State.DRAFT, Experiment.State.RUNNING)


@admin.register(Generation)
class GenerationAdmin(ReadOnlyAdmin):
    """Generations side by side, one in detail; what is done with them stands in `panel`."""

    list_display = [
        "number", "status", "why", "method", "ndcg", "recall", "coverage", "diversity", "cold", "items", "age",
        "starter",
    ]  # fmt: skip
    list_per_page = 30
    sortable_by = ()
    ordering = ["-number"]
    readonly_fields = ["status", "items", "starter", "reasons", "configuration"]
    fieldsets = [
        (None, {"fields": ["number", "status", "items", "dimension", "starter", "created_at", "finished_at"]}),
        (_("Serving"), {"fields": ["activated_at", "kept", "reasons"]}),
        (_("Configuration"), {"fields": ["configuration"], "classes": ["collapse"]}),
    ]
    change_list_template = "admin/mmrec_app/generation/list.html"
    change_form_template = "admin/mmrec_app/generation/detail.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Generation]:
        rows = ItemVector.objects.filter(generation=OuterRef("number")).values("generation")
        placed = Subquery(rows.annotate(total=Count("item_id")).values("total"), output_field=IntegerField())
        return super().get_queryset(request).annotate(placed=Coalesce(placed, 0))

    def get_urls(self) -> list[URLPattern]:
        return [*Panel(self).urls(), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        run = Generation.objects.filter(state=State.TRAINING).first()
        context = self.allowed(request) | {
            "title": _("Generations"),
            "run": progress_of(run) if run else None,
            "active": Generation.objects.filter(state=State.ACTIVE).first(),
            "earlier": roll_back_target(),
            "trained": Generation.objects.filter(config__method=METHOD).exclude(state=State.FAILED).exists(),
            "has_events": Event.objects.exists(),
            "named": sorted(naming(*UNDER_WAY).items()),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        found = self.get_object(request, object_id)
        shown = self._shown(found) if isinstance(found, Generation) else {}
        context = self.allowed(request) | shown | (extra_context or {})
        return super().change_view(request, object_id, form_url, context)

    def allowed(self, request: HttpRequest) -> dict[str, bool]:
        return {
            "may_train": request.user.has_perm("mmrec_app.train_generation"),
            "may_activate": request.user.has_perm("mmrec_app.activate_generation"),
            "may_compare": request.user.has_perm("mmrec_app.view_experiment"),
        }

    def _shown(self, generation: Generation) -> dict[str, Any]:
        kept = dict(generation.artefacts.filter(name__in=FIGURES).values_list("name", "sha256"))
        trained = generation.config.get("method") == METHOD
        others = Generation.objects.filter(state=State.ACTIVE, config__method=METHOD)
        active = others.exclude(number=generation.number).first() if trained else None
        return {
            "generation": generation,
            "experiments": naming(*UNDER_WAY).get(generation.number),
            "run": progress_of(generation) if generation.state == State.TRAINING else None,
            "can_serve": generation.state in (State.READY, State.RETIRED) and generation.kept,
            "comparison": comparison(generation.metrics),
            "against": generation.metrics.get("active", {}).get("generation"),
            "differences": differences(generation, active) if active else [],
            "active": active,
            "log": log_of(generation),
            "figures": [(name, label, kept[name]) for name, label in FIGURES.items() if name in kept],
            "can_draw": trained and generation.kept and generation.state != State.TRAINING,
        }

    @admin.display(description=_("state"))
    def status(self, generation: Generation) -> Any:
        return format_html(
            '<span class="mmrec-state mmrec-state-{}">{}</span>', generation.state, generation.get_state_display()
        )

    @admin.display(description=_("method"))
    def method(self, generation: Generation) -> str:
        method, fusion = generation.config.get("method", ""), generation.config.get("settings", {}).get("fusion", "")
        return " ".join(filter(None, [str(METHODS.get(method, method)), str(FUSIONS.get(fusion, fusion))]))

    @admin.display(description="NDCG@10")
    def ndcg(self, generation: Generation) -> str:
        return number(generation.metrics.get("ndcg@10"))

    @admin.display(description="Recall@20")
    def recall(self, generation: Generation) -> str:
        return number(generation.metrics.get("recall@20"))

    @admin.display(description=_("coverage"))
    def coverage(self, generation: Generation) -> str:
        return number(generation.metrics.get("coverage@20"))

    @admin.display(description=_("diversity"))
    def diversity(self, generation: Generation) -> str:
        return number(generation.metrics.get("diversity@20"))

    @admin.display(description=_("cold recall"))
    def cold(self, generation: Generation) -> str:
        return number(generation.metrics.get("cold_recall@20"))

    @admin.display(description=_("placed items"))
    def items(self, generation: Generation) -> str:
        return number(generation.placed)  # type: ignore[attr-defined]

    @admin.display(description=_("age"))
    def age(self, generation: Generation) -> str:
        return timesince(generation.created_at, depth=1)

    @admin.display(description=_("reason"))
    def why(self, generation: Generation) -> str:
        return Truncator(generation.why).chars(90)

    @admin.display(description=_("reason"))
    def reasons(self, generation: Generation) -> Any:
        return linebreaksbr(generation.why)

    @admin.display(description=_("started by"))
    def starter(self, generation: Generation) -> str:
        return who(generation.started_by)

    @admin.display(description=_("configuration"))
    def configuration(self, generation: Generation) -> Any:
        return format_html("<pre>{}</pre>", json.dumps(generation.config, indent=2, ensure_ascii=False))
