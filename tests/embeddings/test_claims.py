from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from mmrec_app.catalogue import item_for
from mmrec_app.embeddings import claims
from mmrec_app.models import Item
from tests.products import make_product


def make_items(count: int) -> None:
    Item.objects.bulk_create(
        Item(source="t", object_id=str(n), title=str(n), content_hash="a", dirty_since="2026-01-01T00:00Z")
        for n in range(count)
    )


def expire() -> None:
    Item.objects.filter(lease_until__isnull=False).update(lease_until="2026-01-01T00:00Z")


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_hold_the_same_item():
    make_items(100)

    def take(_: int) -> list[int]:
        try:
            claimed = claims.claim(10)
            return list(claimed.hashes) if claimed else []
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        claimed = list(pool.map(take, range(14)))
    taken = [item for items in claimed for item in items]
    assert len(taken) == len(set(taken)) == 100
    assert max(map(len, claimed)) == 10


@pytest.mark.django_db
def test_a_lease_that_lapsed_is_taken_over_and_its_holder_fenced_off():
    make_items(1)
    first = claims.claim(10)
    assert claims.claim(10) is None
    expire()
    second = claims.claim(10)
    assert claims.still_held(first) == set() and claims.still_held(second) == set(second.hashes)
    claims.finish(first, {})
    assert Item.objects.get().dirty_since is not None
    claims.finish(second, {})
    assert Item.objects.get().dirty_since is None


@pytest.mark.django_db
def test_what_changes_while_it_is_encoded_stays_dirty():
    product = make_product()
    claimed = claims.claim(10)
    product.title = "Renamed meanwhile"
    product.save()
    claims.finish(claimed, {})
    item = item_for(product)
    assert item.dirty_since is not None and item.lease_token is None
    assert claims.claim(10) is not None


@pytest.mark.django_db
def test_the_third_failure_parks_an_item_with_its_error():
    make_items(1)
    for _ in range(3):
        claims.fail(claims.claim(1), ValueError("odd"))
    assert claims.claim(1) is None
    item = Item.objects.get()
    assert (item.attempts, item.last_error) == (3, "ValueError: odd")
    assert Item.objects.filter(claims.PARKED).count() == 1


@pytest.mark.django_db
def test_an_item_that_kills_workers_is_tried_alone_and_parked_at_last():
    make_items(3)
    sizes = []
    for _ in range(60):
        claimed = claims.claim(10)
        if claimed is None:
            break
        sizes.append(len(claimed.hashes))
        expire()
    assert sizes[:4] == [3, 3, 3, 1] and set(sizes[3:]) == {1}
    assert Item.objects.filter(claims.PARKED).count() == 3


@pytest.mark.django_db
def test_fresh_items_go_before_lapsed_ones():
    make_items(1)
    claims.claim(1)
    expire()
    Item.objects.create(source="t", object_id="new", title="new", dirty_since="2026-06-01T00:00Z", content_hash="a")
    claims.claim(1)  # the lapse is only known once it is claimed again
    with connection.cursor() as cursor:
        cursor.execute("SELECT lapses FROM mmrec_app_item ORDER BY id")
        assert [row[0] for row in cursor.fetchall()] == [1, 0]
    expire()
    claimed = claims.claim(1)
    assert Item.objects.get(pk=next(iter(claimed.hashes))).object_id == "new"
