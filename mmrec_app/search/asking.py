"""Has a worker encode what was asked, and waits a moment for it.

The answer comes as a row, not by a result backend: the row is also the cache, and a search asked twice needs no worker.
"""

import io
import time
from collections.abc import Sequence
from typing import IO

from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from PIL import Image

from mmrec_app import tasks
from mmrec_app.conf import conf
from mmrec_app.embeddings.queries import find_query, key_of
from mmrec_app.encoders import ImageLimits, clean_text, read_image
from mmrec_app.exceptions import EncoderError, ImageRefused, MmrecError
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

    Raises `ImageRefused` saying why in the visitor's language: too large, damaged, or no picture. `EncoderError`
    without an image encoder.
    """
    data = photo if isinstance(photo, bytes) else photo.read(conf().upload_bytes + 1)
    content = small(data)
    key = key_of(content)
    if find_query(key, encoders_of("image")) is None:
        tasks.ask_encoding(key, "image", content)
    return key


def small(data: bytes) -> bytes:
    """An uploaded photo upright, no larger than encoders look, without its metadata (where it was taken, say)."""
    if not data:
        raise ImageRefused(_("No photo has arrived: choose a file."))
    try:
        picture = read_image(data, ImageLimits(bytes=conf().upload_bytes, pixels=conf().image_pixels))
    except ImageRefused as refused:
        raise ImageRefused(_told(refused), refused.kind, refused.most) from refused
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS, reducing_gap=3)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95)
    return out.getvalue()


def _told(refused: ImageRefused) -> str:
    if refused.kind == "bytes":
        most = {"most": filesizeformat(refused.most)}
        return _("The file is too large: choose one of at most %(most)s.") % most
    if refused.kind == "pixels":
        most = {"most": number_format(f"{refused.most / 1e6:g}")}
        return _("The picture is too large: choose one of at most %(most)s megapixels.") % most
    return _("The file cannot be read as a picture: choose a JPEG, PNG or WebP file.")


def photo_vectors(key: str) -> dict[str, Vector]:
    """Encoder -> (d,) of a photo that was asked for. Raises `QueryWaits` when no worker has looked at it after
    `SEARCH_MS`."""
    return _wait_for(key, encoders_of("image"))


def words_vectors(words: str) -> dict[str, Vector]:
    """Text encoder -> (d,), likewise."""
    key, encoders = key_of(words.encode()), encoders_of("text")
    found = find_query(key, encoders)
    if found is None and tasks.ask_encoding(key, "text", words.encode()):
        return _wait_for(key, encoders)
    if found is None:
        raise QueryWaits(_("The search could not be passed on; try again in a moment."))
    return found


def _wait_for(key: str, encoders: Sequence[str]) -> dict[str, Vector]:
    deadline = time.monotonic() + conf().search_ms / 1000
    while (found := find_query(key, encoders)) is None:
        if time.monotonic() >= deadline:
            raise QueryWaits(_("Nobody has looked at this search yet; try again in a moment."))
        time.sleep(POLL_SECONDS)
    return found


def encoders_of(modality: str) -> list[str]:
    """Their identities, at least one."""
    found = [spec.identity for spec in conf().stored_encoders if spec.looks_at == modality]
    if not found:
        raise EncoderError(f"MMREC['ENCODERS'] names no {modality} encoder to search with.")
    return found
