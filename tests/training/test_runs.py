"""Whole runs in processes of their own, as a worker or a terminal starts them."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mmrec_app.training.__main__ import Told
from tests.training.toys import SMALL, tastes, told

SETTINGS = SMALL | {"dropout": 0.2, "epochs": 5}


def command(folder: Path, run: Path, **changed: Any) -> list[str]:
    pairs = [f"--set={name}={json.dumps(value)}" for name, value in (SETTINGS | changed).items()]
    return ["-m", "mmrec_app.training", str(folder), "--run-folder", str(run), "--device=cpu", *pairs]


def environment() -> dict[str, str]:
    return os.environ | {"OMP_NUM_THREADS": "1"}


def trained(arguments: list[str], run: Path) -> dict[str, Any]:
    ended = subprocess.run([sys.executable, *arguments], env=environment(), capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    report: dict[str, Any] = json.loads((run / "report.json").read_text())
    for epoch in report["log"]:
        del epoch["seconds"]
    return report


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """Text and pictures of two tastes, some pictures missing, so that processes have batches of different size."""
    groups = np.arange(40) % 2
    features = {"words": told(groups), "picture": told(groups, seed=5)}
    features["picture"][::3] = np.nan
    kinds = {"words": "text", "picture": "image"}
    tastes(features=features, modalities=kinds).save(tmp_path / "toy")
    return tmp_path / "toy"


@pytest.mark.slow
def test_a_killed_run_goes_on_as_if_nothing_had_happened(toy, tmp_path):
    """Killed after the first, the second and the fourth epoch; every figure of every epoch is the unkilled run's."""
    expected = trained(command(toy, tmp_path / "whole"), tmp_path / "whole")
    killed = tmp_path / "killed"
    for epoch in (1, 2, 4):
        process = subprocess.Popen(
            [sys.executable, *command(toy, killed)], env=environment(), stdout=subprocess.DEVNULL
        )
        while process.poll() is None and _epoch(killed) < epoch:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        assert not (killed / "report.json").exists()
    assert trained(command(toy, killed), killed) == expected


def _epoch(run: Path) -> int:
    return json.loads((run / "state.json").read_text())["epoch"] if (run / "state.json").exists() else 0


@pytest.mark.slow
def test_two_processes_learn_what_one_does(toy, tmp_path):
    one = trained(command(toy, tmp_path / "one"), tmp_path / "one")
    torchrun = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    two = trained([*torchrun, *command(toy, tmp_path / "two")], tmp_path / "two")
    assert len(two["log"]) == len(one["log"])
    for name in ("recall@10", "ndcg@10"):
        assert two["metrics"]["valid"][name] == pytest.approx(one["metrics"]["valid"][name], abs=0.08)
    final, same = two["log"][-1], one["log"][-1]
    assert final["ndcg@10"] == pytest.approx(same["ndcg@10"], abs=0.08)
    for name, loss in same["losses"].items():
        assert final["losses"][name] == pytest.approx(loss, rel=0.1)


@pytest.mark.slow
def test_a_run_of_other_settings_is_not_gone_on_with(toy, tmp_path):
    run = tmp_path / "run"
    trained(command(toy, run, epochs=1), run)
    other = [sys.executable, *command(toy, run, epochs=1, dimension=32)]
    refused = subprocess.run(other, env=environment(), capture_output=True, text=True)
    assert refused.returncode != 0
    assert "holds a training whose dimension is 16, not 32" in refused.stderr
    trained(command(toy, run, epochs=1, linear_trials=0), run)  # that is for afterwards


def test_a_wrong_setting_or_folder_is_a_sentence_on_the_terminal(tmp_path):
    for arguments, message in (
        ([str(tmp_path), "--set=epochs=0"], "epochs is 0; it must be a whole number, at least 1."),
        ([str(tmp_path)], "training_set.safetensors"),
    ):
        ended = subprocess.run(
            [sys.executable, "-m", "mmrec_app.training", *arguments], env=environment(), capture_output=True, text=True
        )
        assert ended.returncode == 2 and message in ended.stderr and "Traceback" not in ended.stderr


def test_time_left_goes_by_the_pace_since_a_resume(tmp_path):
    tell = Told(tmp_path / "progress.json")

    def left(epoch: int, step: int) -> int | None:
        tell({"epoch": epoch, "epochs": 10, "step": step, "steps": 10})
        found: int | None = json.loads(tell.path.read_text())["left_s"]
        return found

    assert left(8, 0) is None  # eight epochs were another process's
    tell.began -= 10
    assert left(8, 5) in (30, 31)
