"""Product pictures. The demo's own process hands them out, so that it needs no second server; a shop with traffic lets
its front server or a CDN do it."""

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe
from django.views.static import serve

WEEK = 7 * 24 * 3600
"""A changed picture gets a new name, so an old one may be kept."""


@require_safe
def favicon(request: HttpRequest) -> HttpResponseBase:
    """For pages that name no icon of their own, the admin's."""
    return redirect(static("shop_demo/leaf.svg"))


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Only files below MEDIA_ROOT: `serve` refuses to leave it."""
    try:
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
    except SuspiciousFileOperation as error:
        raise Http404 from error
    response["Cache-Control"] = f"public, max-age={WEEK}"
    return response
