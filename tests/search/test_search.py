"""Searches by words and by photo, with a real worker's encoders; the shop's own results in a visitor's order."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from PIL import Image

from mmrec_app import tasks
from mmrec_app.catalogue import item_for
from mmrec_app.conf import conf
from mmrec_app.embeddings.queries import find_query, forget_queries, key_of, set_apart, store_query
from mmrec_app.embeddings.search import reading
from mmrec_app.embeddings.vectors import store_embeddings
from mmrec_app.encoders import cached
from mmrec_app.encoders.spec import COLOURS, MINILM, MOBILENET
from mmrec_app.encoders.tfidf import fit
from mmrec_app.events import record, visitor_for
from mmrec_app.exceptions import ImageRefused, MmrecError
from mmrec_app.models import EncodedQuery, Impression, ModalityVector, Rule
from mmrec_app.offline.query import query_vectors
from mmrec_app.search import QueryWaits, ask_photo, rerank, search, search_list
from mmrec_app.search.asking import encoders_of, small
from mmrec_app.types import Embedding
from shop_demo.models import Product
from tests.docs.reading import blocks
from tests.products import make_product, make_shop, picture

pytestmark = pytest.mark.django_db


def phone_photo(colour: str, kind: str) -> bytes:
    """Another size and format than the catalogue's, turned by its metadata."""
    image = Image.open(io.BytesIO(picture(colour, kind))).resize((480, 600)).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Phone"
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=80, exif=exif)
    return out.getvalue()


def anybody() -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return request


def titles(found: Any) -> list[str]:
    return [card.title for card in found]


def test_a_photo_finds_what_it_shows(answered: list[str]) -> None:
    make_shop(numbers=1)
    for colour, kind in (("blue", "mug"), ("green", "dress")):
        shown = search_list(anybody(), photo=ask_photo(io.BytesIO(phone_photo(colour, kind))), k=4)
        assert (shown.rung, titles(shown)[0]) == ("photo", f"{colour.title()} {kind} 0")
        assert {(card.kind, card.reason) for card in shown} == {("photo", "Looks like your photo")}


def test_a_search_asked_twice_needs_no_worker_and_keeps_neither_words_nor_photo(answered: list[str]) -> None:
    make_shop(numbers=1)
    for _ in range(2):
        search(text="something to drink from")
        search(photo=ask_photo(phone_photo("red", "lamp")))
    assert answered == ["text", "image"] and EncodedQuery.objects.count() == 3  # by words, by looks, by colours
    assert {field.name for field in EncodedQuery._meta.fields} == {"key", "vector", "encoded_at"}


def test_words_are_answered_by_meaning_and_by_the_shops_own_search(answered: list[str]) -> None:
    make_shop(numbers=1)
    named = search_list(anybody(), text="mug", k=4)
    assert named.rung == "meaning" and all("mug" in title for title in titles(named))
    assert {(card.kind, card.reason) for card in named} == {("search", "Matches your search")}
    meant = titles(search_list(anybody(), text="a seat", k=4))
    assert all("chair" in title for title in meant), meant  # no text of the shop says "seat"


def test_without_a_worker_words_are_answered_by_the_shop_and_a_photo_says_to_wait(nobody: None) -> None:
    make_shop(numbers=1)
    found = search(text="blue lamp", k=3)
    assert found.rung == "words" and found.items
    with pytest.raises(QueryWaits, match="try again"):
        search(photo=ask_photo(phone_photo("red", "mug")))


def test_words_that_mean_nothing_to_the_encoder_are_answered_by_the_shop_without_waiting(
    answered: list[str], settings: Any, tmp_path: Path
) -> None:
    shop = make_shop(numbers=1, encode=False)
    fit([product.description for product in shop], tmp_path / "tfidf", dimension=4)
    settings.MMREC = settings.MMREC | {"ENCODERS": {"text": {"model": str(tmp_path / "tfidf"), "kind": "tfidf"}}}
    for _ in range(2):
        assert search(text="xylophone").rung == "empty"
        assert search(text="0").rung == "words"
    assert answered == ["text", "text"]


def broken(words: str, k: int) -> list[Any]:
    raise RuntimeError("no search today")


def test_a_shop_without_a_search_of_its_own_or_with_a_broken_one_is_answered_by_meaning(
    answered: list[str], settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    make_shop(numbers=1)
    for path in ("", f"{__name__}.broken"):
        settings.MMREC = settings.MMREC | {"SEARCH": path}
        assert search(text="lamp", k=2).rung == "meaning"
    assert "no search today" in caplog.text


def in_three_sizes(words: str, k: int) -> list[Any]:
    first, second = Product.objects.order_by("pk")[:2]
    return [first, second, second, second]


def test_a_product_whose_variants_all_match_stays_where_the_shop_found_it(nobody: None, settings: Any) -> None:
    shop = make_shop(numbers=1, encode=False)
    settings.MMREC = settings.MMREC | {"SEARCH": f"{__name__}.in_three_sizes"}
    assert search(text="plain").item_ids == [item_for(product).pk for product in shop[:2]]


def test_filters_stock_and_dismissals_hold_in_searches_too(answered: list[str]) -> None:
    shop = make_shop(numbers=2)
    ada = get_user_model().objects.create_user("ada")
    record("dismiss", shop[0], user=ada)
    shop[1].stock = 0
    shop[1].save()
    record("purchase", shop[2], user=ada)
    for question in ({"text": "dress mug"}, {"photo": ask_photo(phone_photo("red", "dress"))}):
        found = search(**question, visitor=visitor_for(ada), k=200, filters={"price_max": 10})
        assert len(found.items) == 14
        assert not {item_for(product).pk for product in shop[:2]} & set(found.item_ids)
        assert item_for(shop[2]).pk in found.item_ids  # just bought, and asked for


def rule(action: str, *products: Any, **fields: Any) -> None:
    Rule.objects.create(action=action, placements=["search"], **fields).choose(item_for(each).pk for each in products)


@pytest.mark.parametrize("by", ["words", "photo"])
def test_rules_hold_in_searches_in_their_order(answered: list[str], by: str) -> None:
    shop = {product.title: product for product in make_shop(numbers=2)}
    question = {"text": "blue mug"} if by == "words" else {"photo": ask_photo(phone_photo("blue", "mug"))}

    def first(k: int = 4, **filters: Any) -> list[str]:
        return titles(search_list(anybody(), **question, k=k, filters=filters))

    before = first(k=32)
    rule("bury", category="Shop > Mug", factor=100)
    assert not any("mug" in title for title in first())
    rule("boost", shop[before[-1]], factor=1000)
    assert first(k=16)[0] == before[-1]
    rule("pin", shop["Red chair 0"], shop["Red chair 1"], position=2)
    shown = search_list(anybody(), **question, k=4)
    assert titles(shown)[1:3] == ["Red chair 0", "Red chair 1"]
    found = "search" if by == "words" else "photo"
    assert [card.kind for card in shown] == [found, "pinned", "pinned", found]
    rule("only-from", attributes={"colour": "red"})
    assert (
        first(k=32)[1] == "Red chair 0"
        and all(title.startswith("Red") for title in first(k=32))
        and len(first(32)) == 8
    )
    rule("exclude", shop["Red chair 0"])
    assert first()[1] == "Red chair 1" and "Red chair 0" not in first(k=32)
    assert first(price_min=500) == []


def test_a_pin_answers_no_search_that_finds_nothing_and_no_other_list_is_meant(nobody: None) -> None:
    shop = make_shop(numbers=1, encode=False)
    rule("pin", shop[0], position=1)
    assert search(text="xylophone").rung == "empty"
    assert search(text="lamp", k=2).item_ids[0] == item_for(shop[0]).pk
    Rule.objects.update(placements=["for_you"])
    assert item_for(shop[0]).pk not in search(text="lamp", k=2).item_ids


def test_stages_that_fail_leave_the_search_its_own_order(nobody: None, settings: Any, caplog: Any) -> None:
    shop = make_shop(numbers=1, encode=False)
    settings.MMREC = settings.MMREC | {"PLACEMENTS": {"search": {"diversity": 0.5}}}
    rule("pin", shop[0], position=1)
    pin = item_for(shop[0]).pk
    assert search(text="lamp", k=2).item_ids[0] == pin
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mmrec_app_itemvector RENAME TO away")
    left = search(text="lamp", k=2).item_ids
    assert len(left) == 2 and pin not in left and "the stages of search" in caplog.text


def test_a_database_that_fails_leaves_the_shop_its_own_results(nobody: None, caplog: Any) -> None:
    shop = make_shop(numbers=1, encode=False)
    visitor = visitor_for(get_user_model().objects.create_user("ada"))
    record("like", shop[3], visitor=visitor)
    rule("exclude", shop[0])
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mmrec_app_rule RENAME TO away")
    assert rerank(shop, visitor) == shop and "could not be put into a visitor's order" in caplog.text
    assert visitor.events.exists()  # and the shop's own transaction goes on


def test_a_search_is_logged_as_an_impression(answered: list[str]) -> None:
    make_shop(numbers=1)
    shown = search_list(anybody(), text="lamp", k=3)
    logged = Impression.objects.get(pk=shown.impression)
    assert (logged.placement, logged.rung, len(logged.items)) == ("search", "meaning", 3)
    assert logged.latency_ms is not None and logged.latency_ms > 0
    assert search_list(anybody(), text="lamp", filters={"price_min": 500}).rung == "empty"


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "choose a file"), (b"no picture", "cannot be read"), (b"x" * 2_000_001, "at most 1.9\xa0MB")],
)
def test_what_is_no_photo_is_refused_with_the_reason(data: bytes, said: str, settings: Any) -> None:
    settings.MMREC = settings.MMREC | {"UPLOAD_BYTES": 2_000_000}
    for photo in (data, io.BytesIO(data)):
        with pytest.raises(ImageRefused, match=said):
            ask_photo(photo)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Es ist kein Foto angekommen"),
        (b"no picture", "Die Datei lässt sich nicht als Bild lesen"),
        (b"x" * 2_000_001, "höchstens 1,9\xa0MB"),
        (picture("red", "chair"), "höchstens 0,0001 Megapixeln"),
    ],
)
def test_a_photo_is_refused_in_the_language_of_whoever_sends_it(data: bytes, said: str, settings: Any) -> None:
    settings.MMREC = settings.MMREC | {"UPLOAD_BYTES": 2_000_000, "IMAGE_PIXELS": 100}
    with translation.override("de"), pytest.raises(ImageRefused, match=said):
        ask_photo(data)


def test_a_photo_goes_upright_small_and_without_its_metadata_to_the_worker() -> None:
    sent = Image.open(io.BytesIO(small(phone_photo("red", "chair"))))
    assert sent.format == "JPEG" and not sent.getexif()
    assert sent.height > sent.width and max(sent.size) == 512


def test_a_photo_is_looked_at_whole_and_in_the_middle() -> None:
    cluttered = Image.new("RGB", (400, 400), "purple")
    cluttered.paste(Image.open(io.BytesIO(picture("red", "mug"))).resize((180, 180)), (110, 110))
    out = io.BytesIO()
    cluttered.save(out, "PNG")
    spec = next(spec for spec in conf().encoders if spec.modality == "image")
    whole, middle = cached(spec, cache_dir=conf().cache).encode([cluttered, cluttered.crop((100, 100, 300, 300))])
    found = query_vectors("image", out.getvalue())[spec.identity]
    assert np.allclose(found, (whole + middle) / np.linalg.norm(whole + middle), atol=1e-3)
    assert found @ whole < 0.99


@pytest.mark.parametrize("question", [{}, {"text": " "}, {"text": "mug", "photo": "a" * 64}, {"text": "x", "k": 0}])
def test_a_question_that_cannot_be_is_an_error(question: dict[str, Any]) -> None:
    with pytest.raises(MmrecError):
        search(**question)


def test_results_move_towards_what_a_visitor_turned_to_and_nothing_is_lost() -> None:
    shop = {product.title: product for product in make_shop(numbers=1)}
    ada = get_user_model().objects.create_user("ada")
    found = [product for title, product in shop.items() if "dress" in title or "mug" in title]
    assert rerank(found, None) == found == rerank(found, visitor_for(ada))
    record("purchase", shop["Orange mug 0"], user=ada)
    record("dismiss", found[0], user=ada)
    moved = rerank(found, visitor_for(ada))
    assert sorted(product.pk for product in moved) == sorted(product.pk for product in found)
    assert moved[-1] == found[0]
    assert moved.index(shop["Orange mug 0"]) < found[1:].index(shop["Orange mug 0"])


def test_variants_take_up_one_place_of_the_visitors_taste(settings: Any) -> None:
    settings.MMREC = settings.MMREC | {"PLACEMENTS": {"search": {"weights": {"taste": 2}}}}
    shop = {product.title: product for product in make_shop(numbers=1)}
    ada = get_user_model().objects.create_user("ada")
    record("purchase", shop["Orange mug 0"], user=ada)
    liked, other = shop["Orange mug 0"], shop["Orange dress 0"]
    plain = [product for product in shop.values() if product not in (liked, other)]
    once = rerank([*plain, other, liked], visitor_for(ada))
    often = rerank([*plain, other, *[liked] * 30], visitor_for(ada))
    assert [each for each in often if each != liked] == [each for each in once if each != liked]


def test_the_rules_of_searches_hold_among_the_shops_own_results() -> None:
    shop = {product.title: product for product in make_shop(numbers=1, encode=False)}
    found = list(shop.values())
    rule("pin", shop["Red mug 0"], shop["Red lamp 0"], position=2)
    ranked = rerank(found, None)
    assert [each.title for each in ranked[1:3]] == ["Red mug 0", "Red lamp 0"] and set(ranked) == set(found)
    assert rerank(found[4:], None) == found[4:]  # neither of them is a result
    rule("bury", category="Shop > Dress", factor=100)
    rule("boost", shop["Orange chair 0"], factor=100)
    ranked = rerank(found, None)
    assert ranked[0].title == "Orange chair 0" and all("dress" in each.title for each in ranked[-4:])
    rule("only-from", attributes={"colour": "red"}, sites=[7])
    assert rerank(found, None) == ranked
    assert {each.title.split()[0] for each in rerank(found, None, site=7)} == {"Red"}
    rule("exclude", shop["Red mug 0"])
    assert [each.title for each in rerank(found, None)][1] == "Red lamp 0"
    assert shop["Red mug 0"] not in rerank(found, None)
    ada = get_user_model().objects.create_user("ada")
    record("dismiss", shop["Red lamp 0"], user=ada)
    assert rerank(found, visitor_for(ada))[-1] == shop["Red lamp 0"]


def test_without_rules_nobodys_results_cost_one_statement_and_stay() -> None:
    found = make_shop(numbers=1, encode=False)
    with CaptureQueriesContext(connection) as asked:
        assert rerank(found, None) == found
    assert len([query for query in asked if "mmrec_app_" in query["sql"]]) == 2  # the items, the rules


def test_the_index_of_the_docs_is_used_by_the_statement_as_it_is(answered: list[str]) -> None:
    make_shop(numbers=1)
    before = search(photo=ask_photo(phone_photo("blue", "lamp")), k=4)
    (made,) = blocks("sql", document="search.md")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(made.text.replace("CONCURRENTLY", ""))
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
        with CaptureQueriesContext(connection) as asked:
            assert search(photo=ask_photo(phone_photo("blue", "lamp")), k=4).item_ids == before.item_ids
        (statement,) = [query["sql"] for query in asked if "ORDER BY distance" in query["sql"]]
        cursor.execute(f"EXPLAIN {statement}")
        assert "photo_search" in str(cursor.fetchall())


def test_several_encoders_answer_together(answered: list[str], settings: Any) -> None:
    """A photo by two image encoders, words by two text encoders; what one has not seen is found by the other. No item's
    colours are known, so they move nothing."""
    several = {
        "text": [MINILM, {"model": MINILM, "pooling": "cls"}],
        "image": [MOBILENET, {"model": MOBILENET, "resize": "processor"}],
    }
    settings.MMREC = settings.MMREC | {"ENCODERS": several, "SEARCH": ""}
    shop = {product.title: item_for(product).pk for product in make_shop(numbers=1)}
    half, lost = shop["Blue mug 0"], shop["Red lamp 0"]
    ModalityVector.objects.filter(encoder=COLOURS.identity).delete()
    for encoders in (encoders_of("text"), encoders_of("image")):
        ModalityVector.objects.filter(item=half, encoder=encoders[0]).delete()
        ModalityVector.objects.filter(item=lost, encoder__in=encoders).delete()
    photo = phone_photo("blue", "mug")
    for modality, content, question in (
        ("image", small(photo), {"photo": ask_photo(photo)}),
        ("text", b"a seat", {"text": "a seat"}),
    ):
        asked = {encoder: row.astype(np.float16) for encoder, row in query_vectors(modality, content).items()}
        assert [*asked] == encoders_of(modality)
        if modality == "image":
            asked.pop(COLOURS.identity)
            with reading() as cursor:
                asked = set_apart(cursor, {encoder: row.astype(np.float32) for encoder, row in asked.items()})
        cosines: dict[int, list[float]] = {}
        for row in ModalityVector.objects.filter(modality=modality):
            cosines.setdefault(row.item_id, []).append(
                float(np.asarray(row.vector) @ asked[row.encoder].astype(np.float32))
            )
        means = {item: float(np.mean(of)) for item, of in cosines.items()}
        found = search(**question, k=24)
        assert len(cosines[half]) == 1 and lost not in found.item_ids
        assert found.item_ids == sorted(means, key=lambda item: -means[item])
        if modality == "image":
            assert [each.score for each in found.items] == pytest.approx(sorted(means.values(), reverse=True), abs=2e-3)
    assert search(**question).rung == "meaning" and answered == ["image", "text"]


def seen_as(*rows: tuple[float, ...]) -> list[int]:
    """Items that the image encoder made these of."""
    items = [item_for(product).pk for product in make_shop(numbers=1, encode=False)[: len(rows)]]
    looks_like(dict(zip(items, rows, strict=True)))
    return items


def looks_like(rows: dict[int, tuple[float, ...]]) -> None:
    encoder = encoders_of("image")[0]
    store_embeddings([Embedding(item, "image", encoder, "", unit(row)) for item, row in rows.items()])


def unit(row: tuple[float, ...]) -> np.ndarray:
    return np.array(row, np.float32) / np.linalg.norm(row)


def photographed(key: str, row: tuple[float, ...]) -> str:
    seen, colours = encoders_of("image")
    store_query(key, {seen: unit(row), colours: np.zeros(1, np.float32)})
    return key


def test_a_photo_is_not_of_what_merely_looks_like_the_catalogue_on_the_whole(nobody: None) -> None:
    plain, leafy, round_ = seen_as((1, 0, 0), (1, 0.6, 0), (1, 0, 0.6))
    row = (0.965, 0.262, 0)
    assert unit(row) @ unit((1, 0, 0)) > unit(row) @ unit((1, 0.6, 0))
    assert search(photo=photographed("a", row)).item_ids == [leafy, plain, round_]


def test_what_is_newest_is_not_taken_for_the_whole_catalogue(nobody: None) -> None:
    """Every save of a product uses up a number, so items' are far apart."""
    seen_as(*[(1, 0, 0)] * 12)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('mmrec_app_item', 'id'), 100000)")
    newest = item_for(make_product("red", "mug", 9)).pk
    looks_like({newest: (1, 0.6, 0)})
    assert search(photo=photographed("a", (0.965, 0.262, 0))).item_ids[0] == newest > 100_000


def test_a_photo_is_not_of_what_merely_looks_like_every_photo(nobody: None) -> None:
    leafy, round_, held = seen_as((1, 1, 0, 0), (1, 0, 1, 0), (1, 0, 0, 1))
    asked = photographed("a", (0.5, 0.6, 0, 0.66))  # a leafy thing in a hand
    assert search(photo=asked).item_ids[0] == held
    for n in range(20):
        photographed(f"leafy {n}", (0.5, 0.6, 0, 0.66))
        photographed(f"round {n}", (0.5, 0, 0.6, 0.66))
    assert search(photo=asked).item_ids[0] == leafy
    assert search(photo="round 0").item_ids[0] == round_


def test_of_what_looks_equally_alike_the_colours_decide(answered: list[str]) -> None:
    shop = {product.title: item_for(product).pk for product in make_shop(numbers=1)}
    seen, colours = encoders_of("image")
    mugs = {title.split()[0].lower(): pk for title, pk in shop.items() if "mug" in title}
    same = ModalityVector.objects.get(item=mugs["red"], encoder=seen).vector
    ModalityVector.objects.filter(item__in=mugs.values(), encoder=seen).update(vector=same)
    for colour, mug in mugs.items():
        assert search(photo=ask_photo(phone_photo(colour, "mug"))).item_ids[0] == mug
    ModalityVector.objects.filter(item=mugs["red"], encoder=colours).delete()
    assert mugs["red"] in search(photo=ask_photo(phone_photo("blue", "mug"))).item_ids


def test_old_searches_are_forgotten(answered: list[str]) -> None:
    search(text="mug")
    assert forget_queries() == 0
    EncodedQuery.objects.update(encoded_at="2020-01-01T00:00Z")
    assert tasks.forget() == 1 and not EncodedQuery.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_answers_through_the_broker(worker: Any, settings: Any) -> None:
    settings.MMREC = settings.MMREC | {"SEARCH_MS": 120_000}
    make_shop(numbers=1)
    worker()
    assert titles(search_list(anybody(), photo=ask_photo(phone_photo("orange", "chair")), k=1)) == ["Orange chair 0"]
    search(text="chair")
    assert find_query(key_of(b"chair"), encoders_of("text")) is not None
