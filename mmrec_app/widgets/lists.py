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
    shown: list[Any] = request.__dict__.setdefault("_mmrec_shown", [])
    earlier = shown if given.pop("fresh", True) else []
    given["exclude"] = [*several(given.get("exclude")), *earlier]
    given["items"] = several(given.get("items"))
    found = measured_list(placement, request, **given)
    shown.extend(card.product for card in found)
    return found


def empty(placement: str) -> RecommendedList:
    return RecommendedList(placement, "empty", 0, None)
