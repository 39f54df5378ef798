"""What a fit is judged by. Results are kept under the hash of this file, so it holds nothing else."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.quality.models.model import Scores
from mmrec_app.training.data import Floats, Ints, TrainingSet
from mmrec_app.training.metrics import rank

Measured = dict[str, float]
METRICS = ("recall@10", "recall@20", "ndcg@10", "ndcg@20", "coverage@20", "cold_recall@20", "fit_s", "peak_mb")


def measure(data: TrainingSet, fit: Callable[[], Scores], split: str) -> Measured:
    start = time.perf_counter()
    scores = fit()
    measured = {"fit_s": time.perf_counter() - start, "peak_mb": peak_mb()}
    question = data.asked(split)

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
