"""What Celery and the command line do about trainings."""

import io
import json
import os
import re
import time

import pytest
import redis
from django.core.management import CommandError, call_command

from mmrec_app import tasks
from mmrec_app.embeddings.generations import store_artefact
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Artefact, Event, Generation
from mmrec_app.offline.retrain import start_run
from tests.offline.learning import SMALL, make_tastes
from tests.workers import Worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def runs(monkeypatch, tmp_path):
    monkeypatch.setenv("MMREC_CACHE", str(tmp_path))


def test_a_hint_goes_to_the_queue_of_trainings():
    with redis.Redis.from_url(os.environ["CELERY_BROKER_URL"]) as broker:
        broker.delete(tasks.TRAIN_QUEUE)
        tasks.hint_training()
        assert broker.llen(tasks.TRAIN_QUEUE) == 1
        broker.delete(tasks.TRAIN_QUEUE)


@pytest.mark.slow
def test_the_schedule_trains_when_it_is_due_and_only_then(settings):
    settings.MMREC = settings.MMREC | {"TRAINING": SMALL | {"linear_trials": 0, "epochs": 1}, "RETRAIN_EVENTS": 1000}
    make_tastes()
    assert tasks.train() is None
    number = tasks.retrain()
    generation = Generation.objects.get(number=number)
    assert (generation.started_by, generation.config["settings"]["epochs"]) == ("schedule", 1)
    assert generation.finished_at is not None and generation.metrics["users"] == 300
    assert tasks.retrain() is None
    assert Event.objects.count() >= 1000


@pytest.mark.slow
def test_the_command_tells_its_progress_and_result_and_a_worker_draws_its_figures():
    make_tastes()
    Worker.clear_broker()
    said = io.StringIO()
    call_command("mmrec_train", set=[f"{name}={value}" for name, value in SMALL.items()], stdout=said)
    told = said.getvalue()
    for expected in ("generation 1 is to be trained", "snapshot", "epoch 3 ", "judging", "1 is active", "ndcg@10"):
        assert expected in told, told
    assert "views  0 encoded" in told and re.search(r"epoch 3 .*  τ\(user_next\) 0\.\d{3}  .*ndcg", told), told
    figures = Artefact.objects.filter(generation=1, name__startswith="figure-")
    with redis.Redis.from_url(os.environ["CELERY_BROKER_URL"]) as broker:
        assert [json.loads(each)["headers"]["task"] for each in broker.lrange(tasks.TRAIN_QUEUE, 0, -1)] == [
            "mmrec.train"
        ]
    assert not figures.exists()
    assert tasks.train() is None
    drawn = dict(figures.values_list("name", "pk"))
    assert len(drawn) == 5
    assert tasks.train() is None and dict(figures.values_list("name", "pk")) == drawn
    with pytest.raises(CommandError, match="no training waits"):
        call_command("mmrec_train", resume=True)
    with pytest.raises(CommandError, match="no setting 'epoch'"):
        call_command("mmrec_train", set=["epoch=3"])


def test_a_drawing_that_fails_is_begun_three_times_and_no_more():
    make_tastes()
    for number in (1, 2):
        Generation.objects.create(number=number, state="ready", dimension=8, config={"method": "trained"})
    store_artefact(Generation.objects.get(number=2), "figure-6-map.png", b"drawn")
    for _ in range(3):
        with pytest.raises(MmrecError, match="generation 1 has no artefact"):
            tasks.train()
    assert tasks.train() is None and Generation.objects.get(number=1).progress == {"drawings": 3}


@pytest.mark.slow
def test_a_worker_trains_what_was_asked_for(worker):
    make_tastes()
    worker()
    started = start_run(SMALL, started_by="ada")
    tasks.hint_training()
    for _ in range(5000):  # a busy machine takes minutes
        started.refresh_from_db()
        if started.state != "training":
            break
        time.sleep(0.1)
    assert (started.state, started.started_by) == ("active", "ada"), started.reason
