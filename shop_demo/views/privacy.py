"""What the shop remembers of who asks: switched on and off, handed out, erased."""

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mmrec_app.events import forget_visitor, visitor_of
from mmrec_app.privacy import erase_person, erase_visitor, export_visitor
from shop_demo.privacy import COOKIE, may_remember

YEAR = 365 * 86400


@never_cache
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "shop_demo/privacy.html", {"remembers": may_remember(request)})


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    response = redirect("privacy")
    wanted = "yes" if request.POST.get("remember") == "yes" else "no"
    response.set_cookie(COOKIE, wanted, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    return response


@never_cache
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Everything that is kept of whoever asks, as a file."""
    kept = export_visitor(visitor_of(request))
    options = {"indent": 2, "ensure_ascii": False}
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    return JsonResponse(kept, encoder=DjangoJSONEncoder, json_dumps_params=options, headers=headers)


@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    gone = erase_person(request.user) if request.user.is_authenticated else erase_visitor(visitor_of(request))
    forget_visitor(request)
    messages.success(request, "What you looked at is forgotten." if gone else "There was nothing to forget.")
    return redirect("privacy")
