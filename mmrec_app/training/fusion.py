"""From one vector a modality to one vector an item (Eq. 4-8, 10, 11). A modality that is missing takes no part."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class AttentionFusion(nn.Module):
    """α_m = softmax over the present of Attention(z_m); z = Σ α_m z_m (Eq. 5-7, 10, 11): weights depend on the item."""

    def __init__(self, slots: int, dimension: int) -> None:
        super().__init__()
        self.score = nn.Sequential(nn.Linear(dimension, dimension // 2), nn.Tanh(), nn.Linear(dimension // 2, 1))
        self.bias = nn.Parameter(torch.zeros(slots))

    def forward(self, parts: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """parts (B, M, D), mask (B, M) -> fused (B, D), weights (B, M) that sum to one over what is present."""
        scores = self.score(parts).squeeze(-1) + self.bias
        weights = scores.masked_fill(~mask, -1e4).softmax(1) * mask
        return (weights.unsqueeze(-1) * parts).sum(1), weights


class ConcatFusion(nn.Module):
    """z = W [z_1; …; z_M] (Eq. 4), a missing part being zero; its weights are even."""

    def __init__(self, slots: int, dimension: int) -> None:
        super().__init__()
        self.mix = nn.Linear(slots * dimension, dimension)

    def forward(self, parts: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        present = parts * mask.unsqueeze(-1)
        return self.mix(present.flatten(1)), even(mask)


class MultiplicativeFusion(nn.Module):
    """z = ⊙ z_m (Eq. 8), each part rescaled to unit mean square so that a product of many does not vanish."""

    def __init__(self, slots: int, dimension: int) -> None:
        super().__init__()
        self.gain = nn.Parameter(torch.ones(slots, dimension))
        self.shift = nn.Parameter(torch.ones(slots, dimension))

    def forward(self, parts: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        scaled = parts * parts.shape[-1] ** 0.5 * self.gain + self.shift
        return torch.where(mask.unsqueeze(-1), scaled, 1.0).prod(1), even(mask)


def even(mask: Tensor) -> Tensor:
    return mask / mask.sum(1, keepdim=True).clamp(min=1)


FUSIONS: dict[str, type[AttentionFusion] | type[ConcatFusion] | type[MultiplicativeFusion]] = {
    "attention": AttentionFusion,
    "concat": ConcatFusion,
    "multiplicative": MultiplicativeFusion,
}


def unit(vectors: Tensor) -> Tensor:
    return F.normalize(vectors, dim=-1)
