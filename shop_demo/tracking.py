"""Tells the recommender what visitors do. Whatever goes wrong here is logged: a shop sells with or without it."""

import logging
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from mmrec_app.events import record, visitor_of
from mmrec_app.models import Event
from shop_demo.models import Product

logger = logging.getLogger(__name__)


def track(kind: str, product: Product, request: HttpRequest, **details: Any) -> None:
    try:
        with transaction.atomic():
            record(kind, product, request=request, **details)
    except Exception:
        logger.exception("%s of product %s was not recorded", kind, product.pk)


def track_view(product: Product, request: HttpRequest) -> None:
    """A person's look at a product page; to reload it, or to come back from adding to the cart, is no second one."""
    if request.method == "GET" and not _is_still_there(product, request):
        track("view", product, request)


def _is_still_there(product: Product, request: HttpRequest) -> bool:
    try:
        with transaction.atomic():
            visitor = visitor_of(request)
            last = (
                visitor and Event.objects.filter(visitor=visitor).select_related("item").order_by("-at", "-id").first()
            )
    except Exception:
        logger.exception("the last event of a visitor could not be read")
        return False
    return bool(last) and last.kind in ("view", "click", "cart") and last.item.object_id == str(product.pk)
