"""The class a shop subclasses, once for each product model."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from django.db.models import Model, QuerySet

MediaSource = bytes | str | Path | IO[bytes] | Any
"""Bytes, a path, or anything with `open()` and `read()`: an `ImageField`'s file is one."""


class Catalogue:
    """What a shop tells of one model. `model` and `text` are needed; the other defaults fit most shops.

    Every method takes the shop's own object, as `queryset` gives it.
    """

    model: type[Model]

    related: Mapping[type[Model], str] = {}
    """Other models whose rows tell of a product, each with its field that leads to the product: `{Stock: "product"}`.
    When such a row is saved or deleted, its product is read again."""

    def queryset(self) -> QuerySet[Any]:
        """What may be recommended, with what the other methods need joined in."""
        return self.model._default_manager.all()

    def text(self, product: Any) -> str:
        """What is read: title, brand, description. HTML is welcome, it is cleaned."""
        raise NotImplementedError(f"{type(self).__name__} must define text(product).")

    def images(self, product: Any) -> Sequence[MediaSource]:
        """What is looked at, the best picture first."""
        return ()

    def audio(self, product: Any) -> Sequence[MediaSource]:
        """What is heard: a sample of the record, the engine's sound."""
        return ()

    def video(self, product: Any) -> Sequence[MediaSource]:
        """Films and animations, of which evenly spaced frames are looked at."""
        return ()

    def title(self, product: Any) -> str:
        return str(product)

    def category(self, product: Any) -> str:
        """The path from the root, `A > B > C`."""
        return ""

    def attributes(self, product: Any) -> dict[str, Any]:
        """Flat facts to filter by and to name in a reason: brand, colour, size."""
        return dict(getattr(product, "attributes", None) or {})

    def price(self, product: Any) -> Decimal | None:
        return getattr(product, "price", None)

    def currency(self, product: Any) -> str | None:
        return getattr(product, "currency", "")

    def available(self, product: Any) -> bool:
        """Whether it can be bought now; what cannot is in no list."""
        return True

    def url(self, product: Any) -> str:
        return product.get_absolute_url()

    def image_url(self, product: Any) -> str:
        """The picture a widget shows; by default the first of `images` that has an address."""
        return next(filter(None, (getattr(image, "url", "") for image in self.images(product))), "")

    def sites(self, product: Any) -> Iterable[int]:
        """Ids of the sites that sell it; none means all."""
        return ()

    def published_at(self, product: Any) -> datetime | None:
        return getattr(product, "created_at", None)

    def parent(self, product: Any) -> Any | None:
        """The product that this one is a variant of, or None. A variant has no item: what happens to it, happens to
        its parent's."""
        return None
