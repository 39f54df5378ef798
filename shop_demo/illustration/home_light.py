"""Lamps: on the table, from the ceiling, on the floor."""

import math

from shop_demo.illustration.colours import INK, darker, lighter, mix
from shop_demo.illustration.home_details import details
from shop_demo.illustration.home_parts import (
    METALS,
    WARM,
    WOODS,
    Profile,
    bulb,
    glassy,
    hoop,
    leg,
    marble,
    polished,
    radius,
    rounded,
    shine,
    stage,
    turned,
    weave,
    wooden,
)  # fmt: skip
from shop_demo.illustration.look import Look, background, ground_shadow, shades, wall_shadow
from shop_demo.illustration.svg import Sheet, circle, ellipse, trace

BASES: dict[str, Profile] = {
    "urn": ((13, 280), (15, 318), (62, 344), (74, 388), (52, 450), (25, 486), (25, 486), (52, 502), (56, 520)),
    "gourd": ((12, 280), (14, 318), (46, 352), (46, 384), (27, 408), (64, 440), (72, 480), (50, 520)),
    "turned": ((10, 280), (15, 306), (9, 322), (27, 342), (34, 376), (15, 424), (12, 438), (24, 450), (13, 464), (46, 498), (62, 510), (62, 520)),
    "column": ((9, 280), (9, 504), (9, 504), (66, 508), (70, 512), (70, 520)),
    "ball": ((12, 280), (13, 330), (13, 330), (60, 358), (86, 418), (68, 486), (44, 520)),
    "cone": ((11, 280), (16, 316), (44, 430), (72, 514), (70, 520)),
    "mushroom": ((30, 270), (30, 380), (36, 450), (70, 500), (82, 520)),
    "stacked": ((12, 280), (13, 330), (13, 330), (40, 346), (40, 368), (16, 388), (16, 388), (54, 408), (54, 436), (18, 458), (18, 458), (66, 480), (58, 520)),
    "bottle": ((13, 280), (15, 326), (24, 366), (62, 420), (70, 480), (62, 520)),
}  # fmt: skip

SHADES: dict[str, Profile] = {
    "drum": ((104, 96), (120, 282)),
    "empire": ((58, 92), (80, 170), (138, 284)),
    "cone": ((44, 100), (146, 284)),
    "pleated": ((74, 96), (136, 284)),
    "dome": ((30, 134), (30, 134), (92, 150), (140, 206), (152, 268)),
}
"""Of a table lamp; a floor lamp's is smaller."""

HANGING: dict[str, Profile] = {
    "bell": ((18, 196), (18, 196), (58, 214), (92, 286), (112, 358), (158, 404)),
    "drum": ((150, 220), (150, 392)),
    "workshop": ((26, 176), (26, 226), (26, 226), (64, 246), (150, 330), (166, 382)),
    "cone": ((22, 190), (30, 222), (168, 398)),
    "globe": ((20, 178), (20, 178), (104, 212), (140, 306), (108, 394), (60, 426)),
    "dome": ((22, 206), (22, 206), (110, 232), (164, 316), (172, 376)),
    "tiered": ((20, 182), (72, 230), (72, 230), (58, 236), (122, 300), (122, 300), (104, 306), (176, 384), (176, 384)),
    "saucer": ((24, 236), (24, 236), (70, 262), (196, 318), (202, 336), (150, 372)),
    "basket": ((54, 196), (150, 262), (166, 338), (128, 410)),
    "tulip": ((16, 200), (16, 200), (92, 240), (112, 318), (96, 370), (136, 416)),
}  # fmt: skip

RIBS = 26


def table_lamp(sheet: Sheet, look: Look) -> None:
    facts = details("table lamp", look)
    stage(sheet, look, 452)
    bold = facts["material"] in ("glazed ceramic", "matt ceramic", "lacquered steel")
    base = [(r * look.between(0.92, 1.06) if r > 30 else r, y) for r, y in BASES[facts["shape"]]]
    ground_shadow(sheet, 300, 523, base[-1][0] * 2.5)
    _base(sheet, look, base, facts["material"])
    wide, drop = look.between(0.9, 1.06), look.between(-12, 10)
    shade = [(r * wide, y + drop) for r, y in SHADES[facts["shade"]]]
    tone = shade_tone(look, bold and facts["shape"] != "mushroom")
    lampshade(sheet, look, shade, facts["shade"], tone)


def shade_tone(look: Look, quiet: bool) -> str:
    """A shade beside a coloured base stays quiet; otherwise it carries the product's colour."""
    return mix("#f6efe0", look.trim, 0.12) if quiet else look.base


def _base(sheet: Sheet, look: Look, profile: Profile, material: str) -> None:
    d = turned(profile, 0.18)
    if material in METALS:
        polished(sheet, d, METALS[material])
    elif material in WOODS:
        wooden(sheet, d, WOODS[material])
    elif material == "marble":
        rounded(sheet, d, marble(sheet, look.seed), "#e4e0dc", 0.8)
        shine(sheet, profile, 0.4)
    else:
        rounded(sheet, d, look.paint(sheet), look.base, 0.2 if material == "matt ceramic" else 0.8)
        if material != "matt ceramic":
            shine(sheet, profile, 0.42)


def lampshade(sheet: Sheet, look: Look, profile: Profile, kind: str, tone: str, x: float = 300) -> None:
    """Cloth or metal; lit from within, and open at the top when it is of cloth."""
    d = turned(profile, 0.1, x)
    cloth = kind != "dome"
    paint = look.paint(sheet, scale=0.85) if tone == look.base else tone
    glow = sheet.radial((0, WARM, 0.34), (1, WARM, 0))
    top, bottom = profile[0], profile[-1]
    sheet.fill(circle(x, (top[1] + bottom[1]) / 2, bottom[0] * 1.75), glow)
    rounded(sheet, d, paint, tone, 0.15 if cloth else 0.75)
    if kind == "pleated":
        _pleats(sheet, profile, tone, x)
    if cloth:
        lit = sheet.radial((0, WARM, 0.62), (0.6, WARM, 0.22), (1, WARM, 0), at=(0.46, 0.58, 0.5))
        sheet.fill(d, lit)
        sheet.fill(ellipse(x, top[1], top[0] - 1, top[0] * 0.1 - 0.5), sheet.radial((0, "#fffaea", 1), (0.6, WARM, 0.95), (1, mix(tone, WARM, 0.5), 0.9)))
        for (r, y), tilt in ((top, 0.1), (bottom, 0.115)):
            sheet.line(hoop(r - 1, y - 2.5 if r == bottom[0] else y + 1, tilt, x), shades(tone)[0], 3, 0.35)
    else:
        shine(sheet, profile, 0.4, x)
        rounded(sheet, turned(((7, top[1] - 12), (9, top[1] + 2)), 0.2, x), METALS["brass"], METALS["brass"], 0.8, 4)


def _pleats(sheet: Sheet, profile: Profile, tone: str, x: float) -> None:
    (r0, y0), (r1, y1) = profile[0], profile[-1]
    dark, light = shades(tone)
    for index in range(RIBS):
        part = math.sin((index / (RIBS - 1) - 0.5) * math.pi)
        sag = math.sqrt(max(0.0, 1 - part * part))
        path = trace((x + part * r0, y0 + sag * r0 * 0.1), (x + part * r1, y1 + sag * r1 * 0.112), close=False)
        sheet.line(path, dark, 2.4, 0.3)
        with sheet.moved("translate(2.2 0)"):
            sheet.line(path, light, 1.4, 0.35)


def pendant_lamp(sheet: Sheet, look: Look) -> None:
    facts = details("pendant lamp", look)
    background(sheet, look)
    wide, drop = look.between(0.88, 1.06), look.between(-26, 26)
    profile = [(r * wide if r > 30 else r, y + drop) for r, y in HANGING[facts["shape"]]]
    top, bottom = profile[0], profile[-1]
    d = turned(profile, 0.14)
    sheet.fill(circle(300, bottom[1] + 20, 250), sheet.radial((0, WARM, 0.6), (0.5, WARM, 0.18), (1, WARM, 0)))
    wall_shadow(sheet, d)
    _cord(sheet, look, top[1])
    _cap(sheet, top, METALS["brass"] if look.style in ("classic", "romantic", "retro") else METALS["black steel"])
    if facts["material"] == "glass":
        bulb(sheet, 300, (top[1] + bottom[1]) / 2, 22)
        glassy(sheet, d, look.base, profile, 0.14, look.paint(sheet))
        sheet.line(ellipse(300, bottom[1], bottom[0], bottom[0] * 0.15), darker(look.base, 0.3), 2, 0.6)
    else:
        _hanging_shade(sheet, look, profile, d, facts["material"])


def _cord(sheet: Sheet, look: Look, y: float) -> None:
    tone = "#2d2b30" if look.style in ("classic", "minimal") else darker(look.trim, 0.15)
    sheet.line(f"M306 0 V{y}", INK, 5, 0.08)
    sheet.line(f"M300 0 V{y}", tone, 3.4)
    sheet.line(f"M299.2 0 V{y}", lighter(tone, 0.5), 0.9, 0.5)


def _cap(sheet: Sheet, top: tuple[float, float], tone: str) -> None:
    r, y = min(top[0] + 4, 26), top[1]
    polished(sheet, turned(((7, y - 34), (9, y - 26), (r * 0.8, y - 18), (r, y + 3)), 0.16), tone)


def _hanging_shade(sheet: Sheet, look: Look, profile: Profile, d: str, material: str) -> None:
    bottom, y = profile[-1]
    inner = ellipse(300, y, bottom, bottom * 0.161)
    tone = mix(look.base, "#d9b77f", 0.35) if material == "rattan" else look.base
    paint = weave(sheet, tone, 17) if material == "rattan" else look.paint(sheet)
    rounded(sheet, d, paint, tone, 0.15 if material in ("linen", "paper", "rattan") else 0.8)
    if material in ("linen", "paper", "rattan"):
        sheet.fill(d, sheet.radial((0, WARM, 0.6), (0.6, WARM, 0.2), (1, WARM, 0), at=(0.48, 0.62, 0.52)))
    if material == "rattan" and look.pattern != "plain":
        sheet.fill(d, look.paint(sheet), 0.45)
    if material == "paper":
        for step in range(1, 16):
            height = profile[0][1] + (y - profile[0][1]) * step / 16
            sheet.line(hoop(_curved(profile, height), height, 0.14), shades(tone)[0], 1.3, 0.3)
    if material in ("enamel", "lacquered steel"):
        shine(sheet, profile, 0.42)
    sheet.fill(inner, mix("#fff3d2", tone, 0.12))
    sheet.fill(inner, sheet.radial((0, "#fffdf4", 1), (0.45, WARM, 0.6), (1, darker(tone, 0.2), 0.45)))
    sheet.line(inner, lighter(tone, 0.35) if material == "enamel" else darker(tone, 0.2), 3, 0.85)


def _curved(profile: Profile, y: float) -> float:
    """A globe's radius at a height, rounder than the straight line between its points."""
    (_, y0), (_, y1) = profile[0], profile[-1]
    widest = max(r for r, _ in profile)
    part = (y - y0) / (y1 - y0)
    return max(radius(profile, y), widest * math.sqrt(max(0.0, 1 - ((part - 0.52) * 1.86) ** 2)) * 0.985)


def floor_lamp(sheet: Sheet, look: Look) -> None:
    facts = details("floor lamp", look)
    stage(sheet, look, 490)
    tone = METALS.get(facts["material"]) or WOODS[facts["material"]]
    STANDS[facts["shape"]](sheet, look, facts, tone)


def _small(kind: str, x: float, y: float, scale: float) -> list[tuple[float, float]]:
    """A table lamp's shade, its lower edge at `y`."""
    profile = SHADES[kind]
    return [(r * scale, y + (at - profile[-1][1]) * scale) for r, at in profile]


def _foot(sheet: Sheet, x: float, r: float, tone: str, y: float = 545) -> None:
    ground_shadow(sheet, x, y + 3, r * 2.4)
    rounded(sheet, turned(((r - 5, y - 9), (r, y - 5), (r, y)), 0.17, x), tone, tone, 0.7, 12)
    sheet.fill(ellipse(x, y - 9, r - 5, (r - 5) * 0.17), sheet.linear((0, lighter(tone, 0.5), 0.8), (1, darker(tone, 0.1), 0.5)))


def _straight(sheet: Sheet, look: Look, facts: dict[str, str], tone: str) -> None:
    _foot(sheet, 300, 66, tone)
    if facts["shape"] == "turned":
        wooden(sheet, turned(((8, 190), (12, 240), (7, 250), (9, 300), (14, 330), (8, 346), (9, 420), (15, 450), (8, 466), (10, 500), (24, 530), (30, 537)), 0.18), tone)
    else:
        polished(sheet, turned(((5, 190), (5, 530), (5, 530), (14, 537)), 0.2), tone)
    lampshade(sheet, look, _small(facts["shade"], 300, 218, look.between(0.78, 0.9)), facts["shade"], look.base)


def _tripod(sheet: Sheet, look: Look, facts: dict[str, str], tone: str) -> None:
    spread = look.between(84, 112)
    ground_shadow(sheet, 300, 548, spread * 2.2, 0.7)
    leg(sheet, (300, 216), (306, 528), (11, 8), darker(tone, 0.25))
    for side in (-1, 1):
        leg(sheet, (300 + side * 8, 216), (300 + side * spread, 550), (13, 9), tone)
    rounded(sheet, turned(((20, 214), (20, 240)), 0.2), METALS["brass"], METALS["brass"], 0.8, 8)
    lampshade(sheet, look, _small(facts["shade"], 300, 222, look.between(0.84, 0.98)), facts["shade"], look.base)


def _arc(sheet: Sheet, look: Look, facts: dict[str, str], tone: str) -> None:
    x, y = 404.0, look.between(236, 262)
    _foot(sheet, 180, 66, "#ece9e5" if look.style != "minimal" else tone)
    path = f"M180 538 V250 C180 20 {x} 20 {x} {y - 90}"
    for width, paint, alpha, dx in ((8, darker(tone, 0.35), 1, 0), (5.4, tone, 1, 0), (1.8, lighter(tone, 0.75), 0.85, -1.4)):
        with sheet.moved(f"translate({dx} 0)"):
            sheet.line(path, paint, width, alpha)
    lampshade(sheet, look, _small(facts["shade"], x, y, 0.72), facts["shade"], look.base, x)


def _reading(sheet: Sheet, look: Look, facts: dict[str, str], tone: str) -> None:
    _foot(sheet, 270, 64, tone)
    for path in ("M270 538 V190", "M256 196 L372 130"):
        for width, paint, dx in ((8, darker(tone, 0.4), 0), (5, tone, 0), (1.6, lighter(tone, 0.7), -1.2)):
            with sheet.moved(f"translate({dx} 0)"):
                sheet.line(path, paint, width)
    sheet.fill(circle(270, 188, 10), darker(tone, 0.1))
    sheet.fill(circle(268, 185, 4), lighter(tone, 0.6), 0.8)
    with sheet.moved("rotate(-18 376 150)"):
        lampshade(sheet, look, _small(facts["shade"], 376, 218, 0.6), facts["shade"], look.base, 376)


STANDS = {"straight": _straight, "turned": _straight, "tripod": _tripod, "arc": _arc, "reading": _reading}

FORMS = {"table lamp": table_lamp, "pendant lamp": pendant_lamp, "floor lamp": floor_lamp}
