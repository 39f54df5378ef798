"""What went wrong, as RFC 9457 says it: `application/problem+json`."""

import logging
from http import HTTPStatus
from typing import Any

from django.db import DataError, IntegrityError
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotFound
from rest_framework.response import Response
from rest_framework.views import exception_handler

from mmrec_app.exceptions import EncoderError, MmrecError

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
MANY = gettext_lazy("The request cannot be; `errors` names what is wrong with it.")


class ProblemSerializer(serializers.Serializer):
    type = serializers.CharField(help_text="`about:blank`: the status says what kind of problem it is.")
    title = serializers.CharField(help_text="The status in words.")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What is wrong, and what to do about it.")
    errors = serializers.JSONField(  # type: ignore[assignment]
        required=False, help_text="By field of the request, where fields are wrong."
    )


class Conflict(APIException):
    """What was asked does not fit what is there now."""

    status_code = HTTPStatus.CONFLICT
    default_code = "conflict"


class Refused(APIException):
    """A question of ours that cannot be."""

    status_code = HTTPStatus.BAD_REQUEST
    default_code = "refused"


class Unavailable(APIException):
    """What the shop lacks something for."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_code = "unavailable"


def problem_of(error: Exception, context: dict[str, Any]) -> Response | None:
    """None for what is no answer but a failure of ours: Django reports it."""
    if isinstance(error, EncoderError):  # nothing that whoever asks could mend
        logger.error("%s", error)
        error = Unavailable(_("The search could not be passed on; try again in a moment."))
    elif isinstance(error, MmrecError):
        error = Refused(str(error))
    elif isinstance(error, DataError):  # a login's name that no database takes, say: Django passes it on as it came
        error = Refused(_("The request holds characters or numbers that cannot be stored."))
    elif isinstance(error, IntegrityError):  # what it refers to went, or its name was taken, between check and write
        error = Conflict(_("Somebody has changed something at the same moment; look again."))
    elif isinstance(error, Http404):  # Django says in English which table has no such row
        error = NotFound()
    response = exception_handler(error, context)
    if response is None:
        return None
    told, status = response.data, HTTPStatus(response.status_code)
    response.data = {"type": "about:blank", "title": status.phrase, "status": status.value}
    if isinstance(told, dict) and set(told) == {"detail"}:
        response.data["detail"] = str(told["detail"])
    else:
        response.data |= {"detail": str(MANY), "errors": told}
    response.content_type = CONTENT_TYPE
    return response
