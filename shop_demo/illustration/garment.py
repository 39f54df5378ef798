"""Parts that several garments share: openings, sleeves, rows of buttons."""

from shop_demo.illustration.colours import darker
from shop_demo.illustration.look import Look, button, fold, seam, shades, solid, wall_shadow
from shop_demo.illustration.svg import Point, Sheet, half, mirrored, trace

NECKS: dict[str, float] = {"round": 34, "crew": 24, "v": 84, "deep v": 120, "square": 52, "boat": 16, "straps": 60}
"""How far below the shoulders each opening reaches."""


def neckline(neck: str, width: float, top: float) -> list[Point]:
    """From the middle of the opening up to the right shoulder."""
    depth = NECKS[neck]
    if neck in ("v", "deep v"):
        return [(0, top + depth), (width * 0.25, top + depth * 0.6, width * 0.8, top + depth * 0.3, width, top)]
    if neck in ("square", "straps"):
        return [(0, top + depth), (width - 6, top + depth), (width, top)]
    return [(0, top + depth), (width * 0.6, top + depth, width * 0.94, top + depth * 0.55, width, top)]


def inside(sheet: Sheet, look: Look, width: float, top: float, depth: float) -> None:
    """The inner back that shows through the opening."""
    d = mirrored((0, top - 2), (width * 0.5, top - 2, width * 0.9, top - 3, width, top - 6), (width + 4, top + depth), (0, top + depth + 6))
    sheet.fill(d, darker(look.base, 0.36))
    sheet.line(half((-width, top - 4), (-width * 0.6, top + 8, width * 0.6, top + 8, width, top - 4), close=False), darker(look.base, 0.5), 2)


def sleeve_points(kind: str, shoulder: tuple[float, float], pit: tuple[float, float], flare: float = 0) -> list[Point]:
    """From the shoulder's tip round the hem to the armpit."""
    (sx, sy), (px, py) = shoulder, pit
    if kind == "cap":
        return [(sx, sy), (sx + 16, sy + 6, sx + 26, sy + 26, sx + 24, sy + 44), (px, py)]
    if kind == "short":
        return [(sx, sy), (sx + 20, sy + 8, sx + 42, sy + 60, sx + 52, sy + 92), (sx + 34, sy + 102, sx + 18, sy + 106, sx + 4, sy + 106), (px, py)]
    if kind == "puff":
        return [
            (sx, sy), (sx + 44, sy - 10, sx + 72, sy + 40, sx + 54, sy + 92),
            (sx + 40, sy + 104, sx + 22, sy + 106, sx + 8, sy + 100), (px, py),
        ]
    if kind == "bell":
        return [
            (sx, sy), (sx + 24, sy + 10, sx + 46, sy + 90, sx + 92, sy + 210),
            (sx + 70, sy + 226, sx + 34, sy + 228, sx + 18, sy + 218), (sx + 18, sy + 150, px + 8, py + 40, px, py),
        ]
    if kind == "elbow":
        return [(sx, sy), (sx + 22, sy + 8, sx + 46, sy + 80, sx + 66, sy + 148), (sx + 50, sy + 158, sx + 34, sy + 162, sx + 20, sy + 160), (px, py)]
    end = 262 + flare
    return [
        (sx, sy), (sx + 26, sy + 10, sx + 50, sy + 110, sx + 76, sy + end - 10),
        (sx + 62, sy + end, sx + 50, sy + end + 4, sx + 38, sy + end + 2), (sx + 22, sy + 180, px + 8, py + 40, px, py),
    ]


def sleeves(sheet: Sheet, look: Look, kind: str, shoulder: tuple[float, float], pit: tuple[float, float], turn: float = 14) -> None:
    """Both, with the pattern turned along the arm."""
    points = sleeve_points(kind, shoulder, pit)
    for side in (-1, 1):
        d = half(*points, side=side)
        wall_shadow(sheet, d)
        solid(sheet, d, look.paint(sheet, turn=-side * turn), look.base, depth=0.9, rim=18)
        (sx, sy), (px, py) = shoulder, pit
        with sheet.within(d):
            fold(sheet, half((px - 4, py - 14), (px + 18, py + 4, px + 26, py + 14, px + 40, py + 12), side=side, close=False), look.base, 12, 0.35)
            if kind in ("long", "bell"):
                fold(sheet, half((px + 24, py + 60), (px + 40, py + 66, px + 48, py + 62, px + 62, py + 52), side=side, close=False), look.base, 10, 0.25)
            if kind == "puff":
                for shift in (14, 28, 42):
                    fold(sheet, half((sx + shift, sy + 104), (sx + shift + 4, sy + 84, sx + shift + 2, sy + 70, sx + shift - 4, sy + 56), side=side, close=False), look.base, 6, 0.3)


def placket(sheet: Sheet, look: Look, top: float, bottom: float, count: int, tone: str, width: float = 22, x: float = 300) -> None:
    """The buttoned strip down the front."""
    for shift in (-width / 2, width / 2):
        seam(sheet, trace((x + shift, top), (x + shift, bottom), close=False), look.base, 0.4)
    for index in range(count):
        button(sheet, x, top + (bottom - top) * (index + 0.6) / count, 5, tone)


def ribs(sheet: Sheet, d: str, tone: str, x: float, width: float, top: float, bottom: float, step: float = 7, lean: float = 0) -> None:
    """Knitted ribs across a cuff, hem or collar."""
    dark, light = shades(tone)
    with sheet.within(d):
        count = int(width / step) + 2
        lines = " ".join(f"M{x + n * step:.1f} {top:.1f} L{x + n * step + lean:.1f} {bottom:.1f}" for n in range(count))
        sheet.line(lines, dark, 2.2, 0.26, cap="butt")
        with sheet.moved("translate(2.4 0)"):
            sheet.line(lines, light, 1.6, 0.2, cap="butt")
