from math import isfinite
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.generics import ListCreateAPIView, RetrieveUpdateDestroyAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from mmrec_app.api.base import PagedQuerySerializer, Pages, Staff
from mmrec_app.api.generations import or_conflict
from mmrec_app.api.problems import Conflict
from mmrec_app.exceptions import MmrecError
from mmrec_app.lists import check_variant, start_experiment
from mmrec_app.measuring.experiments import stop
from mmrec_app.measuring.outcomes import ArmResult, results
from mmrec_app.measuring.sequential import Comparison
from mmrec_app.models import Experiment, Variant
from mmrec_app.recommend.placements import list_names

EXPERIMENT = {
    "id": 3,
    "name": "What is on the rise first",
    "placement": "for_you",
    "goal": "bought",
    "holdout": 0.0,
    "expected": 10000,
    "state": "running",
    "variants": [
        {"name": "as it is", "weight": 1.0, "overrides": {}},
        {"name": "on the rise", "weight": 1.0, "overrides": {"rungs": ["trending", "popular"]}},
    ],
    "created_at": "2026-03-01T09:00:00Z",
    "started_at": "2026-03-01T09:30:00Z",
    "started_by": "mira",
    "ends_at": None,
    "stopped_at": None,
    "stopped_by": "",
    "counted_at": "2026-03-02T09:30:00Z",
}
MADE = ("id", "state", "created_at", "started_at", "started_by", "stopped_at", "stopped_by", "counted_at")
AGAINST = {"difference": 0.004, "low": -0.002, "high": 0.01, "p": 0.21, "verdict": 0}
RESULTS = {
    "goal": "bought",
    "arms": [
        {"name": "as it is", "visitors": 4120, "means": {"bought": 0.031}, "against": {}},
        {"name": "on the rise", "visitors": 4087, "means": {"bought": 0.035}, "against": {"bought": AGAINST}},
    ],
    "skewed": False,
    "crossed": 12,
    "currency": "EUR",
    "verdicts": {},
}
ONE = OpenApiExample("An experiment", EXPERIMENT, response_only=True)
ASKED = OpenApiExample(
    "Two variants", {name: EXPERIMENT[name] for name in EXPERIMENT if name not in MADE}, request_only=True
)


class VariantSerializer(serializers.ModelSerializer):
    weight = serializers.FloatField(min_value=0, max_value=1e6, default=1.0)
    overrides = serializers.DictField(
        required=False, default=dict, help_text="What is other than in the placement, under the keys of the settings."
    )

    class Meta:
        model = Variant
        fields = ["name", "weight", "overrides"]


class ExperimentSerializer(serializers.ModelSerializer):
    variants = VariantSerializer(many=True, help_text="The first is the control.")
    holdout = serializers.FloatField(min_value=0, max_value=0.9, default=0.0)

    class Meta:
        model = Experiment
        fields = [*EXPERIMENT]
        read_only_fields = MADE

    def validate_placement(self, name: str) -> str:
        if name not in (names := list_names()):
            said = _("%(name)r is unknown; placements are %(known)s.")
            raise serializers.ValidationError(said % {"name": name, "known": ", ".join(names)})
        return name

    def validate_variants(self, variants: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({variant["name"] for variant in variants}) < len(variants):
            raise serializers.ValidationError(_("Two variants bear one name."))
        return variants

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        placement = given.get("placement", getattr(self.instance, "placement", ""))
        for variant in given.get("variants", ()):
            try:
                check_variant(placement, variant.get("overrides", {}))
            except MmrecError as error:
                raise serializers.ValidationError({"variants": f"{variant['name']}: {error}"}) from error
        return given

    @transaction.atomic
    def create(self, given: dict[str, Any]) -> Experiment:
        variants = given.pop("variants")
        experiment = Experiment.objects.create(**given)
        self._add(experiment, variants)
        return experiment

    @transaction.atomic
    def update(self, experiment: Experiment, given: dict[str, Any]) -> Experiment:
        variants = given.pop("variants", None)
        experiment = super().update(experiment, given)
        if variants is not None:
            experiment.variants.all().delete()
            self._add(experiment, variants)
        return experiment

    def _add(self, experiment: Experiment, variants: list[dict[str, Any]]) -> None:
        for variant in variants:  # one by one: their order is that of their ids
            Variant.objects.create(experiment=experiment, **variant)


class ExperimentQuerySerializer(PagedQuerySerializer):
    state = serializers.ChoiceField(choices=Experiment.State.choices, required=False)
    placement = serializers.CharField(required=False, max_length=50)


class ComparisonSerializer(serializers.Serializer):
    """An arm against the control. It holds whenever one looks; bounds are null while an arm is too small."""

    difference = serializers.FloatField()
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    p = serializers.FloatField()
    verdict = serializers.IntegerField(help_text="1: better, -1: worse, 0: not decided.")


class ArmSerializer(serializers.Serializer):
    name = serializers.CharField()
    visitors = serializers.IntegerField()
    means = serializers.DictField(child=serializers.FloatField(), help_text="By goal, for each visitor.")
    against = serializers.DictField(child=ComparisonSerializer(), help_text="By goal; empty for the control.")


class ResultsSerializer(serializers.Serializer):
    goal = serializers.CharField()
    arms = ArmSerializer(many=True)
    skewed = serializers.BooleanField(help_text="The arms have other shares than they were given: believe nothing.")
    crossed = serializers.IntegerField(help_text="Visitors in two arms, left out.")
    currency = serializers.CharField(allow_null=True, help_text="Null: several, whose sums mean nothing.")
    verdicts = serializers.DictField(child=serializers.IntegerField(), help_text="Arm -> 1 better, -1 worse.")


@extend_schema(tags=["experiments"], examples=[ONE, ASKED])
@extend_schema_view(
    get=extend_schema(operation_id="experiments", parameters=[ExperimentQuerySerializer]),
    post=extend_schema(operation_id="addExperiment"),
)
class ExperimentsView(Staff, ListCreateAPIView):
    """Variants of a placement, compared; the latest first. A new one is a draft until it is started."""

    permissions = {"GET": "view_experiment", "POST": "add_experiment"}
    serializer_class = ExperimentSerializer
    pagination_class = Pages
    queryset = Experiment.objects.prefetch_related("variants").order_by("-id")

    def get_queryset(self) -> QuerySet[Experiment]:
        if self.request.method != "GET":
            return super().get_queryset()
        query = ExperimentQuerySerializer(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        return super().get_queryset().filter(**query.validated_data)


@extend_schema(tags=["experiments"], examples=[ONE, ASKED])
@extend_schema_view(
    get=extend_schema(operation_id="experiment"),
    put=extend_schema(operation_id="replaceExperiment"),
    patch=extend_schema(operation_id="changeExperiment"),
    delete=extend_schema(operation_id="removeExperiment", examples=[]),
)
class ExperimentView(Staff, RetrieveUpdateDestroyAPIView):
    """One experiment. Once it was started it can neither be changed nor removed."""

    permissions = {
        "GET": "view_experiment", "PUT": "change_experiment", "PATCH": "change_experiment",
        "DELETE": "delete_experiment",
    }  # fmt: skip
    serializer_class = ExperimentSerializer
    queryset = Experiment.objects.prefetch_related("variants")

    def get_object(self) -> Experiment:
        found = super().get_object()
        if self.request.method != "GET" and found.state != Experiment.State.DRAFT:
            raise Conflict(_("it was started: what it compares must stay as it is. Stop it and make another one."))
        return found


class ExperimentStep(Staff):
    permissions = {"POST": "run_experiment"}

    def post(self, request: Request, pk: int) -> Response:
        experiment = get_object_or_404(Experiment, pk=pk)
        or_conflict(lambda: self.step(experiment, request.user.get_username()))
        return Response(ExperimentSerializer(experiment).data)

    def step(self, experiment: Experiment, by: str) -> None:
        raise NotImplementedError


@extend_schema_view(
    post=extend_schema(
        operation_id="startExperiment",
        tags=["experiments"],
        request=None,
        responses=ExperimentSerializer,
        examples=[ONE],
    )
)
class StartView(ExperimentStep):
    """From the next list on each visitor is in one of its arms."""

    def step(self, experiment: Experiment, by: str) -> None:
        start_experiment(experiment, by)


@extend_schema_view(
    post=extend_schema(
        operation_id="stopExperiment",
        tags=["experiments"],
        request=None,
        responses=ExperimentSerializer,
        examples=[ONE],
    )
)
class StopView(ExperimentStep):
    """From the next list on everybody gets the placement as it is."""

    def step(self, experiment: Experiment, by: str) -> None:
        stop(experiment, by)


class ResultsView(Staff):
    """What the arms brought, as counted last."""

    permissions = {"GET": "view_experiment"}

    @extend_schema(
        operation_id="results",
        tags=["experiments"],
        responses=ResultsSerializer,
        examples=[OpenApiExample("Not decided yet", RESULTS, response_only=True)],
    )
    def get(self, request: Request, pk: int) -> Response:
        experiment = get_object_or_404(Experiment, pk=pk)
        if not experiment.variants.exists():
            raise NotFound(_("it has no variants, so there is nothing to compare."))
        found = results(experiment)
        head = {name: getattr(found, name) for name in ("skewed", "crossed", "currency", "verdicts")}
        return Response({"goal": experiment.goal, "arms": [_arm(arm) for arm in found.arms], **head})


def _arm(arm: ArmResult) -> dict[str, Any]:
    return {
        "name": arm.name,
        "visitors": arm.visitors,
        "means": {goal: sample.mean for goal, sample in arm.samples.items()},
        "against": {goal: _comparison(each) for goal, each in arm.against.items()},
    }


def _comparison(each: Comparison) -> dict[str, Any]:
    bounds = {name: value if isfinite(value) else None for name, value in (("low", each.low), ("high", each.high))}
    return {"difference": each.difference, **bounds, "p": each.p, "verdict": each.verdict}
