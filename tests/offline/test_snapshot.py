"""What training reads of the database, against what a hand counts."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from mmrec_app.conf import conf
from mmrec_app.embeddings.vectors import store_embeddings
from mmrec_app.models import Event, Item, Visitor
from mmrec_app.offline.snapshot import KINDS, asked, take_snapshot
from mmrec_app.types import Embedding

pytestmark = pytest.mark.django_db(transaction=True)

NOW = timezone.now()


@pytest.fixture
def items():
    return Item.objects.bulk_create(Item(source="s", object_id=str(n), category=f"C{n}") for n in range(8))


def walk(key: str, items, path: str, kinds: str = "") -> Visitor:
    """A visitor who met the items whose numbers are in `path`, an hour apart, the last an hour ago."""
    visitor = Visitor.objects.create(key=key)
    names = {"v": "view", "c": "cart", "d": "dismiss", "p": "purchase"}
    for age, (number, kind) in enumerate(zip(path[::-1], (kinds or "v" * len(path))[::-1], strict=True)):
        at = NOW - timedelta(hours=1 + age)
        Event.objects.create(visitor=visitor, item=items[int(number)], kind=names[kind], at=at)
    return visitor


def lists(ragged, item_ids, items):
    numbers = {item.pk: number for number, item in enumerate(items)}
    return ["".join(str(numbers[int(item_ids[row])]) for row in each) for each in ragged]


def test_the_last_new_item_is_the_test_and_the_one_before_validation(items):
    walk("long", items, "0120312")  # new: 0 1 2 3
    walk("short", items, "0121")
    found = take_snapshot(NOW)
    assert lists(found.data.train, found.item_ids, items) == ["01", "0121"]
    assert lists(found.data.valid, found.item_ids, items) == ["2", ""]
    assert lists(found.data.test, found.item_ids, items) == ["3", ""]


def test_repeats_in_a_row_count_once_by_the_last_and_dismissals_not_at_all(items):
    walk("v", items, "0011120", "vcvpvdv")
    found = take_snapshot(NOW)
    assert lists(found.data.train, found.item_ids, items) == ["010"]
    assert [KINDS[kind] for kind in found.data.train.kinds] == ["cart", "view", "view"]
    np.testing.assert_allclose(found.data.train.days * 24, [6, 3, 1], atol=1e-3)


def test_removed_items_erased_visitors_old_and_later_events_are_not_there(items, settings):
    settings.MMREC = settings.MMREC | {"HISTORY_DAYS": 30}
    stays, erased = walk("stays", items, "0123"), walk("erased", items, "4567")
    Event.objects.create(visitor=stays, item=items[5], kind="view", at=NOW - timedelta(days=40))
    Event.objects.create(visitor=stays, item=items[6], kind="view", at=NOW + timedelta(days=1))
    Item.objects.filter(pk=items[1].pk).update(removed_at=NOW)
    erased.delete()
    found = take_snapshot(NOW)
    assert lists(found.data.train, found.item_ids, items) == ["023"] and found.visitor_ids.tolist() == [stays.pk]


def test_items_have_a_vector_or_an_event_and_views_are_apart(items):
    text, image = conf().encoders
    row = np.arange(1, 5, dtype=np.float32) / 8
    store_embeddings(
        [
            Embedding(items[2].pk, "text", text.identity, "x", row),
            Embedding(items[3].pk, "text", text.identity, "x", 2 * row),
            Embedding(items[3].pk, "text", text.identity, "x", -row, view=1),
            Embedding(items[5].pk, "image", "no longer configured", "x", row),
        ]
    )
    walk("v", items, "07")
    found = take_snapshot(NOW)
    assert found.item_ids.tolist() == [items[n].pk for n in (0, 2, 3, 7)]
    rows = found.data.features[text.identity]
    np.testing.assert_allclose(rows[1:3], [row, 2 * row])
    assert np.isnan(rows[[0, 3]]).all() and image.identity not in found.data.features
    np.testing.assert_allclose(found.data.views[text.identity][0, 2], -row)
    assert np.isnan(found.data.views[text.identity][0, [0, 1, 3]]).all()
    assert found.data.categories == ("C0", "C2", "C3", "C7")


def test_who_was_held_out_stays_so_when_the_shop_grows():
    before = set(asked(np.arange(1000), np.arange(1000), 100).tolist())
    after = set(asked(np.arange(2000), np.arange(2000), 100).tolist())
    assert len(before) == len(after) == 100
    assert {visitor for visitor in after if visitor < 1000} <= before
    spread = np.array(sorted(before)) // 100
    assert len(set(spread.tolist())) == 10  # of every age
