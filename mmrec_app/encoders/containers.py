"""Opens sounds and films with ffmpeg's libraries, which the optional package av brings along."""

import io
from contextlib import AbstractContextManager
from typing import Any

from mmrec_app.exceptions import MediaRefused


def opened(data: bytes, what: str) -> AbstractContextManager[Any]:
    """An av container of a file's bytes. Raises `MediaRefused` naming the remedy where av is not installed."""
    try:
        import av
    except ImportError as error:
        raise MediaRefused(f"{what} of this format needs the package av: pip install 'django-mmrec[media]'.") from error
    return av.open(io.BytesIO(data))
