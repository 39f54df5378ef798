"""Trainings as the database knows them: one at a time, leased, taken over, cancelled, due."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone

from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Event, Generation, Item, Visitor
from mmrec_app.models.reasons import in_words
from mmrec_app.offline.gate import activate_generation, roll_back, verdict
from mmrec_app.offline.retrain import (
    MAX_ATTEMPTS,
    Cancelled,
    LeaseLost,
    release,
    renew,
    request_cancel,
    retrain_is_due,
    start_run,
    take_up,
)
from mmrec_app.offline.store import drop_old

pytestmark = pytest.mark.django_db


def lapse(number: int) -> None:
    Generation.objects.filter(number=number).update(lease_until="2001-01-01T00:00:00Z")


def test_a_second_start_is_refused_until_the_first_is_over():
    first = start_run({"epochs": 2}, started_by="ada")
    assert first.config["settings"]["epochs"] == 2 and first.started_by == "ada"
    with pytest.raises(MmrecError, match="Generation 1 is being made; wait"):
        start_run({}, started_by="bea")
    with pytest.raises(IntegrityError), transaction.atomic():  # whoever goes round the check
        Generation.objects.create(number=9, state="training", dimension=8)
    request_cancel(first.number, by="bea")
    first.refresh_from_db()
    assert (first.state, first.why) == ("failed", "cancelled by bea")
    assert start_run({}, started_by="bea").number == 2


def test_a_lease_is_held_by_one_and_taken_over_when_it_lapses():
    number = start_run({}, started_by="").number
    lease = take_up()
    assert lease.number == number and take_up() is None
    lapse(number)
    other = take_up()
    assert other.number == number
    with pytest.raises(LeaseLost):
        renew(lease)
    renew(other)
    release(other)
    assert take_up() is not None


def test_a_training_that_costs_every_worker_its_life_is_given_up():
    number = start_run({}, started_by="").number
    for _ in range(MAX_ATTEMPTS):
        assert take_up() is not None
        lapse(number)
    assert take_up() is None
    failed = Generation.objects.get(number=number)
    assert failed.state == "failed" and "vanished 5 times" in failed.why


def test_a_cancelled_one_is_found_out_by_its_worker_and_by_the_next():
    number = start_run({}, started_by="").number
    lease = take_up()
    request_cancel(number, by="ada")
    assert Generation.objects.get(number=number).state == "training"
    with pytest.raises(Cancelled, match="by ada"):
        renew(lease)
    lapse(number)
    assert take_up() is None and Generation.objects.get(number=number).why == "cancelled by ada"
    with pytest.raises(MmrecError, match="nothing to cancel"):
        request_cancel(number)


def test_a_projection_whose_fit_died_stands_in_nobodys_way():
    Generation.objects.create(number=1, state="training", dimension=8, config={"method": "pca"})
    assert start_run({}, started_by="").number == 2
    assert Generation.objects.get(number=1).state == "failed"


def test_it_is_due_when_enough_has_happened_since(settings):
    settings.MMREC = settings.MMREC | {"RETRAIN_EVENTS": 3}
    item, visitor = Item.objects.create(source="s", object_id="1"), Visitor.objects.create(key="v")

    def happen(count: int) -> None:
        Event.objects.bulk_create(
            Event(visitor=visitor, item=item, kind="view", at=timezone.now()) for _ in range(count)
        )

    happen(2)
    assert not retrain_is_due()
    happen(1)
    assert retrain_is_due()
    Generation.objects.create(number=1, state="ready", dimension=8, config={"method": "trained"})
    assert not retrain_is_due()
    happen(3)
    assert retrain_is_due()


def test_settings_of_the_shop_are_the_ground_and_those_of_the_run_come_on_top(settings):
    settings.MMREC = settings.MMREC | {"TRAINING": {"epochs": 5, "dimension": 16}}
    started = start_run({"epochs": 7}, started_by="")
    assert started.config["settings"] == {"epochs": 7, "dimension": 16} and started.dimension == 16


def test_the_verdict_names_both_figures_and_tolerates_a_little(settings):
    old, active = {"ndcg@10": 0.2, "recall@20": 0.5, "users": 10}, Generation(number=4)
    assert verdict(old | {"ndcg@10": 0.197}, old, active).serves
    worse = verdict(old | {"recall@20": 0.48}, old, active)
    assert not worse.serves and "recall@20 is 0.4800" in in_words(worse.reason)
    assert "generation 4" in in_words(worse.reason) and "0.5000" in in_words(worse.reason)
    settings.MMREC = settings.MMREC | {"GATE_TOLERANCE": 0.1}
    assert verdict(old | {"recall@20": 0.48}, old, active).serves
    assert "to judge it by" in in_words(verdict({"users": 0}, {"users": 0}, active).reason)


@pytest.mark.parametrize("name", ["coverage@20", "diversity@20", "cold_recall@20"])
def test_a_collapse_in_breadth_keeps_it_from_serving_and_a_drift_does_not(settings, name):
    old = {"ndcg@10": 0.2, "recall@20": 0.5, "unmet": 50, "users": 90, name: 0.4}
    active = Generation(number=4, config={"method": "trained"})
    assert verdict(old | {name: 0.21}, old, active).serves
    reason = in_words(verdict(old | {name: 0.19, "ndcg@10": 0.4}, old, active).reason)
    assert f"{name} is 0.1900" in reason and "generation 4" in reason and "0.4000: more than 50% worse" in reason
    assert verdict(old | {name: 0.0}, old, Generation(number=1, config={"method": "pca"})).serves
    settings.MMREC = settings.MMREC | {"GATE_TOLERANCE_BREADTH": 1}
    assert verdict(old | {name: 0.0}, old, active).serves


def test_the_recall_of_a_handful_that_nobody_had_met_decides_nothing():
    old = {"ndcg@10": 0.2, "recall@20": 0.5, "cold_recall@20": 0.4, "unmet": 49, "users": 90}
    assert verdict(old | {"cold_recall@20": 0.0}, old, Generation(number=4, config={"method": "trained"})).serves


def test_what_cannot_serve_is_refused():
    with pytest.raises(MmrecError, match="no generation 7"):
        activate_generation(7)
    with pytest.raises(MmrecError, match="Generation 0 is active"):
        activate_generation(0)
    with pytest.raises(MmrecError, match="before 0"):
        roll_back()


def test_rejected_ones_do_not_push_out_what_served(settings):
    settings.MMREC = settings.MMREC | {"KEEP_GENERATIONS": 1}
    for number, state in enumerate(("retired", "retired", "ready", "ready", "ready"), start=1):
        Generation.objects.create(number=number, state=state, dimension=8)
    activate_generation(3)
    assert sorted(drop_old()) == [1, 4]
    assert roll_back().number == 2


def test_a_retired_one_remembers_until_when_it_was_kept_up():
    Generation.objects.create(number=1, state="ready", dimension=8, placed_until=Now())
    activate_generation(1)
    retired = Generation.objects.get(number=0)
    assert retired.state == "retired" and retired.placed_until is not None
    assert roll_back().number == 0
    assert Generation.objects.get(number=0).placed_until == retired.placed_until
