"""Search by photo in the shop, from the camera in the search box to what looks like it."""

import csv
import io
import re
import tarfile
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from benchmarks.scratch import data_folder
from mmrec_app import tasks
from mmrec_app.encoders.spec import MINILM
from mmrec_app.events import record
from mmrec_app.models import Impression
from mmrec_app.offline.query import encode_query
from mmrec_app.search import search
from tests.products import make_shop, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broker and its worker in one."""
    monkeypatch.setattr(tasks, "ask_encoding", encode_query)
    settings.MMREC = settings.MMREC | {"SEARCH_MS": 50}


def upload(client: Client, data: bytes) -> Any:
    return client.post("/search/photo/", {"photo": SimpleUploadedFile("photo.jpg", data, "image/jpeg")}, follow=True)


def cards(page: Any) -> list[str]:
    return re.findall(r'<span class="(?:card|mmrec)-title">([^<]+)</span>', page.content.decode())


def test_an_upload_shows_what_looks_like_it(client: Client, answered: None) -> None:
    make_shop(numbers=1)
    page = upload(client, picture("blue", "mug"))
    assert page.status_code == 200 and cards(page)[0] == "Blue mug 0"
    assert Impression.objects.get().rung == "photo"


def test_while_nobody_has_looked_the_page_asks_again_and_then_says_so(client: Client, settings: Any) -> None:
    settings.MMREC = settings.MMREC | {"SEARCH_MS": 1}
    page = upload(client, picture("blue", "mug"))
    assert page.status_code == 202 and b"One moment" in page.content
    seconds, _, address = page["Refresh"].partition("; url=")
    assert seconds == "1" and address.endswith("?try=2")
    last = client.get(address.replace("try=2", "try=20"))
    assert "Refresh" not in last and b"Nobody here can look at photos" in last.content


def test_a_shop_that_looks_at_no_photos_says_so(client: Client, settings: Any, caplog: Any) -> None:
    settings.MMREC = settings.MMREC | {"ENCODERS": {"text": MINILM}}
    for page in (upload(client, picture("blue", "mug")), client.get(f"/search/photo/{'a' * 64}/")):
        assert page.status_code == 503 and b"Nobody here can look at photos" in page.content
        assert b"ENCODERS" not in page.content
    assert caplog.text.count("names no image encoder") == 2


@pytest.mark.parametrize("data", [b"", b"no picture at all"])
def test_what_is_no_photo_is_said_to_be_none(client: Client, data: bytes) -> None:
    page = upload(client, data)
    assert "choose a" in page.content.decode() and page.redirect_chain[-1][0] == "/search/photo/"


def test_a_german_shopper_reads_german(client: Client, settings: Any) -> None:
    settings.LANGUAGES, settings.LANGUAGE_CODE = [("de", "German")], "de"
    assert "Die Datei lässt sich nicht als Bild lesen" in upload(client, b"no picture at all").content.decode()


def test_a_photo_from_another_site_is_not_taken() -> None:
    client = Client(enforce_csrf_checks=True)
    photo = SimpleUploadedFile("p.png", picture("red", "mug"), "image/png")
    assert client.post("/search/photo/", {"photo": photo}).status_code == 403


def test_a_search_without_hits_shows_what_is_close_in_meaning(client: Client, answered: None) -> None:
    make_shop(numbers=1)
    page = client.get("/search/", {"q": "furniture to sit on"})
    assert b"Close in meaning" in page.content and all("chair" in title for title in cards(page)[:3])


def test_results_come_in_the_order_of_who_searches(client: Client) -> None:
    shop = {product.title: product for product in make_shop(numbers=1)}
    before = cards(client.get("/search/", {"q": "plain"}))
    ada = get_user_model().objects.create_user("ada")
    for title in ("Red lamp 0", "Blue lamp 0"):
        record("cart", shop[title], user=ada)
    client.force_login(ada)
    after = cards(client.get("/search/", {"q": "plain"}))
    assert sorted(after) == sorted(before) == sorted(shop)
    places = [sum(titles.index(title) for title in shop if "lamp" in title) for titles in (before, after)]
    assert places[1] < places[0]
    assert cards(client.get("/search/", {"q": "plain", "sort": "name"})) == sorted(shop)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_shopper_takes_a_photo(page: Any, live_server: Any, worker: Any, settings: Any) -> None:
    make_shop(numbers=1)
    worker()
    usual, settings.MMREC = settings.MMREC, settings.MMREC | {"SEARCH_MS": 120_000}
    assert search(text="dress").rung == "meaning"  # by now it has loaded what it searches with
    settings.MMREC = usual
    page.goto(live_server.url)
    page.get_by_role("link", name="Search by photo").click()
    page.wait_for_url("**/search/photo/")  # and its script
    photo = {"name": "photo.png", "mimeType": "image/png", "buffer": picture("green", "dress")}
    page.get_by_label("Take or choose a photo").set_input_files(photo)
    page.get_by_role("heading", name="Like your photo").wait_for(timeout=60_000)
    assert page.locator(".mmrec-title").first.inner_text() == "Green dress 0"


@pytest.mark.slow
def test_phone_photos_of_groceries_find_them_in_the_first_row(client: Client, answered: None) -> None:
    try:
        folder = data_folder("grocery-store")
    except SystemExit as missing:
        pytest.skip(str(missing))
    call_command("mmrec_import", str(folder), stdout=io.StringIO())
    call_command("mmrec_encode", stdout=io.StringIO())
    with open(folder / "photos.csv") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == "test"][::31]
    from shop_demo.models import Product

    titles = {product.external_id.split("/")[-1]: product.title for product in Product.objects.all()}
    with tarfile.open(folder / "photos.tar") as archive:
        hits = [
            titles[row["item_id"]] in cards(upload(client, archive.extractfile(row["photo"]).read()))[:4]  # type: ignore[union-attr]
            for row in rows
        ]
    assert sum(hits) > 0.55 * len(hits), f"{sum(hits)} of {len(hits)}"
