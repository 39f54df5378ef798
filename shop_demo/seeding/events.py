"""Loads what the shoppers did, once."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from mmrec_app.events import load_events
from mmrec_app.types import EventRow
from shop_demo.models import Product
from shop_demo.seeding import progress
from shop_demo.seeding.goods import Goods
from shop_demo.seeding.sessions import Deed
from shop_demo.seeding.shoppers import deeds
from shop_demo.seeding.truth import visitor_key

SOURCE = "shop_demo.product"


def load_shoppers(goods: Sequence[Goods], shoppers: int, said: Callable[[int], object]) -> int:
    """Returns how many events were loaded; 0 when an earlier run did it."""
    if progress.done(progress.EVENTS):
        said(shoppers)
        return 0
    done = deeds(goods, shoppers, said)
    with transaction.atomic():
        count = load_events(event_rows(done, goods, timezone.now(), visitor_key), SOURCE)
        progress.mark(progress.EVENTS, count)
    return count


def event_rows(
    done: Iterable[Deed], goods: Sequence[Goods], now: datetime, key: Callable[[int], str]
) -> list[EventRow]:
    """Deeds as events on the products that are still there."""
    products = products_of(goods)
    return [
        EventRow(
            visitor_key=key(deed.shopper),
            object_id=str(product.pk),
            kind=deed.kind,
            at=now - timedelta(seconds=deed.ago),
            quantity=deed.quantity,
            value=worth(product, deed),
        )
        for deed in done
        if (product := products.get(goods[deed.piece].external_id)) is not None
    ]


def products_of(goods: Sequence[Goods]) -> dict[str, Product]:
    found = Product.objects.filter(external_id__in=[one.external_id for one in goods])
    return {product.external_id or "": product for product in found}


def worth(product: Product, deed: Deed) -> Decimal | None:
    return product.price * deed.quantity if deed.kind == "purchase" and product.price is not None else None
