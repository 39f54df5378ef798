"""What stands on the table: mugs, teapots, plates, bowls."""

import math

from shop_demo.illustration.colours import brightness, darker, lighter, mix
from shop_demo.illustration.home_details import Facts, details
from shop_demo.illustration.home_parts import (
    WOODS,
    Profile,
    grain,
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
)
from shop_demo.illustration.look import Look, background, ground_shadow, shades, wall_shadow
from shop_demo.illustration.svg import Sheet, circle, ellipse, trace

CLAY = "#c9b18f"
"""Stoneware where it is not glazed."""

MUGS: dict[str, Profile] = {
    "straight": ((112, 196), (112, 300), (112, 430), (104, 446), (104, 446)),
    "footed": ((128, 212), (126, 290), (104, 380), (62, 424), (62, 424), (66, 446)),
    "tumbler": ((112, 172), (106, 300), (90, 446), (90, 446)),
    "tapered": ((96, 190), (106, 300), (124, 436), (118, 446), (118, 446)),
    "belly": ((98, 194), (98, 222), (128, 330), (112, 420), (84, 446)),
}

POTS: dict[str, Profile] = {
    "globe": ((62, 236), (62, 236), (118, 266), (148, 350), (112, 440), (74, 464)),
    "pear": ((54, 216), (54, 216), (72, 250), (134, 340), (142, 400), (100, 454), (84, 464)),
    "drum": ((80, 250), (80, 250), (132, 266), (140, 290), (140, 430), (124, 462), (124, 462)),
    "cone": ((62, 228), (62, 228), (80, 256), (110, 346), (140, 448), (140, 448), (133, 465), (133, 465)),
}

BOWLS: dict[str, Profile] = {
    "footed": ((196, 266), (184, 330), (104, 414), (78, 420), (78, 420), (84, 448)),
    "half sphere": ((186, 256), (178, 330), (132, 410), (76, 448)),
    "straight": ((176, 256), (172, 370), (146, 424), (106, 444)),
    "flared": ((206, 270), (160, 336), (104, 404), (80, 446)),
    "scalloped": ((192, 266), (170, 340), (112, 416), (80, 446)),
}


def mug(sheet: Sheet, look: Look) -> None:
    facts = details("mug", look)
    stage(sheet, look, 396)
    x = 300.0 if facts["handle"] == "no handle" else 272.0
    wide, tall = look.between(0.94, 1.08), look.between(-16, 14)
    profile = [(r * wide, y + tall * (y < 300)) for r, y in MUGS[facts["shape"]]]
    ground_shadow(sheet, x, 458, profile[-1][0] * 2.6)
    with sheet.moved("translate(300 320) scale(1.12) translate(-300 -330)"):
        _handle(sheet, look, profile, facts["handle"], x)
        vessel(sheet, look, profile, facts["material"], 0.2, x)


def vessel(sheet: Sheet, look: Look, profile: Profile, material: str, tilt: float, x: float = 300, closed: bool = False) -> None:
    """A glazed body and, unless a lid closes it, its mouth."""
    d = turned(profile, tilt, x)
    top, y = profile[0]
    gloss = {"stoneware": 0.3, "two-tone stoneware": 0.3, "cast iron": 0.15}.get(material, 0.8)
    rounded(sheet, d, look.paint(sheet, scale=0.85), look.base, gloss)
    if material == "two-tone stoneware":
        _bare(sheet, look, profile, d, tilt, x)
    if "stoneware" in material:
        speckle(sheet, d, look.base, look.seed)
    elif material != "cast iron":
        shine(sheet, profile, 0.5, x)
    if not closed:
        inside = look.base if "stoneware" in material else mix("#f7f4ee", look.base, 0.06)
        opening(sheet, y, top, inside, tilt, 6, x)
    if material == "enamel" and not closed:
        sheet.line(ellipse(x, y, top - 2, (top - 2) * tilt), rim_colour(look), 5)


def rim_colour(look: Look) -> str:
    """The edge of enamel stands out from its body."""
    dark = darker(look.trim, 0.1) if brightness(look.trim) < 0.55 else "#2b3550"
    return dark if brightness(look.base) > 0.45 else "#f3efe6"


def _bare(sheet: Sheet, look: Look, profile: Profile, d: str, tilt: float, x: float) -> None:
    """The glaze ends above the foot and shows the clay."""
    line = profile[0][1] + (profile[-1][1] - profile[0][1]) * look.between(0.5, 0.72)
    r = max(r for r, _ in profile) + 20
    below = f"{hoop(r, line, tilt * 0.8, x)} V{profile[-1][1] + 60} H{x - r:.1f} Z"
    with sheet.within(d):
        rounded(sheet, below, CLAY, CLAY, 0.1)
        sheet.line(hoop(r, line, tilt * 0.8, x), darker(look.base, 0.25), 3, 0.7)
        sheet.line(hoop(r, line + 3, tilt * 0.8, x), "#ffffff", 2, 0.4)


def _handle(sheet: Sheet, look: Look, profile: Profile, kind: str, x: float) -> None:
    r = min(profile[1][0], profile[2][0]) - 6 + x
    paths = {
        "ear handle": trace((r - 4, 246), (r + 96, 222, r + 104, 352, r - 8, 396), close=False),
        "ring handle": circle(r + 30, 312, 44),
        "angular handle": f"M{r} 250 H{r + 58} Q{r + 70} 250 {r + 68} 264 L{r + 44} 366 Q{r + 40} 380 {r + 26} 382 L{r} 384",
        "curl handle": f"M{r - 6} 262 C{r + 40} 206 {r + 96} 232 {r + 84} 290 C{r + 74} 332 {r + 30} 350 {r - 24} 366 M{r + 70} 244 C{r + 84} 226 {r + 98} 230 {r + 96} 242",
    }
    if kind in paths:
        tube(sheet, paths[kind], look.base, 20 if kind != "curl handle" else 14)


def teapot(sheet: Sheet, look: Look) -> None:
    facts = details("teapot", look)
    stage(sheet, look, 400)
    profile = [(r * look.between(0.97, 1.03), y) for r, y in POTS[facts["shape"]]]
    ground_shadow(sheet, 306, 472, 330)
    tone = look.base
    _spout(sheet, tone, facts["shape"])
    _pot_handle(sheet, look, profile, facts["handle"])
    vessel(sheet, look, profile, facts["material"], 0.17, closed=True)
    if facts["material"] == "cast iron":
        _hobnails(sheet, profile, tone)
    _lid(sheet, look, profile[0], facts)
    if "top handle" in facts["handle"]:
        _bail(sheet, profile, facts["handle"])


def _spout(sheet: Sheet, tone: str, shape: str) -> None:
    if shape in ("drum", "cone"):
        d = trace((214, 344), (156, 268), (140, 262, 128, 268, 124, 276), (150, 372, 186, 420, 216, 426))
    else:
        d = trace((196, 330), (150, 322, 150, 268, 122, 250), (110, 246, 98, 252, 94, 262), (116, 296, 104, 404, 210, 422))
    rounded(sheet, d, tone, tone, 0.6, 22)
    tip = "translate(140 268) rotate(-24)" if shape in ("drum", "cone") else "translate(108 255) rotate(-24)"
    with sheet.moved(tip):
        sheet.fill(ellipse(0, 0, 17, 5), lighter(tone, 0.3))
        sheet.fill(ellipse(0, 0.5, 13, 3.2), darker(tone, 0.6))


def _pot_handle(sheet: Sheet, look: Look, profile: Profile, kind: str) -> None:
    if kind == "ear handle":
        tube(sheet, "M404 292 C468 236 522 282 500 350 C488 390 450 412 418 420", look.base, 21)
    elif kind == "ring handle":
        tube(sheet, ellipse(440, 352, 58, 64), look.base, 20)


def _bail(sheet: Sheet, profile: Profile, kind: str) -> None:
    path = "M196 274 C188 96 412 96 404 274"
    if kind.startswith("steel"):
        tube(sheet, path, "#3a3b40", 10)
    else:
        tube(sheet, path, WOODS["bamboo"], 15)
        for part in (0.2, 0.35, 0.5, 0.65, 0.8):
            angle = math.pi * (1 - part)
            x, y = 300 + 92 * math.cos(angle), 210 - 72 * math.sin(angle)
            if part in (0.2, 0.8):
                sheet.line(f"M{x - 9:.0f} {y} h18", darker(WOODS["bamboo"], 0.45), 2, 0.6)
    for x in (196, 404):
        sheet.fill(circle(x, 276, 9), "#35363b")
        sheet.fill(circle(x - 2, 273, 3), "#ffffff", 0.5)


def _hobnails(sheet: Sheet, profile: Profile, tone: str) -> None:
    """The studs of a cast-iron pot, closer towards its sides."""
    dark, light = shades(tone)
    for row, y in enumerate(range(290, 410, 17)):
        reach = math.sqrt(max(0.0, 1 - ((y - 350) / 120) ** 2)) * 146
        for step in range(-11, 12):
            angle = (step + row % 2 * 0.5) / 12 * math.pi / 2
            x, squeeze = 300 + reach * math.sin(angle), math.cos(angle)
            sheet.fill(ellipse(x + 1, y + 1.6, 4.6 * squeeze + 0.6, 4.6), dark, 0.5)
            sheet.fill(ellipse(x - 0.6, y - 0.8, 3 * squeeze + 0.4, 3), light, 0.35)


def _lid(sheet: Sheet, look: Look, top: tuple[float, float], facts: Facts) -> None:
    r, y = top
    sheet.fill(ellipse(300, y + 1, r + 5, (r + 5) * 0.17 + 1), darker(look.base, 0.45))
    profile = ((10, y - 34), (10, y - 34), (r * 0.62, y - 24), (r + 2, y - 2))
    rounded(sheet, turned(profile, 0.17), look.paint(sheet, scale=0.85), look.base, 0.6, 16)
    if facts["material"] != "cast iron":
        shine(sheet, profile[1:], 0.4)
    knob = turned(((8, y - 58), (17, y - 50), (15, y - 40), (8, y - 32)), 0.3)
    if facts["material"] == "enamel":
        polished(sheet, knob, "#35363b")
    elif "bamboo" in facts["handle"]:
        rounded(sheet, knob, grain(sheet, WOODS["oak"]), WOODS["oak"], 0.3, 8)
    else:
        rounded(sheet, knob, look.base, look.base, 0.8, 10)


def plate(sheet: Sheet, look: Look) -> None:
    facts = details("plate", look)
    background(sheet, look)
    r = look.between(206, 222)
    d = scallops(300, 300, r, 16) if facts["shape"] == "scalloped" else circle(300, 300, r)
    wall_shadow(sheet, d, 30)
    china = facts["detail"] in ("coloured rim", "coloured centre", "banded rim") and look.pattern != "plain"
    quiet = lighter(look.base, 0.86) if china or facts["detail"] == "banded rim" else look.base
    sheet.fill(d, look.paint(sheet) if facts["detail"] in ("plain", "reactive glaze", "raw edge") else quiet)
    well = r * (0.62 if facts["shape"] != "coupe" else 0.78)
    _decorate(sheet, look, facts["detail"], d, r, well, quiet)
    _relief(sheet, look.base if quiet == look.base else quiet, d, r, well, coupe=facts["shape"] == "coupe")


def scallops(x: float, y: float, r: float, count: int) -> str:
    step = 2 * math.pi / count
    points = [(x + r * math.cos(n * step), y + r * math.sin(n * step)) for n in range(count + 1)]
    bulge = r * math.sin(step / 2) * 1.06
    arcs = " ".join(f"A{bulge:.1f} {bulge:.1f} 0 0 1 {px:.1f} {py:.1f}" for px, py in points[1:])
    return f"M{points[0][0]:.1f} {points[0][1]:.1f} {arcs} Z"


def _decorate(sheet: Sheet, look: Look, detail: str, d: str, r: float, well: float, quiet: str) -> None:
    if detail == "coloured rim":
        sheet.fill(d, look.paint(sheet))
        sheet.fill(circle(300, 300, well + 8), quiet if quiet != look.base else lighter(look.base, 0.8))
    elif detail == "coloured centre":
        sheet.fill(d, look.base)
        sheet.fill(circle(300, 300, well), look.paint(sheet))
    elif detail == "banded rim":
        sheet.line(circle(300, 300, r - 21), look.paint(sheet, scale=0.7), 34)
        sheet.line(circle(300, 300, r - 48), look.trim if brightness(look.trim) < 0.8 else look.base, 4)
    elif detail == "raw edge":
        sheet.line(circle(300, 300, r - 4), CLAY, 8)
        speckle(sheet, d, look.base, look.seed)
    elif detail == "reactive glaze":
        ink = look.trim if brightness(look.trim) < 0.7 else darker(look.base, 0.4)
        sheet.fill(d, sheet.radial((0, ink, 0), (0.5, ink, 0.08), (0.82, ink, 0.5), (0.93, mix(ink, CLAY, 0.5), 0.9), (1, CLAY, 0.95)))
        speckle(sheet, d, look.base, look.seed)


def _relief(sheet: Sheet, tone: str, d: str, r: float, well: float, coupe: bool) -> None:
    """Light falls from the upper left: the rim's lower right is lit, the well's upper left lies in shade."""
    dark, light = shades(tone)
    sheet.fill(d, sheet.linear((0, dark, 0.2), (0.45, dark, 0.02), (0.6, light, 0.02), (1, light, 0.4), line=(0.1, 0.05, 0.9, 0.95)))
    inner = circle(300, 300, well)
    sheet.fill(inner, sheet.linear((0, light, 0.12), (0.5, light, 0), (1, dark, 0.1), line=(0.1, 0.05, 0.9, 0.95)))
    with sheet.within(inner):
        sheet.soft_line(inner, dark, 40 if coupe else 22, 0.34, dx=4, dy=5)
    sheet.line(circle(300.8, 301.2, well), light, 3, 0.3)
    with sheet.within(d):
        sheet.soft_line(d, light, 10, 0.7, dx=1.5, dy=1.5)
        sheet.soft_line(d, dark, 12, 0.35, dx=-3, dy=-3)
    glare = trace((176, 236), (196, 190, 236, 160, 282, 154), (250, 176, 212, 206, 176, 236))
    sheet.fill(glare, "#ffffff", 0.32)
    sheet.line(d, dark, 1, 0.4)


def bowl(sheet: Sheet, look: Look) -> None:
    facts = details("bowl", look)
    stage(sheet, look, 380)
    profile = [(r * look.between(0.985, 1.015), y) for r, y in BOWLS[facts["shape"]]]
    ground_shadow(sheet, 300, 458, profile[-1][0] * 3.4)
    top, y = profile[0]
    d = turned(profile, 0.3)
    wood = facts["material"] == "acacia wood"
    gloss = 0.2 if facts["material"] in ("stoneware", "acacia wood") else 0.8
    if facts["detail"] == "banded rim":
        _banded(sheet, look, d, top, y)
    else:
        rounded(sheet, d, look.paint(sheet), look.base, gloss)
    if facts["shape"] == "scalloped":
        _flutes(sheet, profile, look.base)
    if facts["detail"] == "raw foot":
        _bare_foot(sheet, profile, d)
    if gloss > 0.5:
        shine(sheet, profile, 0.45)
    if facts["material"] == "stoneware":
        speckle(sheet, d, look.base, look.seed)
    hollow(sheet, look, facts, top, y, wood)


def _banded(sheet: Sheet, look: Look, d: str, top: float, y: float) -> None:
    """Pale china below, a broad band of colour or pattern under the rim, a fine line that closes it."""
    china = lighter(look.base, 0.88)
    rounded(sheet, d, china, china, 0.8)
    low = y + 62
    with sheet.within(d):
        rounded(sheet, f"{hoop(top + 16, low, 0.26)} V{y - 90} H{284 - top:.1f} Z", look.paint(sheet, scale=0.8), look.base, 0.8)
        sheet.line(hoop(top + 16, low + 10, 0.26), look.trim if brightness(look.trim) < 0.75 else look.base, 4)


def _flutes(sheet: Sheet, profile: Profile, tone: str) -> None:
    dark, light = shades(tone)
    for step in range(-7, 8):
        part = math.sin(step / 8 * math.pi / 2)
        path = strip(profile[:-1], part - 0.008, part + 0.008)
        sheet.soft_line(path, dark, 9, 0.22)
        sheet.soft_line(path, light, 6, 0.22, dx=6)


def _bare_foot(sheet: Sheet, profile: Profile, d: str) -> None:
    line = profile[-1][1] - 40
    with sheet.within(d):
        rounded(sheet, f"{hoop(220, line, 0.24)} V540 H80 Z", CLAY, CLAY, 0.1)


def hollow(sheet: Sheet, look: Look, facts: Facts, top: float, y: float, wood: bool) -> None:
    """The inside, which a bowl shows more of than its outside."""
    tone = WOODS["acacia wood"] if wood else lighter(look.base, 0.82) if facts["detail"] in ("pale inside", "banded rim") else mix(look.base, "#f7f2e8", 0.28)
    ry = top * 0.3
    dark, light = shades(tone)
    sheet.fill(ellipse(300, y, top, ry), lighter(tone, 0.3))
    inner = ellipse(300, y + 1.5, top - 6, ry - 4)
    sheet.fill(inner, grain(sheet, tone, 82) if wood else tone)
    sheet.fill(inner, sheet.linear((0, dark, 0.5), (0.45, dark, 0.12), (1, light, 0.3)))
    sheet.fill(inner, sheet.linear((0, dark, 0.05), (0.6, dark, 0.22), (1, dark, 0.02), line=(0, 0, 0, 1)))
    with sheet.within(inner):
        sheet.fill(ellipse(312, y + ry * 0.55, top * 0.62, ry * 0.62), sheet.radial((0, light, 0.35), (1, light, 0)))
        sheet.soft_line(inner, dark, 16, 0.3, dx=2, dy=4)
    if facts["detail"] == "banded rim":
        sheet.line(ellipse(300, y, top - 2, ry - 1), rim_colour(look) if facts["material"] == "enamel" else look.base, 5)
    elif facts["material"] == "enamel":
        sheet.line(ellipse(300, y, top - 2, ry - 1), rim_colour(look), 5)
    sheet.line(ellipse(300, y, top, ry), dark, 1, 0.45)


FORMS = {"mug": mug, "teapot": teapot, "plate": plate, "bowl": bowl}

