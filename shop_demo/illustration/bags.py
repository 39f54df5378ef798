"""Handbags, totes and backpacks."""

from collections.abc import Callable

from shop_demo.illustration.colours import COLOURS, brightness, darker, lighter
from shop_demo.illustration.details import details
from shop_demo.illustration.look import (
    Look,
    background,
    crease,
    framed,
    ground_shadow,
    seam,
    shades,
    solid,
    stitch,
    wall_shadow,
)
from shop_demo.illustration.packs import backpack
from shop_demo.illustration.prints import printed
from shop_demo.illustration.svg import Point, Sheet, box, circle, ellipse, half, mirrored, trace

FLOOR = 470.0
GOLD, PALE_GOLD = "#b98f45", "#f3dc9f"


def handbag(sheet: Sheet, look: Look) -> None:
    facts = details("handbag", look)
    background(sheet, look)
    shape = facts["shape"]
    wide, high = {"trapezoid": (150.0, 190.0), "half-moon": (160.0, 176.0), "box": (132.0, 172.0), "bucket": (120.0, 210.0), "baguette": (172.0, 128.0)}[shape]
    wide, high = wide + look.between(-8, 10), high + look.between(-8, 10)
    top = FLOOR - high
    rise = {"top": 112.0, "shoulder": 190.0, "chain": 176.0}[facts["handle"]]
    with framed(sheet, 300 - wide - 10, top - rise - 14, 300 + wide + 10, FLOOR + 26):
        ground_shadow(sheet, 300, FLOOR, wide * 2)
        _handle(sheet, look, facts["handle"], wide, top, rise)
        outline = _bag(shape, wide, top)
        solid(sheet, outline, look.paint(sheet), look.base, 1, 30)
        with sheet.within(outline):
            sheet.soft_line(trace((300 - wide * 0.7, top + 40), (300 - wide * 0.78, top + high * 0.6, 300 - wide * 0.74, FLOOR - 50, 300 - wide * 0.7, FLOOR - 30), close=False), "#ffffff", 30, 0.24)
            _piping(sheet, look, shape, wide, top)
        CLOSURES[facts["closure"]](sheet, look, wide, top, high)


def _bag(shape: str, wide: float, top: float) -> str:
    if shape == "trapezoid":
        return mirrored((0, top), (wide * 0.74, top), (wide * 0.8, top, wide * 0.82, top + 8, wide * 0.83, top + 14), (wide * 0.9, top + 80, wide * 0.96, FLOOR - 60, wide, FLOOR - 18), (wide, FLOOR - 4, wide * 0.96, FLOOR, wide * 0.9, FLOOR), (0, FLOOR))
    if shape == "half-moon":
        return mirrored((0, top + 34), (wide * 0.5, top + 34, wide * 0.8, top + 16, wide * 0.9, top - 2), (wide * 0.98, top - 6, wide * 1.02, top + 10, wide, top + 24), (wide * 0.98, FLOOR - 60, wide * 0.6, FLOOR + 2, 0, FLOOR + 2))
    if shape == "bucket":
        return mirrored((0, top + 10), (wide * 0.5, top + 4, wide * 0.8, top - 6, wide * 0.92, top - 12), (wide * 0.88, top + 30, wide * 0.82, top + 50, wide * 0.8, top + 64), (wide * 0.94, top + 110, wide, FLOOR - 70, wide * 0.94, FLOOR - 22), (wide * 0.9, FLOOR - 2, wide * 0.7, FLOOR, 0, FLOOR))
    r = 16 if shape == "box" else 40
    return box(300 - wide, top, wide * 2, FLOOR - top, r)


def _piping(sheet: Sheet, look: Look, shape: str, wide: float, top: float) -> None:
    if shape == "trapezoid":
        for side in (-1, 1):
            seam(sheet, half((wide * 0.7, top), (wide * 0.74, top + 80, wide * 0.8, FLOOR - 60, wide * 0.82, FLOOR), side=side, close=False), look.base, 0.6)
        stitch(sheet, trace((300 - wide, FLOOR - 14), (300 + wide, FLOOR - 14), close=False), look.base, 0.5)
    elif shape == "bucket":
        for n in (-0.6, -0.25, 0.12, 0.46, 0.72):
            crease(sheet, look.base, (300 + n * wide, top + 62), (300 + n * wide * 1.2, top + 150), 20, 0.44)
            crease(sheet, look.base, (300 + n * wide, top + 58), (300 + n * wide * 1.12, top - 4), 18, 0.44)
    elif shape == "half-moon":
        stitch(sheet, half((-wide * 0.9, top + 12), (-wide * 0.5, top + 48, wide * 0.5, top + 48, wide * 0.9, top + 12), close=False), look.base, 0.5)
        for side in (-1, 1):
            crease(sheet, look.base, (300 + side * wide * 0.94, top + 30), (300 + side * wide * 0.5, FLOOR - 30), 26, 0.3, side * 16)
    else:
        stitch(sheet, box(300 - wide + 9, top + 9, wide * 2 - 18, FLOOR - top - 18, 12 if shape == "box" else 32), look.base, 0.5)


def _handle(sheet: Sheet, look: Look, kind: str, wide: float, top: float, rise: float) -> None:
    reach = wide * (0.46 if kind == "top" else 0.76)
    arc = half((-reach, top + 26), (-reach, top - rise * 1.25, reach, top - rise * 1.25, reach, top + 26), close=False)
    wall_shadow_line(sheet, arc)
    if kind == "chain":
        sheet.line(arc, "#7d5e2a", 10)
        sheet.line(arc, GOLD, 8, dash="9 5")
        sheet.line(arc, PALE_GOLD, 3, dash="5 9")
    else:
        strap(sheet, look, arc, 17 if kind == "top" else 13)
    for side in (-1, 1):
        sheet.line(circle(300 + side * reach, top + 6, 9), GOLD, 4.4)


def wall_shadow_line(sheet: Sheet, arc: str) -> None:
    sheet.soft_line(arc, "#2a2220", 26, 0.2, dx=6, dy=10)


def strap(sheet: Sheet, look: Look, d: str, width: float, tone: str = "") -> None:
    tone = tone or (darker(look.base, 0.08) if look.pattern == "plain" else darker(look.trim, 0.08))
    sheet.line(d, darker(tone, 0.5), width + 2.4)
    sheet.line(d, tone, width)
    sheet.line(d, lighter(tone, 0.35), width * 0.34, 0.5)
    stitch(sheet, d, tone, 0.5)


def _flap(sheet: Sheet, look: Look, wide: float, top: float, high: float) -> None:
    drop = high * look.between(0.5, 0.62)
    w = wide * (0.86 if wide < 165 else 0.96)
    style = look.rng.choice(("round", "envelope", "straight"))
    if style == "envelope":
        d = mirrored((0, top - 4), (w, top - 4), (w + 4, top + 14), (w * 0.3, top + drop - 8, 14, top + drop, 0, top + drop))
    elif style == "round":
        d = mirrored((0, top - 4), (w, top - 4), (w + 6, top + drop * 0.7, w * 0.8, top + drop, w * 0.5, top + drop), (0, top + drop))
    else:
        d = mirrored((0, top - 4), (w, top - 4), (w + 4, top + drop - 24), (w + 4, top + drop - 6, w - 4, top + drop, w - 20, top + drop), (0, top + drop))
    wall_shadow(sheet, d, 18)
    second = look.pattern != "plain" or look.style in ("retro", "boho")
    tone = look.trim if second and look.style == "retro" else look.base
    solid(sheet, d, tone if look.pattern == "plain" or tone != look.base else look.paint(sheet), tone, 0.9, 20)
    with sheet.within(d):
        sheet.line(d, darker(tone, 0.4), 16, 0.12)
    lock = box(284, top + drop - 22, 32, 28, 7)
    solid(sheet, lock, GOLD, GOLD, 1, 8)
    sheet.fill(circle(300, top + drop - 8, 4), darker(GOLD, 0.5))


def _zip_top(sheet: Sheet, look: Look, wide: float, top: float, high: float) -> None:
    y = top + 26 if wide < 150 else top + 50
    if wide > 150 and high > 150:
        line = half((-wide * 0.82, top + 24), (-wide * 0.5, top + 58, wide * 0.5, top + 58, wide * 0.82, top + 24), close=False)
        end = (300 + wide * 0.82, top + 24)
    else:
        line, end = trace((300 - wide * 0.78, y), (300 + wide * 0.78, y), close=False), (300 + wide * 0.78, y)
    for paint, width, dash in ((darker(look.base, 0.5), 11.0, ""), (GOLD, 5.0, "2.4 2")):
        sheet.line(line, paint, width, dash=dash, cap="butt")
    _tassel(sheet, look, end[0] - 6, end[1] + 2)


def _tassel(sheet: Sheet, look: Look, x: float, y: float) -> None:
    tone = darker(look.accent, 0.1) if look.style in ("boho", "romantic", "retro") else darker(look.base, 0.2)
    sheet.line(circle(x, y + 6, 6), GOLD, 3.4)
    d = trace((x - 6, y + 16), (x + 6, y + 16), (x + 12, y + 60), (x - 12, y + 60))
    wall_shadow(sheet, d, 8)
    solid(sheet, d, tone, tone, 1, 6)
    for n in range(5):
        sheet.line(trace((x - 4 + n * 2, y + 22), (x - 9 + n * 4.5, y + 60), close=False), shades(tone)[0], 1.1, 0.5)


def _clasp(sheet: Sheet, look: Look, wide: float, top: float, high: float) -> None:
    w = wide * 0.8
    frame = box(300 - w, top - 9, w * 2, 17, 8)
    solid(sheet, frame, GOLD, GOLD, 1, 8)
    sheet.line(trace((300 - w + 8, top - 3), (300 + w - 8, top - 3), close=False), PALE_GOLD, 2.4, 0.9)
    for side in (-1, 1):
        solid(sheet, circle(300 + side * 6, top - 14, 9), PALE_GOLD, GOLD, 1, 6)


def _cinch(sheet: Sheet, look: Look, wide: float, top: float, high: float) -> None:
    tone = darker(look.trim, 0.1)
    line = half((-wide * 0.8, top + 62), (-wide * 0.4, top + 74, wide * 0.4, top + 74, wide * 0.8, top + 62), close=False)
    sheet.line(line, darker(tone, 0.5), 7.4)
    sheet.line(line, tone, 5.4)
    for side in (-1, 1):
        cord = half((6, top + 72), (10, top + 100, 24, top + 110, 20, top + 140), side=side, close=False)
        sheet.line(cord, darker(tone, 0.5), 7)
        sheet.line(cord, tone, 5)
        _tassel(sheet, look, 300 + side * 20, top + 132)


CLOSURES: dict[str, Callable[[Sheet, Look, float, float, float], None]] = {"flap": _flap, "zip": _zip_top, "clasp": _clasp, "drawstring": _cinch}


def tote(sheet: Sheet, look: Look) -> None:
    facts = details("tote", look)
    background(sheet, look)
    wide, high = look.between(142, 158), look.between(268, 300)
    top, rise = FLOOR - high, 176.0 if facts["handles"] == "long" else 104.0
    with framed(sheet, 300 - wide - 8, top - rise, 300 + wide + 8, FLOOR + 24):
        ground_shadow(sheet, 300, FLOOR, wide * 1.9)
        leather = facts["material"] == "leather"
        tone = look.trim if look.pattern != "plain" or look.style in ("retro", "boho", "sporty") else COLOURS["camel"] if not leather and brightness(look.base) > 0.3 else darker(look.base, 0.14)
        _tote_strap(sheet, look, tone, wide, top, rise, back=True)
        body = mirrored((0, top + 6), (wide * 0.5, top + 6, wide * 0.8, top + 2, wide, top - 4), (wide + 3, top + 100, wide - 4, FLOOR - 90, wide - 10, FLOOR - 10), (wide - 14, FLOOR, wide - 20, FLOOR + 2, wide - 30, FLOOR + 2), (0, FLOOR + 4))
        mouth = mirrored((0, top - 8), (wide * 0.5, top - 8, wide * 0.8, top - 6, wide, top - 4), (wide * 0.8, top + 2, wide * 0.5, top + 6, 0, top + 6))
        sheet.fill(mouth, darker(look.base, 0.5))
        solid(sheet, body, look.paint(sheet), look.base, 1, 30)
        with sheet.within(body):
            _tote_cloth(sheet, look, facts, wide, top, tone)
        _tote_front(sheet, look, facts.get("front", ""), top, tone)
        _tote_strap(sheet, look, tone, wide, top, rise, back=False)


def _tote_strap(sheet: Sheet, look: Look, tone: str, wide: float, top: float, rise: float, back: bool) -> None:
    reach, low = wide * 0.5, 10.0 if back else 66.0
    lift = -10 if back else 0
    arc = half((-reach, top + low), (-reach, top - 20), (-reach + 4, top - rise * 1.2 + lift, reach - 4, top - rise * 1.2 + lift, reach, top - 20), (reach, top + low), close=False)
    if back:
        wall_shadow_line(sheet, arc)
    strap(sheet, look, arc, 16, darker(tone, 0.25) if back else tone)
    if not back:
        for side in (-1, 1):
            sheet.line(half((reach - 6, top + 44), (reach + 6, top + 60), side=side, close=False), darker(tone, 0.5), 1.4, 0.7)
            sheet.line(half((reach + 6, top + 44), (reach - 6, top + 60), side=side, close=False), darker(tone, 0.5), 1.4, 0.7)


def _tote_cloth(sheet: Sheet, look: Look, facts: dict[str, str], wide: float, top: float, tone: str) -> None:
    if facts.get("front") == "colour-block":
        y = FLOOR - look.between(90, 130)
        solid(sheet, box(300 - wide - 20, y, wide * 2 + 40, 200), tone, tone, 0.6, 10)
        seam(sheet, trace((300 - wide - 10, y), (300 + wide + 10, y), close=False), tone, 0.6)
    if facts["material"] == "woven":
        _woven(sheet, look)
    elif facts["material"] == "canvas":
        dark, light = shades(look.base)
        name = sheet.define("pattern", 'patternUnits="userSpaceOnUse" width="4" height="4"', f'<path d="M0 1H4" stroke="{dark}" stroke-opacity=".12"/><path d="M1 0V4" stroke="{light}" stroke-opacity=".14"/>')
        sheet.fill(box(100, top - 20, 400, 400), f"url(#{name})")
    else:
        sheet.soft_line(trace((300 - wide * 0.74, top + 30), (300 - wide * 0.8, FLOOR - 60), close=False), "#ffffff", 34, 0.26)
    crease(sheet, look.base, (300 - wide * 0.5, top + 66), (300 - wide * 0.66, FLOOR - 40), 26, 0.24, 10)
    crease(sheet, look.base, (300 + wide * 0.5, top + 66), (300 + wide * 0.2, FLOOR - 60), 26, 0.22, -14)
    crease(sheet, look.base, (300 + wide, FLOOR - 120), (300 + wide * 0.5, FLOOR - 30), 24, 0.24, 10)
    stitch(sheet, half((-wide, top + 16), (-wide * 0.5, top + 26, wide * 0.5, top + 26, wide, top + 16), close=False), look.base, 0.5)


def _woven(sheet: Sheet, look: Look) -> None:
    dark, light = shades(look.base)
    weave = f'<path d="M0 6q6 -6 12 0t12 0" stroke="{dark}" stroke-opacity=".4" stroke-width="2" fill="none"/><path d="M0 8q6 -6 12 0t12 0" stroke="{light}" stroke-opacity=".45" stroke-width="2" fill="none"/><path d="M12 0V12M0 0V12" stroke="{dark}" stroke-opacity=".16"/>'
    name = sheet.define("pattern", 'patternUnits="userSpaceOnUse" width="24" height="12"', weave)
    sheet.fill(box(100, 60, 400, 440), f"url(#{name})")


def _tote_front(sheet: Sheet, look: Look, front: str, top: float, tone: str) -> None:
    if front.endswith("print"):
        printed(sheet, look, front, 300, top + 164, look.between(62, 76))
    elif front == "pocket":
        d: list[Point] = [(0, top + 110), (72, top + 110), (70, FLOOR - 58), (68, FLOOR - 48, 62, FLOOR - 46, 56, FLOOR - 46), (0, FLOOR - 46)]
        outline = mirrored(*d)
        sheet.soft_line(outline, shades(look.base)[0], 10, 0.3, dy=3)
        solid(sheet, outline, look.paint(sheet) if look.pattern != "plain" else lighter(look.base, 0.05), look.base, 0.6, 10)
        stitch(sheet, trace((228, top + 122), (372, top + 122), close=False), look.base, 0.6)
        solid(sheet, ellipse(300, top + 112, 7, 7), GOLD, GOLD, 1, 4)
    elif not front:
        label = box(278, top + 80, 44, 30, 3)
        solid(sheet, label, tone, tone, 0.6, 5)
        stitch(sheet, box(281, top + 83, 38, 24, 2), tone, 0.6)


FORMS: dict[str, Callable[[Sheet, Look], None]] = {"handbag": handbag, "tote": tote, "backpack": backpack}
