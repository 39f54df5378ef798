"""Reads one product through its catalogue."""

import hashlib
import os
from pathlib import Path
from typing import Any

from mmrec_app.catalogue.adapter import Catalogue, ImageSource
from mmrec_app.catalogue.registry import source_of
from mmrec_app.exceptions import ImageRefused
from mmrec_app.types import ItemData

TITLE_LENGTH = 500


def read_item(catalogue: Catalogue, product: Any) -> ItemData:
    """Everything an `Item` row says of a product. The hash covers what is encoded and nothing else, so a change of
    price encodes nothing."""
    return ItemData(
        source=source_of(catalogue.model),
        object_id=str(product.pk),
        title=catalogue.title(product).replace("\x00", "")[:TITLE_LENGTH],
        category=catalogue.category(product)[:TITLE_LENGTH],
        attributes=catalogue.attributes(product),
        price=catalogue.price(product),
        currency=catalogue.currency(product),
        available=bool(catalogue.available(product)),
        sites=tuple(catalogue.sites(product)),
        published_at=catalogue.published_at(product),
        content_hash=content_hash(catalogue.text(product), catalogue.images(product)),
    )


def content_hash(text: str, images: Any) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass"))
    for image in images:
        digest.update(b"\x00" + fingerprint(image).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def fingerprint(image: ImageSource) -> str:
    """Names one state of a picture without reading it where that can be helped: path, size and time of a local file,
    the name of a stored one (storages give a replaced file a new name), the digest of bytes."""
    if isinstance(image, bytes):
        return hashlib.sha256(image).hexdigest()
    path = _local_path(image)
    if path is None:
        return str(getattr(image, "name", ""))
    try:
        stat = os.stat(path)
    except OSError:
        return f"{path} missing"
    return f"{path} {stat.st_size} {stat.st_mtime_ns}"


def read_image_bytes(image: ImageSource, limit: int) -> bytes:
    """At most `limit` bytes of a picture. Raises `ImageRefused` naming the picture when it is larger or unreadable."""
    name = str(getattr(image, "name", "") or (image if isinstance(image, str | Path) else "picture"))
    try:
        data = _read(image, limit + 1)
    except (OSError, ValueError) as error:
        raise ImageRefused(f"{name}: cannot be read ({error}); upload it again or remove it.") from error
    if len(data) > limit:
        raise ImageRefused(f"{name}: larger than {limit:,} bytes; upload a smaller one or raise MMREC['IMAGE_BYTES'].")
    return data


def _read(image: ImageSource, size: int) -> bytes:
    if isinstance(image, bytes):
        return image
    if isinstance(image, str | Path):
        with open(image, "rb") as file:
            return file.read(size)
    opened = image.open("rb") if hasattr(image, "open") else image
    try:
        opened.seek(0)
        return opened.read(size)
    finally:
        if hasattr(image, "open"):
            image.close()


def _local_path(image: ImageSource) -> str | None:
    if isinstance(image, str | Path):
        return str(image)
    try:
        return image.path  # type: ignore[union-attr]
    except (AttributeError, NotImplementedError, ValueError):
        return None
