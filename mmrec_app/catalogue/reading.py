"""Reads one product through its catalogue."""

import hashlib
import json
import math
import os
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from mmrec_app.catalogue.adapter import Catalogue, MediaSource
from mmrec_app.catalogue.registry import source_of
from mmrec_app.exceptions import MediaRefused, MmrecError
from mmrec_app.types import ItemData

TITLE_LENGTH = 500
PRICE_LIMIT = 10**12
CODE = re.compile("[A-Za-z]{3}")


def read_item(catalogue: Catalogue, product: Any) -> ItemData:
    """Everything an `Item` row says of a product. The hash covers what is encoded and nothing else, so a change of
    price encodes nothing."""
    return ItemData(
        source=source_of(catalogue.model),
        object_id=str(product.pk),
        title=storable(catalogue.title(product))[:TITLE_LENGTH],
        category=storable(catalogue.category(product))[:TITLE_LENGTH],
        attributes=_plain(json.loads(json.dumps(catalogue.attributes(product), cls=DjangoJSONEncoder))),
        price=_price(catalogue.price(product), product),
        currency=currency_code(catalogue.currency(product), f"{product!r}"),
        available=bool(catalogue.available(product)),
        sites=tuple(sorted(set(catalogue.sites(product)))),
        published_at=_moment(catalogue.published_at(product)),
        content_hash=content_hash(catalogue.text(product), _media(catalogue, product)),
    )


def storable(text: str) -> str:
    """Without what Postgres refuses in a text: NUL and lone surrogates."""
    return str(text).replace("\x00", "").encode("utf-8", "replace").decode()


def _plain(value: Any) -> Any:
    """A JSON value that Postgres takes and gives back equal."""
    if isinstance(value, dict):
        return {storable(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, str):
        return storable(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _price(price: Any, product: Any) -> Decimal | None:
    if price is None:
        return None
    exact = Decimal(str(price))
    if not exact.is_finite() or abs(exact) >= PRICE_LIMIT:
        raise MmrecError(f"price of {product!r} is {price}; it must be a number below {PRICE_LIMIT:,}.")
    return exact.quantize(Decimal("0.01"))


def currency_code(currency: str | None, of: object) -> str:
    """In capitals; empty where there is none. Raises `MmrecError`, naming what it is the currency `of`, for no code."""
    if not currency:
        return ""
    if not CODE.fullmatch(currency):
        raise MmrecError(f"currency of {of} is {currency!r}; pass its code of three letters, EUR for example.")
    return currency.upper()


def _moment(at: Any) -> datetime | None:
    """A date is its midnight; a time without a zone is the shop's."""
    if isinstance(at, date) and not isinstance(at, datetime):
        at = datetime.combine(at, time())
    return timezone.make_aware(at) if at is not None and timezone.is_naive(at) else at


def _media(catalogue: Catalogue, product: Any) -> list[MediaSource]:
    return [*catalogue.images(product), *catalogue.audio(product), *catalogue.video(product)]


def content_hash(text: str, media: Iterable[MediaSource]) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass"))
    for each in media:
        digest.update(b"\x00" + fingerprint(each).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def fingerprint(image: MediaSource) -> str:
    """Names one state of a picture without reading it where that can be helped: path, size and time of a local file,
    the name of a stored one (storages give a replaced file a new name), the digest of bytes or of a nameless file."""
    if isinstance(image, bytes):
        return hashlib.sha256(image).hexdigest()
    path = _local_path(image)
    if path is None:
        name = getattr(image, "name", "")
        return str(name) if name else hashlib.sha256(_read(image, -1)).hexdigest()
    try:
        stat = os.stat(path)
    except OSError:
        return f"{path} missing"
    return f"{path} {stat.st_size} {stat.st_mtime_ns}"


def read_media_bytes(media: MediaSource, setting: str, limit: int) -> bytes:
    """At most `limit` bytes of a picture, a sound or a film. Raises `MediaRefused` naming it, and the setting that
    limits it, when it is larger or unreadable."""
    name = str(getattr(media, "name", "") or (media if isinstance(media, str | Path) else "file"))
    try:
        data = _read(media, limit + 1)
    except (OSError, ValueError) as error:
        raise MediaRefused(f"{name}: cannot be read ({error}); upload it again or remove it.") from error
    if len(data) > limit:
        raise MediaRefused(f"{name}: larger than {limit:,} bytes; upload a smaller one or raise MMREC[{setting!r}].")
    return data


def _read(image: MediaSource, size: int) -> bytes:
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


def _local_path(image: MediaSource) -> str | None:
    if isinstance(image, str | Path):
        return str(image)
    try:
        return image.path  # type: ignore[union-attr]
    except (AttributeError, NotImplementedError, ValueError):
        return None
