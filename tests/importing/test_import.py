"""Folders of every form the format allows, written here, loaded for real."""

import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import time
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command

from mmrec_app.catalogue import item_for
from mmrec_app.models import Event, Item, ItemStatistics, Visitor
from shop_demo.importing import events as loading
from shop_demo.models import Category, Import, Product
from tests.products import picture
from tests.workers import ROOT, environment_of_worker

pytestmark = pytest.mark.django_db


def write(
    folder: Path, items: dict | None = None, interactions: dict | None = None, images: dict | None = None
) -> Path:
    folder.mkdir(exist_ok=True)
    for name, columns in (("items", items), ("interactions", interactions)):
        if columns is not None:
            pq.write_table(pa.table(columns), folder / f"{name}.parquet")
    if images:
        with tarfile.open(folder / "images.tar", "w") as archive:
            for name, data in images.items():
                member = tarfile.TarInfo(name)
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
    return folder


def load(folder: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("mmrec_import", folder, stdout=out, **options)
    return out.getvalue()


ITEMS = {
    "item_id": ["a/1", "A.1", "b", "B"],
    "title": ["Red <b>dress</b>", "Blue mug", None, "x" * 400],
    "description": ["Long", None, "", "d"],
    "brand": ["Plain", None, None, None],
    "category": ["Shop > Dress", "Shop > Mug", None, "Läden > 鞋"],
    "price": [12.345, None, float("nan"), 5.0],
    "attributes": [json.dumps({"colour": "red"}), None, "{}", None],
}


def test_a_whole_folder_with_pictures_and_odd_ids(tmp_path):
    folder = write(
        tmp_path / "whole",
        ITEMS,
        {"user_id": [7, 7, 8], "item_id": ["a/1", "b", "B"], "timestamp": [1_700_000_000, 1_700_000_060, 1.7e9]},
        {"images/A.1.jpg": picture("blue", "mug"), "B.jpg": picture("red", "lamp"), "stranger.jpg": b"x"},
    )
    load(folder)
    first = Product.objects.get(external_id="whole/a/1")
    assert (first.price, first.attributes, str(first.category)) == (Decimal("12.34"), {"colour": "red"}, "Shop > Dress")
    assert Product.objects.get(external_id="whole/b").price is None
    assert len({product.slug for product in Product.objects.all()}) == 4
    assert Product.objects.get(external_id="whole/A.1").image.read() == picture("blue", "mug")
    assert {c.path for c in Category.objects.all()} == {"Shop", "Shop > Dress", "Shop > Mug", "Läden", "Läden > 鞋"}
    assert Item.objects.count() == 4 and item_for(first).title == "Red <b>dress</b>"
    assert Visitor.objects.count() == 2
    event = Event.objects.get(item=item_for(first))
    assert (event.kind, event.at) == ("view", datetime.fromtimestamp(1_700_000_000, UTC))
    assert ItemStatistics.objects.count() == 3


@pytest.mark.parametrize("order", ["position", "none"])
def test_without_times_the_order_within_a_user_is_kept(tmp_path, order):
    columns = {"user_id": ["u", "w", "u", "u"], "item_id": ["a", "b", "c", "b"]}
    if order == "position":
        columns |= {"user_id": ["u", "w", "u", "u"], "item_id": ["b", "b", "a", "c"], "position": [2, 0, 0, 1]}
    load(write(tmp_path / "ordered", None, columns))
    rows = Event.objects.filter(visitor__key="ordered:u").order_by("at", "id").select_related("item")
    names = [Product.objects.get(pk=row.item.object_id).external_id[-1] for row in rows]
    assert names == ["a", "c", "b"]


def test_only_interactions_are_enough(tmp_path):
    load(write(tmp_path / "bare", None, {"user_id": [1, 2], "item_id": [10, 11], "kind": ["purchase", "cart"]}))
    assert sorted(Product.objects.values_list("external_id", flat=True)) == ["bare/10", "bare/11"]
    assert sorted(Event.objects.values_list("kind", flat=True)) == ["cart", "purchase"]


def test_only_items_are_enough_and_a_second_run_finds_everything_there(tmp_path):
    folder = write(tmp_path / "items", ITEMS)
    for _ in range(2):
        load(folder)
    assert Product.objects.count() == 4 and not Event.objects.exists()


SPLIT = {"user_id": [1, 1, 1], "item_id": ["a", "b", "c"], "position": [0, 1, 2], "split": ["train", "val", "test"]}


def test_only_the_splits_that_are_named(tmp_path):
    folder = write(tmp_path / "split", None, SPLIT)
    load(folder, splits="train,val")
    load(folder, splits="train,val")
    assert Event.objects.count() == 2
    with pytest.raises(CommandError, match="'train,val' of split are loaded already; .* twice"):
        load(folder)
    assert Event.objects.count() == 2


def test_long_names_still_have_visitors_of_their_own(tmp_path):
    long = "u" * 80
    load(write(tmp_path / ("n" * 90), None, {"user_id": [long + "1", long + "2"], "item_id": ["a", "a"]}))
    assert Visitor.objects.count() == 2


@pytest.mark.parametrize(
    ("items", "interactions", "options", "said"),
    [
        (None, None, {}, "holds neither items.parquet nor interactions.parquet"),
        ({"item_id": ["a"]}, {"user_id": [1], "item_id": ["z"]}, {}, "name item 'z', which the folder's items"),
        (None, {"user_id": [1], "item_id": ["a"], "kind": ["stare"]}, {}, "kind 'stare'; kinds are view"),
        (None, {"user_id": [1], "item_id": ["a"]}, {"splits": "train"}, "no column split"),
    ],
)
def test_what_is_wrong_with_a_folder_is_said(tmp_path, items, interactions, options, said):
    with pytest.raises(CommandError, match=said):
        load(write(tmp_path / "wrong", items, interactions), **options)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_an_import_that_is_killed_goes_on_where_it_was(tmp_path):
    """kill -9 in the middle of the events; the second run loads the rest, none twice."""
    count = 60_000
    users = [n % 500 for n in range(count)]
    folder = write(tmp_path / "big", None, {"user_id": users, "item_id": [f"i{n % 97}" for n in range(count)]})
    script = (
        "import django; django.setup()\n"
        "from shop_demo.importing import events; events.CHUNK = 500\n"
        f"from django.core.management import call_command; call_command('mmrec_import', {str(folder)!r})"
    )
    process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=environment_of_worker())
    while not (loaded := Event.objects.count()):
        assert process.poll() is None, "it ended before it could be killed"
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert 0 < loaded < count and Event.objects.count() < count
    assert Import.objects.get().rows_done == Event.objects.count()
    load(folder)
    assert Event.objects.count() == count
    assert Event.objects.values("visitor", "item", "at").distinct().count() == count
    assert loading.CHUNK > 500
