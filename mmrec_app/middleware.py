"""Gives a visitor who did something the cookie that remembers it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from mmrec_app.events.visitors import set_cookie


class VisitorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        set_cookie(request, response)
        return response
