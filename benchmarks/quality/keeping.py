"""Where what was computed is kept, and under which name."""

import hashlib
from pathlib import Path

from mmrec_app.encoders.bundled import default_cache


def cache() -> Path:
    """`benchmarks` in `MMREC_CACHE` or ~/.cache/django-mmrec."""
    return default_cache() / "benchmarks"


def digest_of(*parts: object) -> str:
    """Files by their content, everything else by how it prints."""
    told = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else repr(part).encode()
        told.update(hashlib.sha256(data).digest())
    return told.hexdigest()[:20]
