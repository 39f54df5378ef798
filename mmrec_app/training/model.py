"""The contrastive attention model: both towers and their losses, as one module that several processes can train."""

from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from mmrec_app.training.config import TrainingConfig
from mmrec_app.training.content import Content
from mmrec_app.training.data import TrainingSet
from mmrec_app.training.fusion import unit
from mmrec_app.training.losses import Temperature, Temperatures, full_softmax, info_nce, l1, sampled_softmax
from mmrec_app.training.processes import distributed, gathered
from mmrec_app.training.towers import BEHAVIOUR, Fused, ItemTower, Projection, UserTower


@dataclass(frozen=True)
class Batch:
    """`items` (B, L + 1) rows of histories, oldest first, -1 behind their end; `kinds` and `days` beside them; `pairs`
    (P, 2) items met near each other; `again` (P,) items to look at in two views; `negatives` (S,) drawn at random."""

    items: Tensor
    kinds: Tensor
    days: Tensor | None
    pairs: Tensor
    again: Tensor
    negatives: Tensor

    def to(self, device: torch.device) -> "Batch":
        given = {name: value.to(device) for name, value in vars(self).items() if value is not None}
        return replace(self, **given)


class Recommender(nn.Module):
    """`forward` gives the losses of a batch; `item_vectors` and `users` what is served."""

    def __init__(self, data: TrainingSet, config: TrainingConfig) -> None:
        super().__init__()
        self.config = config
        encoders = list(data.features)
        self.content = Content(data, encoders)
        inputs = {name: data.features[name].shape[1] for name in encoders}
        self.items = ItemTower(
            inputs,
            data.items,
            config.dimension,
            config.fusion,
            config.behaviour,
            modality_dropout=config.modality_dropout,
        )
        self._begin()
        self.users = UserTower(
            config.dimension, config.history, max(len(data.kind_names), 1), config.interests, config.layers,
            config.heads, config.dropout,
        )  # fmt: skip
        self.temperatures = Temperatures({name: Temperature(config.temperature) for name in config.pairings})

    @torch.no_grad()
    def _begin(self) -> None:
        """Content at its principal directions; behaviour trusted as far as it was seen: n / (n + shrinkage)."""
        for index, projection in enumerate(self.items.projections):
            if len(known := self.content.get_buffer(f"rows{index}")[self.content.present[:, index]]):
                assert isinstance(projection, Projection)
                projection.begin_at(known)
        if self.items.behaviour is not None:
            counted = self.content.counted.float()
            self.items.trust.copy_(counted / (counted + self.config.shrinkage).clamp(min=1e-9))

    def fused(self, rows: Tensor, content: list[Tensor] | None = None, behaviour: bool = True) -> Fused:
        """An item that nobody has met has learned no behaviour: its content alone places it."""
        given = self.content.of(rows) if content is None else content
        known = torch.where(self.content.met[rows], rows, -1) if behaviour else None
        return self.items(given, self.content.present[rows], known)

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """Pairing -> its loss, where the batch has pairs for it; `l1` as well."""
        rows = self._needed(batch)
        losses: dict[str, Tensor | None] = {"user_next": self._user_next(batch, rows, self.fused(rows).vector)}
        if "together" in self.temperatures:
            losses["together"] = self._together(batch.pairs)
        if "views" in self.temperatures:
            one, other = (self.fused(batch.again, self._view(batch.again)).vector for _ in range(2))
            losses["views"] = self._nce("views", one, other, batch.again)
        if "text_image" in self.temperatures and {"text", "image"} <= set(self.content.groups):
            losses["text_image"] = self._text_and_image(batch.again)
        if self.config.l1 > 0 and self.items.encoders:
            losses["l1"] = l1(self.items.sparse_weights)
        return {name: loss for name, loss in losses.items() if loss is not None}

    def total(self, losses: dict[str, Tensor]) -> Tensor:
        """Eq. 16: the weighted pairings and the L1 penalty; L2 is the optimiser's decoupled weight decay."""
        weights = self.config.pairings | {"l1": self.config.l1}
        return torch.stack([weights[name] * loss for name, loss in losses.items()]).sum()

    def _view(self, rows: Tensor) -> list[Tensor]:
        return self.content.another(rows) if self.config.augmentation else self.content.of(rows)

    def _needed(self, batch: Batch) -> Tensor:
        """The rows whose vectors a step computes: all that were ever met while the full softmax fits, else those it
        mentions. What was never met cannot be right, so it is no negative either."""
        if not len(batch.negatives):
            return self.content.met.nonzero().squeeze(1)
        return torch.cat([batch.items[batch.items >= 0], batch.negatives]).unique()

    def _user_next(self, batch: Batch, rows: Tensor, table: Tensor) -> Tensor:
        places = torch.searchsorted(rows, batch.items.clamp(min=0).contiguous()).clamp(max=len(rows) - 1)
        history, target = places[:, :-1], places[:, 1:]
        lengths = (batch.items >= 0).sum(1) - 1
        days = None if batch.days is None else batch.days[:, :-1]
        states = self.users(F.embedding(history, table), batch.kinds[:, :-1], days, lengths)  # (B, L, K, D)
        real = batch.items[:, 1:] >= 0
        aims = target[real]
        asked = self._nearest(states[real], F.embedding(aims, table))
        scale = self.temperatures["user_next"]()
        if not len(batch.negatives):
            return full_softmax(asked, table, aims, scale)
        drawn = torch.searchsorted(rows, batch.negatives)
        return sampled_softmax(asked, table, aims, drawn, self.content.log_q[rows], scale)

    @staticmethod
    def _nearest(states: Tensor, aims: Tensor) -> Tensor:
        """(T, K, D) -> (T, D): only the interest nearest to what came next answers for it, so that they part."""
        if states.shape[1] == 1:
            return states[:, 0]
        which = (states * aims.unsqueeze(1)).sum(2).argmax(1)
        return states[torch.arange(len(states), device=states.device), which]

    def _together(self, pairs: Tensor) -> Tensor | None:
        first, second = (self.fused(pairs[:, side]).vector for side in (0, 1))
        return self._nce("together", first, second, pairs[:, 1], self.content.log_q[pairs[:, 1]])

    def _text_and_image(self, rows: Tensor) -> Tensor | None:
        text, image = ([at for at, of in enumerate(self.content.groups) if of == name] for name in ("text", "image"))
        present = self.content.present[rows]
        both = rows[present[:, text].any(1) & present[:, image].any(1)]
        parts = self.fused(both, self._view(both)).parts
        present = self.content.present[both]
        return self._nce("text_image", _mean(parts, present, text), _mean(parts, present, image), both)

    def _nce(self, name: str, a: Tensor, b: Tensor, ids: Tensor, log_q: Tensor | None = None) -> Tensor | None:
        """In-batch negatives, gathered from every process of a distributed run; None where nothing is negative."""
        if distributed():
            a, b, ids = gathered(a.float()), gathered(b.float()), gathered(ids)
            log_q = None if log_q is None else gathered(log_q)
        return info_nce(a, b, self.temperatures[name](), ids, log_q) if len(ids) > 1 else None

    @torch.no_grad()
    def item_vectors(self, behaviour: bool = True) -> tuple[Tensor, Tensor]:
        """(N, D) unit rows and (N, M) fusion weights of the whole catalogue, in evaluation mode."""
        self.eval()
        device = self.content.present.device
        blocks = torch.arange(len(self.content.present), device=device).split(8192)
        found = [self.fused(block, behaviour=behaviour) for block in blocks]
        return torch.cat([each.vector for each in found]), torch.cat([each.weights for each in found])

    @property
    def slots(self) -> list[str]:
        """Names of the fusion weights: the encoders' modalities, then behaviour."""
        return [*self.content.groups, *([BEHAVIOUR] if self.config.behaviour else [])]


def _mean(parts: Tensor, present: Tensor, slots: list[int]) -> Tensor:
    """parts (B, M, D), present (B, encoders) -> (B, D): the direction of those of `slots` that a row has."""
    if len(slots) == 1:
        return parts[:, slots[0]]
    return unit((parts[:, slots] * present[:, slots].unsqueeze(-1)).sum(1))
