"""The learning walk: from events to a generation that serves what it learned."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from django.db import connection
from safetensors.numpy import load_file

from mmrec_app.conf import conf
from mmrec_app.embeddings.generations import active_generation
from mmrec_app.embeddings.vectors import contents_of, vectors_of
from mmrec_app.encoders.spec import MINILM, MOBILENET
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Artefact, Event, Generation, Item, ItemNeighbour, ItemVector, Visitor
from mmrec_app.offline.encode import encode_dirty
from mmrec_app.offline.fit import fit
from mmrec_app.offline.gate import activate_generation, roll_back
from mmrec_app.offline.judge import judge
from mmrec_app.offline.learn import work
from mmrec_app.offline.placing import place
from mmrec_app.offline.retrain import request_cancel, start_run
from mmrec_app.offline.snapshot import take_snapshot
from mmrec_app.offline.store import snapshot_time
from mmrec_app.offline.working import folder_of
from mmrec_app.privacy import erase_visitor
from mmrec_app.recommend import recommend
from mmrec_app.training.checkpoint import load_model
from mmrec_app.training.config import TrainingConfig
from mmrec_app.training.data import Question, Ragged
from mmrec_app.training.fit import NEIGHBOURS, RANKER, popular_signal, space_of
from mmrec_app.training.linear import Linear
from mmrec_app.training.metrics import Scorer, rank
from mmrec_app.training.model import Recommender
from tests.offline.learning import SMALL, add_vectors, make_tastes, train, trained_run
from tests.workers import environment_of_worker

pytestmark = pytest.mark.django_db(transaction=True)

WORSE = {"linear_trials": 0, "epochs": 1, "behaviour": False}


@pytest.fixture(autouse=True)
def runs(settings, tmp_path) -> Path:
    settings.MMREC = settings.MMREC | {"RUNS": tmp_path}
    return tmp_path


def test_a_training_ends_active_and_serves_what_it_learned(runs):
    items, visitors = make_tastes()
    fit()
    told = []
    generation = train(told.append, fresh=True)
    assert (generation.state, active_generation().number) == ("active", 2), generation.reason
    assert (generation.started_by, generation.dimension, generation.attempts) == ("test", 32, 1)

    assert list(dict.fromkeys(p["stage"] for p in told))[:2] == ["views", "snapshot"] and told[-1]["stage"] == "judging"
    last = generation.progress["log"][-1]
    assert last["temperatures"]["user_next"] > 0 and last["ndcg@10"] > 0 and any("left_s" in p for p in told)
    assert [epoch["epoch"] for epoch in generation.progress["log"]] == [1, 2, 3]
    assert generation.metrics["ndcg@10"] > 1.5 * generation.metrics["active"]["ndcg@10"]
    assert not any(runs.iterdir())

    found = recommend("for_you", visitor=visitors[0], k=12)
    assert found.rung == "personal" and found.generation == 2
    assert {item.category for item in items if item.pk in found.item_ids} == {"Taste 0"}
    script = (
        "import django, sys; django.setup()\n"
        "from mmrec_app.models import Visitor\n"
        "from mmrec_app.recommend import recommend\n"
        "found = recommend('for_you', visitor=Visitor.objects.get(key='walker 0'), k=12)\n"
        "assert 'onnxruntime' in sys.modules and not {'torch', 'safetensors', 'scipy'} & set(sys.modules)\n"
        "print(found.rung, *found.item_ids)"
    )
    done = subprocess.run([sys.executable, "-c", script], env=environment_of_worker(), capture_output=True, text=True)
    assert done.stdout.split() == ["personal", *map(str, found.item_ids)], done.stderr


@pytest.mark.parametrize("settings_", [{}, {"interests": 3}], ids=str)
def test_what_is_served_is_what_was_fitted(settings_):
    items, visitors = make_tastes()
    generation = train(**settings_)
    everything = take_snapshot_of_all()
    nothing = Ragged.of([[]] * everything.data.users)
    now = replace(everything.data.train, until=np.zeros(everything.data.users, np.float32))
    question = Question(now, everything.data.train, nothing)
    scores = np.array(scorer_of(train_set(), generation, question, **settings_)(np.arange(60)))
    shared = []
    for row in range(60):
        scores[row, question.seen[row]] = -np.inf
        wanted = {int(everything.item_ids[column]) for column in np.argsort(-scores[row])[:12]}
        found = recommend("for_you", visitor=visitors[row], k=12, variant={"diversity": 0, "exploration": 0})
        shared.append(len(wanted & {c.item_id for c in found.items if c.source == "personal"}) / 12)
    assert np.mean(shared) > 0.97, shared


@pytest.mark.slow
def test_two_hundred_served_lists_have_the_recall_of_the_evaluation():
    """Each visitor's own held-out item, before they met it: by torch, and by PostgreSQL and ONNX."""
    _, visitors = make_tastes()
    generation = train()
    snapshot = take_snapshot(snapshot_time())
    question = snapshot.data.asked("test")
    users = question.users[:200]
    assert len(users) == 200
    evaluated = rank(scorer_of(snapshot.data, generation, question), question, snapshot.data.items, 10, users=users)
    found = 0
    for user in users:
        item = int(snapshot.item_ids[question.targets[user][0]])
        visitor = Visitor.objects.get(pk=snapshot.visitor_ids[user])
        met = visitor.events.filter(item=item).earliest("at")
        visitor.events.filter(at__gte=met.at).delete()
        served = recommend("for_you", visitor=visitor, k=10, variant={"diversity": 0, "exploration": 0})
        found += item in served.item_ids
    assert evaluated.recall(10) > 0.5
    assert found / 200 == pytest.approx(evaluated.recall(10), rel=0.02)


def take_snapshot_of_all():
    """With nothing held out: what a request knows of a visitor."""
    from django.conf import settings
    from django.test import override_settings

    with override_settings(MMREC=settings.MMREC | {"HELD_OUT": 0}):
        return take_snapshot(snapshot_time())


def train_set():
    return take_snapshot(snapshot_time()).data


def scorer_of(data, generation, question, **settings) -> Scorer:
    """As the training process had it at its end."""
    config, run = TrainingConfig.from_dict(SMALL | settings), trained_run(**settings)
    model = Recommender(data, config)
    model.load_state_dict(load_model(run))
    stored = load_file(run / NEIGHBOURS)
    dense = np.zeros((data.items, data.items), np.float32)
    np.put_along_axis(dense, stored["ids"], stored["weights"], axis=1)
    linear = Linear(dense, generation.config["serving"]["recency"])
    session = onnxruntime.InferenceSession((run / RANKER).read_bytes(), providers=["CPUExecutionProvider"])
    space = space_of(model.eval(), linear, popular_signal(data))
    return space.scorer(question, lambda features: session.run(None, {"features": features})[0])


def test_what_is_saved_during_a_training_and_after_it_is_placed():
    items, _ = make_tastes()
    rng = np.random.default_rng(5)

    def shop_goes_on(progress):
        if progress["stage"] == "storing":
            item = Item.objects.create(source="shop_demo.product", object_id="during", category="Taste 1")
            add_vectors([item], rng)

    generation = train(shop_goes_on)
    after = Item.objects.create(source="shop_demo.product", object_id="after", category="Taste 2")
    add_vectors([after, items[0]], rng)
    was = vectors_of(generation.number, [items[0].pk])[items[0].pk]
    place(generation, [after.pk, items[0].pk])
    unmet = ItemVector.objects.get(generation=generation, item=after).weights
    assert sum(unmet) == pytest.approx(1, abs=1e-4) and unmet[-1] == 0  # nobody has met it: no behaviour
    for item, taste in ((Item.objects.get(object_id="during"), "Taste 1"), (after, "Taste 2")):
        near = recommend("similar", item=item, k=10)
        assert near.rung == "similar"
        assert {Item.objects.get(pk=pk).category for pk in near.item_ids} == {taste}
    now = vectors_of(generation.number, [items[0].pk])[items[0].pk]
    stranger = contents_of(generation.number, [items[0].pk])[items[0].pk]
    assert 0.5 < float(was @ now) < 0.9999  # it moved, and its behaviour still holds it
    assert float(now @ stranger) < 0.9999


def test_every_encoder_of_a_modality_is_told_of_apart(settings):
    images = [MOBILENET, {"model": MOBILENET, "resize": "processor"}]
    settings.MMREC = settings.MMREC | {"ENCODERS": {"text": MINILM, "image": images}}
    make_tastes()
    generation = train(epochs=1, linear_trials=0, layers=0)
    text, first, second = (spec.identity for spec in conf().encoders)
    assert generation.config["dimensions"] == {text: 24, first: 40, second: 16}
    assert set(generation.config["slots"]) == {"text", "image", "behaviour"}
    for weights in generation.metrics["attention"].values():
        assert set(weights) == {"text", first, second, "behaviour"}
        assert sum(weights.values()) == pytest.approx(1, abs=1e-3)


def test_a_worse_one_is_kept_and_says_why_and_a_person_may_choose_otherwise(settings):
    make_tastes()
    good = train()
    worse = train(**WORSE)
    assert (worse.state, active_generation().number) == ("ready", good.number)
    ours, theirs = worse.metrics["ndcg@10"], worse.metrics["active"]["ndcg@10"]
    assert f"{ours:.4f}" in worse.why and f"{theirs:.4f}" in worse.why and "2% worse" in worse.why

    assert activate_generation(worse.number, by="ada").why.endswith("activated by ada")
    assert recommend("for_you", k=3).generation == worse.number
    late = Item.objects.create(source="shop_demo.product", object_id="late", category="Taste 1")
    add_vectors([late], np.random.default_rng(1))

    assert roll_back(by="ada").number == good.number
    assert recommend("for_you", k=3).generation == good.number
    assert "rolled back by ada" in Generation.objects.get(number=worse.number).why
    assert not ItemVector.objects.filter(generation=good, item=late).exists()
    encode_dirty()
    assert ItemVector.objects.filter(generation=good, item=late).exists()
    assert Generation.objects.get(state="active").placed_until is None


def test_what_no_longer_serves_is_dropped_but_for_the_latest(settings):
    settings.MMREC = settings.MMREC | {"KEEP_GENERATIONS": 1}
    make_tastes()
    first, second, third = train(), train(), train()
    first.refresh_from_db()
    assert (third.state, first.state, first.kept) == ("active", "retired", False)
    assert not ItemVector.objects.filter(generation=first).exists()
    assert first.metrics["ndcg@10"] > 0 and [a.name for a in first.artefacts.all()] == ["report.json"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('mmrec_app_itemvector_g1'), to_regclass('mmrec_app_itemvector_g2')")
        assert cursor.fetchone() == (None, "mmrec_app_itemvector_g2")
    with pytest.raises(MmrecError, match="were dropped"):
        activate_generation(first.number)
    assert roll_back().number == second.number


def test_a_setting_that_does_not_exist_fails_the_run_in_words():
    start_run({"epoch": 3}, started_by="test")
    with pytest.raises(MmrecError, match="no setting 'epoch'"):
        work()
    failed = Generation.objects.get(number=1)
    assert failed.state == "failed" and "no setting 'epoch'" in failed.why and not failed.kept


def test_nothing_to_learn_from_is_said():
    start_run(SMALL, started_by="test")
    with pytest.raises(MmrecError, match="nothing to learn from"):
        work()
    assert active_generation().number == 0


def test_a_training_process_that_fails_tells_its_last_words():
    make_tastes()
    start_run(SMALL | {"history": 0}, started_by="test")
    with pytest.raises(MmrecError) as said:
        work()
    assert Generation.objects.get(number=1).why == str(said.value) != ""


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["training", "judging"])
def test_a_training_begins_anew_without_who_is_erased_meanwhile(stage):
    _items, visitors = make_tastes()
    visitors[0].delete()  # of whom no snapshot tells: nothing begins anew
    stages = []

    def look(progress):
        stages.append(progress["stage"])
        if stages.count(stage) == 1 and stages[-1] == stage:
            erase_visitor(visitors[1])

    generation = train(look, fresh=True)
    assert generation.state == "active" and generation.config["visitors"] == len(visitors) - 2
    assert stages.count("snapshot") == 2 and "erased" not in generation.config


@pytest.mark.slow
def test_where_people_are_erased_all_the_time_a_training_ends_nevertheless():
    visitors = iter(make_tastes()[1])
    erased = []

    def look(progress):
        if progress["stage"] == "storing":
            erased.append(erase_visitor(next(visitors)))

    assert train(look).state == "active" and len(erased) == 4


def test_cancelled_while_it_trains(runs):
    make_tastes()
    started = start_run(SMALL, started_by="test")

    def look(progress):
        if progress["stage"] == "training" and "epoch" in progress:
            request_cancel(started.number, by="ada")

    generation = work(look)
    assert (generation.state, generation.why) == ("failed", "cancelled by ada")
    assert active_generation().number == 0 and not any(runs.iterdir())
    assert not Artefact.objects.filter(generation=generation).exists()


def test_neighbours_and_weights_are_stored():
    make_tastes()
    generation = train()
    assert generation.blend["for_you"]["linear"] > 0
    best = ItemNeighbour.objects.filter(generation=generation, rank=0)
    items = Item.objects.in_bulk([row.neighbour_id for row in best] + [row.item_id for row in best])
    same = [items[row.item_id].category == items[row.neighbour_id].category for row in best]
    assert len(same) == 120 and np.mean(same) > 0.95
    assert generation.config["slots"] == ["text", "image", "behaviour"]
    weights = np.array(ItemVector.objects.filter(generation=generation).values_list("weights", flat=True))
    assert weights.shape == (120, 3) and np.allclose(weights.sum(1), 1, atol=1e-4) and (weights.std(0) > 0).all()
    popular = ItemVector.objects.filter(generation=generation).values_list("popular", flat=True)
    assert max(popular) == pytest.approx(1) and min(popular) == pytest.approx(0)


def test_the_judge_reads_what_serves():
    """A generation whose vectors were mixed up is worth less to the judge."""
    make_tastes()
    generation = train()
    snapshot = take_snapshot(snapshot_time())
    before = judge(generation, snapshot.data, snapshot.item_ids)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE mmrec_app_itemneighbour SET weight = 1 - weight WHERE generation_id = %s", [generation.number]
        )
    after = judge(generation, snapshot.data, snapshot.item_ids)
    assert after["ndcg@10"] < before["ndcg@10"]
    assert Event.objects.exists() and not folder_of(generation).exists()
