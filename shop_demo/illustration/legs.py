"""What trousers, jeans and shorts share: measures, legs, pockets, waistbands."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

from shop_demo.illustration.colours import COLOURS, brightness, darker
from shop_demo.illustration.garment import bow, button_tone
from shop_demo.illustration.look import Look, button, crease, framed, seam, shades, solid, wall_shadow
from shop_demo.illustration.svg import Point, Sheet, box, half, trace

LEGS = {"straight": (66.0, 62.0), "wide": (84.0, 94.0), "tapered": (66.0, 44.0), "flared": (60.0, 92.0), "skinny": (54.0, 40.0)}
"""Width of one leg at the knee and at the hem."""


@dataclass(frozen=True)
class Cut:
    """Half widths of waist and hip, heights, and the widths of a leg."""

    waist: float
    hip: float
    top: float
    fork: float
    hem: float
    knee_width: float
    hem_width: float
    apart: float

    @property
    def knee(self) -> float:
        return (self.fork + self.hem) / 2 + 4

    @property
    def inner(self) -> float:
        """How far from the middle a leg's inner edge is at the hem."""
        return 8 + self.apart

    @property
    def outer(self) -> float:
        return self.inner + self.hem_width


def measured(look: Look, facts: dict[str, str]) -> Cut:
    knee, hem = LEGS[facts["leg"]]
    waist = look.between(68, 74)
    hip = max(98.0, knee + 26) if facts["leg"] != "skinny" else 88
    end = (560 if facts["length"] == "full" else 516) + look.between(-8, 8)
    return Cut(waist, hip, 60, 232, end, knee + look.between(-4, 4), hem + look.between(-4, 4), look.between(4, 12))


def framing(sheet: Sheet, cut: Cut) -> AbstractContextManager[None]:
    side = max(cut.hip, cut.outer)
    return framed(sheet, 300 - side, cut.top - 16, 300 + side, cut.hem + 12)


def leg(cut: Cut) -> list[Point]:
    """The right half, from the waist's middle round the leg to the fork."""
    out = cut.outer
    knee_out = 12 + cut.apart * 0.6 + cut.knee_width
    return [
        (0, cut.top), (cut.waist, cut.top - 6), (cut.waist + 12, cut.top + 50, cut.hip, cut.top + 90, cut.hip, cut.top + 136), (cut.hip - 1, cut.fork + 60, knee_out + 2, cut.knee - 90, knee_out, cut.knee),
        (knee_out - 1, cut.knee + 70, out - 1, cut.hem - 90, out, cut.hem - 4), (out - cut.hem_width * 0.3, cut.hem + 5, cut.inner + cut.hem_width * 0.3, cut.hem + 7, cut.inner, cut.hem + 4),
        (cut.inner + 1, cut.hem - 90, 12 + cut.apart * 0.6, cut.knee + 60, 12 + cut.apart * 0.6, cut.knee), (10, cut.knee - 80, 6, cut.fork + 50, 0, cut.fork),
    ]  # fmt: skip


def legs(sheet: Sheet, look: Look, cut: Cut, paint: str, tone: str) -> None:
    right = leg(cut)
    for side in (-1, 1):
        wall_shadow(sheet, half(*right, side=side))
    for side in (-1, 1):
        d = half(*right, side=side)
        solid(sheet, d, paint, tone, 0.85, 24)
        with sheet.within(d):
            _leg_folds(sheet, look, cut, tone, side)
    seam(sheet, trace((300, cut.top), (302, cut.fork - 40), (300, cut.fork), close=False), tone, 0.7)


def _leg_folds(sheet: Sheet, look: Look, cut: Cut, tone: str, side: int) -> None:
    crease(sheet, tone, (300 + side * 2, cut.fork - 12), (300 + side * cut.hip * 0.62, cut.fork - 46), 24, 0.26, -side * 6)
    crease(sheet, tone, (300 + side * 4, cut.fork + 14), (300 + side * cut.hip * 0.6, cut.fork + 16), 20, 0.18, -side * 8)
    crease(sheet, tone, (300 + side * cut.hip, cut.fork - 30), (300 + side * cut.hip * 0.5, cut.fork + 4), 22, 0.2, side * 8)
    width = cut.knee_width
    for shift in (0, 34):
        crease(sheet, tone, (300 + side * (12 + cut.apart), cut.knee + shift - 10), (300 + side * (12 + width * 0.66), cut.knee + shift + look.between(-16, 6)), 18, 0.22, -side * 6)
    crease(sheet, tone, (300 + side * cut.outer, cut.hem - 70), (300 + side * (cut.inner + cut.hem_width * 0.4), cut.hem - 40), 18, 0.24, side * 6)


def pockets(sheet: Sheet, look: Look, cut: Cut, kind: str) -> None:
    for side in (-1, 1):
        if kind == "slant":
            line = half((cut.waist * 0.66, cut.top + 20), (cut.waist + 20, cut.top + 92), side=side, close=False)
        elif kind == "side":
            line = half((cut.waist - 4, cut.top + 30), (cut.waist + 4, cut.top + 60, cut.hip - 14, cut.top + 84, cut.hip - 10, cut.top + 116), side=side, close=False)
        else:
            d = half((34, cut.top + 58), (cut.hip - 22, cut.top + 54), (cut.hip - 16, cut.top + 116), (cut.hip - 28, cut.top + 128), (44, cut.top + 130), (34, cut.top + 120), side=side)
            sheet.soft_line(d, shades(look.base)[0], 8, 0.3, dy=2)
            solid(sheet, d, look.paint(sheet), look.base, 0.5, 8)
            continue
        sheet.soft_line(line, shades(look.base)[0], 9, 0.34, dy=2)
        seam(sheet, line, look.base, 0.7)


def waist(sheet: Sheet, look: Look, cut: Cut, kind: str) -> None:
    tone = look.trim if look.style == "sporty" and kind == "drawstring" else darker(look.base, 0.05)
    paint = tone if look.pattern == "plain" or tone == look.trim else look.paint(sheet)
    waistband(sheet, cut, paint, tone)
    if kind == "belted":
        _belt(sheet, look, cut)
    elif kind == "drawstring":
        for n in range(-10, 11):
            crease(sheet, tone, (300 + n / 10.6 * cut.waist, cut.top - 8), (300 + n / 10.6 * cut.waist, cut.top + 18), 7, 0.42)
        for side, length in ((-1, 86), (1, 72)):
            cord = trace((300 + side * 8, cut.top + 8), (300 + side * 10, cut.top + 30, 300 + side * 20, cut.top + 50, 300 + side * 15, cut.top + length), close=False)
            sheet.line(cord, darker(look.trim, 0.4), 5.4)
            sheet.line(cord, look.trim if tone != look.trim else look.base, 4)
    elif kind == "tie":
        bow(sheet, darker(look.base, 0.06), 300, cut.top + 8, 0.95, paint="" if look.pattern == "plain" else look.paint(sheet))
    else:
        button(sheet, 304, cut.top + 6, 6, button_tone(look))
        seam(sheet, trace((316, cut.top + 20), (316, cut.top + 80), (312, cut.top + 104, 306, cut.top + 112, 301, cut.top + 116), close=False), look.base, 0.5)


def waistband(sheet: Sheet, cut: Cut, paint: str, tone: str) -> None:
    d = half((-cut.waist, cut.top - 10), (-cut.waist * 0.5, cut.top - 5, cut.waist * 0.5, cut.top - 5, cut.waist, cut.top - 10), (cut.waist + 5, cut.top + 16), (cut.waist * 0.5, cut.top + 22, -cut.waist * 0.5, cut.top + 22, -cut.waist - 5, cut.top + 16))
    sheet.soft_line(d, shades(tone)[0], 8, 0.3, dy=3)
    solid(sheet, d, paint, tone, 0.8, 9)


def _belt(sheet: Sheet, look: Look, cut: Cut) -> None:
    leather = darker(COLOURS["chocolate" if brightness(look.base) > 0.4 else "camel"], 0.1)
    d = half((-cut.waist, cut.top - 6), (-cut.waist * 0.5, cut.top - 1, cut.waist * 0.5, cut.top - 1, cut.waist, cut.top - 6), (cut.waist + 4, cut.top + 12), (cut.waist * 0.5, cut.top + 18, -cut.waist * 0.5, cut.top + 18, -cut.waist - 4, cut.top + 12))
    solid(sheet, d, leather, leather, 0.9, 6)
    for x in (-0.62, 0.62):
        solid(sheet, box(296 + x * cut.waist, cut.top - 8, 8, 28, 2), look.base, look.base, 0.8, 4)
    sheet.line(box(286, cut.top - 5, 28, 24, 4), "#b08b45", 4)
    sheet.line(box(286, cut.top - 5, 28, 24, 4), "#f3dc9f", 1.1, 0.8)
