"""Home, categories, products, search."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from shop_demo.cart import MAX_QUANTITY, cart_of
from shop_demo.categories import ancestors, below, main_tiles, with_pictures
from shop_demo.listing import list_products
from shop_demo.models import Category, Product
from shop_demo.search import close_in_meaning, find, personal, suggestions
from shop_demo.tracking import track_view


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "shop_demo/home.html", {"hero": hero(), "categories": main_tiles()})


def hero() -> list[Product]:
    """Three pictures for the head of the shop, of different categories: of the newest products that have one."""
    latest = Product.objects.filter(stock__gt=0).exclude(image="")[:60]
    return list({product.category_id: product for product in reversed(latest)}.values())[-3:]


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    chosen = get_object_or_404(Category.objects.select_related("parent"), slug=slug)
    listing = list_products(below(chosen), request.GET)
    values = {"category": chosen, "ancestors": ancestors(chosen), "listing": listing}
    values |= {"children": with_pictures(chosen.children.all()), "picks": f"For you in {chosen.name}"}
    values["within"] = {"category": chosen.path}
    return render(request, "shop_demo/category.html", values)


@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    chosen = get_object_or_404(Product.objects.select_related("category"), slug=slug)
    track_view(chosen, request)
    in_cart = cart_of(request).quantities.get(str(chosen.pk), 0)
    values = {"product": chosen, "in_cart": in_cart, "most": min(chosen.stock - in_cart, MAX_QUANTITY)}
    values["details"] = details(chosen)
    if chosen.category:
        values["ancestors"] = [*ancestors(chosen.category), chosen.category]
    return render(request, "shop_demo/product.html", values)


def details(product: Product) -> list[tuple[str, str]]:
    """Names and values of the attributes, as a reader wants them; the brand stands above already."""
    given = product.attributes if isinstance(product.attributes, dict) else {}
    return [(name.replace("_", " "), _words(value)) for name, value in given.items() if name != "brand"]


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    found = personal(find(words), request)
    values = {
        "words": words,
        "similar": found.similar,
        "listing": list_products(found.products, request.GET, found.order),
    }
    if words and (not values["listing"].total or found.similar):
        values["meant"] = close_in_meaning(words, request)
    if not values["listing"].total:
        values["suggestions"] = suggestions(words)
    return render(request, "shop_demo/search.html", values)
