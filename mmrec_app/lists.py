"""The list that a visitor of a shop gets: in their arm of an experiment, timed, and kept for measuring."""

from collections.abc import Mapping
from time import perf_counter
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from mmrec_app.embeddings.generations import active_generation
from mmrec_app.embeddings.named import refuse_generation
from mmrec_app.events import held, site_of, visitor_of
from mmrec_app.measuring.experiments import Arm, arm_of, start
from mmrec_app.models import Experiment, Impression, Item
from mmrec_app.recommend import recommend, recommended_list
from mmrec_app.recommend.placements import SEARCH, list_of, varied
from mmrec_app.types import RecommendedList


def measured_list(placement: str, request: HttpRequest, **options: Any) -> RecommendedList:
    """`recommended_list` as the running experiment has it for this visitor, who is handed nothing when held out."""
    with transaction.atomic():
        arm = arm_of(placement, visitor_of(request))
        if arm is not None and arm.held_out:
            return _nothing(placement, request, arm)
        if arm is not None and arm.overrides:
            options["variant"] = arm.overrides
        begun = perf_counter()
        found = recommended_list(placement, request, **options)
        if found.impression is not None:
            noted: dict[str, Any] = {"latency_ms": 1000 * (perf_counter() - begun)}
            if arm is not None:
                noted |= arm.mark
            Impression.objects.filter(pk=found.impression).update(**noted)
        return found


def start_experiment(experiment: Experiment, by: str) -> None:
    """`experiments.start`, once every variant has shown that a list can be made with its changes."""
    for variant in experiment.variants.all():
        check_variant(experiment.placement, variant.overrides)
    start(experiment, by)


def check_variant(placement: str, overrides: Mapping[str, Any]) -> None:
    """Raises `MmrecError` naming what cannot be; a list is tried where there is a product, a search is not."""
    if not overrides:
        return
    if (generation := varied(list_of(placement), overrides).generation) is not None:
        refuse_generation(generation)
    if placement != SEARCH and (items := list(Item.objects.all()[:1])):
        recommend(placement, items=items, k=1, variant=overrides)


def _nothing(placement: str, request: HttpRequest, arm: Arm) -> RecommendedList:
    """Kept as well: from here on the visitor counts among those who were held out."""
    generation = active_generation().number
    Impression.objects.create(
        placement=placement, visitor_id=held(visitor_of(request)), generation_id=generation, rung="empty",
        site=site_of(request), items=[], **arm.mark,
    )  # fmt: skip
    return RecommendedList(placement, "empty", generation, None)
