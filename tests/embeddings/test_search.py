import numpy as np
import pytest
from django.db import connection
from pgvector import HalfVector

from mmrec_app.embeddings.search import nearest, reading
from mmrec_app.models import Item, ItemVector
from mmrec_app.training.projection import unit
from mmrec_app.types import Filters

COUNT, DIMENSION = 300, 256


@pytest.fixture
def placed(db):
    rng = np.random.default_rng(3)
    vectors = unit(rng.standard_normal((COUNT, DIMENSION)).astype(np.float32))
    Item.objects.bulk_create(
        Item(
            source="t",
            object_id=str(n),
            title=str(n),
            category=f"A > {'B' if n % 10 else 'C'}",
            price=n,
            available=n % 3 > 0,
            attributes={"colour": "red" if n % 2 else "blue"},
            sites=[7] if n % 5 == 0 else [],
        )
        for n in range(COUNT)
    )
    items = list(Item.objects.order_by("price"))
    ItemVector.objects.bulk_create(
        ItemVector(generation_id=0, item=item, joint=HalfVector(v), content=HalfVector(v))
        for item, v in zip(items, vectors, strict=True)
    )
    return items, vectors


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        (Filters(), lambda item: True),
        (Filters(category="A > C"), lambda item: item.category == "A > C"),
        (Filters(category="A"), lambda item: True),
        (Filters(category="A > "), lambda item: False),
        (Filters(category="%"), lambda item: False),
        (Filters(price_min=20, price_max=60), lambda item: 20 <= item.price <= 60),
        (Filters(attributes={"colour": "red"}), lambda item: item.attributes["colour"] == "red"),
        (Filters(site=8), lambda item: not item.sites),
    ],
)
@pytest.mark.parametrize("exact_below", [0, 10_000])
def test_nearest_equals_brute_force_on_both_ways(placed, settings, filters, passes, exact_below):
    settings.MMREC = settings.MMREC | {"EXACT_BELOW": exact_below}
    items, vectors = placed
    query, excluded = vectors[0], [items[0].pk, items[1].pk]
    shown = [n for n, i in enumerate(items) if i.available and i.pk not in excluded and passes(i)]
    expected = [items[n].pk for n in sorted(shown, key=lambda n: -float(vectors[n] @ query))[:10]]
    with reading() as cursor:
        found = nearest(cursor, 0, DIMENSION, query, 10, filters, excluded)
    assert [item for item, _ in found] == expected


def test_a_selective_filter_never_empties_an_index_scan(placed, settings):
    settings.MMREC = settings.MMREC | {"EXACT_BELOW": 0}
    items, vectors = placed
    with reading() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        found = nearest(cursor, 0, DIMENSION, vectors[0], 12, Filters(category="A > C"), [])
    assert len(found) == 12


def test_the_search_leaves_the_shops_transaction_as_it_was(placed):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '77s'")
        with reading() as inner:
            inner.execute("SHOW statement_timeout")
            assert inner.fetchone()[0] == "500ms"
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone()[0] == "77s"
