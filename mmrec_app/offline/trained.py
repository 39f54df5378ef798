"""The item tower of a trained generation: places what is new or changed, as the training placed the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from safetensors.numpy import load, save

from mmrec_app.offline.tower import rows_of
from mmrec_app.training.towers import Fused, ItemTower
from mmrec_app.types import Vector

BEHAVIOUR, TRUST = "behaviour.weight", "trust"
ITEMS = "item_ids"


@dataclass(frozen=True)
class TrainedTower:
    """`rows` finds the learned behaviour of the items that somebody had met."""

    tower: ItemTower
    dimensions: Mapping[str, int]
    rows: Mapping[int, int]

    @property
    def encoders(self) -> tuple[str, ...]:
        return self.tower.encoders

    def __call__(self, found: Mapping[str, Vector], item_ids: Sequence[int] = ()) -> Vector:
        known = [self.rows.get(item_id, -1) for item_id in item_ids]
        return self._place(found, np.array(known or [-1] * rows_of(found), np.int64))

    def content(self, found: Mapping[str, Vector], item_ids: Sequence[int] = ()) -> Vector:
        return self._place(found, np.full(len(item_ids) or rows_of(found), -1))

    def weights(self, found: Mapping[str, Vector], item_ids: Sequence[int]) -> Vector:
        known = [self.rows.get(item_id, -1) for item_id in item_ids]
        return self._fused(found, np.array(known, np.int64)).weights.numpy()

    def _place(self, found: Mapping[str, Vector], known: np.ndarray) -> Vector:
        return self._fused(found, known).vector.numpy()

    @torch.no_grad()
    def _fused(self, found: Mapping[str, Vector], known: np.ndarray) -> Fused:
        features, present = [], []
        for encoder, width in self.dimensions.items():
            given = torch.from_numpy(found.get(encoder, np.full((len(known), width), np.nan, np.float32)))
            features.append(given.float().nan_to_num())
            present.append(~given[:, 0].isnan())
        there = torch.stack(present, 1) if present else torch.zeros(len(known), 0, dtype=torch.bool)
        behaviour = torch.from_numpy(known) if self.tower.behaviour is not None else None
        return self.tower(features, there, behaviour)

    @staticmethod
    def from_bytes(data: bytes, told: Mapping[str, Any]) -> "TrainedTower":
        """`told`: the generation's `config["tower"]`."""
        tensors = {name: torch.from_numpy(rows) for name, rows in load(data).items()}
        item_ids = tensors.pop(ITEMS).tolist()
        dimensions = dict(told["encoders"])  # pairs, for a JSON object would lose their order
        tower = ItemTower(dimensions, max(len(item_ids), 1), told["dimension"], told["fusion"], told["behaviour"])
        tower.load_state_dict({name: rows.float() for name, rows in tensors.items()})
        rows = {item_id: row for row, item_id in enumerate(item_ids)} if told["behaviour"] else {}
        return TrainedTower(tower.eval(), dimensions, rows)


def packed(state: Mapping[str, np.ndarray], item_ids: np.ndarray, met: np.ndarray) -> bytes:
    """A training's item tower -> what is kept of it: behaviour only of items that were met, in half precision."""
    kept = dict(state)
    if BEHAVIOUR in kept:
        rows = kept[BEHAVIOUR][met] if met.any() else np.zeros((1, kept[BEHAVIOUR].shape[1]))
        kept[BEHAVIOUR] = np.ascontiguousarray(rows.astype(np.float16))
        kept[TRUST] = kept[TRUST][met] if met.any() else np.zeros(1, np.float32)
    return save(kept | {ITEMS: item_ids[met].astype(np.int64)})
