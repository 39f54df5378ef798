"""Dresses and skirts."""

from shop_demo.illustration.colours import brightness, darker, lighter
from shop_demo.illustration.garment import NECKS, inside, neckline, placket, sleeves
from shop_demo.illustration.look import Look, fold, seam, shades, solid, wall_shadow
from shop_demo.illustration.svg import Sheet, box, half, mirrored, trace

LENGTHS = {"mini": 430.0, "knee": 470.0, "midi": 510.0, "maxi": 555.0}


def dress(
    sheet: Sheet, look: Look, neck: str = "round", sleeve: str = "none", length: str = "knee", flare: float = 0.5, detail: str = "",
) -> None:
    """`flare` goes from 0, a column, to 1, a full skirt. Details: belt, buttons, wrap, tiers, collar, bow."""
    top, waist = 62.0, look.between(222, 250)
    hem = LENGTHS[length] + look.between(-10, 10)
    shoulder, narrow = look.between(74, 86), look.between(50, 60)
    hip, wide = narrow + 10 + 40 * flare, 74 + flare * 105 + look.between(-8, 8)
    if detail == "shift":
        narrow = hip = 72
    opening = 16 + (shoulder - 44) if neck in ("square", "boat", "straps") else look.between(30, 40)
    opening = min(opening, shoulder - 14)
    tip = (shoulder, top + 16) if sleeve != "none" else (opening + 20, top + 6)
    pit = (narrow + 14, top + 100)
    body = mirrored(
        *neckline(neck, opening, top), tip, (tip[0] - 6, top + 50, pit[0] - 10, pit[1] - 20, *pit), (pit[0] - 4, pit[1] + 40, narrow, waist - 30, narrow, waist),
        (narrow + 4, waist + 40, hip, waist + 60, wide, hem - 12), (wide * 0.6, hem + 6, wide * 0.3, hem + 10, 0, hem + 10),
    )  # fmt: skip
    if sleeve != "none":
        sleeves(sheet, look, sleeve, tip, pit)
    inside(sheet, look, opening, top, NECKS[neck])
    wall_shadow(sheet, body)
    solid(sheet, body, look.paint(sheet), look.base)
    with sheet.within(body):
        _drape(sheet, look, waist, hem, narrow, wide)
        _details(sheet, look, detail, top, waist, hem, narrow, wide, opening, NECKS[neck])
    if detail in ("collar", "buttons") and neck != "straps":
        _collar(sheet, look, opening, top)
    if detail in ("belt", "wrap", "bow"):
        _belt(sheet, look, waist, narrow, tie=detail != "belt")


def skirt(sheet: Sheet, look: Look, length: str = "knee", flare: float = 0.5, detail: str = "") -> None:
    """Details: pleats, buttons, tiers, pencil, wrap."""
    top = 96.0
    hem = {"mini": 350.0, "knee": 430.0, "midi": 490.0, "maxi": 540.0}[length]
    narrow, wide = look.between(72, 80), 96 + flare * 120
    body = mirrored((0, top + 6), (narrow, top), (narrow + 26, top + 60, wide - 8, hem - 150, wide, hem - 10), (wide * 0.6, hem + 8, wide * 0.3, hem + 12, 0, hem + 12))
    wall_shadow(sheet, body)
    solid(sheet, body, look.paint(sheet), look.base)
    with sheet.within(body):
        if detail == "pleats":
            for index in range(-6, 7):
                part = index / 6
                fold(sheet, trace((300 + part * narrow, top + 20), (300 + part * wide, hem + 12), close=False), look.base, 15, 0.5)
        else:
            _drape(sheet, look, top + 26, hem, narrow, wide)
            _details(sheet, look, detail, top, top, hem, narrow, wide, 0, 20)
    band = mirrored((0, top - 12), (narrow, top - 18), (narrow + 5, top + 14), (0, top + 20))
    solid(sheet, band, darker(look.base, 0.06) if look.pattern == "plain" else look.paint(sheet), look.base, depth=0.8, rim=8)
    seam(sheet, half((-narrow - 4, top + 14), (-narrow * 0.4, top + 21, narrow * 0.4, top + 21, narrow + 4, top + 14), close=False), look.base)
    button(sheet, look, top)


def button(sheet: Sheet, look: Look, top: float) -> None:
    from shop_demo.illustration.look import button as draw

    draw(sheet, 300, top + 1, 6, darker(look.trim, 0.15))


def _drape(sheet: Sheet, look: Look, waist: float, hem: float, narrow: float, wide: float) -> None:
    """Folds that fall from the waist and pull at it."""
    for part in (-0.82, -0.48, -0.12, 0.26, 0.58, 0.86):
        part += look.between(-0.07, 0.07)
        start, end = waist + look.between(16, 70), hem - look.between(-12, 40)
        top, bottom = 300 + part * narrow * 0.85, 300 + part * wide * 0.95
        fold(sheet, trace((top, start), (top + part * 10, start + 60, bottom - part * 20, end - 80, bottom, end), close=False), look.base, look.between(14, 26), 0.34)
    for side in (-1, 1):
        fold(sheet, half((narrow + 10, waist - 64), (narrow - 10, waist - 40, narrow - 24, waist - 20, narrow - 34, waist - 4), side=side, close=False), look.base, 11, 0.3)


def _details(
    sheet: Sheet, look: Look, detail: str, top: float, waist: float, hem: float, narrow: float, wide: float, opening: float, depth: float,
) -> None:
    if detail == "buttons":
        tone = lighter(look.trim, 0.1) if brightness(look.base) < 0.6 else darker(look.trim, 0.2)
        placket(sheet, look, top + depth, hem + 8, 9, tone)
    elif detail == "tiers":
        for part in (0.36, 0.68):
            y = waist + (hem - waist) * part
            reach = narrow + (wide - narrow) * part
            curve = half((-reach - 14, y - 8), (-reach * 0.4, y + 12, reach * 0.4, y + 12, reach + 14, y - 8), close=False)
            sheet.soft_line(curve, shades(look.base)[0], 26, 0.3, dy=8)
            seam(sheet, curve, look.base, 0.7)
            for n in range(-9, 10):
                x = 300 + n / 9 * reach
                fold(sheet, trace((x, y + 4), (x + n * 0.6, y + 30), close=False), look.base, 5, 0.22)
    elif detail == "wrap":
        if opening:
            sheet.soft_line(half((opening, top), (opening * 0.3, top + 80, -narrow * 0.6, waist - 50, -narrow, waist - 4), close=False), shades(look.base)[0], 14, 0.4)
            seam(sheet, half((opening, top), (opening * 0.3, top + 80, -narrow * 0.6, waist - 50, -narrow, waist - 4), close=False), look.base, 0.7)
        edge = trace((300 - narrow * 0.5, waist), (300 + 10, waist + 80, 300 + wide * 0.28, hem - 120, 300 + wide * 0.4, hem + 12), close=False)
        sheet.soft_line(edge, shades(look.base)[0], 18, 0.42, dx=5)
        seam(sheet, edge, look.base, 0.7)
    elif detail == "band":
        y = hem - 34
        sheet.fill(box(60, y, 480, 60), look.trim)
        sheet.fill(box(60, y, 480, 60), sheet.linear((0.2, "#ffffff", 0.15), (0.8, "#1d1826", 0.2)))
    elif detail in ("", "shift", "collar", "belt", "bow") and opening:
        for side in (-1, 1):
            seam(sheet, half((narrow * 0.62, top + 110), (narrow * 0.55, waist - 50, narrow * 0.56, waist - 20, narrow * 0.56, waist + 40), side=side, close=False), look.base, 0.28)


def _collar(sheet: Sheet, look: Look, opening: float, top: float) -> None:
    for side in (-1, 1):
        d = half((opening - 2, top - 6), (opening + 26, top + 14), (opening + 12, top + 50), (opening - 4, top + 46, 4, top + 40, 0, top + 36), (opening * 0.6, top + 34, opening * 0.8, top + 18, opening - 2, top - 6), side=side)
        sheet.soft_line(d, shades(look.base)[0], 8, 0.3, dy=4)
        tone = look.trim if look.style in ("retro", "romantic") else look.base
        solid(sheet, d, tone if look.pattern != "plain" or tone != look.base else lighter(tone, 0.08), tone, 0.7, 8)


def _belt(sheet: Sheet, look: Look, waist: float, narrow: float, tie: bool) -> None:
    tone = look.base if tie and look.pattern == "plain" else look.trim if brightness(look.trim) < 0.75 else look.accent
    tone = darker(tone, 0.12)
    d = mirrored((0, waist - 8), (narrow * 0.6, waist - 9, narrow, waist - 11, narrow + 2, waist - 12), (narrow + 3, waist + 8), (narrow * 0.6, waist + 12, narrow * 0.3, waist + 13, 0, waist + 13))
    solid(sheet, d, tone, tone, 0.9, 7)
    if not tie:
        frame = box(285, waist - 13, 30, 30, 5)
        sheet.line(frame, "#b8924a", 4.5)
        sheet.line(frame, "#f3dc9f", 1.2, 0.8)
        return
    x = 300 - narrow * 0.4
    for dx, length in ((-16, 92), (12, 112)):
        solid(sheet, trace((x - 4, waist), (x + 6, waist), (x + dx + 14, waist + length), (x + dx - 6, waist + length + 6)), tone, tone, 0.8, 6)
    for side in (-1, 1):
        loop = trace((x, waist), (x + side * 26, waist - 26, x + side * 50, waist - 12, x + side * 40, waist + 8), (x + side * 26, waist + 16, x + side * 10, waist + 6, x, waist))
        solid(sheet, loop, tone, tone, 1, 7)
    solid(sheet, box(x - 8, waist - 9, 16, 20, 6), tone, tone, 1, 6)
