"""What encoders take of items: texts, and decoded pictures, sounds and films, of which an item may have several."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import groupby
from typing import Any

import numpy as np

from mmrec_app.conf import conf
from mmrec_app.encoders import EncoderSpec, ImageLimits, cached
from mmrec_app.encoders.audio import read_sound
from mmrec_app.encoders.image import decode_all
from mmrec_app.encoders.video import read_film
from mmrec_app.exceptions import MediaRefused
from mmrec_app.training.projection import unit
from mmrec_app.types import Content, Vector

Inputs = list[tuple[int, Any]]
"""Item ids beside what an encoder takes; an item's inputs follow each other."""


def at_once() -> int:
    """Items whose content is in memory together; a film is as large as many pictures."""
    return 8 if {"audio", "video"} & specs_by_modality().keys() else 64


def specs_by_modality() -> dict[str, list[EncoderSpec]]:
    """Several encoders may look at one modality: what they look at is then read and decoded once."""
    found: dict[str, list[EncoderSpec]] = {}
    for spec in conf().stored_encoders:
        found.setdefault(spec.looks_at, []).append(spec)
    return found


def digest(modality: str, content: Content) -> str:
    """Of what encoders of this modality look at; empty when there is nothing."""
    digests = [hashlib.sha256(part).digest() for part in _parts(modality, content)]
    return hashlib.sha256(b"".join(digests)).hexdigest() if digests else ""


def inputs_of(modality: str, contents: Iterable[Content], problems: dict[int, list[str]]) -> Inputs:
    """Decoded and in order. What cannot be read is noted in `problems` and costs only itself."""
    sources = [(content.item_id, part) for content in contents for part in _parts(modality, content)]
    decoded = _decode(modality, [part for _, part in sources])
    inputs = []
    for (item_id, _), made in zip(sources, decoded, strict=True):
        if isinstance(made, MediaRefused):
            problems.setdefault(item_id, []).append(str(made))
        else:
            inputs.append((item_id, made))
    return inputs


def encode_inputs(spec: EncoderSpec, inputs: Inputs) -> dict[int, Vector]:
    """Item -> the mean of its inputs' vectors; an item of which the encoder knows nothing has none. Raises
    `EncoderError` when the model is missing."""
    if not inputs:
        return {}
    settings = conf()
    encoder = cached(spec, device=settings.device, dtype=settings.dtype, cache_dir=settings.cache)
    rows = encoder.encode([each for _, each in inputs])
    grouped = groupby(zip(inputs, rows, strict=True), key=lambda pair: pair[0][0])
    means = {owner: unit(np.mean([row for _, row in of], axis=0, keepdims=True))[0] for owner, of in grouped}
    return {owner: mean for owner, mean in means.items() if mean.any()}


def _parts(modality: str, content: Content) -> Sequence[bytes]:
    if modality == "text":
        return [content.text.encode()] if content.text else []
    return {"image": content.images, "audio": content.audio, "video": content.video}[modality]


def _decode(modality: str, parts: list[bytes]) -> Sequence[Any]:
    if modality == "text":
        return [part.decode() for part in parts]
    limits = ImageLimits(bytes=conf().image_bytes, pixels=conf().image_pixels)
    if modality == "image":
        return decode_all(parts, limits)
    read = read_sound if modality == "audio" else partial(read_film, limits=limits)
    return [_or_refusal(read, part) for part in parts]


def _or_refusal(read: Callable[[bytes], Any], part: bytes) -> Any:
    try:
        return read(part)
    except MediaRefused as refused:
        return refused
