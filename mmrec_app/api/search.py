from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from mmrec_app.api.asked import FilterSerializer
from mmrec_app.api.base import Public
from mmrec_app.api.lists import CARD, ListSerializer, listed
from mmrec_app.api.throttles import SearchesThrottle
from mmrec_app.search import QueryWaits, ask_photo, search_list

KEY = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
FOUND = {
    "placement": "search",
    "rung": "photo",
    "generation": 4,
    "impression": None,
    "items": [CARD | {"via": "photo", "reason": "Looks like your photo", "reason_kind": "photo"}],
}
WAITS = {"photo": KEY, "retry_after": 1}
NO_ENCODER = {503: "The shop looks at no photos."}
EXAMPLES = [
    OpenApiExample("Found", FOUND, response_only=True, status_codes=["200"]),
    OpenApiExample("In a moment", WAITS, response_only=True, status_codes=["202"]),
]


class SearchQuerySerializer(FilterSerializer):
    q = serializers.CharField(required=False, max_length=500, help_text="Words.")
    photo = serializers.RegexField(
        r"^[0-9a-f]{64}$", required=False, help_text="The key that an upload was answered with, instead of words."
    )

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if ("q" in given) == ("photo" in given):
            raise serializers.ValidationError(_("Search by words, `q`, or by a `photo`: give one of them."))
        return given


@extend_schema_field(OpenApiTypes.BINARY)
class UploadField(serializers.FileField):
    """Described as what is sent, not as the address a stored file would have."""


class PhotoSerializer(serializers.Serializer):
    photo = UploadField(help_text="JPEG, PNG, WebP, GIF, AVIF, BMP or TIFF, up to `UPLOAD_BYTES`.")


class WaitsSerializer(serializers.Serializer):
    """No worker has looked at the photo yet: ask `GET search/?photo=` in a moment."""

    photo = serializers.CharField(help_text="The key of the photo.")
    retry_after = serializers.IntegerField(help_text="Seconds.")


class SearchView(Public):
    """Products that answer words, or look like a photo that was uploaded before."""

    throttle_classes = [SearchesThrottle]
    problems = NO_ENCODER

    @extend_schema(
        operation_id="search",
        tags=["lists"],
        parameters=[SearchQuerySerializer],
        responses={200: ListSerializer, 202: WaitsSerializer},
        examples=EXAMPLES,
    )
    def get(self, request: Request) -> Response:
        query = SearchQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        given = query.validated_data
        return _answer(request, query, text=given.get("q", ""), photo=given.get("photo", ""))


class PhotoSearchView(Public):
    """Products that look like an uploaded photo. The photo is not kept."""

    throttle_classes = [SearchesThrottle]
    problems = NO_ENCODER
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="searchByPhoto",
        tags=["lists"],
        parameters=[FilterSerializer],
        request={"multipart/form-data": PhotoSerializer},
        responses={200: ListSerializer, 202: WaitsSerializer},
        examples=EXAMPLES,
    )
    def post(self, request: Request) -> Response:
        query, upload = FilterSerializer(data=request.query_params), PhotoSerializer(data=request.data)
        query.is_valid(raise_exception=True)
        upload.is_valid(raise_exception=True)
        return _answer(request, query, photo=ask_photo(upload.validated_data["photo"]))


def _answer(request: Request, query: FilterSerializer, text: str = "", photo: str = "") -> Response:
    k, filters = query.validated_data["k"], query.filters
    try:
        found = search_list(request._request, text=text, photo=photo, k=k, filters=filters)
    except QueryWaits:
        return listed({"photo": photo, "retry_after": 1}, 202, **{"Retry-After": "1"})
    return listed(ListSerializer(found).data)
