"""python -m benchmarks.quality DIR [DIR…] [--models a,b] [--seeds 0,1,2] [--split given|time] [--out FILE.json]

Full ranking over all items of a set, what a user has met left out. Each model is tuned on the validation split within
one budget, then fitted for every seed and scored on test. Every fit is kept: a stopped run goes on where it was.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tqdm import tqdm

from benchmarks.quality.jobs import FitFailed, Measured, job, run
from benchmarks.quality.models import MODELS
from benchmarks.quality.models.model import Model, Settings, Space
from benchmarks.quality.models.ours import OURS
from benchmarks.quality.report import Summary, summed_up, table, write
from benchmarks.quality.sets import Prepared, prepare
from benchmarks.quality.splitting import Cut
from benchmarks.quality.tuning import Budget, most_trials, tune
from mmrec_app.training.data import TrainingSet


@dataclass
class Run:
    """What has been found so far."""

    seeds: tuple[int, ...]
    budget: Budget
    bar: tqdm
    towers: bool = False
    sets: dict[str, dict[str, Summary]] = field(default_factory=dict)
    tuned: dict[str, dict[str, Any]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def model(self, prepared: Prepared, data: TrainingSet, model: Model) -> None:
        """Tunes, fits for every seed, notes; a fit that fails leaves the model out, and the reason in its place."""
        end = self.bar.n + _fits(model, data, self)
        try:
            settings, trials = tune(
                self.space(model, data),
                lambda each: self._fit(prepared, model, each, self.seeds[0], "valid"),
                self.budget,
            )
            runs = [self._fit(prepared, model, settings, seed, "test") for seed in _seeds(model, self.seeds)]
        except FitFailed as error:
            self.left_out.append(str(error))
        else:
            self.sets.setdefault(prepared.name, {})[model.name] = summed_up(runs)
            told = {"settings": dict(settings), "trials": [asdict(trial) for trial in trials]}
            self.tuned.setdefault(prepared.name, {})[model.name] = told
            self.bar.write(f"{prepared.name}: {model.name} with {dict(settings)} after {len(trials)} trials")
        self.bar.update(end - self.bar.n)

    def space(self, model: Model, data: TrainingSet) -> Space:
        """What is tried of its settings."""
        return model.space(data) | ({"towers": (True,)} if self.towers and model in OURS else {})

    def _fit(self, prepared: Prepared, model: Model, settings: Settings, seed: int, split: str) -> Measured:
        self.bar.set_description(f"{prepared.name}: {model.name}, {'trial' if split == 'valid' else f'seed {seed}'}")
        measured = run(job(prepared, model.name, settings, seed, split))
        self.bar.update()
        return measured


def main(given: Sequence[str] | None = None) -> int:
    told = _arguments(given)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    cut = Cut(told.split, told.cold, told.sample)
    sets = [(each, each.load()) for each in (prepare(folder, cut) for folder in told.folders)]
    chosen = [MODELS[name] for name in told.models]
    state = Run(told.seeds, Budget(told.trials, told.tune_minutes), tqdm(unit="fit", dynamic_ncols=True), told.towers)
    plan = [(prepared, data, model) for prepared, data in sets for model in chosen if not model.lacking(data)]
    state.left_out += [
        f"{model.name} on {prepared.name}: the set has no {model.lacking(data)}"
        for prepared, data in sets
        for model in chosen
        if model.lacking(data)
    ]
    state.bar.total = sum(_fits(model, data, state) for _, data, model in plan)
    for prepared, data, model in plan:
        state.model(prepared, data, model)
        _save(told, cut, state)
    state.bar.close()
    print(table(state.sets), *state.left_out, sep="\n")
    return 0 if state.sets else 1


def _seeds(model: Model, seeds: tuple[int, ...]) -> tuple[int, ...]:
    return seeds if model.seeded else seeds[:1]


def _fits(model: Model, data: TrainingSet, state: Run) -> int:
    return most_trials(state.space(model, data), state.budget) + len(_seeds(model, state.seeds))


def _save(told: argparse.Namespace, cut: Cut, state: Run) -> None:
    if told.out:
        protocol = {"cut": asdict(cut), "seeds": state.seeds, "budget": asdict(state.budget)}
        protocol["towers"] = state.towers
        write(told.out, {"sets": state.sets, "tuned": state.tuned, "protocol": protocol, "left_out": state.left_out})


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
