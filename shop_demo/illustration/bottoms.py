"""Trousers, jeans and shorts."""

from collections.abc import Callable

from shop_demo.illustration.colours import brightness, darker, lighter, mix
from shop_demo.illustration.details import details
from shop_demo.illustration.garment import bow, button_tone
from shop_demo.illustration.legs import Cut, framing, leg, legs, measured, pockets, waist, waistband
from shop_demo.illustration.look import (
    Look,
    background,
    button,
    crease,
    framed,
    seam,
    shades,
    solid,
    stitch,
    wall_shadow,
)
from shop_demo.illustration.svg import Point, Sheet, box, circle, half, trace


def trousers(sheet: Sheet, look: Look) -> None:
    facts = details("trousers", look)
    background(sheet, look)
    cut = measured(look, facts)
    with framing(sheet, cut):
        legs(sheet, look, cut, look.paint(sheet), look.base)
        _pressed(sheet, look, cut, facts["waist"])
        if look.style == "sporty":
            _side_stripes(sheet, look, cut)
        pockets(sheet, look, cut, facts["pockets"])
        waist(sheet, look, cut, facts["waist"])


def _pressed(sheet: Sheet, look: Look, cut: Cut, waist: str) -> None:
    dark, light = shades(look.base)
    if waist not in ("drawstring", "tie"):
        for side in (-1, 1):
            line = half((cut.waist * 0.54, cut.top + 20), (cut.hip * 0.52, cut.fork, 12 + cut.knee_width * 0.55, cut.knee - 60, 12 + cut.apart + cut.knee_width * 0.52, cut.knee), (cut.inner + cut.hem_width * 0.5, cut.knee + 70, cut.inner + cut.hem_width * 0.5, cut.hem - 60, cut.inner + cut.hem_width * 0.5, cut.hem + 4), side=side, close=False)
            sheet.soft_line(line, dark, 12, 0.2, dx=4)
            sheet.line(line, light, 2, 0.4)
    if waist == "pleated":
        for side in (-1, 1):
            for shift in (0.36, 0.56):
                crease(sheet, look.base, (300 + side * cut.waist * shift, cut.top + 16), (300 + side * (cut.waist * shift + 8), cut.top + 90), 14, 0.5)


def _side_stripes(sheet: Sheet, look: Look, cut: Cut) -> None:
    points = leg(cut)[1:5]
    for side in (-1, 1):
        with sheet.within(half(*leg(cut), side=side)):
            for shift, width in ((9, 7), (21, 5)):
                sheet.line(half(*[tuple(v - shift if n % 2 == 0 else v for n, v in enumerate(p)) for p in points], side=side, close=False), look.trim, width, cap="butt")


def jeans(sheet: Sheet, look: Look) -> None:
    facts = details("jeans", look)
    background(sheet, look)
    cut = measured(look, facts)
    with framing(sheet, cut):
        paint = _twill(sheet, look)
        legs(sheet, look, cut, paint, look.base)
        for side in (-1, 1):
            with sheet.within(half(*leg(cut), side=side)):
                _wash(sheet, look, cut, facts["finish"], side)
                _jeans_hem(sheet, look, cut, facts["hem"], side)
        _denim_seams(sheet, look, cut)
        waistband(sheet, cut, paint, look.base)
        for x in (-0.86, -0.4, 0.4, 0.86):
            solid(sheet, box(296 + x * cut.waist, cut.top - 9, 8, 30, 2), paint, look.base, 0.8, 4)
        button(sheet, 302, cut.top + 7, 6.5, "#b98a4e")


def _twill(sheet: Sheet, look: Look) -> str:
    """Denim: fine diagonals; a pattern, where the look has one, is printed on it."""
    if look.pattern != "plain":
        return look.paint(sheet)
    dark, light = darker(look.base, 0.18), lighter(look.base, 0.16)
    lines = f'<rect width="6" height="6" fill="{look.base}"/><path d="M-1 3L3 -1M2 7L7 2" stroke="{dark}" stroke-width="1.1"/><path d="M-1 6L6 -1" stroke="{light}" stroke-width=".8"/>'
    name = sheet.define("pattern", 'patternUnits="userSpaceOnUse" width="6" height="6"', lines)
    return f"url(#{name})"


def _wash(sheet: Sheet, look: Look, cut: Cut, finish: str, side: int) -> None:
    x = 300 + side * (14 + cut.apart * 0.6 + cut.knee_width * 0.52)
    if finish != "clean":
        pale = lighter(look.base, 0.55)
        glow = sheet.radial((0, pale, 0.6), (0.6, pale, 0.26), (1, pale, 0))
        with sheet.moved(f"translate({x:.1f} {cut.fork + 66:.1f}) scale({cut.knee_width * 0.42:.1f} 120)"):
            sheet.fill(circle(0, 0, 1), glow)
    if finish == "ripped":
        _rip(sheet, look, x, cut.knee - 10, 19 if side > 0 else 15)
    if finish == "patched" and side > 0:
        d = trace((x - 22, cut.knee - 30), (x + 20, cut.knee - 34), (x + 24, cut.knee + 16), (x - 18, cut.knee + 20))
        solid(sheet, d, look.trim, look.trim, 0.6, 8)
        stitch(sheet, d, look.accent, 0.8)


def _rip(sheet: Sheet, look: Look, x: float, y: float, r: float) -> None:
    d = trace((x - r, y), (x - r * 0.4, y - 13, x + r * 0.5, y - 12, x + r, y - 1), (x + r * 0.4, y + 12, x - r * 0.5, y + 13, x - r, y))
    sheet.fill(d, darker(look.base, 0.6))
    with sheet.within(d):
        for n in range(6):
            sheet.line(trace((x - r, y - 11 + n * 4.4), (x, y - 8 + n * 4.4, x, y - 12 + n * 4.4, x + r, y - 10 + n * 4.4), close=False), mix(lighter(look.base, 0.8), "#ffffff", 0.3), 1.8, 0.95)
    sheet.line(d, lighter(look.base, 0.6), 1.8, 0.9, dash="3 2")


def _jeans_hem(sheet: Sheet, look: Look, cut: Cut, hem: str, side: int) -> None:
    if hem == "rolled":
        d = half((cut.inner - 8, cut.hem - 30), (cut.outer + 8, cut.hem - 34), (cut.outer + 8, cut.hem + 12), (cut.inner - 8, cut.hem + 12), side=side)
        pale = lighter(look.base, 0.4)
        sheet.soft_line(half((cut.inner - 8, cut.hem - 32), (cut.outer + 8, cut.hem - 36), side=side, close=False), shades(look.base)[0], 10, 0.4, dy=-2)
        solid(sheet, d, pale, pale, 0.9, 10)
        seam(sheet, half((cut.inner - 8, cut.hem - 14), (cut.outer + 8, cut.hem - 18), side=side, close=False), pale, 0.6)
    elif hem == "raw":
        n = cut.inner
        while n < cut.outer:
            sheet.line(half((n, cut.hem - 7), (n + look.between(-1, 1), cut.hem + 8), side=side, close=False), lighter(look.base, 0.7), 1.5, 0.85)
            n += 3.2
    else:
        thread(sheet, look, half((cut.inner - 4, cut.hem - 12), (cut.outer + 4, cut.hem - 17), side=side, close=False))


def thread(sheet: Sheet, look: Look, d: str) -> None:
    """Jeans are sewn in a colour that shows."""
    tone = "#d9a04e" if brightness(look.base) < 0.62 and look.colour not in ("mustard", "camel", "rust", "terracotta") else darker(look.base, 0.4)
    seam(sheet, d, look.base, 0.4)
    sheet.line(d, tone, 1.7, 0.9, dash="5 2.6", cap="butt")


def _denim_seams(sheet: Sheet, look: Look, cut: Cut) -> None:
    for side in (-1, 1):
        scoop = half((cut.waist * 0.5, cut.top + 20), (cut.waist * 0.52, cut.top + 56, cut.waist * 0.8, cut.top + 70, cut.waist + 18, cut.top + 72), side=side, close=False)
        sheet.soft_line(scoop, shades(look.base)[0], 9, 0.3, dy=3)
        thread(sheet, look, scoop)
        seam(sheet, half((cut.waist + 4, cut.top + 70), (cut.hip - 10, cut.top + 110, cut.hip - 10, cut.fork, 4 + cut.apart + cut.knee_width, cut.knee), (cut.outer - 9, cut.knee + 70, cut.outer - 9, cut.hem - 90, cut.outer - 9, cut.hem - 6), side=side, close=False), look.base, 0.3)
    thread(sheet, look, trace((318, cut.top + 20), (318, cut.top + 84), (314, cut.top + 110, 308, cut.top + 118, 302, cut.top + 122), close=False))
    thread(sheet, look, trace((304, cut.top + 20), (304, cut.fork - 4), close=False))
    for x in (-cut.waist * 0.5 - 3, cut.waist * 0.5 + 3, -cut.waist - 3, cut.waist + 3):
        sheet.fill(circle(300 + x, cut.top + (28 if abs(x) < cut.waist else 74), 2.4), "#b98a4e")


def shorts(sheet: Sheet, look: Look) -> None:
    facts = details("shorts", look)
    background(sheet, look)
    end = {"short": 270.0, "mid-thigh": 312.0, "bermuda": 376.0}[facts["length"]] + look.between(-8, 8)
    wide = {"chino": 88.0, "pleated": 100.0, "drawstring": 96.0, "cargo": 98.0, "paperbag": 104.0}[facts["cut"]] + look.between(-4, 4)
    cut = Cut(look.between(70, 76), 104 + (wide - 88) * 0.5, 90, 226, end, wide, wide + 4, look.between(8, 16))
    with framed(sheet, 300 - cut.outer - 6, cut.top - 26, 300 + cut.outer + 6, cut.hem + 12):
        _short_legs(sheet, look, cut, facts)
        pockets(sheet, look, cut, "slant" if facts["cut"] != "cargo" else "side")
        if facts["cut"] == "cargo":
            _cargo(sheet, look, cut)
        if facts["cut"] == "paperbag":
            _paperbag(sheet, look, cut)
        else:
            waist(sheet, look, cut, {"chino": "belted", "pleated": "pleated", "cargo": "flat"}.get(facts["cut"], "drawstring"))


def _short_leg(cut: Cut) -> list[Point]:
    return [
        (0, cut.top), (cut.waist, cut.top - 6), (cut.waist + 12, cut.top + 44, cut.hip, cut.top + 74, cut.hip + 2, cut.top + 116), (cut.outer, cut.hem - 6),
        (cut.outer - cut.hem_width * 0.3, cut.hem + 7, cut.inner + cut.hem_width * 0.3, cut.hem + 9, cut.inner, cut.hem + 6), (0, cut.fork),
    ]  # fmt: skip


def _short_legs(sheet: Sheet, look: Look, cut: Cut, facts: dict[str, str]) -> None:
    points = _short_leg(cut)
    for side in (-1, 1):
        wall_shadow(sheet, half(*points, side=side))
    for side in (-1, 1):
        d = half(*points, side=side)
        solid(sheet, d, look.paint(sheet), look.base, 0.85, 22)
        with sheet.within(d):
            crease(sheet, look.base, (300 + side * 2, cut.fork - 10), (300 + side * cut.hip * 0.64, cut.fork - 40), 24, 0.34, -side * 6)
            crease(sheet, look.base, (300 + side * cut.hip * 0.55, cut.top + 30), (300 + side * (cut.inner + cut.hem_width * 0.55), cut.hem + 8), 26, 0.3, side * 6, open_end=True)
            if facts["cut"] in ("pleated", "paperbag"):
                for shift in (0.3, 0.56):
                    crease(sheet, look.base, (300 + side * cut.waist * shift, cut.top + 16), (300 + side * cut.waist * (shift + 0.2), cut.top + 116), 17, 0.5)
            if facts["hem"] == "rolled":
                fold = half((cut.inner - 4, cut.hem - 20), (cut.outer + 4, cut.hem - 34), (cut.outer + 8, cut.hem + 14), (cut.inner - 8, cut.hem + 14), side=side)
                solid(sheet, fold, look.paint(sheet, turn=3 * side), look.base, 0.9, 8)
            elif look.style == "sporty":
                sheet.line(half((cut.outer - 3, cut.hem - 10), (cut.hip - 4, cut.top + 90), (cut.waist + 2, cut.top + 10), side=side, close=False), look.trim, 13, cap="butt")
            else:
                stitch(sheet, half((cut.inner - 4, cut.hem - 10), (cut.outer + 4, cut.hem - 22), side=side, close=False), look.base, 0.5)
    seam(sheet, trace((300, cut.top), (302, cut.fork - 40), (300, cut.fork), close=False), look.base, 0.7)


def _cargo(sheet: Sheet, look: Look, cut: Cut) -> None:
    y = max(cut.fork - 22, cut.hem - 130)
    for side in (-1, 1):
        x = cut.outer - 24
        d = half((x - 46, y + 10), (x + 8, y), (x + 14, y + 66), (x - 42, y + 74), side=side)
        sheet.soft_line(d, shades(look.base)[0], 9, 0.3, dy=3)
        solid(sheet, d, look.paint(sheet), look.base, 0.6, 8)
        flap = half((x - 48, y + 8), (x + 10, y - 3), (x + 13, y + 20), (x - 18, y + 33), (x - 46, y + 28), side=side)
        solid(sheet, flap, look.paint(sheet), look.base, 0.9, 8)
        button(sheet, 300 + side * (x - 17), y + 21, 4, button_tone(look))


def _paperbag(sheet: Sheet, look: Look, cut: Cut) -> None:
    tone = look.base
    steps: list[Point] = [(-cut.waist - 6, cut.top - 22)]
    for n in range(6):
        x = -cut.waist - 6 + (n + 1) * (cut.waist + 6) / 3
        steps.append((x - 20, cut.top - 30, x - 6, cut.top - 16, x, cut.top - 22))
    frill = half(*steps, (cut.waist, cut.top + 8), (-cut.waist, cut.top + 8))
    solid(sheet, frill, look.paint(sheet), tone, 1, 12)
    for n in range(-6, 7):
        crease(sheet, tone, (300 + n / 6.4 * cut.waist, cut.top + 6), (300 + n / 6.2 * cut.waist, cut.top - 20), 11, 0.5)
    belt = darker(look.trim if look.pattern == "plain" and look.style in ("boho", "retro") else tone, 0.08)
    d = half((-cut.waist, cut.top), (0, cut.top + 4), (cut.waist, cut.top), (cut.waist + 2, cut.top + 18), (0, cut.top + 23), (-cut.waist - 2, cut.top + 18))
    solid(sheet, d, belt, belt, 0.9, 7)
    bow(sheet, belt, 300, cut.top + 12, 0.9)


FORMS: dict[str, Callable[[Sheet, Look], None]] = {"trousers": trousers, "jeans": jeans, "shorts": shorts}
