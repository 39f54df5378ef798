"""What one sits on, from the front and a little above."""


from shop_demo.illustration.colours import INK, darker, lighter
from shop_demo.illustration.home_armchairs import armchair
from shop_demo.illustration.home_details import details
from shop_demo.illustration.home_parts import (
    METALS,
    leg,
    leg_tone,
    rounded,
    stage,
    tube,
    weave,
    wooden,
)
from shop_demo.illustration.home_stools import stool
from shop_demo.illustration.look import Look, ground_shadow, seam, shades, solid
from shop_demo.illustration.svg import Sheet, box, ellipse, half, mirrored


def chair(sheet: Sheet, look: Look) -> None:
    facts = details("chair", look)
    stage(sheet, look, 486)
    ground_shadow(sheet, 304, 540, 270)
    tone, metal = leg_tone(look, facts["material"]), facts["material"] in METALS
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


FORMS = {"chair": chair, "armchair": armchair, "stool": stool}
