"""python -m benchmarks.table FOLDER [--out FILE.json]

The tables of quality in README.md and docs/training.md, made anew from the sets that lie in FOLDER; a set that does not
is named and skipped. Every fit is kept, and one of ours that was stopped goes on at its last epoch: a stopped run goes
on where it was.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.quality.report import write
from benchmarks.quality.running import Asked, Run, asked, told
from benchmarks.quality.splitting import Cut
from benchmarks.quality.tuning import Budget

THREE = (0, 1, 2)
MINUTES = 8.0
"""No trial of a model's tuning begins after its fits took that long."""


@dataclass(frozen=True)
class Row:
    """Models on one set; `trials` 1 takes the first settings of the search."""

    folder: str
    models: str
    seeds: tuple[int, ...] = (0,)
    trials: int = 12
    cold: float = 0.0
    sample: int = 0
    towers: bool = False


Plan = Mapping[str, Sequence[Row]]
"""Title of a table -> what it holds."""

PARTS = "mmrec mmrec-concat mmrec-multiplicative mmrec-fixed-temperature mmrec-no-together mmrec-no-views"
PLAN: Plan = {
    "Quality": (
        Row("amazon-beauty", "mmrec", THREE),
        Row("amazon-beauty", "mmrec-no-linear ease ease+gram+transitions content sasrec vbpr"),
        Row("movielens-1m-posters", "mmrec ease+gram+transitions"),
        Row("movielens-1m-posters", "mmrec-no-linear sasrec vbpr", trials=1, sample=2000),
        Row("amazon-baby-ids", "mmrec", THREE),
        Row("amazon-baby-ids", "ease"),
    ),
    "What nobody has met yet": (Row("amazon-beauty", "mmrec content", cold=0.1),),
    "What each part is worth: the two towers alone": (
        Row("amazon-beauty", f"{PARTS} mmrec-no-augmentation", THREE, sample=5000, towers=True),
        Row("movielens-1m-posters", "mmrec mmrec-text mmrec-no-text-image", THREE, sample=400, towers=True),
    ),
}
COLUMNS = {"recall@10": "recall@10", "recall@20": "recall@20", "ndcg@10": "NDCG@10"}
COLD = {"cold_recall@20": "recall@20 of what is hidden", "recall@20": "recall@20 of everything"}
NAMES = {
    "mmrec-no-linear": "the contrastive attention model alone",
    "ease": "EASE",
    "ease+gram+transitions": "closed form with content, transitions and recency",
    "content": "content alone",
    "sasrec": "SASRec",
    "vbpr": "VBPR",
    "mmrec-concat": "concatenation instead of attention",
    "mmrec-multiplicative": "product instead of attention",
    "mmrec-no-together": "without `together`",
    "mmrec-no-views": "without `views`",
    "mmrec-no-augmentation": "with `views` of the plain content, not of augmented versions",
    "mmrec-no-text-image": "without `text_image`",
    "mmrec-text": "without pictures",
    "mmrec-fixed-temperature": "the best fixed temperature instead of learned ones",
}


def main(given: Sequence[str] | None = None, plan: Plan = PLAN) -> int:
    parser = argparse.ArgumentParser(
        "benchmarks.table", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="holds the sets, each a folder of its name")
    parser.add_argument("--out", type=Path, help="JSON file")
    chosen = parser.parse_args(given)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    run, tables = _planned(chosen.folder, plan)

    def seconds() -> float:
        return sum(found.seconds for found in run.found.values())

    def save() -> None:
        if chosen.out:
            rows = {title: [_row(each, run) for each in part if each in run.found] for title, part in tables.items()}
            write(chosen.out, {"tables": rows, "fit_s": seconds(), "left_out": run.left_out})

    run.go(save)
    for title, part in tables.items():
        columns = COLD if any(row.cold for row in plan[title]) else COLUMNS
        print(f"\n{title}\n", *_lines([_row(each, run) for each in part if each in run.found], columns), sep="\n")
    print("", *run.left_out, f"All fits took {told(seconds())} together.", sep="\n")
    return 0 if run.found else 1


def _planned(folder: Path, plan: Plan) -> tuple[Run, dict[str, list[Asked]]]:
    """All that can be made, and by table."""
    run, tables = Run(), {title: list[Asked]() for title in plan}
    for title, row in ((title, row) for title, rows in plan.items() for row in rows):
        if (folder / row.folder).is_dir():
            cut, budget = Cut(cold=row.cold, sample=row.sample), Budget(row.trials, MINUTES)
            fitting, left_out = asked(folder / row.folder, cut, row.models.split(), row.seeds, budget, row.towers)
            tables[title] += fitting
            run.plan += fitting
            run.left_out += left_out
        else:
            run.left_out.append(f"{title}, {row.models}: there is no {folder / row.folder}")
    return run, tables


def _row(each: Asked, run: Run) -> dict[str, Any]:
    found = run.found[each]
    told = {"settings": dict(found.settings), "seeds": each.seeds, "seconds": found.seconds}
    return {"set": each.prepared.name, "items": each.items, "model": each.model.name, **told, "measured": found.summary}


def _lines(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> Iterator[str]:
    """Markdown; a set is named at its first model, with how many items it has."""
    yield f"| set | model | {' | '.join(columns.values())} |"
    yield "|---" * (2 + len(columns)) + "|"
    last = ""
    for row in rows:
        name = "" if row["set"] == last else f"{row['set']}, {row['items']:,} items"
        last = row["set"]
        cells = [name, NAMES.get(row["model"], row["model"]), *(_cell(row["measured"][each]) for each in columns)]
        yield f"| {' | '.join(cells)} |"


def _cell(spread: Mapping[str, float | None]) -> str:
    """.1347 ± .0018"""
    mean, std = spread["mean"], spread["std"]
    if mean is None:
        return "–"
    return " ± ".join(f"{value:.4f}".removeprefix("0") for value in (mean, std) if value is mean or value)


if __name__ == "__main__":
    sys.exit(main())
