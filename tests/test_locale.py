"""Translations: whole, compiled, and used."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

import mmrec_app

APP = Path(mmrec_app.__file__).parent
FILES = sorted(APP.glob("locale/*/LC_MESSAGES/django.po"))


def messages(file: polib.POFile | polib.MOFile) -> dict:
    return {(entry.msgctxt, entry.msgid): entry.msgstr_plural or entry.msgstr for entry in file}


def test_four_languages_are_there_with_the_same_strings() -> None:
    assert [file.parts[-3] for file in FILES] == ["ar", "de", "es", "fr"]
    assert len({frozenset(messages(polib.pofile(str(file)))) for file in FILES}) == 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parts[-3])
def test_every_plural_form_of_the_language_is_there(path: Path) -> None:
    file = polib.pofile(str(path))
    forms = int(re.search(r"nplurals=(\d)", file.metadata["Plural-Forms"])[1])
    assert all(len(entry.msgstr_plural) == forms for entry in file if entry.msgid_plural)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parts[-3])
def test_everything_is_translated_and_compiled(path: Path) -> None:
    file = polib.pofile(str(path))
    assert not file.untranslated_entries() and not file.fuzzy_entries()
    assert messages(polib.mofile(str(path.with_suffix(".mo")))) == messages(file), "run make messages"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parts[-3])
def test_placeholders_survive_translation(path: Path) -> None:
    for entry in polib.pofile(str(path)):
        wanted = sorted(re.findall(r"%\(\w+\)[sdr]|</?\w+>", entry.msgid))
        for said in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert sorted(re.findall(r"%\(\w+\)[sdr]|</?\w+>", said)) == wanted, entry.msgid


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="no gettext on this machine (apt-get install gettext)")
def test_every_string_of_the_source_is_collected(tmp_path: Path) -> None:
    copy = shutil.copytree(APP, tmp_path / "mmrec_app", ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    before = set(messages(polib.pofile(str(copy / "locale/de/LC_MESSAGES/django.po"))))
    command = [sys.executable, "-P", "-m", "django", "makemessages", "-l", "de", "--no-location"]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=copy, check=True, capture_output=True, env=environment)
    after = set(messages(polib.pofile(str(copy / "locale/de/LC_MESSAGES/django.po"))))
    assert after - before == set(), "run make messages and translate what is new"


TOLD = ("admin", "api", "headless", "measuring", "recommend", "search")
"""Packages whose errors a shopper or a merchandiser reads."""
UNREAD = ("Http404", "BadSignature", "EncoderError")
"""Whose words only a developer's error page or a log shows."""
MARKS = ("_", "gettext")


def unmarked(node: ast.AST) -> Iterator[int]:
    """Lines of the sentences below a node that nothing hands to gettext."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
        return
    if isinstance(node, ast.Constant) and re.search(r"[a-z] [a-z]", str(node.value)):
        yield node.lineno
    for child in ast.iter_child_nodes(node):
        yield from unmarked(child)


def raised(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text())):
        called = node.exc if isinstance(node, ast.Raise) else None
        if isinstance(called, ast.Call) and ast.unparse(called.func).rpartition(".")[2] not in UNREAD:
            yield called


def test_what_an_error_says_to_people_is_marked() -> None:
    files = [path for package in TOLD for path in sorted((APP / package).rglob("*.py"))]
    calls = [(path, call) for path in files for call in raised(path)]
    assert len(calls) > 30
    assert not [f"{path.relative_to(APP)}:{line}" for path, call in calls for line in unmarked(call)]


def test_the_admin_speaks_german(admin_client, settings) -> None:
    settings.LANGUAGES = [("de", "German")]
    settings.LANGUAGE_CODE = "de"
    html = admin_client.get(reverse("admin:index")).content.decode()
    assert "Empfehlungen" in html and "Artikel" in html


def test_no_style_names_a_side_that_stays_where_it_is_from_right_to_left() -> None:
    styles = {path.name: path.read_text() for path in APP.glob("static/**/*.css")}
    assert len(styles) > 3
    assert not [(name, side) for name, text in styles.items() for side in re.findall(r"[\w-]*\b(?:left|right)\b", text)]


WORDS = {"de": "Empfehlungen", "fr": "Recommandations", "es": "Recomendaciones", "ar": "التوصيات"}


@pytest.mark.parametrize("language", WORDS)
def test_the_widgets_speak_it(rf, db, language: str) -> None:
    from tests.products import make_product

    make_product(image=False)
    request = rf.get("/")
    request.session = {}
    with translation.override(language):
        html = Template("{% load mmrec %}{% recommendations 'trending' %}").render(Context({"request": request}))
    assert f'aria-label="{WORDS[language]}"' in html
