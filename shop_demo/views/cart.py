"""The cart: look at it, add, change, take out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shop_demo.cart import cart_of
from shop_demo.forms import QuantityForm
from shop_demo.models import Product
from shop_demo.tracking import track


@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "shop_demo/cart.html", {"cart": cart_of(request)})


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    product = get_object_or_404(Product, pk=pk)
    form = QuantityForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose how many, as a whole number from 1 to 99.")
    else:
        _add(request, product, form.cleaned_data["quantity"] or 1)
    return redirect(_back(request, product.get_absolute_url()))


def _add(request: HttpRequest, product: Product, quantity: int) -> None:
    cart = cart_of(request)
    if product.price is None or product.stock == 0:
        messages.error(request, f"“{product.title}” is sold out.")
    elif cart.lines and product.currency != cart.currency:
        messages.error(
            request, f"Your cart is in {cart.currency}; order “{product.title}” ({product.currency}) separately."
        )
    elif not (added := cart.add(product, quantity)):
        messages.warning(request, f"All we have of “{product.title}” is in your cart already.")
    else:
        track("cart", product, request, quantity=added)
        short = f" That is all we have: {product.stock}." if added < quantity else ""
        messages.success(request, f"“{product.title}” is in your cart.{short}", extra_tags="to-cart")


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    form = QuantityForm(request.POST)
    cart = cart_of(request)
    if not form.is_valid():
        messages.error(request, "Choose how many, as a whole number from 0 to 99.")
    elif "remove" in request.POST or form.cleaned_data["quantity"] == 0:
        cart.set(pk, 0)
        messages.info(request, "Taken out of your cart.")
    elif product := Product.objects.filter(pk=pk).first():
        wanted = form.cleaned_data["quantity"] or 1
        cart.set(pk, min(wanted, product.stock))
        if wanted > product.stock:
            messages.warning(request, f"Of “{product.title}” we have {product.stock}.")
    return redirect("cart")


def _back(request: HttpRequest, otherwise: str) -> str:
    """Where the form says it came from, when that is a page of this shop."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and ours else otherwise
