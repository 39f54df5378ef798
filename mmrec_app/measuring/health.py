"""Whether the catalogue is ready to be recommended: asked of the live tables."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from mmrec_app.embeddings.claims import PARKED, WAITING
from mmrec_app.models import Generation, Item, ItemVector, ModalityVector

FOR_SALE = Q(available=True, removed_at=None)


@dataclass(frozen=True)
class Health:
    items: int
    for_sale: int
    without_picture: int
    """Encoded, and no picture could be read of them."""
    without_place: int
    """Not in the generation that serves: they are recommended by popularity alone."""
    waiting: int
    oldest_wait: datetime | None
    """Since when the change that waits longest has been waiting."""
    failed: int


def health() -> Health:
    items = Item.objects.filter(removed_at=None)
    waiting = items.filter(WAITING)
    return Health(
        items=items.count(),
        for_sale=Item.objects.filter(FOR_SALE).count(),
        without_picture=without_picture().count(),
        without_place=without_place().count(),
        waiting=waiting.count(),
        oldest_wait=waiting.aggregate(oldest=Min("dirty_since"))["oldest"],
        failed=items.filter(PARKED).count(),
    )


def without_picture(items: QuerySet[Item] | None = None) -> QuerySet[Item]:
    pictures = ModalityVector.objects.filter(item=OuterRef("pk"), modality="image", view=0)
    return _for_sale(items).filter(~Exists(pictures), dirty_since=None)


def without_place(items: QuerySet[Item] | None = None) -> QuerySet[Item]:
    active = Generation.objects.filter(state=Generation.State.ACTIVE).values_list("number", flat=True).first()
    places: Any = ItemVector.objects.filter(generation=active, item=OuterRef("pk"))
    return _for_sale(items).filter(~Exists(places))


def _for_sale(items: QuerySet[Item] | None) -> QuerySet[Item]:
    return (Item.objects.all() if items is None else items).filter(FOR_SALE)
