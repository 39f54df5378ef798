"""Armchairs, from the front."""


from shop_demo.illustration.colours import INK, darker, lighter
from shop_demo.illustration.home_details import Facts, details
from shop_demo.illustration.home_parts import (
    METALS,
    grown,
    leg,
    leg_tone,
    polished,
    stage,
    wooden,
)
from shop_demo.illustration.look import Look, button, fold, ground_shadow, seam, shades, solid
from shop_demo.illustration.svg import Sheet, box, half, mirrored, trace


def armchair(sheet: Sheet, look: Look) -> None:
    facts = details("armchair", look)
    stage(sheet, look, 470)
    with grown(sheet, look.between(0.95, 1.12), look.between(0.98, 1.06), 528):
        ground_shadow(sheet, 304, 528, 420)
        _feet(sheet, look, facts["legs"])
        ARMCHAIRS[facts["shape"]](sheet, look, facts)


def _feet(sheet: Sheet, look: Look, legs: str) -> None:
    tone, metal = leg_tone(look, legs), legs in METALS
    for x, lean, end in ((-110, -3, 504), (110, 3, 504), (-146, -12, 528), (146, 12, 528)):
        shade = darker(tone, 0.3) if end == 504 else tone
        leg(sheet, (300 + x, 440), (300 + x + lean, end), (22, 12) if not metal else (9, 8), shade, not metal)
        if legs.startswith("brass-tipped"):
            polished(sheet, trace((292 + x + lean, end - 20), (308 + x + lean, end - 20), (306 + x + lean, end), (294 + x + lean, end)), METALS["brass"])


def _padded(sheet: Sheet, look: Look, facts: Facts, d: str, rim: float = 34) -> None:
    solid(sheet, d, look.paint(sheet), look.base, 1, rim)
    if facts["detail"] == "piped":
        sheet.line(d, darker(look.base, 0.3) if look.pattern == "plain" else look.trim, 4.5)
        sheet.line(d, lighter(look.base, 0.35), 1.3, 0.6)


def _base(sheet: Sheet, look: Look, facts: Facts, reach: float, y: float, low: float) -> None:
    """The front under the seat, then the loose cushion on it."""
    front = box(300 - reach, y + 30, 2 * reach, low - y - 30, 16)
    solid(sheet, front, look.paint(sheet), darker(look.base, 0.08), 1, 20)
    cushion = mirrored((0, y - 22), (reach * 0.7, y - 24, reach - 4, y - 20, reach, y - 6), (reach + 6, y + 14, reach + 4, y + 40, reach - 8, y + 46), (reach * 0.6, y + 54, reach * 0.3, y + 55, 0, y + 55))
    sheet.soft_line(cushion, INK, 14, 0.3, dy=6)
    _padded(sheet, look, facts, cushion, 24)
    sheet.fill(cushion, sheet.linear((0, shades(look.base)[1], 0.16), (0.45, shades(look.base)[1], 0.06), (0.5, shades(look.base)[0], 0.06), (1, shades(look.base)[0], 0.22), line=(0, 0, 0, 1)))
    seam(sheet, half((-reach, y + 8), (-reach * 0.4, y + 18, reach * 0.4, y + 18, reach, y + 8), close=False), look.base, 0.5)


def _back_detail(sheet: Sheet, look: Look, facts: Facts, top: float, low: float, reach: float) -> None:
    if facts["detail"] == "buttoned":
        for row in range(3):
            y = top + (low - top) * (0.2 + row * 0.24)
            for step in range(-2, 3):
                x = 300 + (step + row % 2 * 0.5) * reach * 0.42
                if abs(x - 300) < reach * 0.9:
                    for turn in (-1, 1):
                        fold(sheet, f"M{x:.1f} {y:.1f} l{turn * reach * 0.2:.1f} {(low - top) * 0.22:.1f}", look.base, 8, 0.24)
                    button(sheet, x, y, 6, look.base)
    elif facts["detail"] == "channelled":
        for step in range(-4, 5):
            x = 300 + step * reach / 4.6
            fold(sheet, trace((x * 0.94 + 18, low), (x * 0.97 + 9, (top + low) / 2, x, top + 40, x, top + 4 + step * step * 1.6), close=False), look.base, 13, 0.5)


def _arms(sheet: Sheet, look: Look, facts: Facts, inner: float, outer: float, y: float, low: float, r: float = 26) -> None:
    for side in (-1, 1):
        d = half((inner, low), (inner, y + r), (inner, y - 4, inner + 8, y - 8, (inner + outer) / 2, y - 8), (outer - 4, y - 8, outer + 4, y, outer + 4, y + r), (outer, low - 8), (outer - 2, low - 2, outer - 6, low, outer - 10, low), side=side)
        sheet.soft_line(d, INK, 16, 0.2)
        _padded(sheet, look, facts, d, 22)


def _wing(sheet: Sheet, look: Look, facts: Facts) -> None:
    back = mirrored((0, 78), (80, 74, 120, 84, 128, 116), (138, 220, 132, 300, 128, 372), (0, 380))
    _padded(sheet, look, facts, back)
    _back_detail(sheet, look, facts, 84, 350, 122)
    for side in (-1, 1):
        wing = half((112, 112), (128, 92, 158, 104, 162, 134), (172, 200, 168, 260, 156, 300), (140, 310, 126, 306, 122, 300), (110, 240, 116, 170, 112, 112), side=side)
        _padded(sheet, look, facts, wing, 22)
    _base(sheet, look, facts, 120, 366, 470)
    _arms(sheet, look, facts, 112, 172, 298, 470)


def _club(sheet: Sheet, look: Look, facts: Facts) -> None:
    back = mirrored((0, 176), (90, 172, 150, 180, 162, 230), (166, 300, 150, 340, 140, 372), (0, 380))
    _padded(sheet, look, facts, back)
    _back_detail(sheet, look, facts, 176, 350, 136)
    _base(sheet, look, facts, 124, 360, 474)
    _arms(sheet, look, facts, 112, 196, 276, 474, 40)


def _cube(sheet: Sheet, look: Look, facts: Facts) -> None:
    back = box(132, 190, 336, 210, 20)
    _padded(sheet, look, facts, back)
    _back_detail(sheet, look, facts, 190, 350, 110)
    cushion = mirrored((0, 214), (80, 212, 108, 212, 112, 226), (120, 280, 118, 320, 112, 350), (0, 358))
    _padded(sheet, look, facts, cushion, 26)
    _base(sheet, look, facts, 118, 360, 468)
    _arms(sheet, look, facts, 114, 190, 250, 468, 14)


def _lounge(sheet: Sheet, look: Look, facts: Facts) -> None:
    tone = leg_tone(look, facts["legs"])
    back = mirrored((0, 118), (80, 114, 126, 122, 132, 150), (138, 230, 130, 310, 124, 360), (0, 368))
    _padded(sheet, look, facts, back)
    _back_detail(sheet, look, facts, 122, 350, 120)
    _base(sheet, look, facts, 132, 366, 452)
    for side in (-1, 1):
        leg(sheet, (300 + side * 158, 300), (300 + side * 164, 528), (17, 13), tone, facts["legs"] not in METALS)
        arm = half((120, 292), (140, 282, 168, 280, 184, 288), (190, 294, 188, 304, 180, 308), (160, 310, 138, 308, 120, 306), side=side)
        if facts["legs"] in METALS:
            polished(sheet, arm, tone, upright=False)
        else:
            wooden(sheet, arm, tone, 90)


def _cocktail(sheet: Sheet, look: Look, facts: Facts) -> None:
    back = mirrored((0, 150), (110, 146, 166, 170, 172, 240), (176, 320, 160, 372, 140, 396), (0, 410))
    _padded(sheet, look, facts, back, 44)
    _back_detail(sheet, look, facts, 156, 372, 150)
    sheet.fill(mirrored((0, 250), (124, 250), (124, 380), (0, 380)), sheet.radial((0, INK, 0.16), (1, INK, 0), at=(0.5, 0.7, 0.5)))
    _base(sheet, look, facts, 132, 368, 462)
    for side in (-1, 1):
        d = half((118, 372), (120, 320, 138, 292, 166, 276), (184, 300, 180, 400, 150, 462), (134, 470, 122, 468, 120, 460), side=side)
        _padded(sheet, look, facts, d, 24)


def _tub(sheet: Sheet, look: Look, facts: Facts) -> None:
    back = mirrored((0, 206), (120, 204, 190, 214, 192, 262), (192, 350, 186, 420, 170, 470), (0, 480))
    _padded(sheet, look, facts, back, 40)
    hollow = mirrored((0, 226), (100, 224, 150, 232, 150, 266), (150, 320, 140, 360, 132, 380), (0, 388))
    sheet.fill(hollow, look.paint(sheet))
    sheet.fill(hollow, shades(look.base)[0], 0.22)
    with sheet.within(hollow):
        sheet.soft_line(hollow, INK, 44, 0.3, dy=6)
        _back_detail(sheet, look, facts, 224, 376, 146)
    sheet.line(hollow, shades(look.base)[0], 1.4, 0.5)
    _base(sheet, look, facts, 138, 372, 466)


ARMCHAIRS = {"wing chair": _wing, "club chair": _club, "cube": _cube, "lounge": _lounge, "cocktail chair": _cocktail, "tub": _tub}
