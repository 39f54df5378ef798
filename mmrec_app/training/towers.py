"""The two towers: an item from its modalities, a user from the items of their history. Both end on the unit sphere."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from mmrec_app.training.dropout import Dropout
from mmrec_app.training.fusion import FUSIONS, unit
from mmrec_app.training.signals import QUARTERS

BEHAVIOUR = "behaviour"
TIME_BUCKETS = 16


@dataclass(frozen=True)
class Fused:
    """`vector` (B, D) unit rows; `weights` (B, M) of the slots; `parts` (B, M, D), unit rows but behaviour's; `mask`
    (B, M)."""

    vector: Tensor
    weights: Tensor
    parts: Tensor
    mask: Tensor


class Projection(nn.Module):
    """An encoder's output (B, d) -> (B, D): its principal directions, and what a small network adds to them.

    It begins as the principal directions alone: things with nearly the same content lie nearly in one place from the
    first step on.
    """

    def __init__(self, width: int, dimension: int, dropout: float) -> None:
        super().__init__()
        self.straight = nn.Linear(width, dimension)
        last = nn.Linear(2 * dimension, dimension)
        nn.init.zeros_(last.weight)
        nn.init.zeros_(last.bias)
        self.bent = nn.Sequential(nn.Linear(width, 2 * dimension), nn.GELU(), Dropout(dropout), last)

    def forward(self, given: Tensor) -> Tensor:
        rows = unit(given)
        return self.straight(rows) + self.bent(rows)

    @torch.no_grad()
    def begin_at(self, rows: Tensor) -> None:
        """The principal directions of the catalogue's outputs (n, d)."""
        rows = unit(rows)
        mean = rows.mean(0)
        centred = rows - mean
        directions = torch.linalg.eigh(centred.T @ centred).eigenvectors.flip(1).T[: len(self.straight.weight)]
        self.straight.weight.zero_()
        self.straight.weight[: len(directions)] = directions
        self.straight.bias.copy_(-(self.straight.weight @ mean))


class ItemTower(nn.Module):
    """One slot an encoder, and one for behaviour: an embedding learned for each item of the catalogue.

    In training whole slots are dropped at random, so an item that nobody has met or that lacks a picture still lands in
    the right place (`modality_dropout`). Behaviour counts by `trust` (N,), 0 to 1: of an item that few have met, it is
    known little.
    """

    trust: Tensor

    def __init__(
        self, inputs: Mapping[str, int], items: int, dimension: int, fusion: str = "attention", behaviour: bool = True,
        dropout: float = 0.1, modality_dropout: float = 0.3,
    ) -> None:  # fmt: skip
        super().__init__()
        if not inputs and not behaviour:
            raise ValueError("an item tower needs an encoder or behaviour; give features, or turn behaviour on.")
        self.encoders = tuple(inputs)
        self.slots = self.encoders + ((BEHAVIOUR,) if behaviour else ())
        self.modality_dropout = modality_dropout
        self.projections = nn.ModuleList(Projection(width, dimension, dropout) for width in inputs.values())
        self.behaviour = nn.Embedding(items, dimension) if behaviour else None
        if self.behaviour is not None:
            nn.init.normal_(self.behaviour.weight, std=0.02)
            self.register_buffer("trust", torch.ones(items))
        self.fusion = FUSIONS[fusion](len(self.slots), dimension)

    def forward(self, features: list[Tensor], present: Tensor, rows: Tensor | None) -> Fused:
        """features: one (B, d) an encoder; present (B, encoders) bool; rows (B,) in the catalogue, or None for items
        that training never saw, -1 for one of them among others."""
        parts = [unit(project(given)) for project, given in zip(self.projections, features, strict=True)]
        mask = [present]
        if self.behaviour is not None:
            count = len(present)
            known = torch.full((count, 1), rows is not None, device=present.device)
            if rows is None:
                learned = self.behaviour.weight.new_zeros(count, self.behaviour.embedding_dim)
            else:
                known = (rows >= 0).unsqueeze(1)
                learned = self.behaviour(rows.clamp(min=0)) * self.trust[rows.clamp(min=0)].unsqueeze(1)
            parts.append(learned)
            mask.append(known)
        stacked, there = torch.stack(parts, 1), torch.cat(mask, 1)
        if self.training and self.modality_dropout > 0:
            there = self._thinned(there)
        vector, weights = self.fusion(stacked, there)
        return Fused(unit(vector) * there.any(1, keepdim=True), weights, stacked, there)

    @property
    def sparse_weights(self) -> list[Tensor]:
        """What the L1 penalty is on: the projections' matrices."""
        return [weight for name, weight in self.projections.named_parameters() if name.endswith("weight")]

    def _thinned(self, there: Tensor) -> Tensor:
        kept = there & (torch.rand(there.shape, device=there.device) >= self.modality_dropout)
        return torch.where(kept.any(1, keepdim=True), kept, there)


class Block(nn.Module):
    """Pre-norm causal self-attention with a learned bias for how far apart, in steps and in time, two events are."""

    def __init__(self, dimension: int, heads: int, history: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.norm_in, self.norm_out = nn.LayerNorm(dimension), nn.LayerNorm(dimension)
        self.attend = nn.Linear(dimension, 3 * dimension)
        self.out = nn.Linear(dimension, dimension)
        self.feed = nn.Sequential(
            nn.Linear(dimension, 2 * dimension), nn.GELU(), Dropout(dropout), nn.Linear(2 * dimension, dimension)
        )
        self.steps = nn.Parameter(torch.zeros(heads, history))
        self.times = nn.Parameter(torch.zeros(heads, TIME_BUCKETS))
        self.drop = Dropout(dropout)

    def forward(self, x: Tensor, distance: Tensor, elapsed: Tensor | None, closed: Tensor) -> Tensor:
        """x (B, L, D); distance (L, L) and elapsed (B, L, L) bucket indices; closed (B, L, L): may not look there."""
        count, length, dimension = x.shape
        parts = self.attend(self.norm_in(x)).reshape(count, length, 3, self.heads, dimension // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)  # (B, H, L, d)
        # Looked up as embeddings are: the gradient of an index adds up in an order that changes from run to run.
        bias = F.embedding(distance, self.steps.T).unsqueeze(0)
        if elapsed is not None:
            bias = bias + F.embedding(elapsed, self.times.T)
        bias = bias.permute(0, 3, 1, 2)  # (B, H, L, L), or (1, H, L, L)
        bias = bias.masked_fill(closed.unsqueeze(1), -1e4)
        scores = query @ key.transpose(-1, -2) / (dimension // self.heads) ** 0.5 + bias.to(query.dtype)
        looked = scores.softmax(-1).to(value.dtype) @ value
        x = x + self.drop(self.out(looked.transpose(1, 2).reshape(count, length, dimension)))
        return x + self.drop(self.feed(self.norm_out(x)))


class UserTower(nn.Module):
    """A small causal transformer over the vectors of the last events -> K interest vectors after each of them.

    What comes out is a correction of the last item's own vector, so it starts as "more like what you just saw".
    """

    def __init__(
        self, dimension: int, history: int, kinds: int = 1, interests: int = 1, layers: int = 2, heads: int = 2,
        dropout: float = 0.3,
    ) -> None:  # fmt: skip
        super().__init__()
        self.history, self.interests, self.dimension = history, interests, dimension
        self.kinds = nn.Embedding(kinds, dimension)
        nn.init.zeros_(self.kinds.weight)
        self.blocks = nn.ModuleList(Block(dimension, heads, history, dropout) for _ in range(layers))
        self.norm = nn.LayerNorm(dimension)
        self.heads = nn.Linear(dimension, interests * dimension)
        self.last = nn.Parameter(torch.ones(interests))
        self.drop = Dropout(dropout)
        # The residual stream carries the items' own space through; each interest begins there, a little turned.
        nn.init.zeros_(self.heads.bias)
        with torch.no_grad():
            turned = torch.randn(interests, dimension, dimension) * (0.5 / dimension**0.5 if interests > 1 else 0)
            self.heads.weight.copy_((torch.eye(dimension) + turned).flatten(0, 1))

    def forward(self, vectors: Tensor, kinds: Tensor, days: Tensor | None, lengths: Tensor) -> Tensor:
        """vectors (B, L, D), events oldest first, padded behind; kinds (B, L) int; days (B, L) before some common day,
        None where no times are known; lengths (B,) -> (B, L, K, D) unit rows, those beyond a length without meaning."""
        length = vectors.shape[1]
        places = torch.arange(length, device=vectors.device)
        distance = (places[:, None] - places[None, :]).clamp(0, self.history - 1)
        elapsed = None if days is None else buckets((days[:, None, :] - days[:, :, None]).clamp(min=0))
        later = places[None, :] > places[:, None]
        beyond = places[None, None, :] >= lengths[:, None, None]
        closed = later.unsqueeze(0) | beyond
        x = self.drop(vectors * self.dimension**0.5 + self.kinds(kinds))
        for block in self.blocks:
            x = block(x, distance, elapsed, closed)
        out = self.heads(self.norm(x)).unflatten(-1, (self.interests, self.dimension))
        return unit(out + self.last[:, None] * vectors.unsqueeze(2))


def buckets(days: Tensor) -> Tensor:
    """Days apart -> 0…TIME_BUCKETS-1, doubling from a quarter of an hour."""
    return torch.log2(days * QUARTERS + 1).floor().clamp(0, TIME_BUCKETS - 1).long()
