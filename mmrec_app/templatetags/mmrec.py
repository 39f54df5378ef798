"""`{% load mmrec %}`: lists in a shop's templates. What goes wrong here is logged, and the page renders without it."""

import logging
from decimal import Decimal
from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.template import Context
from django.template.loader import render_to_string
from django.utils.formats import get_format, number_format
from django.utils.safestring import SafeString

from mmrec_app.recommend import recommended_list
from mmrec_app.types import RecommendedList

logger = logging.getLogger(__name__)
register = template.Library()

SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹"}


@register.simple_tag(takes_context=True)
def get_recommendations(context: Context, placement: str, **options: Any) -> RecommendedList:
    """`{% get_recommendations "similar" item=product k=8 as recs %}`: the list itself, for a shop's own template."""
    return _list(context, placement, options)


@register.simple_tag(takes_context=True)
def recommendations(context: Context, placement: str, title: str = "", **options: Any) -> SafeString | str:
    """`{% recommendations "for_you" k=8 title="For you" %}`: a ready widget, or nothing when there is nothing to show.

    Options are those of `recommend`: `item`, `items`, `k`, `filters`, `exclude`. `fresh=True` leaves out what earlier
    lists on the page show.
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


@register.filter
def money(amount: Decimal | None, currency: str = "") -> str:
    """`{{ product.price|money:product.currency }}`: € 1,234.50 as the reader's language writes it; the sign goes first
    where the decimals follow a point. A currency without a known sign is named."""
    if amount is None:
        return ""
    number = number_format(amount, 2, force_grouping=True)
    sign = SIGNS.get(currency, currency)
    if not sign:
        return number
    if get_format("DECIMAL_SEPARATOR") == "." and currency in SIGNS:
        return f"{sign}{number}"
    return f"{number}\N{NO-BREAK SPACE}{sign}"


def _list(context: Context, placement: str, options: dict[str, Any]) -> RecommendedList:
    try:
        for name in ("exclude", "items"):
            if name in options:
                options[name] = _several(options[name])
        request = context["request"]
        shown = request.__dict__.setdefault("_mmrec_shown", [])
        if options.pop("fresh", False):
            options["exclude"] = [*options.get("exclude", ()), *shown]
        found = recommended_list(placement, request, **options)
        shown.extend(card.product for card in found)
        return found
    except Exception:
        logger.exception("no recommendations for %s", placement)
        return RecommendedList(placement, "empty", 0, None)


def _several(value: Any) -> list[Any]:
    """A template may hand over one product, many, or none."""
    if value is None or value == "":
        return []
    return list(value) if hasattr(value, "__iter__") else [value]
