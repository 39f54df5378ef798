"""A list for a page that may hold others: none of them repeats a product of an earlier one."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from mmrec_app.lists import measured_list
from mmrec_app.types import RecommendedList
from mmrec_app.widgets.asked import check_options, several


def list_on_page(placement: str, request: HttpRequest, options: Mapping[str, Any]) -> RecommendedList:
    """`measured_list`, without what earlier lists of this request show unless `fresh` is False.

    Raises `MmrecError` for an option that cannot be.
    """
    check_options(options)
    given = dict(options)
    earlier = _shown(request) if given.pop("fresh", True) else []
    given["exclude"] = [*several(given.get("exclude")), *earlier]
    given["items"] = several(given.get("items"))
    found = measured_list(placement, request, **given)
    note_shown(request, found)
    return found


def note_shown(request: HttpRequest, found: RecommendedList) -> None:
    """Later lists of the request do not repeat what this one shows."""
    shown = _shown(request)
    shown.extend(card.product for card in found if card.product not in shown)


def _shown(request: HttpRequest) -> list[Any]:
    return request.__dict__.setdefault("_mmrec_shown", [])


def empty(placement: str) -> RecommendedList:
    return RecommendedList(placement, "empty", 0, None)
