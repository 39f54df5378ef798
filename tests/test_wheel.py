"""The wheel alone, in an empty environment, under a shop that shares nothing with the demo."""

import json
import os
import shlex
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from tests.docs.reading import blocks

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("torch", "transformers", "scipy", "shop_demo")

SETTINGS = """
import dj_database_url_free as database
SECRET_KEY, ALLOWED_HOSTS, ROOT_URLCONF, USE_TZ = "x", ["*"], "books.urls", True
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions",
    "django.contrib.admin", "django.contrib.messages", "django.contrib.staticfiles", "django.contrib.postgres",
    "rest_framework",
    "mmrec_app", "books"]
MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware", "mmrec_app.middleware.VisitorMiddleware"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS":
    {"context_processors": ["django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages"]}}]
DATABASES = {"default": database.NAMED}
STATIC_URL = "static/"
MMREC = {"CATALOGUE": ["books.catalogue.BookCatalogue"]}
"""

MODELS = """
import uuid
from django.db import models

class Book(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=100)

    def get_absolute_url(self):
        return f"/books/{self.pk}/"
"""

CATALOGUE = """
from books.models import Book
from mmrec_app.catalogue import Catalogue

class BookCatalogue(Catalogue):
    model = Book

    def text(self, book):
        return book.name

    def title(self, book):
        return book.name
"""

URLS = """
from django.urls import include, path
urlpatterns = [path("mmrec/", include("mmrec_app.urls"))]
"""

USE = """
import json, sys
import django
django.setup()
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation
import mmrec_app
from books.models import Book

call_command("migrate", verbosity=0)
call_command("check", databases=["default"], fail_level="WARNING")
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
books = [Book.objects.create(name=f"Book {n}") for n in range(5)]
client = Client(headers={"User-Agent": "Mozilla/5.0"})
event = {"events": [{"kind": "view", "item": str(books[0].pk)}]}
posted = client.post("/mmrec/v1/events/", event, "application/json")
listed = client.get("/mmrec/v1/recommendations/for_you/?k=3")
similar = client.get("/mmrec/v1/recommendations/similar/", {"item": books[1].pk})
request = RequestFactory().get("/")
template = Template("{% load mmrec %}{% mmrec_assets %}{% recommendations 'trending' %}")
html = template.render(Context({"request": request}))
with translation.override("de"):
    german = translation.gettext("Recommendations")
try:
    import torch
except ImportError:
    torch = None
print(json.dumps({
    "posted": [posted.status_code, posted.json()],
    "listed": [listed.status_code, listed.json()],
    "similar": similar.json(),
    "keys": [str(book.pk) for book in books],
    "widgets": html.count("data-item="),
    "static": [bool(finders.find(f"mmrec_app/{name}")) for name in ("mmrec.css", "mmrec.js", "admin.css")],
    "german": german,
    "at": mmrec_app.__file__,
    "torch": torch is not None,
    "loaded": [name for name in HEAVY if name in sys.modules],
}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("django_mmrec-*.whl"))


@pytest.fixture
def database(open_folder: Path):
    """A database of its own on the tests' server; yields its connection parameters."""
    url = urlsplit(os.environ["DATABASE_URL"])
    name = f"test_shop_{os.getpid()}_wheel"
    identifier = sql.Identifier(name)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(identifier))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(identifier))
        yield urlsplit(urlunsplit(url._replace(path=f"/{name}")))
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))


def project(folder: Path, url) -> None:
    package = folder / "books"
    package.mkdir(parents=True)
    named = {
        "ENGINE": "django.db.backends.postgresql", "NAME": url.path[1:], "USER": url.username,
        "PASSWORD": url.password, "HOST": url.hostname, "PORT": url.port,
    }  # fmt: skip
    (folder / "dj_database_url_free.py").write_text(f"NAMED = {named!r}\n")
    files = {"__init__": "", "settings": SETTINGS, "models": MODELS, "catalogue": CATALOGUE, "urls": URLS}
    for name, text in files.items():
        (package / f"{name}.py").write_text(text)
    (package / "migrations").mkdir()
    (package / "migrations" / "__init__.py").write_text("")
    (folder / "use.py").write_text(USE.replace("HEAVY", repr(HEAVY)))


def test_the_wheel_holds_what_the_app_needs_and_nothing_of_the_demo(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (metadata,) = (archive.read(name).decode() for name in names if name.endswith("METADATA"))
    for needed in (
        "mmrec_app/templates/mmrec_app/widget.html",
        "mmrec_app/templates/admin/mmrec_app/item/neighbours.html",
        "mmrec_app/static/mmrec_app/mmrec.css",
        "mmrec_app/migrations/0001_initial.py",
        "mmrec_app/locale/de/LC_MESSAGES/django.mo",
        "mmrec_app/management/commands/mmrec_sync.py",
    ):
        assert needed in names
    assert {name.split("/")[0] for name in names} <= {"mmrec_app", wheel.name.rsplit("-", 3)[0] + ".dist-info"}
    for extra in ("worker", "demo", "dev"):
        assert f"Provides-Extra: {extra}" in metadata
    plain = [line for line in metadata.splitlines() if line.startswith("Requires-Dist") and "extra ==" not in line]
    assert plain and not [line for line in plain if any(heavy in line for heavy in HEAVY)]


@pytest.mark.slow
def test_a_shop_that_installs_it_as_the_readme_says_serves_lists_without_torch(database, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    line = blocks("sh", document="README.md")[1].text.splitlines()[0]
    subprocess.run([python, "-m", *shlex.split(line, comments=True), "-q"], cwd=ROOT, check=True, timeout=600)
    project(tmp_path / "shop", database)
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "books.settings"}
    shop = {"cwd": tmp_path / "shop", "env": environment, "capture_output": True, "text": True}
    made = subprocess.run([python, "-m", "django", "makemigrations", "books", "--pythonpath", "."], **shop)
    assert made.returncode == 0, made.stderr
    done = subprocess.run([python, "use.py"], **shop)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert str(tmp_path / "venv") in found["at"]
    assert not found["torch"] and found["loaded"] == []
    assert found["posted"] == [201, {"stored": 1, "repeated": 0, "unknown": []}]
    status, listed = found["listed"]
    assert status == 200 and len(listed["items"]) == 3 and listed["generation"] == 0
    assert {item["object_id"] for item in listed["items"]} <= set(found["keys"])
    assert listed["items"][0]["url"] == f"/books/{listed['items'][0]['object_id']}/"
    assert len(found["similar"]["items"]) == 4
    assert found["widgets"] == 5 and found["static"] == [True, True, True] and found["german"] == "Empfehlungen"
