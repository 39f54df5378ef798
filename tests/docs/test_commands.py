"""Every `manage.py` line of the docs, typed one after the other into a shop that has what the lines name."""

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from mmrec_app.embeddings.generations import active_generation
from mmrec_app.events import record
from mmrec_app.models import Generation, Visitor
from mmrec_app.offline.fit import fit
from mmrec_app.offline.gate import activate_generation
from mmrec_app.offline.retrain import METHOD, start_run
from shop_demo.models import Product
from tests.docs.reading import FILES, blocks
from tests.offline.learning import SMALL
from tests.products import make_product, make_shop

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ELSEWHERE = (["migrate", "mmrec_app", "0007"],)
"""Takes tables away; `test_upgrade` runs it on a database of its own."""
USERS, VISITOR, PRODUCT = (3, 7, 9), "3q2uB7y", 17


def typed(document: str) -> list[list[str]]:
    lines = [line for block in blocks("sh", document=document) for line in block.text.splitlines()]
    words = [shlex.split(line, comments=True)[2:] for line in lines if line.startswith("python manage.py ")]
    return [each for each in words if each not in ELSEWHERE]


DOCUMENTS = [path.name for path in FILES if typed(path.name)]


@pytest.fixture
def shop(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Users, a visitor, a product and events as the lines name them, and two generations that served before."""
    monkeypatch.chdir(tmp_path)
    settings.MMREC = settings.MMREC | {"RUNS": tmp_path / "runs", "TRAINING": SMALL | {"augmentation": False}}
    products = make_shop(numbers=1)
    if not Product.objects.filter(pk=PRODUCT).exists():
        make_product(id=PRODUCT, slug="named-in-the-docs")
    for pk in USERS:
        get_user_model().objects.create_user(f"user-{pk}", id=pk)
        record("view", products[0], user=get_user_model().objects.get(pk=pk))
    for number in range(40):
        visitor = Visitor.objects.create(key=VISITOR if number == 0 else f"walker {number}")
        for step in range(5):
            record("view", products[(number + step) % len(products)], visitor=visitor)
    (tmp_path / "readers.txt").write_text("3\n7\n")
    fit()


def learned() -> None:
    """What was trained serves."""
    trained = Generation.objects.filter(config__method=METHOD, kept=True).first()
    assert trained is not None
    if active_generation().number != trained.number:
        activate_generation(trained.number)


BEFORE: dict[str, Callable[[], Any]] = {
    "mmrec_train --resume": lambda: start_run({}, started_by="test"),
    "mmrec_report --out figures": learned,
}
"""What a line takes for granted."""


def here(words: list[str], folder: Path) -> list[str]:
    """With this shop's names and paths for those of the docs."""
    names = {"shop.product": "shop_demo.product", "/srv/models/tfidf": str(folder / "tfidf")}
    if "FOLDER" in words:
        names["FOLDER"] = str(written(folder / "-".join(words), split="--splits" in words))
    return [names.get(word, word) for word in words]


def written(folder: Path, split: bool) -> Path:
    """What the sample of docs/data.md writes."""
    folder.mkdir()
    (block,) = (each for each in blocks("python", document="data.md") if "items.parquet" in each.text)
    exec(block.text, {"folder": folder})
    if split:
        table = pq.read_table(folder / "interactions.parquet")
        pq.write_table(table.append_column("split", pa.array(["train", "val"])), folder / "interactions.parquet")
    return folder


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_lines_of_a_document_run(document: str, shop: None, worker: Callable[..., Any], tmp_path: Path) -> None:
    for words in typed(document):
        line = " ".join(words)
        BEFORE.get(line, lambda: None)()
        if "--worker" in words:
            worker()
        call_command(*here(words, tmp_path))
