"""This project's model and what it is without each of its parts: one table, made of one function that fits."""

from benchmarks.quality.models.model import Fit, Model, Settings, nothing_to_try

PAIRINGS = ("views", "modalities", "history", "next")
"""What the contrastive loss brings together: two views of an item, its text and its picture, items of one history, a
user and the next item."""

VARIANTS: dict[str, Settings] = {
    "mmrec": {},
    "mmrec-text": {"modalities": ("text",)},
    "mmrec-image": {"modalities": ("image",)},
    "mmrec-concat": {"fusion": "concat"},
    "mmrec-multiplicative": {"fusion": "multiplicative"},
    "mmrec-fixed-temperature": {"learned_temperature": False},
    "mmrec-no-augmentation": {"augmentation": False},
    "mmrec-no-behaviour": {"behaviour": False},
    "mmrec-no-linear": {"linear": False},
    **{f"mmrec-no-{name}": {"without": name} for name in PAIRINGS},
}


def ours(fit: Fit, code: tuple[str, ...]) -> tuple[Model, ...]:
    """The variants of `fit`, which reads the settings above; `code` names the modules that it runs."""
    return tuple(_variant(name, settings, fit, code) for name, settings in VARIANTS.items())


def _variant(name: str, changed: Settings, fit: Fit, code: tuple[str, ...]) -> Model:
    return Model(
        name,
        lambda data, settings, seed: fit(data, {**changed, **settings}, seed),
        nothing_to_try,
        seeded=True,
        code=(fit.__module__, *code),
    )
