"""What a training is told. Every field can be set from the command line, the admin and the benchmark alike."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

PAIRINGS = ("user_next", "together", "views", "text_image")
FUSION_NAMES = ("attention", "concat", "multiplicative")

WHOLE = {
    "dimension": 2, "interests": 1, "layers": 0, "heads": 1, "history": 2, "batch": 1, "epochs": 1, "patience": 1,
    "pair_batch": 1, "negatives": 0, "full_up_to": 0, "linear_trials": 0, "validation_users": 0, "seed": 0,
}  # fmt: skip
"""Whole numbers, and the least that each may be."""
SHARES = ("dropout", "modality_dropout")
REALS = ("weight_decay", "l1", "shrinkage", "learning_rate", "content_weight")


class SettingError(ValueError):
    """A setting that cannot be. Kept in parts, for this package knows no language but English: whoever tells it
    translates the sentence."""

    def __init__(self, sentence: str, **named: Any) -> None:
        super().__init__(sentence % named)
        self.sentence, self.named = sentence, named


def gettext_noop(sentence: str) -> str:
    """Marks what is to be translated."""
    return sentence


@dataclass(frozen=True)
class LinearConfig:
    """Decays are in positions; `recency` None weighs a whole history alike. `content` gives each encoder its α."""

    together: float = 0.3
    """a"""
    transitions: float = 1.0
    """b"""
    ridge: float = 200.0
    """λ"""
    denoise: float = 0.0
    """p of a denoising autoencoder: adds p / (1 - p) of its own count to each item's ridge (Steck, NeurIPS 2020)."""
    past: float = 2.0
    future: float = 1.0
    recency: float | None = 2.0
    content: Mapping[str, float] = field(default_factory=dict)
    neighbours: int = 100
    """How many of a row of B are kept for serving."""
    candidates: int = 300
    """Items that one column of the sparse form may draw on."""

    def __post_init__(self) -> None:
        _need_reals({name: value for name, value in vars(self).items() if name != "content" and value is not None})
        _need_reals(_mapping("content", self.content))


@dataclass(frozen=True)
class TrainingConfig:
    """`pairings` maps each contrastive pairing that is on to its weight in the loss; `temperature` fixes τ (Eq. 3),
    None learns it (Eq. 9). `negatives` 0 takes the full softmax over the catalogue while it has at most `full_up_to`
    items, and 8,192 sampled ones beyond. `batch` and `pair_batch` are shared out among the processes of a training."""

    dimension: int = 128
    fusion: str = "attention"
    behaviour: bool = True
    interests: int = 1
    layers: int = 2
    heads: int = 2
    history: int = 50
    dropout: float = 0.3
    modality_dropout: float = 0.3
    weight_decay: float = 0.05
    l1: float = 1e-6
    shrinkage: float = 5.0
    """Events of an item at which what was learned of it from behaviour counts half."""
    learning_rate: float = 3e-3
    batch: int = 512
    epochs: int = 10
    patience: int = 3
    pairings: dict[str, float] = field(
        default_factory=lambda: {"user_next": 1.0, "together": 0.1, "views": 0.1, "text_image": 0.05}
    )
    pair_batch: int = 512
    temperature: float | None = None
    augmentation: bool = True
    negatives: int = 0
    full_up_to: int = 50_000
    linear: LinearConfig | None = None
    """Where the linear model's search begins; None: what suits the data."""
    linear_trials: int = 9
    """Fits that search may take; 1 takes the beginning as it is, 0 leaves the linear model out."""
    content_weight: float = 100.0
    """α, shared by the encoders, where `linear` is None."""
    validation_users: int = 4000
    seed: int = 0

    def __post_init__(self) -> None:
        for name, least in WHOLE.items():
            if type(value := getattr(self, name)) is not int or value < least:
                said = gettext_noop("%(name)s is %(value)r; it must be a whole number, at least %(least)s.")
                raise SettingError(said, name=name, value=value, least=least)
        for name in SHARES:
            if not _real(value := getattr(self, name)) or value >= 1:
                said = gettext_noop("%(name)s is %(value)r; it must be a number from 0 to below 1.")
                raise SettingError(said, name=name, value=value)
        _need_reals({name: getattr(self, name) for name in REALS})
        _need_reals(_mapping("pairings", self.pairings))
        if self.fusion not in FUSION_NAMES:
            said = gettext_noop("%(name)s is %(value)r; it must be one of %(known)s.")
            raise SettingError(said, name="fusion", value=self.fusion, known=", ".join(FUSION_NAMES))
        if unknown := set(self.pairings) - set(PAIRINGS):
            said = gettext_noop("pairing %(name)r is unknown; pairings are %(known)s.")
            raise SettingError(said, name=sorted(unknown)[0], known=", ".join(PAIRINGS))
        if "user_next" not in self.pairings:
            said = gettext_noop("pairings leave out 'user_next', without which no user can be answered; put it in.")
            raise SettingError(said)
        if self.dimension % self.heads:
            said = gettext_noop("%(name)s is %(value)s; it must be a multiple of heads, %(heads)s.")
            raise SettingError(said, name="dimension", value=self.dimension, heads=self.heads)
        if self.temperature is not None and not (_real(self.temperature) and 0.005 <= self.temperature <= 1):
            said = gettext_noop("%(name)s is %(value)s; it must lie between 0.005 and 1, or be None.")
            raise SettingError(said, name="temperature", value=self.temperature)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_dict(given: dict[str, Any]) -> "TrainingConfig":
        """Raises `ValueError` naming a setting that does not exist."""
        linear = given.get("linear")
        made = _made(LinearConfig, _mapping("linear", linear), "linear") if linear else None
        return _made(TrainingConfig, given | {"linear": made}, "training")


T = TypeVar("T", TrainingConfig, LinearConfig)


def _made(kind: type[T], given: Mapping[str, Any], name: str) -> T:
    known = kind.__dataclass_fields__
    if unknown := set(given) - set(known):
        said = gettext_noop("%(name)s has no setting %(unknown)r; settings are %(known)s.")
        raise SettingError(said, name=name, unknown=sorted(unknown)[0], known=", ".join(known))
    return kind(**given)


def _mapping(name: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        said = gettext_noop("%(name)s is %(value)r; it must map names to values.")
        raise SettingError(said, name=name, value=value)
    return value


def _need_reals(given: Mapping[str, Any]) -> None:
    for name, value in given.items():
        if not _real(value):
            said = gettext_noop("%(name)s is %(value)r; it must be a number, at least 0.")
            raise SettingError(said, name=name, value=value)


def _real(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
