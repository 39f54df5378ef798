"""Carafes, jugs and flasks."""

from shop_demo.illustration.colours import darker, lighter, mix
from shop_demo.illustration.home_details import Facts, details
from shop_demo.illustration.home_parts import (
    DARK,
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
from shop_demo.illustration.look import Look, ground_shadow
from shop_demo.illustration.svg import Sheet, circle, ellipse, trace

CARAFES: dict[str, Profile] = {
    "decanter": ((38, 168), (30, 186), (32, 262), (52, 306), (122, 400), (124, 470), (96, 510)),
    "pitcher": ((78, 150), (66, 190), (76, 260), (112, 370), (112, 450), (84, 508)),
    "bottle": ((34, 132), (34, 200), (42, 248), (92, 310), (98, 360), (98, 490), (95, 506)),
    "insulated": ((52, 190), (52, 190), (72, 214), (104, 290), (110, 400), (110, 496), (108, 508)),
    "hourglass": ((92, 124), (64, 204), (36, 268), (60, 326), (118, 430), (120, 484), (100, 510)),
}

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
