"""The list "search" as the settings and experiments have it."""

import re
from collections import Counter
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mmrec_app.catalogue import item_for
from mmrec_app.events import record, visitor_for
from mmrec_app.exceptions import MmrecError
from mmrec_app.lists import check_variant, start_experiment
from mmrec_app.measuring.counting import count_day
from mmrec_app.measuring.experiments import HOLDOUT, stop
from mmrec_app.measuring.outcomes import count_experiment, results
from mmrec_app.models import DailyFigure, Experiment, Impression, Item, Variant
from mmrec_app.recommend import PLACEMENTS, recommend
from mmrec_app.recommend.placements import list_of
from mmrec_app.search import ask_photo, rerank, search, search_list
from shop_demo.models import Product
from tests.pictures import picture
from tests.products import make_shop

pytestmark = pytest.mark.django_db
NO_TASTE = {"weights": {"taste": 0}}


def put(settings: Any, **changes: Any) -> None:
    settings.MMREC = settings.MMREC | {"PLACEMENTS": {"search": changes}}


@pytest.fixture
def shop() -> dict[str, Product]:
    return {product.title: product for product in make_shop(numbers=1)}


@pytest.fixture
def ada(shop: dict[str, Product]) -> Any:
    """Somebody with a taste for what is orange."""
    user = get_user_model().objects.create_user("ada")
    record("purchase", shop["Orange mug 0"], user=user)
    record("like", shop["Orange dress 0"], user=user)
    return user


def asked_by(user: Any) -> Any:
    request = RequestFactory().get("/")
    request.user = user
    return request


def titles(item_ids: Any) -> list[str]:
    items = Item.objects.in_bulk(item_ids)
    return [items[pk].title for pk in item_ids]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rotation": 3}, "“search” has no “rotation”; what can change in it is caps, diversity, weights"),
        ({"exploration": 0.1}, "no “exploration”"),
        ({"rungs": ["popular"]}, "no “rungs”"),
        ({"generation": 0}, "no “generation”"),
        ({"weights": {"linear": 1}}, "“linear”, which is no signal; signals are meaning, words, taste"),
        ({"weights": {"taste": -1}}, "“weights: taste” is -1; it must be a number from 0"),
        ({"weights": {"meaning": 0, "words": 0}}, "nothing to search with: give “meaning” or “words” more than 0"),
        ({"diversity": 2}, "“diversity” is 2"),
        ({"caps": {"brand": 0}}, "lets nothing of “brand” in"),
    ],
)
def test_what_a_search_cannot_have_is_refused_in_settings_and_in_variants(
    settings: Any, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(MmrecError, match=said):
        check_variant("search", changes)
    put(settings, **changes)
    with pytest.raises(MmrecError, match=said):
        list_of("search")


def test_weights_that_are_not_named_stay_and_the_search_is_no_placement(settings: Any) -> None:
    put(settings, weights={"words": 2}, caps={"brand": 3})
    assert list_of("search").weights == {"meaning": 1.0, "words": 2, "taste": 0.5}
    assert "search" not in PLACEMENTS and "search" not in [*PLACEMENTS]
    with pytest.raises(MmrecError, match="'search' is unknown"):
        recommend("search")
    assert Client().get("/mmrec/v1/recommendations/search/").status_code == 404


def test_taste_weighs_as_the_settings_say(settings: Any, answered: list[str], shop: Any, ada: Any) -> None:
    visitor, found = visitor_for(ada), [*shop.values()]
    anybody = search(text="lamp").item_ids
    assert search(text="lamp", visitor=visitor).item_ids != anybody and rerank(found, visitor) != found
    put(settings, **NO_TASTE)
    assert search(text="lamp", visitor=visitor).item_ids == anybody and rerank(found, visitor) == found
    put(settings, weights={"taste": 1000})
    assert titles(search(text="lamp", visitor=visitor).item_ids)[0].startswith("Orange")
    assert rerank(found, visitor)[0].title.startswith("Orange")


def test_a_source_that_is_switched_off_is_not_asked(settings: Any, answered: list[str], shop: Any) -> None:
    own = [item_for(product).pk for product in Product.objects.filter(title__contains="lamp")]
    put(settings, weights={"meaning": 0})
    found = search(text="lamp")
    assert found.rung == "words" and set(found.item_ids) == set(own) and not answered
    put(settings, weights={"words": 0})
    settings.MMREC = settings.MMREC | {"SEARCH": "no.such.search"}
    assert search(text="lamp").rung == "meaning" and answered == ["text"]
    assert search(photo=ask_photo(picture("blue", "mug"))).rung == "photo"


def test_a_list_of_a_search_is_diverse_within_its_caps(settings: Any, answered: list[str], shop: Any) -> None:
    key = ask_photo(picture("blue", "mug"))

    def kinds(**question: Any) -> Counter[str]:
        return Counter(title.split()[1] for title in titles(search(**question, k=4).item_ids))

    alike = search(photo=key, k=4).item_ids
    assert kinds(text="mug")["mug"] == 4
    for changes in ({"caps": {"category": 1}}, {"caps": {"category": 0.25}}):
        put(settings, **changes)
        assert len(kinds(text="mug")) == len(kinds(photo=key)) == 4
        first = rerank(list(shop.values())[::4] + list(shop.values()), None, k=4)[:4]  # four dresses come first
        assert len({each.title.split()[1] for each in first}) == 4
    put(settings, diversity=0.9)
    varied = search(photo=key, k=4).item_ids
    assert varied[0] == alike[0] and set(varied) != set(alike)
    found = [*shop.values()][::4] + [product for product in shop.values() if "dress" not in product.title]
    moved = rerank(found, None, k=4)
    assert moved[0] == found[0] and moved[:4] != found[:4] and Counter(moved) == Counter(found)


def test_what_was_dismissed_stays_at_the_end_of_what_is_diverse(settings: Any, shop: Any, ada: Any) -> None:
    found = [*shop.values()]
    record("dismiss", found[1], user=ada)
    put(settings, diversity=1.0)
    assert rerank(found, visitor_for(ada), k=16)[-1] == found[1]


def run(*, control: dict[str, Any], other: dict[str, Any], only: str, holdout: float = 0.0) -> Experiment:
    """An experiment whose visitors are all in one arm."""
    made = Experiment.objects.create(name="Taste", placement="search", holdout=holdout)
    for name, overrides in (("control", control), ("other", other)):
        Variant.objects.create(experiment=made, name=name, overrides=overrides, weight=float(name == only))
    start_experiment(made, by="mara")
    return made


def test_a_variant_without_taste_gives_everybodys_order_and_the_impression_says_so(
    answered: list[str], shop: Any, ada: Any
) -> None:
    made = run(control={}, other=NO_TASTE, only="other")
    visitor, found = visitor_for(ada), [*shop.values()]
    anybody = search(text="lamp", k=6).item_ids
    shown = search_list(asked_by(ada), text="lamp", k=6)
    assert [card.item_id for card in shown] == anybody != search(text="lamp", visitor=visitor, k=6).item_ids
    assert rerank(found, visitor) == found
    client = Client()
    client.force_login(ada)
    cache.clear()
    answer = client.get("/mmrec/v1/search/", {"q": "lamp", "k": 6}).json()
    assert [int(each["object_id"]) for each in answer["items"]] == [card.product.pk for card in shown]
    noted = [Impression.objects.get(pk=pk) for pk in (shown.impression, answer["impression"])]
    handed = Impression.objects.filter(placement="search", rung="words").get()
    assert {(each.experiment_id, each.variant, each.visitor_id) for each in (*noted, handed)} == {
        (made.pk, "other", visitor.pk)
    }
    assert handed.items == [item_for(product).pk for product in found]


def test_the_generation_is_resolved_once(settings: Any, answered: list[str], shop: Any, ada: Any) -> None:
    """A second look might see another, activated in between."""
    run(control={}, other={"diversity": 0.5}, only="other")
    for asked in (
        lambda: rerank([*shop.values()], visitor_for(ada)),
        lambda: search_list(asked_by(ada), text="lamp"),
    ):
        with CaptureQueriesContext(connection) as made:
            asked()
        assert len([query for query in made if 'FROM "mmrec_app_generation"' in query["sql"]]) == 1


def test_who_finds_nothing_counts_in_their_arm_like_anybody_else(nobody: None, shop: Any, ada: Any) -> None:
    made = run(control={}, other={"weights": {"meaning": 0}}, only="other")
    shown = search_list(asked_by(ada), text="xylophone")
    assert (shown.rung, shown.impression, len(shown)) == ("empty", None, 0)
    noted = Impression.objects.get()
    assert (noted.rung, noted.items, noted.visitor) == ("empty", [], visitor_for(ada))
    made.refresh_from_db()
    count_experiment(made)
    assert [arm.visitors for arm in results(made).arms] == [0, 1]
    stop(made, by="mara")
    search_list(asked_by(ada), text="xylophone")
    assert Impression.objects.count() == 1


def test_who_is_in_no_experiment_is_in_no_arm_and_noted_by_no_rerank(answered: list[str], shop: Any, ada: Any) -> None:
    visitor, found = visitor_for(ada), [*shop.values()]
    rerank(found, visitor)
    run(control={}, other={}, only="control")
    rerank(found, None)
    assert not Impression.objects.exists()


def test_the_page_and_the_api_find_the_same_in_an_arm(nobody: None, shop: Any, ada: Any) -> None:
    """The page puts the shop's own hits in order; the API's search is made of them alone."""
    client = Client()
    client.force_login(ada)

    def both() -> list[list[str]]:
        cache.clear()
        page = unescape(client.get("/search/", {"q": "plain"}).content.decode())
        listed = re.findall(r'href="(/product/[\w-]+/)"', page.split('class="cards"')[1])
        answer = client.get("/mmrec/v1/search/", {"q": "plain", "k": 16}).json()
        return [list(dict.fromkeys(listed)), [each["url"] for each in answer["items"]]]

    own, as_found = both()
    assert len(own) == 16 and own == as_found
    run(control={}, other=NO_TASTE, only="other")
    page, api = both()
    assert page == api and page != own


@pytest.mark.parametrize("weights", [{}, {"taste": 1000}])
def test_who_is_held_out_gets_no_taste_and_is_counted(
    settings: Any, nobody: None, shop: Any, ada: Any, weights: dict[str, Any]
) -> None:
    put(settings, weights=weights)
    made = run(control={}, other={}, only="control")
    Experiment.objects.update(holdout=0.9999999)
    shown = search_list(asked_by(ada), text="lamp", k=4)
    assert [card.item_id for card in shown] == search(text="lamp", k=4).item_ids
    assert rerank([*shop.values()], visitor_for(ada)) == [*shop.values()]
    noted = Impression.objects.get(pk=shown.impression)
    assert (noted.variant, len(noted.items)) == (HOLDOUT, 4)
    record("click", shown.cards[0].product, user=ada, impression=shown.impression)
    made.refresh_from_db()
    count_experiment(made)
    (held,) = [arm for arm in results(made).arms if arm.name == HOLDOUT]
    assert held.visitors == 1 and held.samples["clicked"].responses == 1
    count_day(timezone.localdate())
    figure = DailyFigure.objects.get(placement="search", rung="words", clicked=1)
    assert figure.variant == f"Taste: {HOLDOUT}"
