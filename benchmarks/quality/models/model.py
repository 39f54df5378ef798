"""What the benchmark asks of a model."""

import inspect
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from mmrec_app.training.data import Floats, Ints, Ragged, TrainingSet
from mmrec_app.training.loop import Progress

Settings = Mapping[str, Any]

Scores = Callable[[Ragged, Ints], Floats]
"""All users' histories and the rows (B,) of those asked -> (B, N) scores. What was met since training is in a history;
a model that cannot use it scores the users it knows."""

Space = dict[str, tuple[Any, ...]]
"""Values to try of each setting, the first one to start from; the settings that matter most first."""


class Fit(Protocol):
    def __call__(self, data: TrainingSet, settings: Settings, seed: int) -> Scores:
        """Learns from `data.train`; may look at `data.valid` to know when to stop, never at `data.test`."""
        ...


class FitIn(Protocol):
    def __call__(self, data: TrainingSet, settings: Settings, seed: int, folder: Path, progress: Progress) -> Scores:
        """The same for a fit that lasts: it goes on from what a stopped one left in `folder`."""
        ...


@dataclass(frozen=True)
class Model:
    """`needs` says what a set must have: "order", "content" of any kind, "text", "image", augmented "views" of them. A
    model that is not `seeded` is fitted once. `code` names further modules whose change makes old results stale, beside
    that of `fit`."""

    name: str
    fit: Fit
    space: Callable[[TrainingSet], Space]
    needs: tuple[str, ...] = ()
    seeded: bool = False
    code: tuple[str, ...] = ()
    fit_in: FitIn | None = None

    def lacking(self, data: TrainingSet) -> str:
        """What this set has not and the model needs; empty where the model fits."""
        given = {data.modalities.get(name, name) for name, rows in data.features.items() if np.isfinite(rows).any()}
        has = given | ({"content"} if given else set())
        has |= {name for name, there in (("order", data.ordered), ("views", bool(data.views))) if there}
        return ", ".join(need for need in self.needs if need not in has)

    def sources(self) -> tuple[Path, ...]:
        modules = [sys.modules[name] for name in (getattr(self.fit, "__module__", __name__), *self.code)]
        return tuple(Path(inspect.getfile(module)) for module in modules)


def nothing_to_try(data: TrainingSet) -> Space:
    return {}
