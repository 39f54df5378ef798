"""Rugs, seen from above."""

import math

from shop_demo.illustration.colours import INK, darker, lighter
from shop_demo.illustration.home_details import details
from shop_demo.illustration.look import (
    Look,
    background,
    shades,
    wall_shadow,
)
from shop_demo.illustration.svg import Sheet, box, ellipse, trace


def rug(sheet: Sheet, look: Look) -> None:
    facts = details("rug", look)
    background(sheet, look)
    wide, tall = {"rectangular": (168.0, 226.0), "runner": (92.0, 232.0), "round": (220.0, 220.0), "oval": (164.0, 230.0)}[facts["shape"]]
    wide *= look.between(0.94, 1.04)
    straight = facts["shape"] in ("rectangular", "runner")
    tall -= 24 if straight and facts["detail"] == "fringe" else 0
    d = outline(facts["shape"], wide, tall)
    if facts["detail"] == "fringe":
        _rug_fringe(sheet, look, wide, tall, straight)
    wall_shadow(sheet, d, 20)
    sheet.fill(d, look.paint(sheet, scale=1.25))
    with sheet.within(d):
        RUGS.get(facts["detail"], _bound)(sheet, look, facts["shape"], wide, tall)
    _pile(sheet, look, d, facts["material"])


def outline(shape: str, wide: float, tall: float) -> str:
    return ellipse(300, 300, wide, tall) if shape in ("round", "oval") else box(300 - wide, 300 - tall, 2 * wide, 2 * tall, 3)


def _rug_fringe(sheet: Sheet, look: Look, wide: float, tall: float, straight: bool) -> None:
    thread = lighter(look.trim, 0.5)
    if not straight:
        for step in range(120):
            angle = step * math.pi / 60 + look.between(-0.012, 0.012)
            x, y = math.cos(angle), math.sin(angle)
            sheet.line(f"M{300 + (wide - 4) * x:.1f} {300 + (tall - 4) * y:.1f} l{22 * x:.1f} {22 * y:.1f}", (thread, darker(thread, 0.14))[step % 2], 4)
        return
    for side in (-1, 1):
        for step in range(int(wide / 4.4)):
            x = 300 - wide + 5 + step * (2 * wide - 10) / (int(wide / 4.4) - 1)
            sheet.line(f"M{x:.1f} {300 + side * (tall - 3):.1f} q{look.between(-3, 3):.1f} {side * 15} {look.between(-4, 4):.1f} {side * (31 + look.between(-3, 3)):.1f}", (thread, darker(thread, 0.14))[step % 2], 3.6)


def _bound(sheet: Sheet, look: Look, shape: str, wide: float, tall: float) -> None:
    sheet.line(outline(shape, wide - 3, tall - 3), darker(look.base, 0.22), 8)


def _border(sheet: Sheet, look: Look, shape: str, wide: float, tall: float) -> None:
    sheet.line(outline(shape, wide - 14, tall - 14), look.trim, 30)
    sheet.line(outline(shape, wide - 36, tall - 36), look.accent, 5)
    sheet.line(outline(shape, wide - 2, tall - 2), darker(look.base, 0.15), 6)
    if look.pattern == "plain" and shape == "oval":
        sheet.line(outline(shape, wide - 74, tall - 74), look.trim, 4)
    elif look.pattern == "plain":
        sheet.line(trace((300, 300 - tall + 84), (300 + wide - 76, 300), (300, 300 + tall - 84), (300 - wide + 76, 300)), look.trim, 6)
        sheet.line(trace((300, 300 - tall + 116), (300 + wide - 100, 300), (300, 300 + tall - 116), (300 - wide + 100, 300)), look.accent, 4)


def _rings(sheet: Sheet, look: Look, shape: str, wide: float, tall: float) -> None:
    for step, paint in enumerate((look.trim, look.base, look.accent, look.base, look.trim)):
        sheet.fill(outline(shape, wide * (0.86 - step * 0.17), tall * (0.86 - step * 0.17)), paint)


def _arches(sheet: Sheet, look: Look, shape: str, wide: float, tall: float) -> None:
    low = 300 + tall
    for step, paint in enumerate((look.trim, look.accent, darker(look.base, 0.18), lighter(look.trim, 0.4))):
        r = wide * (0.82 - step * 0.19)
        sheet.fill(f"M{300 - r:.1f} {low} V{300 - tall * 0.35:.1f} A{r:.1f} {r:.1f} 0 0 1 {300 + r:.1f} {300 - tall * 0.35:.1f} V{low} Z", paint)


def _blocks(sheet: Sheet, look: Look, shape: str, wide: float, tall: float) -> None:
    cut, fall = 300 + wide * look.between(-0.3, 0.3), 300 + tall * look.between(-0.4, 0.4)
    sheet.fill(box(cut, 300 - tall, 2 * wide, tall + fall - 300), look.trim)
    sheet.fill(box(300 - wide, fall, wide * 2, 2 * tall), look.accent)
    sheet.fill(box(300 - wide, fall, cut - 300 + wide, 2 * tall), darker(look.base, 0.25))


def _bands(sheet: Sheet, look: Look, shape: str, wide: float, tall: float) -> None:
    """Woven bands near the ends; rings on a round one."""
    if look.pattern != "plain":
        return
    if shape in ("round", "oval"):
        for inset, paint, size in ((30, look.trim, 14), (52, look.accent, 5), (108, look.trim, 8), (124, look.accent, 3)):
            sheet.line(outline(shape, wide - inset, tall - inset), paint, size)
        return
    for side in (-1, 1):
        for at, height, paint in ((24, 12, look.trim), (46, 5, look.accent), (62, 22, look.trim), (94, 5, look.accent)):
            y = 300 + side * (tall - at)
            sheet.line(f"M100 {y:.0f} H500", paint, height, cap="butt")
        y = 300 + side * (tall - 62)
        sheet.line(f"M100 {y:.0f} " + " ".join(f"l9 {8 if n % 2 else -8}" for n in range(46)), look.base, 3)


RUGS = {"border": _border, "rings": _rings, "arches": _arches, "blocks": _blocks, "fringe": _bands}


def _pile(sheet: Sheet, look: Look, d: str, material: str) -> None:
    dark, light = shades(look.base)
    with sheet.within(d):
        lines = " ".join(f"M60 {y} H540" for y in range(60, 545, 4 if "flat" in material else 5))
        sheet.line(lines, INK, 1.1, 0.09)
        with sheet.moved("translate(0 1.6)"):
            sheet.line(lines, "#ffffff", 1, 0.12)
        if "flat" not in material:
            sheet.line(lines, "#ffffff", 1.6, 0.16, dash="3 4", cap="butt")
        sheet.soft_line(d, dark, 14, 0.3, dx=-1, dy=-1)
    sheet.fill(d, sheet.linear((0, light, 0.14), (0.5, light, 0), (1, dark, 0.14), line=(0, 0, 1, 1)))
    sheet.line(d, dark, 1, 0.4)
