"""Filters with counts, sorting, pages, search."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from shop_demo.facets import Facet
from shop_demo.listing import PAGE, Listing, list_products
from shop_demo.models import Product
from shop_demo.search import find, suggestions
from tests.products import make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def mugs() -> list[Product]:
    """Nine mugs at 10, 20, … 90: three red, three blue, three without a colour; every other one of Kiln."""
    colours = [{"colour": "red"}, {"colour": "blue"}, {}]
    return [
        make_product(
            "red",
            "mug",
            n,
            image=False,
            price=Decimal(10 * n),
            brand=("Kiln", "Ofen")[n % 2],
            attributes=colours[n % 3],
        )
        for n in range(1, 10)
    ]


def listing(query: str = "") -> Listing:
    return list_products(Product.objects.all(), QueryDict(query))


def facet(found: Listing, name: str) -> Facet:
    return next(facet for facet in found.facets if facet.name == name)


def counts(found: Listing, name: str) -> dict[str, int]:
    return {choice.value: choice.count for choice in facet(found, name).choices}


def prices(found: Listing) -> list[int]:
    return [int(product.price) for product in found.page]


def test_facets_count_what_is_there(mugs):
    assert counts(listing(), "colour") == {"blue": 3, "red": 3} and counts(listing(), "brand") == {"Ofen": 5, "Kiln": 4}
    assert sum(counts(listing(), "price").values()) == 9


def test_a_second_choice_of_one_facet_adds_and_another_facet_narrows(mugs):
    assert listing("colour=red").total == 3 and listing("colour=red&colour=blue").total == 6
    both = listing("colour=red&brand=Kiln")
    assert both.total == counts(listing("colour=red"), "brand")["Kiln"]
    assert counts(both, "colour")["blue"] == listing("colour=blue&brand=Kiln").total


def test_every_price_band_holds_as_many_as_it_says_and_none_twice(mugs):
    bands = counts(listing(), "price")
    assert len(bands) > 2
    assert {band: listing(f"price={band}").total for band in bands} == bands


def test_what_was_chosen_stays_to_be_taken_away_though_it_finds_nothing(mugs):
    found = listing("colour=green&page=7")
    assert found.total == 0 and [choice.value for choice in found.chosen] == ["green"]
    assert found.chosen[0].link == "" and found.unfiltered == ""


@pytest.mark.parametrize(
    "query", ["price=x", "price=-", "price=1e9-", "price=9999999999-", "colour=%00", "sort=x", "page=x", "page=99"]
)
def test_nonsense_is_ignored(mugs, query):
    assert listing(query).total == 9


def test_sorting(mugs):
    assert prices(listing("sort=cheap")) == sorted(prices(listing()))
    assert (
        prices(listing("sort=dear")) == sorted(prices(listing()), reverse=True) == prices(listing())
    )  # newest is dearest


def test_pages_hold_everything_once():
    for number in range(PAGE + 3):
        make_product("red", "mug", number, image=False)
    pages = [listing(), listing("page=2")]
    assert [len(each.page) for each in pages] == [PAGE, 3]
    assert len({product.pk for each in pages for product in each.page}) == PAGE + 3


def titles(words: str) -> list[str]:
    found = find(words)
    return [product.title for product in found.products.order_by(*found.order)]


def test_search_finds_word_forms_and_ranks_titles_first():
    make_product(number=1, title="Plate", description="Goes with the mug.")
    make_product(number=2, title="Blue mug", description="Of clay.")
    make_product(number=3, title="Chair", description="Of wood.")
    assert (
        titles("mugs") == ["Blue mug", "Plate"]
        and titles("blue mugs") == ["Blue mug"]
        and titles("mug -blue") == ["Plate"]
    )


def test_search_forgives_slips_and_says_so():
    make_product(number=1, title="Round teapot")
    make_product(number=2, title="Chair")
    assert find("teapott").similar and titles("teapott") == ["Round teapot"] and titles("zzxqy") == []


@pytest.mark.parametrize("words", ["", " ", "'", "&|!", "((", "%", "\\", "-", "x" * 500, "日本"])
def test_search_survives_any_words(client, words):
    make_product()
    assert client.get("/search/", {"q": words}).status_code == 200


def test_who_finds_nothing_gets_categories_and_a_list(client):
    make_product("red", "mug")
    page = client.get("/search/", {"q": "qqqq"}).content.decode()
    assert "Nothing found" in page and 'href="/category/mug/"' in page and 'data-placement="for_you"' in page


def test_suggestions_begin_with_the_likest(mugs):
    make_product("red", "lamp")
    assert suggestions("lampp")[0].name == "Lamp"
