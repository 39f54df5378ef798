"""Home, categories, products."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from shop_demo.cart import MAX_QUANTITY, cart_of
from shop_demo.listing import ancestors, below, list_products, with_pictures
from shop_demo.models import Category, Product
from shop_demo.search import find, suggestions
from shop_demo.tracking import track_view


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    newest = Product.objects.filter(stock__gt=0).exclude(image="")[:12]
    return render(request, "shop_demo/home.html", {"newest": newest[:8], "categories": with_pictures(parent=None)})


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    chosen = get_object_or_404(Category.objects.select_related("parent"), slug=slug)
    listing = list_products(below(chosen), request.GET)
    values = {"category": chosen, "ancestors": ancestors(chosen), "listing": listing}
    values |= {"children": with_pictures(parent=chosen), "within": {"category": chosen.path}}
    return render(request, "shop_demo/category.html", values)


@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    chosen = get_object_or_404(Product.objects.select_related("category"), slug=slug)
    track_view(chosen, request)
    in_cart = cart_of(request).quantities.get(str(chosen.pk), 0)
    values = {"product": chosen, "in_cart": in_cart, "most": min(chosen.stock - in_cart, MAX_QUANTITY)}
    if chosen.category:
        values["ancestors"] = [*ancestors(chosen.category), chosen.category]
    return render(request, "shop_demo/product.html", values)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    found = find(words)
    values = {
        "words": words,
        "similar": found.similar,
        "listing": list_products(found.products, request.GET, found.order),
    }
    if not values["listing"].total:
        values["suggestions"] = suggestions(words)
    return render(request, "shop_demo/search.html", values)
