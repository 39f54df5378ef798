"""The item tower of a generation that was not trained yet: one linear block an encoder, side by side.

Each encoder's vectors are centred, projected to a slice of the joint space of their own and normalised there; the
slices of an item are scaled so that the whole is a unit vector. The inner product of two items is then the mean of
their cosine similarities (Eq. 2) over the modalities they share, and a query that has one modality only (a photo, say)
meets no noise from the others. `docs/training.md` says why slices and not a sum.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save

Array = NDArray[np.float32]

CENTRING = 0.5
"""Share of the mean that is taken away: none leaves everything alike, all of it misplaces what comes from elsewhere, a
phone photo say (measured: docs/training.md)."""


@dataclass(frozen=True)
class Block:
    """One encoder's part: `mean` (d_in,) or None to centre each vector on its own mean; `matrix` (d_in, d_out)."""

    encoder: str
    matrix: Array
    mean: Array | None = None

    def __call__(self, vectors: Array) -> Array:
        """(N, d_in) -> (N, d_out), rows of unit length; a row that carries nothing stays zero."""
        centre = self.mean if self.mean is not None else vectors.mean(axis=1, keepdims=True)
        return unit((vectors - centre) @ self.matrix)


@dataclass(frozen=True)
class Projection:
    """Encoder outputs -> joint vectors (N, dimension)."""

    blocks: tuple[Block, ...]
    dimension: int

    @property
    def encoders(self) -> tuple[str, ...]:
        return tuple(block.encoder for block in self.blocks)

    def __call__(self, vectors: Mapping[str, Array]) -> Array:
        """Encoder identity -> (N, d_in), NaN rows where an item lacks it. Rows of items with none are zero."""
        count = len(next(iter(vectors.values())))
        joint = np.zeros((count, self.dimension), np.float32)
        start = 0
        for block in self.blocks:
            width = block.matrix.shape[1]
            if (given := vectors.get(block.encoder)) is not None:
                present = ~np.isnan(given[:, 0])
                joint[present, start : start + width] = block(given[present])
            start += width
        return unit(joint)

    def to_bytes(self) -> bytes:
        """A safetensors file: the blocks in their order, their encoders' identities in its metadata."""
        tensors = {f"{i}.matrix": np.ascontiguousarray(block.matrix) for i, block in enumerate(self.blocks)}
        tensors |= {f"{i}.mean": block.mean for i, block in enumerate(self.blocks) if block.mean is not None}
        return save(tensors)

    @staticmethod
    def from_bytes(data: bytes, encoders: Sequence[str], dimension: int) -> "Projection":
        tensors = load(data)
        blocks = (Block(name, tensors[f"{i}.matrix"], tensors.get(f"{i}.mean")) for i, name in enumerate(encoders))
        return Projection(tuple(blocks), dimension)


def unit(rows: Array) -> Array:
    """Rows scaled to length one; zero rows stay zero."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, length, out=np.zeros_like(rows), where=length > 1e-12).astype(np.float32, copy=False)


def widths(dimension: int, count: int) -> list[int]:
    """`dimension` cut into `count` slices that differ by at most one."""
    return [dimension // count + (i < dimension % count) for i in range(count)]


def fixed_projection(dimensions: Mapping[str, int], dimension: int) -> Projection:
    """Seeded orthogonal blocks for encoders of these dimensions: the same on every machine, fitted to nothing."""
    slices = widths(dimension, len(dimensions))
    blocks = (
        Block(name, _orthogonal(name, d_in, d_out))
        for (name, d_in), d_out in zip(dimensions.items(), slices, strict=True)
    )
    return Projection(tuple(blocks), dimension)


def fit_projection(vectors: Mapping[str, Array], dimension: int) -> Projection:
    """Moves each encoder's vectors (N, d_in) half-way to their mean and keeps the principal axes that fit its slice.

    Rows of NaN, items without the modality, are left out. Fewer axes than the slice holds leave the rest of it zero.
    """
    slices = widths(dimension, len(vectors))
    blocks = (
        _principal(name, rows[~np.isnan(rows[:, 0])], d_out)
        for (name, rows), d_out in zip(vectors.items(), slices, strict=True)
    )
    return Projection(tuple(blocks), dimension)


def _principal(encoder: str, rows: Array, d_out: int) -> Block:
    mean = CENTRING * rows.mean(axis=0, dtype=np.float64)
    centred = rows - mean
    _, axes = np.linalg.eigh(centred.T.astype(np.float64) @ centred)
    kept = min(d_out, rows.shape[1], len(rows))
    matrix = np.zeros((rows.shape[1], d_out), np.float32)
    matrix[:, :kept] = axes[:, ::-1][:, :kept]
    return Block(encoder, matrix, mean.astype(np.float32))


@lru_cache(maxsize=32)
def _orthogonal(encoder: str, d_in: int, d_out: int) -> Array:
    seed = int.from_bytes(hashlib.sha256(encoder.encode()).digest()[:8], "big")
    square = np.random.default_rng(seed).standard_normal((d_in, min(d_in, d_out)))
    matrix = np.zeros((d_in, d_out), np.float32)
    matrix[:, : square.shape[1]] = np.linalg.qr(square)[0]
    return matrix
