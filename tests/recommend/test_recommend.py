import subprocess
import sys

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from mmrec_app.catalogue import item_for, items_for
from mmrec_app.embeddings.interests import interests, merge
from mmrec_app.events import record, refresh_statistics, visitor_for
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Impression, Item, ItemVector, Visitor
from mmrec_app.recommend import PLACEMENTS, recommend
from tests.products import make_product, make_shop


@pytest.fixture
def visitor(db) -> Visitor:
    return Visitor.objects.create(key="v")


@pytest.fixture
def shop(db):
    return make_shop(numbers=2)


def titles(found) -> list[str]:
    items = Item.objects.in_bulk(found.item_ids)
    return [items[pk].title for pk in found.item_ids]


def test_similar_begins_with_the_look_alike_of_the_same_kind(shop):
    found = recommend("similar", item=shop[0], k=4)
    assert found.rung == "similar" and titles(found)[0] == "Red dress 1"
    assert all("dress" in title for title in titles(found))


def test_for_you_follows_what_was_touched_and_not_shown_again(shop, visitor):
    dresses = [product for product in shop if "dress" in product.title]
    for product in dresses[:3]:
        record("view", product, visitor=visitor)
    found = recommend("for_you", visitor=visitor, k=5)
    assert found.rung == "personal" and all("dress" in title for title in titles(found))
    touched = {item.pk for item in items_for(dresses[:3]).values()}
    assert not touched & {c.item_id for c in found.items if c.source == "personal"}


def test_two_tastes_are_both_seen(shop, visitor):
    for kind in ("Red dress 0", "Blue mug 0", "Red dress 1", "Blue mug 1"):
        record("view", next(p for p in shop if p.title == kind), visitor=visitor)
    seen = " ".join(titles(recommend("for_you", visitor=visitor, k=6)))
    assert "dress" in seen and "mug" in seen


def test_a_stranger_gets_what_is_on_the_rise_then_what_there_is(shop, visitor):
    assert recommend("for_you", k=3).rung == "popular"
    record("purchase", shop[5], visitor=visitor)
    refresh_statistics()
    found = recommend("for_you", k=3)
    assert found.rung == "trending" and found.item_ids[0] == item_for(shop[5]).pk and len(found.items) == 3


def test_recently_viewed_is_in_order_and_never_padded(shop, visitor):
    for number in (3, 1, 3, 2):
        record("view", shop[number], visitor=visitor)
    found = recommend("recently_viewed", visitor=visitor, k=10)
    assert found.item_ids == [item_for(shop[number]).pk for number in (2, 3, 1)]


def test_what_may_not_be_shown_is_not_shown(shop, visitor):
    sold_out, bought, dismissed, in_cart = shop[4], shop[8], shop[16], shop[20]
    sold_out.stock = 0
    sold_out.save()
    record("purchase", bought, visitor=visitor)
    record("dismiss", dismissed, visitor=visitor)
    hidden = {item_for(product).pk for product in (sold_out, bought, dismissed, in_cart)}
    for placement in PLACEMENTS:
        options = {"item": shop[0]} if PLACEMENTS[placement].needs_context else {}
        found = recommend(placement, visitor=visitor, k=50, exclude=[in_cart], **options)
        allowed = hidden - ({item_for(bought).pk} if placement == "recently_viewed" else set())
        assert not allowed & set(found.item_ids), placement


def test_a_deleted_product_is_gone_at_once(shop):
    best = recommend("similar", item=shop[0], k=1).item_ids[0]
    next(p for p in shop if item_for(p).pk == best).delete()
    assert best not in recommend("similar", item=shop[0], k=50).item_ids


def test_a_product_without_a_vector_falls_to_its_category(shop):
    item = item_for(shop[0])
    ItemVector.objects.filter(item=item).delete()
    found = recommend("similar", item=shop[0], k=4)
    assert found.rung == "category" and all("dress" in title for title in titles(found))


def test_a_source_that_fails_costs_its_rung_only(shop, caplog):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mmrec_app_itemstatistics RENAME TO away")
    found = recommend("similar", item=shop[0], k=60)
    assert found.rung == "similar" and len(found.items) > 0
    assert "failed or ran out of time" in caplog.text


def test_a_user_is_their_visitor(shop):
    user = get_user_model().objects.create_user("ada")
    record("view", shop[0], user=user)
    assert recommend("for_you", user=user).rung == "personal"
    assert visitor_for(user).key == f"user:{user.pk}"


def test_bad_input_names_itself(shop):
    for options, said in (
        ({"placement": "nowhere"}, "'nowhere' is unknown; placements are for_you"),
        ({"placement": "for_you", "k": 0}, "k is 0"),
        ({"placement": "similar"}, "pass item= or items="),
        ({"placement": "for_you", "filters": {"size": 1}}, "'size' is unknown"),
    ):
        with pytest.raises(MmrecError, match=said):
            recommend(**options)


def test_recommend_writes_nothing(shop, visitor):
    recommend("for_you", visitor=visitor)
    assert not Impression.objects.exists()


def test_interests_split_what_is_apart_and_merge_by_weight():
    import numpy as np

    vectors = {n: np.eye(4, dtype=np.float32)[n // 2] for n in range(4)}
    found = interests(vectors, {0: 3.0, 1: 3.0, 2: 1.0, 3: 1.0})
    assert [one.weight for one in found] == [6.0, 2.0]
    mixed = merge([[(1, 0.9), (2, 0.8), (3, 0.7)], [(9, 0.5), (1, 0.4)]], [6.0, 2.0], 4)
    assert [item for item, _ in mixed] == [1, 2, 3, 9]


def test_serving_loads_no_torch():
    script = (
        "import django, sys; django.setup()\n"
        "from django.urls import resolve; resolve('/mmrec/v1/events/')\n"
        "from mmrec_app.recommend import PLACEMENTS, recommend\n"
        "import mmrec_app.admin, mmrec_app.templatetags.mmrec\n"
        "recommend('for_you')\n"
        "bad = {'torch', 'transformers'} & set(sys.modules); assert not bad, bad"
    )
    from tests.workers import environment_of_worker

    done = subprocess.run([sys.executable, "-c", script], env=environment_of_worker(), capture_output=True, text=True)
    # The database of the subprocess is empty of our rows or not: only what it imports counts.
    assert "AssertionError" not in done.stderr and ("MmrecError" in done.stderr or done.returncode == 0), done.stderr


@pytest.mark.django_db
def test_an_empty_shop_has_empty_lists():
    found = recommend("for_you")
    assert (found.rung, found.items) == ("empty", ())
    make_product(stock=0)
    assert recommend("trending").items == ()
