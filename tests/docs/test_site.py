"""`make docs`: the documentation as a site that is whole and loads nothing from elsewhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.reading import ROOT

LOADED = re.compile(r'<(?:script|img|iframe|link)\b[^>]*?\b(?:src|href)="?((?:https?:)?//[^" >]+)')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0 and "WARNING" not in done.stderr, done.stderr[-4000:]
    return out


def test_it_builds_without_a_warning_and_has_every_page(site: Path) -> None:
    pages = {page.stem for page in (ROOT / "docs").glob("*.md")}
    assert pages == {page.stem for page in site.glob("*.html")} - {"404"}
    front = (site / "index.html").read_text()
    assert not [name for name in pages if f'href="{name}.html' not in front and name != "index"]


def test_it_loads_nothing_from_elsewhere(site: Path) -> None:
    for page in site.glob("*.html"):
        assert not LOADED.findall(page.read_text()), page.name


def test_pages_link_to_those_they_name(site: Path) -> None:
    page = (site / "install.html").read_text()
    assert 'href="adapter.html">The adapter</a>' in page and "docs/adapter.md" not in page


def test_only_pages_and_pictures_are_published(site: Path) -> None:
    assert not list(site.rglob("*.py"))
