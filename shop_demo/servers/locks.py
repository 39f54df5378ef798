"""File locks that the kernel lets go of when their holder dies, kill -9 included."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """One at a time round starting and stopping; the others wait."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def present(path: Path) -> Iterator[IO[str]]:
    """Counts us among the users of a folder's servers for as long as the block runs."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield file


def alone(presence: IO[str]) -> bool:
    """Whether nobody else is present. Gives up our own presence: ask it last, under the exclusive lock."""
    try:
        fcntl.flock(presence, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
