"""One training in several processes, as torchrun starts them."""

import os
import warnings
from dataclasses import dataclass
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn


@dataclass(frozen=True)
class Process:
    """Which of how many processes this is, and on what it computes."""

    rank: int
    world: int
    device: torch.device

    @property
    def half(self) -> bool:
        """Whether bfloat16 is computed by hardware here: on a GPU, and on processors with instructions for it."""
        return self.device.type == "cuda" or torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported()

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

    def shared(self, value: float) -> float:
        """The first process's value, in all of them."""
        if self.world == 1:
            return value
        told = torch.tensor([value], dtype=torch.float64, device=self.device)
        dist.broadcast(told, 0)
        return float(told)

    def wrapped(self, model: nn.Module) -> nn.Module:
        """`model` with gradients averaged over the processes; without its buffers, which are the same everywhere."""
        if self.world == 1:
            return model
        with warnings.catch_warnings():  # newer versions of torch want another name, which older ones do not know
            warnings.filterwarnings("ignore", message="`broadcast_buffers` is deprecated")
            return nn.parallel.DistributedDataParallel(model, broadcast_buffers=False, find_unused_parameters=True)

    def leave(self) -> None:
        if self.world > 1:
            dist.destroy_process_group()


def distributed() -> bool:
    return dist.is_available() and dist.is_initialized()


def gathered(mine: Tensor) -> Tensor:
    """Every process's rows (n, …), however many each has, with gradients flowing back to their owners."""
    counts = [torch.zeros(1, dtype=torch.long, device=mine.device) for _ in range(dist.get_world_size())]
    dist.all_gather(counts, torch.tensor([len(mine)], device=mine.device))
    return _Gathered.apply(mine, [int(count) for count in counts])


class _Gathered(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, mine: Tensor, counts: list[int]) -> Tensor:
        before = sum(counts[: dist.get_rank()])
        ctx.own = slice(before, before + len(mine))
        padded = torch.cat([mine, mine.new_zeros(max(counts) - len(mine), *mine.shape[1:])])
        parts = [torch.empty_like(padded) for _ in counts]
        dist.all_gather(parts, padded)
        return torch.cat([part[:count] for part, count in zip(parts, counts, strict=True)])

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None]:
        """What every process's loss says of the own rows."""
        total = gradients[0].contiguous()
        dist.all_reduce(total)
        return total[ctx.own], None
