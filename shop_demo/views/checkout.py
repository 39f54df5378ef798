"""From the cart to the thank-you page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shop_demo.cart import cart_of
from shop_demo.checkout import Details, Refused, place_order
from shop_demo.forms import CheckoutForm
from shop_demo.models import Order
from shop_demo.tracking import track

ORDERS = "orders"
"""Session key: the orders this browser placed, which it may look at without an account."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    cart = cart_of(request)
    form = CheckoutForm(request.POST or None, initial=_known(request), label_suffix="")
    if request.method == "POST" and form.is_valid():
        return _order(request, form)
    if not cart.lines:
        return redirect("cart")
    if any(line.problem for line in cart):
        messages.error(request, "Please change what is marked below; then you can order.")
        return redirect("cart")
    return render(request, "shop_demo/checkout.html", {"cart": cart, "form": form})


def _order(request: HttpRequest, form: CheckoutForm) -> HttpResponse:
    given = form.cleaned_data
    if earlier := Order.objects.filter(token=given["token"]).first():  # sent twice: the cart is empty by now
        return redirect("order", earlier.pk)
    cart = cart_of(request)
    if not cart.lines:
        return redirect("cart")
    details = Details(given["name"], given["email"], given["address"])
    try:
        order, new = place_order(given["token"], request.user, details, cart.lines, given["total"])
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, problem)
        return redirect("cart")
    if new:
        _track(order, request)
    cart.clear()
    request.session[ORDERS] = [*request.session.get(ORDERS, [])[-20:], order.pk]
    return redirect("order", order.pk)


def _track(order: Order, request: HttpRequest) -> None:
    for line in order.lines.select_related("product"):
        value = line.price * line.quantity
        track("purchase", line.product, request, quantity=line.quantity, value=value, key=f"order-line:{line.pk}")


def _known(request: HttpRequest) -> dict[str, object]:
    """What the form can be filled with: the total as shown, and name and address of the account's latest order."""
    known: dict[str, object] = {"total": cart_of(request).total}
    if request.user.is_authenticated:
        last = request.user.orders.first()
        known["email"] = request.user.email
        known["name"] = request.user.get_full_name()
        if last is not None:
            known |= {"name": last.name, "email": last.email, "address": last.address}
    return known


@never_cache
@require_safe
def thanks(request: HttpRequest, pk: int) -> HttpResponse:
    order = Order.objects.prefetch_related("lines__product").filter(pk=pk).first()
    theirs = request.user.is_authenticated and order is not None and order.user_id == request.user.pk
    if order is None or not (theirs or pk in request.session.get(ORDERS, [])):
        raise Http404
    return render(
        request,
        "shop_demo/order.html",
        {"order": order, "bought": [line.product for line in order.lines.all() if line.product]},
    )
