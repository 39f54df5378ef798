"""What tests share: a real worker, a real browser."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory

from tests.workers import Worker

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
"""By its own name a Chromium without a window is a robot, whose looks do not count."""


@pytest.fixture(autouse=True)
def browser_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks is a person, unless a test says otherwise: Django's own clients name no browser, as robots do."""
    made = RequestFactory.__init__

    def named(self: RequestFactory, *args: Any, headers: Any = None, **defaults: Any) -> None:
        made(self, *args, headers={"User-Agent": PERSON} | (headers or {}), **defaults)

    monkeypatch.setattr(RequestFactory, "__init__", named)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What a killed process or a browser's last request left open does not keep the database from being dropped."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path) -> Iterator[Callable[..., Worker]]:
    """`worker()` starts a real Celery worker on the test database and waits until it is ready; see `Worker`."""
    started: list[Worker] = []

    def start(*options: str, **environment: str) -> Worker:
        started.append(Worker.start(tmp_path / f"worker-{len(started)}.log", options, environment))
        return started[-1]

    Worker.clear_broker()
    yield start
    for each in started:
        each.kill()
    Worker.clear_broker()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A Chromium driven by Playwright. Its event loop makes Django refuse the ORM, unless told that this is fine."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        pytest.skip("no chromium on this machine (apt-get install chromium); browser tests are left out")
    sync_api = pytest.importorskip("playwright.sync_api")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_OPTIONS))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A fresh page, 1280 × 900, with cookies of its own; `page.set_viewport_size` makes it a phone."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, user_agent=PERSON)
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A temporary folder that any account may walk through; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="shop-open-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
