"""What cooks and pours: saucepans, kettles, carafes."""

from shop_demo.illustration.colours import brightness, darker, lighter, mix
from shop_demo.illustration.home_details import Facts, details
from shop_demo.illustration.home_parts import (
    METALS,
    WOODS,
    Profile,
    glassy,
    hoop,
    opening,
    polished,
    rounded,
    shine,
    speckle,
    stage,
    strip,
    tube,
    turned,
    wooden,
)
from shop_demo.illustration.kitchen_ware import rim_colour
from shop_demo.illustration.look import Look, ground_shadow, shades
from shop_demo.illustration.svg import Sheet, box, circle, ellipse, trace

DARK = "#35363b"
"""Knobs and grips of bakelite."""

PANS: dict[str, Profile] = {
    "straight": ((142, 270), (142, 340), (142, 404), (130, 424), (130, 424)),
    "casserole": ((172, 276), (172, 340), (170, 400), (146, 432), (146, 432)),
    "belly": ((132, 262), (132, 262), (164, 310), (168, 370), (128, 436)),
}

KETTLES: dict[str, Profile] = {
    "dome": ((50, 232), (50, 232), (112, 262), (150, 360), (153, 444), (153, 444), (144, 463), (144, 463)),
    "pear": ((44, 216), (44, 216), (78, 258), (146, 372), (146, 428), (108, 464), (108, 464)),
    "cone": ((66, 212), (66, 212), (92, 290), (142, 448), (142, 448), (136, 465), (136, 465)),
    "cylinder": ((106, 190), (110, 300), (117, 452), (117, 452), (111, 466), (111, 466)),
    "drum": ((74, 264), (74, 264), (140, 284), (152, 316), (152, 440), (140, 464), (140, 464)),
    "gooseneck": ((70, 240), (70, 240), (104, 256), (126, 400), (134, 448), (134, 448), (127, 464), (127, 464)),
}

CARAFES: dict[str, Profile] = {
    "decanter": ((38, 168), (30, 186), (32, 262), (52, 306), (122, 400), (124, 470), (96, 510)),
    "pitcher": ((78, 150), (66, 190), (76, 260), (112, 370), (112, 450), (84, 508)),
    "bottle": ((34, 132), (34, 200), (42, 248), (92, 310), (98, 360), (98, 490), (88, 510), (88, 510)),
    "insulated": ((52, 190), (52, 190), (72, 214), (104, 290), (110, 400), (110, 496), (102, 510), (102, 510)),
    "hourglass": ((92, 124), (64, 204), (36, 268), (60, 326), (118, 430), (120, 484), (100, 510)),
}


def saucepan(sheet: Sheet, look: Look) -> None:
    facts = details("saucepan", look)
    stage(sheet, look, 392)
    long = "loops" not in facts["handle"]
    x = 226.0 if long else 300.0
    profile = [(r, y + look.between(-14, 10) * (y < 300)) for r, y in PANS[facts["shape"]]]
    ground_shadow(sheet, x, 440, 340)
    if long:
        _long_handle(sheet, facts["handle"], profile, x)
    else:
        _loops(sheet, look, profile)
    _pan_body(sheet, look, profile, facts, x)
    if facts["shape"] == "straight" and look.seed % 3:
        _steel_inside(sheet, look, profile[0], facts, x)
    else:
        _pan_lid(sheet, look, profile[0], facts, x)


def _pan_body(sheet: Sheet, look: Look, profile: Profile, facts: Facts, x: float) -> None:
    d = turned(profile, 0.19, x)
    if facts["material"] == "copper":
        rounded(sheet, d, METALS["copper"], METALS["copper"], 0.6)
        polished(sheet, d, METALS["copper"])
        band = mix(METALS["copper"], look.base, 0.75)
        with sheet.within(d):
            low = profile[-1][1] - 62
            rounded(sheet, f"{hoop(180, low, 0.16, x)} V520 H{x - 180:.0f} Z", look.paint(sheet, scale=0.8), band, 0.7)
    else:
        rounded(sheet, d, look.paint(sheet), look.base, 0.7 if "enamelled" in facts["material"] else 0.4)
    shine(sheet, profile, 0.42, x)


def _steel_inside(sheet: Sheet, look: Look, top: tuple[float, float], facts: Facts, x: float) -> None:
    r, y = top
    steel = METALS["steel"] if "enamelled" not in facts["material"] else "#efebe4"
    opening(sheet, y, r, steel, 0.19, 6, x)
    with sheet.within(ellipse(x, y + 1, r - 6, r * 0.19 - 3)):
        sheet.fill(ellipse(x + 12, y + 24, r * 0.8, r * 0.15), lighter(steel, 0.55), 0.5)
    sheet.line(ellipse(x, y, r - 2, r * 0.19 - 1), rim_colour(look) if facts["material"] == "enamelled steel" else lighter(steel, 0.5), 4)


def _pan_lid(sheet: Sheet, look: Look, top: tuple[float, float], facts: Facts, x: float) -> None:
    r, y = top
    tone = METALS["copper"] if facts["material"] == "copper" else look.base
    profile = ((r * 0.16, y - 46), (r * 0.16, y - 46), (r * 0.7, y - 32), (r + 3, y - 4), (r + 3, y + 3), (r + 3, y + 3))
    sheet.soft_line(hoop(r, y + 8, 0.19, x), shades(look.base)[0], 9, 0.5)
    d = turned(profile, 0.19, x)
    rounded(sheet, d, tone if facts["material"] == "copper" else look.paint(sheet), tone, 0.7, 16)
    shine(sheet, profile[1:5], 0.4, x)
    sheet.line(hoop(r + 3, y + 1, 0.19, x), rim_colour(look) if facts["material"] == "enamelled steel" else lighter(tone, 0.3), 3, 0.7)
    _knob(sheet, x, y - 46, knob_tone(facts["handle"]))


def knob_tone(handle: str) -> str:
    if "brass" in handle:
        return METALS["brass"]
    if "beech" in handle or "wooden" in handle:
        return WOODS["beech"]
    return METALS["steel"] if "steel" in handle else DARK if "black" in handle else METALS["brass"]


def _knob(sheet: Sheet, x: float, y: float, tone: str) -> None:
    rounded(sheet, turned(((20, y - 22), (22, y - 16), (13, y - 6), (12, y + 3)), 0.26, x), tone, tone, 0.8, 10)
    sheet.fill(ellipse(x, y - 22, 19, 5), lighter(tone, 0.35), 0.7)


def _long_handle(sheet: Sheet, handle: str, profile: Profile, x: float) -> None:
    start, y = x + profile[0][0] - 8, profile[0][1] + 32
    with sheet.moved(f"rotate(-7 {start} {y})"):
        polished(sheet, box(start - 4, y - 8, 66, 17, 5), METALS["brass" if "brass" in handle else "steel"], upright=False)
        grip = trace((start + 44, y - 9), (start + 100, y - 15, start + 150, y - 17, start + 190, y - 14), (start + 204, y - 10, start + 204, y + 10, start + 190, y + 14), (start + 150, y + 16, start + 100, y + 14, start + 44, y + 9))
        if handle == "beech handle":
            wooden(sheet, grip, WOODS["beech"], 90)
        elif handle == "black handle":
            rounded(sheet, grip, DARK, DARK, 0.5, 10)
        else:
            polished(sheet, grip, METALS["brass" if "brass" in handle else "steel"], upright=False)
        sheet.fill(ellipse(start + 184, y, 7, 5), "#1d1826", 0.55)


def _loops(sheet: Sheet, look: Look, profile: Profile) -> None:
    r, y = profile[0][0], profile[0][1] + 30
    for side in (-1, 1):
        x = 300 + side * (r - 6)
        tube(sheet, f"M{x} {y - 16} C{x + side * 50} {y - 26} {x + side * 56} {y + 24} {x} {y + 20}", look.base, 17)


def kettle(sheet: Sheet, look: Look) -> None:
    facts = details("kettle", look)
    stage(sheet, look, 404)
    profile = [(r * look.between(0.97, 1.02), y) for r, y in KETTLES[facts["shape"]]]
    side = "side" in facts["handle"]
    with sheet.moved(f"translate({-14 if side else 4} 10)"):
        ground_shadow(sheet, 306, 474, 350)
        _kettle_spout(sheet, look, facts["shape"])
        if side:
            _side_handle(sheet, facts, profile)
        d = turned(profile, 0.17)
        rounded(sheet, d, look.paint(sheet), look.base, 0.8)
        shine(sheet, profile, 0.5)
        with sheet.within(d):
            _base_ring(sheet, profile, look)
        _kettle_lid(sheet, look, profile[0], facts)
        if not side:
            _arch(sheet, facts, profile)


def _base_ring(sheet: Sheet, profile: Profile, look: Look) -> None:
    r, y = profile[-1]
    tone = METALS["steel"] if brightness(look.base) < 0.8 else "#8d9197"
    sheet.line(hoop(r - 1, y - 2, 0.195), tone, 5)
    sheet.line(hoop(r - 1, y - 4, 0.195), "#ffffff", 1.2, 0.6)


def _kettle_spout(sheet: Sheet, look: Look, shape: str) -> None:
    tone = look.base
    if shape == "gooseneck":
        tube(sheet, "M196 420 C96 410 150 250 104 226 C94 220 84 224 78 232", tone, 20)
    elif shape in ("cylinder", "cone"):
        low = 206 if shape == "cylinder" else 240
        d = trace((226, low), (166, low - 4), (158, low - 2, 154, low + 4, 156, low + 12), (176, low + 60, 190, low + 96, 210, low + 130))
        rounded(sheet, d, tone, tone, 0.7, 18)
        sheet.line(f"M157 {low + 6} L166 {low - 2}", darker(tone, 0.6), 4)
    else:
        d = trace((206, 316), (168, 300, 140, 268, 116, 246), (104, 246, 92, 256, 90, 268), (116, 310, 140, 400, 206, 416))
        rounded(sheet, d, tone, tone, 0.8, 22)
        with sheet.moved("translate(103 256) rotate(-40)"):
            sheet.fill(ellipse(0, 0, 19, 6), lighter(tone, 0.3))
            sheet.fill(ellipse(0, 0.8, 14, 3.8), darker(tone, 0.65))


def _side_handle(sheet: Sheet, facts: Facts, profile: Profile) -> None:
    tone = WOODS["walnut"] if "wooden" in facts["handle"] else DARK
    top = profile[0][1] + 26
    x = 300 + profile[0][0]
    if facts["shape"] == "cylinder":
        tube(sheet, f"M{x - 8} {top} H{x + 62} Q{x + 84} {top} {x + 82} {top + 24} L{x + 70} {top + 150} Q{x + 66} {top + 178} {x + 40} {top + 178} H{x - 4}", tone, 22)
    else:
        tube(sheet, f"M{x - 6} {top + 6} C{x + 84} {top - 40} {x + 146} {top + 20} {x + 112} {top + 150}", METALS["steel"], 9)
        tube(sheet, f"M{x + 40} {top - 14} C{x + 104} {top - 18} {x + 136} {top + 30} {x + 114} {top + 142}", tone, 23)


def _kettle_lid(sheet: Sheet, look: Look, top: tuple[float, float], facts: Facts) -> None:
    r, y = top
    sheet.fill(ellipse(300, y + 1, r + 3, (r + 3) * 0.17 + 1), darker(look.base, 0.45))
    profile = ((9, y - 26), (9, y - 26), (r * 0.64, y - 18), (r, y - 1))
    rounded(sheet, turned(profile, 0.17), look.paint(sheet), look.base, 0.7, 12)
    shine(sheet, profile[1:], 0.4)
    _knob(sheet, 300, y - 26, WOODS["walnut"] if "wooden" in facts["handle"] else DARK)


def _arch(sheet: Sheet, facts: Facts, profile: Profile) -> None:
    tone = WOODS["walnut"] if "wooden" in facts["handle"] else DARK
    left, right = 206, 394
    sheet_path = f"M{left} 290 C{left - 20} 96 {right + 20} 96 {right} 290"
    tube(sheet, sheet_path, METALS["steel"], 9)
    tube(sheet, "M236 166 C262 138 338 138 364 166", tone, 22)
    for x in (left, right):
        sheet.fill(circle(x, 290, 9), METALS["steel"])
        sheet.fill(circle(x - 2, 287, 3.4), "#ffffff", 0.8)
        sheet.line(circle(x, 290, 9), DARK, 1, 0.6)


def carafe(sheet: Sheet, look: Look) -> None:
    facts = details("carafe", look)
    stage(sheet, look, 446)
    profile = [(r * look.between(0.96, 1.03), y) for r, y in CARAFES[facts["shape"]]]
    ground_shadow(sheet, 302, 520, profile[-1][0] * 2.7)
    d = turned(profile, 0.17)
    handled = facts["shape"] in ("pitcher", "insulated")
    tone = look.base
    if handled:
        _jug_handle(sheet, facts, tone)
    if facts["material"] == "glass":
        _water(sheet, look, profile, facts)
        glassy(sheet, d, tone, profile, 0.17, look.paint(sheet))
        r, y = profile[0]
        sheet.line(ellipse(300, y, r, r * 0.17), darker(tone, 0.3), 3, 0.6)
        sheet.line(hoop(r, y, 0.17), "#ffffff", 1.4, 0.8)
    else:
        rounded(sheet, d, look.paint(sheet), tone, 0.3 if facts["material"] == "stoneware" else 0.8)
        if facts["material"] == "stoneware":
            speckle(sheet, d, tone, look.seed)
        else:
            shine(sheet, profile, 0.5)
        if facts["top"] == "open":
            opening(sheet, profile[0][1], profile[0][0], tone, 0.17, 5)
    _top(sheet, look, profile, facts)


def _water(sheet: Sheet, look: Look, profile: Profile, facts: Facts) -> None:
    """Fills the lower half: water, or coffee in an hourglass."""
    tone = "#4b2a1b" if facts["shape"] == "hourglass" else "#bcd9e6"
    cut = [(r - 7, y) for r, y in profile if y > 340]
    sheet.fill(turned(cut, 0.17), tone, 0.75 if facts["shape"] == "hourglass" else 0.5)
    r, y = cut[0]
    sheet.fill(ellipse(300, y, r, r * 0.17), lighter(tone, 0.3), 0.7)


def _jug_handle(sheet: Sheet, facts: Facts, tone: str) -> None:
    if facts["shape"] == "insulated":
        tube(sheet, "M352 222 C420 196 470 220 462 280 L446 392 Q440 420 404 424", DARK, 22)
    else:
        tube(sheet, "M364 186 C440 150 486 210 464 290 C452 340 424 368 402 384", mix(tone, "#ffffff", 0.25) if facts["material"] == "glass" else tone, 18)


def _top(sheet: Sheet, look: Look, profile: Profile, facts: Facts) -> None:
    r, y = profile[0]
    kind, cork = facts["top"], "#c9a071"
    if kind == "glass stopper":
        stopper = ((24, y - 92), (24, y - 92), (42, y - 64), (34, y - 34), (18, y - 14), (20, y + 4))
        glassy(sheet, turned(stopper, 0.2), look.base, stopper)
    elif kind == "cork ball":
        rounded(sheet, circle(300, y - 26, r + 10), cork, cork, 0.2)
        speckle(sheet, circle(300, y - 26, r + 10), cork, look.seed)
    elif kind == "cork stopper":
        plug = turned(((r - 2, y - 30), (r - 8, y + 2)), 0.17)
        rounded(sheet, plug, cork, cork, 0.2, 10)
        speckle(sheet, plug, cork, look.seed)
        sheet.fill(ellipse(300, y - 30, r - 3, r * 0.16), lighter(cork, 0.3))
    elif kind == "screw lid":
        _screw_lid(sheet, r, y)
    elif "collar" in kind:
        _collar(sheet, look, kind)
    elif facts["shape"] == "pitcher":
        _lip(sheet, look, r, y, facts)


def _screw_lid(sheet: Sheet, r: float, y: float) -> None:
    polished(sheet, turned(((r, y - 14), (r + 2, y + 4)), 0.17), METALS["steel"])
    rounded(sheet, trace((262, y - 22), (230, y - 26), (222, y - 18), (238, y - 2), (262, y + 4)), DARK, DARK, 0.5, 8)
    rounded(sheet, turned(((r - 12, y - 52), (r - 4, y - 44), (r - 1, y - 12)), 0.17), DARK, DARK, 0.5, 12)
    sheet.fill(ellipse(300, y - 52, r - 13, (r - 13) * 0.17), lighter(DARK, 0.3))


def _collar(sheet: Sheet, look: Look, kind: str) -> None:
    profile = ((58, 222), (38, 268), (54, 312))
    d = turned([(r + 5, y) for r, y in profile], 0.14)
    if kind.startswith("wooden"):
        wooden(sheet, d, WOODS["oak"])
        sheet.line(hoop(44, 272, 0.2), darker(look.trim, 0.2), 7)
        for dx, y in ((-9, 316), (9, 312)):
            sheet.line(f"M300 281 L{300 + dx} {y}", darker(look.trim, 0.2), 5)
            sheet.fill(circle(300 + dx, y + 4, 6), WOODS["walnut"])
    else:
        rounded(sheet, d, "#a9683d", "#a9683d", 0.35, 14)
        sheet.line(strip(profile, 0.18, 0.19), darker("#a9683d", 0.5), 2, 0.7)
        for part in (0.04, 0.33):
            sheet.line(strip(profile, part, part + 0.01), lighter("#a9683d", 0.4), 1.4, 0.8, dash="5 4", cap="butt")


def _lip(sheet: Sheet, look: Look, r: float, y: float, facts: Facts) -> None:
    """A jug pours on the side away from its handle."""
    d = trace((300 - r + 4, y + 20), (300 - r - 4, y + 6, 300 - r - 20, y - 4, 300 - r - 30, y - 12), (300 - r - 6, y - 16, 300 - r + 16, y - 12, 300 - r + 30, y - 8))
    sheet.fill(d, look.base, 0.6 if facts["material"] == "glass" else 1)
    sheet.line(d, darker(look.base, 0.35), 1.4, 0.5)
    sheet.fill(trace((300 - r - 22, y - 11), (300 - r, y - 12, 300 - r + 14, y - 8, 300 - r + 24, y - 5), (300 - r + 14, y + 4, 300 - r + 4, y + 2, 300 - r - 22, y - 11)), darker(look.base, 0.4), 0.55)


FORMS = {"saucepan": saucepan, "kettle": kettle, "carafe": carafe}
