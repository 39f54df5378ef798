"""Blankets, folded or over a rail."""


from shop_demo.illustration.colours import INK, darker, lighter
from shop_demo.illustration.home_details import Facts, details
from shop_demo.illustration.home_parts import WOODS, stage, wooden
from shop_demo.illustration.look import (
    Look,
    background,
    fold,
    ground_shadow,
    seam,
    shades,
    solid,
    wall_shadow,
)
from shop_demo.illustration.svg import Sheet, box, circle, mirrored, trace


def throw(sheet: Sheet, look: Look) -> None:
    facts = details("throw", look)
    if facts["shape"] == "draped":
        background(sheet, look)
        _draped(sheet, look, facts)
    else:
        stage(sheet, look, 410)
        _folded(sheet, look, facts)


def _folded(sheet: Sheet, look: Look, facts: Facts) -> None:
    """A pile of folds: its top, then the layers that turn back at their ends."""
    layers, thick = 3 + look.seed % 2, look.between(34, 44)
    wide, front = look.between(188, 212), 318.0 - look.seed % 2 * 10
    low = front + layers * thick
    ground_shadow(sheet, 304, low + 2, wide * 2.1)
    for index in reversed(range(layers)):
        _layer(sheet, look, front + index * thick, thick, wide + look.between(-7, 7), index)
    top = trace((300 - wide + 34, front - 104), (300, front - 110, 300, front - 110, 300 + wide - 34, front - 104), (300 + wide - 10, front - 96, 300 + wide, front - 30, 300 + wide, front + 8), (300 + wide - 10, front + 16, 300 - wide + 10, front + 16, 300 - wide, front + 8), (300 - wide, front - 30, 300 - wide + 10, front - 96, 300 - wide + 34, front - 104))
    solid(sheet, top, look.paint(sheet), look.base, 0.8, 26)
    sheet.fill(top, sheet.linear((0, shades(look.base)[0], 0.14), (0.4, shades(look.base)[1], 0.1), (1, shades(look.base)[1], 0.2), line=(0, 0, 0, 1)))
    _texture(sheet, look, facts, top)
    _hanging_edge(sheet, look, facts, front, thick, wide)


def _layer(sheet: Sheet, look: Look, y: float, thick: float, wide: float, index: int) -> None:
    bend = thick / 2
    d = box(300 - wide - 4, y - 2, 2 * wide + 8, thick + 4, bend)
    solid(sheet, d, look.paint(sheet), darker(look.base, 0.05), 0.9, 18)
    sheet.soft_line(f"M{300 - wide + bend:.0f} {y + thick - 1:.0f} H{300 + wide - bend:.0f}", INK, 12, 0.35)
    side = 1 if index % 2 else -1
    x = 300 + side * (wide - bend * 0.4)
    sheet.line(f"M{x:.0f} {y + thick * 0.5:.0f} H{300 - side * wide * 0.82:.0f}", shades(look.base)[0], 2.4, 0.45)


def _texture(sheet: Sheet, look: Look, facts: Facts, d: str) -> None:
    with sheet.within(d):
        if facts["material"] == "chunky knit":
            _cables(sheet, look)
        else:
            lines = " ".join(f"M80 {y} H520" for y in range(60, 545, 4))
            sheet.line(lines, INK, 1, 0.07)


def _cables(sheet: Sheet, look: Look) -> None:
    """Plaits of thick wool."""
    dark, light = shades(look.base)
    for x in range(90, 520, 30):
        plait = " ".join(f"M{x} {y} q13 3 15 15 M{x + 30} {y} q-13 3 -15 15" for y in range(70, 545, 13))
        sheet.line(plait, dark, 3.4, 0.4)
        with sheet.moved("translate(-1.5 -2)"):
            sheet.line(plait, light, 3, 0.4)


def _hanging_edge(sheet: Sheet, look: Look, facts: Facts, front: float, thick: float, wide: float) -> None:
    if facts["detail"] == "fringe":
        for step in range(int(wide / 3.4)):
            x = 300 - wide + 12 + step * (2 * wide - 24) / (int(wide / 3.4) - 1)
            tone = (look.base, darker(look.base, 0.16), lighter(look.base, 0.15))[step % 3]
            sheet.line(f"M{x:.1f} {front + 8:.1f} q{look.between(-3, 3):.1f} 20 {look.between(-4, 4):.1f} {40 + look.between(-4, 4):.1f}", tone, 3.6)
        seam(sheet, f"M{300 - wide + 8:.0f} {front + 9:.0f} H{300 + wide - 8:.0f}", look.base, 0.6)
    elif facts["detail"] == "bound edge":
        band = box(300 - wide - 2, front - 4, 2 * wide + 4, 20, 9)
        solid(sheet, band, look.trim, look.trim, 0.8, 8)
    elif facts["detail"] == "ribbed edge":
        band = box(300 - wide - 3, front - 6, 2 * wide + 6, 26, 10)
        solid(sheet, band, darker(look.base, 0.06), look.base, 0.8, 8)
        sheet.line(" ".join(f"M{x} {front - 3:.0f} v20" for x in range(int(310 - wide), int(292 + wide), 8)), shades(look.base)[0], 2, 0.4)


def _draped(sheet: Sheet, look: Look, facts: Facts) -> None:
    """Over a wooden rail, so that the whole cloth shows."""
    rail, wide, low = 118.0, look.between(132, 168), look.between(436, 470)
    d = mirrored((0, rail - 14), (wide - 10, rail - 14, wide, rail - 10, wide, rail + 4), (wide + 3, rail + 140, wide + 6, low - 80, wide + 4, low), (wide * 0.5, low + 6, wide * 0.3, low + 4, 0, low + 5))
    behind = mirrored((0, rail), (wide - 8, rail), (wide - 8, low - 60), (0, low - 60))
    wooden(sheet, box(84, rail - 8, 432, 17, 8), WOODS["oak" if look.style != "retro" else "walnut"], 90)
    wall_shadow(sheet, d, 24)
    sheet.fill(behind, darker(look.base, 0.3))
    if facts["detail"] in ("fringe", "tassels"):
        _lower_edge(sheet, look, facts, wide, low)
    solid(sheet, d, look.paint(sheet), look.base, 0.9, 26)
    with sheet.within(d):
        _texture(sheet, look, facts, d)
        for part in (-0.7, -0.36, 0.04, 0.4, 0.74):
            x = 300 + part * wide + look.between(-10, 10)
            fold(sheet, trace((x, rail + look.between(0, 60)), (x + 4, rail + 150, x + part * 10, low - 120, x + part * 12, low + 8), close=False), look.base, look.between(16, 30), 0.3)
        sheet.fill(box(300 - wide - 10, rail - 20, 2 * wide + 20, 44), sheet.linear((0, shades(look.base)[1], 0.1), (0.4, shades(look.base)[1], 0.35), (1, shades(look.base)[0], 0.25), line=(0, 0, 0, 1)))
        if look.pattern == "plain":
            for y, height, paint in ((low - 74, 26, look.trim), (low - 104, 7, look.accent)):
                sheet.line(f"M{296 - wide:.0f} {y:.0f} H{304 + wide:.0f}", paint, height, 0.85, cap="butt")


def _lower_edge(sheet: Sheet, look: Look, facts: Facts, wide: float, low: float) -> None:
    if facts["detail"] == "tassels":
        for step in range(9):
            tassel(sheet, 300 + (step / 4 - 1) * (wide - 6), low - 2, 0, look.trim, 0.75)
        return
    for step in range(int(wide / 3)):
        x = 300 - wide + 4 + step * (2 * wide - 8) / (int(wide / 3) - 1)
        tone = (look.base, darker(look.base, 0.16), lighter(look.base, 0.12))[step % 3]
        sheet.line(f"M{x:.1f} {low - 2:.1f} q{look.between(-3, 3):.1f} 24 {look.between(-4, 4):.1f} {48 + look.between(-5, 5):.1f}", tone, 3.4)


def tassel(sheet: Sheet, x: float, y: float, turn: float, tone: str, size: float = 1) -> None:
    with sheet.moved(f"translate({x:.1f} {y:.1f}) rotate({turn:.0f}) scale({size:.2f})"):
        skirt = trace((-6, 12), (-13, 30, -15, 44, -14, 56), (14, 56), (15, 44, 13, 30, 6, 12))
        sheet.fill(skirt, tone)
        sheet.line(" ".join(f"M{n * 0.7:.1f} 14 L{n * 2.2:.1f} 56" for n in range(-6, 7)), darker(tone, 0.4), 1.1, 0.6)
        sheet.fill(circle(0, 6, 9), tone)
        sheet.fill(circle(-2, 3, 3.4), lighter(tone, 0.6), 0.7)
        sheet.line("M-6 14 H6", darker(tone, 0.35), 3)
