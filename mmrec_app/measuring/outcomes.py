"""What the arms of an experiment brought, visitor by visitor, and what may be concluded from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connections, router
from django.utils import timezone

from mmrec_app.conf import conf
from mmrec_app.measuring.experiments import HOLDOUT, State, stop_ended
from mmrec_app.measuring.sequential import ALPHA, Comparison, Sample, compare, skewed
from mmrec_app.measuring.statements import CURRENCY
from mmrec_app.models import Experiment

# A visitor counts from the first list they were handed on, seen or not, with everything they did in the shop: so arms
# that differ in what is looked at, and visitors who are held out, are measured alike. Who was in two arms (a browser
# before its login) is left out, and so is who looks faster than anybody can.
OUTCOMES = f"""
WITH exposed AS (
    SELECT visitor_id, min(at) AS since, min(variant) AS arm, min(variant) <> max(variant) AS crossed
    FROM mmrec_app_impression
    WHERE experiment_id = %(experiment)s AND visitor_id IS NOT NULL AND at < %(end)s GROUP BY visitor_id
), did AS (
    SELECT exposed.*, acts.* FROM exposed CROSS JOIN LATERAL (
        SELECT coalesce(bool_or(event.kind = 'click' AND list.experiment_id = %(experiment)s), false) AS clicked,
               coalesce(bool_or(event.kind = 'cart'), false) AS carted,
               coalesce(bool_or(event.kind = 'purchase'), false) AS bought,
               coalesce(sum(event.value) FILTER (WHERE event.kind = 'purchase'), 0)::float AS revenue,
               min({CURRENCY}) FILTER (WHERE event.kind = 'purchase' AND event.value <> 0) AS currency,
               max({CURRENCY}) FILTER (WHERE event.kind = 'purchase' AND event.value <> 0) AS other
        FROM mmrec_app_event AS event
        JOIN mmrec_app_item AS item ON item.id = event.item_id
        LEFT JOIN mmrec_app_impression AS list ON list.id = event.impression
        WHERE event.visitor_id = exposed.visitor_id AND event.at >= exposed.since AND event.at < %(end)s
    ) AS acts
    WHERE NOT EXISTS (
        SELECT FROM mmrec_app_event AS look
        WHERE look.visitor_id = exposed.visitor_id AND look.at >= exposed.since AND look.at < %(end)s
          AND look.kind IN ('view', 'click')
        GROUP BY date_trunc('minute', look.at) HAVING count(*) > %(rate)s
    )
)
SELECT CASE WHEN crossed THEN '' ELSE arm END AS arm, count(*) AS visitors,
       count(*) FILTER (WHERE clicked) AS clicked, count(*) FILTER (WHERE carted) AS carted,
       count(*) FILTER (WHERE bought) AS bought, sum(revenue) AS revenue, sum(revenue * revenue) AS squares,
       min(currency) AS currency, max(other) AS other
FROM did GROUP BY 1
"""


@dataclass(frozen=True)
class ArmResult:
    """One arm up to now. `against` compares each goal with the control; empty for the control itself."""

    name: str
    samples: Mapping[str, Sample]
    against: Mapping[str, Comparison]

    @property
    def visitors(self) -> int:
        return self.samples[Experiment.Goal.BOUGHT].visitors


@dataclass(frozen=True)
class Results:
    arms: tuple[ArmResult, ...]
    skewed: bool
    crossed: int
    currency: str | None
    """None when the revenue of the arms is in several, whose sums mean nothing."""
    verdicts: Mapping[str, int]
    """Arm -> 1 better, -1 worse than the control by the goal; undecided ones are not in it."""


def count_experiments() -> int:
    """Counts what runs, and stops what is over; returns how many were counted."""
    running = list(Experiment.objects.filter(state=State.RUNNING))
    for experiment in running:
        count_experiment(experiment)
    stop_ended()
    return len(running)


def count_experiment(experiment: Experiment) -> None:
    """Keeps today's totals beside those of earlier days."""
    now = min(filter(None, [timezone.now(), experiment.ends_at, experiment.stopped_at]))
    day = timezone.localdate(now, timezone.get_default_timezone()).isoformat()
    values: dict[str, Any] = {"experiment": experiment.pk, "end": now, "rate": conf().robots_per_minute or 2**31 - 1}
    with connections[router.db_for_write(Experiment)].cursor() as cursor:
        cursor.execute(OUTCOMES, values)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    experiment.totals = {**experiment.totals, day: {row.pop("arm"): row for row in rows}}
    experiment.counted_at = timezone.now()
    experiment.save(update_fields=["totals", "counted_at"])


def results(experiment: Experiment, day: str | None = None) -> Results:
    """As counted last, or by the end of an earlier day. The level is shared by all comparisons with the control."""
    totals = experiment.totals.get(day or max(experiment.totals, default=""), {})
    weights = shares(experiment)
    samples = {name: _samples(totals.get(name, {})) for name in weights}
    control = next(iter(weights))
    alpha = ALPHA / max(len(weights) - 1, 1)
    arms = tuple(
        ArmResult(name, each, {} if name == control else _against(each, samples[control], experiment.expected, alpha))
        for name, each in samples.items()
    )
    visitors = [arm.visitors for arm in arms]
    verdicts = {arm.name: arm.against[experiment.goal].verdict for arm in arms if arm.against}
    uneven, currency = skewed(visitors, list(weights.values())), _currency(totals)
    unsure = uneven or (currency is None and experiment.goal == Experiment.Goal.REVENUE)
    return Results(
        arms, uneven, totals.get("", {}).get("visitors", 0), currency,
        {} if unsure else {name: verdict for name, verdict in verdicts.items() if verdict},
    )  # fmt: skip


def shares(experiment: Experiment) -> dict[str, float]:
    """Arm -> its share of the visitors; the control first, those held out last."""
    variants = list(experiment.variants.all())
    total = sum(variant.weight for variant in variants) or 1.0
    given = {variant.name: variant.weight / total * (1 - experiment.holdout) for variant in variants}
    return given | ({HOLDOUT: experiment.holdout} if experiment.holdout else {})


def _samples(row: Mapping[str, Any]) -> dict[str, Sample]:
    visitors, goal = row.get("visitors", 0), Experiment.Goal
    found = {kind: Sample.of_share(visitors, row.get(kind, 0)) for kind in (goal.CLICKED, goal.CARTED, goal.BOUGHT)}
    spent = Sample(visitors, row.get("revenue", 0.0), row.get("squares", 0.0), row.get("bought", 0))
    return {str(kind): sample for kind, sample in {**found, goal.REVENUE: spent}.items()}


def _against(
    arm: Mapping[str, Sample], control: Mapping[str, Sample], expected: int, alpha: float
) -> dict[str, Comparison]:
    return {goal: compare(arm[goal], control[goal], expected, alpha) for goal in arm}


def _currency(totals: Mapping[str, Any]) -> str | None:
    arms = [row for name, row in totals.items() if name]
    found = {row[end] for row in arms for end in ("currency", "other") if row.get(end) is not None}
    return found.pop() if len(found) == 1 else None if found else ""
