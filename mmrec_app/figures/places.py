"""The catalogue as a map: its vectors along their two principal axes, with pictures."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.offsetbox import AnnotationBbox, OffsetImage
from numpy.typing import NDArray

from mmrec_app.figures.canvas import COLOURS, WIDTH, panels, png

Array = NDArray[np.float32]

SIDE = 72
"""Pixels of a picture's longer side."""
APART = 0.055
"""Between two pictures, as a part of the map's width."""
MOST = 6000
"""Points that are still told apart."""


def plane(vectors: Array) -> tuple[Array, tuple[float, float]]:
    """(N, D) -> (N, 2), and which part of the variance each axis holds."""
    centred = vectors - vectors.mean(axis=0)
    values, axes = np.linalg.eigh(centred.T.astype(np.float64) @ centred)
    shares = values[::-1][:2] / max(float(values.sum()), 1e-12)
    return (centred @ axes[:, ::-1][:, :2]).astype(np.float32), (float(shares[0]), float(shares[1]))


def spread(points: Array, count: int) -> list[int]:
    """At most `count` rows whose pictures do not cover each other: the next is the one farthest from those before."""
    if not len(points):
        return []
    chosen = [int(np.square(points - points.mean(axis=0)).sum(1).argmin())]
    distance = np.square(points - points[chosen[0]]).sum(1)
    while len(chosen) < count and distance.max() > (APART * np.ptp(points, axis=0).max()) ** 2:
        chosen.append(int(distance.argmax()))
        distance = np.minimum(distance, np.square(points - points[chosen[-1]]).sum(1))
    return chosen


def catalogue_map(
    points: Array, shares: tuple[float, float], categories: Sequence[str], pictures: Mapping[int, NDArray[np.uint8]]
) -> bytes:
    """`pictures`: row of `points` (N, 2) -> (h, w, 3), at most `SIDE` either way."""
    figure, axis = panels("The catalogue as the model sees it", height=WIDTH)
    rows = np.arange(len(points))
    if len(rows) > MOST:
        rows = np.sort(np.random.default_rng(0).choice(rows, MOST, replace=False))
    labels = _main(categories)
    names = sorted(set(labels.tolist()), key=lambda name: (name == OTHERS, name))
    for colour, name in zip(COLOURS, names, strict=False):
        mine = rows[labels[rows] == name]
        axis.scatter(*points[mine].T, s=9, alpha=0.55, color=COLOURS[7] if name == OTHERS else colour, label=name)
    for row, picture in pictures.items():
        axis.add_artist(AnnotationBbox(OffsetImage(picture, zoom=0.4), points[row], frameon=True, pad=0.08))
    axis.set_xlabel(f"first principal axis ({shares[0]:.0%} of the variance)")
    axis.set_ylabel(f"second principal axis ({shares[1]:.0%})")
    axis.set_xticks([])
    axis.set_yticks([])
    figure.legend(
        *axis.get_legend_handles_labels(),
        frameon=False,
        ncols=4,
        fontsize=10,
        markerscale=2,
        loc="outside lower center",
    )
    return png(figure)


OTHERS = "others"


def _main(categories: Sequence[str]) -> NDArray[np.str_]:
    """The seven most frequent names; the rest are others."""
    named = np.asarray([name or OTHERS for name in categories])
    names, counts = np.unique(named, return_counts=True)
    kept = names[np.argsort(-counts, kind="stable")[: len(COLOURS) - 1]]
    return np.where(np.isin(named, kept), named, OTHERS)
