"""`{% load mmrec %}`: lists in a shop's templates. Whatever goes wrong here is logged, and the page renders without it."""

import logging
from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from mmrec_app.recommend import recommended_list
from mmrec_app.types import RecommendedList

logger = logging.getLogger(__name__)
register = template.Library()


@register.simple_tag(takes_context=True)
def get_recommendations(context: Context, placement: str, **options: Any) -> RecommendedList:
    """`{% get_recommendations "similar" item=product k=8 as recs %}`: the list itself, for a template of the shop's own."""
    return _list(context, placement, options)


@register.simple_tag(takes_context=True)
def recommendations(context: Context, placement: str, title: str = "", **options: Any) -> SafeString | str:
    """`{% recommendations "for_you" k=8 title="For you" %}`: a ready widget, or nothing when there is nothing to show.

    Options are those of `recommend`: `item`, `items`, `k`, `filters`, `exclude`.
    """
    found = _list(context, placement, options)
    if not found.cards:
        return ""
    try:
        values = {
            "list": found,
            "title": title,
            "csrf": get_token(context["request"]),
            "heading": f"mmrec-{found.impression}",
        }
        return render_to_string(
            [f"mmrec_app/widget_{placement}.html", "mmrec_app/widget.html"], values, context["request"]
        )
    except Exception:
        logger.exception("the widget of %s could not be rendered", placement)
        return ""


@register.inclusion_tag("mmrec_app/assets.html")
def mmrec_assets() -> dict[str, Any]:
    """Style and script of the widgets, once, in the page's head."""
    return {}


def _list(context: Context, placement: str, options: dict[str, Any]) -> RecommendedList:
    try:
        for name in ("exclude", "items"):
            if name in options:
                options[name] = _several(options[name])
        return recommended_list(placement, context["request"], **options)
    except Exception:
        logger.exception("no recommendations for %s", placement)
        return RecommendedList(placement, "empty", 0, None)


def _several(value: Any) -> list[Any]:
    """A template may hand over one product, many, or none."""
    if value is None or value == "":
        return []
    return list(value) if hasattr(value, "__iter__") else [value]
