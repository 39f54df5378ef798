"""What the component asks for."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from mmrec_app.api.asked import ListQuerySerializer
from mmrec_app.api.base import Public
from mmrec_app.api.events import EventsView
from mmrec_app.api.lists import LIST, PRIVATE, ListSerializer, listed
from mmrec_app.api.people import EXPORTED, GONE, ErasedSerializer, PersonSerializer
from mmrec_app.api.seen import SeenView
from mmrec_app.events import has_consented, site_of, visitor_of
from mmrec_app.headless.door import BEFORE, CONSENT, TOKEN
from mmrec_app.headless.tokens import visitor_token
from mmrec_app.lists import measured_list
from mmrec_app.models import Visitor
from mmrec_app.privacy import erase_person, erase_visitor, export_visitor
from mmrec_app.recommend import PLACEMENTS, recommend
from mmrec_app.recommend.placements import unknown
from mmrec_app.recommend.serve import SPARE, hydrate
from mmrec_app.types import RecommendedList

PUBLIC = "public, max-age=300"
"""What nobody in particular gets may be kept by whoever carries it."""
WORDS = {"list": "Recommendations", "dismiss": "Not interested"}
EXAMPLE_TOKEN = "eyJrZXkiOiJ3M0Z1In0:1vPq0X:9Zb0WcYVbqk3l1JmT8q2yF5r7uXnL4sHd6eKoAiBgPM"


def header(name: str, said: str) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, description=said)


KEY = OpenApiParameter("key", str, OpenApiParameter.PATH, description="A public key, of `MMREC['HEADLESS']`.")
WHO = header(TOKEN, "The visitor's signed token.")
CONSENTED = header(CONSENT, "What the storefront says of the visitor's consent, for the shop's hook.")
JOINED = header(BEFORE, "Beside a user's token the one that the browser had before: what was done under it joins.")


class Headless(Public):
    authentication_classes = []
    problems = {401: "The token is none of ours, or has aged; `POST visitor/` hands out a new one."}


class WordedListSerializer(ListSerializer):
    words = serializers.DictField(child=serializers.CharField(), help_text="What the list's controls are called.")


class TokenSerializer(serializers.Serializer):
    token = serializers.CharField(allow_blank=True, help_text="Empty for whom the shop may not remember.")


@extend_schema_view(
    get=extend_schema(
        operation_id="headlessRecommendations",
        tags=["headless"],
        parameters=[
            KEY, OpenApiParameter("placement", str, OpenApiParameter.PATH, description="One of the shop's placements."),
            ListQuerySerializer, WHO, CONSENTED, JOINED,
        ],
        responses=WordedListSerializer,
        examples=[OpenApiExample("A list", LIST | {"words": WORDS}, response_only=True, status_codes=["200"])],
    )
)  # fmt: skip
class ListView(Headless):
    """A list as the API gives it, and the words that go with it. Nobody's list is not counted, and may be kept."""

    def get(self, request: Request, placement: str) -> Response:
        if placement not in PLACEMENTS:
            raise NotFound(unknown(placement))
        query = ListQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        known = visitor_of(request._request) is not None
        asked, site = query.options, site_of(request._request)
        found = measured_list(placement, request._request, **asked) if known else _public_list(placement, asked, site)
        kept = PRIVATE if TOKEN in request.headers else PUBLIC
        return Response(ListSerializer(found).data | {"words": _words()}, headers={"Cache-Control": kept})


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


class VisitorView(Headless):
    """A token for a new visitor, to be kept by the browser and sent along as `Mmrec-Visitor`."""

    @extend_schema(
        operation_id="headlessVisitor",
        tags=["headless"],
        parameters=[KEY, CONSENTED],
        request=None,
        responses={201: TokenSerializer},
        examples=[OpenApiExample("A token", {"token": EXAMPLE_TOKEN}, response_only=True, status_codes=["201"])],
    )
    def post(self, request: Request) -> Response:
        return listed({"token": visitor_token() if has_consented(request._request) else ""}, 201)


@extend_schema_view(
    post=extend_schema(operation_id="headlessEvents", tags=["headless"], parameters=[KEY, WHO, CONSENTED])
)
class HeadlessEventsView(Headless, EventsView):
    """Records what the bearer of a token did; stores nothing of whom the shop may not remember."""


@extend_schema_view(
    post=extend_schema(operation_id="headlessSeen", tags=["headless"], parameters=[KEY, WHO, CONSENTED])
)
class HeadlessSeenView(Headless, SeenView):
    """Notes that the lists of a token's bearer came before their eyes."""


class HeadlessMeView(Headless):
    """What is kept of the bearer of a token, whether or not they may still be remembered."""

    @extend_schema(
        operation_id="headlessExportMe",
        tags=["headless"],
        parameters=[KEY, WHO],
        responses=PersonSerializer,
        examples=[EXPORTED],
    )
    def get(self, request: Request) -> Response:
        return listed(export_visitor(_bearer(request)))

    @extend_schema(
        operation_id="headlessEraseMe",
        tags=["headless"],
        parameters=[KEY, WHO],
        responses={200: ErasedSerializer},
        examples=[GONE],
    )
    def delete(self, request: Request) -> Response:
        visitor = _bearer(request)
        user = visitor.user if visitor is not None else None
        return listed({"erased": erase_visitor(visitor) if user is None else erase_person(user)})


def _bearer(request: Request) -> Visitor | None:
    kept: Visitor | None = request._request._mmrec_bearer  # type: ignore[attr-defined]
    return kept
