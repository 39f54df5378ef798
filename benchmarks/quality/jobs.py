"""One fit, in a process of its own, so that its peak of memory is its own; what it measured is kept on disk."""

import fcntl
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.quality import measuring
from benchmarks.quality.keeping import cache, digest_of
from benchmarks.quality.measuring import Measured, measure
from benchmarks.quality.models import MODELS
from benchmarks.quality.models.model import Settings
from benchmarks.quality.sets import Prepared
from mmrec_app.training import metrics as training_metrics
from mmrec_app.training.checkpoint import write_json
from mmrec_app.training.data import TrainingSet
from mmrec_app.training.environment import ENVIRONMENT

CODE = (Path(measuring.__file__), Path(training_metrics.__file__))
LOOK = 1.0
"""Seconds between two looks at a fit."""
Watch = Callable[[str], None]
"""Called every `LOOK` seconds with how far a fit is, as far as it says so."""


class FitFailed(Exception):
    """A fit's process ended with an error."""


@dataclass(frozen=True)
class Job:
    """Fits `model` with `settings` on the set in `folder` and ranks the `split`: "valid" or "test"."""

    model: str
    settings: Settings
    seed: int
    split: str
    folder: str
    key: str

    @property
    def path(self) -> Path:
        """Where the result is kept: another for other data, settings or code."""
        told = digest_of(*CODE, *MODELS[self.model].sources(), json.dumps(self.settings, sort_keys=True))
        return cache() / "results" / self.key / f"{self.model}-{self.split}-{self.seed}-{told}.json"

    @property
    def kept(self) -> Measured | None:
        return json.loads(self.path.read_text()) if self.path.exists() else None

    @property
    def unfinished(self) -> Path:
        """What a stopped fit goes on from, until there is a result."""
        return cache() / "unfinished" / self.key / self.path.stem


def job(prepared: Prepared, model: str, settings: Settings, seed: int, split: str) -> Job:
    return Job(model, dict(settings), seed, split, str(prepared.folder), prepared.key)


def run(what: Job, watch: Watch = lambda stage: None) -> Measured:
    """What was measured, now or before. Raises `FitFailed` naming the fit, with the last line of what it said."""
    if (kept := what.kept) is not None:
        return kept
    command = [sys.executable, "-m", "benchmarks.quality.jobs", json.dumps(asdict(what))]
    root, environment = Path(__file__).resolve().parents[2], {**ENVIRONMENT, **os.environ}
    with tempfile.TemporaryFile("w+") as said:
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, cwd=root, env=environment) as child:
            try:
                _watched(child, what, watch)
            except BaseException:
                child.kill()
                raise
        said.seek(0)
        lines = said.read().strip().splitlines()
    if child.returncode:
        reason = lines[-1] if lines else f"ended with code {child.returncode}; was there enough memory?"
        raise FitFailed(f"{what.model} {dict(what.settings)} on {Path(what.folder).name}: {reason}")
    return json.loads(what.path.read_text())


def _watched(child: subprocess.Popen, what: Job, watch: Watch) -> None:
    told = Told(what.unfinished)
    while child.poll() is None:
        watch(told.stage)
        try:
            child.wait(LOOK)
        except subprocess.TimeoutExpired:
            continue


class Told:
    """How far a fit is, in a file of its folder that its starter reads."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "told.json"
        self.before = self.known.get("seconds", 0.0)
        self.seconds, self.began = self.before, time.perf_counter()

    @property
    def known(self) -> dict[str, Any]:
        try:
            return json.loads(self.path.read_text())
        except FileNotFoundError:
            return {}

    @property
    def stage(self) -> str:
        known = self.known
        if "epochs" not in known:
            return known.get("stage", "")
        done = known["epoch"] + known.get("step", 0) / known.get("steps", 1)
        return f"{done:.1f} of at most {known['epochs']} epochs"

    def __call__(self, report: dict[str, Any]) -> None:
        """`seconds` is what all its starts took until the last whole epoch, which is where the next one goes on."""
        if "losses" in report:
            self.seconds = self.before + time.perf_counter() - self.began
        write_json(self.path, {**report, "seconds": self.seconds})


def fit_and_measure(what: Job) -> Measured:
    data, model, told = TrainingSet.load(Path(what.folder)), MODELS[what.model], Told(what.unfinished)
    fit_in = model.fit_in
    if fit_in is None:
        return measure(data, lambda: model.fit(data, what.settings, what.seed), what.split)
    what.unfinished.mkdir(parents=True, exist_ok=True)
    measured = measure(data, lambda: fit_in(data, what.settings, what.seed, what.unfinished, told), what.split)
    return measured | {"fit_s": told.before + measured["fit_s"]}


def main(told: str) -> None:
    what = Job(**json.loads(told))
    what.unfinished.mkdir(parents=True, exist_ok=True)
    with (what.unfinished / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one that outlived its starter is waited for
        if what.kept is None:
            measured = {name: None if math.isnan(value) else value for name, value in fit_and_measure(what).items()}
            what.path.parent.mkdir(parents=True, exist_ok=True)
            write_json(what.path, measured)
        shutil.rmtree(what.unfinished, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1])
