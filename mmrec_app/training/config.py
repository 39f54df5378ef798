"""What a training is told. Every field can be set from the command line, the admin and the benchmark alike."""

from dataclasses import asdict, dataclass, field
from typing import Any

from mmrec_app.training.linear import LinearConfig

PAIRINGS = ("user_next", "together", "views", "text_image")
FUSION_NAMES = ("attention", "concat", "multiplicative")


@dataclass(frozen=True)
class TrainingConfig:
    """`pairings` maps each contrastive pairing that is on to its weight in the loss; `temperature` fixes τ (Eq. 3),
    None learns it (Eq. 9). `negatives` 0 takes the full softmax over the catalogue while it has at most `full_up_to`
    items, and that many sampled ones beyond."""

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
    learning_rate: float = 2e-3
    batch: int = 256
    epochs: int = 12
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
        if self.fusion not in FUSION_NAMES:
            raise ValueError(f"fusion is {self.fusion!r}; it must be one of {', '.join(FUSION_NAMES)}.")
        if unknown := set(self.pairings) - set(PAIRINGS):
            raise ValueError(f"pairing {sorted(unknown)[0]!r} is unknown; pairings are {', '.join(PAIRINGS)}.")
        if "user_next" not in self.pairings:
            raise ValueError("pairings leave out 'user_next', without which no user can be answered; put it in.")
        if self.dimension % self.heads:
            raise ValueError(f"dimension is {self.dimension}; it must be a multiple of heads, {self.heads}.")
        if self.temperature is not None and not 0.005 <= self.temperature <= 1:
            raise ValueError(f"temperature is {self.temperature}; it must lie between 0.005 and 1, or be None.")

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_dict(given: dict[str, Any]) -> "TrainingConfig":
        """Raises `ValueError` naming a setting that does not exist."""
        if unknown := set(given) - set(TrainingConfig.__dataclass_fields__):
            known = ", ".join(TrainingConfig.__dataclass_fields__)
            raise ValueError(f"training has no setting {sorted(unknown)[0]!r}; settings are {known}.")
        linear = given.get("linear")
        return TrainingConfig(**(given | {"linear": LinearConfig(**linear) if isinstance(linear, dict) else linear}))
