"""Scarves and sunglasses; headwear lies in `hats`, watches in `watches`."""

from collections.abc import Callable
from math import cos, pi, sin

from shop_demo.illustration.colours import darker, lighter, mix
from shop_demo.illustration.details import details
from shop_demo.illustration.hats import beanie, hat
from shop_demo.illustration.look import (
    Look,
    background,
    crease,
    framed,
    shades,
    solid,
    stitch,
    wall_shadow,
)
from shop_demo.illustration.svg import Point, Sheet, box, circle, ellipse, half, trace
from shop_demo.illustration.watches import watch


def scarf(sheet: Sheet, look: Look) -> None:
    facts = details("scarf", look)
    background(sheet, look)
    if facts["fold"] == "square":
        with framed(sheet, 128, 128, 472, 472):
            _square(sheet, look)
        return
    with framed(sheet, 190, 70, 410, 540):
        (_looped if facts["fold"] == "looped" else _hanging)(sheet, look, facts["ends"])


def _end(sheet: Sheet, look: Look, top: float, bottom: float, x: float, u: float, width: float, ends: str, turn: float) -> None:
    """One hanging length, from (x, top) to (u, bottom)."""
    d = trace((x - width * 0.42, top), (x + width * 0.42, top), (x + width * 0.5, top + 80, u + width * 0.5, bottom - 120, u + width * 0.54, bottom), (u - width * 0.54, bottom + 4), (u - width * 0.52, bottom - 120, x - width * 0.48, top + 80, x - width * 0.42, top))
    _ends(sheet, look, ends, u, bottom, width)
    wall_shadow(sheet, d, 26)
    solid(sheet, d, look.paint(sheet, turn=turn), look.base, 1, 22)
    with sheet.within(d):
        for n in (-0.28, 0.06, 0.32):
            crease(sheet, look.base, (x + n * width * 0.8, top + 10), (u + n * width, bottom - 20), 20, 0.34, 4 * n)
        for y in (bottom - 46, bottom - 30) if look.pattern == "plain" and look.style != "minimal" else ():
            sheet.line(trace((u - width, y), (u + width, y - 2), close=False), look.trim, 8, cap="butt")


def _ends(sheet: Sheet, look: Look, ends: str, x: float, y: float, width: float) -> None:
    if ends == "fringed":
        n = x - width * 0.5
        while n <= x + width * 0.5:
            sway = look.between(-4, 4)
            for paint, size in ((darker(look.base, 0.4), 3.6), (lighter(look.base, 0.12), 2.2)):
                sheet.line(trace((n, y - 4), (n, y + 12, n + sway, y + 18, n + sway, y + 34), close=False), paint, size)
            n += 5.6
    elif ends == "tasselled":
        for n in range(4):
            u = x - width * 0.42 + n * width * 0.28
            tone = look.trim if n % 2 else look.base
            d = trace((u - 4, y), (u + 4, y), (u + 9, y + 34), (u - 9, y + 34))
            solid(sheet, d, tone, tone, 1, 5)
            sheet.fill(circle(u, y + 6, 6.5), darker(tone, 0.1))


def _looped(sheet: Sheet, look: Look, ends: str) -> None:
    width = look.between(76, 88)
    _end(sheet, look, 210, 440, 330, 352 + look.between(-8, 8), width, ends, 3)
    _end(sheet, look, 200, 486, 276, 256 + look.between(-10, 8), width, ends, -3)
    back = trace((212, 160), (216, 80, 384, 80, 388, 160), (380, 200, 220, 200, 212, 160))
    wall_shadow(sheet, back, 24)
    solid(sheet, back, darker(look.base, 0.3), look.base, 0.8, 18)
    front = trace((204, 150), (226, 132, 238, 150, 246, 170), (270, 204, 330, 204, 354, 170), (362, 150, 376, 132, 396, 150), (418, 210, 378, 282, 300, 284), (222, 282, 182, 210, 204, 150))
    wall_shadow(sheet, front, 26)
    solid(sheet, front, look.paint(sheet, turn=78), look.base, 1, 26)
    with sheet.within(front):
        for n in (0.25, 0.5, 0.78):
            line = trace((204 + 40 * n, 152), (206 + 30 * n, 262 - 60 * n, 260, 282 - 70 * n + 22, 300, 282 - 70 * n + 14), (340, 282 - 70 * n + 22, 394 - 30 * n, 262 - 60 * n, 396 - 40 * n, 152), close=False)
            sheet.soft_line(line, shades(look.base)[0], 16, 0.36, dy=4)
            sheet.soft_line(line, shades(look.base)[1], 10, 0.3, dy=-7)


def _hanging(sheet: Sheet, look: Look, ends: str) -> None:
    width = look.between(80, 92)
    _end(sheet, look, 150, 480, 348, 352, width, ends, 2)
    _end(sheet, look, 150, 440 + look.between(-20, 30), 254, 248, width, ends, -2)
    neck = trace((206, 172), (200, 96, 252, 74, 300, 74), (348, 74, 400, 96, 394, 172), (370, 190, 340, 180, 318, 172), (318, 150, 312, 130, 300, 130), (288, 130, 282, 150, 284, 172), (262, 182, 230, 190, 206, 172))
    wall_shadow(sheet, neck, 22)
    solid(sheet, neck, look.paint(sheet, turn=-20), look.base, 1, 24)
    with sheet.within(neck):
        for n in (0.3, 0.62):
            sheet.soft_line(trace((206 + 70 * n, 176), (206 + 60 * n, 96 + 40 * n, 260 + 10 * n, 74 + 44 * n, 300, 76 + 44 * n), (340 - 10 * n, 74 + 44 * n, 394 - 60 * n, 96 + 40 * n, 394 - 70 * n, 176), close=False), shades(look.base)[0], 16, 0.36)


def _square(sheet: Sheet, look: Look) -> None:
    """A silk square, folded once, its border in the second colour."""
    with sheet.moved(f"rotate({look.between(-12, 9):.1f} 300 300)"):
        back = box(152, 140, 300, 300, 5)
        wall_shadow(sheet, back, 30)
        solid(sheet, back, look.trim, look.trim, 0.8, 14)
        front = trace((140, 152), (436, 146), (444, 450), (146, 456))
        wall_shadow(sheet, front, 20)
        solid(sheet, front, look.trim, look.trim, 0.8, 12)
        field = trace((164, 176), (412, 171), (419, 427), (170, 432))
        solid(sheet, field, look.paint(sheet), look.base, 0.9, 24)
        sheet.line(field, look.accent, 5)
        with sheet.within(front):
            if look.pattern == "plain":
                _medallion(sheet, look)
            crease(sheet, look.base, (160, 200), (420, 402), 50, 0.26, 20)
            crease(sheet, look.base, (300, 150), (250, 452), 46, 0.24, -14)
        stitch(sheet, trace((145, 157), (431, 151), (439, 445), (151, 451)), look.trim, 0.5)


def _medallion(sheet: Sheet, look: Look) -> None:
    count = look.rng.choice((8, 10, 12))
    for radius, paint, size in ((92, look.trim, 15), (62, look.accent, 11), (36, look.trim, 8)):
        for n in range(count):
            a = 2 * pi * n / count
            with sheet.moved(f"translate({292 + radius * cos(a):.1f} {301 + radius * sin(a):.1f}) rotate({a * 180 / pi:.1f})"):
                sheet.fill(ellipse(0, 0, size * 1.5, size * 0.72), paint)
    sheet.fill(circle(292, 301, 12), look.accent)


def _lens(frame: str) -> list[Point]:
    """The right lens, from its inner upper corner round; x counts from the middle."""
    lenses: dict[str, list[Point]] = {
        "round": [(28, 300), (28, 250, 62, 226, 102, 226), (144, 226, 176, 256, 176, 300), (176, 346, 144, 376, 102, 376), (60, 376, 28, 346, 28, 300)],
        "cat-eye": [(24, 268), (50, 246, 130, 236, 196, 220), (204, 250, 192, 318, 156, 346), (120, 370, 60, 366, 40, 334), (28, 312, 22, 290, 24, 268)],
        "aviator": [(26, 256), (60, 238, 140, 236, 178, 250), (190, 300, 172, 352, 132, 374), (96, 388, 58, 362, 42, 326), (32, 302, 26, 280, 26, 256)],
        "square": [(28, 248), (80, 236, 140, 236, 182, 244), (188, 280, 184, 326, 172, 350), (140, 366, 72, 366, 44, 350), (32, 320, 26, 280, 28, 248)],
        "oversized": [(22, 250), (40, 220, 150, 214, 194, 236), (206, 280, 200, 350, 160, 384), (120, 402, 60, 396, 36, 352), (24, 320, 18, 280, 22, 250)],
        "hexagonal": [(30, 296), (62, 236), (142, 232), (182, 288), (150, 366), (66, 368)],
    }
    return lenses[frame]


def sunglasses(sheet: Sheet, look: Look) -> None:
    facts = details("sunglasses", look)
    background(sheet, look)
    points = _lens(facts["frame"])
    thick = {"aviator": 7.0, "round": 11.0, "hexagonal": 7.0, "cat-eye": 19.0, "square": 19.0, "oversized": 17.0}[facts["frame"]] + look.between(-1, 3)
    with framed(sheet, 88, 190, 512, 410, margin=48, most=1.2):
        for side in (-1, 1):
            arm = half((180, 250), (196, 300, 120, 336, -70, 340), side=side, close=False)
            _wire(sheet, look, arm, max(7.0, thick * 0.5), 0.3)
        for side in (-1, 1):
            _glass(sheet, look, facts["lenses"], half(*points, side=side), thick)
        _bridge(sheet, look, facts["frame"], thick)
        for side in (-1, 1):
            d = half(*points, side=side)
            _wire(sheet, look, d, thick, 0.0)
            if thick > 14:
                sheet.fill(ellipse(300 + side * 176, 252, 4, 2.4), "#e8d9a8")


def _glass(sheet: Sheet, look: Look, lenses: str, d: str, thick: float) -> None:
    wall_shadow(sheet, d, 44)
    tint = {"dark": "#2a2b30", "gradient": mix("#3a332f", look.base, 0.2), "tinted": darker(mix(look.accent, look.base, 0.5), 0.3)}[lenses]
    low = 0.42 if lenses == "gradient" else 0.9 if lenses == "dark" else 0.62
    sheet.fill(d, "#ffffff", 0.5)
    sheet.fill(d, sheet.linear((0, tint, 0.95 if lenses != "tinted" else 0.82), (1, tint, low), line=(0, 0, 0, 1)))
    with sheet.within(d):
        for shift, width in ((-30, 26), (12, 9)):
            for x in (198, 402):
                sheet.line(trace((x + shift + 50, 200), (x + shift - 40, 420), close=False), "#ffffff", width, 0.17, cap="butt")
        sheet.soft_line(d, "#000000", thick * 2.6, 0.3)


def _bridge(sheet: Sheet, look: Look, frame: str, thick: float) -> None:
    if frame == "aviator":
        for height, lift in ((246, 6), (276, 14)):
            _wire(sheet, look, half((-34, height), (-14, height - lift, 14, height - lift, 34, height), close=False), thick, 0)
        return
    y = {"round": 282.0, "hexagonal": 274.0, "cat-eye": 268.0}.get(frame, 262.0)
    reach = 34.0 if frame in ("round", "hexagonal") else 26.0
    _wire(sheet, look, half((-reach, y), (-14, y - 18, 14, y - 18, reach, y), close=False), thick + 1, 0)


def _wire(sheet: Sheet, look: Look, d: str, width: float, shade: float) -> None:
    """Metal or acetate: a dark edge, the colour or its pattern, a light along the top."""
    tone = darker(look.base, shade)
    paint = tone if shade or look.pattern == "plain" else look.paint(sheet, scale=0.5)
    sheet.line(d, darker(tone, 0.5), width + 2)
    sheet.line(d, paint, width)
    with sheet.moved(f"translate({-width * 0.1:.1f} {-width * 0.18:.1f})"):
        sheet.line(d, lighter(tone, 0.6), width * 0.24, 0.6)


FORMS: dict[str, Callable[[Sheet, Look], None]] = {"hat": hat, "beanie": beanie, "scarf": scarf, "sunglasses": sunglasses, "watch": watch}
