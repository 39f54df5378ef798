"""Workers, the shop's own transactions and fits beside each other, on real connections."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections, transaction

from mmrec_app.catalogue import item_for
from mmrec_app.embeddings import claims, vectors
from mmrec_app.embeddings.generations import activate, lock_active, new_generation
from mmrec_app.events import record
from mmrec_app.models import Event, Generation, Impression, Item, ItemVector, Visitor
from mmrec_app.offline import fit as fitting
from mmrec_app.offline.encode import encode_claim, place
from mmrec_app.offline.fit import fit
from mmrec_app.types import Embedding
from tests.products import make_product, make_shop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def beside():
    """`beside(work)` runs it in a thread with a database connection of its own."""
    with ThreadPoolExecutor(4) as pool:

        def start(work: Callable[[], Any]) -> Future:
            def run() -> Any:
                try:
                    return work()
                finally:
                    connections.close_all()

            return pool.submit(run)

        yield start


def wait_until_blocked(count: int = 1) -> None:
    """Until so many sessions of this database wait for a lock."""
    with connection.cursor() as cursor:
        for _ in range(600):
            cursor.execute("SELECT pg_sleep(0.05), pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0] >= count:
                return
    raise AssertionError("nobody waits")


def test_a_shop_that_saves_several_products_and_a_worker_do_not_deadlock(beside):
    first, second = make_product("red"), make_product("blue")
    claimed = claims.claim(10)
    with transaction.atomic():
        second.title = "Renamed first"
        second.save()  # holds the second item's lock
        encoding = beside(lambda: encode_claim(claimed))
        wait_until_blocked()  # the worker has stored the first one and waits for the second
        first.title = "Renamed last"
        first.save()
    encoding.result(60)
    assert {item.title for item in Item.objects.all()} == {"Renamed first", "Renamed last"}
    assert Item.objects.filter(dirty_since=None).count() == 0  # both changed after they were claimed
    assert ItemVector.objects.count() == 2


def test_events_and_impressions_are_not_held_up_by_a_worker_or_an_activation(beside):
    product, visitor = make_product(), Visitor.objects.create(key="v")
    claimed = claims.claim(10)

    def shop() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '20s'")
        record("view", product, visitor=visitor)
        Impression.objects.create(placement="p", rung="r", generation_id=0, items=[])

    with transaction.atomic():
        lock_active(exclusive=True)
        claims.still_held(claimed)
        beside(shop).result(30)
    assert Event.objects.count() == Impression.objects.count() == 1


def test_whoever_waits_for_an_activation_sees_the_generation_that_took_over(beside):
    generation = new_generation(8, {})

    def wait_for_it() -> int:
        with transaction.atomic():
            return lock_active().number

    with transaction.atomic():
        lock_active(exclusive=True)
        activate(generation)
        waiting = beside(wait_for_it)
        wait_until_blocked()
    assert waiting.result(30) == generation.number


def test_a_fit_waits_for_what_is_being_stored(beside, monkeypatch):
    """A worker that dated its vectors before the snapshot but commits after it would be in neither."""
    make_shop(numbers=1)
    late = item_for(make_product("green", "mug", 7))
    stored, looked = threading.Event(), threading.Event()
    identities = list(vectors.encoder_dimensions([spec.identity for spec in fitting.conf().encoders]).items())

    def slow_worker() -> None:
        with transaction.atomic():
            generation = lock_active()
            vectors.store_embeddings(
                [Embedding(late.pk, "text", name, "x", [0.5] * size) for name, size in identities[:1]]
            )
            stored.set()
            looked.wait(3)
            place(generation, [late.pk])

    original = vectors.embeddings_of

    def look(*arguments):
        try:
            return original(*arguments)
        finally:
            looked.set()

    monkeypatch.setattr(vectors, "embeddings_of", look)
    working = beside(slow_worker)
    stored.wait(30)
    generation = fit()
    working.result(60)
    assert ItemVector.objects.filter(generation=generation, item=late).exists()


def test_a_new_generation_does_not_queue_the_shop_behind_a_long_transaction(beside, monkeypatch):
    make_shop(numbers=1)
    started, stepped_back = threading.Event(), threading.Event()

    def long_import() -> bool:
        with transaction.atomic():
            Item.objects.filter(pk=Item.objects.first().pk).update(price=5)
            started.set()
            return stepped_back.wait(60)

    def sleep(seconds: float) -> None:
        stepped_back.set()
        threading.Event().wait(seconds)

    monkeypatch.setattr(time, "sleep", sleep)
    importing = beside(long_import)
    started.wait(30)
    generation = fit()
    assert importing.result(60)
    assert Generation.objects.get(state="active") == generation
