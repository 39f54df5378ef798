"""Workers, the shop's own transactions and fits beside each other, on real connections."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.contrib.auth import get_user_model
from django.db import connection, connections, transaction
from django.test import RequestFactory
from django.utils import timezone

from mmrec_app.catalogue import item_for
from mmrec_app.embeddings import claims, vectors
from mmrec_app.embeddings.generations import activate, lock_active, new_generation
from mmrec_app.events import forget_old, load_events, record, visitor_for
from mmrec_app.events.visitors import merge
from mmrec_app.mailing import mail_lists
from mmrec_app.measuring.seeing import mark_seen
from mmrec_app.models import Event, Generation, Impression, Item, ItemVector, Visitor
from mmrec_app.offline import fit as fitting
from mmrec_app.offline.encode import encode_claim
from mmrec_app.offline.fit import fit
from mmrec_app.offline.placing import follow, followed, place
from mmrec_app.privacy import erase_visitor
from mmrec_app.recommend import recommended_list
from mmrec_app.types import Embedding, EventRow
from tests.offline.test_placing import compare
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


@pytest.mark.parametrize("within", [nullcontext, transaction.atomic])
def test_a_shop_that_saves_several_products_and_encoding_again_do_not_deadlock(beside, within):
    products = [make_product(number=n) for n in range(3)]
    claims.finish(claims.claim(10), {})

    def again() -> int:
        with within():
            return claims.encode_again(Item.objects.all())

    with transaction.atomic():
        products[1].save()  # holds the item in the middle
        encoding = beside(again)
        wait_until_blocked()
        for product in (products[2], products[0]):
            Item.objects.filter(pk=item_for(product).pk).update(price=1)
    assert encoding.result(60) == 3
    assert Item.objects.exclude(dirty_since=None).count() == 3


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


def looks(product: Any, visitor: Visitor) -> None:
    record("view", product, visitor=visitor)


def gets_a_list(product: Any, visitor: Visitor) -> None:
    request = RequestFactory().get("/")
    request._mmrec_visitor = visitor  # type: ignore[attr-defined]
    recommended_list("trending", request)


def sees_a_list(product: Any, visitor: Visitor) -> None:
    mark_seen(visitor, [Impression.objects.create(placement="p", rung="r", generation_id=0, items=[]).pk])


def is_imported(product: Any, visitor: Visitor) -> None:
    load_events([EventRow(visitor.key, str(product.pk), "view", timezone.now())], "shop_demo.product")


DOINGS = [looks, gets_a_list, sees_a_list, is_imported]


@pytest.mark.parametrize("doing", DOINGS)
def test_what_a_browser_does_while_it_logs_in_belongs_to_the_account(beside, doing):
    product, visitor, account = make_product(), *(Visitor.objects.create(key=key) for key in ("browser", "account"))
    with transaction.atomic():
        doing(product, visitor)
        login = beside(lambda: merge(visitor, account))
        wait_until_blocked()
    login.result(30)
    assert [row.visitor for model in (Event, Impression) for row in model.objects.all()] == [account]


@pytest.mark.parametrize("doing", DOINGS)
def test_who_does_something_with_a_login_in_the_way_is_not_told_and_loses_nothing(beside, doing):
    product, visitor, account = make_product(), *(Visitor.objects.create(key=key) for key in ("browser", "account"))
    with transaction.atomic():
        merge(Visitor.objects.get(pk=visitor.pk), account)  # another request's copy
        done = beside(lambda: doing(product, visitor))
        wait_until_blocked()
    done.result(30)
    assert Event.objects.count() + Impression.objects.count() == 1
    for event in Event.objects.all():  # the browser still has its cookie, and its next login takes this over too
        assert event.visitor.key == "browser"


def test_a_person_can_be_erased_and_the_old_be_forgotten_while_something_is_recorded(beside, settings):
    settings.MMREC = settings.MMREC | {"RETENTION_DAYS": 30}
    product, long_ago = make_product(), timezone.now() - timedelta(days=40)
    erased, kept = (Visitor.objects.create(key=key, created_at=long_ago) for key in ("erased", "kept"))
    with transaction.atomic():
        record("view", product, visitor=kept)
        record("view", product, visitor=erased)
        erasing = beside(lambda: erase_visitor(erased))
        wait_until_blocked()
        assert beside(forget_old).result(30) == 0
    assert erasing.result(30) == {"event": 1, "visitor": 1}
    assert Event.objects.get().visitor == kept


def test_a_mailing_does_not_fail_for_who_is_erased_while_it_is_made(beside):
    make_product()
    user = get_user_model().objects.create_user("ada")
    visitor = visitor_for(user)
    with transaction.atomic():
        (made,) = mail_lists("trending", [user])
        erasing = beside(lambda: erase_visitor(visitor))
        wait_until_blocked()
    assert made.cards and erasing.result(30) == {"impression": 1, "visitor": 1}


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


def test_what_is_stored_while_a_named_generation_is_caught_up_is_in_it(beside):
    make_shop(numbers=1)
    fit()
    compare(0, 1)
    late = item_for(make_product("green", "mug", 7))
    spec = fitting.conf().encoders[0]
    size = vectors.encoder_dimensions([spec.identity])[spec.identity]
    with transaction.atomic():
        lock_active()
        assert not followed()  # as a worker reads it, who then stores
        vectors.store_embeddings([Embedding(late.pk, spec.modality, spec.identity, "x", np.arange(size))])
        following = beside(follow)
        wait_until_blocked()
    following.result(60)
    assert ItemVector.objects.filter(generation=0, item=late).exists()
    assert [generation.number for generation in Generation.objects.filter(placed_until=None)] == [1, 0]


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
