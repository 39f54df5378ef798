from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from mmrec_app.api.asked import ListQuerySerializer
from mmrec_app.api.base import Public
from mmrec_app.lists import measured_list
from mmrec_app.recommend import PLACEMENTS
from mmrec_app.recommend.placements import unknown

PRIVATE = "private, no-store"
"""A list is one visitor's."""
CARD = {
    "source": "shop.product",
    "object_id": "18",
    "title": "Linen shirt, sage",
    "url": "/product/linen-shirt-sage/",
    "image": "/media/linen-shirt-sage.webp",
    "price": "49.00",
    "currency": "EUR",
    "score": 0.96,
    "via": "similar",
    "reason": "Looks like this one",
    "reason_kind": "looks",
}
LIST = {
    "placement": "similar",
    "rung": "similar",
    "generation": 4,
    "impression": "5f0c6a52-6f0e-4d3c-9b1e-0a6f3f2b7c11",
    "items": [CARD],
}


class CardSerializer(serializers.Serializer):
    source = serializers.CharField(help_text="The product's catalogue (app.model).")  # type: ignore[assignment]
    object_id = serializers.CharField(help_text="The product's primary key.")
    title = serializers.CharField()
    url = serializers.CharField()
    image = serializers.CharField(allow_blank=True)
    price = serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=True)
    currency = serializers.CharField(allow_blank=True)
    score = serializers.FloatField(help_text="Comparable within one `via` only.")
    via = serializers.CharField(help_text="The source that proposed it.")
    reason = serializers.CharField(
        allow_blank=True, help_text="Why it is here: a sentence in the language of the request."
    )
    reason_kind = serializers.CharField(
        source="kind", allow_blank=True, help_text="What the sentence is made of: `looks`, `bought`, `trending` …"
    )


class ListSerializer(serializers.Serializer):
    placement = serializers.CharField()
    rung = serializers.CharField(help_text="Where on the ladder the list came from; `empty` when nothing can be shown.")
    generation = serializers.IntegerField(help_text="The model generation it was made with.")
    impression = serializers.UUIDField(allow_null=True, help_text="Send it along with clicks.")
    items = CardSerializer(many=True, source="cards")


class RecommendationsView(Public):
    """A list for whoever asks."""

    @extend_schema(
        operation_id="recommendations",
        tags=["lists"],
        parameters=[
            OpenApiParameter("placement", str, OpenApiParameter.PATH, description="One of the shop's placements."),
            ListQuerySerializer,
        ],
        responses=ListSerializer,
        examples=[OpenApiExample("A list", LIST, response_only=True, status_codes=["200"])],
    )
    def get(self, request: Request, placement: str) -> Response:
        if placement not in PLACEMENTS:
            raise NotFound(unknown(placement))
        query = ListQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        return listed(ListSerializer(measured_list(placement, request._request, **query.options)).data)


def listed(data: Any, status: int = 200, **headers: str) -> Response:
    return Response(data, status=status, headers={"Cache-Control": PRIVATE} | headers)
