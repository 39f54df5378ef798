"""All figures of one trained generation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mmrec_app.figures import charts, places
from mmrec_app.figures.charts import Curve, Pairs
from mmrec_app.figures.trials import EPOCHS, FIXED, REGULARISATION, Trial, sampled, trial
from mmrec_app.training.config import TrainingConfig
from mmrec_app.training.data import Floats, Ints, TrainingSet
from mmrec_app.training.projection import fit_projection

PAIRS = 20_000
PICTURES = 70

Pictures = Callable[[Sequence[int]], Mapping[int, NDArray[np.uint8]]]
"""Rows that are asked for -> the pictures (h, w, 3) of those that have one."""


@dataclass(frozen=True)
class Learned:
    """What a training made: `joint` (N, D), zero where an item has no place; `weights` (N, slots) of the fusion;
    `temperature` of the next item; `projections`: weights of the item tower's projections."""

    config: TrainingConfig
    joint: Floats
    weights: Floats
    slots: Sequence[str]
    temperature: float
    projections: Floats


def draw_all(data: TrainingSet, learned: Learned, pictures: Pictures, device: str = "auto") -> dict[str, bytes]:
    """File name -> PNG. What the data cannot show has no figure: augmentation without views, regularisation without
    anybody to validate on."""
    somewhere = np.flatnonzero(np.abs(learned.joint).sum(1) > 0)
    categories = main_categories(data.categories or [""] * data.items)
    mains = [categories[row] for row in somewhere]
    drawn = {}
    trials = _trials(data, learned.config, device)
    if pairs := _pairs(data, learned, trials):
        drawn["figure-1-similarity.png"] = charts.similarity(pairs)
    drawn["figure-2-attention.png"] = charts.attention(learned.weights[somewhere], learned.slots, mains)
    drawn |= _compared(trials, data)
    drawn["figure-5-weights.png"] = charts.weights(*_distributions(learned, somewhere, trials))
    points, shares = places.plane(learned.joint[somewhere])
    chosen = places.spread(points, PICTURES)
    found = pictures([int(somewhere[at]) for at in chosen])
    seen = {at: found[int(somewhere[at])] for at in chosen if int(somewhere[at]) in found}
    drawn["figure-6-map.png"] = places.catalogue_map(points, shares, mains, seen)
    return drawn


def main_categories(paths: Sequence[str]) -> list[str]:
    """Of `A > B > C` the first level at which the catalogue's paths differ."""
    levels = [path.split(" > ") for path in paths]
    depth = next((at for at, names in enumerate(zip(*levels, strict=False)) if len(set(names)) > 1), None)
    if depth is None:  # one is the beginning of all the others
        depth = min(map(len, levels), default=0)
    return [names[min(depth, len(names) - 1)] for names in levels]


def _pairs(data: TrainingSet, learned: Learned, trials: Mapping[str, Trial]) -> dict[str, Pairs]:
    """Cosines of the same pairs by the encoders' outputs, projected, by what short trainings under a fixed and under a
    learned temperature made of them, and by what the training did; empty where there are none."""
    vectors = {}
    if data.features:
        projected = fit_projection(data.features, learned.joint.shape[1])(data.features)
        vectors["before: encoders' outputs, projected"] = projected
    if "temperature" in trials:
        for how, each in (("fixed", trials["temperature"]), ("learned", trials["nothing"])):
            vectors[f"after {EPOCHS} epochs, {how} τ = {each.temperature:.3f}"] = each.joint
    how = "learned" if learned.config.temperature is None else "fixed"
    vectors[f"after the whole training, {how} τ = {learned.temperature:.3f}"] = learned.joint
    known = np.all([np.abs(rows).sum(1) > 0 for rows in vectors.values()], axis=0)
    rng = np.random.default_rng(0)
    similar = met_together(data, known, rng)
    random = rng.choice(np.flatnonzero(known), (PAIRS, 2)) if known.sum() > 1 else np.zeros((0, 2), np.int64)
    random = random[random[:, 0] != random[:, 1]]
    if not len(similar) or not len(random):
        return {}
    return {name: Pairs(cosines(rows, similar), cosines(rows, random)) for name, rows in vectors.items()}


def met_together(data: TrainingSet, known: NDArray[np.bool_], rng: np.random.Generator) -> Ints:
    """(P, 2) different items of one history, any two of it."""
    lengths, values = data.train.lengths[data.train.owners], data.train.values
    if not len(values):
        return np.zeros((0, 2), np.int64)
    first = rng.integers(0, len(values), PAIRS)
    owner = data.train.owners[first]
    second = data.train.offsets[owner] + (rng.random(PAIRS) * lengths[first]).astype(np.int64)
    pairs = np.stack([values[first], values[second]], 1)
    return pairs[(pairs[:, 0] != pairs[:, 1]) & known[pairs].all(1)]


def cosines(rows: Floats, pairs: Ints) -> Floats:
    return np.einsum("pd,pd->p", rows[pairs[:, 0]], rows[pairs[:, 1]])


def _trials(data: TrainingSet, config: TrainingConfig, device: str) -> dict[str, Trial]:
    """By what they go without; empty where there is nobody to validate on."""
    part = sampled(data)
    if not len(part.asked("valid").users):
        return {}
    found = {"nothing": trial(part, config, device)}
    found["regularisation"] = trial(part, replace(config, **REGULARISATION), device)
    if config.temperature is None:
        found["temperature"] = trial(part, replace(config, temperature=FIXED), device)
    if data.views and config.augmentation and "views" in config.pairings:
        found["augmentation"] = trial(part, replace(config, augmentation=False), device)
    return found


def _compared(trials: Mapping[str, Trial], data: TrainingSet) -> dict[str, bytes]:
    if not trials:
        return {}
    users = sampled(data).users
    note = f"Trainings of {EPOCHS} epochs on the same {users:,} visitors drawn at random, one seed."
    curves: dict[str, Curve] = {"with": trials["nothing"].curve, "without": trials["regularisation"].curve}
    parts = "dropout, modality dropout, weight decay and L1"
    drawn = {"figure-3-regularisation.png": charts.losses(curves, f"{note} Regularisation: {parts}.")}
    if "augmentation" in trials:
        measured = {"without": trials["augmentation"].measures, "with augmentation": trials["nothing"].measures}
        drawn["figure-4-augmentation.png"] = charts.accuracy(measured, note)
    return drawn


def _distributions(
    learned: Learned, somewhere: Ints, trials: Mapping[str, Trial]
) -> tuple[dict[str, Floats], dict[str, Floats]]:
    projections = {"contrastive loss": learned.projections}
    if trials:
        projections |= {"regularised": trials["nothing"].projections}
        projections |= {"not regularised": trials["regularisation"].projections}
    fusion = {
        f"{learned.config.fusion}: {slot}": learned.weights[somewhere, at] for at, slot in enumerate(learned.slots)
    }
    return {name: rows for name, rows in projections.items() if len(rows)}, fusion
