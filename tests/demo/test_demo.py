"""`make demo` as a process of its own: from nothing to a shop, and nothing left running after, however it ends."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.workers import ROOT

pytestmark = pytest.mark.slow
PATIENCE = 900
"""Seconds; only a demo that hangs takes so long."""


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    """One folder for all tests here: the first fills it, the others find it filled."""
    folder = Path(tempfile.mkdtemp(prefix="shop-demo-test-"))
    folder.chmod(0o755)
    yield folder
    for process in of(folder):
        process.kill()
    shutil.rmtree(folder, ignore_errors=True)


def environment(var: Path) -> dict[str, str]:
    """Servers of its own, not the tests'; a small shop; a proxy that would catch what must not go through one."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY", "TEST_DATABASE")
    }
    small = {"SHOP_PRODUCTS": "40", "SHOP_SHOPPERS": "30", "SHOP_PIXELS": "96", "SHOP_PORT": "18000"}
    return inherited | small | {"SHOP_VAR": str(var), "http_proxy": "http://127.0.0.1:9", "no_proxy": ""}


def of(var: Path) -> list[psutil.Process]:
    """Every process of this demo: by its command line or its environment."""
    found = []
    for process in psutil.process_iter():
        try:
            mine = str(var) in " ".join(process.cmdline()) or process.environ().get("SHOP_VAR") == str(var)
            if mine and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


def alive(process: psutil.Process) -> bool:
    """A zombie that its new parent has not looked after yet runs no more."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def start(var: Path, *options: str) -> tuple[subprocess.Popen[bytes], Path]:
    said = var / "said.log"
    command = [sys.executable, "-u", "-m", "shop_demo.demo", *options]
    with said.open("wb") as out:
        return subprocess.Popen(
            command, cwd=ROOT, env=environment(var), stdout=out, stderr=out, start_new_session=True
        ), said


def run(var: Path, *options: str) -> str:
    process, said = start(var, *options)
    status = process.wait(PATIENCE)
    assert status == 0, said.read_text()[-4000:]
    return said.read_text()


def wait_for(said: Path, text: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while text not in said.read_text(errors="replace"):
        assert process.poll() is None and time.monotonic() < deadline, said.read_text()[-4000:]
        time.sleep(0.1)


def counted(said: str) -> tuple[str, ...]:
    found = re.search(r"(\d+) items, (\d+) events, generation (\d+)", said)
    assert found, said
    return found.groups()


def test_once_from_nothing_then_again_with_nothing_lost(var):
    said = run(var, "--once")
    items, events, generation = counted(said)
    assert int(items) >= 40 and int(events) > 0 and int(generation) >= 1
    assert "similar (" in said and "for_you (" in said
    assert of(var) == []
    keys = (var / "keys.json").read_text()
    assert (var / "keys.json").stat().st_mode & 0o77 == 0

    again = run(var, "--once")
    assert counted(again)[0] == items and int(counted(again)[1]) >= int(events)
    assert (var / "keys.json").read_text() == keys and of(var) == []


@pytest.mark.parametrize(
    ("number", "moment"),
    [
        (signal.SIGINT, "• Postgres and Valkey"),
        (signal.SIGTERM, "• Database schema"),
        (signal.SIGHUP, "• Web, worker and beat"),
        (signal.SIGINT, "Ctrl-C"),
        (signal.SIGTERM, "Ctrl-C"),
    ],
)
def test_whenever_it_is_told_to_end_nothing_stays(var, number, moment):
    process, said = start(var)
    wait_for(said, moment, process)
    process.send_signal(number)
    process.wait(PATIENCE)
    assert of(var) == [], said.read_text()[-2000:]


def test_a_second_demo_in_the_same_folder_is_refused(var):
    process, said = start(var)
    try:
        wait_for(said, "Ctrl-C", process)
        second = subprocess.run(
            [sys.executable, "-m", "shop_demo.demo", "--once"],
            cwd=ROOT, env=environment(var), capture_output=True, text=True, timeout=PATIENCE,
        )  # fmt: skip
        assert second.returncode == 1 and "another demo runs in" in second.stderr
    finally:
        process.terminate()
        process.wait(PATIENCE)


@pytest.mark.parametrize("remedy", ["--stop", "--once"])
def test_what_a_killed_demo_leaves_is_stopped(var, remedy):
    process, said = start(var)
    wait_for(said, "Ctrl-C", process)
    process.kill()
    process.wait()
    left = of(var)
    assert left, "nothing was left; the test tests nothing"
    run(var, remedy)
    assert of(var) == [] and not any(alive(each) for each in left)
