"""Placements: what is built in, what a shop makes of them, and what each shows."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from mmrec_app.catalogue import item_for
from mmrec_app.conf import conf
from mmrec_app.encoders.spec import MOBILENET
from mmrec_app.events import record, refresh_affinities, refresh_statistics
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Item, ModalityVector, Visitor
from mmrec_app.recommend import PLACEMENTS, recommend
from mmrec_app.recommend.placements import placement_of, varied
from tests.products import make_product, make_shop


def titles(found) -> list[str]:
    items = Item.objects.in_bulk(found.item_ids)
    return [items[pk].title for pk in found.item_ids]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rungs": []}, "'rungs' is \\[\\]; it must list"),
        ({"rungs": ["nowhere"]}, "rung 'nowhere' is unknown; rungs are again, bought_elsewhere"),
        ({"sources": []}, "no 'sources'; what can change is caps"),
        ({"mode": "smells"}, "'mode' is 'smells'; it must be one of both, looks, reads"),
        ({"diversity": 1.5}, "“diversity” is 1.5; it must be a number from 0 to 1"),
        ({"diversity": True}, "must be a number"),
        ({"exploration": "much"}, "must be a number"),
        ({"rotation": -1}, "“rotation” is -1"),
        ({"caps": {"brand": 0}}, "lets nothing of “brand” in"),
        ({"caps": ["brand"]}, "must map names to numbers"),
        ({"weights": {"magic": 1}}, "“magic”, which is no signal; signals are neural"),
        ({"needs_context": 1}, "must be true or false"),
        ({"generation": "3"}, "'generation' is '3'; it must be the number of a generation"),
        ({"generation": True}, "must be the number of a generation"),
        ({"generation": 2**31}, "must be the number of a generation"),
    ],
)
def test_a_mistake_names_the_field_and_what_it_may_be(changes, said):
    with pytest.raises(MmrecError, match=said):
        varied(PLACEMENTS["for_you"], changes)


def test_settings_add_placements_and_change_those_there_are(settings):
    settings.MMREC = settings.MMREC | {
        "PLACEMENTS": {"for_you": {"rotation": 9}, "mine": {"rungs": ["newest"], "caps": {"brand": 2}}}
    }
    assert PLACEMENTS["for_you"].rotation == 9 and PLACEMENTS["for_you"].diversity == 0.15
    assert placement_of("mine").caps == {"brand": 2} and [*PLACEMENTS][-1] == "mine" and len(PLACEMENTS) == 10
    with pytest.raises(MmrecError, match="'yours' is unknown; placements are for_you.*mine"):
        placement_of("yours")
    settings.MMREC = settings.MMREC | {"PLACEMENTS": {"mine": {"caps": {}}}}
    with pytest.raises(MmrecError, match="'mine' is new; give it 'rungs'"):
        placement_of("mine")
    settings.MMREC = settings.MMREC | {"PLACEMENTS": {"new": {"generation": 0}}}
    with pytest.raises(MmrecError, match="'new' names a generation; only a variant"):
        placement_of("new")


@pytest.mark.django_db
def test_a_placement_of_the_settings_is_served(settings):
    first, last = make_product(number=0, image=False), make_product(number=1, image=False)
    settings.MMREC = settings.MMREC | {"PLACEMENTS": {"mine": {"rungs": ["newest"]}}}
    found = recommend("mine", k=5)
    assert (found.placement, found.rung) == ("mine", "new") and found.item_ids == [
        item_for(last).pk, item_for(first).pk
    ]  # fmt: skip
    assert {each.reason.kind for each in found.items} == {"new"}


@pytest.mark.django_db
def test_similar_by_looks_by_words_and_by_both():
    shop = {product.title: product for product in make_shop(numbers=1)}
    # A product with the words of a mug and the picture of a lamp.
    odd = item_for(shop["Green chair 0"])
    vectors = {v.item_id: v for v in ModalityVector.objects.filter(modality="image")}
    ModalityVector.objects.filter(pk=vectors[odd.pk].pk).update(vector=vectors[item_for(shop["Blue lamp 0"]).pk].vector)
    words = {v.item_id: v for v in ModalityVector.objects.filter(modality="text")}
    ModalityVector.objects.filter(pk=words[odd.pk].pk).update(vector=words[item_for(shop["Blue mug 0"]).pk].vector)

    def best(mode: str) -> tuple[str, str]:
        found = recommend("similar", item=shop["Green chair 0"], k=8, variant={"mode": mode})
        assert found.rung == "similar" and len(found.items) == 8
        return titles(found)[0], found.items[0].reason.kind

    assert best("looks") == ("Blue lamp 0", "looks")
    assert best("reads") == ("Blue mug 0", "reads")
    assert best("both")[1] == "like"


@pytest.mark.django_db
def test_several_encoders_say_together_what_looks_alike(settings):
    """The mean of the cosines by those that both products have."""
    settings.MMREC = settings.MMREC | {
        "ENCODERS": {"image": [MOBILENET, {"model": MOBILENET, "resize": "processor"}]}, "DIMENSION": 64,
    }  # fmt: skip
    shop = {product.title: item_for(product) for product in make_shop(numbers=1)}
    first, second = (spec.identity for spec in conf().encoders)
    about, other, half = shop["Green chair 0"], shop["Blue lamp 0"], shop["Blue mug 0"]
    rows = {(row.item_id, row.encoder): row for row in ModalityVector.objects.all()}
    rng = np.random.default_rng(0)
    for encoder in (first, second):  # on one line with what the list is about, at known cosines
        own, aside = np.asarray(rows[about.pk, encoder].vector), rng.standard_normal(1280)
        aside -= (aside @ own) * own
        for item, cosine in ((other, 0.95 if encoder == first else 0.99), (half, 0.98)):
            rows[item.pk, encoder].vector = cosine * own + (1 - cosine**2) ** 0.5 * aside / np.linalg.norm(aside)
            rows[item.pk, encoder].save()
    rows[half.pk, first].delete()

    found = recommend("similar", item=about, k=8, variant={"mode": "looks"})
    scores = dict(zip(found.item_ids, (each.score for each in found.items), strict=True))
    assert scores[half.pk] == pytest.approx(0.98, abs=2e-3) and scores[other.pk] == pytest.approx(0.97, abs=2e-3)


@pytest.mark.django_db
def test_a_look_is_completed_by_other_categories():
    shop = make_shop(numbers=2)
    dress = next(product for product in shop if product.title == "Red dress 0")
    found = recommend("complete_the_look", item=dress, k=8)
    kinds = [title.split()[1] for title in titles(found)]
    assert found.rung == "style" and "dress" not in kinds
    assert {kind: kinds.count(kind) for kind in kinds} == {"mug": 2, "lamp": 2, "chair": 2} | {
        kind: n for kind, n in ((k, kinds.count(k)) for k in kinds) if n > 2
    }
    assert {each.reason.kind for each in found.items} <= {"goes", "like"}


@pytest.mark.django_db
def test_a_look_is_completed_by_other_categories_on_every_rung_but_the_last(settings):
    settings.MMREC = settings.MMREC | {"AFFINITY_SUPPORT": 1, "PURCHASED_DAYS": 0}
    shop = {product.title: product for product in make_shop(numbers=2, encode=False)}
    for title in ("Red dress 0", "Red dress 1", "Red mug 0"):
        record("purchase", shop[title], visitor=Visitor.objects.get_or_create(key="v")[0])
    record("purchase", shop["Blue chair 0"], visitor=Visitor.objects.create(key="w"))
    refresh_statistics()
    refresh_affinities()

    def listed(*rungs: str) -> set[str]:
        return set(titles(recommend("complete_the_look", item=shop["Red dress 0"], k=8, variant={"rungs": [*rungs]})))

    assert listed("bought_with") == {"Red dress 1", "Red mug 0"} and listed("bought_elsewhere") == {"Red mug 0"}
    assert "Red dress 1" in listed("trending")
    assert listed("trending_elsewhere") == {"Red mug 0", "Blue chair 0"}
    assert {"Red dress 1", "Red mug 0"} <= listed("popular")
    assert [rung.__name__ for rung in PLACEMENTS["complete_the_look"].rungs[1:]] == [
        "bought_elsewhere", "trending_elsewhere", "popular"
    ]  # fmt: skip


@pytest.mark.django_db
def test_caps_and_diversity_reach_the_list():
    shop = make_shop(numbers=2)
    visitor = Visitor.objects.create(key="v")
    record("view", next(p for p in shop if p.title == "Red dress 0"), visitor=visitor)

    def kinds(**variant) -> list[str]:
        found = recommend("for_you", visitor=visitor, k=6, variant={"exploration": 0} | variant)
        assert len(found.items) == 6
        return [title.split()[1] for title in titles(found)]

    assert set(kinds(diversity=0)) == {"dress"}
    assert sorted(kinds(diversity=0, caps={"category": 0.5})).count("dress") == 3
    assert len(set(kinds(diversity=0.7))) > 1


@pytest.mark.django_db
@pytest.mark.parametrize(("caps", "most"), [({"brand": 1}, 1), ({"category": 0.5}, 2)])
def test_caps_hold_where_all_that_is_best_shares_one_value(caps, most):
    """Forty of one brand and category on the rise; four times as many as a list of four chooses from at first."""
    shared = [item_for(make_product(number=n, image=False)).pk for n in range(40)]
    others = [item_for(make_product("blue", kind, 0, image=False)).pk for kind in ("mug", "lamp", "chair")]
    Item.objects.filter(pk__in=shared).update(attributes={"brand": "Same"}, category="Dresses")
    for n, pk in enumerate(others):
        Item.objects.filter(pk=pk).update(attributes={"brand": f"Other {n}"}, category=f"Things > {n}")
    Item.objects.filter(pk__in=others).update(published_at=timezone.now() - timedelta(days=400))
    found = recommend("trending", k=4, variant={"caps": caps, "rungs": ["newest"]}).item_ids
    assert len(found) == 4 and len(set(found) & set(shared)) == most
    assert len(recommend("trending", k=40, variant={"caps": caps}).item_ids) == 40  # nothing else is left


@pytest.mark.django_db
def test_what_costs_nothing_is_not_sold():
    free, sold = make_product(number=0, image=False), make_product(number=1, image=False)
    Item.objects.filter(pk=item_for(free).pk).update(price=0)
    unpriced = make_product(number=2, image=False)
    Item.objects.filter(pk=item_for(unpriced).pk).update(price=None)
    for placement in ("for_you", "trending", "new"):
        assert set(recommend(placement, k=5).item_ids) == {item_for(sold).pk, item_for(unpriced).pk}


@pytest.mark.django_db
def test_a_list_without_stages_asks_one_statement_more_than_its_rungs(django_assert_max_num_queries):
    shop = make_shop(numbers=1)
    with django_assert_max_num_queries(14) as asked:
        recommend("similar", item=shop[0], k=5)
    mine = [query["sql"] for query in asked.captured_queries if "mmrec_app_rule" in query["sql"]]
    assert len(mine) == 1
