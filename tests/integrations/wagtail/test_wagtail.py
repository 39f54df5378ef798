"""A site of Wagtail's own, with nothing added but what docs/recipes.md says."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.integrations.wagtail.guide import GUIDE
from tests.integrations.writing import files_of
from tests.projects import Project, own_database

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What `walk` tells; one site for all tests."""
    with own_database("wagtail") as database:
        project = Project(tmp_path_factory.mktemp("wagtail"), database)
        project.write(files_of("Wagtail", GUIDE))
        yield project.say("-m", "tests.integrations.wagtail.walk")


def test_what_is_published_is_an_item_and_a_draft_is_none(seen: dict[str, Any]) -> None:
    assert seen["draft"] == 0
    assert seen["item"] == ["Red dress", "Goods", "20.00", True, True]


def test_an_item_changes_when_the_change_is_published(seen: dict[str, Any]) -> None:
    assert seen["edited draft"] is True
    assert seen["published again"] is True


def test_a_page_that_waits_for_its_time_comes_then(seen: dict[str, Any]) -> None:
    assert seen["scheduled"] == [False, True]


def test_a_saved_page_writes_its_item_once(seen: dict[str, Any]) -> None:
    assert seen["writes of a save"] == 1


def test_what_looks_and_reads_alike_is_similar(seen: dict[str, Any]) -> None:
    assert seen["similar"] == ["similar", ["Blue dress", "Green dress"]]


def test_a_page_holds_the_list_with_renditions_and_addresses(seen: dict[str, Any]) -> None:
    assert seen["cards"] == [4, False, True]
    assert seen["renditions"] == [4, 4]
    assert seen["links"] == [200] * 4
    assert seen["queries for cards' pictures"] == 1


def test_a_look_is_a_view_and_a_preview_is_none(seen: dict[str, Any]) -> None:
    assert seen["previewed"] is True
    assert seen["views"] == [["view", "Blue mug"]]


def test_an_unpublished_page_is_in_no_list_however_it_was_saved(seen: dict[str, Any]) -> None:
    assert seen["unpublished"] == [False, False]
    assert seen["and published"] is True
    assert seen["unpublished as a plain page"] is False


def test_a_page_for_members_is_never_shown(seen: dict[str, Any]) -> None:
    assert seen["restricted"] == [True, False]


def test_a_deleted_page_is_in_no_list(seen: dict[str, Any]) -> None:
    assert seen["deleted"] is False
    assert seen["deleted with all above"] == 0


def test_its_web_process_loads_no_torch(seen: dict[str, Any]) -> None:
    assert seen["torch"] is False
