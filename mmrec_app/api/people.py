from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from mmrec_app.api.base import Public, Staff
from mmrec_app.api.lists import listed
from mmrec_app.events import forget_visitor, visitor_of
from mmrec_app.privacy import erase_person, erase_visitor, export_person, export_visitor

PERSON = {
    "known": True,
    "since": "2026-03-01T09:30:00Z",
    "events": [
        {
            "id": 81,
            "item": {"source": "shop.product", "object_id": "17", "title": "Linen shirt, white"},
            "kind": "view",
            "at": "2026-03-01T09:30:00Z",
            "site": None,
            "quantity": 1,
            "value": None,
            "currency": "",
            "impression": None,
            "key": None,
        }
    ],
    "impressions": [],
}
ERASED = {"erased": {"event": 12, "impression": 3, "visitor": 1}}
ID = OpenApiParameter("id", str, OpenApiParameter.PATH, description="The user's primary key.")
EXPORTED = OpenApiExample("A person", PERSON, response_only=True, status_codes=["200"])
GONE = OpenApiExample("Erased", ERASED, response_only=True, status_codes=["200"])


class PersonSerializer(serializers.Serializer):
    """All that is kept of one person: one list for each table, of its rows."""

    known = serializers.BooleanField(help_text="False: nothing is kept, and nothing else is in the answer.")
    since = serializers.DateTimeField(required=False)
    events = serializers.ListField(child=serializers.DictField(), required=False)
    impressions = serializers.ListField(child=serializers.DictField(), required=False)


class ErasedSerializer(serializers.Serializer):
    erased = serializers.DictField(child=serializers.IntegerField(), help_text="Table -> rows.")


class MeView(Public):
    """What is kept of whoever asks: the session's user, or the browser with the visitor cookie."""

    @extend_schema(operation_id="exportMe", tags=["people"], responses=PersonSerializer, examples=[EXPORTED])
    def get(self, request: Request) -> Response:
        asks = request._request
        return listed(export_person(asks.user) if asks.user.is_authenticated else export_visitor(visitor_of(asks)))

    @extend_schema(operation_id="eraseMe", tags=["people"], responses={200: ErasedSerializer}, examples=[GONE])
    def delete(self, request: Request) -> Response:
        asks = request._request
        gone = erase_person(asks.user) if asks.user.is_authenticated else erase_visitor(visitor_of(asks))
        forget_visitor(asks)
        return listed({"erased": gone})


class PersonView(Staff):
    """What is kept of a user."""

    permissions = {"GET": "view_visitor", "DELETE": "delete_visitor"}

    @extend_schema(
        operation_id="exportPerson", tags=["people"], parameters=[ID], responses=PersonSerializer, examples=[EXPORTED]
    )
    def get(self, request: Request, id: str) -> Response:
        return listed(export_person(_user(id)))

    @extend_schema(
        operation_id="erasePerson", tags=["people"], parameters=[ID], responses={200: ErasedSerializer}, examples=[GONE]
    )
    def delete(self, request: Request, id: str) -> Response:
        return listed({"erased": erase_person(_user(id))})


def _user(key: str) -> Any:
    model = get_user_model()
    try:
        found = model._default_manager.filter(pk=model._meta.pk.clean(key, None)).first()
    except ValidationError:
        found = None
    if found is None:
        raise NotFound(_("there is no such user."))
    return found
