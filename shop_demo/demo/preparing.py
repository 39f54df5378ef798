"""Everything between empty servers and a shop that can open: schema, admin, catalogue, items, static files."""

import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from tqdm import tqdm

SIZES = {"products": "SHOP_PRODUCTS", "shoppers": "SHOP_SHOPPERS", "pixels": "SHOP_PIXELS"}
"""Variables that make a smaller or larger shop of a fresh one."""
STALLED_SECONDS = 300
"""Without one more item encoded; the first batch includes loading the models."""


@contextmanager
def step(title: str) -> Iterator[None]:
    """Says what happens now, and afterwards how long it took, when that was worth a word."""
    print(f"• {title}", flush=True)
    began = time.monotonic()
    yield
    if (took := time.monotonic() - began) >= 1:
        print(f"  {took:.1f} s", flush=True)


def prepare(admin_password: str) -> None:
    """Idempotent; a second run finds everything there and takes seconds."""
    with step("Database schema"):
        _migrate()
    with step("Catalogue, shoppers and what they did"):
        call_command("seed_demo", **{name: int(os.environ[key]) for name, key in SIZES.items() if key in os.environ})
    with step("Items of the catalogue"):
        call_command("mmrec_sync")
    with step("What is popular, and what is bought together"):
        _count_events()
    with step("Admin and static files"):
        _ensure_admin(admin_password)
        call_command("collectstatic", interactive=False, verbosity=0)


def _migrate() -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    call_command("migrate", interactive=False, verbosity=1 if waiting else 0)


def _count_events() -> None:
    """The worker does so every few minutes, or every hour; a shop that opens now wants its trends now."""
    from mmrec_app.events import refresh_affinities, refresh_statistics

    refresh_statistics()
    refresh_affinities()


def _ensure_admin(password: str) -> None:
    from django.contrib.auth import get_user_model

    users = get_user_model()
    admin, _ = users.objects.get_or_create(username="admin", defaults={"email": "admin@example.com"})
    if not (admin.is_superuser and admin.is_staff and admin.is_active and admin.check_password(password)):
        admin.is_superuser = admin.is_staff = admin.is_active = True
        admin.set_password(password)
        admin.save()


def wait_until_encoded(check: Callable[[], None]) -> dict[str, Any]:
    """Until nothing is dirty and the first fitted generation serves; returns the last `mmrec_status`.

    Calls `check` each second, for it to raise. Raises `TimeoutError` when nothing moves any more.
    """
    now = status()
    with tqdm(total=now["items"], desc="  encoded", unit="item", file=sys.stdout, disable=_settled(now)) as bar:
        deadline = time.monotonic() + STALLED_SECONDS
        while not _settled(now):
            done = now["items"] - now["dirty"]
            if done > bar.n:
                deadline = time.monotonic() + STALLED_SECONDS
            bar.total = now["items"]
            bar.update(max(0, done - bar.n))
            if not now["dirty"]:
                bar.set_postfix_str("fitting the first generation")
            if time.monotonic() > deadline:
                raise TimeoutError(f"nothing was encoded for {STALLED_SECONDS} s; it stands at {now}")
            check()
            time.sleep(1)
            now = status()
        bar.update(max(0, now["items"] - bar.n))
    return now


def _settled(now: dict[str, Any]) -> bool:
    return now["dirty"] == 0 and now["generation"] >= 1


def status() -> dict[str, Any]:
    said = io.StringIO()
    call_command("mmrec_status", json=True, stdout=said)
    return dict(json.loads(said.getvalue()))
