"""From a form and a look to the bytes of a picture."""

from collections.abc import Callable
from difflib import get_close_matches
from io import BytesIO

from PIL import Image
from resvg_py import svg_to_bytes

from shop_demo.illustration import (
    accessories,
    bags,
    bottoms,
    coats,
    dresses,
    home_decor,
    home_light,
    home_seats,
    home_textiles,
    kitchen_pots,
    kitchen_ware,
    shoes,
    tops,
)
from shop_demo.illustration.look import Look
from shop_demo.illustration.svg import Sheet

Form = Callable[[Sheet, Look], None]

WORN = (dresses, tops, bottoms, coats, shoes, bags, accessories)
LIVED_WITH = (home_light, home_seats, home_textiles, home_decor, kitchen_ware, kitchen_pots)

FORMS: dict[str, Form] = {name: form for module in (*WORN, *LIVED_WITH) for name, form in module.FORMS.items()}
"""What can be drawn, by the name a shopper would call it."""


class UnknownFormError(ValueError):
    def __init__(self, form: str) -> None:
        near = get_close_matches(form, FORMS, n=3, cutoff=0.5) or sorted(FORMS)
        super().__init__(f"There is no form {form!r} to draw. Take one of FORMS, for example: {', '.join(near)}.")


def draw(form: str, look: Look, size: int = 640) -> bytes:
    """The product as a square JPEG, `size` pixels a side; the same form and look give the same bytes."""
    png = svg_to_bytes(svg_string=markup(form, look), width=size, height=size, skip_system_fonts=True)
    jpeg = BytesIO()
    with Image.open(BytesIO(png)) as picture:
        picture.convert("RGB").save(jpeg, "JPEG", quality=88, optimize=True)
    return jpeg.getvalue()


def markup(form: str, look: Look) -> str:
    """The product as SVG."""
    if form not in FORMS:
        raise UnknownFormError(form)
    sheet = Sheet()
    FORMS[form](sheet, look)
    return sheet.markup()
