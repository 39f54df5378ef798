"""What the endpoints share."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import JSONParser
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from mmrec_app.api.described import ApiSchema
from mmrec_app.api.problems import problem_of
from mmrec_app.api.throttles import ListsThrottle


class Pages(PageNumberPagination):
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500


class QuerySerializer(serializers.Serializer):
    """Refuses a parameter that it does not know: a misspelt filter would leave nothing out."""

    also: tuple[str, ...] = ()
    """Parameters that something else reads."""

    def to_internal_value(self, data: Mapping[str, Any]) -> Any:
        known = [*self.fields, *self.also]
        if unknown := set(data) - set(known):
            said = _("There is no such parameter; there are %(known)s.") % {"known": ", ".join(known)}
            raise serializers.ValidationError(dict.fromkeys(sorted(unknown), [said]))
        return super().to_internal_value(data)


class PagedQuerySerializer(QuerySerializer):
    also = ("page", "page_size")


class Permitted(BasePermission):
    """Each method of a view takes the permission that it names."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        named: Mapping[str, str] = getattr(view, "permissions", {})
        method = {"HEAD": "GET", "OPTIONS": "GET"}.get(request.method or "", request.method or "")
        return method not in named or request.user.has_perm(f"mmrec_app.{named[method]}")


class BoundedJSONParser(JSONParser):
    """What is nested deeper than Python follows is refused like anything else that is no JSON of ours."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError from error


class Endpoint(APIView):
    """JSON both ways, problems told as such, a limit on requests, and a description of all of it."""

    renderer_classes = [JSONRenderer]
    parser_classes = [BoundedJSONParser]  # a form on somebody else's site cannot send this type
    throttle_classes = [ListsThrottle]
    schema = ApiSchema()
    problems: Mapping[int, str] = {}
    """Further answers of these views to what cannot be, by their status, for the description."""

    def get_exception_handler(self) -> Any:
        return problem_of


class Public(Endpoint):
    """For whoever asks: the session's user, or the bearer of the signed visitor cookie."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [AllowAny]


class Staff(Endpoint):
    """For who has the permission. How they log in is the project's `DEFAULT_AUTHENTICATION_CLASSES`."""

    permission_classes = [Permitted]
    problems = {401: "Nobody is logged in."}
    permissions: Mapping[str, str]
    """Method -> permission of the app."""


@extend_schema(exclude=True)
class NowhereView(Public):
    """What no endpoint answers to is a problem as well, not the shop's page of it."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise NotFound(_("there is no such endpoint; addresses end with a slash."))
