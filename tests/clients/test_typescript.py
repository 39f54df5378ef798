"""The TypeScript client: made from the description as it is now, with types that hold, and it talks to the server."""

import runpy
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from mmrec_app.models import Event
from tests.products import make_product

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "clients" / "typescript"
CACHE = ROOT / ".demo" / "test" / "typescript"

TALK = """
import { Mmrec, ProblemError } from "./client.js";
const shop = new Mmrec({ base: process.argv[2] + "/mmrec/" });
const taken = await shop.events({ events: [{ kind: "view", item: process.argv[3] }] });
const list = await shop.recommendations("trending", { k: 3, price_max: 50 });
const cart = await shop.recommendations("cart", { items: [process.argv[3], "no-such"] });
const refusal = await shop.recommendations("similar").catch((error) => error);
const found = [list.items.length, cart.items.length];
console.log(taken.stored, ...found, refusal instanceof ProblemError, refusal.problem.status);
"""


@pytest.fixture(scope="session")
def tsc() -> Path:
    """The compiler that package.json names, fetched once by npm."""
    program = CACHE / "node_modules" / ".bin" / "tsc"
    if not program.exists():
        if shutil.which("npm") is None:
            pytest.skip("no npm on this machine; the TypeScript client is not type-checked")
        CACHE.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "package.json", CACHE)
        done = subprocess.run(["npm", "install", "--no-audit", "--no-fund"], cwd=CACHE, capture_output=True, text=True)
        if not program.exists():
            pytest.skip(f"npm brings no TypeScript compiler here: {done.stderr[-300:]}")
    return program


def test_it_is_made_from_the_description_as_it_is() -> None:
    made = runpy.run_path(str(HERE / "generate.py"))
    assert made["client"](made["description"]()) == (HERE / "client.ts").read_text(), (
        "run python clients/typescript/generate.py"
    )


def test_its_types_hold_and_refuse_what_is_wrong(tsc: Path) -> None:
    done = subprocess.run([tsc, "-p", HERE], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.django_db(transaction=True)
def test_it_talks_to_the_server(tsc: Path, live_server: Any, tmp_path: Path) -> None:
    if shutil.which("node") is None:
        pytest.skip("no node on this machine; the TypeScript client is not run")
    cache.clear()
    product = make_product(image=False)
    options = ["--target", "es2022", "--module", "es2022", "--lib", "es2022,dom,dom.iterable", "--outDir", tmp_path]
    subprocess.run([tsc, *options, HERE / "client.ts"], check=True, cwd=tmp_path)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "talk.js").write_text(TALK)
    asked = ["node", tmp_path / "talk.js", live_server.url, str(product.pk)]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["1", "1", "0", "true", "400"], done.stderr
    assert Event.objects.get().kind == "view"
