"""python -m benchmarks.quality DIR [DIR…] [--models a,b] [--seeds 0,1,2] [--split given|time] [--out FILE.json]

Full ranking over all items of a set, what a user has met left out. Each model is tuned on the validation split within
one budget, then fitted for every seed and scored on test. Every fit is kept, and one of ours that was stopped goes on
at its last epoch: a stopped run goes on where it was.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.quality.models import MODELS
from benchmarks.quality.report import table, write
from benchmarks.quality.running import Asked, Found, Run, asked
from benchmarks.quality.splitting import Cut
from benchmarks.quality.tuning import Budget


def main(given: Sequence[str] | None = None) -> int:
    told = _arguments(given)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    cut, budget = Cut(told.split, told.cold, told.sample), Budget(told.trials, told.tune_minutes)
    run = Run()
    for folder, title in _titled(told.folders):
        fitting, left_out = asked(folder, cut, told.models, told.seeds, budget, told.towers, title)
        run.plan += fitting
        run.left_out += left_out
    protocol = {"cut": asdict(cut), "seeds": told.seeds, "budget": asdict(budget), "towers": told.towers}

    def save() -> None:
        if told.out:
            tuned = _by_set({each: _tuned(found) for each, found in run.found.items()})
            sets = _by_set({each: found.summary for each, found in run.found.items()})
            write(told.out, {"sets": sets, "tuned": tuned, "protocol": protocol, "left_out": run.left_out})

    run.go(save)
    print(table(_by_set({each: found.summary for each, found in run.found.items()})), *run.left_out, sep="\n")
    return 0 if run.found else 1


def _titled(folders: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Each folder once, and what it is called: its name, or its whole path where another one bears that name."""
    folders = list(dict.fromkeys(folder.resolve() for folder in folders))
    names = Counter(folder.name for folder in folders)
    return ((folder, folder.name if names[folder.name] == 1 else str(folder)) for folder in folders)


def _tuned(found: Found) -> dict[str, Any]:
    return {"settings": dict(found.settings), "trials": [asdict(trial) for trial in found.trials]}


def _by_set(given: Mapping[Asked, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for each, value in given.items():
        found.setdefault(each.prepared.name, {})[each.model.name] = value
    return found


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "benchmarks.quality", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument(
        "--models", type=_models, default=list(MODELS), help=f"of {', '.join(MODELS)}; default: all that fit"
    )
    parser.add_argument("--seeds", type=_numbers, default=(0, 1, 2))
    parser.add_argument(
        "--split", choices=("given", "time"), default="given", help="time: the last tenths over all users"
    )
    parser.add_argument("--cold", type=_share, default=0.0, help="share of the items hidden from training")
    parser.add_argument("--sample", type=int, default=0, help="users kept, at random; default: all")
    parser.add_argument("--trials", type=int, default=12, help="most settings tried for a model")
    parser.add_argument("--tune-minutes", type=float, default=15.0, help="no trial begins after fits took that long")
    parser.add_argument(
        "--towers", action="store_true", help="ours without linear model and ranker, which hide what a part is worth"
    )
    parser.add_argument("--out", type=Path, help="JSON file")
    told = parser.parse_args(given)
    for folder in told.folders:
        if not folder.is_dir():
            parser.error(f"{folder} is no folder; name one that holds interactions.parquet")
    return told


def _models(text: str) -> list[str]:
    names = text.split(",")
    if strange := [name for name in names if name not in MODELS]:
        raise argparse.ArgumentTypeError(f"{strange[0]!r} is no model; there are {', '.join(MODELS)}")
    return names


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(each) for each in text.split(","))


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value < 1:
        raise argparse.ArgumentTypeError(f"{text} is no share; it must be from 0 to below 1")
    return value


if __name__ == "__main__":
    sys.exit(main())
