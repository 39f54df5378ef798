from django.db import transaction
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mmrec_app.api.serializers import (
    EventsResultSerializer,
    EventsSerializer,
    ListQuerySerializer,
    ListSerializer,
    filters_of,
)
from mmrec_app.api.throttles import EventsThrottle, ListsThrottle
from mmrec_app.catalogue.items import find_item, find_items
from mmrec_app.events import NewEvent, record_many, site_of, visitor_of
from mmrec_app.exceptions import MmrecError
from mmrec_app.recommend import PLACEMENTS, recommended_list


class RecommendationsView(APIView):
    """A list for whoever asks: the session's user, or the bearer of the signed visitor cookie."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [AllowAny]
    renderer_classes = [JSONRenderer]
    throttle_classes = [ListsThrottle]

    @extend_schema(
        operation_id="recommendations",
        parameters=[
            OpenApiParameter("placement", str, OpenApiParameter.PATH, enum=list(PLACEMENTS)),
            ListQuerySerializer,
        ],
        responses={
            200: ListSerializer,
            400: OpenApiResponse(description="A parameter is missing or cannot be."),
            404: OpenApiResponse(description="No such placement, or no such product."),
            429: OpenApiResponse(description="Too many requests."),
        },
    )
    def get(self, request: Request, placement: str) -> Response:
        if placement not in PLACEMENTS:
            raise NotFound(f"placement {placement!r} is unknown; placements are {', '.join(PLACEMENTS)}.")
        query = ListQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        given = query.validated_data
        item = None
        if "item" in given and (item := find_item(given["item"], given["source"])) is None:
            raise NotFound(f"no item stands for product {given['item']!r}.")
        try:
            found = recommended_list(placement, request._request, item=item, k=given["k"], filters=filters_of(given))
        except MmrecError as error:
            raise ValidationError({"detail": str(error)}) from error
        response = Response(ListSerializer(found).data)
        response["Cache-Control"] = "private, no-store"
        return response


class EventsView(APIView):
    """Takes what a visitor did, up to 100 events at once. Purchases are recorded by the shop's server only."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [AllowAny]
    parser_classes = [JSONParser]  # a form on somebody else's site cannot send this type
    renderer_classes = [JSONRenderer]
    throttle_classes = [EventsThrottle]

    @extend_schema(
        operation_id="events",
        request=EventsSerializer,
        responses={
            201: EventsResultSerializer,
            400: OpenApiResponse(description="An event cannot be; none of the batch was stored."),
            403: OpenApiResponse(description="A logged-in session without its CSRF token."),
            429: OpenApiResponse(description="Too many requests."),
        },
    )
    def post(self, request: Request) -> Response:
        batch = EventsSerializer(data=request.data)
        batch.is_valid(raise_exception=True)
        events, unknown = _resolve(batch.validated_data["events"])
        stored = 0
        if events:
            with transaction.atomic():
                visitor = visitor_of(request._request, create=True)
                assert visitor is not None  # create=True
                stored = record_many(visitor, events, site=site_of(request._request))
        result = {"stored": stored, "repeated": len(events) - stored, "unknown": unknown}
        return Response(EventsResultSerializer(result).data, status=201)


def _resolve(rows: list[dict]) -> tuple[list[NewEvent], list[str]]:
    """The events whose product is known, and the keys of those whose is not."""
    found = find_items((row["source"], row["item"]) for row in rows)
    events = [
        NewEvent(row["kind"], item, row["quantity"], None, row["impression"], row["key"])
        for row in rows
        if (item := found.get((row["source"], row["item"]))) is not None
    ]
    return events, [row["item"] for row in rows if (row["source"], row["item"]) not in found]
