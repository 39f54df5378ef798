"""Answers the script's question for a list that was left out of its page."""

import logging

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mmrec_app.catalogue.items import find_items
from mmrec_app.models import Item
from mmrec_app.widgets.lazy import read_fragment
from mmrec_app.widgets.lists import list_on_page
from mmrec_app.widgets.render import widget_html

logger = logging.getLogger(__name__)

MOST_SHOWN = 200
"""Products of the page that a list may be told to leave out."""


@never_cache
@require_safe
def fragment(request: HttpRequest) -> HttpResponse:
    """The widget, or nothing when there is nothing to show. `shown`: what the page holds already."""
    try:
        widget, options, language = read_fragment(request.GET.get("of", ""))
    except signing.BadSignature as error:
        raise Http404("no page of this shop asked for that list") from error
    options["exclude"] += _shown(request.GET.getlist("shown")[:MOST_SHOWN])
    with translation.override(language):
        try:
            return HttpResponse(widget_html(request, widget, list_on_page(widget.placement, request, options)))
        except Exception:
            logger.exception("no recommendations for %s", widget.placement)
            return HttpResponse()


def _shown(keys: list[str]) -> list[Item]:
    """The items of `source:primary key`, as the script reads them off the page's cards."""
    parts = [each.partition(":") for each in keys if "\x00" not in each]
    return list(find_items((source, key) for source, _, key in parts).values())
