"""Which arm of a running experiment a visitor is in, and starting and stopping one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Experiment, Variant, Visitor

HOLDOUT = "held out"
"""Name of the arm that sees no list, and of a search what is found without their taste."""
State = Experiment.State


@dataclass(frozen=True)
class Arm:
    """What a visitor gets in an experiment's placement: `overrides` laid over it, or who is held out."""

    experiment: int
    name: str
    overrides: Mapping[str, Any]

    @property
    def held_out(self) -> bool:
        return self.name == HOLDOUT

    @property
    def mark(self) -> dict[str, Any]:
        """What an impression says of it."""
        return {"experiment_id": self.experiment, "variant": self.name}


def arm_of(placement: str, visitor: Visitor | None) -> Arm | None:
    """The visitor's arm of the experiment that runs in a placement: the same at every visit. None where none runs, and
    for who is nobody yet: nobody could be met again in the same arm."""
    if visitor is None:
        return None
    running = Q(experiment__ends_at=None) | Q(experiment__ends_at__gt=timezone.now())
    found = Variant.objects.filter(running, experiment__placement=placement, experiment__state=State.RUNNING)
    variants = list(found.select_related("experiment"))
    return choose(variants[0].experiment, variants, visitor.key) if variants else None


def choose(experiment: Experiment, variants: Sequence[Variant], key: str) -> Arm:
    """By the hash of experiment and visitor: even over visitors, and independent between experiments."""
    digest = sha256(f"{experiment.pk}:{key}".encode()).digest()
    point = int.from_bytes(digest[:8]) / 2**64
    if point < experiment.holdout:
        return Arm(experiment.pk, HOLDOUT, {})
    total = sum(variant.weight for variant in variants)
    left = (point - experiment.holdout) / (1 - experiment.holdout) * total
    for variant in variants:
        left -= variant.weight
        if left < 0:
            return Arm(experiment.pk, variant.name, variant.overrides)
    return Arm(experiment.pk, variants[-1].name, variants[-1].overrides)


def start(experiment: Experiment, by: str) -> None:
    """From the next list on. Raises `MmrecError` saying what is missing, or which other experiment is in the way."""
    if experiment.state != State.DRAFT:
        state = {"name": experiment, "state": experiment.get_state_display()}
        raise MmrecError(_("“%(name)s” is %(state)s; an experiment is started once.") % state)
    variants = list(experiment.variants.all())
    if len(variants) + bool(experiment.holdout) < 2 or not any(variant.weight > 0 for variant in variants):
        said = _("“%(name)s” compares nothing: give it a second variant, or hold some visitors out.")
        raise MmrecError(said % {"name": experiment})
    experiment.state, experiment.started_at, experiment.started_by = State.RUNNING, timezone.now(), by
    try:
        with transaction.atomic():
            experiment.save(update_fields=["state", "started_at", "started_by"])
    except IntegrityError as error:
        other = Experiment.objects.filter(placement=experiment.placement, state=State.RUNNING).first()
        said = _("“%(other)s” runs in “%(placement)s”: stop it first.")
        raise MmrecError(said % {"other": other, "placement": experiment.placement}) from error


def stop(experiment: Experiment, by: str, at: datetime | None = None) -> None:
    """From the next list on everybody gets the placement as it is. What was counted is kept."""
    done = Experiment.objects.filter(pk=experiment.pk, state=State.RUNNING).update(
        state=State.STOPPED, stopped_at=at or timezone.now(), stopped_by=by
    )
    if not done:
        raise MmrecError(_("“%(name)s” does not run, so it cannot be stopped.") % {"name": experiment})
    experiment.refresh_from_db()


def stop_ended() -> None:
    """Stops the experiments whose time is over."""
    for experiment in Experiment.objects.filter(state=State.RUNNING, ends_at__lte=timezone.now()):
        stop(experiment, by="schedule", at=experiment.ends_at)
