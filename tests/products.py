"""A small shop for tests: simple shapes in plain colours, so that who looks like whom is known."""

import io
from decimal import Decimal
from itertools import product as pairs
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from mmrec_app.offline.encode import encode_dirty
from shop_demo.models import Category, Product

COLOURS = ("red", "blue", "green", "orange")
KINDS = ("dress", "mug", "lamp", "chair")
CHAIR = ((20, 10, 40, 140), (20, 70, 100, 85), (90, 70, 100, 140))


def picture(colour: str, kind: str) -> bytes:
    image = Image.new("RGB", (120, 150), "white")
    draw = ImageDraw.Draw(image)
    shapes = {
        "dress": lambda: draw.polygon([(50, 10), (70, 10), (110, 140), (10, 140)], fill=colour),
        "mug": lambda: draw.rounded_rectangle((20, 40, 90, 130), 12, fill=colour),
        "lamp": lambda: draw.ellipse((20, 30, 100, 110), fill=colour),
        "chair": lambda: [draw.rectangle(box, fill=colour) for box in CHAIR],
    }  # fmt: skip
    shapes[kind]()
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


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
