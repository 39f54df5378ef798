"""Being told to stop is an ordinary way to end: what was started is stopped first."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


@contextmanager
def unwinding() -> Iterator[None]:
    """Turns the first signal to end into `SystemExit`, so that every `with` block cleans up; further ones are ignored."""

    def leave(number: int, frame: FrameType | None) -> None:
        _handle_all(signal.SIG_IGN)
        sys.exit(128 + number)

    before = _handle_all(leave)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def forwarded(child: subprocess.Popen[Any]) -> Iterator[None]:
    """While a child runs, it decides what a signal means. A terminal has already given it the Ctrl-C."""

    def forward(number: int, frame: FrameType | None) -> None:
        if number != signal.SIGINT or not sys.stdin.isatty():
            child.send_signal(number)

    before = _handle_all(forward)
    try:
        yield
    finally:
        _handle_all(signal.SIG_IGN)
        if child.poll() is None:
            child.terminate()
        for number, handler in before.items():
            signal.signal(number, handler)


def _handle_all(handler: Any) -> dict[signal.Signals, Any]:
    return {number: signal.signal(number, handler) for number in ENDING}
