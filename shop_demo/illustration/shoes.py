"""Sneakers and boots, seen from the side, toes to the left; finer shoes lie in `heels`."""

from collections.abc import Callable

from shop_demo.illustration.colours import COLOURS, brightness, darker, lighter
from shop_demo.illustration.details import details
from shop_demo.illustration.heels import pump, sandal
from shop_demo.illustration.look import Look, crease, seam, shades, solid, stitch, wall_shadow
from shop_demo.illustration.pairs import BASE, pair
from shop_demo.illustration.svg import Sheet, box, circle, trace


def sneaker(sheet: Sheet, look: Look) -> None:
    facts = details("sneaker", look)
    pair(sheet, look, _sneaker, facts, (96, 196 if facts["cut"] == "high" else 236, 500))


def _sneaker(sheet: Sheet, look: Look, facts: dict[str, str]) -> None:
    thick = {"flat": 30.0, "chunky": 48.0, "gum": 32.0}[facts["sole"]]
    s = BASE - thick
    top = s - (200 if facts["cut"] == "high" else 132)
    upper = trace(
        (112, s + 6), (104, s - 30, 120, s - 56, 164, s - 66), (214, s - 76, 252, s - 104, 292, s - 128), (312, s - 138) if facts["cut"] == "low" else (318, s - 150),
        (340, top + 8) if facts["cut"] == "high" else (330, top + 2), (380, top + 8, 420, top + 6, 452, top - 6),
        (466, top + 20, 462, s - 70, 476, s - 46), (484, s - 30, 484, s - 10, 480, s + 6),
    )  # fmt: skip
    inside = trace((330, top + 4), (350, top - 14, 430, top - 20, 454, top - 6), (430, top + 16, 370, top + 18, 330, top + 4))
    if facts["closure"] == "lace-up":
        _tongue(sheet, look, s, top, facts["cut"])
    sheet.fill(inside, darker(look.trim, 0.4))
    wall_shadow(sheet, upper, 18)
    solid(sheet, upper, look.paint(sheet), look.base, 0.9, 24)
    with sheet.within(upper):
        _panels(sheet, look, facts, s, top)
    _sole(sheet, look, facts["sole"], thick)
    if facts["closure"] == "lace-up":
        _laces(sheet, look, s, top, facts["cut"])
    elif facts["closure"] == "strap":
        _straps(sheet, look, s)
    else:
        with sheet.within(upper):
            _gore(sheet, look, s)


def _tongue(sheet: Sheet, look: Look, s: float, top: float, cut: str) -> None:
    d = trace((286, s - 116), (304, top + 4) if cut == "low" else (312, top + 10), (310, top - 22, 330, top - 34, 350, top - 26), (352, top - 4, 350, top + 10, 346, top + 24), (320, s - 90))
    solid(sheet, d, lighter(look.base, 0.12), look.base, 0.8, 12)


def _panels(sheet: Sheet, look: Look, facts: dict[str, str], s: float, top: float) -> None:
    second = look.trim
    cap = trace((90, s + 10), (90, s - 100), (158, s - 80), (196, s - 60, 202, s - 26, 196, s + 10))
    if facts["side"] in ("panel", "wave"):
        solid(sheet, cap, lighter(second, 0.06), second, 0.7, 14)
    seam(sheet, trace((158, s - 72), (196, s - 58, 204, s - 26, 198, s + 8), close=False), look.base, 0.6)
    for n in range(6):
        sheet.fill(circle(136 + n * 9 - (n % 2) * 4, s - 40 + (n % 2) * 12, 1.9), shades(look.base)[0], 0.5)
    heel = trace((500, top - 20), (438, top - 4), (430, s - 80, 424, s - 40, 402, s + 10), (500, s + 10))
    solid(sheet, heel, second if facts["side"] != "plain" else darker(look.base, 0.06), second if facts["side"] != "plain" else look.base, 0.7, 14)
    stitch(sheet, trace((432, top), (424, s - 80, 418, s - 40, 396, s + 6), close=False), look.base, 0.6)
    eyestay = trace((222, s - 86), (300, s - 136), (346, top + 6), (352, top + 30), (306, s - 92), (256, s - 62), (236, s - 64))
    if facts["closure"] == "lace-up":
        solid(sheet, eyestay, second if facts["side"] == "panel" else darker(look.base, 0.04), second if facts["side"] == "panel" else look.base, 0.7, 8)
    _side(sheet, look, facts["side"], s)
    collar = trace((324, top + 2), (370, top + 16, 420, top + 14, 470, top - 6), close=False)
    sheet.soft_line(collar, shades(look.base)[1], 14, 0.4, dy=8)


def _side(sheet: Sheet, look: Look, side: str, s: float) -> None:
    tone = look.accent if look.accent != look.trim else lighter(look.trim, 0.3)
    if side == "stripes":
        for shift, width in ((0, 9), (17, 5)):
            line = trace((196, s - 30 + shift), (260, s - 50 + shift, 350, s - 58 + shift, 440, s - 50 + shift), close=False)
            sheet.line(line, darker(look.trim, 0.3), width + 2, cap="butt")
            sheet.line(line, look.trim, width, cap="butt")
    elif side == "wave":
        line = trace((204, s - 12), (244, s - 66, 272, s - 58, 292, s - 34), (312, s - 10, 344, s - 22, 362, s - 46), (380, s - 66, 410, s - 62, 424, s - 40), close=False)
        sheet.line(line, darker(tone, 0.3), 12)
        sheet.line(line, tone, 9.6)
    elif side == "panel":
        d = trace((246, s - 44), (290, s - 62, 350, s - 70, 410, s - 60), (400, s - 30, 396, s - 10, 388, s + 8), (240, s + 8), (240, s - 14, 242, s - 32, 246, s - 44))
        solid(sheet, d, lighter(look.base, 0.18), look.base, 0.6, 10)
        stitch(sheet, d, look.base, 0.5)


def _sole(sheet: Sheet, look: Look, kind: str, thick: float) -> None:
    s = BASE - thick
    tone = "#b98550" if kind == "gum" else COLOURS["white"] if brightness(look.base) < 0.86 or kind == "chunky" else COLOURS["ivory"]
    if kind == "chunky":
        d = trace((96, s + 8), (98, s - 8, 110, s - 14, 130, s - 8), (220, s + 4, 300, s - 8, 380, s - 2), (430, s + 2, 470, s - 18, 494, s - 14), (510, s + 10, 508, BASE - 12, 496, BASE), (440, BASE + 3, 420, BASE - 12, 390, BASE - 8), (340, BASE - 4, 330, BASE, 290, BASE), (120, BASE, 96, BASE - 6, 96, s + 8))
    else:
        d = trace((100, s + 4), (102, s - 10, 116, s - 12, 132, s - 6), (240, s + 4, 380, s + 4, 488, s - 6), (496, s + 6, 496, BASE - 10, 490, BASE - 2), (380, BASE + 1, 220, BASE + 1, 128, BASE), (104, BASE, 97, BASE - 14, 100, s + 4))
    solid(sheet, d, tone, tone, 0.9, 12)
    with sheet.within(d):
        line = trace((90, s + thick * 0.5), (240, s + thick * 0.62, 380, s + thick * 0.6, 510, s + thick * 0.42), close=False)
        sheet.line(line, look.trim if kind != "gum" else darker(tone, 0.3), 3, 0.9)
        if kind == "chunky":
            for n in range(15):
                sheet.line(trace((112 + n * 27, BASE - 13), (118 + n * 27, BASE + 4), close=False), darker(tone, 0.5), 4, 0.5)
        else:
            sheet.line(trace((90, BASE - 3), (510, BASE - 3), close=False), darker(tone, 0.4), 6, 0.55, dash="7 4", cap="butt")


def _laces(sheet: Sheet, look: Look, s: float, top: float, cut: str) -> None:
    tone = COLOURS["white"] if brightness(look.base) < 0.8 else look.trim
    count = 7 if cut == "high" else 5
    for n in range(count):
        part = n / (count - 1)
        if cut == "high":
            x, y = 246 + 88 * part, s - 92 - (s - 92 - top - 22) * part
        else:
            x, y = 246 + 76 * part, s - 92 - 40 * part
        d = trace((x - 18, y - 4), (x - 6, y - 10, x + 8, y + 2, x + 20, y + 14), close=False)
        sheet.line(d, darker(tone, 0.5), 8.5, 0.7)
        sheet.line(d, tone, 6.6)
        sheet.fill(circle(x + 21, y + 15, 3.2), darker(look.base, 0.5))


def _straps(sheet: Sheet, look: Look, s: float) -> None:
    tone = look.trim
    for n in range(2):
        x, y = 252 + n * 42, s - 98 - n * 22
        d = trace((x - 12, y - 12), (x + 4, y - 24, x + 16, y - 24, x + 24, y - 20), (x + 60, y + 30), (x + 64, y + 46, x + 50, y + 54, x + 40, y + 46), (x - 12, y - 12))
        sheet.soft_line(d, shades(look.base)[0], 10, 0.34, dy=3)
        solid(sheet, d, tone, tone, 0.9, 9)
        stitch(sheet, trace((x - 2, y - 10), (x + 44, y + 40), close=False), tone, 0.6)


def _gore(sheet: Sheet, look: Look, s: float) -> None:
    d = trace((296, s - 124), (328, s - 130), (350, s - 90), (330, s - 76), (306, s - 92))
    solid(sheet, d, darker(look.trim, 0.1), look.trim, 0.8, 8)
    for n in range(6):
        sheet.line(trace((300 + n * 7, s - 122 + n * 2), (314 + n * 6, s - 92 + n * 2), close=False), shades(look.trim)[0], 1.6, 0.4)


SHAFTS = {"ankle": 168.0, "calf": 240.0, "knee": 344.0}
HEELS = {"flat": 20.0, "block": 52.0, "stacked": 40.0, "slender": 70.0}


def boot(sheet: Sheet, look: Look) -> None:
    facts = details("boot", look)
    pair(sheet, look, _boot, facts, (120, BASE - SHAFTS[facts["shaft"]] - HEELS[facts["heel"]] - 10, 470))


def _boot(sheet: Sheet, look: Look, facts: dict[str, str]) -> None:
    lift = HEELS[facts["heel"]]
    top = BASE - SHAFTS[facts["shaft"]] - lift
    h, f = BASE - lift, BASE - 14
    tall = facts["shaft"] == "knee"
    front, back = (268 if tall else 276, 446 if tall else 440)
    upper = trace(
        (136, f), (128, f - 34, 148, f - 58, 186, f - 70), (236, f - 84, 276, f - 108, 286, f - 146 - lift * 0.4), (292, f - 170 - lift * 0.4, front, top + 60, front, top + 6),
        (front + 50, top - 4, back - 50, top - 4, back, top + 4), (back + 2, top + 70, 424, h - 130, 438, h - 60), (446, h - 36, 448, h - 14, 444, h), (350, h + (f - h) * 0.3, 320, f, 270, f),
    )  # fmt: skip
    opening = trace((front, top + 6), (front + 50, top - 8, back - 50, top - 8, back, top + 4), (back - 50, top + 12, front + 50, top + 12, front, top + 6))
    _boot_sole(sheet, look, facts["heel"], lift)
    wall_shadow(sheet, upper, 18)
    solid(sheet, upper, look.paint(sheet), look.base, 1, 30)
    with sheet.within(upper):
        _boot_leather(sheet, look, facts, top, h, f, lift)
    sheet.fill(opening, darker(look.base, 0.55))
    sheet.line(trace((front, top + 6), (front + 50, top + 14, back - 50, top + 14, back, top + 4), close=False), lighter(look.base, 0.2), 3, 0.8)
    if facts["closure"] == "elastic":
        sheet.line(trace((back - 4, top + 4), (back + 16, top - 22, back + 22, top - 4, back + 1, top + 26), close=False), darker(look.trim, 0.1), 6)


def _boot_leather(sheet: Sheet, look: Look, facts: dict[str, str], top: float, h: float, f: float, lift: float) -> None:
    sheet.soft_line(trace((176, f - 40), (230, f - 66, 286, f - 90, 302, f - 140), (304, top + 70), close=False), "#ffffff", 26, 0.3)
    ankle = f - 120 - lift * 0.5
    crease(sheet, look.base, (284, ankle + 14), (360, ankle + 34), 18, 0.4, 8)
    crease(sheet, look.base, (288, ankle - 14), (370, ankle), 16, 0.3, 6)
    crease(sheet, look.base, (440, ankle - 12), (380, ankle + 20), 18, 0.34, -6)
    seam(sheet, trace((188, f - 68), (214, f - 44, 214, f - 20, 204, f), close=False), look.base, 0.3)
    stitch(sheet, trace((440, h - 80), (404, h - 60, 380, h - 30, 372, h + 10), close=False), look.base, 0.5)
    if facts["closure"] == "elastic":
        gore = trace((322, top - 4), (376, top - 4), (372, top + 60, 366, top + 90, 350, ankle + 6), (334, top + 90, 326, top + 60, 322, top - 4))
        tone = look.trim if look.style in ("retro", "sporty") else darker(look.base, 0.3)
        solid(sheet, gore, tone, tone, 0.7, 8)
        for n in range(9):
            sheet.line(trace((324 + n * 6.2, top), (338 + n * 3, ankle), close=False), shades(tone)[0], 1.5, 0.35)
    elif facts["closure"] == "zip":
        sheet.line(trace((356, top + 10), (358, ankle, 352, f - 60, 350, f - 46), close=False), "#4a4d54", 6, cap="butt")
        sheet.line(trace((356, top + 10), (358, ankle, 352, f - 60, 350, f - 46), close=False), "#d3d6db", 3, dash="1.8 1.8", cap="butt")
        sheet.fill(box(351, top + 12, 10, 22, 4), "#c4c7cd")
    elif facts["closure"] == "buckle":
        for y in (ankle - 4, ankle - 64)[: 1 if facts["shaft"] == "ankle" else 2]:
            strap = trace((270, y - 4), (330, y + 10, 390, y + 8, 450, y - 8), (452, y + 14), (390, y + 32, 330, y + 32, 268, y + 18))
            solid(sheet, strap, darker(look.trim, 0.1) if look.style == "retro" else darker(look.base, 0.16), look.base, 1, 8)
            sheet.line(box(336, y + 2, 28, 30, 5), "#c8a45a", 4)
    else:
        _boot_laces(sheet, look, top, ankle, f)


def _boot_laces(sheet: Sheet, look: Look, top: float, ankle: float, f: float) -> None:
    tone = lighter(look.trim, 0.1) if look.trim != look.base else COLOURS["ivory"]
    y, n = ankle + 40, 0
    while y > top + 14:
        x = 286 if y < ankle else 286 - (y - ankle) * 0.7
        d = trace((x - 10, y - 3), (x + 6, y - 10, x + 22, y - 4, x + 36, y + 8), close=False)
        sheet.line(d, darker(tone, 0.5), 7.4, 0.7)
        sheet.line(d, tone, 5.6)
        sheet.fill(circle(x + 38, y + 9, 3.6), "#c8a45a")
        y -= 21
        n += 1


def _boot_sole(sheet: Sheet, look: Look, heel: str, lift: float) -> None:
    tone = COLOURS["black"] if brightness(look.base) > 0.25 and look.style != "boho" else "#6b4a33"
    rubber = heel == "flat"
    bottom = BASE
    if rubber:
        d = trace((126, BASE - 22), (130, BASE - 26), (240, BASE - 12), (320, BASE - 12), (450, BASE - 24), (456, BASE - 8, 454, BASE, 450, BASE), (140, BASE), (126, BASE - 2, 122, BASE - 12, 126, BASE - 22))
        solid(sheet, d, tone, tone, 1, 8)
        sheet.line(trace((130, BASE - 1), (452, BASE - 1), close=False), darker(tone, 0.5), 5, 0.8, dash="9 5", cap="butt")
        return
    width = {"block": 74.0, "stacked": 84.0, "slender": 34.0}[heel]
    foot = trace((446, BASE - lift - 4), (446, BASE - lift + 20, 444 - width * 0.05, bottom - 20, 440, bottom), (440 - width, bottom), (440 - width + 2, bottom - 20, 440 - width * 1.15, BASE - lift + 16, 440 - width * 1.3, BASE - lift + 6))
    wood = "#8a6240" if heel == "stacked" else tone
    solid(sheet, foot, wood, wood, 1, 10)
    if heel == "stacked":
        with sheet.within(foot):
            for n in range(7):
                sheet.line(trace((330, bottom - n * 7), (460, bottom - n * 7), close=False), darker(wood, 0.5), 1.4, 0.5)
    sole = trace((132, BASE - 18), (220, BASE - 12, 260, BASE - 12, 280, BASE - 16), (330, BASE - 24, 380, BASE - lift - 4, 447, BASE - lift - 6), (447, BASE - lift + 5), (380, BASE - lift + 8, 330, BASE - 10, 290, BASE - 3), (240, BASE + 1, 180, BASE + 1, 148, BASE), (132, BASE, 126, BASE - 8, 132, BASE - 18))
    solid(sheet, sole, tone, tone, 1, 5)


FORMS: dict[str, Callable[[Sheet, Look], None]] = {"sneaker": sneaker, "boot": boot, "pump": pump, "sandal": sandal}
