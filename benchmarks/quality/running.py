"""A plan of fits, gone through one after the other, with how much time is left."""

import json
import math
import sys
import tarfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
from tqdm import tqdm

from benchmarks.quality import jobs
from benchmarks.quality.jobs import FitFailed, Job, job
from benchmarks.quality.keeping import cache
from benchmarks.quality.measuring import Measured
from benchmarks.quality.models import MODELS
from benchmarks.quality.models.model import Model, Settings, Space
from benchmarks.quality.models.ours import OURS
from benchmarks.quality.report import Summary, summed_up
from benchmarks.quality.sets import Prepared, prepare
from benchmarks.quality.splitting import Cut
from benchmarks.quality.tuning import Budget, Trial, most_trials, tune

ROUGHLY = {"popularity": 1, "itemknn": 5, "content": 2, "ials": 20, "bpr": 60, "vbpr": 100, "sasrec": 200, "mmrec": 200}
"""Seconds of a fit on 100,000 events, where none was measured; the closed forms depend on the items instead."""
PER_ITEM = 0.004
"""Seconds of a closed form, likewise."""


@dataclass(frozen=True, eq=False)
class Asked:
    """A model on a set: tuned within `budget`, then fitted for every seed."""

    prepared: Prepared
    model: Model
    space: Space
    seeds: tuple[int, ...]
    budget: Budget
    items: int
    events: int

    def job(self, settings: Settings, seed: int, split: str) -> Job:
        return job(self.prepared, self.model.name, settings, seed, split)

    @property
    def most(self) -> int:
        """Fits, if none is kept and no trial ends the budget."""
        return most_trials(self.space, self.budget) + len(self.seeds)

    def missing(self) -> int:
        """Fits that are not kept, at most: what comes after a trial depends on what it finds."""
        known: list[Measured] = []

        def kept(settings: Settings) -> Measured:
            if (found := self.job(settings, self.seeds[0], "valid").kept) is None:
                raise LookupError
            known.append(found)
            return found

        try:
            settings, _ = tune(self.space, kept, self.budget)
        except LookupError:
            return self.most - len(known)
        return sum(self.job(settings, seed, "test").kept is None for seed in self.seeds)

    def seconds(self) -> float:
        """What a fit takes: as long as the latest one of this model, or of a sibling of ours, on this set."""
        ours = [each.name for each in OURS] if self.model in OURS else []
        for names in ([self.model.name], ours):
            found = [
                path
                for name in names
                for split in ("valid", "test")
                for path in (cache() / "results" / self.prepared.key).glob(f"{name}-{split}-*.json")
            ]
            if found:
                return json.loads(max(found, key=lambda path: path.stat().st_mtime).read_text())["fit_s"]
        name = "mmrec" if ours else self.model.name
        return ROUGHLY[name] * self.events / 100_000 if name in ROUGHLY else PER_ITEM * self.items


@dataclass(frozen=True)
class Found:
    """`seconds` is what all fits took, those of the trials as well."""

    summary: Summary
    settings: Settings
    trials: Sequence[Trial]
    seconds: float


def asked(
    folder: Path,
    cut: Cut,
    names: Sequence[str],
    seeds: tuple[int, ...],
    budget: Budget,
    towers: bool = False,
    title: str = "",
) -> tuple[list[Asked], list[str]]:
    """What of the named models fits the set in `folder`, called `title`, and why the others are left out."""
    try:
        prepared = prepare(folder, cut, title or folder.name)
        data = prepared.load()
    except (ValueError, OSError, pa.ArrowException, tarfile.TarError) as error:
        return [], [f"{folder}: {error}"]
    found, left_out = [], []
    for model in (MODELS[name] for name in names):
        if lacking := model.lacking(data):
            left_out.append(f"{model.name} on {prepared.name}: the set has no {lacking}")
            continue
        space = model.space(data) | ({"towers": (True,)} if towers and model in OURS else {})
        own = seeds if model.seeded else seeds[:1]
        found.append(Asked(prepared, model, space, own, budget, data.items, len(data.train.values)))
    return found, left_out


@dataclass
class Run:
    """What has been found so far of a plan."""

    plan: list[Asked] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    found: dict[Asked, Found] = field(default_factory=dict)

    def go(self, after: Callable[[], None]) -> None:
        """Calls `after` after every model; a fit that fails leaves its model out, and the reason in its place."""
        with Clock() as clock:
            for place, each in enumerate(self.plan):
                later = self.plan[place + 1 :]
                try:
                    found = self.found[each] = self._found(each, clock, later)
                except FitFailed as error:
                    self.left_out.append(str(error))
                else:
                    clock.write(
                        f"{each.prepared.name}: {each.model.name} with {dict(found.settings)} after "
                        f"{len(found.trials)} trials; {told(found.seconds)} for all fits"
                    )
                after()

    def _found(self, each: Asked, clock: "Clock", later: Sequence[Asked]) -> Found:
        runs: list[Measured] = []

        def fit(settings: Settings, seed: int, split: str) -> Measured:
            what = each.job(settings, seed, split)
            if (measured := what.kept) is None:
                rest = (each.missing() - 1) * each.seconds() + sum(more.missing() * more.seconds() for more in later)
                name = f"{each.prepared.name}: {each.model.name}, {'trial' if split == 'valid' else f'seed {seed}'}"
                measured = jobs.run(what, clock.fit(name, each.seconds(), rest))
            runs.append(measured)
            return measured

        settings, trials = tune(each.space, lambda tried: fit(tried, each.seeds[0], "valid"), each.budget)
        summary = summed_up([fit(settings, seed, "test") for seed in each.seeds])
        return Found(summary, settings, trials, sum(run["fit_s"] for run in runs))


class Clock:
    """A bar of time: how much has passed, about how much is left, and how far the fit at hand is."""

    def __init__(self) -> None:
        self.began, self.shown = time.monotonic(), -math.inf
        self.every = 1 if sys.stderr.isatty() else 60
        self.bar = tqdm(total=1, dynamic_ncols=True, bar_format="{desc} {percentage:3.0f}%|{bar:20}| {postfix}")

    def __enter__(self) -> "Clock":
        return self

    def __exit__(self, *raised: object) -> None:
        self.bar.close()

    def write(self, line: str) -> None:
        self.bar.write(line, file=sys.stdout)

    def fit(self, name: str, expected: float, rest: float) -> jobs.Watch:
        """Shows a fit while it runs; one that takes longer than expected is taken to need a quarter more."""
        began = time.monotonic()

        def show(stage: str) -> None:
            now = time.monotonic()
            if now - self.shown < self.every:
                return
            self.shown = now
            left = max(expected - (now - began), (now - began) / 4) + rest
            self.bar.n, self.bar.total = now - self.began, now - self.began + left
            self.bar.set_description_str(f"{name}, {stage}" if stage else name, refresh=False)
            self.bar.set_postfix_str(f"{told(self.bar.n)} so far, about {told(left)} left", refresh=False)
            self.bar.refresh()

        return show


def told(seconds: float) -> str:
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
