"""Whether a shopper may be remembered: yes, until they or their browser say no."""

from django.http import HttpRequest

COOKIE = "remember"


def may_remember(request: HttpRequest) -> bool:
    """For `MMREC["CONSENT"]`. `Sec-GPC` is how a browser says no for its user everywhere."""
    return request.COOKIES.get(COOKIE) != "no" and request.headers.get("Sec-GPC") != "1"
