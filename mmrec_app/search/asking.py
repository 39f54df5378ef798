"""Has a worker encode what was asked, and waits a moment for it.

The answer comes as a row, not by a result backend: the row is also the cache, and a search asked twice needs no worker.
"""

import io
import time
from typing import IO

from PIL import Image

from mmrec_app import tasks
from mmrec_app.conf import conf
from mmrec_app.embeddings.queries import find_query, key_of
from mmrec_app.encoders import ImageLimits, clean_text, read_image
from mmrec_app.exceptions import ImageRefused, MmrecError
from mmrec_app.types import Vector

SIDE = 512
"""As closely as encoders look at the catalogue's pictures."""
POLL_SECONDS = 0.02
WORDS = 500


class QueryWaits(MmrecError):
    """No worker has encoded the search yet; asked again in a moment, it may be answered."""


def words_of(text: str) -> str:
    return clean_text(text, WORDS)


def ask_photo(photo: bytes | IO[bytes]) -> str:
    """The key under which an uploaded photo is searched with; a worker is asked to look at it unless one has lately.

    Raises `ImageRefused` saying why: too large, damaged, or no picture. `MmrecError` without an image encoder.
    """
    data = photo if isinstance(photo, bytes) else photo.read(conf().upload_bytes + 1)
    content = small(data)
    key = key_of(encoder_of("image"), content)
    if find_query(key) is None:
        tasks.ask_encoding(key, "image", content)
    return key


def small(data: bytes) -> bytes:
    """An uploaded photo upright, no larger than encoders look, without its metadata (where it was taken, say)."""
    if not data:
        raise ImageRefused("photo is empty; choose a JPEG, PNG or WebP file.")
    picture = read_image(data, ImageLimits(bytes=conf().upload_bytes, pixels=conf().image_pixels))
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS, reducing_gap=3)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95)
    return out.getvalue()


def photo_vector(key: str) -> Vector:
    """(d,) of a photo that was asked for. Raises `QueryWaits` when no worker has looked at it after `SEARCH_MS`."""
    return _wait_for(key)


def words_vector(words: str) -> Vector:
    """(d,) by the text encoder, likewise."""
    key = key_of(encoder_of("text"), words.encode())
    found = find_query(key)
    if found is None and tasks.ask_encoding(key, "text", words.encode()):
        return _wait_for(key)
    if found is None:
        raise QueryWaits("the broker does not take the search.")
    return found


def _wait_for(key: str) -> Vector:
    deadline = time.monotonic() + conf().search_ms / 1000
    while (found := find_query(key)) is None:
        if time.monotonic() >= deadline:
            raise QueryWaits("no worker has looked at this search yet; try again in a moment.")
        time.sleep(POLL_SECONDS)
    return found


def encoder_of(modality: str) -> str:
    """Its identity; the first where several look at one modality."""
    spec = next((spec for spec in conf().encoders if spec.modality == modality), None)
    if spec is None:
        raise MmrecError(f"MMREC['ENCODERS'] names no {modality} encoder to search with.")
    return spec.identity
