"""A shop of Oscar's own, with nothing added but what docs/recipes.md says."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.integrations.oscar.guide import GUIDE
from tests.integrations.writing import files_of
from tests.projects import Project, own_database

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What `walk` tells; one shop for all tests."""
    with own_database("oscar") as database:
        project = Project(tmp_path_factory.mktemp("oscar"), database)
        project.write(files_of("django-oscar", GUIDE))
        yield project.say("-m", "tests.integrations.oscar.walk")


def test_a_product_saved_in_the_dashboard_is_an_item(seen: dict[str, Any]) -> None:
    assert seen["item"] == ["Red dress", "Shop > Dress", {"colour": "red"}, "20.00", "GBP", True]
    assert seen["items that wait"] == 9


def test_a_changed_attribute_is_read_and_encoded_again(seen: dict[str, Any]) -> None:
    assert seen["changed attribute"] == [{"colour": "navy"}, True]
    assert seen["attribute set in code"] == [{"colour": "teal"}]


def test_a_deleted_product_is_in_no_list(seen: dict[str, Any]) -> None:
    assert seen["deleted"] is True


def test_stock_records_decide_what_is_available_and_its_price(seen: dict[str, Any]) -> None:
    """None left, four came, four allocated to orders, the orders cancelled."""
    assert seen["stock"] == [False, True, False, True]
    assert seen["price"] == ["31.00"]


def test_child_products_are_variants_of_their_parent(seen: dict[str, Any]) -> None:
    assert seen["with sizes"] == [False, False, True]
    assert seen["price of sizes"] == ["25.00"]
    assert seen["items of sizes"] == 0
    assert seen["last size gone"] is False


def test_what_looks_and_reads_alike_is_similar(seen: dict[str, Any]) -> None:
    assert seen["similar"] == ["similar", ["Blue dress", "Green dress", "Orange dress"]]


def test_oscars_product_page_holds_the_list_below_everything_else(seen: dict[str, Any]) -> None:
    assert seen["cards"] == [8, False]
    assert seen["where"] == [1, True]
    assert seen["assets"] is True
    assert seen["thumbnails"] == [8, 8]


def test_what_is_in_the_basket_is_not_recommended(seen: dict[str, Any]) -> None:
    assert seen["in the basket"] is False


def test_an_order_is_a_purchase_of_each_line_once(seen: dict[str, Any]) -> None:
    assert seen["signed in"] == [
        ["view", "Red mug", 1, None],
        ["cart", "Red mug", 1, None],
        ["view", "Blue mug", 1, None],
        ["cart", "Orange dress", 1, None],
        ["purchase", "Red mug", 1, "20.00"],
        ["purchase", "Orange dress", 2, "50.00"],
    ]
    assert seen["all bought"] is False


def test_guests_and_orders_without_a_browser_count_as_well(seen: dict[str, Any]) -> None:
    assert seen["guest"] == [["purchase", "Blue mug", 1, "20.00"]]
    assert seen["paid"] == [["GBP", 1]]
    assert seen["by telephone"] == [["purchase", "Green chair", 1, "20.00"]]


def test_what_no_signal_tells_is_never_shown_and_a_sync_finds_it(seen: dict[str, Any]) -> None:
    assert seen["hidden without a signal"] == [True, True, False]
    assert seen["after a sync"] is False


def test_the_shop_sells_without_its_recommender(seen: dict[str, Any]) -> None:
    assert seen["sold without events"] == 1


def test_its_web_process_loads_no_torch(seen: dict[str, Any]) -> None:
    assert seen["torch"] is False
