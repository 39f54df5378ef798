"""What one sits on, from the front and a little above."""

import math

from shop_demo.illustration.colours import INK, darker, lighter
from shop_demo.illustration.home_details import Facts, details
from shop_demo.illustration.home_parts import (
    METALS,
    WOODS,
    grown,
    hoop,
    leg,
    polished,
    rounded,
    shine,
    stage,
    strip,
    tube,
    turned,
    weave,
    wooden,
)
from shop_demo.illustration.look import Look, button, fold, ground_shadow, seam, shades, solid
from shop_demo.illustration.svg import Sheet, box, ellipse, half, mirrored, trace


def frame_tone(look: Look, material: str) -> str:
    """A painted frame has the product's colour."""
    if material == "painted beech":
        return look.base
    return METALS.get(material) or WOODS[material.removeprefix("brass-tipped ")]


def chair(sheet: Sheet, look: Look) -> None:
    facts = details("chair", look)
    stage(sheet, look, 486)
    ground_shadow(sheet, 304, 540, 270)
    tone, metal = frame_tone(look, facts["material"]), facts["material"] in METALS
    wide = look.between(108, 122)
    for side in (-1, 1):
        leg(sheet, (300 + side * (wide - 26), 350), (300 + side * (wide - 18), 506), (13, 9), darker(tone, 0.22), not metal)
    BACKS[facts["back"]](sheet, look, tone, wide - 14, metal)
    if facts["seat"] == "seat pad" and look.style != "sporty":
        _stretcher(sheet, tone, wide, metal)
    for side in (-1, 1):
        leg(sheet, (300 + side * (wide - 8), 364), (300 + side * (wide + 2), 540), (19, 12) if not metal else (10, 9), tone, not metal)
    _seat(sheet, look, facts["seat"], tone, wide, metal)


def _stretcher(sheet: Sheet, tone: str, wide: float, metal: bool) -> None:
    leg(sheet, (300, 452), (300, 452), (1, 1), tone)
    wooden(sheet, box(300 - wide, 448, 2 * wide, 11, 5), darker(tone, 0.08), 90, rim=5)


def _seat(sheet: Sheet, look: Look, kind: str, tone: str, wide: float, metal: bool) -> None:
    back = wide - 20
    board = mirrored((0, 322), (back, 322), (wide + 10, 364), (wide + 12, 376), (wide * 0.5, 383, wide * 0.2, 384, 0, 384))
    if kind != "moulded seat":
        if metal:
            rounded(sheet, board, tone, tone, 0.6, 8)
        else:
            wooden(sheet, board, tone, 90)
    if kind == "moulded seat":
        shell = mirrored((0, 326), (back, 318), (wide + 8, 336, wide + 18, 356, wide + 12, 370), (wide * 0.7, 392, wide * 0.3, 392, 0, 392))
        rounded(sheet, shell, look.paint(sheet), look.base, 0.6)
        sheet.fill(mirrored((0, 330), (back - 4, 324), (wide - 8, 344, wide - 10, 356, wide - 18, 360), (wide * 0.5, 370, wide * 0.3, 370, 0, 370)), sheet.linear((0, shades(look.base)[0], 0.4), (1, "#ffffff", 0.12), line=(0, 0, 0, 1)))
        return
    lift = 0 if kind == "upholstered seat" else 6
    pad = mirrored((0, 308 + lift), (back * 0.7, 306 + lift, back, 308 + lift, back + 2, 318), (wide + 6, 346, wide + 14, 352, wide + 10, 362), (wide, 374, wide * 0.4, 377, 0, 377))
    sheet.soft_line(pad, INK, 10, 0.25, dy=4)
    solid(sheet, pad, look.paint(sheet), look.base, 0.9, 18)
    sheet.fill(pad, sheet.linear((0, shades(look.base)[0], 0.34), (0.35, shades(look.base)[0], 0), line=(0, 0, 0, 1)))
    seam(sheet, half((-wide - 8, 357), (-wide * 0.4, 366, wide * 0.4, 366, wide + 8, 357), close=False), look.base, 0.4)


def _uprights(sheet: Sheet, tone: str, reach: float, metal: bool, top: float = 84) -> None:
    for side in (-1, 1):
        leg(sheet, (300 + side * (reach + 2), top), (300 + side * (reach - 2), 340), (14, 17) if not metal else (9, 9), tone, not metal)


def _rail(sheet: Sheet, tone: str, reach: float, y: float, height: float, bow: float = 10) -> None:
    d = mirrored((0, y - bow), (reach * 0.6, y - bow, reach, y - 2, reach + 6, y), (reach + 5, y + height), (reach * 0.9, y + height - 2, reach * 0.5, y + height - bow, 0, y + height - bow))
    wooden(sheet, d, tone, 90, rim=8)


def _slatted(sheet: Sheet, look: Look, tone: str, reach: float, metal: bool) -> None:
    for index in range(7):
        x = 300 + (index - 3) * reach / 4
        leg(sheet, (x, 110), (x, 318), (11, 11), darker(tone, 0.06))
    _uprights(sheet, tone, reach, metal)
    _rail(sheet, tone, reach, 84, 34)
    _rail(sheet, tone, reach - 6, 280, 18, 0)


def _spindles(sheet: Sheet, look: Look, tone: str, reach: float, metal: bool) -> None:
    for index in range(7):
        part = (index - 3) / 3
        top = 122 + 60 * part * part
        leg(sheet, (300 + part * reach * 0.8, top), (300 + part * reach * 0.62, 326), (7, 10), tone)
    bow = f"M{300 - reach + 6} 330 C{300 - reach - 26} 40 {300 + reach + 26} 40 {300 + reach - 6} 330"
    tube(sheet, bow, tone, 15)


def _ladder(sheet: Sheet, look: Look, tone: str, reach: float, metal: bool) -> None:
    _uprights(sheet, tone, reach, metal, 70)
    for y in (92, 150, 208, 264):
        _rail(sheet, tone, reach - 6, y, 28, 8)


def _cane(sheet: Sheet, look: Look, tone: str, reach: float, metal: bool) -> None:
    frame = box(300 - reach - 6, 96, 2 * reach + 12, 178, 26)
    _uprights(sheet, tone, reach - 12, metal, 240)
    wooden(sheet, frame, tone)
    panel = box(300 - reach + 10, 112, 2 * reach - 20, 146, 16)
    sheet.fill(panel, weave(sheet, "#dcc08c", 9, 45))
    with sheet.within(panel):
        sheet.soft_line(panel, INK, 16, 0.4, dx=2, dy=3)


def _oval(sheet: Sheet, look: Look, tone: str, reach: float, metal: bool) -> None:
    for side in (-1, 1):
        leg(sheet, (300 + side * reach * 0.66, 240), (300 + side * reach * 0.8, 334), (15, 17), tone)
    wooden(sheet, ellipse(300, 174, reach, 104), tone)
    pad = ellipse(300, 174, reach - 16, 88)
    solid(sheet, pad, look.paint(sheet), look.base, 0.9, 24)
    sheet.line(pad, darker(look.trim, 0.1), 2.4, 0.8)


def _curved(sheet: Sheet, look: Look, tone: str, reach: float, metal: bool) -> None:
    _uprights(sheet, tone, reach - 4, metal, 150)
    pad = mirrored((0, 104), (reach * 0.7, 104, reach + 16, 112, reach + 18, 132), (reach + 18, 190, reach + 14, 206, reach, 210), (reach * 0.6, 224, reach * 0.3, 226, 0, 226))
    solid(sheet, pad, look.paint(sheet), look.base, 1, 24)
    sheet.fill(pad, sheet.linear((0, shades(look.base)[0], 0.2), (0.5, "#ffffff", 0.12), (1, shades(look.base)[0], 0.25)))


def _shell(sheet: Sheet, look: Look, tone: str, reach: float, metal: bool) -> None:
    shell = mirrored((0, 92), (reach * 0.6, 90, reach + 6, 104, reach + 12, 160), (reach + 16, 240, reach + 14, 290, reach + 6, 346), (reach * 0.6, 356, reach * 0.3, 358, 0, 358))
    rounded(sheet, shell, look.paint(sheet), look.base, 0.6, 34)
    slot = box(300 - 34, 196, 68, 15, 8)
    if look.seed % 2:
        sheet.fill(slot, INK, 0.55)
        sheet.line(slot, lighter(look.base, 0.4), 1.4, 0.6)
    sheet.fill(mirrored((0, 250), (reach, 250), (reach, 340), (0, 352)), sheet.linear((0, INK, 0), (1, INK, 0.28), line=(0, 0, 0, 1)))


BACKS = {
    "slatted back": _slatted, "spindle back": _spindles, "ladder back": _ladder, "cane back": _cane, "oval back": _oval, "curved back": _curved, "shell back": _shell,
}  # fmt: skip


def armchair(sheet: Sheet, look: Look) -> None:
    facts = details("armchair", look)
    stage(sheet, look, 470)
    with grown(sheet, look.between(0.95, 1.12), look.between(0.98, 1.06), 528):
        ground_shadow(sheet, 304, 528, 420)
        _feet(sheet, look, facts["legs"])
        ARMCHAIRS[facts["shape"]](sheet, look, facts)


def _feet(sheet: Sheet, look: Look, legs: str) -> None:
    tone, metal = frame_tone(look, legs), legs in METALS
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
    tone = frame_tone(look, facts["legs"])
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


def stool(sheet: Sheet, look: Look) -> None:
    facts = details("stool", look)
    stage(sheet, look, 470)
    with grown(sheet, look.between(0.96, 1.08), look.between(0.97, 1.03), 544):
        STOOLS[facts["shape"]](sheet, look, facts)


def _round_seat(sheet: Sheet, look: Look, y: float, r: float, thick: float, padded: bool) -> None:
    swell = 8 if padded else 0
    profile = ((r - swell, y), (r + swell * 0.4, y + thick * 0.4), (r + swell * 0.2, y + thick), (r - 2, y + thick + 2))
    rounded(sheet, turned(profile, 0.2), look.paint(sheet), darker(look.base, 0.04), 0.2 if padded else 0.5, 16)
    top = ellipse(300, y, r - swell, (r - swell) * 0.2)
    sheet.fill(top, sheet.linear((0, "#ffffff", 0.34), (0.6, "#ffffff", 0.1), (1, shades(look.base)[0], 0.12)))
    sheet.line(top, lighter(look.base, 0.5), 2, 0.5)
    if padded:
        seam(sheet, hoop(r + 2, y + thick * 0.55, 0.2), look.base, 0.6)


def _three_legs(sheet: Sheet, look: Look, facts: Facts) -> None:
    tone, y, r = frame_tone(look, facts["legs"]), look.between(262, 286), look.between(116, 134)
    ground_shadow(sheet, 303, 530, 280)
    leg(sheet, (300, y + 20), (300, 500), (18, 13), darker(tone, 0.28))
    for side in (-1, 1):
        leg(sheet, (300 + side * r * 0.62, y + 20), (300 + side * (r + 14), 532), (21, 13), tone)
    _round_seat(sheet, look, y, r, 28 if facts["seat"] == "upholstered seat" else 17, facts["seat"] == "upholstered seat")


def _milking(sheet: Sheet, look: Look, facts: Facts) -> None:
    tone, r = frame_tone(look, facts["legs"]), look.between(124, 142)
    ground_shadow(sheet, 303, 530, 300)
    for x, end, shade in ((-70, 500, 0.28), (70, 500, 0.28), (-96, 532, 0.0), (96, 532, 0.0)):
        leg(sheet, (300 + x, 356), (300 + x * 1.34, end), (24, 18), darker(tone, shade))
    _round_seat(sheet, look, 330, r, 34, False)
    shine(sheet, ((r, 336), (r, 366)), 0.3)


def _bar(sheet: Sheet, look: Look, facts: Facts) -> None:
    tone, metal = frame_tone(look, facts["legs"]), facts["legs"] in METALS
    y, r = look.between(150, 172), look.between(92, 104)
    thick = (14, 12) if not metal else (8, 8)
    ground_shadow(sheet, 303, 544, 250)
    for side in (-1, 1):
        leg(sheet, (300 + side * r * 0.42, y + 26), (300 + side * r * 0.62, 512), thick, darker(tone, 0.28), not metal)
    tube(sheet, f"M{300 - r * 0.98:.0f} 424 A{r * 0.98:.0f} 15 0 0 1 {300 + r * 0.98:.0f} 424", darker(tone, 0.2), 8)
    for side in (-1, 1):
        leg(sheet, (300 + side * r * 0.7, y + 26), (300 + side * r * 1.16, 546), (thick[0] + 2, thick[1]), tone, not metal)
    tube(sheet, hoop(r * 1.0, 424, 0.2), tone, 9)
    _round_seat(sheet, look, y, r, 32, True)


def _footstool(sheet: Sheet, look: Look, facts: Facts) -> None:
    tone = frame_tone(look, facts["legs"])
    ground_shadow(sheet, 303, 520, 400)
    for x, end in ((-128, 500), (128, 500), (-158, 520), (158, 520)):
        rounded(sheet, turned(((13, 430), (16, 446), (9, 470), (12, 484), (7, end)), 0.2, 300 + x), tone, darker(tone, 0.3 if end == 500 else 0), 0.5, 8)
    d = mirrored((0, 292), (120, 290, 160, 294, 168, 318), (186, 372), (188, 420, 184, 440, 174, 446), (60, 452, 30, 452, 0, 452))
    solid(sheet, d, look.paint(sheet), look.base, 1, 30)
    top = mirrored((0, 300), (110, 298, 150, 300, 160, 320), (178, 364, 176, 372, 166, 374), (60, 384, 30, 384, 0, 384))
    sheet.fill(top, shades(look.base)[1], 0.2)
    seam(sheet, half((-182, 372), (-80, 388, 80, 388, 182, 372), close=False), look.base, 0.7)
    for step in range(-1, 2):
        button(sheet, 300 + step * 84, 338, 7, look.base)
    band = mirrored((0, 434), (183, 428), (180, 443), (0, 449))
    sheet.fill(band, darker(look.trim, 0.1), 0.9)
    for step in range(-18, 19):
        sheet.fill(ellipse(300 + step * 10, 442 - abs(step) * 0.28, 2.2, 2.2), "#d7b878")


def _pouffe(sheet: Sheet, look: Look, facts: Facts) -> None:
    y, r, low = look.between(292, 318), look.between(150, 168), 486.0
    ground_shadow(sheet, 303, 500, r * 2.3)
    profile = ((r * 0.82, y), (r, y + 44), (r + 6, (y + low) / 2), (r * 0.96, low - 22), (r * 0.8, low))
    d = turned(profile, 0.22)
    rounded(sheet, d, look.paint(sheet), look.base, 0.15, 40)
    with sheet.within(d):
        for step in range(-5, 6):
            part = math.sin(step / 6 * math.pi / 2)
            fold(sheet, strip(profile, part - 0.005, part + 0.005), look.base, 12, 0.4)
            fold(sheet, trace((300, y - 4), (300 + part * r * 0.82, y + math.sqrt(1 - part * part) * r * 0.18), close=False), look.base, 9, 0.25)
    top = ellipse(300, y, r * 0.82, r * 0.18)
    sheet.fill(top, shades(look.base)[1], 0.14)
    sheet.line(top, shades(look.base)[0], 1.6, 0.4)
    sheet.line(hoop(r * 0.82, y, 0.22), lighter(look.base, 0.4), 2, 0.5)
    button(sheet, 300, y, 9, look.trim)


STOOLS = {"three-legged": _three_legs, "milking stool": _milking, "bar stool": _bar, "footstool": _footstool, "pouffe": _pouffe}

FORMS = {"chair": chair, "armchair": armchair, "stool": stool}
