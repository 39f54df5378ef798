"""Who may serve: a new generation that does not lose to the active one, or what a person chooses. Knows no torch."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from mmrec_app.conf import conf
from mmrec_app.embeddings.generations import activate, lock_active
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Generation

JUDGED_BY = ("ndcg@10", "recall@20")

State = Generation.State


@dataclass(frozen=True)
class Verdict:
    serves: bool
    reason: str
    """Why not; empty when it serves."""


def verdict(new: Mapping[str, float], active: Mapping[str, float], against: int) -> Verdict:
    """By the figures of both on the same held-out events; `against` is the active one's number."""
    if not new.get("users"):
        return Verdict(False, "no visitor has enough events to judge it by; activate it by hand if you trust it.")
    tolerance = conf().gate_tolerance
    for name in JUDGED_BY:
        if new[name] < active[name] * (1 - tolerance):
            return Verdict(
                False,
                f"{name} is {new[name]:.4f}, that of the active generation {against} on the same events "
                f"{active[name]:.4f}: more than {tolerance:.0%} worse.",
            )
    return Verdict(True, "")


def activate_generation(number: int, by: str = "") -> Generation:
    """Lets a generation that is ready or retired serve, from the next request on.

    What changed since it was made or retired is placed in it by the next worker that encodes: call `tasks.hint`
    afterwards. Raises `MmrecError` when it cannot serve.
    """
    with transaction.atomic():
        lock_active(exclusive=True)
        generation = Generation.objects.filter(number=number).first()
        if generation is None:
            raise MmrecError(f"there is no generation {number}.")
        if generation.state not in (State.READY, State.RETIRED):
            raise MmrecError(f"generation {number} is {generation.state}; only a ready or retired one can serve.")
        if not generation.kept:
            raise MmrecError(f"the vectors of generation {number} were dropped; raise MMREC['KEEP_GENERATIONS'].")
        activate(generation, generation.placed_until)
        _add_reason(generation, f"activated by {by or 'somebody'}")
    return Generation.objects.get(number=number)


def roll_back(by: str = "") -> Generation:
    """Lets the latest generation before the active one serve again. Raises `MmrecError` when none is left."""
    with transaction.atomic():
        active = lock_active(exclusive=True)
        earlier = Generation.objects.filter(state=State.RETIRED, kept=True, number__lt=active.number)
        target = earlier.order_by("-number").first()
        if target is None:
            raise MmrecError(f"there is no generation before {active.number} to go back to.")
        activate_generation(target.number, by)
        _add_reason(active, f"rolled back by {by or 'somebody'}")
    return Generation.objects.get(number=target.number)


def _add_reason(generation: Generation, said: str) -> None:
    reason = f"{generation.reason}\n{said}".strip()
    Generation.objects.filter(number=generation.number).update(reason=reason)
