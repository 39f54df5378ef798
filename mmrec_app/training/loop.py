"""The training loop of the contrastive attention model."""

import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from mmrec_app.training.batches import Batches
from mmrec_app.training.checkpoint import (
    State,
    load_model,
    load_state,
    optimiser_tensors,
    restore_optimiser,
    save_state,
)
from mmrec_app.training.config import TrainingConfig
from mmrec_app.training.data import TrainingSet
from mmrec_app.training.metrics import rank
from mmrec_app.training.model import Batch, Recommender
from mmrec_app.training.processes import Process
from mmrec_app.training.scoring import neural_scores, validation_users

Progress = Callable[[dict[str, Any]], None]
"""Called with what is known after every epoch, and with `step` and `steps` in between."""

AFTERWARDS = {"linear", "linear_trials", "content_weight"}
"""Settings that this loop does not read: a finished training may be blended anew under others."""


def silent(report: dict[str, Any]) -> None:
    """Tells nobody."""


def train(
    data: TrainingSet, config: TrainingConfig, folder: Path, progress: Progress = silent, device: str = "auto"
) -> tuple[Recommender, State]:
    """Trains until validation NDCG@10 has not risen for `patience` epochs; returns the best epoch's model.

    Every epoch is on disk in `folder` before the next begins: called again after a kill, it goes on from there. Under
    torchrun every process calls it, with a folder that all of them see; the first one writes.
    """
    process = Process.current(device)
    torch.manual_seed(config.seed)
    model = Recommender(data, config).to(process.device)
    batches = Batches(data, config, process.rank, process.world)
    run = Run(model, batches, config, process)
    state = run.resume(folder)
    while not state.finished and state.epoch < config.epochs:
        run.epoch(state, progress)
        improved = run.judge(data, state)
        if process.rank == 0:
            save_state(folder, state, run.tensors(), improved)
            progress({**state.log[-1], "epochs": config.epochs})
        process.shared(0)  # written, before anybody goes on
    model.load_state_dict(load_model(folder))
    process.leave()
    return model.eval(), state


class Run:
    """The moving parts of one training: model, optimiser, schedule."""

    def __init__(self, model: Recommender, batches: Batches, config: TrainingConfig, process: Process) -> None:
        self.model, self.batches, self.config, self.process = model, batches, config, process
        self.steps = config.epochs * len(batches)
        matrices = [p for p in model.parameters() if p.requires_grad and p.ndim > 1]
        others = [p for p in model.parameters() if p.requires_grad and p.ndim <= 1]
        groups = [
            {"params": matrices, "weight_decay": config.weight_decay},
            {"params": others, "weight_decay": 0.0},
        ]
        self.optimiser = torch.optim.AdamW(groups, lr=config.learning_rate, betas=(0.9, 0.98), fused=True)
        self.wrapped = process.wrapped(model)

    def resume(self, folder: Path) -> State:
        found = load_state(folder)
        if found is None:
            return State(config=self.config.to_dict())
        state, tensors = found
        _same_settings(state.config, self.config, folder)
        weights = {k.removeprefix("model."): v for k, v in tensors.items() if k.startswith("model.")}
        self.model.load_state_dict(weights)
        restore_optimiser(self.optimiser, tensors)
        return state

    def tensors(self) -> dict[str, Tensor]:
        weights = {f"model.{name}": value for name, value in self.model.state_dict().items()}
        return weights | optimiser_tensors(self.optimiser)

    def epoch(self, state: State, progress: Progress) -> None:
        """One pass; the losses' means, the temperatures and the time go to the state's log."""
        began, number = time.monotonic(), state.epoch
        sums: dict[str, float] = {}
        torch.manual_seed(self.config.seed * 1000 + number + 7919 * self.process.rank)
        self.model.train()
        for step, batch in enumerate(self.batches.epoch(number)):
            self._set_rate(number * len(self.batches) + step)
            losses = self._step(batch.to(self.process.device))
            sums |= {name: sums.get(name, 0.0) + loss for name, loss in losses.items()}
            if step % 10 == 0 and self.process.rank == 0:
                progress({"epoch": number, "epochs": self.config.epochs, "step": step, "steps": len(self.batches)})
        if not math.isfinite(sums["total"]):
            rate = self.config.learning_rate
            raise FloatingPointError(f"epoch {number + 1} has loss {sums['total']}; learning_rate is {rate}, lower it.")
        state.epoch += 1
        state.log.append(
            {
                "epoch": state.epoch,
                "losses": {name: round(total / len(self.batches), 5) for name, total in sums.items()},
                "temperatures": {name: round(tau, 5) for name, tau in self.model.temperatures.taus().items()},
                "seconds": round(time.monotonic() - began, 2),
            }
        )

    def _step(self, batch: Batch) -> dict[str, float]:
        self.optimiser.zero_grad(set_to_none=True)
        with torch.autocast(self.process.device.type, torch.bfloat16, enabled=self.process.half):
            losses = self.wrapped(batch)
        total = self.model.total(losses)
        total.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.model.temperatures.keep()
        return {name: loss.item() for name, loss in losses.items()} | {"total": total.item()}

    def _set_rate(self, step: int) -> None:
        """Warms up over a tenth of the steps, then falls along a cosine to nothing."""
        warm = max(1, self.steps // 10)
        falling = 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, self.steps - warm)))
        part = (step + 1) / warm if step < warm else falling
        for group in self.optimiser.param_groups:
            group["lr"] = self.config.learning_rate * part

    def judge(self, data: TrainingSet, state: State) -> bool:
        """Validation NDCG@10 after an epoch; whether it is the best so far. Ends the run when patience is out."""
        value = float(state.epoch)  # with nothing to validate on, the latest is the best there is
        users = validation_users(data, self.config.validation_users)
        if len(users) and self.process.rank == 0:
            question = data.asked("valid")
            found = rank(neural_scores(self.model, question.history), question, data.items, users=users)
            value = found.ndcg(10)
            state.log[-1] |= {"ndcg@10": round(value, 5), "recall@20": round(found.recall(20), 5)}
        value = self.process.shared(value)
        improved = value > state.best
        if improved:
            state.best, state.best_epoch = value, state.epoch
        state.finished = state.epoch - state.best_epoch >= self.config.patience
        return improved


def _same_settings(known: dict[str, Any], config: TrainingConfig, folder: Path) -> None:
    for name, value in config.to_dict().items():
        if known and name not in AFTERWARDS and known.get(name) != value:
            raise ValueError(
                f"{folder} holds a training whose {name} is {known.get(name)!r}, not {value!r}; "
                "go on with that, or name another folder."
            )
