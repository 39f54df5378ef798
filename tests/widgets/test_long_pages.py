"""A page with more cards than an address can name."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path

from tests.goods.models import Gadget

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = """<!doctype html><html lang="en"><head><title>Gadgets</title>{% load mmrec %}{% mmrec_assets %}</head><body>
{% recommendations "trending" k=200 %}{% recommendations "trending" k=8 lazy=True %}</body></html>"""


def show(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Template(PAGE).render(RequestContext(request)))


urlpatterns = [path("", show), path("mmrec/", include("mmrec_app.urls"))]


def test_a_lazy_list_repeats_none_of_two_hundred_cards(page: Any, live_server: Any, settings: Any) -> None:
    """Some servers refuse a line of more than 4,094 characters; here each key alone has 56."""
    settings.ROOT_URLCONF = __name__
    settings.MMREC = {"CATALOGUE": ["tests.goods.catalogue.Gadgets"]}
    for n in range(208):
        Gadget.objects.create(title=f"Gadget {n}")
    page.goto(live_server.url)
    assert page.locator(".mmrec-item").count() == 200
    with page.expect_request("**/fragment/**") as asked:
        page.locator(".mmrec-lazy").scroll_into_view_if_needed()
    page.locator(".mmrec-lazy").wait_for(state="detached")
    keys = [each.get_attribute("data-item") for each in page.locator(".mmrec-item").all()]
    assert len(asked.value.url) < 1000 and len(keys) == len(set(keys)) == 208
