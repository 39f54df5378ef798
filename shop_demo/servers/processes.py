"""What both servers need of the operating system: a free port, a detached process, its end, its last words."""

import secrets
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

STARTED: dict[int, subprocess.Popen[bytes]] = {}
"""Our own children by process id: they stay zombies until we wait for them."""


class ServerError(RuntimeError):
    """A server did not start or stop; the message ends with what it said."""


def detached(command: Sequence[str], log: Path, **options: Any) -> subprocess.Popen[bytes]:
    """Starts a server in a session of its own: a Ctrl-C meant for us must not reach it, we stop it in order."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True, **options
        )
    STARTED[process.pid] = process
    return process


def alive(pid: int) -> bool:
    """Whether the process runs; one that is dead but not yet buried does not."""
    with suppress(psutil.Error):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


def end(pid: int, signals: Sequence[int], patience: float = 20) -> None:
    """Sends each signal in turn until the process is gone."""
    for signal in signals:
        with suppress(psutil.NoSuchProcess):
            psutil.Process(pid).send_signal(signal)
        if wait_until(lambda: _gone(pid), patience):
            return
    raise ServerError(f"process {pid} did not stop; end it by hand: kill -9 {pid}")


def _gone(pid: int) -> bool:
    if child := STARTED.get(pid):
        return child.poll() is not None
    return not alive(pid)


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.03)
    return true()


def free_port(file: Path) -> int:
    """The port saved in the file if it is free, else another one, which is saved."""
    with suppress(OSError, ValueError):
        port = int(file.read_text())
        if _can_bind(port):
            return port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    file.write_text(str(port))
    return port


def _can_bind(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def secret(file: Path) -> str:
    """The secret kept in the file (mode 0600), made on first use."""
    if not file.exists():
        file.touch(mode=0o600)
    if not (kept := file.read_text().strip()):
        kept = secrets.token_urlsafe(24)
        file.write_text(kept)
    return kept


def last_words(log: Path, lines: int = 12) -> str:
    with suppress(OSError):
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    return ""
