"""A small shop for tests: simple shapes in plain colours, so that who looks like whom is known."""

from decimal import Decimal
from itertools import product as pairs
from typing import Any

from django.core.files.base import ContentFile

from mmrec_app.offline.encode import encode_dirty
from shop_demo.models import Category, Product
from tests.pictures import picture

COLOURS = ("red", "blue", "green", "orange")
KINDS = ("dress", "mug", "lamp", "chair")


def make_product(
    colour: str = "red", kind: str = "dress", number: int = 0, image: bool = True, **fields: Any
) -> Product:
    path = f"Shop > {kind.title()}"
    category, _ = Category.objects.get_or_create(path=path, defaults={"name": kind.title(), "slug": kind})
    values = {
        "slug": f"{colour}-{kind}-{number}",
        "title": f"{colour.title()} {kind} {number}",
        "description": f"A plain {kind} in {colour}.",
        "brand": "Plain",
        "category": category,
        "price": Decimal(10 + number),
        "attributes": {"colour": colour},
    }
    made = Product(**values | fields)
    if image:
        made.image.save(f"{colour}-{kind}-{number}.png", ContentFile(picture(colour, kind)), save=False)
    made.save()
    return made


def make_shop(numbers: int = 2, encode: bool = True) -> list[Product]:
    """Every kind in every colour, `numbers` times; encoded unless a worker shall do it."""
    made = [make_product(colour, kind, n) for n, colour, kind in pairs(range(numbers), COLOURS, KINDS)]
    if encode:
        encode_dirty()
    return made
