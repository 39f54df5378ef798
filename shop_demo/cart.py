"""The cart: product ids and quantities in the session, so that it survives a login."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest

from shop_demo.models import Product

KEY = "cart"
MAX_QUANTITY = 99


@dataclass(frozen=True)
class Line:
    product: Product
    quantity: int

    @property
    def total(self) -> Decimal:
        return (self.product.price or Decimal(0)) * self.quantity

    @property
    def problem(self) -> str:
        """Why it cannot be ordered like this; empty when it can."""
        if self.product.price is None or self.product.stock == 0:
            return f"“{self.product.title}” is sold out."
        if self.quantity > self.product.stock:
            return f"“{self.product.title}”: only {self.product.stock} left."
        return ""


class Cart:
    """The cart of one session. Products are read once, in one query; what the shop no longer holds is left out."""

    def __init__(self, session: dict) -> None:
        self._session = session
        self._lines: list[Line] | None = None

    @property
    def quantities(self) -> dict[str, int]:
        return self._session.get(KEY, {})

    @property
    def lines(self) -> list[Line]:
        if self._lines is None:
            wanted = self.quantities
            found = Product.objects.select_related("category").in_bulk([int(pk) for pk in wanted]) if wanted else {}
            if len(found) < len(wanted):
                self._session[KEY] = {pk: n for pk, n in wanted.items() if int(pk) in found}
            self._lines = [Line(found[int(pk)], n) for pk, n in self.quantities.items()]
        return self._lines

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def __len__(self) -> int:
        return sum(self.quantities.values())

    @property
    def products(self) -> list[Product]:
        return [line.product for line in self.lines]

    @property
    def total(self) -> Decimal:
        return sum((line.total for line in self.lines), Decimal(0))

    @property
    def currency(self) -> str:
        return self.lines[0].product.currency if self.lines else "EUR"

    def set(self, product_id: int, quantity: int) -> None:
        """The new quantity of a product; 0 takes it out."""
        changed = {pk: n for pk, n in self.quantities.items() if pk != str(product_id) or quantity > 0}
        if quantity > 0:
            changed[str(product_id)] = min(quantity, MAX_QUANTITY)
        self._session[KEY] = changed
        self._lines = None

    def add(self, product: Product, quantity: int = 1) -> int:
        """Adds up to what is in stock; returns how many were added."""
        before = self.quantities.get(str(product.pk), 0)
        after = min(before + quantity, product.stock, MAX_QUANTITY)
        if after > before:
            self.set(product.pk, after)
        return max(after - before, 0)

    def clear(self) -> None:
        self._session.pop(KEY, None)
        self._lines = None


def cart_of(request: HttpRequest) -> Cart:
    """One cart a request, so that a page with several lists reads its products once."""
    if not hasattr(request, "_cart"):
        request._cart = Cart(request.session)  # type: ignore[attr-defined]
    return request._cart  # type: ignore[attr-defined]


def products(request: HttpRequest) -> list[Product]:
    """`MMREC["CART"]`: what is in the cart is recommended to nobody who has it there."""
    return cart_of(request).products if hasattr(request, "session") else []
