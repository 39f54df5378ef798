"""What cooks and pours: saucepans, kettles, carafes."""

from shop_demo.illustration.colours import brightness, darker, lighter, mix
from shop_demo.illustration.home_details import Facts, details
from shop_demo.illustration.home_parts import (
    DARK,
    METALS,
    WOODS,
    Profile,
    hoop,
    opening,
    polished,
    rim_colour,
    rounded,
    shine,
    stage,
    tube,
    turned,
    wooden,
)
from shop_demo.illustration.kitchen_carafes import carafe
from shop_demo.illustration.look import Look, ground_shadow, shades
from shop_demo.illustration.svg import Sheet, box, circle, ellipse, trace

PANS: dict[str, Profile] = {
    "straight": ((142, 270), (142, 340), (142, 404), (138, 420)),
    "casserole": ((172, 276), (172, 340), (171, 396), (160, 426)),
    "belly": ((132, 262), (132, 262), (164, 310), (168, 370), (128, 436)),
}

KETTLES: dict[str, Profile] = {
    "dome": ((50, 232), (50, 232), (112, 262), (148, 360), (154, 440), (150, 458)),
    "pear": ((44, 216), (44, 216), (78, 258), (146, 372), (147, 428), (128, 460)),
    "cone": ((66, 212), (66, 212), (92, 290), (142, 458)),
    "cylinder": ((106, 190), (110, 300), (117, 458)),
    "drum": ((74, 264), (74, 264), (140, 284), (152, 316), (152, 440), (147, 460)),
    "gooseneck": ((70, 240), (70, 240), (104, 256), (126, 400), (134, 458)),
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


FORMS = {"saucepan": saucepan, "kettle": kettle, "carafe": carafe}
