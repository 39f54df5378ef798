"""Backpacks."""

from shop_demo.illustration.colours import COLOURS, brightness, darker, lighter
from shop_demo.illustration.details import details
from shop_demo.illustration.look import (
    Look,
    background,
    crease,
    framed,
    ground_shadow,
    seam,
    shades,
    solid,
    stitch,
    wall_shadow,
)
from shop_demo.illustration.svg import Sheet, box, circle, half, mirrored, trace

FLOOR = 500.0


def backpack(sheet: Sheet, look: Look) -> None:
    facts = details("backpack", look)
    background(sheet, look)
    wide, top = look.between(122, 134), 128 + look.between(-10, 10)
    contrast = look.trim if facts["straps"] == "contrast" else darker(look.base, 0.18)
    leather = COLOURS["camel"] if look.style in ("boho", "classic", "retro") and brightness(look.base) < 0.75 else contrast
    with framed(sheet, 300 - wide - 44, top - 66, 300 + wide + 44, FLOOR + 24):
        ground_shadow(sheet, 300, FLOOR, wide * 2)
        _back_straps(sheet, contrast, wide, top)
        body = mirrored((0, top - 8), (wide * 0.6, top - 8, wide * 0.92, top + 20, wide * 0.96, top + 90), (wide + 6, FLOOR - 130, wide + 8, FLOOR - 80, wide + 4, FLOOR - 24), (wide, FLOOR, wide - 10, FLOOR + 2, wide - 26, FLOOR + 2), (0, FLOOR + 3))
        solid(sheet, body, look.paint(sheet), look.base, 1, 34)
        with sheet.within(body):
            crease(sheet, look.base, (300 - wide, top + 150), (300 - wide * 0.5, top + 190), 26, 0.26, -8)
            crease(sheet, look.base, (300 + wide, FLOOR - 110), (300 + wide * 0.5, FLOOR - 70), 26, 0.26, 8)
            for side in (-1, 1):
                seam(sheet, half((wide * 0.8, top + 20), (wide * 0.86, top + 120, wide * 0.88, FLOOR - 120, wide * 0.86, FLOOR + 4), side=side, close=False), look.base, 0.4)
        {"round-top": _round_top, "roll-top": _roll_top, "flap": _flap}[facts["shape"]](sheet, look, wide, top, leather)
        _pockets(sheet, look, facts["pockets"], wide, leather)
        if facts["shape"] == "flap":
            _buckles(sheet, leather, top)


def _back_straps(sheet: Sheet, tone: str, wide: float, top: float) -> None:
    loop = half((-26, top), (-26, top - 66, 26, top - 66, 26, top), close=False)
    for d, width in ((loop, 13.0), *((half((wide * 0.7, top + 40), (wide + 54, top + 110, wide + 52, FLOOR - 120, wide - 6, FLOOR - 46), side=side, close=False), 24.0) for side in (-1, 1))):
        sheet.soft_line(d, "#2a2220", 24, 0.2, dx=6, dy=9)
        sheet.line(d, darker(tone, 0.5), width + 2.4)
        sheet.line(d, tone, width)
        sheet.line(d, lighter(tone, 0.3), width * 0.3, 0.4)


def zip_line(sheet: Sheet, d: str, tone: str, x: float, y: float) -> None:
    """A closed zip with its pull at (x, y)."""
    sheet.line(d, darker(tone, 0.5), 10, cap="butt")
    sheet.line(d, "#c9ccd2", 4, dash="2 2", cap="butt")
    sheet.line(trace((x, y), (x + 2, y + 26), close=False), "#8d9096", 4)


def _round_top(sheet: Sheet, look: Look, wide: float, top: float, leather: str) -> None:
    arc = half((-wide * 0.86, top + 150), (-wide * 0.84, top + 8, wide * 0.84, top + 8, wide * 0.86, top + 150), close=False)
    zip_line(sheet, arc, look.base, 300 - wide * 0.5, top + 58)
    _patch(sheet, leather, top + 94)


def _patch(sheet: Sheet, leather: str, y: float) -> None:
    d = box(276, y, 48, 48, 6)
    solid(sheet, d, leather, leather, 0.8, 8)
    stitch(sheet, box(281, y + 5, 38, 38, 4), leather, 0.6)
    for x in (290, 306):
        sheet.line(trace((x, y + 17), (x + 4, y + 31), close=False), darker(leather, 0.6), 3.4)


def _roll_top(sheet: Sheet, look: Look, wide: float, top: float, leather: str) -> None:
    d = mirrored((0, top - 26), (wide * 0.9, top - 26), (wide + 6, top - 26, wide + 8, top + 40, wide * 0.94, top + 44), (0, top + 48))
    wall_shadow(sheet, d, 16)
    solid(sheet, d, look.paint(sheet), look.base, 1, 18)
    with sheet.within(d):
        for y in (-4, 22):
            line = half((-wide - 10, top + y), (0, top + y + 5), (wide + 10, top + y), close=False)
            sheet.soft_line(line, shades(look.base)[0], 14, 0.4)
            seam(sheet, line, look.base, 0.5)
    for side in (-1, 1):
        solid(sheet, box(300 + side * wide * 0.5 - 10, top - 30, 20, 136, 4), leather, leather, 0.9, 7)
        sheet.line(box(300 + side * wide * 0.5 - 14, top + 66, 28, 26, 4), "#c8a45a", 4)


def _flap(sheet: Sheet, look: Look, wide: float, top: float, leather: str) -> None:
    d = mirrored((0, top - 14), (wide * 0.7, top - 14, wide + 2, top + 14, wide + 8, top + 96), (wide + 10, top + 150), (wide + 8, top + 176, wide - 10, top + 182, wide - 40, top + 182), (0, top + 184))
    wall_shadow(sheet, d, 22)
    tone = look.trim if look.style in ("retro", "sporty") and look.pattern == "plain" else look.base
    solid(sheet, d, tone if tone != look.base or look.pattern == "plain" else look.paint(sheet), tone, 1, 26)
    with sheet.within(d):
        stitch(sheet, half((-wide, top + 168), (0, top + 172), (wide, top + 168), close=False), tone, 0.5)
    _patch(sheet, leather, top + 50)


def _buckles(sheet: Sheet, leather: str, top: float) -> None:
    for side in (-1, 1):
        d = half((46, top + 120), (66, top + 120), (67, top + 246), (56, top + 256), (46, top + 246), side=side)
        wall_shadow(sheet, d, 8)
        solid(sheet, d, leather, leather, 0.9, 7)
        sheet.line(box(300 + side * 56 - 15, top + 196, 30, 26, 4), "#c8a45a", 4.4)
        for n in range(3):
            sheet.fill(circle(300 + side * 56, top + 230 + n * 8, 1.6), darker(leather, 0.6))


def _pockets(sheet: Sheet, look: Look, kind: str, wide: float, leather: str) -> None:
    if kind == "zip":
        zip_line(sheet, half((-wide * 0.66, FLOOR - 130), (wide * 0.66, FLOOR - 130), close=False), look.base, 300 + wide * 0.56, FLOOR - 128)
        seam(sheet, box(300 - wide * 0.72, FLOOR - 142, wide * 1.44, 120, 12), look.base, 0.5)
        return
    spans = ((0.0, wide * 0.74),) if kind == "front" else ((-wide * 0.46, wide * 0.38), (wide * 0.46, wide * 0.38))
    for x, reach in spans:
        d = box(300 + x - reach, FLOOR - 158, reach * 2, 138, 22)
        wall_shadow(sheet, d, 14)
        tone = look.trim if look.style in ("retro", "sporty") and kind == "front" else look.base
        solid(sheet, d, tone if tone != look.base or look.pattern == "plain" else look.paint(sheet), tone, 1, 20)
        y = FLOOR - 120
        zip_line(sheet, trace((300 + x - reach + 12, y), (300 + x + reach - 12, y), close=False), tone, 300 + x + reach * 0.6, y + 2)
        stitch(sheet, box(300 + x - reach + 6, FLOOR - 152, reach * 2 - 12, 126, 18), tone, 0.4)
