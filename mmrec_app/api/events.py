from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from mmrec_app.api.base import Public
from mmrec_app.api.throttles import EventsThrottle
from mmrec_app.catalogue.items import find_items
from mmrec_app.events import NewEvent, has_consented, is_robot, record_many, site_of, visitor_of
from mmrec_app.models import EventKind

MAX_EVENTS = 100
FROM_BROWSERS = [kind for kind in EventKind.values if kind != EventKind.PURCHASE]
EXAMPLE = {
    "events": [
        {"kind": "view", "item": "17"},
        {
            "kind": "click",
            "item": "18",
            "impression": "5f0c6a52-6f0e-4d3c-9b1e-0a6f3f2b7c11",
            "key": "5f0c6a52-6f0e-4d3c-9b1e-0a6f3f2b7c11:18",
        },
    ]
}


class EventSerializer(serializers.Serializer):
    """One event. Who did it comes from the session or the signed cookie."""

    kind = serializers.ChoiceField(
        choices=EventKind.choices,
        # The default repeats the value, which may be a text that no answer can carry.
        error_messages={"invalid_choice": f"Unknown kind; kinds are {', '.join(FROM_BROWSERS)}."},
    )
    item = serializers.CharField(max_length=255, help_text="The product's primary key.")
    source = serializers.CharField(required=False, default="", max_length=100)  # type: ignore[assignment]
    quantity = serializers.IntegerField(required=False, default=1, min_value=1, max_value=10_000)
    impression = serializers.UUIDField(required=False, default=None, allow_null=True)
    key = serializers.CharField(
        required=False,
        default=None,
        allow_null=True,
        max_length=100,
        help_text="A retry with the same key is harmless.",
    )

    def validate_kind(self, kind: str) -> str:
        if kind not in FROM_BROWSERS:
            said = _("A purchase is recorded by the shop's server: call %(call)s at checkout.")
            raise serializers.ValidationError(said % {"call": "mmrec_app.events.record('purchase', …)"})
        return kind


class EventsSerializer(serializers.Serializer):
    events = serializers.ListField(child=EventSerializer(), allow_empty=False, max_length=MAX_EVENTS)


class EventsResultSerializer(serializers.Serializer):
    stored = serializers.IntegerField(help_text="0 without consent, and from a robot.")
    repeated = serializers.IntegerField(help_text="Events whose key had been used before.")
    unknown = serializers.ListField(child=serializers.CharField(), help_text="Products that no item stands for.")


class EventsView(Public):
    """Takes what a visitor did, up to 100 events at once. Purchases are recorded by the shop's server only."""

    throttle_classes = [EventsThrottle]

    @extend_schema(
        operation_id="events",
        tags=["visitors"],
        request=EventsSerializer,
        responses={201: EventsResultSerializer},
        examples=[
            OpenApiExample("A view and a click", EXAMPLE, request_only=True),
            OpenApiExample("Taken", {"stored": 2, "repeated": 0, "unknown": []}, response_only=True),
        ],
    )
    def post(self, request: Request) -> Response:
        batch = EventsSerializer(data=request.data)
        batch.is_valid(raise_exception=True)
        if not has_consented(request._request) or is_robot(request._request):
            return Response({"stored": 0, "repeated": 0, "unknown": []}, status=201)
        events, unknown = _resolve(batch.validated_data["events"])
        stored = 0
        if events:
            with transaction.atomic():
                visitor = visitor_of(request._request, create=True)
                assert visitor is not None  # create=True, with consent, no robot
                stored = record_many(visitor, events, site=site_of(request._request))
        return Response({"stored": stored, "repeated": len(events) - stored, "unknown": unknown}, status=201)


def _resolve(rows: list[dict]) -> tuple[list[NewEvent], list[str]]:
    """The events whose product is known, and the keys of those whose is not."""
    found = find_items((row["source"], row["item"]) for row in rows)
    events = [
        NewEvent(row["kind"], item, row["quantity"], None, row["impression"], row["key"])
        for row in rows
        if (item := found.get((row["source"], row["item"]))) is not None
    ]
    return events, [row["item"] for row in rows if (row["source"], row["item"]) not in found]
