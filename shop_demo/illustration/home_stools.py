"""Stools and pouffes, from the front and a little above."""

import math

from shop_demo.illustration.colours import darker, lighter
from shop_demo.illustration.home_details import Facts, details
from shop_demo.illustration.home_parts import (
    METALS,
    grown,
    hoop,
    leg,
    leg_tone,
    rounded,
    shine,
    stage,
    strip,
    tube,
    turned,
)
from shop_demo.illustration.look import Look, button, fold, ground_shadow, seam, shades, solid
from shop_demo.illustration.svg import Sheet, ellipse, half, mirrored, trace


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
    tone, y, r = leg_tone(look, facts["legs"]), look.between(262, 286), look.between(116, 134)
    ground_shadow(sheet, 303, 530, 280)
    leg(sheet, (300, y + 20), (300, 500), (18, 13), darker(tone, 0.28))
    for side in (-1, 1):
        leg(sheet, (300 + side * r * 0.62, y + 20), (300 + side * (r + 14), 532), (21, 13), tone)
    _round_seat(sheet, look, y, r, 28 if facts["seat"] == "upholstered seat" else 17, facts["seat"] == "upholstered seat")


def _milking(sheet: Sheet, look: Look, facts: Facts) -> None:
    tone, r = leg_tone(look, facts["legs"]), look.between(124, 142)
    ground_shadow(sheet, 303, 530, 300)
    for x, end, shade in ((-70, 500, 0.28), (70, 500, 0.28), (-96, 532, 0.0), (96, 532, 0.0)):
        leg(sheet, (300 + x, 356), (300 + x * 1.34, end), (24, 18), darker(tone, shade))
    _round_seat(sheet, look, 330, r, 34, False)
    shine(sheet, ((r, 336), (r, 366)), 0.3)


def _bar(sheet: Sheet, look: Look, facts: Facts) -> None:
    tone, metal = leg_tone(look, facts["legs"]), facts["legs"] in METALS
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
    tone = leg_tone(look, facts["legs"])
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
