"""The same small search for every model: one setting after the other, each keeping the best so far, on validation."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.quality.measuring import Measured
from benchmarks.quality.models.model import Settings, Space

AIM = "recall@20"


@dataclass(frozen=True)
class Budget:
    """No trial begins once `trials` were made or fits have taken `minutes`."""

    trials: int = 12
    minutes: float = 15.0


@dataclass(frozen=True)
class Trial:
    settings: Settings
    value: float
    seconds: float


def tune(space: Space, measure: Callable[[Settings], Measured], budget: Budget) -> tuple[Settings, Sequence[Trial]]:
    """The best settings and every trial. With nothing to choose from, or one trial at most, the first values stand."""
    best: Settings = {name: values[0] for name, values in space.items()}
    if not most_trials(space, budget):
        return best, ()
    made: list[Trial] = [_tried(best, measure)]
    for name, value in _steps(space):
        if len(made) >= budget.trials or sum(each.seconds for each in made) > 60 * budget.minutes:
            break
        best = max(made, key=lambda each: each.value).settings
        made.append(_tried({**best, name: value}, measure))
    return max(made, key=lambda each: each.value).settings, made


def most_trials(space: Space, budget: Budget) -> int:
    steps = len(list(_steps(space)))
    return min(steps + 1, budget.trials) if steps and budget.trials > 1 else 0


def _steps(space: Space) -> Iterator[tuple[str, object]]:
    return ((name, value) for name, values in space.items() for value in values[1:])


def _tried(settings: Settings, measure: Callable[[Settings], Measured]) -> Trial:
    measured = measure(settings)
    return Trial(settings, measured[AIM], measured["fit_s"])
