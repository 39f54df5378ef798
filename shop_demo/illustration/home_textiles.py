"""Cushions, rugs, blankets."""

import math

from shop_demo.illustration.colours import INK, darker, lighter
from shop_demo.illustration.home_details import Facts, details
from shop_demo.illustration.home_parts import WOODS, stage, tube, wooden
from shop_demo.illustration.look import (
    Look,
    background,
    button,
    crease,
    fold,
    ground_shadow,
    seam,
    shades,
    solid,
    wall_shadow,
)
from shop_demo.illustration.svg import Sheet, box, circle, ellipse, mirrored, trace


def cushion(sheet: Sheet, look: Look) -> None:
    facts = details("cushion", look)
    stage(sheet, look, 430)
    wide, tall = {"square": (186, 182), "oblong": (226, 138), "round": (188, 184)}[facts["shape"]]
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


def tassel(sheet: Sheet, x: float, y: float, turn: float, tone: str, size: float = 1) -> None:
    with sheet.moved(f"translate({x:.1f} {y:.1f}) rotate({turn:.0f}) scale({size:.2f})"):
        skirt = trace((-6, 12), (-13, 30, -15, 44, -14, 56), (14, 56), (15, 44, 13, 30, 6, 12))
        sheet.fill(skirt, tone)
        sheet.line(" ".join(f"M{n * 0.7:.1f} 14 L{n * 2.2:.1f} 56" for n in range(-6, 7)), darker(tone, 0.4), 1.1, 0.6)
        sheet.fill(circle(0, 6, 9), tone)
        sheet.fill(circle(-2, 3, 3.4), lighter(tone, 0.6), 0.7)
        sheet.line("M-6 14 H6", darker(tone, 0.35), 3)


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


def rug(sheet: Sheet, look: Look) -> None:
    facts = details("rug", look)
    background(sheet, look)
    wide, tall = {"rectangular": (168, 226), "runner": (92, 232), "round": (220, 220), "oval": (164, 230)}[facts["shape"]]
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


FORMS = {"cushion": cushion, "rug": rug, "throw": throw}
