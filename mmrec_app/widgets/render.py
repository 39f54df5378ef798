"""Templates of a widget: the shop's own for a placement, the shop's own for all, ours."""

from dataclasses import replace
from uuid import uuid4

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from mmrec_app.types import RecommendedList
from mmrec_app.widgets.asked import Widget


def widget_html(request: HttpRequest, widget: Widget, found: RecommendedList) -> SafeString:
    """The list with its products; nothing when there are none."""
    if not found.cards:
        return SafeString()
    reasons = any(card.reason for card in found) if widget.reasons is None else widget.reasons
    return _render("widget", request, widget, {"list": found, "reasons": reasons})


def skeleton_html(request: HttpRequest, widget: Widget, url: str) -> SafeString:
    """Shapes of exactly the size of what the script fetches from `url`."""
    return _render("skeleton", request, widget, {"url": url})


def page_html(request: HttpRequest, widget: Widget, found: RecommendedList) -> SafeString:
    """A page that has nothing but the list."""
    html = widget_html(request, replace(widget, title=""), found)
    return _render("page", request, widget, {"html": html})


def _render(name: str, request: HttpRequest, widget: Widget, values: dict[str, object]) -> SafeString:
    values |= {"widget": widget, "title": widget.title, "heading": f"mmrec-{uuid4().hex[:12]}"}
    values["card_templates"] = _templates("card", widget)
    return render_to_string(_templates(name, widget), values, request)


def _templates(name: str, widget: Widget) -> list[str]:
    return [f"mmrec_app/{name}_{widget.placement}.html", f"mmrec_app/{name}.html"]
