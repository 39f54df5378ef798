"""Reads what is encoded of claimed items, through their catalogues."""

from collections.abc import Iterable

from mmrec_app.catalogue import catalogues
from mmrec_app.catalogue.reading import read_image_bytes
from mmrec_app.conf import conf
from mmrec_app.encoders.clean import clean_text
from mmrec_app.exceptions import ImageRefused
from mmrec_app.models import Item
from mmrec_app.types import Content


def read_contents(item_ids: Iterable[int]) -> dict[int, Content]:
    """Item -> its text and pictures, one query a source. An item whose product is gone has no entry."""
    items = Item.objects.filter(pk__in=list(item_ids), removed_at=None)
    contents: dict[int, Content] = {}
    for source, catalogue in catalogues().items():
        by_key = {item.object_id: item.pk for item in items if item.source == source}
        for product in catalogue.queryset().filter(pk__in=by_key):
            item_id = by_key[str(product.pk)]
            contents[item_id] = _read(item_id, catalogue.text(product), catalogue.images(product))
    return contents


def _read(item_id: int, text: str, images: Iterable[object]) -> Content:
    pictures, problems = [], []
    for image in list(images)[: conf().images_per_item]:
        try:
            pictures.append(read_image_bytes(image, conf().image_bytes))
        except ImageRefused as refused:
            problems.append(str(refused))
    return Content(item_id, clean_text(text), tuple(pictures), tuple(problems))
