"""Who asks from another host, where the cookie does not go."""

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest

from mmrec_app.conf import conf
from mmrec_app.events import has_consented, visitor_for
from mmrec_app.events.visitors import merge
from mmrec_app.models import Visitor

SALT = "mmrec.headless"


def visitor_token(user: Any = None) -> str:
    """A new anonymous visitor's; for a user, theirs: the storefront's server fetches it for whom it has logged in. A
    visitor has no row before its first event."""
    return signing.dumps({"user": user.pk} if user is not None else {"key": secrets.token_urlsafe(24)}, salt=SALT)


def identify(request: HttpRequest, token: str, before: str = "") -> None:
    """Makes the request the bearer's, if the shop says that they may be remembered; from here on no cookie says who it
    is. Raises `BadSignature`.

    `before` is the token of nobody in particular that the browser had until its user was known: beside a user's token,
    what was done under it becomes the account's. One that is not ours, or has aged, says nothing.
    """
    said = _said(token)
    user = _user(said)
    request.user = user or AnonymousUser()
    may_be_remembered = has_consented(request)
    request.user = AnonymousUser()  # no session stands for the user: nothing but a token is asked for
    if not may_be_remembered:
        return
    request._mmrec_key = said.get("key")  # type: ignore[attr-defined]
    if user is None:
        request._mmrec_visitor = _anonymous(said)  # type: ignore[attr-defined]
        return
    visitor = request._mmrec_visitor = visitor_for(user)  # type: ignore[attr-defined]
    if (anonymous := _before(before)) is not None:
        merge(anonymous, into=visitor)


def bearer(token: str) -> Visitor | None:
    """Whose a token is, may they be remembered or not; None before the first event. Raises `BadSignature`."""
    said = _said(token)
    user = _user(said)
    return Visitor.objects.filter(user=user).first() if user else _anonymous(said)


def _said(token: str) -> dict[str, Any]:
    return signing.loads(token, salt=SALT, max_age=conf().cookie_age_days * 86400)


def _user(said: dict[str, Any]) -> Any:
    if "key" in said:
        return None
    user = get_user_model()._default_manager.filter(pk=said["user"], is_active=True).first()
    if user is None:
        raise signing.BadSignature(f"user {said['user']!r} is gone")
    return user


def _anonymous(said: dict[str, Any]) -> Visitor | None:
    return Visitor.objects.filter(key=said["key"], user=None).first()


def _before(token: str) -> Visitor | None:
    """Never an account's: of those, one does not become another's."""
    try:
        said = _said(token)
    except signing.BadSignature:
        return None
    return _anonymous(said) if "key" in said else None
