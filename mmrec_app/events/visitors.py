"""Who a request is: its user, or the bearer of a signed cookie; never what a body claims, nobody without consent."""

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.db.models.expressions import RawSQL
from django.http import HttpRequest, HttpResponse

from mmrec_app.conf import conf
from mmrec_app.events.consent import has_consented
from mmrec_app.events.robots import is_robot
from mmrec_app.models import Event, Impression, Visitor

SALT = "mmrec.visitor"
HELD = "(SELECT id FROM mmrec_app_visitor WHERE id = %(visitor)s FOR KEY SHARE)"
"""A visitor's id, kept until the transaction ends; NULL when it is gone. Without it a foreign key looks only at the
commit, and a visitor that a login took away in between would end the shop's transaction with an error."""


def held(visitor: Visitor | None) -> RawSQL | None:
    """`HELD` as the value of a field."""
    return RawSQL(HELD.replace("%(visitor)s", "%s"), [visitor.pk]) if visitor is not None else None


def user_key(user_id: Any) -> str:
    return f"user:{user_id}"


def visitor_for(user: Any) -> Visitor:
    """The visitor of a user, made on the first need."""
    return Visitor.objects.get_or_create(user=user, defaults={"key": user_key(user.pk)})[0]


def visitor_of(request: HttpRequest, create: bool = False) -> Visitor | None:
    """The visitor of a request; None without consent, and while it is nobody yet and `create` is false, or a
    robot.

    One look-up a request: the answer is kept on it. A created visitor gets its cookie from `VisitorMiddleware`.
    """
    if not has_consented(request):
        return None
    kept = getattr(request, "_mmrec_visitor", None)
    if kept is None:
        kept = _known(request)
        if kept is None and create and not is_robot(request):
            kept = _new(request)
        request._mmrec_visitor = kept  # type: ignore[attr-defined]
    return kept


def site_of(request: HttpRequest) -> int | None:
    """The site a request came to, where Django's `CurrentSiteMiddleware` tells."""
    site = getattr(request, "site", None)
    return site.pk if site is not None else None


def set_cookie(request: HttpRequest, response: HttpResponse) -> None:
    """Hands a new anonymous visitor its cookie; takes it from one who was erased or has withdrawn their consent."""
    name = conf().cookie_name
    erased = getattr(request, "_mmrec_erased", False)
    if name in request.COOKIES and (erased or not has_consented(request)):
        response.delete_cookie(name, samesite="Lax")
        return
    if erased or not getattr(request, "_mmrec_visitor_new", False):
        return
    visitor: Visitor = request._mmrec_visitor  # type: ignore[attr-defined]
    response.set_cookie(
        name,
        signing.dumps(visitor.key, salt=SALT),
        max_age=conf().cookie_age_days * 86400,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def forget_visitor(request: HttpRequest) -> None:
    """The request's visitor was erased: it is nobody from here on, and loses its cookie."""
    request._mmrec_visitor = None  # type: ignore[attr-defined]
    request._mmrec_erased = True  # type: ignore[attr-defined]


def adopt_visitor(request: HttpRequest, user: Any) -> None:
    """Moves what the request's anonymous visitor did, also in this very request, over to the user's visitor."""
    if not has_consented(request):
        return
    for anonymous in filter(None, {getattr(request, "_mmrec_visitor", None), _by_cookie(request)}):
        if anonymous.user_id is None:
            merge(anonymous, into=visitor_for(user))
    request._mmrec_visitor = None  # type: ignore[attr-defined]
    request._mmrec_visitor_new = False  # type: ignore[attr-defined]


@transaction.atomic
def merge(visitor: Visitor, into: Visitor) -> None:
    """Events and impressions change hands; an event that both sent under one key stays once.

    What is recorded meanwhile holds its visitor's row (`HELD`): it is there before the rows are locked here, and moves,
    or it waits and finds the visitor gone (`anew`).
    """
    rows = Visitor.objects.select_for_update().filter(pk__in=[visitor.pk, into.pk])
    if len(rows.order_by("pk")) < 2:  # another login has merged it, or the account was erased
        return
    twice = Event.objects.filter(visitor=into, key__isnull=False).values("key")
    Event.objects.filter(visitor=visitor, key__in=twice).delete()
    Event.objects.filter(visitor=visitor).update(visitor=into)
    Impression.objects.filter(visitor=visitor).update(visitor=into)
    visitor.delete()


def anew(visitor: Visitor) -> Visitor | None:
    """Who stands for a visitor that is gone: one with the same key, which the next login of that browser merges, or the
    user's own. None while it is there, and when its user is gone as well."""
    if Visitor.objects.filter(pk=visitor.pk).exists():
        return None
    if visitor.user_id is None:
        return Visitor.objects.get_or_create(key=visitor.key)[0]
    user = get_user_model()._base_manager.filter(pk=visitor.user_id).first()
    return visitor_for(user) if user is not None else None


def _known(request: HttpRequest) -> Visitor | None:
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return Visitor.objects.filter(user=user).first() or visitor_for(user)
    return _by_cookie(request)


def _by_cookie(request: HttpRequest) -> Visitor | None:
    signed = request.COOKIES.get(conf().cookie_name, "")
    try:
        key = signing.loads(signed, salt=SALT, max_age=conf().cookie_age_days * 86400)
    except signing.BadSignature:
        return None
    # A cookie from before a login on this browser does not open the account it was merged into.
    return Visitor.objects.filter(key=key, user=None).first()


def _new(request: HttpRequest) -> Visitor:
    request._mmrec_visitor_new = True  # type: ignore[attr-defined]
    key = getattr(request, "_mmrec_key", None) or secrets.token_urlsafe(24)  # a token's key, or a new one
    return Visitor.objects.get_or_create(key=key)[0]
