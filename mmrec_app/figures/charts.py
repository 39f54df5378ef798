"""Five figures of a training: similarity, attention, regularisation, augmentation, weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmrec_app.figures.canvas import COLOURS, panels, png

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Pairs:
    """Cosines of pairs of items: `similar` were met in one history, `random` were drawn at random."""

    similar: Array
    random: Array

    @property
    def told_apart(self) -> float:
        """How often a similar pair has the greater cosine of the two: 0.5 is chance, 1 always."""
        order = np.sort(self.random)
        below, upto = (np.searchsorted(order, self.similar, side) for side in ("left", "right"))
        return float((below + upto).mean() / 2 / len(order))


@dataclass(frozen=True)
class Curve:
    """Losses after each epoch."""

    train: Sequence[float]
    valid: Sequence[float]


def similarity(shown: Mapping[str, Pairs]) -> bytes:
    """Fig. 1: contrastive learning with a temperature draws apart what is met together and what is not."""
    count = len(shown)
    title = "Similar and dissimilar items, before and after training"
    figure, axes = panels(title, count, 1, 1.4 + 2 * count, sharex=True, squeeze=False)
    axes = axes[:, 0]
    low = min(float(pairs.random.min()) for pairs in shown.values())
    for axis, (title, pairs) in zip(axes, shown.items(), strict=True):
        for values, name, colour in (
            (pairs.random, "random pairs", COLOURS[7]),
            (pairs.similar, "met together", COLOURS[0]),
        ):
            share = np.full(len(values), 100 / len(values))
            axis.hist(values, np.linspace(low, 1, 60), weights=share, alpha=0.6, color=colour, label=name)
            axis.axvline(values.mean(), color=colour, linestyle="--", linewidth=1.2)
        axis.set_title(f"{title}; told apart {pairs.told_apart:.0%}", fontsize=11, loc="left")
        axis.set_ylabel("% of pairs")
    axes[0].legend(frameon=False, loc="upper left")
    axes[-1].set_xlabel("cosine similarity (dashed: mean)")
    told = f"{len(pairs.similar):,} pairs met in one history, {len(pairs.random):,} random ones"
    return png(figure, f"{told}. Told apart: how often a pair met together is the more similar one; chance is 50%.")


def attention(weights: Array, slots: Sequence[str], categories: Sequence[str], most: int = 12) -> bytes:
    """Fig. 2: what each modality weighs in the items of a category; `weights` (N, slots)."""
    names, counts = np.unique(np.asarray(categories), return_counts=True)
    shown = [names[at] for at in np.argsort(-counts, kind="stable")[:most]][::-1]
    means = np.stack([weights[np.asarray(categories) == name].mean(axis=0) for name in shown])  # (categories, slots)
    figure, axis = panels("Attention by category", height=1.7 + 0.38 * len(shown))
    start = np.zeros(len(shown))
    for slot in dict.fromkeys(slots):
        width = means[:, [name == slot for name in slots]].sum(axis=1)
        colour = COLOURS[list(dict.fromkeys(slots)).index(slot) % len(COLOURS)]
        bars = axis.barh(range(len(shown)), width, left=start, color=colour, label=slot, height=0.72)
        labels = [f"{value:.2f}" if value > 0.06 else "" for value in width]
        axis.bar_label(bars, labels, label_type="center", color="white", fontsize=10)
        start += width
    axis.set_yticks(range(len(shown)), [_short(str(name) or "(none)") for name in shown])
    axis.set_xlabel("mean weight in the fusion")
    axis.set_xlim(0, max(1.0, float(start.max())))
    figure.legend(*axis.get_legend_handles_labels(), frameon=False, ncols=4, loc="outside lower center")
    return png(figure)


def losses(curves: Mapping[str, Curve], note: str) -> bytes:
    """Fig. 3: the loss by epoch, with and without regularisation."""
    figure, axis = panels("Loss with and without regularisation")
    for colour, (name, curve) in zip(COLOURS, curves.items(), strict=False):
        epochs = np.arange(1, len(curve.train) + 1)
        axis.plot(epochs, curve.valid, marker="o", markersize=4, color=colour, label=f"{name}: validation")
        axis.plot(epochs, curve.train, marker="o", markersize=4, color=colour, linestyle=":", label=f"{name}: training")
    axis.set_xlabel("epoch")
    axis.set_ylabel("cross-entropy of the next item")
    axis.xaxis.get_major_locator().set_params(integer=True)
    axis.grid(alpha=0.3)
    axis.legend(frameon=False, fontsize=10)
    return png(figure, note)


def accuracy(measured: Mapping[str, Mapping[str, float]], note: str) -> bytes:
    """Fig. 4: the same measures of several trainings side by side."""
    figure, axis = panels("Accuracy without and with augmentation")
    names = list(next(iter(measured.values())))
    width = 0.8 / len(measured)
    for place, (label, values) in enumerate(measured.items()):
        at = np.arange(len(names)) + (place - (len(measured) - 1) / 2) * width
        bars = axis.bar(
            at, [values[name] for name in names], width * 0.92, label=label, color=COLOURS[7 if not place else 0]
        )
        axis.bar_label(bars, fmt="%.3f", padding=2, fontsize=10)
    axis.set_xticks(range(len(names)), names)
    axis.set_ylabel("on items held out for validation")
    axis.margins(y=0.15)
    axis.legend(frameon=False)
    return png(figure, note)


def weights(projections: Mapping[str, Array], fusion: Mapping[str, Array]) -> bytes:
    """Fig. 5: how weights are distributed, by technique; whiskers hold all but a hundredth at each end."""
    parts = [(projections, "weights of the projections"), (fusion, "weights of the modalities in the fusion")]
    sizes = [len(groups) + 1 for groups, _ in parts]
    figure, axes = panels(
        "Weights by technique", 2, 1, 1.4 + 0.5 * sum(sizes), gridspec_kw={"height_ratios": sizes}
    )  # fmt: skip
    for axis, (groups, title), colour in zip(axes, parts, (COLOURS[0], COLOURS[1]), strict=True):
        axis.boxplot(
            list(groups.values())[::-1], orientation="horizontal", whis=(1, 99), showfliers=False, widths=0.6,
            patch_artist=True, boxprops={"facecolor": colour, "alpha": 0.5}, medianprops={"color": "black"},
        )  # fmt: skip
        axis.set_yticks(range(1, len(groups) + 1), list(groups)[::-1])
        axis.set_xlabel(title)
        axis.grid(axis="x", alpha=0.3)
    return png(figure)


def _short(name: str, most: int = 28) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"
