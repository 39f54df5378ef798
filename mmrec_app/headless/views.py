"""What the component asks for."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from mmrec_app.api.asked import ListQuerySerializer
from mmrec_app.api.base import Public
from mmrec_app.api.lists import PRIVATE, ListSerializer
from mmrec_app.events import site_of, visitor_of
from mmrec_app.headless.tokens import visitor_token
from mmrec_app.lists import measured_list
from mmrec_app.recommend import PLACEMENTS, recommend
from mmrec_app.recommend.serve import SPARE, hydrate
from mmrec_app.types import RecommendedList

PUBLIC = "public, max-age=300"
"""What nobody in particular gets may be kept by whoever carries it."""


@extend_schema(exclude=True)
class ListView(Public):
    """A list as the API gives it, and the words that go with it. Nobody's list is not counted, and may be kept."""

    def get(self, request: Request, placement: str) -> Response:
        if placement not in PLACEMENTS:
            raise NotFound(f"placement {placement!r} is unknown; placements are {', '.join(PLACEMENTS)}.")
        query = ListQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        known = visitor_of(request._request) is not None
        asked, site = query.options, site_of(request._request)
        found = measured_list(placement, request._request, **asked) if known else _public_list(placement, asked, site)
        return Response(
            ListSerializer(found).data | {"words": _words()}, headers={"Cache-Control": PRIVATE if known else PUBLIC}
        )


def _public_list(placement: str, asked: dict[str, Any], site: int | None) -> RecommendedList:
    found = recommend(placement, spare=SPARE, **asked | {"filters": asked["filters"] | {"site": site}})
    cards = hydrate(found.items)[: asked["k"]]
    return RecommendedList(placement, found.rung if cards else "empty", found.generation, None, tuple(cards))


def _words() -> dict[str, str]:
    return {
        "list": _("Recommendations"),
        "back": _("Back"),
        "further": _("Further"),
        "dismiss": _("Not interested"),
        "gone": _("Taken away. You will not see it again."),
        "failed": _("That did not work. Please try again."),
    }


@never_cache
@require_POST
def visitor(request: HttpRequest) -> JsonResponse:
    """A token for a new visitor, to be kept by the browser and sent along as `Mmrec-Visitor`."""
    return JsonResponse({"token": visitor_token()}, status=201)
