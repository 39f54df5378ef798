"""Lists of a trained generation: what they leave out, filter, and fall back to."""

import numpy as np
import pytest
from django.utils import timezone

from mmrec_app.embeddings import towers
from mmrec_app.models import Artefact, Event, Generation, Item, ItemVector
from mmrec_app.offline.gate import activate_generation
from mmrec_app.recommend import blended, recommend
from mmrec_app.types import Touch
from tests.offline.learning import make_tastes, train

pytestmark = pytest.mark.django_db(transaction=True)


def test_lists_of_a_trained_generation(settings, tmp_path, caplog, monkeypatch):
    """One shop, one training, and everything a list may be asked."""
    settings.MMREC = settings.MMREC | {"RUNS": tmp_path}
    items, visitors = make_tastes()
    generation = train()
    towers._session.cache_clear()
    visitor = visitors[1]
    met = set(Event.objects.filter(visitor=visitor).values_list("item", flat=True))

    plain = recommend("for_you", visitor=visitor, k=10, variant={"diversity": 0, "exploration": 0})
    assert plain.rung == "personal" and not met & set(plain.item_ids)
    scores = [candidate.score for candidate in plain.items]
    assert scores == sorted(scores, reverse=True)

    first, second = plain.item_ids[:2]
    Item.objects.filter(pk=first).update(available=False)
    assert first not in recommend("for_you", visitor=visitor, k=10).item_ids
    hidden = recommend("for_you", visitor=visitor, k=10, exclude=[Item.objects.get(pk=second)])
    assert second not in hidden.item_ids
    Item.objects.filter(pk=first).update(available=True)

    filtered = recommend("for_you", visitor=visitor, k=10, filters={"category": "Taste 2"})
    assert filtered.rung == "personal" and len(filtered.items) == 10
    assert {Item.objects.get(pk=pk).category for pk in filtered.item_ids} == {"Taste 2"}
    settings.MMREC = settings.MMREC | {"EXACT_BELOW": 0}  # by the index, walking on until enough pass the filter
    indexed = recommend("for_you", visitor=visitor, k=10, filters={"category": "Taste 2"})
    assert indexed.item_ids == filtered.item_ids

    for placement in ("similar", "cart"):
        found = recommend(placement, item=items[50], items=[items[52]], k=10)
        assert found.rung == "similar" and not {items[50].pk, items[52].pk} & set(found.item_ids)
        assert {Item.objects.get(pk=pk).category for pk in found.item_ids} == {"Taste 1"}

    popular = dict(ItemVector.objects.filter(generation=generation).values_list("item", "popular"))
    Generation.objects.filter(pk=generation.pk).update(blend=generation.blend | {"goes_with": {"popular": 1.0}})
    for placement, learned in (("cart", True), ("similar", False)):  # of what goes with it, not of what is like it
        found = [popular[pk] for pk in recommend(placement, item=items[50], k=10, variant={"diversity": 0}).item_ids]
        assert (found == sorted(popular.values(), reverse=True)[:10]) == learned
    Generation.objects.filter(pk=generation.pk).update(blend=generation.blend)

    assert recommend("for_you", k=5).rung == "popular"  # nothing is known of a stranger

    activate_generation(0)  # as an experiment compares the two: with its own vectors, neighbours, tower and ranker
    for number, same in ((generation.number, True), (0, False)):
        variant = {"diversity": 0, "exploration": 0, "generation": number}
        named = recommend("for_you", visitor=visitor, k=10, variant=variant)
        assert (named.generation, named.item_ids == plain.item_ids) == (number, same)
    activate_generation(generation.number)

    ItemVector.objects.filter(generation=generation, item__in=met).delete()
    assert recommend("for_you", visitor=visitor, k=5).rung == "personal"  # by the neighbours alone

    Artefact.objects.filter(name="user_tower.onnx").update(data=b"damaged")
    assert recommend("for_you", visitor=visitors[0], k=5).items[0].source == "personal"  # loaded already
    towers._session.cache_clear()
    fallen = recommend("for_you", visitor=visitors[0], k=5)
    assert (fallen.rung, len(fallen.items)) == ("history", 5) and "is damaged" in caplog.text

    def broken(*_, **__):
        raise RuntimeError("no such operator")

    session = type("Session", (), {"run": broken, "get_inputs": lambda _: []})()
    monkeypatch.setattr(towers, "_session", lambda *_: session)
    fallen = recommend("for_you", visitor=visitors[0], k=5)
    assert fallen.rung == "history" and "no such operator" in caplog.text


def test_a_run_of_touches_counts_once_and_an_item_by_its_latest():
    now = timezone.now()
    history = [
        Touch(item, kind, now) for item, kind in ((3, "cart"), (3, "view"), (1, "view"), (3, "view"), (2, "view"))
    ]
    events = blended.collapsed(history)
    assert [(touch.item_id, touch.kind) for touch in events] == [(3, "cart"), (1, "view"), (3, "view"), (2, "view")]
    assert blended.recency(events, 2.0) == pytest.approx({3: 1.0, 1: np.exp(-0.5), 2: np.exp(-1.5)})
    assert blended.recency(events, None) == {3: 1.0, 1: 1.0, 2: 1.0}
