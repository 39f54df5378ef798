"""What a training leaves behind: safetensors and JSON, no pickle, written so that a kill leaves the old or the new."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

MODEL = "model.safetensors"
LAST = "last.safetensors"
STATE = "state.json"


@dataclass
class State:
    """How far a run is: enough to go on after a kill as if nothing had happened."""

    epoch: int = 0
    best: float = -1.0
    best_epoch: int = -1
    log: list[dict[str, Any]] = field(default_factory=list)
    finished: bool = False
    config: dict[str, Any] = field(default_factory=dict)


def save_state(folder: Path, state: State, tensors: dict[str, Tensor], improved: bool) -> None:
    """The tensors first, the state that names their epoch last: a kill between the two repeats one epoch."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"last-{state.epoch}.safetensors"
    _write(folder / name, tensors)
    if improved:
        _write(folder / MODEL, {k.removeprefix("model."): v for k, v in tensors.items() if k.startswith("model.")})
    write_json(folder / STATE, vars(state))
    for old in folder.glob("last-*.safetensors"):
        if old.name != name:
            old.unlink()


def load_state(folder: Path) -> tuple[State, dict[str, Tensor]] | None:
    """None when there is nothing to go on from."""
    if not (folder / STATE).exists():
        return None
    state = State(**json.loads((folder / STATE).read_text()))
    last = folder / f"last-{state.epoch}.safetensors"
    return (state, load_file(last)) if last.exists() else None


def load_model(folder: Path) -> dict[str, Tensor]:
    """The weights of the best epoch."""
    return load_file(folder / MODEL)


def write_json(path: Path, value: Any) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(value, indent=1))
    os.replace(fresh, path)


def _write(path: Path, tensors: dict[str, Tensor]) -> None:
    fresh = path.with_suffix(".new")
    save_file({name: value.detach().contiguous().cpu() for name, value in tensors.items()}, fresh)
    os.replace(fresh, path)


def optimiser_tensors(optimiser: torch.optim.Optimizer) -> dict[str, Tensor]:
    """An optimiser's moments by the place of their parameter."""
    return {
        f"optimiser.{index}.{name}": torch.as_tensor(value)
        for index, state in optimiser.state_dict()["state"].items()
        for name, value in state.items()
    }


def restore_optimiser(optimiser: torch.optim.Optimizer, tensors: dict[str, Tensor]) -> None:
    known = optimiser.state_dict()
    state: dict[int, dict[str, Tensor]] = {}
    for key, value in tensors.items():
        if key.startswith("optimiser."):
            _, index, name = key.split(".")
            state.setdefault(int(index), {})[name] = value
    optimiser.load_state_dict({"state": state, "param_groups": known["param_groups"]})
