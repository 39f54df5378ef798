"""`{% load mmrec %}`: lists in a shop's templates. What goes wrong here is logged, and the page renders without it."""

import logging
from decimal import Decimal
from typing import Any

from django import template
from django.db import transaction
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import Context
from django.utils.formats import get_format, number_format
from django.utils.safestring import SafeString

from mmrec_app.events import has_consented, visitor_of
from mmrec_app.exceptions import MmrecError
from mmrec_app.types import RecommendedList
from mmrec_app.widgets import Widget, empty, list_on_page, note_shown, skeleton_html, widget_html
from mmrec_app.widgets.lazy import fragment_url

logger = logging.getLogger(__name__)
register = template.Library()

SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹"}


@register.simple_tag(takes_context=True)
def get_recommendations(context: Context, placement: str, **options: Any) -> RecommendedList:
    """`{% get_recommendations "similar" item=product k=8 as recs %}`: the list itself, for a shop's own template."""
    try:
        return list_on_page(placement, context["request"], options)
    except Exception as error:
        _complain("get_recommendations", placement, error)
        return empty(placement)


@register.simple_tag(takes_context=True)
def recommendations(
    context: Context,
    placement: str | RecommendedList,
    title: str = "",
    look: str = "grid",
    lazy: bool = False,
    dismiss: bool = True,
    **options: Any,
) -> SafeString | str:
    """`{% recommendations "for_you" k=8 title="For you" %}`: a ready widget, or nothing when there is nothing to show.

    Further options are those of `recommend`: `item`, `items`, `k`, `filters`, `exclude`; `fresh=False` lets the list
    repeat what earlier lists on the page show. Instead of a placement, a list that `get_recommendations` or
    `search_list` gave.
    """
    try:
        name = placement.placement if isinstance(placement, RecommendedList) else placement
        widget = Widget(name, str(title), look, bool(dismiss), k=options.get("k", Widget.k), reasons=lazy or None)
        if isinstance(placement, RecommendedList):
            found = placement
            note_shown(context["request"], found)
        elif lazy:
            return skeleton_html(context["request"], widget, fragment_url(widget, options))
        else:
            found = list_on_page(placement, context["request"], options)
        return widget_html(context["request"], widget, found)
    except Exception as error:
        _complain("recommendations", placement, error)
        return ""


@register.inclusion_tag("mmrec_app/assets.html", takes_context=True)
def mmrec_assets(context: Context) -> dict[str, Any]:
    """Style and script of the widgets, once, in the page's head; the script is told where to report to, and as whom.
    Without consent it reports nothing."""
    request = context.get("request")
    return {
        "reports": request is None or has_consented(request),
        "csrf": get_token(request) if request is not None and _is_logged_in(request) else "",
        "known": request is not None and _is_known(request),
    }


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


def _complain(tag: str, placement: Any, error: Exception) -> None:
    """A mistake in a template in one line; anything else with its way here."""
    unexpected = not isinstance(error, MmrecError)
    logger.error("{%% %s %%}: no recommendations for %r: %s", tag, placement, error, exc_info=unexpected)


def _is_logged_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def _is_known(request: HttpRequest) -> bool:
    """Whether the browser has its visitor: until then a click waits for the page that makes it one."""
    try:
        with transaction.atomic():
            return visitor_of(request) is not None
    except Exception:
        logger.exception("the visitor of a page could not be read")
        return False
