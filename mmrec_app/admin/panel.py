"""What is done with generations: start, watch, cancel, activate, roll back, draw. Each by POST, each logged."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from mmrec_app import tasks
from mmrec_app.admin.forms import TrainingForm
from mmrec_app.admin.showing import FIGURES, progress_of
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Artefact, Generation
from mmrec_app.offline.gate import activate_generation, roll_back
from mmrec_app.offline.retrain import request_cancel, start_run

TRAIN, ACTIVATE, VIEW = (f"mmrec_app.{verb}_generation" for verb in ("train", "activate", "view"))

LIST = "admin:mmrec_app_generation_changelist"
YEAR = 365 * 86400


def roll_back_target() -> Generation | None:
    """Where `roll_back` would go."""
    active = Generation.objects.filter(state=Generation.State.ACTIVE).first()
    if active is None:
        return None
    earlier = Generation.objects.filter(state=Generation.State.RETIRED, kept=True, number__lt=active.number)
    return earlier.order_by("-number").first()


class Panel:
    """Views beside those of the `ModelAdmin` it belongs to."""

    def __init__(self, model_admin: ModelAdmin) -> None:
        self.admin = model_admin

    def urls(self) -> list[URLPattern]:
        views: list[tuple[str, str, Callable[..., HttpResponse], str]] = [
            ("start/", "start", self.start, TRAIN),
            ("roll-back/", "roll_back", self.roll_back, ACTIVATE),
            ("<int:number>/progress/", "progress", self.progress, VIEW),
            ("<int:number>/cancel/", "cancel", self.cancel, TRAIN),
            ("<int:number>/activate/", "activate", self.activate, ACTIVATE),
            ("<int:number>/draw/", "draw", self.draw, TRAIN),
            ("<int:number>/figures/<str:name>", "figure", self.figure, VIEW),
        ]
        return [
            path(route, self._guarded(view, permission), name=f"mmrec_app_generation_{name}")
            for route, name, view, permission in views
        ]

    def _guarded(self, view: Callable[..., HttpResponse], permission: str) -> Callable[..., HttpResponse]:
        def guarded(request: HttpRequest, **arguments: Any) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, **arguments)

        return self.admin.admin_site.admin_view(guarded, cacheable=view == self.figure)

    def start(self, request: HttpRequest) -> HttpResponse:
        form = TrainingForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                generation = start_run(form.settings, started_by=request.user.get_username())
            except MmrecError as error:
                form.add_error(None, str(error))
            else:
                transaction.on_commit(tasks.hint_training)
                said = _("Generation %(number)d is being trained.") % {"number": generation.number}
                self.admin.log_addition(request, generation, said)
                self.admin.message_user(request, said, messages.SUCCESS)
                return HttpResponseRedirect(reverse(LIST))
        return self._page(request, "start", {"title": _("Start a training"), "form": form})

    def roll_back(self, request: HttpRequest) -> HttpResponse:
        """Asks first; does it when it is sent and nobody else has changed who serves since it was asked."""
        target = roll_back_target()
        active = Generation.objects.filter(state=Generation.State.ACTIVE).first()
        if request.method == "POST":
            if active is not None and request.POST.get("from") == str(active.number):
                return self._did(request, roll_back, _("Rolled back: generation %(number)d serves now."))
            self.admin.message_user(
                request, _("Somebody has changed which generation serves; look again."), messages.ERROR
            )
            return HttpResponseRedirect(reverse(LIST))
        return self._page(request, "roll_back", {"title": _("Roll back"), "target": target, "active": active})

    def progress(self, request: HttpRequest, number: int) -> HttpResponse:
        return JsonResponse(progress_of(self._found(number)))

    def cancel(self, request: HttpRequest, number: int) -> HttpResponse:
        def cancelled(by: str) -> Generation:
            request_cancel(number, by)
            return self._found(number)

        return self._did(
            request, cancelled, _("The training of generation %(number)d is cancelled."), tasks.hint_training
        )

    def activate(self, request: HttpRequest, number: int) -> HttpResponse:
        return self._did(request, lambda by: activate_generation(number, by), _("Generation %(number)d serves now."))

    def draw(self, request: HttpRequest, number: int) -> HttpResponse:
        def asked(by: str) -> Generation:
            return self._found(number)

        return self._did(
            request,
            asked,
            _("A worker draws the figures of generation %(number)d; look again in a minute."),
            lambda: tasks.hint_figures(number),
            number,
        )

    def figure(self, request: HttpRequest, number: int, name: str) -> HttpResponse:
        found = Artefact.objects.filter(generation=number, name=name).first() if name in FIGURES else None
        if found is None:
            raise Http404(f"Generation {number} has no figure {name}.")
        headers = {"Cache-Control": f"private, max-age={YEAR}, immutable", "X-Content-Type-Options": "nosniff"}
        return HttpResponse(bytes(found.data), content_type="image/png", headers=headers)

    def _found(self, number: int) -> Generation:
        found = Generation.objects.filter(number=number).first()
        if found is None:
            raise Http404(f"There is no generation {number}.")
        return found

    def _did(
        self,
        request: HttpRequest,
        act: Callable[[str], Generation],
        said: str,
        hint: Callable[[], None] = tasks.hint,
        back_to: int | None = None,
    ) -> HttpResponse:
        """`act` is told who asks. What cannot be done is said on the page one goes back to."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            generation = act(request.user.get_username())
        except MmrecError as error:
            self.admin.message_user(request, str(error), messages.ERROR)
        else:
            transaction.on_commit(hint)
            self.admin.log_change(request, generation, said % {"number": generation.number})
            self.admin.message_user(request, said % {"number": generation.number}, messages.SUCCESS)
        name = LIST if back_to is None else "admin:mmrec_app_generation_change"
        return HttpResponseRedirect(reverse(name, args=[] if back_to is None else [back_to]))

    def _page(self, request: HttpRequest, name: str, given: dict[str, Any]) -> HttpResponse:
        context = self.admin.admin_site.each_context(request) | {"opts": self.admin.opts} | given
        return TemplateResponse(request, f"admin/mmrec_app/generation/{name}.html", context)
