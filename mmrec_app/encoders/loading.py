"""Loads an encoder, once a process."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from mmrec_app.encoders.bundled import folder_of
from mmrec_app.encoders.spec import BUNDLED, SEEN, EncoderSpec
from mmrec_app.exceptions import EncoderError
from mmrec_app.types import Vector


class Encoder(Protocol):
    identity: str
    dimension: int

    def encode(self, inputs: list[Any]) -> Vector:
        """N texts, pictures, sounds or films -> (N, dimension) float32, rows of unit length, in their order."""
        ...


_loaded: dict[tuple[Any, ...], Encoder] = {}
_lock = threading.RLock()


def cached(spec: EncoderSpec, device: str = "auto", dtype: str = "auto", cache_dir: Path | None = None) -> Encoder:
    """`load`, remembered: a worker holds one copy of a model."""
    key = (spec, device, dtype, cache_dir)
    with _lock:
        if key not in _loaded:
            _loaded[key] = load(spec, device, dtype, cache_dir)
        return _loaded[key]


def load(spec: EncoderSpec, device: str = "auto", dtype: str = "auto", cache_dir: Path | None = None) -> Encoder:
    """`device`: auto, cpu, cuda or cuda:N; `dtype`: auto (bfloat16 on a GPU), float32 or bfloat16.

    Raises `EncoderError` naming the model when it cannot be found or is of no kind we know.
    """
    if spec.modality == SEEN:
        from mmrec_app.encoders.colours import ColourEncoder

        return ColourEncoder(spec)
    if spec.modality == "video":
        from mmrec_app.encoders.video import VideoEncoder

        return VideoEncoder(spec, cached(replace(spec, modality="image"), device, dtype, cache_dir))
    try:
        source = str(folder_of(spec.model, cache_dir)) if spec.model.startswith(BUNDLED) else spec.model
        return _made(spec, source, device, dtype)
    except EncoderError:
        raise
    except Exception as error:  # models, their files and their devices fail in every way there is
        raise EncoderError(
            f"{spec.modality} encoder {spec.model!r} cannot be loaded: {error}. Correct MMREC['ENCODERS'], or fetch "
            "the model on this machine first (HF_HUB_OFFLINE must not be set for that)."
        ) from error


def _made(spec: EncoderSpec, source: str, device: str, dtype: str) -> Encoder:
    if spec.kind == "tfidf":
        from mmrec_app.encoders.tfidf import TfidfEncoder

        return TfidfEncoder(spec, Path(source))
    if spec.kind == "word-vectors":
        from mmrec_app.encoders.words import WordVectors

        return WordVectors(spec, Path(source))
    if spec.modality == "text":
        from mmrec_app.encoders.text import TextEncoder

        return TextEncoder(spec, source, device, dtype)
    if spec.modality == "audio":
        from mmrec_app.encoders.audio import AudioEncoder

        return AudioEncoder(spec, source, device, dtype)
    from mmrec_app.encoders.image import ImageEncoder

    return ImageEncoder(spec, source, device, dtype)
