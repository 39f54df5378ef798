"""The item tower of a generation: what turns an item's encoder outputs into its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np

from mmrec_app.conf import conf
from mmrec_app.embeddings.generations import load_artefact
from mmrec_app.embeddings.vectors import encoder_dimensions
from mmrec_app.models import Generation
from mmrec_app.training.projection import Projection, fixed_projection
from mmrec_app.types import Vector

PROJECTION = "projection.safetensors"
ITEM_TOWER = "item_tower.safetensors"


class Tower(Protocol):
    """`found` maps an encoder to (N, d), NaN where an item has none; encoders may be missing. Rows of items that carry
    nothing are zero."""

    @property
    def encoders(self) -> tuple[str, ...]: ...

    def __call__(self, found: Mapping[str, Vector], item_ids: Sequence[int] = ()) -> Vector:
        """(N, D), with what is known of these items' behaviour; without ids, as of items never seen."""
        ...

    def content(self, found: Mapping[str, Vector], item_ids: Sequence[int] = ()) -> Vector:
        """(N, D) by their content alone."""
        ...

    def weights(self, found: Mapping[str, Vector], item_ids: Sequence[int]) -> Vector:
        """(N, slots): what each encoder, and behaviour at the end, weighs in these items; no slot where nothing was
        trained."""
        ...


@dataclass(frozen=True)
class ProjectionTower:
    """Of a generation that was not trained: content is all it knows."""

    projection: Projection

    @property
    def encoders(self) -> tuple[str, ...]:
        return self.projection.encoders

    def __call__(self, found: Mapping[str, Vector], item_ids: Sequence[int] = ()) -> Vector:
        if not found:
            return np.zeros((len(item_ids), self.projection.dimension), np.float32)
        return self.projection(found)

    content = __call__

    def weights(self, found: Mapping[str, Vector], item_ids: Sequence[int]) -> Vector:
        return np.zeros((len(item_ids), 0), np.float32)


def rows_of(found: Mapping[str, Vector]) -> int:
    return len(next(iter(found.values()))) if found else 0


def tower_of(generation: Generation) -> Tower:
    """Generation 0's is computed, for whatever encoders are configured; any other's is loaded, once a process."""
    if generation.number == 0:
        names = [spec.identity for spec in conf().encoders]
        known = encoder_dimensions(names)
        return ProjectionTower(fixed_projection({name: known.get(name, 1) for name in names}, generation.dimension))
    return _loaded(generation.number, generation.run.hex)


@lru_cache(maxsize=4)
def _loaded(number: int, run: str) -> Tower:
    """`run` keeps generations of one number in different databases apart."""
    generation = Generation.objects.get(number=number)
    if generation.config.get("method") == "trained":
        from mmrec_app.offline.trained import TrainedTower  # torch, only where a trained generation is

        return TrainedTower.from_bytes(load_artefact(generation, ITEM_TOWER), generation.config["tower"])
    data = load_artefact(generation, PROJECTION)
    return ProjectionTower(Projection.from_bytes(data, tuple(generation.config["encoders"]), generation.dimension))
