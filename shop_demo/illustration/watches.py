"""Watches."""

from collections.abc import Callable
from math import cos, pi, sin

from shop_demo.illustration.colours import COLOURS, INK, brightness, darker, lighter
from shop_demo.illustration.details import details
from shop_demo.illustration.look import Look, background, framed, solid, stitch, wall_shadow
from shop_demo.illustration.svg import Sheet, box, circle, trace

METALS = {"gold": ("#c29a4e", "#f6e3ae"), "steel": ("#9aa0a8", "#eef1f4"), "rose gold": ("#c98f78", "#f6d9cb")}


def watch(sheet: Sheet, look: Look) -> None:
    facts = details("watch", look)
    background(sheet, look)
    metal, shine = METALS["steel" if facts["strap"] in ("steel",) and look.style != "retro" else look.rng.choice(sorted(METALS))]
    r = look.between(84, 98)
    with framed(sheet, 180, 40, 420, 560, margin=40):
        _band(sheet, look, facts["strap"], metal, shine, r)
        corner = {"round": r, "square": r * 0.2, "cushion": r * 0.56}[facts["case"]]
        solid(sheet, box(300 + r - 4, 288, 17, 24, 5), metal, metal, 1, 5)
        case = box(300 - r, 300 - r, 2 * r, 2 * r, corner)
        wall_shadow(sheet, case, 40)
        sheet.fill(case, sheet.linear((0, shine, 1), (0.45, metal, 1), (0.6, shine, 1), (1, darker(metal, 0.35), 1), line=(0, 0, 1, 1)))
        sheet.line(case, darker(metal, 0.5), 1.4, 0.7)
        inner = r - 11
        face = box(300 - inner, 300 - inner, 2 * inner, 2 * inner, max(4, corner - 11))
        dial = look.base if facts["strap"] in ("steel", "mesh") else COLOURS["white"] if look.style in ("classic", "romantic") else look.trim
        solid(sheet, face, dial, dial, 0.5, 12)
        with sheet.within(face):
            _dial(sheet, look, facts["dial"], inner, dial)
        sheet.line(face, darker(metal, 0.4), 2, 0.8)
        with sheet.within(face):
            sheet.fill(trace((300 - inner, 300 - inner), (300 + inner * 0.2, 300 - inner), (300 - inner, 300 + inner * 0.5)), "#ffffff", 0.12)


def _band(sheet: Sheet, look: Look, kind: str, metal: str, shine: str, r: float) -> None:
    wide = r * 0.58
    tone = metal if kind in ("steel", "mesh") else look.base
    for side in (-1, 1):
        y, v = 300 + side * (r - 14), 300 + side * 256
        d = trace((300 - wide, y), (300 + wide, y), (300 + wide * 0.98, y + side * 60, 300 + wide * 0.86, v - side * 60, 300 + wide * 0.8, v - side * 8), (300 + wide * 0.7, v), (300 - wide * 0.7, v), (300 - wide * 0.8, v - side * 8), (300 - wide * 0.86, v - side * 60, 300 - wide * 0.98, y + side * 60, 300 - wide, y))
        wall_shadow(sheet, d, 30)
        solid(sheet, d, look.paint(sheet, scale=0.6) if tone == look.base else tone, tone, 1, 22)
        with sheet.within(d):
            BANDS[kind](sheet, look, wide, y, v, side, metal, shine)
        lugs = box(300 - wide - 5, min(y - side * 6, y + side * 14), 2 * wide + 10, 20, 4)
        sheet.fill(lugs, sheet.linear((0, shine, 1), (0.5, metal, 1), (1, darker(metal, 0.4), 1)))


def _leather(sheet: Sheet, look: Look, wide: float, y: float, v: float, side: int, metal: str, shine: str) -> None:
    for x in (-0.78, 0.78):
        stitch(sheet, trace((300 + x * wide, y), (300 + x * wide * 0.84, v), close=False), look.base, 0.75)
    if side > 0:
        for n in range(4):
            sheet.fill(circle(300, v - 30 - n * 24, 4), darker(look.base, 0.6), 0.85)
    else:
        sheet.line(trace((300 - wide, v + 64), (300 + wide, v + 64), close=False), darker(look.base, 0.3), 15, 0.6, cap="butt")
        sheet.line(box(300 - wide * 0.74, v + 3, wide * 1.48, 26, 6), metal, 8)


def _steel(sheet: Sheet, look: Look, wide: float, y: float, v: float, side: int, metal: str, shine: str) -> None:
    n = y + side * 10
    while abs(n - y) < abs(v - y):
        sheet.line(trace((300 - wide, n), (300 + wide, n), close=False), darker(metal, 0.55), 2.4, 0.8)
        sheet.line(trace((300 - wide, n + 3), (300 + wide, n + 3), close=False), shine, 2, 0.8)
        n += side * 19
    for x in (-0.36, 0.36):
        sheet.line(trace((300 + x * wide, y), (300 + x * wide * 0.84, v), close=False), darker(metal, 0.5), 2, 0.7)
    sheet.soft_line(trace((300, y), (300, v), close=False), shine, wide * 0.5, 0.6)


def _textile(sheet: Sheet, look: Look, wide: float, y: float, v: float, side: int, metal: str, shine: str) -> None:
    for x, tone, width in ((0.0, look.trim, 0.3), (-0.36, look.accent, 0.09), (0.36, look.accent, 0.09)):
        sheet.line(trace((300 + x * wide, y), (300 + x * wide * 0.84, v), close=False), tone, wide * width * 1.6, cap="butt")
    n = y
    while abs(n - y) < abs(v - y):
        sheet.line(trace((300 - wide, n), (300 + wide, n), close=False), INK, 1, 0.16)
        n += side * 4
    if side < 0:
        sheet.line(box(300 - wide * 0.74, v + 3, wide * 1.48, 26, 6), metal, 8)


def _mesh(sheet: Sheet, look: Look, wide: float, y: float, v: float, side: int, metal: str, shine: str) -> None:
    name = sheet.define("pattern", 'patternUnits="userSpaceOnUse" width="6" height="5"', f'<path d="M0 2.5L3 0L6 2.5L3 5Z" fill="none" stroke="{darker(metal, 0.5)}" stroke-width="1" stroke-opacity=".6"/>')
    sheet.fill(box(200, min(y, v), 200, abs(v - y)), f"url(#{name})")
    sheet.soft_line(trace((300 - wide * 0.3, y), (300 - wide * 0.26, v), close=False), shine, wide * 0.7, 0.6)


BANDS: dict[str, Callable[[Sheet, Look, float, float, float, int, str, str], None]] = {"leather": _leather, "steel": _steel, "textile": _textile, "mesh": _mesh}


def _dial(sheet: Sheet, look: Look, kind: str, r: float, dial: str) -> None:
    ink = darker(dial, 0.8) if brightness(dial) > 0.5 else lighter(dial, 0.85)
    accent = look.accent if abs(brightness(look.accent) - brightness(dial)) > 0.2 else COLOURS["coral"]
    if kind == "numeral":
        _numerals(sheet, ink, r)
    elif kind != "bare":
        for n in range(60 if kind == "chronograph" else 12):
            a = n * 2 * pi / (60 if kind == "chronograph" else 12)
            hour = kind != "chronograph" or n % 5 == 0
            _ray(sheet, a, r * (0.74 if hour else 0.86), r * 0.92, ink, 4.4 if hour else 1.4)
    else:
        for n in range(4):
            _ray(sheet, n * pi / 2, r * 0.84, r * 0.92, ink, 3)
    if kind == "chronograph":
        for x, y in ((-0.36, 0.06), (0.36, 0.06), (0, 0.42)):
            sheet.fill(circle(300 + x * r, 300 + y * r, r * 0.19), darker(dial, 0.22) if brightness(dial) > 0.5 else lighter(dial, 0.16))
            sheet.line(circle(300 + x * r, 300 + y * r, r * 0.19), ink, 1.2, 0.7)
            sheet.line(trace((300 + x * r, 300 + y * r), (300 + x * r + r * 0.08, 300 + y * r - r * 0.1), close=False), accent, 2)
    _ray(sheet, -pi / 2 - pi / 3 + 0.09, -r * 0.1, r * 0.5, ink, 6.4)
    _ray(sheet, -pi / 2 + pi / 3, -r * 0.12, r * 0.74, ink, 4.6)
    _ray(sheet, pi / 2 + look.between(-0.6, 0.6), -r * 0.2, r * 0.78, accent, 1.8)
    sheet.fill(circle(300, 300, 5.4), accent)


def _ray(sheet: Sheet, a: float, start: float, end: float, tone: str, width: float) -> None:
    sheet.line(trace((300 + start * cos(a), 300 + start * sin(a)), (300 + end * cos(a), 300 + end * sin(a)), close=False), tone, width)


NUMERALS = {
    12: "M-9 -7V7 M-3 -4Q0 -9 4 -6Q7 -2 -3 7H6", 3: "M-4 -6Q4 -9 4 -4Q4 0 -1 0Q5 0 5 4Q4 9 -5 6", 6: "M4 -7Q-5 -5 -5 3Q-4 8 0 7Q5 7 5 3Q4 -2 -4 1", 9: "M-4 7Q5 5 5 -3Q4 -8 0 -7Q-5 -7 -5 -3Q-4 2 4 -1",
}  # fmt: skip
"""Drawn, not set, so that the picture needs no font."""


def _numerals(sheet: Sheet, ink: str, r: float) -> None:
    for n in range(1, 13):
        a = n * pi / 6 - pi / 2
        if n in NUMERALS:
            with sheet.moved(f"translate({300 + r * 0.72 * cos(a):.1f} {300 + r * 0.72 * sin(a):.1f}) scale({r * 0.016:.2f})"):
                sheet.line(NUMERALS[n], ink, 2.4)
        else:
            _ray(sheet, a, r * 0.8, r * 0.9, ink, 3)
