"""Reads what is encoded of claimed items, through their catalogues."""

from collections.abc import Iterable
from typing import Any

from mmrec_app.catalogue import Catalogue, catalogues
from mmrec_app.catalogue.adapter import MediaSource
from mmrec_app.catalogue.reading import read_media_bytes
from mmrec_app.conf import conf
from mmrec_app.encoders.clean import clean_text
from mmrec_app.exceptions import MediaRefused
from mmrec_app.models import Item
from mmrec_app.types import Content


def read_contents(item_ids: Iterable[int]) -> dict[int, Content]:
    """Item -> its text, pictures, sounds and films, one query a source. An item whose product is gone has no entry."""
    items = Item.objects.filter(pk__in=list(item_ids), removed_at=None)
    contents: dict[int, Content] = {}
    for source, catalogue in catalogues().items():
        by_key = {item.object_id: item.pk for item in items if item.source == source}
        for product in catalogue.queryset().filter(pk__in=by_key):
            item_id = by_key[str(product.pk)]
            contents[item_id] = _read(item_id, catalogue, product)
    return contents


def _read(item_id: int, catalogue: Catalogue, product: Any) -> Content:
    problems: list[str] = []
    settings, modalities = conf(), {spec.modality for spec in conf().encoders}
    images = (
        _bytes(catalogue.images(product), "IMAGE_BYTES", settings.image_bytes, problems)
        if "image" in modalities
        else ()
    )
    audio, video = (
        _bytes(sources(product), "MEDIA_BYTES", settings.media_bytes, problems) if modality in modalities else ()
        for modality, sources in (("audio", catalogue.audio), ("video", catalogue.video))
    )
    return Content(item_id, clean_text(catalogue.text(product)), images, audio, video, tuple(problems))


def _bytes(sources: Iterable[MediaSource], setting: str, limit: int, problems: list[str]) -> tuple[bytes, ...]:
    read = []
    for source in list(sources)[: conf().images_per_item]:
        try:
            read.append(read_media_bytes(source, setting, limit))
        except MediaRefused as refused:
            problems.append(str(refused))
    return tuple(read)
