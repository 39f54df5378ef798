"""The demo's own shopper: an account with a past, so that signing in shows something."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from mmrec_app.events import load_events, visitor_for
from shop_demo.models import Order, OrderLine
from shop_demo.seeding import progress
from shop_demo.seeding.events import SOURCE, event_rows, products_of
from shop_demo.seeding.goods import Goods
from shop_demo.seeding.sessions import DAY, Deed
from shop_demo.seeding.shoppers import ada_deeds

NAME = "ada"
ADDRESS = "12 Analytical Lane\nMarylebone\nLondon"


@transaction.atomic
def ensure_ada(password: str, goods: Sequence[Goods]) -> None:
    """The account opens with the password; her past is made once."""
    user, _ = get_user_model().objects.get_or_create(
        username=NAME, defaults={"first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}
    )
    if not user.check_password(password):
        user.set_password(password)
        user.save()
    if not progress.done(progress.ADA):
        progress.mark(progress.ADA, _remember(user, goods))


def _remember(user: Any, goods: Sequence[Goods]) -> int:
    now, done = timezone.now(), ada_deeds(goods)
    visitor = visitor_for(user)
    count = load_events(event_rows(done, goods, now, lambda shopper: visitor.key), SOURCE)
    for bought in _baskets([deed for deed in done if deed.kind == "purchase"]):
        _order(user, bought, goods, now)
    return count


def _baskets(purchases: Sequence[Deed]) -> list[list[Deed]]:
    """What was bought within a few hours is one order."""
    baskets: list[list[Deed]] = []
    for deed in purchases:
        if baskets and baskets[-1][-1].ago - deed.ago < DAY / 8:
            baskets[-1].append(deed)
        else:
            baskets.append([deed])
    return baskets


def _order(user: Any, bought: Sequence[Deed], goods: Sequence[Goods], now: datetime) -> None:
    products = products_of([goods[deed.piece] for deed in bought])
    lines = [
        OrderLine(product=product, title=product.title, price=product.price or Decimal(0), quantity=deed.quantity)
        for deed in bought
        if (product := products.get(goods[deed.piece].external_id)) is not None
    ]
    if not lines:
        return
    total = sum((line.price * line.quantity for line in lines), Decimal(0))
    order = Order.objects.create(user=user, name="Ada Byron", email=user.email, address=ADDRESS, total=total)
    Order.objects.filter(pk=order.pk).update(placed_at=now - timedelta(seconds=bought[0].ago))
    for line in lines:
        line.order = order
    OrderLine.objects.bulk_create(lines)
