"""One whole training of a folder of data, and how well it uses the processor or GPU: seconds a stage, items/s, pairs/s,
and the share of what the device's own matrix products reach.

python -m benchmarks.speed DIR [--device cuda] [--set NAME=VALUE …] [--peak TFLOPS]
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from benchmarks.quality.measuring import peak_mb
from benchmarks.quality.models import MODELS
from benchmarks.quality.sets import prepare
from benchmarks.quality.splitting import Cut
from mmrec_app.training.batches import Batches
from mmrec_app.training.config import TrainingConfig
from mmrec_app.training.data import TrainingSet
from mmrec_app.training.fit import fit
from mmrec_app.training.processes import Process

WIDE = 4096
"""Rows and columns of the product that the share is of."""


class Watch:
    """When each stage began, as the training tells it."""

    def __init__(self) -> None:
        self.began: dict[str, float] = {"epochs": time.perf_counter()}
        self.epochs: list[float] = []

    def __call__(self, told: dict[str, Any]) -> None:
        if "stage" in told:
            self.began[told["stage"]] = time.perf_counter()
        if "seconds" in told:
            self.epochs.append(told["seconds"])

    def stages(self) -> dict[str, float]:
        ends = [*list(self.began.values())[1:], time.perf_counter()]
        return {name: end - start for (name, start), end in zip(self.began.items(), ends, strict=True)}


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser("benchmarks.speed", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--peak", type=float, help="the device's peak in TFLOPS, from its data sheet")
    told = parser.parse_args(given)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    data = prepare(told.folder, Cut()).load()
    usual = {name: values[0] for name, values in MODELS["mmrec"].space(data).items()}
    config = TrainingConfig.from_dict(usual | settings(told.set))
    process, watch = Process.current(told.device), Watch()
    reached = product_flops(process.device)
    with tempfile.TemporaryDirectory() as folder:
        fit(data, config, Path(folder), watch, told.device)
    stages = watch.stages()
    print(f"{told.folder.name} on {name_of(process.device)}: {sum(stages.values()):.1f} s, {peak_mb() / 1024:.1f} GB")
    print(", ".join(f"{name} {seconds:.1f} s" for name, seconds in stages.items()))
    steps, pairs, work = an_epoch(data, config)
    seconds = sum(watch.epochs) / len(watch.epochs)
    met = data.items - len(data.unmet)
    each = f"{met * steps / seconds:,.0f} items/s, {pairs / seconds:,.0f} pairs/s"
    print(f"an epoch: {seconds:.2f} s, {steps} steps, {each}")
    rate = work / seconds
    share = f"{rate / reached:.1%} of the {reached / 1e12:.2f}"
    print(f"{rate / 1e12:.3f} TFLOPS, {share} that a product of {WIDE} rows and columns reaches")
    if told.peak:
        print(f"{rate / told.peak / 1e12:.1%} of {told.peak:g} TFLOPS")
    return 0


def settings(pairs: Sequence[str]) -> dict[str, Any]:
    return {name: json.loads(value) for name, value in (each.split("=", 1) for each in pairs)}


def an_epoch(data: TrainingSet, config: TrainingConfig) -> tuple[int, int, float]:
    """Steps, pairs of a history and its next item, and operations, forwards and backwards: six a weight that a row or
    an event meets, and six a number of each pair's scores. Looks at no GPU's padding, so the share is a lower bound."""
    steps, pairs, events = 0, 0, 0
    for batch in Batches(data, config).epoch(0):
        steps, events = steps + 1, events + batch.items[:, :-1].numel()
        pairs += int((batch.items[:, 1:] >= 0).sum())
    wide = config.dimension
    item = sum(rows.shape[1] * 3 * wide + 2 * wide * wide for rows in data.features.values())
    event = config.layers * 8 * wide * wide + config.interests * wide * wide
    met = data.items - len(data.unmet)
    others = met if data.items <= config.full_up_to and not config.negatives else config.negatives or 8192
    return steps, pairs, 6.0 * (steps * met * item + events * event + pairs * others * wide)


def product_flops(device: torch.device) -> float:
    """Operations a second of the best of some matrix products in bfloat16 on a GPU, in float32 on a processor."""
    kind = torch.bfloat16 if device.type == "cuda" else torch.float32
    one = torch.randn(WIDE, WIDE, device=device, dtype=kind)
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        one @ one
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        best = min(best, time.perf_counter() - start)
    return 2 * WIDE**3 / best


def name_of(device: torch.device) -> str:
    return torch.cuda.get_device_name(device) if device.type == "cuda" else f"{torch.get_num_threads()} threads"


if __name__ == "__main__":
    sys.exit(main())
