"""One fit, in a process of its own, so that its peak of memory is its own; what it measured is kept on disk."""

import json
import math
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.quality.keeping import cache, digest_of
from benchmarks.quality.models import MODELS
from benchmarks.quality.models.model import Settings
from benchmarks.quality.sets import Prepared
from mmrec_app.training import metrics as training_metrics
from mmrec_app.training.data import Floats, Ints, TrainingSet
from mmrec_app.training.environment import ENVIRONMENT
from mmrec_app.training.metrics import rank

Measured = dict[str, float]
CODE = (Path(__file__), Path(training_metrics.__file__ or ""))
METRICS = ("recall@10", "recall@20", "ndcg@10", "ndcg@20", "coverage@20", "cold_recall@20", "fit_s", "peak_mb")


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


def job(prepared: Prepared, model: str, settings: Settings, seed: int, split: str) -> Job:
    return Job(model, dict(settings), seed, split, str(prepared.folder), prepared.key)


def run(what: Job) -> Measured:
    """What was measured, now or before. Raises `FitFailed` naming the fit, with the last line of what it said."""
    if (kept := what.kept) is not None:
        return kept
    command = [sys.executable, "-m", "benchmarks.quality.jobs", json.dumps(asdict(what))]
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=root, env={**ENVIRONMENT, **os.environ})
    if ran.returncode:
        said = ran.stderr.strip().splitlines()
        reason = said[-1] if said else f"ended with code {ran.returncode}; was there enough memory?"
        raise FitFailed(f"{what.model} {dict(what.settings)} on {Path(what.folder).name}: {reason}")
    return json.loads(what.path.read_text())


def fit_and_measure(what: Job) -> Measured:
    data = TrainingSet.load(Path(what.folder))
    start = time.perf_counter()
    scores = MODELS[what.model].fit(data, what.settings, what.seed)
    measured = {"fit_s": time.perf_counter() - start, "peak_mb": peak_mb()}
    question = data.asked(what.split)

    def scorer(users: Ints) -> Floats:
        return scores(question.history, users)

    ranking = rank(scorer, question, data.items, 20)
    for k in (10, 20):
        measured |= {f"recall@{k}": ranking.recall(k), f"ndcg@{k}": ranking.ndcg(k)}
    measured["coverage@20"] = ranking.coverage(20)
    measured["cold_recall@20"] = ranking.among(data.unmet, 20)
    return measured


def peak_mb() -> float:
    """The most memory this process ever held, interpreter and libraries with it."""
    status = Path("/proc/self/status")
    if status.exists():  # `ru_maxrss` would count the parent's memory too
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)


def main(told: str) -> None:
    what = Job(**json.loads(told))
    measured = {name: None if math.isnan(value) else value for name, value in fit_and_measure(what).items()}
    what.path.parent.mkdir(parents=True, exist_ok=True)
    fresh = what.path.with_suffix(".part")
    fresh.write_text(json.dumps(measured))
    fresh.replace(what.path)


if __name__ == "__main__":
    main(sys.argv[1])
