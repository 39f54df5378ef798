"""What stands on the table: mugs, teapots, plates, bowls."""

import math

from shop_demo.illustration.colours import darker, lighter, mix
from shop_demo.illustration.home_details import Facts, details
from shop_demo.illustration.home_parts import (
    CLAY,
    WOODS,
    Profile,
    grain,
    hoop,
    opening,
    polished,
    rim_colour,
    rounded,
    shine,
    speckle,
    stage,
    tube,
    turned,
)
from shop_demo.illustration.kitchen_bowls import bowl
from shop_demo.illustration.kitchen_plates import plate
from shop_demo.illustration.look import Look, ground_shadow, shades
from shop_demo.illustration.svg import Sheet, circle, ellipse, trace

MUGS: dict[str, Profile] = {
    "straight": ((112, 196), (112, 300), (112, 430), (110, 442)),
    "footed": ((128, 212), (126, 290), (104, 380), (62, 424), (62, 424), (66, 446)),
    "tumbler": ((112, 172), (106, 300), (90, 446), (90, 446)),
    "tapered": ((96, 190), (106, 300), (123, 442)),
    "belly": ((98, 194), (98, 222), (128, 330), (112, 420), (84, 446)),
}

POTS: dict[str, Profile] = {
    "globe": ((62, 236), (62, 236), (118, 266), (148, 350), (112, 440), (74, 464)),
    "pear": ((54, 216), (54, 216), (72, 250), (134, 340), (142, 400), (100, 454), (84, 464)),
    "drum": ((80, 250), (80, 250), (132, 266), (140, 290), (140, 430), (135, 454)),
    "cone": ((62, 228), (62, 228), (80, 256), (110, 346), (140, 456)),
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


FORMS = {"mug": mug, "teapot": teapot, "plate": plate, "bowl": bowl}

