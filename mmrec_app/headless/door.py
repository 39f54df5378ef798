"""Lets in who has a key, from its origins; tells browsers so (CORS)."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from mmrec_app.conf import conf
from mmrec_app.headless.tokens import bearer, identify

TOKEN = "Mmrec-Visitor"
BEFORE = "Mmrec-Before"
"""The token that a browser had before its user was known."""
CONSENT = "Mmrec-Consent"
"""What a storefront says of its visitor's consent, for the shop's hook: cookies of its own host do not come here."""
KEPT = "86400"
"""Seconds for which a browser remembers what it may send."""
View = Callable[..., HttpResponseBase]


def door(view: View, needs_visitor: bool = False, asks_who: bool = False) -> View:
    """`view` for other hosts: it knows no session and no cookie, only the token. `needs_visitor`: not without one.
    `asks_who`: the view is about the bearer, who is remembered by nothing that it does."""

    @wraps(view)  # the description of the API finds the view behind it
    def opened(request: HttpRequest, key: str, **kwargs: Any) -> HttpResponseBase:
        origin = request.headers.get("Origin", "")
        if (origins := conf().headless.get(key)) is None:
            said = _("key %(key)r is unknown; MMREC['HEADLESS'] names the keys.")
            return problem(HTTPStatus.NOT_FOUND, said % {"key": key})
        if origin and origin not in (*origins, f"{request.scheme}://{request.get_host()}"):
            said = _("origin %(origin)r is none of this key's in MMREC['HEADLESS'].")
            return problem(HTTPStatus.FORBIDDEN, said % {"origin": origin})
        answer = HttpResponse(status=204) if request.method == "OPTIONS" else _answer(request, kwargs)
        return _allow(answer, origin)

    def _answer(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponseBase:
        token = request.headers.get(TOKEN, "")
        request.COOKIES, request.user = {}, AnonymousUser()
        try:
            if asks_who:
                request._mmrec_bearer = bearer(token)  # type: ignore[attr-defined]
            elif token or needs_visitor:
                identify(request, token, request.headers.get(BEFORE, ""))
        except signing.BadSignature:
            said = _("the header %(header)s holds no token; POST to visitor/ for one.")
            return problem(HTTPStatus.UNAUTHORIZED, said % {"header": TOKEN})
        answer = view(request, **kwargs)
        request._mmrec_visitor_new = False  # type: ignore[attr-defined]
        return answer

    return csrf_exempt(opened)


def problem(status: HTTPStatus, detail: str) -> JsonResponse:
    told = {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}
    return JsonResponse(told, status=status, content_type="application/problem+json")


def _allow(answer: HttpResponseBase, origin: str) -> HttpResponseBase:
    patch_vary_headers(answer, ["Origin", TOKEN])
    if origin:
        answer["Access-Control-Allow-Origin"] = origin
        answer["Access-Control-Allow-Methods"] = "GET, POST, DELETE"
        answer["Access-Control-Allow-Headers"] = f"Content-Type, {TOKEN}, {BEFORE}, {CONSENT}"
        answer["Access-Control-Max-Age"] = KEPT
    return answer
