"""Where a training works: its folder, its lease kept alive beside it, its process."""

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from django.db import DatabaseError, connections

from mmrec_app.conf import conf
from mmrec_app.encoders.bundled import default_cache
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Generation
from mmrec_app.offline.retrain import Cancelled, Lease, LeaseLost, renew
from mmrec_app.training.environment import ENVIRONMENT

logger = logging.getLogger(__name__)

Tell = Callable[[dict[str, Any]], None]

BEAT_SECONDS = 1.0
"""Between two looks at whether the training is still ours and wanted."""
GRACE_SECONDS = 5


def folder_of(generation: Generation) -> Path:
    """Where a run leaves what it resumes from. Runs of other databases lie beside it under names of their own."""
    root = conf().runs or (conf().cache or default_cache()) / "runs"
    return root / f"{generation.number}-{generation.run.hex[:12]}"


class ChildKilled(MmrecError):
    """The training process was killed from outside: for its memory, perhaps. It can be resumed."""


class Heartbeat(threading.Thread):
    """Renews the lease while the work goes on; `check` raises what it found out. Use as a context manager."""

    def __init__(self, lease: Lease) -> None:
        super().__init__(daemon=True)
        self.lease, self.found = lease, None  # type: Lease, MmrecError | None
        self.done = threading.Event()

    def run(self) -> None:
        try:
            while not self.done.wait(BEAT_SECONDS):
                self._beat()
        finally:
            connections.close_all()

    def _beat(self) -> None:
        try:
            renew(self.lease)
        except (Cancelled, LeaseLost) as found:
            self.found = found
            self.done.set()
        except DatabaseError as error:  # the lease lasts longer than a database takes to restart
            logger.warning("the lease of generation %d could not be renewed: %s", self.lease.number, error)
            connections.close_all()

    def check(self) -> None:
        if self.found is not None:
            raise self.found

    def __enter__(self) -> "Heartbeat":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.done.set()
        self.join()


def train_in_child(folder: Path, device: str, check: Callable[[], None], tell: Tell) -> None:
    """Trains on the `TrainingSet` in `folder` by the settings beside it, and relays progress. Whatever `check` raises
    ends the process. Raises `ChildKilled` if somebody else did, `MmrecError` with its last words if it failed."""
    command = [sys.executable, "-m", "mmrec_app.offline.child", str(folder)]
    command += ["--config", str(folder / "settings.json"), "--device", device]
    log = folder / "training.log"
    (folder / "run" / "progress.json").unlink(missing_ok=True)  # of a process before this one
    with log.open("ab") as out:
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=out, env=_environment())
    try:
        _watch(child, folder / "run", check, tell)
    finally:
        _end(child)
    if child.returncode < 0:
        raise ChildKilled(f"the training process was killed by signal {-child.returncode} (out of memory, perhaps)")
    if child.returncode:
        said = log.read_text(errors="replace").strip().splitlines()
        raise MmrecError(said[-1] if said else f"the training process ended with status {child.returncode}")


def _watch(child: subprocess.Popen[bytes], run: Path, check: Callable[[], None], tell: Tell) -> None:
    told = None
    while child.poll() is None:
        check()
        with suppress(subprocess.TimeoutExpired):
            child.wait(BEAT_SECONDS / 2)
        if (now := _progress(run)) != told:
            tell(now)
            told = now


def _progress(run: Path) -> dict[str, Any]:
    """What the process said last, with the figures of every epoch so far."""
    found = [
        json.loads(path.read_text()) if path.exists() else {} for path in (run / "progress.json", run / "state.json")
    ]
    return {"stage": "training"} | found[0] | {"log": found[1].get("log", [])}


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
    try:
        child.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    if child.stdin is not None:
        child.stdin.close()


def _environment() -> dict[str, str]:
    """The child finds what this process found, wherever it was started."""
    return {**ENVIRONMENT, **os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
