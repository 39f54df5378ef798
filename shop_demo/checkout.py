"""Turns a cart into an order: all of it or nothing, and once."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from shop_demo.cart import Line
from shop_demo.models import Order, OrderLine, Product


@dataclass(frozen=True)
class Details:
    name: str
    email: str
    address: str


class Refused(Exception):
    """The cart cannot be ordered as it is; `problems` are sentences for the shopper."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


@transaction.atomic
def place_order(token: UUID, user: Any, details: Details, wanted: Sequence[Line], shown: Decimal) -> tuple[Order, bool]:
    """The order, and whether it is new: a second call with the same token gets the first one's.

    Locks the products in the order of their keys, so that two checkouts never lock each other out. Raises
    `Refused` when
    something is sold out, gone, or costs something else than the shopper was shown.
    """
    found = Product.objects.select_for_update().order_by("pk").in_bulk([line.product.pk for line in wanted])
    if earlier := Order.objects.filter(token=token).first():  # after the lock: a double click waited there
        return earlier, False
    lines = [Line(found.get(line.product.pk, _gone(line.product)), line.quantity) for line in wanted]
    total = sum((line.total for line in lines), Decimal(0))
    if problems := [line.problem for line in lines if line.problem]:
        raise Refused(problems)
    if total != shown:
        raise Refused(["A price has changed while you were here. Please look at the new total and order again."])
    order = Order.objects.create(
        token=token,
        user=user if user.is_authenticated else None,
        total=total,
        currency=lines[0].product.currency,
        **vars(details),
    )
    for line in lines:
        _take(order, line)
    return order, True


def _take(order: Order, line: Line) -> None:
    product = line.product
    OrderLine.objects.create(
        order=order, product=product, title=product.title, price=product.price, quantity=line.quantity
    )
    product.stock -= line.quantity
    product.save(update_fields=["stock"])  # not update(): what sells out leaves the recommended lists at once


def _gone(product: Product) -> Product:
    """A product deleted since the page was made counts as sold out."""
    return Product(pk=product.pk, title=product.title, price=product.price, stock=0)
