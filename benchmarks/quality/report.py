"""Results as JSON and as a table."""

import json
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.quality.measuring import METRICS, Measured

Summary = dict[str, dict[str, float | None]]
"""Metric -> mean and standard deviation over seeds; None where there is nothing to measure."""


def summed_up(runs: Sequence[Measured]) -> Summary:
    return {name: _spread([run[name] for run in runs]) for name in METRICS}


def _spread(values: Sequence[float | None]) -> dict[str, float | None]:
    given = [value for value in values if value is not None]
    if not given:
        return {"mean": None, "std": None}
    return {"mean": statistics.fmean(given), "std": statistics.stdev(given) if len(given) > 1 else 0.0}


def table(sets: Mapping[str, Mapping[str, Summary]]) -> str:
    """One row a set and model."""
    rows = [["set", "model", *METRICS]]
    rows += [
        [name, model, *(_cell(metric, summary[metric]) for metric in METRICS)]
        for name, models in sets.items()
        for model, summary in models.items()
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = (zip(row, widths, strict=True) for row in rows)
    return "\n".join("  ".join(cell.ljust(width) for cell, width in line).rstrip() for line in lines)


def _cell(metric: str, spread: Mapping[str, float | None]) -> str:
    mean, std = spread["mean"], spread["std"]
    if mean is None or std is None:
        return "–"
    digits = 0 if metric == "peak_mb" else 1 if metric == "fit_s" else 4
    return f"{mean:.{digits}f}" + (f" ± {std:.{digits}f}" if std else "")


def write(path: Path, told: Mapping[str, Any]) -> None:
    fresh = path.with_name(path.name + ".part")
    fresh.write_text(json.dumps(told, indent=2, allow_nan=False) + "\n")
    fresh.replace(path)
