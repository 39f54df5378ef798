"""A list that was left out of its page: for the script, and for who has none."""

import logging
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from mmrec_app.catalogue.items import find_items
from mmrec_app.models import Item
from mmrec_app.types import RecommendedList
from mmrec_app.widgets.asked import Widget
from mmrec_app.widgets.lazy import read_fragment
from mmrec_app.widgets.lists import empty, list_on_page
from mmrec_app.widgets.render import page_html, widget_html

logger = logging.getLogger(__name__)

MOST_SHOWN = 200
"""Products of the page that a list may be told to leave out."""


@csrf_exempt  # posted only because an address may not hold it: it changes no more than a GET
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def fragment(request: HttpRequest) -> HttpResponse:
    """The script posts `shown`, what its page holds already, and gets the widget, or nothing when there is nothing to
    show. Without script the place links here, and the list is a page of its own."""
    try:
        widget, options, language = read_fragment(request.GET.get("of", ""))
    except signing.BadSignature as error:
        raise Http404("no page of this shop asked for that list") from error
    options["exclude"] += _shown(request.POST.getlist("shown")[:MOST_SHOWN])
    html = widget_html if request.method == "POST" else page_html
    with translation.override(language):
        answer = HttpResponse(html(request, widget, _found(request, widget, options)))
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _found(request: HttpRequest, widget: Widget, options: dict[str, Any]) -> RecommendedList:
    try:
        return list_on_page(widget.placement, request, options)
    except Exception:
        logger.exception("no recommendations for %s", widget.placement)
        return empty(widget.placement)


def _shown(keys: list[str]) -> list[Item]:
    """The items of `source:primary key`, as the script reads them off the page's cards."""
    parts = [each.partition(":") for each in keys if "\x00" not in each]
    return list(find_items((source, key) for source, _, key in parts).values())
