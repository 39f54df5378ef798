"""Dropout (Eq. 12) whose mask takes a random byte a value: on a CPU, a number a value takes an eighth of a step."""

import torch
from torch import Tensor, nn


class Dropout(nn.Module):
    """Zeroes values in training with a chance of `rate`, rounded to 1/256, and scales the others up for it."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.dropped = round(rate * 256)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.dropped:
            return x
        words = torch.empty(-(-x.numel() // 8), dtype=torch.int64, device=x.device).random_(-(2**63), None)
        kept = words.view(torch.uint8)[: x.numel()].view(x.shape) >= self.dropped
        return x * kept * (256 / (256 - self.dropped))
