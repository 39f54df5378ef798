"""A worker or its training process dies at any stage: what serves goes on, the next worker finishes the training."""

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from mmrec_app.embeddings.generations import active_generation
from mmrec_app.models import Generation, ItemVector, Visitor
from mmrec_app.offline.learn import work
from mmrec_app.offline.retrain import start_run
from mmrec_app.offline.working import ChildKilled
from mmrec_app.recommend import recommend
from tests.offline.learning import SMALL, make_tastes
from tests.workers import ROOT, environment_of_worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def runs(monkeypatch, tmp_path) -> Path:
    """The same for this process and for those it starts."""
    monkeypatch.setenv("MMREC_CACHE", str(tmp_path))
    return tmp_path / "runs"


def start_worker() -> subprocess.Popen:
    command = [sys.executable, str(ROOT / "manage.py"), "mmrec_train", "--resume"]
    return subprocess.Popen(command, cwd=ROOT, env=environment_of_worker(), stdout=subprocess.DEVNULL)


STAGES = ("views", "snapshot", "training", "linear", "ranking", "writing", "storing", "judging", "done")


def wait_for(number: int, stage: str, epoch: int = 0, process: subprocess.Popen | None = None) -> None:
    """Until it is there, or past it: a stage may be over before anybody looks."""
    for _ in range(12_000):
        progress = Generation.objects.get(number=number).progress
        reached = STAGES.index(progress["stage"]) if "stage" in progress else -1
        if reached >= STAGES.index(stage) and len(progress.get("log", [])) >= epoch:
            return
        assert process is None or process.poll() is None, "the worker ended by itself"
        time.sleep(0.01)
    raise AssertionError(f"{stage} was never reached: {progress}")


def trainers(of: int | None = None) -> list[psutil.Process]:
    """Training processes of a worker; of this process by default."""
    children = psutil.Process(of).children(recursive=True)
    return [each for each in children if "mmrec_app.offline.child" in " ".join(each.cmdline())]


@pytest.mark.parametrize(("stage", "epoch"), [("snapshot", 0), ("training", 1), ("storing", 3), ("judging", 3)])
def test_a_killed_worker_costs_nothing_but_time(stage, epoch):
    make_tastes()
    visitor = Visitor.objects.first()
    started = start_run(SMALL, started_by="test")
    worker = start_worker()
    wait_for(started.number, stage, epoch, worker)
    left = trainers(worker.pid)
    worker.kill()
    worker.wait()
    assert len(left) == 1 or stage != "training"
    assert psutil.wait_procs(left, timeout=20)[1] == []

    assert active_generation().number == 0 and recommend("for_you", visitor=visitor, k=5).generation == 0
    assert work() is None  # its lease has not lapsed
    Generation.objects.filter(number=started.number).update(lease_until="2001-01-01T00:00:00Z")
    told = []
    finished = work(told.append)
    assert (finished.state, finished.attempts) == ("active", 2), finished.reason
    assert ItemVector.objects.filter(generation=finished).count() == 120
    assert [each["epoch"] for each in finished.progress["log"]] == [1, 2, 3]
    if stage == "training":  # it went on from the epoch that was on disk
        assert "snapshot" not in [each["stage"] for each in told]
        epochs = [each["epoch"] for each in told if "losses" in each]
        assert 1 not in epochs, epochs


def test_a_killed_training_process_is_resumed_by_the_next_worker():
    make_tastes()
    started = start_run(SMALL, started_by="test")

    def kill(progress) -> None:
        if progress["stage"] == "training" and progress.get("log"):
            for trainer in trainers():
                trainer.kill()

    with pytest.raises(ChildKilled, match="killed by signal 9"):
        work(kill)
    waiting = Generation.objects.get(number=started.number)
    assert (waiting.state, waiting.lease_until) == ("training", None)
    assert work().state == "active"


def test_an_interrupted_worker_gives_its_training_back():
    make_tastes()
    started = start_run(SMALL, started_by="test")

    def stop(progress) -> None:
        if progress["stage"] == "training" and "epoch" in progress:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work(stop)
    waiting = Generation.objects.get(number=started.number)
    assert (waiting.state, waiting.lease_token, waiting.attempts) == ("training", None, 0)
    assert not [
        c for c in psutil.Process().children(recursive=True) if "mmrec_app.offline.child" in " ".join(c.cmdline())
    ]
    assert work().state == "active"
