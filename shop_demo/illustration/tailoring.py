"""The parts of coats and jackets: fronts, lapels, pockets, hoods."""

from dataclasses import dataclass
from math import cos, pi, sin

from shop_demo.illustration.colours import COLOURS, brightness, darker, lighter
from shop_demo.illustration.garment import armhole
from shop_demo.illustration.look import Look, seam, shades, solid, wall_shadow
from shop_demo.illustration.svg import Point, Sheet, box, half, mirrored, trace


@dataclass(frozen=True)
class Front:
    """Heights, and half widths of chest, hem and opening."""

    top: float
    hem: float
    chest: float
    wide: float
    opening: float

    @property
    def tip(self) -> tuple[float, float]:
        return self.chest - 8, self.top + 24

    @property
    def pit(self) -> tuple[float, float]:
        return self.chest - 1, self.top + 122


def body_points(front: Front, depth: float) -> list[Point]:
    (px, py), w = front.pit, front.wide
    middle = (front.top + front.hem) / 2 + 20
    return [
        (0, front.top + depth), (front.opening * 0.5, front.top + depth * 0.66, front.opening * 0.9, front.top + depth * 0.3, front.opening, front.top), front.tip,
        (front.chest - 10, front.top + 60, px - 10, py - 20, px, py), (px - 2, py + 60, (px + w) / 2 - 2, middle - 40, (px + w) / 2 + 3, middle), (w - 2, front.hem - 120, w, front.hem - 60, w, front.hem - 5), (w * 0.6, front.hem + 6, w * 0.3, front.hem + 8, 0, front.hem + 8),
    ]  # fmt: skip


def open_front(sheet: Sheet, look: Look, front: Front, depth: float, paint: str = "", tone: str = "") -> str:
    """The body with its lining behind the opening; returns its outline."""
    lining = mirrored((0, front.top - 4), (front.opening, front.top - 10), (front.opening + 4, front.top + depth), (0, front.top + depth + 4))
    sheet.fill(lining, darker(look.trim if look.trim != look.base else look.base, 0.3))
    sheet.fill(lining, sheet.linear((0, "#1d1826", 0.0), (1, "#1d1826", 0.3), line=(0, 0, 0, 1)))
    outline = mirrored(*body_points(front, depth))
    wall_shadow(sheet, outline)
    solid(sheet, outline, paint or look.paint(sheet), tone or look.base, 1, 30)
    armhole(sheet, tone or look.base, front.tip, front.pit)
    return outline


def lapels(sheet: Sheet, look: Look, kind: str, front: Front, depth: float, tone: str = "") -> None:
    o, top = front.opening, front.top
    tone = tone or look.base
    back = mirrored((0, top - 20), (o * 0.6, top - 20, o * 0.9, top - 16, o + 4, top - 8), (o, top + 14), (o * 0.5, top + 6, o * 0.3, top + 6, 0, top + 6))
    solid(sheet, back, darker(tone, 0.12), darker(tone, 0.12), 0.9, 8)
    for side in (-1, 1):
        if kind == "shawl":
            d = half((o * 0.84, top - 17), (o + 24, top - 6, o + 44, top + 60, o + 30, top + 96), (o + 16, top + 134, 20, top + depth - 12, 0, top + depth), (o * 0.4, top + depth * 0.66, o * 0.86, top + depth * 0.3, o * 0.84, top - 17), side=side)
            _leaf(sheet, look, d, tone)
            continue
        lower = half((o + 2, top + 26), (o + 40, top + 50), (o + 36, top + 66), (o + 12, top + depth * 0.66, 12, top + depth - 14, 0, top + depth), (o * 0.4, top + depth * 0.66, o * 0.8, top + depth * 0.4, o + 2, top + 26), side=side)
        upper = half((o * 0.84, top - 18), (o + 14, top - 10), (o + 38, top + 26), (o + 22, top + 42), (o * 0.9, top + 24), (o * 0.9, top + 10, o * 0.84, top, o * 0.84, top - 18), side=side)
        _leaf(sheet, look, lower, tone)
        _leaf(sheet, look, upper, tone)


def _leaf(sheet: Sheet, look: Look, d: str, tone: str) -> None:
    wall_shadow(sheet, d, 14)
    solid(sheet, d, tone if look.pattern == "plain" or tone != look.base else look.paint(sheet, turn=8), tone, 0.9, 12)


def pocket_flap(sheet: Sheet, look: Look, front: Front, y: float, kind: str, side: int) -> None:
    x = front.chest * 0.58
    if kind == "welt":
        d = half((x - 26, y + 14), (x + 24, y - 14), (x + 28, y), (x - 22, y + 29), side=side)
    elif kind == "flap":
        d = half((x - 32, y + 2), (x + 30, y - 3), (x + 31, y + 22), (x, y + 26, x - 20, y + 27, x - 31, y + 26), side=side)
    elif kind == "patch":
        d = half((x - 32, y), (x + 30, y - 3), (x + 32, y + 56), (x + 30, y + 66, x + 24, y + 68, x + 18, y + 68), (x - 20, y + 70), (x - 30, y + 69, x - 33, y + 64, x - 33, y + 58), side=side)
    else:
        _zip(sheet, 300 + side * (x - 18), y + 20, 300 + side * (x + 18), y - 16)
        return
    sheet.soft_line(d, shades(look.base)[0], 10, 0.34, dy=4)
    solid(sheet, d, look.paint(sheet), look.base, 0.8, 9)


def _zip(sheet: Sheet, x: float, y: float, u: float, v: float) -> None:
    sheet.line(trace((x, y), (u, v), close=False), "#55585f", 6, cap="butt")
    sheet.line(trace((x, y), (u, v), close=False), "#d3d6db", 2.6, dash="1.6 1.8", cap="butt")
    sheet.fill(box(u - 4, v - 2, 8, 15, 3), "#b9bcc2")


def zipper(sheet: Sheet, x: float, top: float, bottom: float, u: float = 0) -> None:
    """The long one of a front; its lower end may lie elsewhere (`u`)."""
    end = u or x
    for paint, width, dash in (("#4a4d54", 8.0, ""), ("#d3d6db", 3.6, "1.8 2")):
        sheet.line(trace((x, top), (end, bottom), close=False), paint, width, dash=dash, cap="butt")
    sheet.fill(box(x - 5, top + 4, 10, 24, 4), "#c4c7cd")
    sheet.line(box(x - 5, top + 4, 10, 24, 4), "#3b3d42", 0.8, 0.6)


def fur_hood(sheet: Sheet, look: Look, front: Front, fluffy: bool) -> None:
    """A hood that lies back round the neck."""
    o, top = front.opening, front.top
    hood = mirrored((0, top - 58), (o * 0.8, top - 60, o + 30, top - 34, o + 30, top + 8), (o + 30, top + 40, o * 0.6, top + 52, 0, top + 64))
    wall_shadow(sheet, hood, 16)
    solid(sheet, hood, look.paint(sheet), look.base, 1, 18)
    inner = mirrored((0, top - 36), (o * 0.6, top - 38, o + 6, top - 18, o + 6, top + 6), (o + 4, top + 26, o * 0.5, top + 40, 0, top + 46))
    fill = darker(look.trim if look.trim != look.base else look.base, 0.32)
    sheet.fill(inner, fill)
    sheet.fill(inner, sheet.linear((0, "#1d1826", 0.4), (0.7, "#1d1826", 0), line=(0, 0, 0, 1)))
    if fluffy:
        _fur(sheet, look, o, top)
    else:
        seam(sheet, inner, look.base, 0.6)
        for side in (-1, 1):
            sheet.line(half((12, top + 52), (14, top + 80, 10, top + 100, 16, top + 122), side=side, close=False), lighter(look.trim, 0.2), 4)


def _fur(sheet: Sheet, look: Look, o: float, top: float) -> None:
    tone = COLOURS["ivory"] if brightness(look.base) < 0.7 else COLOURS["camel"]
    for radius, paint, width in ((1.06, darker(tone, 0.22), 17), (0.98, darker(tone, 0.06), 15), (0.9, lighter(tone, 0.35), 9)):
        tufts = []
        for n in range(60):
            a = 2 * pi * n / 60
            x, y = 300 + (o + 17) * radius * cos(a), top + 4 + 46 * radius * sin(a)
            turn = look.between(-0.9, 0.9)
            tufts.append(f"M{x:.1f} {y:.1f} l{5 * cos(a + turn):.1f} {5 * sin(a + turn):.1f}")
        sheet.line(" ".join(tufts), paint, width)


def quilted(sheet: Sheet, tone: str, front: Front, step: float) -> None:
    dark, light = shades(tone)
    y = front.top + 56
    while y < front.hem - 20:
        line = half((-front.wide - 12, y - 6), (-front.wide * 0.4, y + 6, front.wide * 0.4, y + 6, front.wide + 12, y - 6), close=False)
        sheet.soft_line(line, dark, step * 0.5, 0.5, dy=-step * 0.1)
        sheet.soft_line(line, light, step * 0.44, 0.5, dy=step * 0.4)
        sheet.line(line, dark, 1.6, 0.6)
        y += step
