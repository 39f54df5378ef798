"""Two shoes, one in front of the other."""

from collections.abc import Callable

from shop_demo.illustration.look import Look, background, framed, ground_shadow
from shop_demo.illustration.svg import Sheet

BASE = 430.0
"""The ground."""


def pair(sheet: Sheet, look: Look, draw: Callable[[Sheet, Look, dict[str, str]], None], facts: dict[str, str], bounds: tuple[float, float, float]) -> None:
    """One shoe in front of the other; bounds are left, top and right of one shoe."""
    left, top, right = bounds
    background(sheet, look)
    with framed(sheet, left, top - 20, right + 84, BASE + 30, margin=60, most=1.35):
        with sheet.moved("translate(84 -34)"):
            ground_shadow(sheet, (left + right) / 2, BASE, right - left, 0.8)
            draw(sheet, look, facts)
        ground_shadow(sheet, (left + right) / 2, BASE, right - left)
        draw(sheet, look, facts)
