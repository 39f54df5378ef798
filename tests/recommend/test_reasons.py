"""Reasons: what really produced a candidate, and the sentence."""

import numpy as np
import pytest
from django.test import RequestFactory
from django.utils import timezone, translation

from mmrec_app.events import record
from mmrec_app.models import Item, Visitor
from mmrec_app.recommend import recommend, recommended_list
from mmrec_app.recommend.reasons import explained, sentence
from mmrec_app.types import Candidate, Profile, Reason, Recipe, Touch
from tests.products import make_shop

TITLES = {7: "Linen dress"}
UNIT = np.eye(4, dtype=np.float32)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason("looks"), "Looks like this one"),
        (Reason("looks", 7), "Looks like Linen dress"),
        (Reason("looks", 7, yours=True), "Looks like your Linen dress"),
        (Reason("bought", 7), "Often bought with Linen dress"),
        (Reason("viewed", 7), "Because you viewed Linen dress"),
        (Reason("viewed", 7, yours=True), "Because you chose Linen dress"),
        (Reason("viewed"), "For your taste"),
        (Reason("bought", 8), "Often bought with this one"),  # its product is gone
        (Reason("new"), "New in Dresses"),
        (Reason("pinned"), "Our choice"),
        (None, ""),
    ],
)
def test_sentences(reason, said):
    assert sentence(reason, TITLES, "Clothing > Dresses") == said


def test_without_a_category_the_sentence_is_shorter():
    assert sentence(Reason("popular"), {}, "") == "Popular"


@pytest.mark.parametrize("language", ["de", "fr", "es", "ar"])
def test_sentences_are_translated(language):
    with translation.override(language):
        said = sentence(Reason("looks", 7), TITLES, "")
    assert "Linen dress" in said and said != "Looks like Linen dress"


def profile(history=(1, 2), context=(), kinds=("view", "purchase"), weights=None, beside=True) -> Profile:
    now = timezone.now()
    touches = tuple(Touch(item, kind, now) for item, kind in zip(history, kinds, strict=False))
    recipe = Recipe(weights or {"neural": 1.0, "linear": 1.0}, (), 20, 5.0, "", "")
    return Profile(1, 4, touches, context, recipe=recipe, beside=beside)


def why(candidate: Candidate, who: Profile, vectors=None, looks=None, company=None, others=()) -> Reason | None:
    vectors = vectors if vectors is not None else {1: UNIT[0], 2: UNIT[1], candidate.item_id: UNIT[1]}
    return explained(who, [candidate, *others], vectors, looks or {}, company or {})[0].reason


FOUND = Candidate(9, 1.0, "personal")
LAST = Candidate(10, 0.1, "personal")


@pytest.mark.parametrize(("looks", "kind"), [({9: 0.8}, "looks"), ({9: 0.2}, "reads"), ({}, "like")])
def test_what_content_brought_is_like_the_nearest_of_the_history(looks, kind):
    assert why(FOUND, profile(), looks=looks) == Reason(kind, 2, yours=True)
    assert why(FOUND, profile(kinds=("view", "view")), looks=looks) == Reason(kind, 2)


def test_what_company_brought_names_who_it_keeps():
    vectors = {1: UNIT[0], 2: UNIT[1], 9: UNIT[2], 10: UNIT[2]}
    company = {(1, 9): 0.5, (2, 9): 0.1}
    assert why(FOUND, profile(), vectors, company=company, others=[LAST]) == Reason("viewed", 1)
    # The older touch counts less, by the generation's recency: exp(-1 / 5).
    assert why(FOUND, profile(), vectors, company={(1, 9): 0.4, (2, 9): 0.5}, others=[LAST]) == Reason(
        "viewed", 2, True
    )


def test_the_signal_that_the_list_weighs_more_is_named():
    vectors = {1: UNIT[0], 2: UNIT[1], 9: UNIT[1], 10: UNIT[2]}
    company = {(1, 9): 0.25}
    assert (
        why(FOUND, profile(weights={"neural": 1, "linear": 0.1}), vectors, company=company, others=[LAST]).item_id == 2
    )
    assert (
        why(FOUND, profile(weights={"neural": 0.1, "linear": 1}), vectors, company=company, others=[LAST]).item_id == 1
    )


def test_what_is_like_nothing_of_the_history_is_for_a_taste():
    assert why(FOUND, profile(), {1: UNIT[0], 2: UNIT[1], 9: UNIT[3]}) == Reason("viewed")
    assert why(FOUND, profile(), {}) == Reason("viewed")


def test_beside_one_product_it_is_this_one_and_of_a_cart_the_product_is_named():
    near = {5: UNIT[0], 6: UNIT[1], 9: UNIT[1]}
    similar = Candidate(9, 1.0, "similar")
    assert why(similar, profile(context=(6,)), near, {9: 0.9}) == Reason("looks")
    assert why(similar, profile(context=(6,), beside=False), near, {9: 0.9}) == Reason("looks", 6)
    assert why(similar, profile(context=(5, 6), beside=False), near, {9: 0.9}) == Reason("looks", 6)
    assert why(Candidate(9, 1.0, "style"), profile(context=(5, 6), beside=False), near) == Reason("goes", 6)
    assert why(similar, profile(context=(5, 6), beside=False), {}) == Reason("like", 6)


@pytest.mark.django_db
def test_a_card_tells_its_reason():
    shop = {product.title: product for product in make_shop(numbers=2)}
    visitor = Visitor.objects.create(key="v")
    record("cart", shop["Red dress 0"], visitor=visitor)
    request = RequestFactory().get("/")
    request._mmrec_visitor = visitor
    cards = recommended_list("for_you", request, k=3, variant={"exploration": 0}).cards
    assert {card.reason for card in cards} == {"Similar to your Red dress 0"} and {card.kind for card in cards} == {
        "like"
    }


@pytest.mark.django_db
def test_every_candidate_of_every_rung_has_a_reason():
    shop = make_shop(numbers=2)
    visitor = Visitor.objects.create(key="v")
    for kind in ("view", "purchase"):
        record(kind, shop[0], visitor=visitor)
    from mmrec_app.recommend import PLACEMENTS

    for name in PLACEMENTS:
        found = recommend(name, visitor=visitor, item=shop[3], k=Item.objects.count())
        assert all(each.reason is not None for each in found.items), name
