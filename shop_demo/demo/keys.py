"""The demo's passwords and secret key: made once, kept in a file that only its owner reads."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Keys:
    secret_key: str
    admin_password: str
    shopper_password: str


def keys(path: Path) -> Keys:
    """Those of last time, or new ones written to `path` with mode 0600."""
    if not path.exists():
        _write(path, Keys(secrets.token_urlsafe(50), secrets.token_urlsafe(12), secrets.token_urlsafe(9)))
    return Keys(**json.loads(path.read_text()))


def _write(path: Path, made: Keys) -> None:
    """In one step: a demo that is killed meanwhile leaves no half of a file."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(asdict(made), file, indent=2)
    fresh.rename(path)
