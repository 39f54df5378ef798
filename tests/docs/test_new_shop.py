"""A project made of nothing but what Django gives and what the README and docs/install.md say to add."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from tests.docs.reading import blocks
from tests.projects import Project, own_database

SETTINGS = """
import json, os
SECRET_KEY, ALLOWED_HOSTS, ROOT_URLCONF, USE_TZ, STATIC_URL = "x", ["*"], "shop.urls", True, "static/"
INSTALLED_APPS = ["django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes",
    "django.contrib.sessions", "django.contrib.messages", "django.contrib.staticfiles", "shop"]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS":
    {"context_processors": ["django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages"]}}]
DATABASES = {"default": json.loads(os.environ["DATABASE"])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
"""

MODELS = """
from django.db import models

class Category(models.Model):
    path = models.CharField(max_length=100)

class Product(models.Model):
    title = models.CharField(max_length=100)
    brand = models.CharField(max_length=100, blank=True)
    description = models.TextField(blank=True)
    category = models.ForeignKey(Category, null=True, on_delete=models.CASCADE)
    price = models.DecimalField(max_digits=8, decimal_places=2, default=5)
    stock = models.IntegerField(default=1)
    image = models.ImageField(blank=True)

    def get_absolute_url(self):
        return f"/product/{self.pk}/"
"""

USE = """
import json, sys
import django
django.setup()
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.template import Context, Template
from django.test import Client, RequestFactory
from mmrec_app.models import Item
from shop.models import Product
import shop

call_command("migrate", verbosity=0, run_syncdb=True)
call_command("check", databases=["default"], fail_level="WARNING")
Product.objects.bulk_create([Product(title=f"Thing {n}") for n in range(6)])
call_command("mmrec_sync")
client, product = Client(headers={"User-Agent": "Mozilla/5.0"}), Product.objects.first()
request = RequestFactory().get("/")
request.user = AnonymousUser()
html = Template(sys.argv[1]).render(Context({"request": request, "product": product}))
event = {"events": [{"kind": "view", "item": str(product.pk)}]}
posted = client.post("/mmrec/v1/events/", event, "application/json")
shop.app.loader.import_default_modules()
print(json.dumps({
    "items": Item.objects.filter(dirty_since__isnull=False).count(),
    "shown": html.count("data-item="),
    "posted": [posted.status_code, posted.json(), "mmrec_visitor" in posted.cookies],
    "schema": hasattr(settings, "REST_FRAMEWORK") and client.get("/mmrec/schema/").status_code,
    "tasks": "mmrec.encode" in shop.app.tasks,
    "beat": len(shop.app.conf.beat_schedule),
    "torch": "torch" in sys.modules,
}))
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with own_database("docs") as database:
        yield Project(tmp_path, database)


def files(document: str) -> dict[str, str]:
    """install.md's, where the document has none of its own."""
    found = {
        "shop/models.py": MODELS,
        "shop/settings.py": f"import json{SETTINGS}",
        "shop/urls.py": "urlpatterns = []\n",
    }
    for source in dict.fromkeys(("install.md", document)):
        for block in blocks("python", document=source):
            if block.file in ("shop/settings.py", "shop/urls.py"):
                if source == document:
                    found[block.file] += block.text
            elif block.file:
                found[block.file] = block.text
    return found


@pytest.fixture
def root(project: Project) -> Iterator[psycopg.Connection]:
    """A superuser in the project's database."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{project.database['NAME']}")
    with psycopg.connect(urlunsplit(url), autocommit=True) as connection:
        yield connection


@pytest.fixture
def plain(project: Project, root: psycopg.Connection) -> Iterator[Project]:
    """As a user who owns the database and is no superuser."""
    name = f"plain_{os.getpid()}"
    role, database = sql.Identifier(name), sql.Identifier(str(project.database["NAME"]))
    root.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'plain'").format(role))
    root.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(database, role))
    yield Project(project.folder, {**project.database, "USER": name, "PASSWORD": "plain"})
    root.execute(sql.SQL("REASSIGN OWNED BY {} TO CURRENT_USER").format(role))
    root.execute(sql.SQL("DROP ROLE {}").format(role))


@pytest.mark.slow
def test_who_may_not_create_the_extension_migrates_once_a_superuser_has(
    plain: Project, root: psycopg.Connection
) -> None:
    plain.write(files("install.md"))
    migrate = ("-m", "django", "migrate", "--run-syncdb", "--verbosity=0")
    with pytest.raises(AssertionError, match="superuser"):
        plain.python(*migrate)
    (block,) = blocks("sql", document="install.md")
    root.execute(block.text)
    plain.python(*migrate)


@pytest.mark.parametrize("document", ["README.md", "install.md"])
def test_a_shop_made_by_the_book_recommends(document: str, project: Project) -> None:
    project.write(files(document))
    found = project.say("-c", USE, blocks("django", document="README.md")[0].text)
    assert (found["items"], found["shown"]) == (6, 5)
    assert found["posted"] == [201, {"stored": 1, "repeated": 0, "unknown": []}, True]
    assert found["tasks"] and found["beat"] >= 4 and not found["torch"]
    assert found["schema"] == (200 if document == "install.md" else False)
