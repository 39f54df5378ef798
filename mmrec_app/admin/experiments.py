"""Experiments: drawn up as a draft, started and stopped by a right of its own, read as often as one likes."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mmrec_app.admin.moments import name_parts
from mmrec_app.admin.outcome import Outcome
from mmrec_app.admin.variant_form import VariantForm
from mmrec_app.exceptions import MmrecError
from mmrec_app.lists import start_experiment
from mmrec_app.measuring.experiments import stop
from mmrec_app.measuring.outcomes import count_experiment
from mmrec_app.models import Experiment, Variant
from mmrec_app.models.reasons import who
from mmrec_app.recommend.placements import list_names

RUN = "mmrec_app.run_experiment"
State = Experiment.State
FLAGS = ("hides_purchased", "hides_cart", "needs_context")


class ExperimentForm(forms.ModelForm):
    placement = forms.ChoiceField(label=gettext_lazy("Placement"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "ends_at" in self.fields:
            name_parts(self.fields["ends_at"])
        if "placement" in self.fields:  # neither is while the experiment is only shown
            self.fields["placement"].choices = [(name, name) for name in list_names()]  # type: ignore[attr-defined]
        if "holdout" in self.fields:
            said = _("Of a search they see what is found without their taste.")
            self.fields["holdout"].help_text = f"{self.fields['holdout'].help_text} {said}"

    def clean_ends_at(self) -> Any:
        ends_at = self.cleaned_data["ends_at"]
        if ends_at is not None and ends_at <= timezone.now():
            raise ValidationError(_("That is over already."))
        return ends_at


class VariantInline(admin.StackedInline):
    model = Variant
    form = VariantForm
    extra = 0
    min_num = 1
    verbose_name_plural = gettext_lazy("variants; the first is the control, against which the others are measured")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 1 if obj is None else 0

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is only shown is shown as it is stored."""
        if not (self.has_change_permission(request, obj) or (obj is None and self.has_add_permission(request))):
            return [(None, {"fields": ["name", "weight", "overrides"]})]
        more = ["weights", "generation", "mode", "rotation_days", "exploration_days", *FLAGS]
        return [
            (None, {"fields": [("name", "weight"), "rungs", ("diversity", "caps"), ("rotation", "exploration")]}),
            (_("More"), {"fields": more, "classes": ["collapse"]}),
        ]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_draft(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_draft(obj) and request.user.has_perm("mmrec_app.change_experiment")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_draft(obj) and request.user.has_perm("mmrec_app.change_experiment")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("mmrec_app.view_experiment")


@admin.register(Experiment)
class ExperimentAdmin(admin.ModelAdmin):
    """What has been started is not changed any more: figures of two different things would be added up."""

    form = ExperimentForm
    inlines = [VariantInline]
    list_display = ["name", "status", "placement", "visitors", "verdict", "started_at"]
    list_filter = ["state", "placement"]
    fields = ["name", "placement", "goal", "holdout", "expected", "ends_at"]
    change_form_template = "admin/mmrec_app/experiment/change.html"
    change_list_template = "admin/mmrec_app/experiment/list.html"

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"mmrec_app_experiment_{name}")
            for name, view in (("start", self.start), ("stop", self.stop), ("count", self.count))
        ]
        return [*own, *super().get_urls()]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or obj.state != State.RUNNING) and super().has_delete_permission(request, obj)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"any": Experiment.objects.exists(), "may_add": self.has_add_permission(request)}
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        found = self.get_object(request, object_id)
        context: dict[str, Any] = {"experiment": found, "may_run": request.user.has_perm(RUN)}
        if isinstance(found, Experiment) and found.state != State.DRAFT:
            context |= {
                "outcome": Outcome.of(found),
                "started_by": who(found.started_by),
                "stopped_by": who(found.stopped_by),
            }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def start(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._did(
            request, pk, RUN, lambda one: start_experiment(one, request.user.get_username()), _("It runs.")
        )

    def stop(self, request: HttpRequest, pk: int) -> HttpResponse:
        def stopped(one: Experiment) -> None:
            stop(one, request.user.get_username())
            count_experiment(one)

        return self._did(request, pk, RUN, stopped, _("It is stopped: everybody gets the list as it is."))

    def count(self, request: HttpRequest, pk: int) -> HttpResponse:
        def counted(one: Experiment) -> None:
            if one.state == State.RUNNING:
                count_experiment(one)

        return self._did(request, pk, "mmrec_app.view_experiment", counted, _("Everything is counted up to now."))

    def _did(
        self, request: HttpRequest, pk: int, permission: str, act: Callable[[Experiment], None], said: str
    ) -> HttpResponse:
        if not request.user.has_perm(permission):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        experiment = Experiment.objects.filter(pk=pk).first()
        if experiment is None:
            raise Http404(f"There is no experiment {pk}.")
        try:
            act(experiment)
        except MmrecError as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            if permission == RUN:
                self.log_change(request, experiment, said)
            self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:mmrec_app_experiment_change", args=[pk]))

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def status(self, experiment: Experiment) -> Any:
        shade = {State.RUNNING: "active", State.STOPPED: "retired"}.get(State(experiment.state), "ready")
        return format_html('<span class="mmrec-state mmrec-state-{}">{}</span>', shade, experiment.get_state_display())

    @admin.display(description=gettext_lazy("visitors"))
    def visitors(self, experiment: Experiment) -> str:
        return Outcome.of(experiment).visitors if experiment.state != State.DRAFT else "–"

    @admin.display(description=gettext_lazy("result"))
    def verdict(self, experiment: Experiment) -> str:
        return Outcome.of(experiment).verdict if experiment.state != State.DRAFT else "–"


def _is_draft(experiment: Experiment | None) -> bool:
    return experiment is None or experiment.state == State.DRAFT
