"""Bowls, which show their inside."""

import math

from shop_demo.illustration.colours import brightness, lighter, mix
from shop_demo.illustration.home_details import Facts, details
from shop_demo.illustration.home_parts import (
    CLAY,
    WOODS,
    Profile,
    grain,
    hoop,
    rim_colour,
    rounded,
    shine,
    speckle,
    stage,
    strip,
    turned,
)
from shop_demo.illustration.look import Look, ground_shadow, shades
from shop_demo.illustration.svg import Sheet, ellipse

BOWLS: dict[str, Profile] = {
    "footed": ((196, 266), (184, 330), (104, 414), (78, 420), (78, 420), (84, 448)),
    "half sphere": ((186, 256), (178, 330), (132, 410), (76, 448)),
    "straight": ((176, 256), (172, 370), (146, 424), (106, 444)),
    "flared": ((206, 270), (160, 336), (104, 404), (80, 446)),
    "scalloped": ((192, 266), (170, 340), (112, 416), (80, 446)),
}

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
