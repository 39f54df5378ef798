"""The user tower and the ranker as ONNX: what a web process answers from, without torch."""

import copy
import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn

from mmrec_app.training.model import Recommender
from mmrec_app.training.ranker import Ranker
from mmrec_app.training.signals import FEATURES

OPSET = 18
INPUTS = ("vectors", "kinds", "days", "lengths")


class _LastState(nn.Module):
    """The interests after the last event: all that a request needs."""

    def __init__(self, tower: nn.Module) -> None:
        super().__init__()
        self.tower = tower

    def forward(self, vectors: Tensor, kinds: Tensor, days: Tensor, lengths: Tensor) -> Tensor:
        states = self.tower(vectors, kinds, days, lengths)  # (B, L, K, D)
        index = (lengths - 1).clamp(min=0)[:, None, None, None].expand(-1, 1, states.shape[2], states.shape[3])
        return states.gather(1, index).squeeze(1)


def user_tower_onnx(model: Recommender) -> bytes:
    """Inputs `vectors` (B, L, D) float32, `kinds` (B, L) int64, `days` (B, L) float32 and `lengths` (B,) int64; output
    `interests` (B, K, D) float32 unit rows. B and L (at most the tower's history) are free."""
    tower = _LastState(copy.deepcopy(model.users)).cpu().float().eval()
    length = min(4, model.config.history)
    example = (
        torch.zeros(2, length, model.config.dimension),
        torch.zeros(2, length, dtype=torch.long),
        torch.zeros(2, length),
        torch.tensor([length, 1]),
    )
    batch, events = torch.export.Dim("batch"), torch.export.Dim("events", max=max(model.config.history, 5))
    shapes = ({0: batch, 1: events}, {0: batch, 1: events}, {0: batch, 1: events}, {0: batch})
    return _onnx(tower, example, INPUTS, "interests", shapes)


def ranker_onnx(ranker: Ranker) -> bytes:
    """Input `features` (B, C, F) float32; output `scores` (B, C). B and C are free."""
    model = copy.deepcopy(ranker).cpu().float().eval()
    shapes = ({0: torch.export.Dim("lists"), 1: torch.export.Dim("candidates")},)
    return _onnx(model, (torch.zeros(2, 3, FEATURES),), ("features",), "scores", shapes)


def _onnx(model: nn.Module, example: tuple[Tensor, ...], inputs: Sequence[str], output: str, shapes: Any) -> bytes:
    with _quiet():
        program = torch.onnx.export(
            model,
            example,
            input_names=list(inputs),
            output_names=[output],
            dynamic_shapes=shapes,
            opset_version=OPSET,
            dynamo=True,
            verbose=False,
        )
    assert program is not None  # None is what the older exporter returns
    return program.model_proto.SerializeToString()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps back what the exporter says about itself at every export: torchvision is not needed, names are kept."""
    log = logging.getLogger("torch.onnx._internal.exporter._registration")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r".*treespec, LeafSpec", category=FutureWarning)
            warnings.filterwarnings("ignore", message="# The axis name", category=UserWarning)
            yield
    finally:
        log.setLevel(level)
