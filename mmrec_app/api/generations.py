from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from mmrec_app import tasks
from mmrec_app.api.base import PagedQuerySerializer, Pages, Staff
from mmrec_app.api.problems import Conflict
from mmrec_app.conf import conf
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Generation
from mmrec_app.offline.gate import activate_generation, roll_back
from mmrec_app.offline.retrain import request_cancel, start_run
from mmrec_app.training.config import SettingError, TrainingConfig

GENERATION = {
    "number": 4,
    "state": "active",
    "dimension": 128,
    "config": {"method": "trained"},
    "metrics": {"ndcg@10": 0.074, "recall@20": 0.159},
    "blend": {"for_you": {"neural": 0.4, "linear": 1.0}, "goes_with": {"neural": 0.5, "linear": 1.0, "content": 0.25}},
    "reason": "",
    "created_at": "2026-03-01T02:30:00Z",
    "finished_at": "2026-03-01T02:55:00Z",
    "activated_at": "2026-03-01T02:55:01Z",
    "started_by": "schedule",
    "kept": True,
}
PROGRESS = {"number": 5, "state": "training", "stage": "training", "epoch": 3, "epochs": 12, "step": 40, "steps": 96,
            "left_s": 310}  # fmt: skip
ONE = OpenApiExample("A generation", GENERATION, response_only=True, status_codes=["200"])


class GenerationSerializer(serializers.ModelSerializer):
    reason = serializers.CharField(source="why", read_only=True, help_text="In the language of the request.")

    class Meta:
        model = Generation
        fields = [*GENERATION]
        read_only_fields = fields


class ProgressSerializer(serializers.Serializer):
    """How far a training is; what is not known yet is null."""

    number = serializers.IntegerField()
    state = serializers.CharField(help_text="As of the generation; `training` while it goes on.")
    stage = serializers.CharField(allow_blank=True)
    epoch = serializers.IntegerField(allow_null=True)
    epochs = serializers.IntegerField(allow_null=True)
    step = serializers.IntegerField(allow_null=True)
    steps = serializers.IntegerField(allow_null=True)
    left_s = serializers.FloatField(allow_null=True, help_text="Seconds that are left, by the pace so far.")


class GenerationQuerySerializer(PagedQuerySerializer):
    state = serializers.ChoiceField(choices=Generation.State.choices, required=False)


class TrainingSerializer(serializers.Serializer):
    settings = serializers.DictField(
        required=False, default=dict, help_text="What differs from the shop's `TRAINING` (docs/training.md)."
    )

    def validate_settings(self, settings: dict[str, Any]) -> dict[str, Any]:
        try:
            TrainingConfig.from_dict({**conf().training, **settings})
        except SettingError as error:
            raise serializers.ValidationError(_(error.sentence) % error.named) from error
        return settings


class RollBackSerializer(serializers.Serializer):
    active = serializers.IntegerField(
        required=False, help_text="The generation that serves as you know it; another one by now is a conflict."
    )


class GenerationsView(Staff, ListAPIView):
    permissions = {"GET": "view_generation", "POST": "train_generation"}
    serializer_class = GenerationSerializer
    pagination_class = Pages
    queryset = Generation.objects.order_by("-number")

    def get_queryset(self) -> QuerySet[Generation]:
        query = GenerationQuerySerializer(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        return super().get_queryset().filter(**query.validated_data)

    @extend_schema(
        operation_id="generations", tags=["generations"], parameters=[GenerationQuerySerializer], examples=[ONE]
    )
    def get(self, *args: Any, **kwargs: Any) -> Any:
        """The latest first."""
        return super().get(*args, **kwargs)

    @extend_schema(
        operation_id="train",
        tags=["generations"],
        request=TrainingSerializer,
        responses={202: GenerationSerializer},
        examples=[
            OpenApiExample("A short one", {"settings": {"epochs": 4}}, request_only=True),
            OpenApiExample("Asked for", GENERATION | {"state": "training"}, response_only=True, status_codes=["202"]),
        ],
    )
    def post(self, request: Request) -> Response:
        """Asks for a training, which a worker takes up. Another one under way is a conflict."""
        asked = TrainingSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        settings = asked.validated_data["settings"]
        generation = or_conflict(lambda: start_run(settings, request.user.get_username()))
        _log(request, generation, _("Generation %(number)d is being trained."), added=True)
        transaction.on_commit(tasks.hint_training)
        return Response(GenerationSerializer(generation).data, status=202)


class GenerationView(Staff, RetrieveAPIView):
    """One generation, with its figures."""

    permissions = {"GET": "view_generation"}
    serializer_class = GenerationSerializer
    queryset = Generation.objects.all()
    lookup_field = "number"

    @extend_schema(operation_id="generation", tags=["generations"], examples=[ONE])
    def get(self, *args: Any, **kwargs: Any) -> Any:
        return super().get(*args, **kwargs)


class ProgressView(Staff):
    """How far a training is."""

    permissions = {"GET": "view_generation"}

    @extend_schema(
        operation_id="progress",
        tags=["generations"],
        responses=ProgressSerializer,
        examples=[OpenApiExample("Learning", PROGRESS, response_only=True, status_codes=["200"])],
    )
    def get(self, request: Request, number: int) -> Response:
        found = get_object_or_404(Generation, number=number)
        told = {name: found.progress.get(name) for name in ("epoch", "epochs", "step", "steps", "left_s")}
        return Response({"number": number, "state": found.state, "stage": found.progress.get("stage", ""), **told})


class ActivateView(Staff):
    """Lets a generation that is ready or retired serve, from the next request on."""

    permissions = {"POST": "activate_generation"}

    @extend_schema(
        operation_id="activate", tags=["generations"], request=None, responses=GenerationSerializer, examples=[ONE]
    )
    def post(self, request: Request, number: int) -> Response:
        get_object_or_404(Generation, number=number)
        said = _("Generation %(number)d serves now.")
        return _switched(request, lambda: activate_generation(number, request.user.get_username()), said)


class RollBackView(Staff):
    """Lets the generation before the active one serve again."""

    permissions = {"POST": "activate_generation"}

    @extend_schema(
        operation_id="rollBack",
        tags=["generations"],
        request=RollBackSerializer,
        responses=GenerationSerializer,
        examples=[ONE, OpenApiExample("Back from 5", {"active": 5}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        asked = RollBackSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        known = asked.validated_data.get("active")
        active = Generation.objects.filter(state=Generation.State.ACTIVE).first()
        if known is not None and (active is None or active.number != known):
            said = _("generation %(number)s serves by now, not %(known)s; look again.")
            raise Conflict(said % {"number": active.number if active else "–", "known": known})
        said = _("Rolled back: generation %(number)d serves now.")
        return _switched(request, lambda: roll_back(request.user.get_username()), said)


class CancelView(Staff):
    """Ends a training within seconds."""

    permissions = {"POST": "train_generation"}

    @extend_schema(
        operation_id="cancel",
        tags=["generations"],
        request=None,
        responses={202: GenerationSerializer},
        examples=[OpenApiExample("A generation", GENERATION, response_only=True, status_codes=["202"])],
    )
    def post(self, request: Request, number: int) -> Response:
        get_object_or_404(Generation, number=number)
        or_conflict(lambda: request_cancel(number, request.user.get_username()))
        transaction.on_commit(tasks.hint_training)
        generation = Generation.objects.get(number=number)
        _log(request, generation, _("The training of generation %(number)d is cancelled."))
        return Response(GenerationSerializer(generation).data, status=202)


def _switched(request: Request, act: Callable[[], Generation], said: str) -> Response:
    generation = or_conflict(act)
    _log(request, generation, said)
    transaction.on_commit(tasks.hint)  # what changed meanwhile is placed in it by a worker
    return Response(GenerationSerializer(generation).data)


def _log(request: Request, generation: Generation, said: str, added: bool = False) -> None:
    """Into the history that the admin shows of a generation, as the admin's own buttons do."""
    if not apps.is_installed("django.contrib.admin"):
        return
    from django.contrib.admin.models import ADDITION, CHANGE, LogEntry

    LogEntry.objects.create(
        user_id=str(request.user.pk),
        content_type=ContentType.objects.get_for_model(Generation),
        object_id=str(generation.pk),
        object_repr=str(generation),
        action_flag=ADDITION if added else CHANGE,
        change_message=said % {"number": generation.number},
    )


def or_conflict(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except MmrecError as error:
        raise Conflict(str(error)) from error
