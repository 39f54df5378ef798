"""A generation as the admin's pages and its progress view tell it."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mmrec_app.models import Generation
from mmrec_app.training.config import PAIRINGS, TrainingConfig

STAGES = {
    "views": gettext_lazy("looking at other versions of every content"),
    "snapshot": gettext_lazy("reading events and vectors"),
    "training": gettext_lazy("learning"),
    "linear": gettext_lazy("fitting the linear model"),
    "ranking": gettext_lazy("weighing the signals"),
    "writing": gettext_lazy("writing its files"),
    "storing": gettext_lazy("storing vectors"),
    "judging": gettext_lazy("judging on held-out events"),
    "done": gettext_lazy("done"),
}
METHODS = {"fixed": gettext_lazy("fixed"), "pca": gettext_lazy("PCA"), "trained": gettext_lazy("trained")}
FUSIONS = {
    "attention": gettext_lazy("attention"),
    "concat": gettext_lazy("concatenation"),
    "multiplicative": gettext_lazy("multiplicative"),
}
MEASURES = {
    "ndcg@10": "NDCG@10",
    "ndcg@20": "NDCG@20",
    "recall@10": "Recall@10",
    "recall@20": "Recall@20",
    "coverage@20": gettext_lazy("Coverage of the catalogue"),
    "diversity@20": gettext_lazy("Diversity within a list"),
    "cold_recall@20": gettext_lazy("Recall@20 of items nobody had met"),
    "users": gettext_lazy("Visitors asked"),
}
FIGURES = {
    "figure-1-similarity.png": gettext_lazy("Similar and dissimilar items, before and after training"),
    "figure-2-attention.png": gettext_lazy("What each modality weighs, by category"),
    "figure-3-regularisation.png": gettext_lazy("Loss with and without regularisation"),
    "figure-4-augmentation.png": gettext_lazy("Accuracy without and with augmentation"),
    "figure-5-weights.png": gettext_lazy("Weights by technique"),
    "figure-6-map.png": gettext_lazy("The catalogue as the model sees it"),
}


def progress_of(generation: Generation) -> dict[str, Any]:
    """What is known of a training, ready to be shown; the script and the template show the same."""
    told = generation.progress
    share = _share(told)
    return {
        "number": generation.number,
        "state": generation.state,
        "running": generation.state == Generation.State.TRAINING,
        "stage": _stage(generation),
        "percent": None if share is None else round(100 * share),
        "epoch": f"{told['epoch']} / {told['epochs']}" if "epochs" in told else "",
        "left": duration(told["left_s"]) if told.get("left_s") is not None else "",
        "ndcg": _best(told.get("log", [])),
        "log": log_of(generation),
    }


def log_of(generation: Generation) -> dict[str, Any]:
    """The epochs as a table: losses and temperatures of each pairing, measures on the events held out."""
    log = generation.progress.get("log", [])
    losses = [name for name in (*PAIRINGS, "total") if log and name in log[0]["losses"]]
    taus = [name for name in PAIRINGS if log and name in log[0]["temperatures"]]
    columns = [_("Epoch"), *(_("Loss: %s") % name for name in losses), *(f"τ: {name}" for name in taus)]
    rows = [
        [
            str(entry["epoch"]),
            *(f"{entry['losses'].get(name, 0):.3f}" for name in losses),
            *(f"{entry['temperatures'].get(name, 0):.3f}" for name in taus),
            number(entry.get("ndcg@10")),
            number(entry.get("recall@20")),
            duration(entry["seconds"]),
        ]
        for entry in log
    ]
    return {"columns": [*columns, "NDCG@10", "Recall@20", _("Time")], "rows": rows}


def comparison(metrics: Mapping[str, Any]) -> list[tuple[Any, str, str]]:
    """(measure, of this generation, of the one that was active when it was judged)."""
    other = metrics.get("active", {})
    return [
        (label, number(metrics[name]), number(other.get(name))) for name, label in MEASURES.items() if name in metrics
    ]


def differences(generation: Generation, active: Generation) -> list[tuple[str, str, str]]:
    """(setting, of this generation, of the one that serves) where the two were trained otherwise."""
    usual = TrainingConfig().to_dict()
    mine, other = (usual | each.config.get("settings", {}) for each in (generation, active))
    return [
        (name, _written(mine.get(name)), _written(other.get(name)))
        for name in sorted(mine.keys() | other.keys())
        if mine.get(name) != other.get(name)
    ]


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else f"{value:.4f}"


def duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def _stage(generation: Generation) -> str:
    if generation.state != Generation.State.TRAINING:
        return str(generation.get_state_display())
    if generation.cancelled_by:
        return _("being cancelled")
    if generation.config.get("method") == "trained":
        if generation.lease_until is None:
            return _("waiting for a worker")
        if generation.lease_until < timezone.now():
            return _("its worker is gone; the next one goes on with it")
    stage = str(STAGES.get(generation.progress.get("stage", ""), _("beginning")))
    return f"{stage} ({number(generation.progress['encoded'])})" if "encoded" in generation.progress else stage


def _share(told: Mapping[str, Any]) -> float | None:
    """Of the epochs; None before they begin."""
    if "epochs" not in told:
        return None
    return min(1.0, (told["epoch"] + told.get("step", 0) / max(told.get("steps", 1), 1)) / told["epochs"])


def _best(log: list[Mapping[str, Any]]) -> str:
    return number(max((entry["ndcg@10"] for entry in log if "ndcg@10" in entry), default=None))
