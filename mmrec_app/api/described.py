"""The OpenAPI description of an endpoint: what every one of them may answer beside what it says itself."""

from typing import Any, Literal

from drf_spectacular.openapi import AutoSchema

from mmrec_app.api.problems import CONTENT_TYPE, ProblemSerializer

ALWAYS = {
    400: "The request cannot be; `errors` names the fields.",
    403: "Not allowed: a session without its CSRF token, or without the permission.",
    404: "There is no such thing.",
    406: "Another content type than JSON was wanted.",
    429: "Too many requests; `Retry-After` says for how long.",
}
CHANGING = {409: "It does not fit what is there now.", 415: "The body is of another content type."}


class ApiSchema(AutoSchema):
    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        problems = ALWAYS | (CHANGING if self.method != "GET" else {})
        problems |= getattr(self.view, "problems", {})
        return bodies | {str(status): self._problem(said) for status, said in problems.items()}

    def _problem(self, said: str) -> dict[str, Any]:
        component = self.resolve_serializer(ProblemSerializer, "response")
        return {"content": {CONTENT_TYPE: {"schema": component.ref}}, "description": said}
