"""Parts that several garments share: openings, sleeves, collars, rows of buttons."""

from shop_demo.illustration.colours import brightness, darker, lighter
from shop_demo.illustration.look import Look, button, crease, seam, shades, solid, wall_shadow
from shop_demo.illustration.svg import Point, Sheet, half, mirrored, trace

Pair = tuple[float, float]

NECKS: dict[str, float] = {"round": 36, "crew": 26, "V": 88, "square": 54, "boat": 15, "strappy": 64, "sweetheart": 66, "scoop": 58}
"""How far below the shoulders each opening reaches."""


def neckline(neck: str, width: float, top: float) -> list[Point]:
    """From the middle of the opening up to the right shoulder."""
    depth = NECKS[neck]
    if neck == "V":
        return [(0, top + depth), (width * 0.3, top + depth * 0.6, width * 0.8, top + depth * 0.3, width, top)]
    if neck in ("square", "strappy"):
        return [(0, top + depth), (width - 6, top + depth), (width - 2, top + depth * 0.5, width, top + 10, width, top)]
    if neck == "sweetheart":
        return [
            (0, top + depth), (width * 0.22, top + depth - 22, width * 0.72, top + depth - 24, width - 4, top + depth - 8), (width - 2, top + depth * 0.5, width, top + 10, width, top),
        ]
    return [(0, top + depth), (width * 0.6, top + depth, width * 0.94, top + depth * 0.55, width, top)]


def inside(sheet: Sheet, look: Look, width: float, top: float, depth: float) -> None:
    """The inner back that shows through the opening."""
    d = mirrored((0, top + 3), (width * 0.5, top + 3, width * 0.85, top, width, top - 5), (width + 3, top + depth), (0, top + depth + 6))
    sheet.fill(d, darker(look.base, 0.34))
    sheet.fill(d, sheet.linear((0, "#1d1826", 0.0), (1, "#1d1826", 0.22), line=(0, 0, 0, 1)))
    sheet.line(half((-width, top - 3), (-width * 0.6, top + 10, width * 0.6, top + 10, width, top - 3), close=False), darker(look.base, 0.5), 1.6, 0.8)


def hem_line(wide: float, y: float, dip: float, waves: int, depth: float = 6) -> list[Point]:
    """From the right end of a hem to its middle: it sags by `dip` and swings where folds end."""
    steps: list[Point] = []
    for index in range(waves):
        x1, x2 = wide * (1 - index / waves), wide * (1 - (index + 1) / waves)
        swing = depth if index % 2 == 0 else -depth
        y1, y2 = (y + dip * (1 - (x / wide) ** 2) for x in (x1, x2))
        steps.append((x1 - (x1 - x2) * 0.35, y1 + swing, x2 + (x1 - x2) * 0.35, y2 + swing, x2, y2))
    return steps


def sleeve_points(kind: str, shoulder: Pair, pit: Pair, end: float = 262) -> list[Point]:
    """From the shoulder's tip round the hem to the armpit; `end` is how far below the shoulder a long one reaches."""
    (sx, sy), (px, py) = shoulder, pit
    if kind == "cap":
        return [(sx, sy), (sx + 16, sy + 5, sx + 26, sy + 26, sx + 26, sy + 46), (sx + 14, sy + 56, sx + 4, sy + 62, px - 2, py - 18)]
    if kind == "short":
        return [(sx, sy), (sx + 20, sy + 8, sx + 42, sy + 60, sx + 54, sy + 92), (sx + 38, sy + 104, sx + 18, sy + 110, sx + 2, sy + 110), (px, py)]
    if kind == "puff":
        return [(sx - 2, sy), (sx + 30, sy - 26, sx + 78, sy + 20, sx + 58, sy + 90), (sx + 40, sy + 104, sx + 20, sy + 107, sx + 2, sy + 102), (px, py)]
    if kind == "bell":
        return [
            (sx, sy), (sx + 24, sy + 10, sx + 46, sy + 90, sx + 92, sy + 208),
            (sx + 74, sy + 226, sx + 34, sy + 232, sx + 14, sy + 222), (sx + 18, sy + 150, px + 8, py + 40, px, py),
        ]
    if kind == "balloon":
        return [
            (sx, sy), (sx + 30, sy + 8, sx + 70, sy + 110, sx + 72, sy + end - 40), (sx + 72, sy + end - 22, sx + 66, sy + end - 14, sx + 58, sy + end - 10),
            (sx + 50, sy + end - 8, sx + 42, sy + end - 9, sx + 36, sy + end - 12), (sx + 16, sy + end - 26, px + 2, py + 60, px, py),
        ]
    if kind == "elbow-length":
        return [(sx, sy), (sx + 22, sy + 8, sx + 46, sy + 80, sx + 66, sy + 148), (sx + 50, sy + 160, sx + 34, sy + 164, sx + 18, sy + 162), (px, py)]
    return [
        (sx, sy), (sx + 26, sy + 8, sx + 50, sy + 110, sx + 64, sy + end - 8),
        (sx + 56, sy + end, sx + 44, sy + end + 3, sx + 34, sy + end + 1), (sx + 22, sy + end * 0.68, px + 8, py + 40, px, py),
    ]


def sleeves(sheet: Sheet, look: Look, kind: str, shoulder: Pair, pit: Pair, turn: float = 14, end: float = 262, paint: str = "", tone: str = "") -> None:
    """Both, with the pattern turned along the arm; drawn before the body, which covers where they join."""
    points = sleeve_points(kind, shoulder, pit, end)
    tone = tone or look.base
    for side in (-1, 1):
        d = half(*points, (shoulder[0] - 22, pit[1] - 8), (shoulder[0] - 22, shoulder[1] + 2), side=side)
        wall_shadow(sheet, d)
        solid(sheet, d, paint or look.paint(sheet, turn=-side * turn), tone, depth=0.9, rim=18)
        with sheet.within(d):
            _sleeve_folds(sheet, tone, kind, shoulder, pit, end, side)


def _sleeve_folds(sheet: Sheet, tone: str, kind: str, shoulder: Pair, pit: Pair, end: float, side: int) -> None:
    (sx, sy), (px, py) = shoulder, pit

    def line(x: float, y: float, u: float, v: float, width: float, strength: float, bow: float = 0) -> None:
        crease(sheet, tone, (300 + side * x, y), (300 + side * u, v), width, strength, bow * side)

    if kind not in ("cap", "puff"):
        line(px - 4, py - 16, px + 30, py + 16, 20, 0.42, 5)
        line(sx + 4, sy + 16, px + 18, py - 4, 24, 0.22, -6)
    if kind in ("long", "balloon", "bell"):
        line(px + 12, py + 74, px + 52, py + 56, 16, 0.34, -5)
        line(px + 20, py + 104, px + 46, py + 104, 12, 0.26, -4)
        sheet.soft_line(half(*sleeve_points(kind, shoulder, pit, end)[-1:], (px + 10, py + 60, px + 14, py + 100, px + 26, py + 130), side=side, close=False), shades(tone)[0], 22, 0.3)
    if kind == "balloon":
        for shift in (26, 40, 54, 66):
            line(sx + 40 + (shift - 46) * 0.3, sy + end - 12, sx + shift - 6, sy + end - 90, 13, 0.36)
    if kind == "puff":
        for shift, reach in ((8, 52), (22, 46), (37, 44), (50, 50)):
            line(sx + shift, sy + 104, sx + shift + 4, sy + 104 - reach, 13, 0.4)
            line(sx + shift - 4, sy - 4, sx + shift, sy + 36, 11, 0.26)
    if kind == "bell":
        line(sx + 34, sy + 120, sx + 58, sy + 226, 22, 0.36)
        line(sx + 28, sy + 140, sx + 34, sy + 230, 16, 0.3)


def cuff(sheet: Sheet, tone: str, shoulder: Pair, end: float, height: float = 26, knit: bool = True, paint: str = "", reach: tuple[float, float] = (33, 66)) -> None:
    """The band at the end of long sleeves; `reach` is how far from the shoulder it lies."""
    sx, sy = shoulder
    inner, outer = reach
    for side in (-1, 1):
        d = half(
            (sx + inner - 4, sy + end - height + 2), (sx + outer - 5, sy + end - height - 6), (sx + outer - 1, sy + end - 4),
            (sx + outer - 8, sy + end + 2, sx + inner + 10, sy + end + 5, sx + inner, sy + end + 3), side=side,
        )  # fmt: skip
        wall_shadow(sheet, d, 12)
        solid(sheet, d, paint or tone, tone, 0.9, 9)
        if knit:
            x = 300 + side * (sx + (inner + outer) / 2) - (outer - inner) / 2
            ribs(sheet, d, tone, x - 6, outer - inner + 12, sy + end - height - 8, sy + end + 6, 5, lean=side * 2)


def armhole(sheet: Sheet, tone: str, shoulder: Pair, pit: Pair) -> None:
    """The seam where a sleeve was set in."""
    for side in (-1, 1):
        seam(sheet, half((shoulder[0] - 1, shoulder[1] + 2), (shoulder[0] - 8, shoulder[1] + 40, pit[0] - 12, pit[1] - 26, pit[0] - 1, pit[1] - 2), side=side, close=False), tone, 0.5)


def placket(sheet: Sheet, look: Look, top: float, bottom: float, count: int, tone: str, width: float = 22, x: float = 300, r: float = 5) -> None:
    """The buttoned strip down the front."""
    for shift in (-width / 2, width / 2):
        seam(sheet, trace((x + shift, top), (x + shift, bottom), close=False), look.base, 0.45)
    for index in range(count):
        button(sheet, x, top + (bottom - top) * (index + 0.6) / count, r, tone)


def button_tone(look: Look) -> str:
    """Seen on the cloth, and related to the trim."""
    return lighter(look.trim, 0.15) if brightness(look.base) < 0.6 and brightness(look.trim) > 0.3 else darker(look.trim, 0.2) if brightness(look.base) > 0.45 else lighter(look.base, 0.5)


def ribs(sheet: Sheet, d: str, tone: str, x: float, width: float, top: float, bottom: float, step: float = 7, lean: float = 0) -> None:
    """Knitted ribs across a cuff, hem or collar."""
    dark, light = shades(tone)
    with sheet.within(d):
        count = int(width / step) + 2
        lines = " ".join(f"M{x + n * step:.1f} {top:.1f} L{x + n * step + lean:.1f} {bottom:.1f}" for n in range(count))
        sheet.line(lines, dark, step * 0.3, 0.3, cap="butt")
        with sheet.moved(f"translate({step * 0.34:.1f} 0)"):
            sheet.line(lines, light, step * 0.22, 0.24, cap="butt")


def bow(sheet: Sheet, tone: str, x: float, y: float, size: float = 1, tails: bool = True, paint: str = "") -> None:
    """A tied ribbon: two loops, two tails, a knot."""
    if tails:
        for side, length in ((-1, 88), (1, 104)):
            tail = trace((x - 5 * size, y), (x + 5 * size, y), (x + side * 10 * size, y + 40 * size, x + (side * 20 + 8) * size, y + 70 * size, x + (side * 22 + 12) * size, y + length * size), (x + side * 22 * size, y + (length - 8) * size), (x + (side * 22 - 12) * size, y + (length + 5) * size), (x + (side * 16 - 6) * size, y + 60 * size, x + side * 4 * size, y + 30 * size, x - 5 * size, y))
            wall_shadow(sheet, tail, 8)
            solid(sheet, tail, paint or tone, tone, 0.8, 6)
    for side in (-1, 1):
        loop = trace((x, y), (x + side * 18 * size, y - 26 * size, x + side * 50 * size, y - 30 * size, x + side * 54 * size, y - 4 * size), (x + side * 54 * size, y + 20 * size, x + side * 20 * size, y + 20 * size, x, y))
        wall_shadow(sheet, loop, 8)
        solid(sheet, loop, paint or tone, tone, 1, 8)
        with sheet.within(loop):
            crease(sheet, tone, (x, y), (x + side * 36 * size, y - 8 * size), 12 * size, 0.5)
    knot = trace((x - 8 * size, y - 9 * size), (x - 2 * size, y - 12 * size, x + 2 * size, y - 12 * size, x + 8 * size, y - 9 * size), (x + 11 * size, y, x + 11 * size, y + 4 * size, x + 8 * size, y + 10 * size), (x + 2 * size, y + 12 * size, x - 2 * size, y + 12 * size, x - 8 * size, y + 10 * size), (x - 11 * size, y + 4 * size, x - 11 * size, y, x - 8 * size, y - 9 * size))
    solid(sheet, knot, paint or tone, tone, 1, 6)
