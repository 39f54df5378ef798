"""Search by a photo: it is taken in, a worker looks at it, and its page shows what is like it."""

import logging

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mmrec_app.exceptions import EncoderError, ImageRefused
from mmrec_app.search import QueryWaits, ask_photo, search_list

logger = logging.getLogger(__name__)

TRIES = 20
"""Looks, a second apart, before a shopper is told that nobody looks at photos just now."""
SHOWN = 24


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "shop_demo/photo_form.html")
    try:
        key = ask_photo(request.FILES.get("photo") or b"")
    except ImageRefused as refused:
        messages.error(request, str(refused))
        return redirect("photo")
    except EncoderError as error:
        return _nobody_looks(request, error)
    return redirect("search_photo", key)


@never_cache
@require_safe
def results(request: HttpRequest, key: str) -> HttpResponse:
    given = request.GET.get("try", "1")
    tried = int(given) if given.isdecimal() else TRIES
    try:
        found = search_list(request, photo=key, k=SHOWN)
    except QueryWaits:
        response = render(request, "shop_demo/photo.html", {"waiting": tried < TRIES}, status=202)
        if tried < TRIES:
            response["Refresh"] = f"1; url={reverse('search_photo', args=[key])}?try={tried + 1}"
        return response
    except EncoderError as error:
        return _nobody_looks(request, error)
    return render(request, "shop_demo/photo.html", {"list": found})


def _nobody_looks(request: HttpRequest, error: EncoderError) -> HttpResponse:
    logger.error("search by photo: %s", error)
    return render(request, "shop_demo/photo.html", {"waiting": False}, status=503)
