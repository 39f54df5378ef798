"""Starts the real Postgres and Valkey for a test run, before Django reads its settings; stops them at its end.

Each run, and each of its processes, has a database, a broker database and a folder of its own, so that several can
share the servers.
"""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"  # before shop_demo's Celery application chooses the demo's

from shop_demo.servers import running

SERVERS = Path(__file__).resolve().parents[1] / ".demo" / "test"
PREFIX = "test_shop_"
DATABASES = 16
"""Of a Valkey server, by default."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends a run in order, as Ctrl-C does
    stack = ExitStack()
    early_config.add_cleanup(stack.close)
    embedded = not os.environ.get("DATABASE_URL"), not os.environ.get("CELERY_BROKER_URL")
    beside = os.environ.get("PYTEST_XDIST_WORKER", "")  # "gw0", the first of several processes
    if beside:
        os.environ.setdefault("OMP_NUM_THREADS", "1")  # two threads that wait for each other beside others take longer
    urls = stack.enter_context(running(SERVERS))
    os.environ.update(DATABASE_URL=urls.database, CELERY_BROKER_URL=urls.broker)
    os.environ.update(TEST_DATABASE=f"{PREFIX}{os.getpid()}", SHOP_VAR=_folder(stack))
    if embedded[0]:
        _drop_leftovers(urls.database)
    if embedded[1]:
        os.environ["CELERY_BROKER_URL"] = _own_database(urls.broker, os.getpid())
    elif beside:
        other = int(urls.broker.rsplit("/", 1)[1])
        os.environ["CELERY_BROKER_URL"] = _own_database(urls.broker, other + 1 + int(beside.removeprefix("gw")))
    return (yield)


def _folder(stack: ExitStack) -> str:
    folder = tempfile.mkdtemp(prefix="shop-test-")
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _drop_leftovers(url: str) -> None:
    """Databases of runs that were killed."""
    with psycopg.connect(url, autocommit=True) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        for (name,) in rows.fetchall():
            if not psutil.pid_exists(int(name.removeprefix(PREFIX).split("_")[0])):  # a run may have several
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _own_database(url: str, number: int) -> str:
    own = url.rsplit("/", 1)[0] + f"/{number % DATABASES}"
    with redis.Redis.from_url(own) as client:
        client.flushdb()
    return own
