"""What stands and hangs about: vases, plant pots, candles, mirrors, clocks."""

import math

from shop_demo.illustration.colours import INK, brightness, darker, lighter, mix
from shop_demo.illustration.home_details import Facts, details
from shop_demo.illustration.home_parts import (
    METALS,
    WARM,
    WOODS,
    Profile,
    glassy,
    grain,
    grown,
    hoop,
    leg,
    marble,
    opening,
    polished,
    rounded,
    shine,
    speckle,
    stage,
    strip,
    tube,
    turned,
    weave,
    wooden,
)
from shop_demo.illustration.home_plants import BUNCHES, PLANTS
from shop_demo.illustration.kitchen_ware import scallops
from shop_demo.illustration.look import Look, background, ground_shadow, shades, wall_shadow
from shop_demo.illustration.svg import Sheet, box, circle, ellipse, trace

VASES: dict[str, Profile] = {
    "urn": ((66, 236), (54, 262), (54, 262), (120, 310), (132, 350), (96, 440), (46, 484), (46, 484), (66, 504), (68, 512)),
    "baluster": ((44, 222), (34, 250), (40, 280), (112, 330), (116, 370), (78, 450), (62, 500), (70, 514)),
    "cylinder": ((78, 226), (78, 300), (78, 500), (70, 514), (70, 514)),
    "bottle": ((24, 206), (22, 290), (28, 330), (88, 378), (100, 430), (92, 500), (80, 514)),
    "ring": ((26, 214), (20, 236), (20, 262), (20, 262)),
    "gourd": ((28, 214), (30, 236), (72, 268), (74, 306), (44, 344), (44, 344), (104, 390), (116, 440), (76, 514)),
    "cone": ((104, 226), (70, 400), (50, 508), (44, 514), (44, 514)),
    "trumpet": ((112, 218), (62, 290), (44, 380), (62, 450), (70, 490), (58, 514)),
    "jug": ((62, 226), (50, 266), (62, 310), (112, 380), (110, 460), (74, 514)),
    "moon jar": ((46, 282), (42, 294), (42, 294), (108, 330), (136, 398), (108, 474), (58, 512)),
    "amphora": ((46, 220), (32, 240), (30, 274), (30, 274), (96, 320), (108, 370), (70, 460), (42, 504), (44, 514)),
}

POTS: dict[str, Profile] = {
    "tapered pot": ((112, 356), (106, 400), (82, 500), (78, 510), (78, 510)),
    "rimmed pot": ((116, 348), (114, 384), (114, 384), (104, 386), (104, 386), (80, 512), (80, 512)),
    "cylinder": ((106, 352), (106, 400), (106, 496), (98, 510), (98, 510)),
    "bowl": ((132, 376), (134, 400), (112, 470), (72, 506)),
    "belly pot": ((92, 348), (98, 366), (128, 420), (108, 490), (84, 512)),
    "basket": ((106, 356), (126, 400), (128, 460), (104, 512), (104, 512)),
}


def vase(sheet: Sheet, look: Look) -> None:
    facts = details("vase", look)
    stage(sheet, look, 448)
    profile = [(r * look.between(0.95, 1.05), y) for r, y in VASES[facts["shape"]]]
    ground_shadow(sheet, 302, 522, 240 if facts["shape"] == "ring" else max(profile[-1][0] * 2.8, 170))
    empty = facts["content"] == "empty"
    size = 1.16 if empty else 0.94
    with grown(sheet, size, size):
        r, y = profile[0]
        if not empty and facts["material"] != "glass":
            opening(sheet, y, r, look.base, 0.17, 5)
        if not empty and facts["material"] == "glass":
            _stems(sheet, y, min(r - 8, 52))
        if not empty:
            BUNCHES[facts["content"]](sheet, look, 300, y + 8, min(r - 8, 52))
        _vase_body(sheet, look, profile, facts)
        if facts["shape"] != "ring" and facts["material"] != "glass" and empty:
            opening(sheet, y, r, look.base, 0.17, 5)


def _stems(sheet: Sheet, y: float, r: float) -> None:
    """What glass shows of a bunch: its stems, down to the water."""
    for index in range(8):
        part = index / 3.5 - 1
        sheet.line(f"M{300 + part * r * 0.6:.1f} {y + 26:.1f} Q{300 + part * 26:.1f} {y + 120:.1f} {300 - part * 34:.1f} {y + 256:.1f}", "#7f9a62", 2, 0.7)


def _vase_body(sheet: Sheet, look: Look, profile: Profile, facts: Facts) -> None:
    d = turned(profile, 0.17) if facts["content"] == "empty" else _without_top(profile)
    if facts["shape"] in ("jug", "amphora"):
        _ears(sheet, look, facts["shape"], profile)
    if facts["shape"] == "ring":
        _ring(sheet, look, profile)
    elif facts["material"] == "glass":
        glassy(sheet, d, look.base, profile, 0.17, look.paint(sheet))
        r, y = profile[0]
        sheet.line(ellipse(300, y, r, r * 0.17), darker(look.base, 0.3), 3, 0.55)
    else:
        tone = mix(look.base, "#b4653f", 0.3) if facts["material"] == "terracotta" and look.pattern == "plain" else look.base
        rough = facts["material"] in ("stoneware", "terracotta")
        rounded(sheet, d, look.paint(sheet) if tone == look.base else tone, tone, 0.15 if rough else 0.8)
        if rough:
            speckle(sheet, d, tone, look.seed)
            _throwing_lines(sheet, profile, tone, d)
        else:
            shine(sheet, profile, 0.5)


def _without_top(profile: Profile) -> str:
    """The body with the front of its lip as upper edge, so that stems stand behind it."""
    r, y = profile[0]
    whole = turned(profile, 0.17)
    cut = whole.rindex("A")
    return whole[:cut] + f"A{r:.1f} {r * 0.17:.1f} 0 0 0 {300 + r:.1f} {y:.1f} Z"


def _throwing_lines(sheet: Sheet, profile: Profile, tone: str, d: str) -> None:
    """The fine rings a potter's fingers leave."""
    with sheet.within(d):
        for y in range(int(profile[0][1]) + 20, int(profile[-1][1]), 13):
            sheet.line(hoop(150, y, 0.15), shades(tone)[0], 1.2, 0.16)


def _ears(sheet: Sheet, look: Look, shape: str, profile: Profile) -> None:
    tone = look.base
    if shape == "jug":
        tube(sheet, "M350 252 C420 222 444 300 396 356", tone, 17)
        return
    for side in (-1, 1):
        tube(sheet, f"M{300 + side * 30} 250 C{300 + side * 92} 240 {300 + side * 96} 290 {300 + side * 76} 322", tone, 15)


def _ring(sheet: Sheet, look: Look, profile: Profile) -> None:
    """A hoop of clay on a foot, with a short neck."""
    ring = "M300 250 A130 130 0 1 1 299.9 250 Z M300 312 A68 68 0 1 0 300.1 312 Z"
    rounded(sheet, turned(((46, 494), (56, 514)), 0.17), look.base, look.base, 0.2, 12)
    sheet.put('<g fill-rule="evenodd" clip-rule="evenodd">')
    rounded(sheet, ring, look.paint(sheet), look.base, 0.2, 34)
    sheet.put("</g>")
    rounded(sheet, turned(profile, 0.17), look.base, look.base, 0.2, 12)
    opening(sheet, profile[0][1], profile[0][0], look.base, 0.2, 4)


def plant_pot(sheet: Sheet, look: Look) -> None:
    facts = details("plant pot", look)
    stage(sheet, look, 452)
    size = 0.88 if facts["plant"] in ("rubber plant", "monstera", "olive tree") else 1.06
    with grown(sheet, size, size):
        _planted(sheet, look, facts)


def _planted(sheet: Sheet, look: Look, facts: Facts) -> None:
    raised = facts["stand"].endswith("stand")
    lift = -44.0 if raised else 0.0
    profile = [(r, y + lift) for r, y in POTS[facts["shape"]]]
    ground_shadow(sheet, 302, 524, 300)
    if raised:
        _plant_stand(sheet, facts["stand"], profile)
    elif facts["stand"] == "saucer":
        _saucer(sheet, look, facts, profile[-1][0])
    r, y = profile[0]
    _earth(sheet, look, r, y)
    if facts["plant"] != "string of hearts":
        PLANTS[facts["plant"]](sheet, look, 300, y + 4, r - 14)
    _pot(sheet, look, profile, facts)
    if facts["plant"] == "string of hearts":
        PLANTS[facts["plant"]](sheet, look, 300, y + 4, r - 14)


def _earth(sheet: Sheet, look: Look, r: float, y: float) -> None:
    sheet.fill(ellipse(300, y, r, r * 0.17), darker(look.base, 0.3))
    sheet.fill(ellipse(300, y + 3, r - 7, r * 0.17 - 4), "#3d2c24")
    sheet.fill(ellipse(300, y + 3, r - 7, r * 0.17 - 4), sheet.linear((0, INK, 0.5), (1, INK, 0)))


def _pot(sheet: Sheet, look: Look, profile: Profile, facts: Facts) -> None:
    d, (r, y) = _without_top(profile), profile[0]
    material = facts["material"]
    if material == "seagrass":
        straw = "#cda968"
        rounded(sheet, d, weave(sheet, straw, 15), straw, 0.1)
        with sheet.within(d):
            rounded(sheet, f"{hoop(160, y + 84, 0.12)} V600 H140 Z", weave(sheet, look.base, 15) if look.pattern == "plain" else look.paint(sheet, scale=0.8), look.base, 0.1)
    else:
        tone = {"terracotta": mix("#bd6b47", look.base, 0.45), "concrete": mix("#b6b4b0", look.base, 0.5)}.get(material, look.base)
        paint = tone if tone != look.base and look.pattern == "plain" else look.paint(sheet)
        rounded(sheet, d, paint, tone, 0.8 if material == "glazed ceramic" else 0.15)
        if material == "glazed ceramic":
            shine(sheet, profile, 0.45)
        else:
            speckle(sheet, d, tone, look.seed)
    if facts["shape"] == "rimmed pot":
        sheet.soft_line(hoop(106, y + 42, 0.17), INK, 12, 0.3)
    sheet.line(f"M{300 - r:.1f} {y:.1f} A{r:.1f} {r * 0.17:.1f} 0 0 0 {300 + r:.1f} {y:.1f}", lighter(look.base, 0.4), 3, 0.6)


def _plant_stand(sheet: Sheet, stand: str, profile: Profile) -> None:
    name = stand.removesuffix(" stand")
    wood = name in WOODS
    tone = WOODS.get(name) or METALS[name]
    r, y = profile[-1]
    leg(sheet, (300 - r * 0.3, y - 30), (300 - r * 0.3, 512), (9, 8), darker(tone, 0.3), wood)
    leg(sheet, (300 + r * 0.3, y - 30), (300 + r * 0.3, 512), (9, 8), darker(tone, 0.3), wood)
    sheet.fill(box(300 - r, y + 6, 2 * r, 12, 4), darker(tone, 0.2))
    for side in (-1, 1):
        leg(sheet, (300 + side * (r + 14), y - 66), (300 + side * (r + 18), 524), (13, 10), tone, wood)


def _saucer(sheet: Sheet, look: Look, facts: Facts, r: float) -> None:
    tone = mix("#bd6b47", look.base, 0.45) if facts["material"] == "terracotta" else darker(look.base, 0.06)
    _dish(sheet, r + 32, 508, tone)


def _dish(sheet: Sheet, r: float, y: float, tone: str) -> None:
    """A shallow saucer: its underside in shade, its rim, its hollow."""
    sheet.fill(ellipse(300, y + 9, r * 0.93, r * 0.18), darker(tone, 0.3))
    rounded(sheet, ellipse(300, y, r, r * 0.18), tone, tone, 0.6, 8)
    sheet.fill(ellipse(300, y + 1, r * 0.9, r * 0.145), darker(tone, 0.2))


def candle(sheet: Sheet, look: Look) -> None:
    facts = details("candle", look)
    stage(sheet, look, 440)
    lit = facts["flame"] == "lit"
    CANDLES[facts["shape"]](sheet, look, facts, lit)


def _wick(sheet: Sheet, x: float, y: float, lit: bool, size: float = 1) -> None:
    sheet.line(f"M{x} {y + 6} C{x - 1} {y - 4} {x + 2} {y - 8} {x + 1} {y - 16 * size}", "#3a2a22", 3)
    if not lit:
        return
    top = y - 10 * size
    sheet.fill(circle(x, top - 26 * size, 120 * size), sheet.radial((0, WARM, 0.75), (0.35, WARM, 0.25), (1, WARM, 0)))
    flame = trace((x, top - 62 * size), (x + 8 * size, top - 40 * size, x + 18 * size, top - 26 * size, x + 14 * size, top - 10 * size), (x + 10 * size, top + 3 * size, x - 10 * size, top + 3 * size, x - 14 * size, top - 10 * size), (x - 17 * size, top - 28 * size, x - 4 * size, top - 42 * size, x, top - 62 * size))
    sheet.fill(flame, sheet.linear((0, "#ffd56b", 0.9), (0.5, "#fff3c4", 1), (0.85, "#ffb64a", 0.95), (1, "#7f9ad6", 0.5), line=(0, 0, 0, 1)))
    sheet.fill(ellipse(x, top - 14 * size, 6 * size, 12 * size), "#ffffff", 0.75)


def _wax(sheet: Sheet, look: Look, profile: Profile, lit: bool, tilt: float = 0.18, x: float = 300) -> None:
    d = turned(profile, tilt, x)
    rounded(sheet, d, look.paint(sheet, scale=0.7), look.base, 0.35)
    r, y = profile[0]
    sheet.fill(ellipse(x, y, r, r * tilt), lighter(look.base, 0.3))
    sheet.fill(ellipse(x, y + 1, r * 0.84, r * tilt * 0.8), darker(look.base, 0.08))
    if lit:
        with sheet.within(d):
            sheet.fill(ellipse(x, y + 10, r * 1.3, 90), sheet.radial((0, WARM, 0.75), (1, WARM, 0)))
    sheet.line(ellipse(x, y, r, r * tilt), shades(look.base)[0], 1, 0.3)


def _pillar(sheet: Sheet, look: Look, facts: Facts, lit: bool) -> None:
    r, top = look.between(64, 92), look.between(200, 270)
    low = 500.0 if facts["holder"] == "none" else 488.0
    ground_shadow(sheet, 302, low + 20, r * 2.9)
    _holder(sheet, look, facts["holder"], r)
    _wax(sheet, look, ((r, top), (r, low)), lit)
    if facts["shape"] == "ribbed candle":
        _ribs(sheet, ((r, top), (r, low)), look.base)
    _wick(sheet, 300, top + 2, lit)


def _ribs(sheet: Sheet, profile: Profile, tone: str) -> None:
    dark, light = shades(tone)
    for step in range(-6, 7):
        part = math.sin(step / 6.6 * math.pi / 2)
        d = strip(profile, part - 0.012, part + 0.012)
        with sheet.moved(f"translate(0 {math.sqrt(1 - part * part) * profile[0][0] * 0.18:.1f})"):
            sheet.soft_line(d, dark, 7, 0.3)
            sheet.soft_line(d, light, 5, 0.35, dx=6)


def _holder(sheet: Sheet, look: Look, holder: str, r: float) -> None:
    if holder == "marble plate":
        rounded(sheet, turned(((r + 44, 494), (r + 44, 508), (r + 40, 510)), 0.18), marble(sheet, look.seed), "#e6e2dd", 0.6, 12)
        sheet.line(ellipse(300, 494, r + 44, (r + 44) * 0.18), "#ffffff", 2, 0.6)
    elif holder == "ceramic saucer":
        _dish(sheet, r + 52, 492, look.trim)


def _jar(sheet: Sheet, look: Look, facts: Facts, lit: bool) -> None:
    r, top = look.between(92, 116), look.between(250, 300)
    profile = ((r, top), (r, 470), (r - 8, 500), (r - 8, 500))
    ground_shadow(sheet, 302, 516, r * 2.7)
    if facts["holder"] == "glass jar":
        _wax(sheet, look, ((r - 7, top + 62), (r - 7, 484), (r - 12, 494)), lit)
        _wick(sheet, 300, top + 64, lit)
        jar = turned(profile, 0.18)
        sheet.fill(jar, "#e6efef", 0.22)
        with sheet.within(jar):
            sheet.soft_line(jar, "#5f7476", 16, 0.5)
        shine(sheet, profile, 0.7)
        for edge in (jar, ellipse(300, top, r, r * 0.18)):
            sheet.line(edge, "#8fa0a2", 1.8, 0.7)
    else:
        d = turned(profile, 0.18)
        rounded(sheet, d, look.paint(sheet), look.base, 0.25)
        speckle(sheet, d, look.base, look.seed)
        opening(sheet, top, r, look.base, 0.18, 6)
        wax = mix("#f7efdf", look.trim, 0.1)
        with sheet.within(ellipse(300, top + 1, r - 6, r * 0.18 - 4)):
            sheet.fill(ellipse(300, top + 12, r - 6, r * 0.18 - 2), wax)
            sheet.fill(ellipse(300, top + 12, r - 6, r * 0.18 - 2), sheet.linear((0, INK, 0.2), (0.6, INK, 0)))
        _wick(sheet, 300, top + 10, lit)
    label = box(300 - r * 0.5, top + 90, r, 74, 3)
    sheet.fill(label, "#faf6ec", 0.94)
    sheet.line(label, darker(look.base, 0.3), 1, 0.4)
    for y, width in ((108, 0.5), (124, 0.74), (140, 0.34)):
        sheet.line(f"M{300 - r * width / 2:.0f} {top + y:.0f} h{r * width:.0f}", "#5b5350", 3 if y == 124 else 1.6, 0.75)


def _ball(sheet: Sheet, look: Look, facts: Facts, lit: bool) -> None:
    r = look.between(104, 124)
    y = 508 - r
    ground_shadow(sheet, 302, 510, r * 1.7)
    d = circle(300, y, r)
    rounded(sheet, d, look.paint(sheet), look.base, 0.4, 44)
    sheet.fill(ellipse(300, y - r * 0.93, r * 0.3, r * 0.07), darker(look.base, 0.12))
    if lit:
        sheet.fill(d, sheet.radial((0, WARM, 0.7), (1, WARM, 0), at=(0.5, 0.05, 0.5)))
    _wick(sheet, 300, y - r * 0.92, lit)


def _slender(sheet: Sheet, look: Look, facts: Facts, lit: bool) -> None:
    top = look.between(132, 158)
    ground_shadow(sheet, 302, 526, 240)
    _stick(sheet, look, facts["holder"])
    profile = ((19, top), (24, 380))
    _wax(sheet, look, profile, lit, 0.3)
    if facts["shape"] == "twisted candle":
        with sheet.within(turned(profile, 0.3)):
            for y in range(int(top) - 20, 400, 22):
                sheet.soft_line(f"M272 {y + 26} C290 {y + 20} 308 {y + 6} 328 {y - 10}", shades(look.base)[0], 8, 0.5)
                sheet.soft_line(f"M272 {y + 18} C290 {y + 12} 308 {y - 2} 328 {y - 18}", "#ffffff", 6, 0.4)
    _cup(sheet, look, facts["holder"])
    _wick(sheet, 300, top + 2, lit, 0.85)


def _stick_paint(sheet: Sheet, look: Look, holder: str, d: str) -> None:
    if holder.startswith("brass"):
        polished(sheet, d, METALS["brass"])
    elif holder.startswith("wooden"):
        wooden(sheet, d, WOODS["oak" if look.seed % 2 else "walnut"])
    else:
        rounded(sheet, d, look.trim, look.trim, 0.8, 14)


def _stick(sheet: Sheet, look: Look, holder: str) -> None:
    profile = ((34, 386), (14, 404), (25, 420), (12, 436), (16, 468), (40, 496), (100, 510), (102, 518))
    _stick_paint(sheet, look, holder, turned(profile, 0.2))


def _cup(sheet: Sheet, look: Look, holder: str) -> None:
    _stick_paint(sheet, look, holder, turned(((38, 366), (30, 392)), 0.0001))


CANDLES = {"dinner candle": _slender, "twisted candle": _slender, "pillar candle": _pillar, "ribbed candle": _pillar, "jar candle": _jar, "ball candle": _ball}


def mirror(sheet: Sheet, look: Look) -> None:
    facts = details("mirror", look)
    background(sheet, look)
    glass, frame = _mirror_shape(look, facts["shape"])
    wall_shadow(sheet, frame, 30)
    if facts["shape"] == "sunburst":
        _rays(sheet, look, _frame_tone(look, facts["frame"]))
    _frame(sheet, look, facts["frame"], frame)
    if facts["frame"] != "lacquered wood":
        sheet.line(glass, look.paint(sheet, scale=0.7), 30)  # the product's colour, between frame and glass
        sheet.soft_line(glass, INK, 34, 0.16)
    sheet.soft_line(glass, INK, 7, 0.5)
    sheet.fill(glass, sheet.linear((0, "#dfe7ea", 1), (0.5, "#f4f7f7", 1), (1, "#c3cfd4", 1), line=(0, 0, 1, 1)))
    with sheet.within(glass):
        for x, wide, alpha in ((120, 90, 0.6), (240, 26, 0.5), (380, 60, 0.35)):
            sheet.fill(trace((x, 620), (x + wide, 620), (x + wide + 230, 0), (x + 230, 0)), "#ffffff", alpha)
        sheet.soft_line(glass, INK, 22, 0.3, dx=4, dy=6)
    sheet.line(glass, INK, 1.4, 0.45)


def _mirror_shape(look: Look, shape: str) -> tuple[str, str]:
    """The outlines of the glass and of the frame round it."""
    t = look.between(28, 46)
    wide, tall = look.between(142, 164), look.between(190, 208)
    if shape == "rectangular":
        return box(300 - wide, 300 - tall, 2 * wide, 2 * tall, 6), box(300 - wide - t, 300 - tall - t, 2 * (wide + t), 2 * (tall + t), 10)
    if shape == "oval":
        return ellipse(300, 300, wide, tall), ellipse(300, 300, wide + t, tall + t)
    if shape == "arched":
        return _arch(wide, tall), _arch(wide + t, tall + t)
    if shape == "pebble":
        return _pebble(0.92), _pebble(0.92 + t / 190)
    if shape == "scalloped":
        return circle(300, 300, 160), scallops(300, 300, 200, 18)
    r = 104.0 if shape == "sunburst" else look.between(168, 188)
    return circle(300, 300, r), circle(300, 300, r + t)


def _arch(wide: float, tall: float) -> str:
    return f"M{300 - wide:.1f} {300 + tall:.1f} V{300 - tall + wide:.1f} A{wide:.1f} {wide:.1f} 0 0 1 {300 + wide:.1f} {300 - tall + wide:.1f} V{300 + tall:.1f} Z"


def _pebble(scale: float) -> str:
    def at(*values: float) -> tuple[float, ...]:
        return tuple(300 + value * scale for value in values)

    return trace(at(-30, -200), at(80, -214, 178, -140, 172, -20), at(168, 70, 150, 190, 20, 206), at(-110, 220, -190, 120, -176, 10), at(-164, -80, -120, -186, -30, -200))


def _frame_tone(look: Look, frame: str) -> str:
    return METALS.get(frame) or {"oak": WOODS["oak"], "walnut": WOODS["walnut"], "rattan": "#c99d62", "steel": METALS["steel"]}.get(frame, look.base)


def _frame(sheet: Sheet, look: Look, frame: str, d: str) -> None:
    tone = _frame_tone(look, frame)
    paint = grain(sheet, tone) if frame in WOODS else weave(sheet, tone, 12) if frame == "rattan" else look.paint(sheet, scale=0.7) if tone == look.base else tone
    rounded(sheet, d, paint, tone, 0.9 if frame in METALS else 0.4, 14)
    with sheet.within(d):
        sheet.soft_line(d, lighter(tone, 0.7), 9, 0.6, dx=2, dy=2)
        sheet.soft_line(d, darker(tone, 0.5), 10, 0.5, dx=-2.5, dy=-3)
    if frame in METALS or frame == "rattan":
        sheet.line(d, look.base, 4)


def _rays(sheet: Sheet, look: Look, tone: str) -> None:
    count = 20 + look.seed % 3 * 8
    for step in range(count):
        long = 226 if step % 2 else 184
        with sheet.moved(f"rotate({360 / count * step:.2f} 300 300)"):
            ray = trace((300 - 5, 300 - 100), (300 + 5, 300 - 100), (300 + (2 if step % 2 else 6), 300 - long), (300 - (2 if step % 2 else 6), 300 - long))
            sheet.fill(ray, tone)
            sheet.fill(ray, sheet.linear((0, "#ffffff", 0.4), (0.5, "#ffffff", 0), (1, INK, 0.35)))
            if step % 2:
                sheet.fill(circle(300, 300 - long, 7), look.base)
                sheet.fill(circle(298, 298 - long, 2.4), "#ffffff", 0.6)


def wall_clock(sheet: Sheet, look: Look) -> None:
    facts = details("wall clock", look)
    background(sheet, look)
    frame, face, r = _clock_shape(facts["shape"])
    wall_shadow(sheet, frame, 30)
    tone = _frame_tone(look, facts["frame"])
    if facts["shape"] == "sunburst":
        _rays(sheet, look, tone)
    whole = facts["frame"] == "none"
    if not whole:
        _frame(sheet, look, facts["frame"], frame)
    coloured = whole or tone != look.base
    dial = look.base if coloured else mix("#fbf8f1", look.trim, 0.05)
    _dial(sheet, look, frame if whole else face, dial, coloured)
    ink = "#2a2729" if brightness(dial) > 0.5 else "#f6f1e6"
    FACES[facts["face"]](sheet, ink, r, look)
    _hands(sheet, look, ink, r, dial)


def _clock_shape(shape: str) -> tuple[str, str, float]:
    """Outline of the frame and of the face, and how far the hours reach."""
    if shape == "square":
        return box(112, 112, 376, 376, 4), box(134, 134, 332, 332, 2), 158.0
    if shape == "rounded square":
        return box(104, 104, 392, 392, 96), box(136, 136, 328, 328, 72), 152.0
    if shape == "octagon":
        points = [(300 + 212 * math.cos(math.pi / 8 + n * math.pi / 4), 300 + 212 * math.sin(math.pi / 8 + n * math.pi / 4)) for n in range(8)]
        return trace(*points), circle(300, 300, 164), 152.0
    if shape == "sunburst":
        return circle(300, 300, 124), circle(300, 300, 108), 98.0
    if shape == "scalloped":
        return scallops(300, 300, 202, 16), circle(300, 300, 166), 154.0
    return circle(300, 300, 204), circle(300, 300, 182), 170.0


def _dial(sheet: Sheet, look: Look, d: str, dial: str, coloured: bool) -> None:
    sheet.fill(d, look.paint(sheet) if coloured else dial)
    sheet.fill(d, sheet.linear((0, "#ffffff", 0.25), (0.5, "#ffffff", 0), (1, INK, 0.14), line=(0, 0, 1, 1)))
    if coloured and look.pattern != "plain":
        sheet.fill(d, sheet.radial((0, dial, 0.95), (0.5, dial, 0.85), (0.8, dial, 0.3), (1, dial, 0)))
    with sheet.within(d):
        sheet.soft_line(d, INK, 24, 0.3, dx=4, dy=5)
    sheet.line(d, INK, 1.2, 0.4)


def _ticks(sheet: Sheet, ink: str, r: float, hours: range, length: float, width: float) -> None:
    for hour in hours:
        angle = hour * math.pi / 6
        sheet.line(f"M{300 + r * math.sin(angle):.1f} {300 - r * math.cos(angle):.1f} L{300 + (r - length) * math.sin(angle):.1f} {300 - (r - length) * math.cos(angle):.1f}", ink, width, 0.9, cap="butt")


def _four(sheet: Sheet, ink: str, r: float, look: Look) -> None:
    _ticks(sheet, ink, r * 0.94, range(0, 12, 3), r * 0.18, 6)


def _twelve(sheet: Sheet, ink: str, r: float, look: Look) -> None:
    _ticks(sheet, ink, r * 0.96, range(12), r * 0.1, 4)
    _ticks(sheet, ink, r * 0.96, range(0, 12, 3), r * 0.18, 7)


def _track(sheet: Sheet, ink: str, r: float, look: Look) -> None:
    circumference = 2 * math.pi * r * 0.92
    sheet.line(circle(300, 300, r * 0.92), ink, 8, 0.9, dash=f"2 {circumference / 60 - 2:.3f}", cap="butt")
    _twelve(sheet, ink, r * 0.98, look)


def _dots(sheet: Sheet, ink: str, r: float, look: Look) -> None:
    for hour in range(12):
        angle = hour * math.pi / 6
        paint = look.accent if hour % 3 == 0 and abs(brightness(look.accent) - brightness(ink)) < 0.5 else ink
        sheet.fill(circle(300 + r * 0.84 * math.sin(angle), 300 - r * 0.84 * math.cos(angle), r * (0.055 if hour % 3 == 0 else 0.032)), paint)


ROMAN = ("XII", "I", "II", "III", "IIII", "V", "VI", "VII", "VIII", "IX", "X", "XI")
STROKES = {"I": ("M0 0V24",), "V": ("M-7 0L0 24", "M0 24L7 0"), "X": ("M-7 0L7 24", "M7 0L-7 24")}
ADVANCE = {"I": 8, "V": 17, "X": 17}


def _roman(sheet: Sheet, ink: str, r: float, look: Look) -> None:
    """Drawn in strokes, so no font is needed."""
    for hour, numeral in enumerate(ROMAN):
        x = -sum(ADVANCE[letter] for letter in numeral) / 2
        with sheet.moved(f"rotate({hour * 30} 300 300) translate(300 {300 - r * 0.93:.1f}) scale({r / 170:.2f} {r / 150:.2f})"):
            for letter in numeral:
                middle = x + ADVANCE[letter] / 2
                for index, stroke in enumerate(STROKES[letter]):
                    with sheet.moved(f"translate({middle:.1f} 0)"):
                        sheet.line(stroke, ink, 1.6 if index else 3.2, 0.95, cap="butt")
                x += ADVANCE[letter]


FACES = {"four marks": _four, "twelve marks": _twelve, "minute track": _track, "dots": _dots, "roman numerals": _roman}


def _hands(sheet: Sheet, look: Look, ink: str, r: float, dial: str) -> None:
    """Ten past ten or near it, as in every watchmaker's window."""
    minute = look.between(48, 66)
    hour = 300 + look.between(0, 14)
    second = look.accent if abs(brightness(look.accent) - brightness(dial)) > 0.15 else "#c8523f"
    for angle, length, width, paint, tail in ((hour, 0.5, 9, ink, 0.1), (minute, 0.76, 6, ink, 0.12), (look.between(150, 210), 0.8, 2.2, second, 0.2)):
        with sheet.moved(f"rotate({angle:.1f} 300 300)"):
            path = f"M300 {300 + r * tail:.1f} L300 {300 - r * length:.1f}"
            with sheet.moved("translate(3 3)"):
                sheet.line(path, INK, width, 0.18)
            sheet.line(path, paint, width)
    sheet.fill(circle(300, 300, 9), ink)
    sheet.fill(circle(300, 300, 4), second)


FORMS = {"vase": vase, "plant pot": plant_pot, "candle": candle, "mirror": mirror, "wall clock": wall_clock}
