from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from mmrec_app.api.base import Public
from mmrec_app.api.throttles import EventsThrottle
from mmrec_app.events import has_consented, is_robot, visitor_of
from mmrec_app.measuring.seeing import mark_seen

MAX_SEEN = 100
EXAMPLE = {"impressions": ["7d9f8f5e-8f3b-4f0e-9a45-0c6d7b3a2f11"]}


class SeenSerializer(serializers.Serializer):
    """Lists that came before somebody's eyes."""

    impressions = serializers.ListField(
        child=serializers.UUIDField(),
        allow_empty=False,
        max_length=MAX_SEEN,
        help_text="The `impression` of each list, as it was handed out.",
    )


class SeenView(Public):
    """Notes that lists were seen. Sending one again changes nothing; a robot's word, one without consent, and one about
    another visitor's list are taken and not noted."""

    throttle_classes = [EventsThrottle]

    @extend_schema(
        operation_id="seen",
        tags=["visitors"],
        request=SeenSerializer,
        examples=[OpenApiExample("A list", EXAMPLE, request_only=True)],
        responses={204: OpenApiResponse(description="Taken.")},
    )
    def post(self, request: Request) -> Response:
        told = SeenSerializer(data=request.data)
        told.is_valid(raise_exception=True)
        if has_consented(request._request) and not is_robot(request._request):
            mark_seen(visitor_of(request._request), told.validated_data["impressions"])
        return Response(status=204)
