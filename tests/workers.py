"""A real Celery worker as a process of its own, on the test database and the test broker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psutil
import redis
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
QUEUES = "celery,mmrec.encode,mmrec.search,mmrec.train"
COMMAND = ("-m", "celery", "-A", "shop_demo", "worker", "-Q", QUEUES, "-l", "INFO")
QUIET = ("--without-gossip", "--without-mingle", "--concurrency=1")


@dataclass(frozen=True)
class Worker:
    process: subprocess.Popen[bytes]
    log: Path

    @classmethod
    def start(cls, log: Path, options: Sequence[str] = (), environment: Mapping[str, str] | None = None) -> "Worker":
        """Further options of `celery worker` and variables may be given; returns once it takes tasks."""
        command = [sys.executable, *COMMAND, *QUIET, f"--hostname=test-{time.monotonic_ns()}@%h", *options]
        with log.open("wb") as out:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment_of_worker() | dict(environment or {}), stdout=out, stderr=out,
                start_new_session=True,
            )  # fmt: skip
        worker = cls(process, log)
        worker._wait_until_ready()
        return worker

    @staticmethod
    def clear_broker() -> None:
        """Takes every task out of the broker."""
        with redis.Redis.from_url(os.environ["CELERY_BROKER_URL"]) as client:
            client.flushdb()

    @property
    def children(self) -> list[int]:
        """Process ids of the pool, where the tasks run."""
        return [child.pid for child in psutil.Process(self.process.pid).children(recursive=True)]

    @property
    def output(self) -> str:
        return self.log.read_text(errors="replace")

    def kill(self) -> None:
        """kill -9 of the worker and its pool, in the middle of whatever they do."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self, seconds: float = 60) -> int:
        """Asks it to finish its task and leave; returns its exit status."""
        self.process.terminate()
        return self.process.wait(seconds)

    def _wait_until_ready(self, seconds: float = 90) -> None:
        deadline = time.monotonic() + seconds
        while " ready." not in self.output:
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"the worker did not start:\n{self.output[-3000:]}")
            time.sleep(0.1)


def environment_of_worker() -> dict[str, str]:
    """The worker's database is the one Django made for the tests, not the one the servers came with."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return os.environ | {"DATABASE_URL": urlunsplit(database), "DJANGO_SETTINGS_MODULE": "tests.settings"}
