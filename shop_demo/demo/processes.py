"""Web, worker and beat: started together, watched, and stopped with everything they started themselves.

Each is the leader of a session of its own, so Ctrl-C reaches them only through `stop`, and one signal to the group ends
a worker's pool as well. Their ids are on disk, so that what a killed demo left running can be found again.
"""

import json
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from shop_demo.demo import DemoError

GRACE_SECONDS = 20
"""For requests and tasks in progress; an encoding batch that is cut off is encoded again by the next run."""


class ProcessDied(DemoError):
    """One of the shop's processes ended by itself."""


class Processes:
    """Use as a context manager: leaving it stops all of them."""

    def __init__(self, var: Path) -> None:
        self._logs = var / "log"
        self._logs.mkdir(parents=True, exist_ok=True)
        self._ids = var / "processes.json"
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Processes":
        stop_leftovers(self._ids)
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in self._running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            _kill_group(process.pid)
            process.wait()
        self._ids.unlink(missing_ok=True)

    def start(self, name: str, command: Sequence[str], environment: dict[str, str] | None = None) -> None:
        """What it says goes to log/NAME.log; the log of the run before stays as NAME.log.1."""
        log = self._logs / f"{name}.log"
        if log.exists():
            log.replace(log.with_suffix(".log.1"))
        with log.open("wb") as out:
            self._running[name] = subprocess.Popen(
                command,
                env=os.environ | (environment or {}),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._remember()

    def check(self) -> None:
        """Raises `ProcessDied`, with the end of its log, if one of them no longer runs."""
        for name, process in self._running.items():
            if process.poll() is not None:
                said = (self._logs / f"{name}.log").read_text(errors="replace")[-2000:]
                raise ProcessDied(f"{name} ended with status {process.returncode}; the end of its log:\n{said}")

    def _remember(self) -> None:
        """With the time each started at: an id alone may belong to a stranger by the time it is read."""
        with suppress(psutil.NoSuchProcess):
            ids = {each.pid: psutil.Process(each.pid).create_time() for each in self._running.values()}
            self._ids.write_text(json.dumps(ids))


def stop_leftovers(ids: Path) -> None:
    """Ends the process groups of a demo that was killed."""
    if not ids.exists():
        return
    for pid, started in json.loads(ids.read_text() or "{}").items():
        with suppress(psutil.NoSuchProcess):
            if abs(psutil.Process(int(pid)).create_time() - started) < 1:
                _kill_group(int(pid))
    ids.unlink()


def _kill_group(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
