"""Every sample in the README and docs runs, or is checked word by word."""

import re
import shlex
import sys
import tomllib
import types
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.core.management import get_commands, load_command_class
from django.template import Context, Template
from django.test import RequestFactory, override_settings
from django.urls import resolve

from mmrec_app.catalogue import Catalogue, catalogues
from mmrec_app.catalogue.reading import read_item
from mmrec_app.conf import conf
from mmrec_app.tasks import QUEUE, SEARCH_QUEUE, TRAIN_QUEUE
from shop_demo.models import Product
from tests.docs.reading import FILES, RECIPES, ROOT, Block, blocks, code, read, samples
from tests.goods.models import Book, Shirt, Size
from tests.products import make_shop

LANGUAGES = {"python", "django", "html", "css", "sh", "sql", "http", "json"}
ELSEWHERE = {"shop/celery.py", "shop/__init__.py"}
"""Run by `test_new_shop`: importing them changes the process."""
OTHERS = ("mmrec_app", "mmrec_visitor", "mmrec_assets")
"""Names that look like those of commands: tables, the cookie, a tag."""


@pytest.fixture
def shop(db: None) -> list[Product]:
    return make_shop(numbers=3, encode=False)


@pytest.fixture
def named(shop: list[Product], tmp_path: Path) -> dict[str, Any]:
    """What samples take for granted."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    user = get_user_model().objects.create_user("ada")
    cart = SimpleNamespace(products=shop[1:3])
    return {"product": shop[0], "request": request, "user": user, "folder": tmp_path, "cart": cart}


@pytest.fixture
def shop_package(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """`shop.models` as the samples import it, and an empty `shop.catalogue`."""
    models = types.ModuleType("shop.models")
    models.__dict__.update(Product=Product, Shirt=Shirt, Size=Size, Book=Book)
    catalogue = types.ModuleType("shop.catalogue")
    package = types.ModuleType("shop")
    package.__dict__.update(models=models, catalogue=catalogue)
    for name, module in (("shop", package), ("shop.models", models), ("shop.catalogue", catalogue)):
        monkeypatch.setitem(sys.modules, name, module)
    return catalogue


def test_every_sample_says_its_language() -> None:
    assert not [str(block) for block in blocks() if block.language not in LANGUAGES]


def test_every_sample_of_a_recipe_is_a_file_that_is_run() -> None:
    recipes = blocks("python", "django", document=RECIPES)
    assert recipes and all(block.file for block in recipes)
    assert {block.section for block in recipes} == {"django-oscar", "Wagtail"}


@pytest.mark.parametrize("block", [b for b in samples("python") if not b.file], ids=str)
def test_python_samples_run(block: Block, named: dict[str, Any], shop_package: types.ModuleType) -> None:
    for earlier in blocks("python", document=block.document):
        if earlier.file == "shop/catalogue.py":
            exec(earlier.text, shop_package.__dict__)
    exec(block.text, named)
    if "MMREC" in named:
        with override_settings(MMREC=named["MMREC"]):
            assert conf() != type(conf())()
            assert len(catalogues()) == len(named["MMREC"].get("CATALOGUE", ()))


@pytest.mark.parametrize("block", [b for b in samples("python") if b.file == "shop/catalogue.py"], ids=str)
def test_adapters_read_products(block: Block, shop: list[Product], shop_package: types.ModuleType) -> None:
    shirt = Shirt.objects.create(title="Linen shirt")
    objects = {
        Product: shop[0],
        Shirt: shirt,
        Size: Size.objects.create(shirt=shirt, name="M"),
        Book: Book.objects.create(isbn="978", title="On colour"),
    }
    exec(block.text, shop_package.__dict__)
    adapters = [each for each in vars(shop_package).values() if isinstance(each, type) and each is not Catalogue]
    adapters = [each() for each in adapters if issubclass(each, Catalogue)]
    assert adapters
    for adapter in adapters:
        product = adapter.queryset().get(pk=objects[adapter.model].pk)
        if (parent := adapter.parent(product)) is not None:
            assert parent == shirt
            continue
        said = read_item(adapter, product)
        assert said.object_id == str(product.pk) and said.content_hash
        assert bool(adapter.image_url(product)) == bool(adapter.images(product))


@pytest.mark.parametrize("block", [b for b in samples("python") if b.file and "catalogue" not in b.file], ids=str)
def test_files_of_a_shop_are_ones_that_are_tried(block: Block, settings: Any) -> None:
    if block.file in ELSEWHERE:
        return
    named: dict[str, Any] = {"INSTALLED_APPS": [], "MIDDLEWARE": [], "urlpatterns": []}
    exec(block.text, named)
    if block.file == "shop/settings.py":
        settings.MMREC = named["MMREC"]
        assert conf().catalogue
    else:
        assert block.file == "shop/urls.py" and len(named["urlpatterns"]) == 1


def test_the_readme_shows_the_demos_own_adapter() -> None:
    (shown,) = (block for block in blocks("python", document="README.md") if block.file == "shop/catalogue.py")
    ours = (ROOT / "shop_demo" / "catalogue.py").read_text().split('"""\n\n', 1)[1].replace("shop_demo", "shop")
    assert shown.text.split("\n", 1)[1] == ours


@pytest.mark.parametrize("block", samples("django"), ids=str)
def test_templates_render_what_they_promise(
    block: Block, named: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    assert set(re.findall(r"(?:item|items|exclude)=(\w+)", block.text)) <= set(
        named
    )  # Django passes over a misspelt name
    html = Template(block.text).render(Context(named))
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
    assert len(re.findall(r'<section class="mmrec[ "]', html)) == block.text.count("{% recommendations ")
    assert ("mmrec.css" in html) == ("{% mmrec_assets" in block.text)
    if "{% for card" in block.text:
        assert html.count("<a ") == 4


@pytest.mark.parametrize("block", blocks("html"), ids=str)
def test_elements_for_other_hosts_name_what_exists(block: Block) -> None:
    script = finders.find(re.search(r"/static/(\S+)\"", block.text)[1])
    (api,) = re.findall(r'data-api="https://[^/]+(/[^"]+)"', block.text)
    assert script and resolve(f"{api}visitor/").url_name
    read = re.findall(r'"(\w+)"', Path(script).read_text())
    for name in re.findall(r' (\w+)="', block.text.partition("<mmrec-list")[2]):
        assert name in read, name


@pytest.mark.parametrize("block", blocks("css"), ids=str)
def test_style_samples_set_properties_that_exist(block: Block) -> None:
    style = (ROOT / "mmrec_app" / "static" / "mmrec_app" / "mmrec.css").read_text()
    for name in re.findall(r"--mmrec-[a-z]+", block.text):
        assert f"var({name}," in style


def lines(*languages: str) -> list[tuple[str, str]]:
    found = []
    for block in blocks(*languages):
        found += [(f"{block}: {line}", line) for line in block.text.splitlines() if line.strip()]
    return found


@pytest.mark.parametrize("line", [line for _, line in lines("sh")], ids=[name for name, _ in lines("sh")])
def test_shell_lines_name_what_exists(line: str) -> None:
    program, *words = shlex.split(line, comments=True)
    check = {"make": _make, "pip": _pip, "python": _python, "celery": _celery, "docker": _compose, "cp": _copy}
    if program == "torchrun":
        words = words[words.index("-m") :]
    check.get(program, _python if program == "torchrun" else _unknown)(words)


def _make(words: list[str]) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert words[0] in targets


def _pip(words: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pinned = re.search(r"^WEIGHTS := (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert words[0] == "install" and pinned
    for word in (word for word in words[1:] if not word.startswith("-")):
        name, _, extra = word.rstrip("]").partition("[")
        extras = {each for each in extra.split(",") if each}
        ours = name == "." and extras <= set(project["optional-dependencies"])
        assert ours or word in pinned[1].split(), word


def _python(words: list[str]) -> None:
    if words[0] == "-m":
        assert find_spec(words[1]), words[1]
        if "--" in words:
            _python(words[words.index("--") + 2 :])
        return
    assert words[0] == "manage.py"
    name = words[1]
    command = load_command_class(get_commands()[name], name)
    command.create_parser("manage.py", name).parse_args(words[2:])


def _celery(words: list[str]) -> None:
    assert words[:2] == ["-A", "shop"] and words[2] in ("worker", "beat")
    if words[2] == "worker":
        assert set(words[words.index("-Q") + 1].split(",")) == {"celery", QUEUE, SEARCH_QUEUE, TRAIN_QUEUE}


def _compose(words: list[str]) -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    profiles = {name for service in services.values() for name in service.get("profiles", ())}
    assert words[0] == "compose"
    for option, value in zip(words, words[1:], strict=False):
        assert option != "--profile" or value in profiles
        assert option != "--scale" or value.split("=")[0] in services


def _copy(words: list[str]) -> None:
    assert (ROOT / words[0]).exists()


def _unknown(words: list[str]) -> None:
    pytest.fail("no test knows this program; teach one")


@pytest.mark.parametrize("document", [path.name for path in FILES])
def test_commands_named_in_passing_exist(document: str) -> None:
    for said in code(read(document)):
        words = shlex.split(said) if re.match(r"(make|manage\.py|python -m|mmrec_\w+$)", said) else []
        if not words:
            continue
        if words[0] == "make":
            _make(words[1:])
        elif words[0] == "python":
            _python(words[1:])
        else:
            name = words[1] if words[0] == "manage.py" else words[0]
            assert name in get_commands() or name.startswith(OTHERS), said
