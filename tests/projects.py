"""Whole shops that tests write out and run as processes of their own, each on a database of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def own_database(name: str) -> Iterator[dict[str, Any]]:
    """A database on the tests' server, as Django's settings name it; it is gone afterwards."""
    full = f"test_shop_{os.getpid()}_{name}"
    url = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(full)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(full)))
        yield {
            "ENGINE": "django.db.backends.postgresql", "NAME": full, "USER": url.username,
            "PASSWORD": url.password, "HOST": url.hostname, "PORT": url.port,
        }  # fmt: skip
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(full)))


@dataclass(frozen=True)
class Project:
    """A folder with a package `shop`, whose settings read their database from the variable DATABASE."""

    folder: Path
    database: Mapping[str, Any]

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def python(self, *arguments: str) -> str:
        """Runs Python in the project; returns what it printed, raises with what it complained of."""
        environment = os.environ | {
            "PYTHONPATH": f"{self.folder}:{ROOT}",
            "DJANGO_SETTINGS_MODULE": "shop.settings",
            "DATABASE": json.dumps(dict(self.database)),
        }
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, f"{' '.join(arguments)[:200]}\n{done.stdout[-2000:]}\n{done.stderr[-6000:]}"
        return done.stdout

    def say(self, *arguments: str) -> dict[str, Any]:
        """The JSON object that a script's last line is."""
        return json.loads(self.python(*arguments).splitlines()[-1])
