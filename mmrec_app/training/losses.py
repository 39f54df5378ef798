"""Contrastive losses (Eq. 3, 9, 18) with a learned temperature: (a, b, scale) -> scalar, the scale being 1 / τ."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

TAU_LOW, TAU_HIGH = 0.01, 1.0
"""Bounds of a learned temperature: below, one hard negative decides everything; above, nothing does."""


CHUNK = 512
"""Rows whose logits over a whole catalogue are held at a time."""


class Temperature(nn.Module):
    """τ_adaptive of Eq. 9, learned as log(1 / τ); a fixed one is Eq. 3's."""

    def __init__(self, fixed: float | None = None, start: float = 0.07) -> None:
        super().__init__()
        value = torch.tensor(math.log(1 / (start if fixed is None else fixed)))
        self.log_scale = nn.Parameter(value, requires_grad=fixed is None)

    def forward(self) -> Tensor:
        """1 / τ."""
        return self.log_scale.exp()

    @property
    def tau(self) -> float:
        return 1 / float(self().detach())

    @torch.no_grad()
    def keep(self) -> None:
        """Puts a learned one back within bounds after a step: a clamp in `forward` would let no gradient back in."""
        if self.log_scale.requires_grad:
            self.log_scale.clamp_(math.log(1 / TAU_HIGH), math.log(1 / TAU_LOW))


class Temperatures(nn.ModuleDict):
    """One `Temperature` a pairing."""

    def __getitem__(self, key: str) -> Temperature:
        found = super().__getitem__(key)
        assert isinstance(found, Temperature)
        return found

    def taus(self) -> dict[str, float]:
        return {name: self[name].tau for name in self}

    def keep(self) -> None:
        for name in self:
            self[name].keep()


def info_nce(a: Tensor, b: Tensor, scale: Tensor, ids: Tensor | None = None, log_q: Tensor | None = None) -> Tensor:
    """Row i of `a` (B, D) belongs to row i of `b` (B, D) and to no other (Eq. 18), both ways round.

    `ids` (B,) of the b's items: a row of the same item is no negative. `log_q` (B,) is how likely each is to be in a
    batch, taken off its logit so that what is met often is not pushed away for it (Yi et al., RecSys 2019).
    """
    logits = (a @ b.T).float() * scale
    if log_q is not None:
        logits = logits - log_q
    if ids is not None:
        same = (ids[:, None] == ids[None, :]) & ~torch.eye(len(ids), dtype=torch.bool, device=ids.device)
        logits = logits.masked_fill(same, -1e4)
    aim = torch.arange(len(a), device=a.device)
    return (F.cross_entropy(logits, aim) + F.cross_entropy(logits.T, aim)) / 2


def full_softmax(a: Tensor, table: Tensor, target: Tensor, scale: Tensor) -> Tensor:
    """Each of `a` (B, D) against the whole catalogue `table` (N, D); `target` (B,) are its rows.

    In chunks, so that the logits (B, N) are never held at once, and in bfloat16 under autocast: all are unit vectors,
    and the sum is divided outside so that the gradients, 0.4 % off then, are not rounded once more.
    """
    kind = torch.get_autocast_dtype(a.device.type) if torch.is_autocast_enabled(a.device.type) else torch.float32
    options = nn.LinearCrossEntropyOptions(batch_chunk_size=CHUNK, acc_policy="accurate")
    asked = (a.float() * scale).to(kind)
    return F.linear_cross_entropy(asked, table.to(kind), target, reduction="sum", options=options).float() / len(a)


def sampled_softmax(
    a: Tensor, table: Tensor, target: Tensor, negatives: Tensor, log_q: Tensor, scale: Tensor
) -> Tensor:
    """Against `negatives` (S,) drawn with log-probabilities `log_q` (N,), the positive and the draw both corrected."""
    positive = (a * F.embedding(target, table)).sum(1, keepdim=True).float() * scale - log_q[target].unsqueeze(1)
    others = (a @ F.embedding(negatives, table).T).float() * scale - log_q[negatives]
    others = others.masked_fill(negatives[None, :] == target[:, None], -1e4)
    logits = torch.cat([positive, others], 1)
    return F.cross_entropy(logits, torch.zeros(len(a), dtype=torch.long, device=a.device))


def l1(parameters: list[Tensor]) -> Tensor:
    """Σ |W| (Eq. 15)."""
    return torch.stack([weights.abs().sum() for weights in parameters]).sum()
