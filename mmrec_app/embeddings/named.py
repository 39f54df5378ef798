"""Generations that variants of experiments name, to serve beside the active one."""

import logging
from functools import lru_cache

from django.db.models import Q
from django.utils.translation import gettext as _

from mmrec_app.embeddings.generations import active_generation, serving
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Experiment, Generation, Variant
from mmrec_app.types import ActiveGeneration

logger = logging.getLogger(__name__)

State = Generation.State
CAN_SERVE = Q(kept=True, state__in=(State.READY, State.ACTIVE, State.RETIRED))


def named_generation(number: int) -> ActiveGeneration:
    """What a variant's request is served from; the active one, and a warning once, where that cannot serve any more."""
    found = serving(Generation.objects.filter(CAN_SERVE, number=number))
    if found is None:
        _warn(number)
        return active_generation()
    return found


def refuse_generation(number: int) -> None:
    """Raises `MmrecError` naming those that can serve, unless this one can."""
    can = Generation.objects.filter(CAN_SERVE).order_by("number").values_list("number", flat=True)
    if number not in can:
        said = _("Generation %(number)s cannot serve; those that can are %(numbers)s.")
        raise MmrecError(said % {"number": number, "numbers": ", ".join(map(str, can))})


def named_now() -> set[int]:
    """Numbers that running experiments name."""
    return set(naming(Experiment.State.RUNNING))


def naming(*states: str) -> dict[int, list[Experiment]]:
    """Number -> the experiments in one of these states that name it, those drawn up last first."""
    rows = Variant.objects.filter(experiment__state__in=states, overrides__has_key="generation")
    found: dict[int, dict[int, Experiment]] = {}
    for variant in rows.select_related("experiment").order_by("-experiment"):
        number = variant.overrides["generation"]
        if isinstance(number, int):  # whatever was written past the checks
            found.setdefault(number, {})[variant.experiment_id] = variant.experiment
    return {number: list(experiments.values()) for number, experiments in found.items()}


@lru_cache(maxsize=64)
def _warn(number: int) -> None:
    """Once a process: pages go on asking."""
    logger.warning(
        "generation %d, which a variant of an experiment names, cannot serve; the active one does in its place. "
        "Stop the experiment, or name another generation.",
        number,
    )
