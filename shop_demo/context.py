"""What every page of the shop knows: its name, its categories, how much is in the cart."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from shop_demo.cart import cart_of
from shop_demo.categories import tree

NAME = "Lindengrau"


def shop(request: HttpRequest) -> dict[str, Any]:
    """Read when a template asks for it: the admin's pages do not."""
    return {
        "shop_name": NAME,
        "shop_categories": SimpleLazyObject(tree),
        "cart_count": SimpleLazyObject(lambda: len(cart_of(request)) if hasattr(request, "session") else 0),
    }
