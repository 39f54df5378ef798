"""Who may serve: a new generation that does not lose to the active one, or what a person chooses. Knows no torch."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from mmrec_app.conf import conf
from mmrec_app.embeddings.generations import activate, lock_active
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Generation
from mmrec_app.models.reasons import kept
from mmrec_app.offline.retrain import METHOD

ACCURACY = ("ndcg@10", "recall@20")
BREADTH = ("coverage@20", "diversity@20", "cold_recall@20")
"""Measured on fewer events and at odds with accuracy. What was not trained is broad because it has learned nothing, so
only a trained generation is a measure of it."""
FEW = 50
"""Held-out items that nobody had met: below so many their recall is luck."""

UNJUDGED = gettext_noop("no visitor has enough events to judge it by; activate it by hand if you trust it.")
WORSE = gettext_noop(
    "%(name)s is %(new)s, that of the active generation %(active)s on the same events %(old)s: "
    "more than %(most)s worse."
)
ACTIVATED = gettext_noop("activated by %(by)s")
ROLLED_BACK = gettext_noop("rolled back by %(by)s")

State = Generation.State


@dataclass(frozen=True)
class Verdict:
    serves: bool
    reason: str
    """Why not, as `Generation.reason` keeps it; empty when it serves."""


def verdict(new: Mapping[str, float], old: Mapping[str, float], active: Generation) -> Verdict:
    """By the figures of both on the same held-out events; `old` are those of `active`."""
    if not new.get("users"):
        return Verdict(False, kept(UNJUDGED))
    for name, tolerance in _tolerances(new, active).items():
        if new[name] < old[name] * (1 - tolerance):
            figures = {"new": f"{new[name]:.4f}", "old": f"{old[name]:.4f}", "most": f"{tolerance:.0%}"}
            return Verdict(False, kept(WORSE, name=name, active=active.number, **figures))
    return Verdict(True, "")


def _tolerances(new: Mapping[str, float], active: Generation) -> dict[str, float]:
    """What is compared -> which part of it may be lost. What the events do not tell has no figure, of either."""
    found = dict.fromkeys(ACCURACY, conf().gate_tolerance)
    if active.config.get("method") == METHOD:
        found |= {name: conf().gate_tolerance_breadth for name in BREADTH if name in new}
        if new.get("unmet", 0) < FEW:
            found.pop("cold_recall@20", None)
    return found


def activate_generation(number: int, by: str = "") -> Generation:
    """Lets a generation that is ready or retired serve, from the next request on.

    What changed since it was made or retired is placed in it by the next worker that encodes: call `tasks.hint`
    afterwards. Raises `MmrecError` when it cannot serve.
    """
    with transaction.atomic():
        lock_active(exclusive=True)
        generation = Generation.objects.filter(number=number).first()
        if generation is None:
            raise MmrecError(_("There is no generation %(number)s.") % {"number": number})
        if generation.state not in (State.READY, State.RETIRED):
            said = _("Generation %(number)s is %(state)s; only a ready or retired one can serve.")
            raise MmrecError(said % {"number": number, "state": generation.get_state_display()})
        if not generation.kept:
            said = _("The vectors of generation %(number)s were dropped; raise MMREC['KEEP_GENERATIONS'].")
            raise MmrecError(said % {"number": number})
        activate(generation, generation.placed_until)
        _add_reason(generation, kept(ACTIVATED, by=by or "somebody"))
    return Generation.objects.get(number=number)


def roll_back(by: str = "") -> Generation:
    """Lets the latest generation before the active one serve again. Raises `MmrecError` when none is left."""
    with transaction.atomic():
        active = lock_active(exclusive=True)
        earlier = Generation.objects.filter(state=State.RETIRED, kept=True, number__lt=active.number)
        target = earlier.order_by("-number").first()
        if target is None:
            said = _("There is no generation before %(number)s to go back to.")
            raise MmrecError(said % {"number": active.number})
        activate_generation(target.number, by)
        _add_reason(active, kept(ROLLED_BACK, by=by or "somebody"))
    return Generation.objects.get(number=target.number)


def _add_reason(generation: Generation, line: str) -> None:
    reason = f"{generation.reason}\n{line}".strip()
    Generation.objects.filter(number=generation.number).update(reason=reason)
