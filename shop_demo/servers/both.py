import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from shop_demo.servers import postgres, valkey
from shop_demo.servers.folder import ServerFolder


@dataclass(frozen=True)
class Urls:
    database: str
    broker: str


@contextmanager
def running(var: Path) -> Iterator[Urls]:
    """Both servers while the block runs; one whose address the environment names already is left alone."""
    with ExitStack() as stack:
        database = os.environ.get("DATABASE_URL") or stack.enter_context(
            ServerFolder(var, "postgres").running(postgres.start, postgres.stop)
        )
        broker = os.environ.get("CELERY_BROKER_URL") or stack.enter_context(
            ServerFolder(var, "valkey").running(valkey.start, valkey.stop)
        )
        yield Urls(database, broker)


def stop(var: Path) -> None:
    """Stops what an earlier run left running under `var`."""
    postgres.stop(ServerFolder(var, "postgres").path)
    valkey.stop(ServerFolder(var, "valkey").path)
