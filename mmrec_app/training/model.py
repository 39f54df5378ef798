"""The contrastive attention model: both towers and their losses, as one module that DistributedDataParallel can wrap."""

from dataclasses import dataclass

import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor, nn

from mmrec_app.training.config import TrainingConfig
from mmrec_app.training.data import Floats, TrainingSet
from mmrec_app.training.losses import Temperature, full_softmax, info_nce, l1, sampled_softmax
from mmrec_app.training.towers import BEHAVIOUR, Fused, ItemTower, UserTower


@dataclass(frozen=True)
class Batch:
    """`items` (B, L + 1) rows of histories, oldest first, -1 behind their end; `kinds` and `days` beside them; `pairs`
    (P, 2) items met near each other; `again` (P,) items to look at in two views; `negatives` (S,) drawn at random."""

    items: Tensor
    kinds: Tensor
    days: Tensor
    pairs: Tensor
    again: Tensor
    negatives: Tensor

    def to(self, device: torch.device) -> "Batch":
        return Batch(**{name: value.to(device) for name, value in vars(self).items()})


class Content(nn.Module):
    """The catalogue's encoder outputs as buffers: (N, d) each, missing rows zero, with (N, encoders) of what is there."""

    def __init__(self, data: TrainingSet, encoders: list[str]) -> None:
        super().__init__()
        self.encoders = encoders
        self.groups = [data.modalities.get(name, name) for name in encoders]
        present = []
        for index, name in enumerate(encoders):
            rows = torch.from_numpy(data.features[name]).float()
            present.append(~rows[:, 0].isnan())
            self.register_buffer(f"rows{index}", rows.nan_to_num(), persistent=False)
            if name in data.views:
                self.register_buffer(f"views{index}", torch.from_numpy(data.views[name]).float(), persistent=False)
        there = torch.stack(present, 1) if present else torch.zeros(data.items, 0, dtype=torch.bool)
        self.register_buffer("present", there, persistent=False)
        met = np.bincount(data.train.values, minlength=data.items) > 0
        self.register_buffer("met", torch.from_numpy(met), persistent=False)
        log_q = torch.from_numpy(popularity(data)).log()
        self.register_buffer("log_q", log_q, persistent=False)

    def of(self, rows: Tensor) -> list[Tensor]:
        return [getattr(self, f"rows{index}")[rows] for index in range(len(self.encoders))]

    def another(self, rows: Tensor) -> list[Tensor]:
        """A random augmented view of each row where there are any; the plain content elsewhere."""
        found = []
        for index, plain in enumerate(self.of(rows)):
            views = getattr(self, f"views{index}", None)
            if views is not None:
                which = torch.randint(len(views), (len(rows),), device=rows.device)
                view = views[which, rows]
                plain = torch.where(view[:, :1].isnan(), plain, view.nan_to_num())
            found.append(plain)
        return found


class Recommender(nn.Module):
    """`forward` gives the losses of a batch; `item_vectors` and `user_vectors` what is served."""

    content: Content

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
        self.users = UserTower(
            config.dimension, config.history, max(len(data.kind_names), 1), config.interests, config.layers,
            config.heads, config.dropout,
        )  # fmt: skip
        self.temperatures = nn.ModuleDict({name: Temperature(config.temperature) for name in config.pairings})

    def fused(self, rows: Tensor, content: list[Tensor] | None = None, behaviour: bool = True) -> Fused:
        """An item that nobody has met has learned no behaviour: its content alone places it."""
        given = self.content.of(rows) if content is None else content
        known = torch.where(self.content.met[rows], rows, -1) if behaviour else None
        return self.items(given, self.content.present[rows], known)

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """Pairing -> its loss; `l1` as well."""
        rows = self._needed(batch)
        table = self.fused(rows)
        losses = {"user_next": self._user_next(batch, rows, table.vector)}
        if "together" in self.temperatures and len(batch.pairs):
            first, second = (self.fused(batch.pairs[:, side]).vector for side in (0, 1))
            ids = batch.pairs[:, 1]
            losses["together"] = self._nce("together", first, second, ids, self.content.log_q[ids])
        if "views" in self.temperatures and len(batch.again):
            one = self.fused(batch.again, self._view(batch.again)).vector
            other = self.fused(batch.again, self._view(batch.again)).vector
            losses["views"] = self._nce("views", one, other, batch.again)
        if "text_image" in self.temperatures and (pair := self._text_and_image(batch.again)) is not None:
            losses["text_image"] = self._nce("text_image", *pair)
        if self.config.l1 > 0:
            losses["l1"] = l1(
                [layer.weight for project in self.items.projections for layer in (project[0], project[3])]
            )
        return losses

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
        states = self.users(table[history], batch.kinds[:, :-1], batch.days[:, :-1], lengths)  # (B, L, K, D)
        real = batch.items[:, 1:] >= 0
        aims = target[real]
        asked = self._nearest(states[real], table[aims])
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

    def _text_and_image(self, rows: Tensor) -> tuple[Tensor, Tensor, Tensor] | None:
        groups = self.content.groups
        if "text" not in groups or "image" not in groups:
            return None
        text, image = groups.index("text"), groups.index("image")
        both = rows[self.content.present[rows][:, [text, image]].all(1)]
        if len(both) < 2:
            return None
        parts = self.fused(both, self._view(both)).parts
        return parts[:, text], parts[:, image], both

    def _nce(self, name: str, a: Tensor, b: Tensor, ids: Tensor, log_q: Tensor | None = None) -> Tensor:
        """In-batch negatives, gathered from every process of a distributed run."""
        if dist.is_available() and dist.is_initialized():
            a, b, ids, log_q = (None if each is None else gathered(each) for each in (a, b, ids, log_q))  # type: ignore[assignment]
        return info_nce(a, b, self.temperatures[name](), ids, log_q)

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


def popularity(data: TrainingSet) -> Floats:
    """(N,) share of the events, smoothed by one."""
    counted = np.bincount(data.train.values, minlength=data.items).astype(np.float32) + 1
    return counted / counted.sum()


def gathered(mine: Tensor) -> Tensor:
    """Every process's rows, with gradients flowing back to their owners. Batches are of one size."""
    if not mine.is_floating_point():
        parts = [torch.empty_like(mine) for _ in range(dist.get_world_size())]
        dist.all_gather(parts, mine.contiguous())
        return torch.cat(parts)
    from torch.distributed.nn.functional import all_gather

    return torch.cat(list(all_gather(mine.contiguous())))
