"""What an experiment has brought, as its page says it."""

from dataclasses import dataclass
from datetime import date
from math import inf, isfinite
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mmrec_app.admin.charts import Point, band, intervals
from mmrec_app.admin.writing import NOTHING, named_arm, percent, signed, whole
from mmrec_app.measuring.experiments import HOLDOUT
from mmrec_app.measuring.outcomes import ArmResult, Results, results, shares
from mmrec_app.measuring.sequential import LEAST_RESPONSES, LEAST_VISITORS, Comparison
from mmrec_app.models import Experiment
from mmrec_app.recommend.placements import SEARCH

Goal = Experiment.Goal


@dataclass(frozen=True)
class Cell:
    value: str
    lift: str = ""
    interval: str = ""
    way: str = ""


@dataclass(frozen=True)
class Outcome:
    experiment: Experiment
    found: Results
    columns: list[Any]
    rows: list[tuple[str, str, str, list[Cell]]]
    """(arm, its share, its visitors, a cell a goal)."""
    verdict: str
    advice: str
    chart: SafeString
    history: list[tuple[str, SafeString]]

    @staticmethod
    def of(experiment: Experiment) -> "Outcome":
        found = results(experiment)
        goals = [goal for goal in Goal if goal != Goal.REVENUE or found.currency]
        given = shares(experiment)
        rows = [
            (
                named_arm(arm.name), percent(given[arm.name], 0), whole(arm.visitors),
                [_cell(experiment, arm, goal, found) for goal in goals],
            )
            for arm in found.arms
        ]  # fmt: skip
        verdict, advice = _verdict(experiment, found)
        mixed = experiment.goal == Goal.REVENUE and found.currency is None
        return Outcome(
            experiment, found, [goal.label for goal in goals], rows, verdict, advice,
            *((SafeString(), []) if mixed else (_chart(experiment, found), _history(experiment))),
        )  # fmt: skip

    @property
    def visitors(self) -> str:
        return whole(sum(arm.visitors for arm in self.found.arms))

    @property
    def waiting(self) -> list[str]:
        """Arms that are too small yet to be compared."""
        goal = self.experiment.goal
        return [
            named_arm(arm.name)
            for arm in self.found.arms
            if arm.against and arm.against[goal].high == inf and not _clicks_nothing(self.experiment, arm, goal)
        ]

    @property
    def least(self) -> dict[str, int]:
        return {"visitors": LEAST_VISITORS, "responses": LEAST_RESPONSES}


def _clicks_nothing(experiment: Experiment, arm: ArmResult, goal: str) -> bool:
    """Who is held out sees no list, but for a search."""
    return arm.name == HOLDOUT and goal == Goal.CLICKED and experiment.placement != SEARCH


def _cell(experiment: Experiment, arm: ArmResult, goal: str, found: Results) -> Cell:
    sample, compared = arm.samples[goal], arm.against.get(goal)
    value = percent(sample.mean, 2) if goal != Goal.REVENUE else f"{sample.mean:.2f} {found.currency}"
    if _clicks_nothing(experiment, arm, goal):
        return Cell(NOTHING)
    if compared is None or not isfinite(compared.low) or compared.lift is None:
        return Cell(value)
    way = {1: "up", -1: "down"}.get(compared.verdict, "")
    return Cell(value, signed(compared.lift), f"{signed(compared.lift_low)} … {signed(compared.lift_high)}", way)


def _verdict(experiment: Experiment, found: Results) -> tuple[str, str]:
    """What may be said, and what to do about it."""
    if found.skewed:
        return _("not to be believed"), _(
            "The arms hold other shares of the visitors than they were given, by more than chance. Look for what keeps "
            "one arm's lists from being counted: an error in its list, a cache, a page of its own."
        )
    if found.verdicts:
        better = [name for name, way in found.verdicts.items() if way > 0]
        said = [
            _("“%(name)s” is better") % {"name": named_arm(name)}
            if way > 0
            else _("“%(name)s” is worse") % {"name": named_arm(name)}
            for name, way in found.verdicts.items()
        ]
        return ", ".join(said), _after(better)
    if experiment.state == Experiment.State.STOPPED:
        return _("undecided"), _(
            "No difference was found that chance does not explain. Take the simplest variant, or try a bolder one."
        )
    return _("undecided so far"), _("Nothing has to be done: it may be looked at every day, and stopped at any time.")


def _after(better: list[str]) -> str:
    if not better or better == [HOLDOUT]:
        return _("Stop the experiment: everybody gets the control then.")
    said = _("Stop the experiment and write the changes of “%(name)s” into MMREC['PLACEMENTS'].")
    return said % {"name": better[0]}


def _chart(experiment: Experiment, found: Results) -> SafeString:
    rows = [
        (named_arm(arm.name), compared.lift, compared.lift_low, compared.lift_high)
        for arm in found.arms
        if (compared := arm.against.get(experiment.goal)) is not None
        and compared.lift_low is not None
        and compared.lift_high is not None
        and isfinite(compared.low)
    ]
    return intervals(_("Difference from the control with its interval"), rows) if rows else SafeString()


def _history(experiment: Experiment) -> list[tuple[str, SafeString]]:
    """Arm -> how its interval closed in, day by day."""
    days = sorted(experiment.totals)
    compared: dict[str, list[tuple[date, Comparison]]] = {}
    for day in days if len(days) > 1 else ():
        for arm in results(experiment, day).arms:
            if experiment.goal in arm.against:
                compared.setdefault(arm.name, []).append((date.fromisoformat(day), arm.against[experiment.goal]))
    drawn = []
    for name, rows in compared.items():
        points = [
            (Point(day, each.lift), each.lift_low, each.lift_high)
            for day, each in rows
            if isfinite(each.low) and each.lift is not None
        ]
        if len(points) > 1:
            title = _("%(name)s, difference from the control by day") % {"name": named_arm(name)}
            drawn.append((title, band(title, points, signed)))
    return drawn
