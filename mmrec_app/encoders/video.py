"""A film as the mean of an image model's vectors of evenly spaced frames (Eq. 1 for films)."""

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image

from mmrec_app.encoders.clean import FORMATS, ImageLimits, frame_of
from mmrec_app.encoders.containers import opened
from mmrec_app.encoders.image import SIDE
from mmrec_app.encoders.spec import FRAMES, EncoderSpec
from mmrec_app.encoders.tfidf import unit
from mmrec_app.exceptions import MediaRefused
from mmrec_app.types import Vector

Film = list[Image.Image]


def read_film(data: bytes, limits: ImageLimits) -> Film:
    """At most `FRAMES` evenly spaced frames of an animated GIF, WebP or PNG, or with the package av of whatever ffmpeg
    reads. Raises `MediaRefused` saying why not."""
    try:
        frames = _animation(data, limits) if _is_picture(data) else _container(data, limits)
    except MediaRefused:
        raise
    except Exception as error:  # decoders raise whatever they like on damaged data
        raise MediaRefused(f"film cannot be read ({error}); upload it again as MP4, WebM, GIF or WebP.") from error
    if not frames:
        raise MediaRefused("there is no picture in this film; upload another one.")
    return frames


def places(count: int) -> list[int]:
    """The middles of `FRAMES` equal parts of `count` frames; all of them where there are fewer."""
    return sorted({int((part + 0.5) * count / FRAMES) for part in range(FRAMES)}) if count > FRAMES else [*range(count)]


def _is_picture(data: bytes) -> bool:
    return data[:6] in {b"GIF87a", b"GIF89a"} or data[:4] == b"\x89PNG" or data[8:12] == b"WEBP"


def _animation(data: bytes, limits: ImageLimits) -> Film:
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        return [frame_of(picture, number, limits, SIDE) for number in places(getattr(picture, "n_frames", 1))]


def _container(data: bytes, limits: ImageLimits) -> Film:
    """Seeks where the length is known; else reads through and keeps the beginning."""
    with opened(data, "film") as container:
        stream = next(iter(container.streams.video), None)
        if stream is None:
            return []
        width, height = stream.codec_context.width, stream.codec_context.height
        if width * height > limits.pixels:
            raise MediaRefused(f"film of {width} × {height} pixels; at most {limits.pixels:,} are decoded.")
        if not (length := container.duration):
            return [_small(frame) for frame, _ in zip(container.decode(stream), range(FRAMES), strict=False)]
        return [_small(frame) for part in range(FRAMES) if (frame := _at(container, stream, length, part)) is not None]


def _at(container: Any, stream: Any, length: int, part: int) -> Any:
    """The frame in the middle of a part; a film of a few frames gives some of them twice."""
    moment = (part + 0.5) * length / FRAMES
    container.seek(int(moment))
    last = None
    for last in container.decode(stream):
        if last.time is None or last.time * 1e6 >= moment:
            break
    return last


def _small(frame: Any) -> Image.Image:
    picture = frame.to_image()
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    return picture


class VideoEncoder:
    """`images` encodes pictures; it is the one that the image modality uses when both name one model."""

    def __init__(self, spec: EncoderSpec, images: Any) -> None:
        self.spec, self.identity, self.images = spec, spec.identity, images
        self.dimension: int = images.dimension

    def encode(self, inputs: Sequence[Film]) -> Vector:
        if not inputs:
            return np.zeros((0, self.dimension), np.float32)
        rows = self.images.encode([frame for film in inputs for frame in film])
        ends = np.cumsum([len(film) for film in inputs])[:-1]
        return unit(np.stack([of.mean(axis=0) for of in np.split(rows, ends)]))
