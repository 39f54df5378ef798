"""The training loop of the contrastive attention model."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor, nn

from mmrec_app.training.batches import Batches, asked
from mmrec_app.training.checkpoint import (
    State,
    load_model,
    load_state,
    optimiser_tensors,
    restore_optimiser,
    save_state,
)
from mmrec_app.training.config import TrainingConfig
from mmrec_app.training.data import Floats, Ints, Ragged, TrainingSet
from mmrec_app.training.metrics import Scorer, rank
from mmrec_app.training.model import Recommender

Progress = Callable[[dict[str, Any]], None]
"""Called with what is known after every epoch, and with `step` and `steps` in between."""


def silent(report: dict[str, Any]) -> None:
    """Tells nobody."""


@dataclass(frozen=True)
class Process:
    """Which of how many processes this is (torchrun), and on what it computes."""

    rank: int
    world: int
    device: torch.device

    @property
    def half(self) -> bool:
        """Whether bfloat16 is computed by hardware here: on a GPU, and on processors with matrix tiles."""
        return self.device.type == "cuda" or torch.cpu._is_amx_tile_supported()

    @staticmethod
    def current(device: str = "auto") -> "Process":
        """Joins the group that torchrun names in the environment, if it does."""
        rank, world = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
        cuda = torch.cuda.is_available() if device == "auto" else device.startswith("cuda")
        if world > 1 and not dist.is_initialized():
            dist.init_process_group("nccl" if cuda else "gloo")
        if not cuda:
            return Process(rank, world, torch.device("cpu"))
        local = int(os.environ.get("LOCAL_RANK", 0))
        return Process(rank, world, torch.device(f"cuda:{local}" if device in ("auto", "cuda") else device))


def train(
    data: TrainingSet, config: TrainingConfig, folder: Path, progress: Progress = silent, device: str = "auto"
) -> tuple[Recommender, State]:
    """Trains until validation NDCG@10 has not risen for `patience` epochs; returns the best epoch's model.

    Every epoch is on disk in `folder` before the next begins: called again after a kill, it goes on from there.
    """
    process = Process.current(device)
    torch.manual_seed(config.seed)
    model = Recommender(data, config).to(process.device)
    batches = Batches(data, config, process.rank, process.world)
    run = Run(model, batches, config, process)
    state = run.resume(folder)
    while not state.finished and state.epoch < config.epochs:
        run.epoch(state, progress)
        improved = _judge(run, data, state)
        if process.rank == 0:
            save_state(folder, state, run.tensors(), improved)
            progress({**state.log[-1], "epochs": config.epochs})
        if process.world > 1:
            dist.barrier()
    model.load_state_dict(load_model(folder))
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
        self.optimiser = torch.optim.AdamW(groups, lr=config.learning_rate, betas=(0.9, 0.98))
        self.wrapped: nn.Module = model
        if process.world > 1:
            self.wrapped = nn.parallel.DistributedDataParallel(model, find_unused_parameters=True)

    def resume(self, folder: Path) -> State:
        found = load_state(folder)
        if found is None:
            return State()
        state, tensors = found
        weights = {k.removeprefix("model."): v for k, v in tensors.items() if k.startswith("model.")}
        self.model.load_state_dict(weights)
        restore_optimiser(self.optimiser, tensors)
        return state

    def tensors(self) -> dict[str, Tensor]:
        weights = {f"model.{name}": value for name, value in self.model.state_dict().items()}
        return weights | optimiser_tensors(self.optimiser)

    def epoch(self, state: State, progress: Progress) -> None:
        """One pass; the losses' means, the temperatures and the time go to the state's log."""
        began, sums, number = time.monotonic(), {}, state.epoch
        torch.manual_seed(self.config.seed * 1000 + number + 7919 * self.process.rank)
        self.model.train()
        for step, batch in enumerate(self.batches.epoch(number)):
            self._set_rate(number * len(self.batches) + step)
            losses = self._step(batch.to(self.process.device))
            sums = {name: sums.get(name, 0.0) + loss for name, loss in losses.items()}
            if step % 10 == 0 and self.process.rank == 0:
                progress({"epoch": number, "epochs": self.config.epochs, "step": step, "steps": len(self.batches)})
        state.epoch += 1
        state.log.append(
            {
                "epoch": state.epoch,
                "losses": {name: round(total / len(self.batches), 5) for name, total in sums.items()},
                "temperatures": {name: round(tau.tau, 5) for name, tau in self.model.temperatures.items()},
                "seconds": round(time.monotonic() - began, 2),
            }
        )

    def _step(self, batch: Any) -> dict[str, float]:
        self.optimiser.zero_grad(set_to_none=True)
        with torch.autocast(self.process.device.type, torch.bfloat16, enabled=self.process.half):
            losses = self.wrapped(batch)
        total = self.model.total(losses)
        total.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        return {name: loss.item() for name, loss in losses.items()} | {"total": total.item()}

    def _set_rate(self, step: int) -> None:
        """Warms up over a tenth of the steps, then falls along a cosine to nothing."""
        warm = max(1, self.steps // 10)
        part = (
            (step + 1) / warm if step < warm else 0.5 * (1 + np.cos(np.pi * (step - warm) / max(1, self.steps - warm)))
        )
        for group in self.optimiser.param_groups:
            group["lr"] = self.config.learning_rate * part


def _judge(run: Run, data: TrainingSet, state: State) -> bool:
    """Validation NDCG@10 after an epoch; whether it is the best so far. Ends the run when patience is out."""
    question = data.asked("valid")
    users = question.users
    if len(users) > run.config.validation_users:
        users = np.random.default_rng(0).choice(users, run.config.validation_users, replace=False)
    if len(users):
        found = rank(neural_scores(run.model, question.history), question, data.items, users=np.sort(users))
        state.log[-1] |= {"ndcg@10": round(found.ndcg(10), 5), "recall@20": round(found.recall(20), 5)}
        value = found.ndcg(10)
    else:  # nothing to validate on: the latest is the best there is
        value = float(state.epoch)
    improved = value > state.best
    if improved:
        state.best, state.best_epoch = value, state.epoch
    state.finished = state.epoch - state.best_epoch >= run.config.patience
    return improved


def neural_scores(model: Recommender, history: Ragged) -> Scorer:
    """Cosines between users' interests and every item, the nearest interest counting."""
    vectors, _ = model.item_vectors()

    def scores(users: Ints) -> Floats:
        return score_users(model, vectors, history, users)

    return scores


@torch.no_grad()
def score_users(model: Recommender, vectors: Tensor, history: Ragged, users: Ints) -> Floats:
    """(B, N). A user without a history is answered with zeros."""
    interests = interests_of(model, vectors, history, users)  # (B, K, D)
    return torch.einsum("bkd,nd->bkn", interests, vectors).amax(1).cpu().numpy()


@torch.no_grad()
def interests_of(model: Recommender, vectors: Tensor, history: Ragged, users: Ints) -> Tensor:
    """(B, K, D) after the last event of each user's history."""
    device = vectors.device
    given = asked(history, users, model.config.history)
    items, kinds, days = (torch.from_numpy(each).to(device) for each in (given.items, given.kinds, given.days))
    lengths = torch.from_numpy(given.lengths).to(device)
    states = model.users(vectors[items], kinds, days, lengths)
    last = states[torch.arange(len(users), device=device), (lengths - 1).clamp(min=0)]
    return last * (lengths > 0)[:, None, None]
