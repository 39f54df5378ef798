"""The list that a visitor of a shop gets: in their arm of an experiment, timed, and kept for measuring."""

from collections.abc import Mapping
from time import perf_counter
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from mmrec_app.embeddings.generations import active_generation
from mmrec_app.embeddings.named import refuse_generation
from mmrec_app.events import site_of, visitor_of
from mmrec_app.measuring.experiments import arm_of, start
from mmrec_app.models import Experiment, Impression, Item
from mmrec_app.recommend import recommend, recommended_list
from mmrec_app.recommend.placements import SEARCH, list_of, varied
from mmrec_app.recommend.serve import log_impression
from mmrec_app.types import RecommendedList


def measured_list(placement: str, request: HttpRequest, **options: Any) -> RecommendedList:
    """`recommended_list` as the running experiment has it for this visitor, who is handed nothing when held out."""
    with transaction.atomic():
        visitor = visitor_of(request)
        arm = arm_of(placement, visitor)
        noted = arm.mark if arm is not None else {}
        begun = perf_counter()
        if arm is not None and arm.held_out:
            found = RecommendedList(placement, "empty", active_generation().number, None)
        else:
            if arm is not None and arm.overrides:
                options["variant"] = arm.overrides
            found = recommended_list(placement, request, **options)
        if found.impression is not None:
            took = 1000 * (perf_counter() - begun)
            Impression.objects.filter(pk=found.impression).update(latency_ms=took, **noted)
        elif arm is not None:
            log_impression(found, visitor, site_of(request), **noted)
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
