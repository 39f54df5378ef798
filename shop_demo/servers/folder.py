"""The folder a server lives in: who may enter it, who started the server, which port and password it has."""

import fcntl
import hashlib
import os
import pwd
import secrets
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ACCOUNT = "nobody"
"""Root may not run Postgres; both servers then run as this account."""


def account() -> dict[str, Any]:
    """`user` and `group` for subprocesses: an unprivileged account under root, nothing otherwise."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(ACCOUNT)
    return {"user": entry.pw_uid, "group": entry.pw_gid}


def readable(path: Path) -> bool:
    """Whether the servers' account gets into a folder."""
    return subprocess.run(["test", "-x", str(path), "-a", "-r", str(path)], **account(), cwd="/").returncode == 0


class ServerFolder:
    """`var/name`, or a folder under /var/tmp where `var` lies in a home that the servers' account cannot enter."""

    def __init__(self, var: Path, name: str) -> None:
        var = var.resolve()
        var.mkdir(parents=True, exist_ok=True)
        if not readable(var):
            digest = hashlib.sha256(str(var).encode()).hexdigest()[:12]
            var = Path("/var/tmp") / f"shop-demo-{digest}"
            var.mkdir(mode=0o755, exist_ok=True)
        self.path = var / name
        self.path.mkdir(exist_ok=True)
        if ids := account():
            os.chown(self.path, ids["user"], ids["group"])
        self.path.chmod(0o700)

    @contextmanager
    def running(self, start: Callable[[Path], str], stop: Callable[[Path], None]) -> Iterator[str]:
        """Starts the server unless it runs; whoever is the last to leave stops it.

        Users are counted by shared locks, which the kernel takes back from a process that was killed.
        """
        with open(self.path / "users", "w") as users:
            with self._locked():
                url = start(self.path)
                fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield url
            finally:
                with self._locked():
                    try:
                        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    except BlockingIOError:
                        pass  # others go on using it
                    else:
                        stop(self.path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with open(self.path / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def secret(path: Path) -> str:
    """A password made once and kept in a file that only its owner reads."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(24))
        if ids := account():
            os.chown(path, ids["user"], ids["group"])
    return path.read_text()


def port(path: Path) -> int:
    """The port of last time while it is free, another one otherwise."""
    if path.exists() and _free(int(path.read_text())):
        return int(path.read_text())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    path.write_text(str(number))
    return number


def _free(number: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return False
    return True
