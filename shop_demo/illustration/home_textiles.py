"""Cushions, rugs, blankets."""

import math

from shop_demo.illustration.colours import INK, darker
from shop_demo.illustration.home_details import Facts, details
from shop_demo.illustration.home_parts import stage, tube
from shop_demo.illustration.home_rugs import rug
from shop_demo.illustration.home_throws import tassel, throw
from shop_demo.illustration.look import (
    Look,
    button,
    crease,
    fold,
    ground_shadow,
    shades,
    solid,
)
from shop_demo.illustration.svg import Sheet, ellipse, trace


def cushion(sheet: Sheet, look: Look) -> None:
    facts = details("cushion", look)
    stage(sheet, look, 430)
    wide, tall = {"square": (186.0, 182.0), "oblong": (226.0, 138.0), "round": (188.0, 184.0)}[facts["shape"]]
    size = look.between(0.92, 1.04)
    wide, tall = wide * size, tall * size
    y = 492 - tall
    ground_shadow(sheet, 304, 494, wide * 1.9)
    with sheet.moved(f"rotate({look.between(-3, 3):.1f} 300 490)"):
        d = ellipse(300, y, wide, tall) if facts["shape"] == "round" else pillow(300, y, wide, tall)
        EDGES.get(facts["detail"], _plain)(sheet, look, d, y, wide, tall)
        _stuffed(sheet, look, facts, d, y, wide, tall)


def pillow(x: float, y: float, wide: float, tall: float) -> str:
    """Corners stand out, sides are drawn in."""
    inset = min(wide, tall) * 0.1
    a, b = wide - inset, tall - inset
    return trace(
        (x - wide, y - tall), (x - wide * 0.5, y - b - 2, x - wide * 0.3, y - b, x, y - b), (x + wide * 0.3, y - b, x + wide * 0.5, y - b - 2, x + wide, y - tall),
        (x + a + 2, y - tall * 0.5, x + a, y - tall * 0.3, x + a, y), (x + a, y + tall * 0.3, x + a + 2, y + tall * 0.5, x + wide, y + tall),
        (x + wide * 0.5, y + b + 2, x + wide * 0.3, y + b, x, y + b), (x - wide * 0.3, y + b, x - wide * 0.5, y + b + 2, x - wide, y + tall),
        (x - a - 2, y + tall * 0.5, x - a, y + tall * 0.3, x - a, y), (x - a, y - tall * 0.3, x - a - 2, y - tall * 0.5, x - wide, y - tall),
    )  # fmt: skip


def _stuffed(sheet: Sheet, look: Look, facts: Facts, d: str, y: float, wide: float, tall: float) -> None:
    dark, light = shades(look.base)
    solid(sheet, d, look.paint(sheet), look.base, 0.9, 48)
    if facts["material"] in ("corduroy", "wool"):
        _ribbed(sheet, look, d, 9 if facts["material"] == "corduroy" else 6)
    sheet.fill(d, sheet.radial((0, light, 0.28), (0.6, light, 0.02), (1, dark, 0.3), at=(0.4, 0.36, 0.75)))
    if facts["material"] == "velvet":
        sheet.fill(d, sheet.radial((0, light, 0.5), (0.35, light, 0.05), (1, light, 0), at=(0.68, 0.3, 0.4)))
    if facts["shape"] == "round":
        _gathers(sheet, look, y, wide, tall)
    else:
        for sx, sy in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
            for turn in (0.5, 0.85):
                crease(sheet, look.base, (300 + sx * wide * 0.94, y + sy * tall * 0.93), (300 + sx * wide * (0.92 - turn * 0.36), y + sy * tall * (0.5 + turn * 0.26)), 20, 0.26)
    if facts["detail"] == "piped edge":
        tube(sheet, d, look.trim, 8)
    if facts["detail"] == "centre button":
        button(sheet, 300, y, 13, look.trim)


def _ribbed(sheet: Sheet, look: Look, d: str, step: int) -> None:
    with sheet.within(d):
        lines = " ".join(f"M{x} 90 V540" for x in range(60, 545, step))
        sheet.line(lines, shades(look.base)[0], 2.4 if step > 6 else 1.2, 0.3)
        with sheet.moved("translate(2.4 0)"):
            sheet.line(lines, shades(look.base)[1], 1.2, 0.3)


def _gathers(sheet: Sheet, look: Look, y: float, wide: float, tall: float) -> None:
    for step in range(22):
        angle = step * 2 * math.pi / 22
        near, far = 0.1, look.between(0.5, 0.86)
        fold(sheet, trace((300 + wide * near * math.cos(angle), y + tall * near * math.sin(angle)), (300 + wide * far * math.cos(angle), y + tall * far * math.sin(angle)), close=False), look.base, 11, 0.3)


def _plain(sheet: Sheet, look: Look, d: str, y: float, wide: float, tall: float) -> None:
    """Nothing beyond the seam."""


def _flange(sheet: Sheet, look: Look, d: str, y: float, wide: float, tall: float) -> None:
    edge = pillow(300, y, wide + 24, tall + 20)
    solid(sheet, edge, look.paint(sheet), look.base, 0.8, 14)


def _ruffle(sheet: Sheet, look: Look, d: str, y: float, wide: float, tall: float) -> None:
    """Gathered cloth all round: waves on a slightly larger outline."""
    points, around = [], 56
    for step in range(around * 2):
        part = step / (around * 2)
        px, py = _perimeter(part, wide, tall)
        swell = 1.13 if step % 2 else 1.02
        points.append((300 + px * swell, y + py * swell))
    steps = " ".join(f"Q{points[i][0]:.1f} {points[i][1]:.1f} {points[(i + 1) % len(points)][0]:.1f} {points[(i + 1) % len(points)][1]:.1f}" for i in range(1, len(points), 2))
    outline = f"M{points[0][0]:.1f} {points[0][1]:.1f} {steps} Z"
    solid(sheet, outline, look.trim if look.pattern != "plain" else look.paint(sheet), look.trim if look.pattern != "plain" else look.base, 0.9, 12)
    for index in range(0, len(points), 2):
        px, py = points[index]
        sheet.line(f"M{px:.1f} {py:.1f} L{300 + (px - 300) * 0.9:.1f} {y + (py - y) * 0.9:.1f}", INK, 1.6, 0.28)


def _perimeter(part: float, wide: float, tall: float) -> tuple[float, float]:
    """A point on a rectangle's edge, `part` of the way round."""
    side, along = int(part * 4), part * 4 % 1 * 2 - 1
    return ((along * wide, -tall), (wide, along * tall), (-along * wide, tall), (-wide, -along * tall))[side]


def _tassels(sheet: Sheet, look: Look, d: str, y: float, wide: float, tall: float) -> None:
    for sx, sy, turn in ((-1, -1, 126), (1, -1, -126), (-1, 1, 60), (1, 1, -60)):
        tassel(sheet, 300 + sx * (wide - 4), y + sy * (tall - 6), turn, look.trim, 0.95)


def _side_fringe(sheet: Sheet, look: Look, d: str, y: float, wide: float, tall: float) -> None:
    for side in (-1, 1):
        for step in range(28):
            py = y - tall * 0.94 + step * tall * 1.88 / 27
            bow = wide - 14 + 14 * ((py - y) / tall) ** 2
            length = 34 + look.between(-4, 5)
            sheet.line(f"M{300 + side * bow:.1f} {py:.1f} q{side * length * 0.6:.1f} {look.between(-3, 5):.1f} {side * length:.1f} {look.between(0, 9):.1f}", (look.trim, darker(look.trim, 0.18))[step % 2], 4)


EDGES = {"flange edge": _flange, "ruffled edge": _ruffle, "tassels": _tassels, "fringe": _side_fringe}


FORMS = {"cushion": cushion, "rug": rug, "throw": throw}
