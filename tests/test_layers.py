"""The direction of imports, as pyproject.toml states it, and that stating it catches something."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

WEB = """
import sys
import django
django.setup()
import shop_demo.wsgi
import mmrec_app.urls, mmrec_app.api.lists, mmrec_app.templatetags.mmrec, mmrec_app.admin
import mmrec_app.recommend, mmrec_app.search
print([name for name in ("torch", "transformers", "safetensors") if name in sys.modules])
"""


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    return subprocess.run([*command, "--no-cache"], cwd=folder, capture_output=True, text=True)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for name in ("mmrec_app", "shop_demo"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "static", "templates")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_imports_point_down() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("mmrec_app/recommend/engine.py", "import torch", "no torch BROKEN"),
        ("mmrec_app/training/projection.py", "import django", "no Django BROKEN"),
        ("mmrec_app/models/items.py", "import mmrec_app.catalogue", "strangers BROKEN"),
        ("mmrec_app/events/record.py", "import mmrec_app.embeddings.search", "strangers BROKEN"),
        ("mmrec_app/conf.py", "import shop_demo.models", "no shop BROKEN"),
    ],
)
def test_a_wrong_import_is_noticed(copied: Path, module: str, line: str, contract: str) -> None:
    with (copied / module).open("a") as file:
        file.write(f"\n{line}\n")
    done = lint(copied)
    assert done.returncode == 1, done.stdout + done.stderr
    assert contract in done.stdout


def test_the_web_process_imports_no_torch() -> None:
    done = subprocess.run([sys.executable, "-c", WEB], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
