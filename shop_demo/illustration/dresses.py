"""Dresses and skirts."""

from collections.abc import Callable
from dataclasses import dataclass

from shop_demo.illustration.colours import brightness, darker, lighter
from shop_demo.illustration.details import details
from shop_demo.illustration.garment import (
    NECKS,
    armhole,
    bow,
    button_tone,
    hem_line,
    inside,
    neckline,
    placket,
    sleeves,
)
from shop_demo.illustration.look import Look, background, button, crease, framed, seam, shades, solid, wall_shadow
from shop_demo.illustration.svg import Sheet, box, half, mirrored, trace

LENGTHS = {"mini": 412.0, "knee": 462.0, "midi": 516.0, "maxi": 580.0}
FLARES = {"A-line": 0.5, "full": 0.95, "straight": 0.06, "tiered": 0.8, "wrap": 0.5}


@dataclass(frozen=True)
class Skirt:
    """The part below the waist: half widths at waist and hem."""

    waist: float
    hem: float
    narrow: float
    wide: float
    flare: float


def dress(sheet: Sheet, look: Look) -> None:
    facts = details("dress", look)
    background(sheet, look)
    neck, sleeve, detail = facts["neckline"], facts.get("sleeves", ""), facts.get("detail", "")
    top, shoulder = 62.0, look.between(76, 86)
    lower = _lower(look, facts)
    opening = shoulder - look.between(24, 30) if neck in ("square", "boat", "sweetheart", "strappy") else look.between(32, 42)
    strap = 9 if neck == "strappy" else 20
    tip = (shoulder, top + 16) if sleeve else (opening + strap, top + 5)
    pit = (lower.narrow + 16, top + 98)
    reach = {"": 100, "cap": 112, "short": 140, "puff": 150, "bell": 182, "elbow-length": 156, "long": 158}[sleeve]
    side = max(lower.wide, reach)
    with framed(sheet, 300 - side, top - 6, 300 + side, lower.hem + 12):
        _body(sheet, look, facts, lower, opening, top, tip, pit)
        if detail == "collar":
            _collar(sheet, look, opening, top)
        if detail in ("belt", "bow"):
            _belt(sheet, look, lower.waist, lower.narrow, tie=detail == "bow")


def _lower(look: Look, facts: dict[str, str]) -> Skirt:
    narrow = look.between(50, 58) if facts["skirt"] != "straight" else look.between(62, 68)
    flare = min(1.0, FLARES[facts["skirt"]] + look.between(-0.06, 0.06))
    hem = LENGTHS[facts["length"]] + look.between(-12, 12)
    return Skirt(look.between(218, 240), hem, narrow, 80 + flare * (60 + (hem - 380) * 0.45), flare)


def _body(sheet: Sheet, look: Look, facts: dict[str, str], lower: Skirt, opening: float, top: float, tip: tuple[float, float], pit: tuple[float, float]) -> None:
    neck, sleeve = facts["neckline"], facts.get("sleeves", "")
    hip = lower.narrow + 14 + 30 * lower.flare
    body = mirrored(
        *neckline(neck, opening, top), tip, (tip[0] - 5, top + 46, pit[0] - 11, pit[1] - 22, *pit), (pit[0] - 3, pit[1] + 40, lower.narrow, lower.waist - 30, lower.narrow, lower.waist),
        (lower.narrow + 5, lower.waist + 34, hip, lower.waist + 60, lower.wide, lower.hem - 12), *hem_line(lower.wide, lower.hem - 12, 8 + 12 * lower.flare, 3 + round(lower.flare * 3), 1.5 + 4.5 * lower.flare),
    )  # fmt: skip
    inside(sheet, look, opening, top, NECKS[neck])
    if sleeve:
        sleeves(sheet, look, sleeve, tip, pit, end=236)
    wall_shadow(sheet, body)
    solid(sheet, body, look.paint(sheet), look.base)
    if sleeve:
        armhole(sheet, look.base, tip, pit)
    with sheet.within(body):
        _drape(sheet, look, lower)
        _bust(sheet, look, facts, lower, top, pit)
        _cut(sheet, look, facts["skirt"], lower, opening, top)
        _finish(sheet, look, facts.get("detail", ""), lower, top + NECKS[neck])
    edge = half(*neckline(neck, opening - 1.5, top + 6), close=False), half(*neckline(neck, opening - 1.5, top + 6), side=-1, close=False)
    with sheet.within(body):
        for d in edge:
            seam(sheet, d, look.base, 0.4)


def _drape(sheet: Sheet, look: Look, lower: Skirt) -> None:
    """Folds that fall from the waist; the fuller the skirt, the deeper they are."""
    for part in (-0.86, -0.6, -0.3, -0.02, 0.24, 0.52, 0.8) if lower.flare > 0.2 else (-0.7, 0.1, 0.66):
        part += look.between(-0.06, 0.06)
        start = (300 + part * lower.narrow * 0.8, lower.waist + look.between(8, 50 + 40 * (1 - lower.flare)))
        end = (300 + part * lower.wide * 0.97, lower.hem + 12)
        crease(sheet, look.base, start, end, 14 + 26 * lower.flare + look.between(-3, 5), 0.22 + 0.3 * lower.flare, part * 8, open_end=True)


def _bust(sheet: Sheet, look: Look, facts: dict[str, str], lower: Skirt, top: float, pit: tuple[float, float]) -> None:
    for side in (-1, 1):
        crease(sheet, look.base, (300 + side * pit[0], pit[1] + 18), (300 + side * (pit[0] - 38), pit[1] + 8), 14, 0.3)
        crease(sheet, look.base, (300 + side * lower.narrow, lower.waist - 8), (300 + side * (lower.narrow - 30), lower.waist - 42), 16, 0.3, side * 4)
        if facts["skirt"] != "wrap":
            seam(sheet, half((lower.narrow * 0.6, pit[1] + 26), (lower.narrow * 0.56, lower.waist - 40, lower.narrow * 0.54, lower.waist - 20, lower.narrow * 0.54, lower.waist - 2), side=side, close=False), look.base, 0.32)
    if facts["skirt"] in ("full", "A-line", "tiered"):
        waist = half((-lower.narrow - 4, lower.waist - 4), (-lower.narrow * 0.4, lower.waist + 3, lower.narrow * 0.4, lower.waist + 3, lower.narrow + 4, lower.waist - 4), close=False)
        sheet.soft_line(waist, shades(look.base)[0], 14, 0.26, dy=5)
        seam(sheet, waist, look.base, 0.5)


def _cut(sheet: Sheet, look: Look, cut: str, lower: Skirt, opening: float, top: float) -> None:
    if cut == "tiered":
        _tiers(sheet, look, lower)
    if cut == "wrap":
        if opening:
            front = half((opening * 0.06, top + NECKS["V"] - 2), (-lower.narrow * 0.2, top + 116, -lower.narrow * 0.6, lower.waist - 30, -lower.narrow, lower.waist - 4), close=False)
            sheet.soft_line(front, shades(look.base)[0], 14, 0.4, dy=4)
            seam(sheet, front, look.base, 0.7)
        edge = trace((300 - lower.narrow * 0.5, lower.waist), (306, lower.waist + 80, 300 + lower.wide * 0.2, lower.hem - 130, 300 + lower.wide * 0.42, lower.hem + 12), close=False)
        sheet.soft_line(edge, shades(look.base)[0], 20, 0.45, dx=7)
        seam(sheet, edge, look.base, 0.7)


def _tiers(sheet: Sheet, look: Look, lower: Skirt) -> None:
    for part in (0.36, 0.69):
        y = lower.waist + (lower.hem - lower.waist) * part
        reach = lower.narrow + (lower.wide - lower.narrow) * part
        curve = half((-reach - 14, y - 8), (-reach * 0.4, y + 13, reach * 0.4, y + 13, reach + 14, y - 8), close=False)
        sheet.soft_line(curve, shades(look.base)[0], 24, 0.34, dy=9)
        seam(sheet, curve, look.base, 0.7)
        for n in range(-8, 9):
            x = 300 + (n + look.between(-0.25, 0.25)) / 8 * reach
            sag = 12 * (1 - (n / 8) ** 2) - 6
            crease(sheet, look.base, (x, y + sag), (x + n * 1.1, y + sag + look.between(28, 46)), 11, 0.42)


def _finish(sheet: Sheet, look: Look, detail: str, lower: Skirt, top: float) -> None:
    if detail == "button":
        placket(sheet, look, top, lower.hem + 16, 8, button_tone(look), r=5.5)
    elif detail == "contrast hem":
        curve = half((-lower.wide - 20, lower.hem - 32), (-lower.wide * 0.4, lower.hem - 6, lower.wide * 0.4, lower.hem - 6, lower.wide + 20, lower.hem - 32), close=False)
        sheet.line(curve, look.trim, 13, cap="butt")
        sheet.line(curve, darker(look.trim, 0.4), 13, 0.12, cap="butt")
        with sheet.moved("translate(0 -15)"):
            sheet.line(curve, look.trim, 3.4, cap="butt")


def _collar(sheet: Sheet, look: Look, opening: float, top: float) -> None:
    tone = look.trim if look.style in ("retro", "romantic") else look.base
    for side in (-1, 1):
        d = half((opening - 4, top - 5), (opening + 12, top - 2, opening + 22, top + 8, opening + 25, top + 18), (opening + 24, top + 40, opening + 8, top + 58, opening - 8, top + 62), (opening - 22, top + 62, 6, top + 54, 1, top + 37), (opening * 0.6, top + 36, opening * 0.84, top + 18, opening - 4, top - 5), side=side)
        wall_shadow(sheet, d, 8)
        solid(sheet, d, lighter(tone, 0.1) if tone == look.base else tone, tone, 0.7, 8)


def _belt(sheet: Sheet, look: Look, waist: float, narrow: float, tie: bool) -> None:
    tone = look.base if tie and look.pattern == "plain" else look.trim if brightness(look.trim) < 0.8 else look.accent
    tone = darker(tone, 0.1)
    d = mirrored((0, waist - 8), (narrow * 0.6, waist - 9, narrow, waist - 11, narrow + 3, waist - 13), (narrow + 4, waist + 8), (narrow * 0.6, waist + 12, narrow * 0.3, waist + 13, 0, waist + 13))
    wall_shadow(sheet, d, 9)
    solid(sheet, d, tone, tone, 0.9, 7)
    if tie:
        bow(sheet, tone, 300 - narrow * 0.35, waist + 2, 0.72)
        return
    frame = box(285, waist - 13, 30, 30, 5)
    sheet.line(frame, "#b08b45", 4.5)
    sheet.line(frame, "#f3dc9f", 1.2, 0.8)
    sheet.line(trace((300, waist + 2), (313, waist + 2), close=False), "#d9b768", 3)


SKIRT_LENGTHS = {"mini": 320.0, "knee": 410.0, "midi": 490.0, "maxi": 565.0}
SKIRT_FLARES = {"A-line": 0.5, "pleated": 0.55, "pencil": 0.0, "tiered": 0.75, "wrap": 0.35, "button-through": 0.5, "full": 0.95}


def skirt(sheet: Sheet, look: Look) -> None:
    facts = details("skirt", look)
    background(sheet, look)
    cut, top = facts["cut"], 96.0
    narrow, hem = look.between(70, 78), SKIRT_LENGTHS[facts["length"]] + look.between(-12, 12)
    flare = SKIRT_FLARES[cut] + look.between(0, 0.1)
    lower = Skirt(top + 12, hem, narrow, 104 + flare * (50 + (hem - 300) * 0.42) - (14 if cut == "pencil" else 0), flare)
    with framed(sheet, 300 - lower.wide, top - 20, 300 + lower.wide, hem + 14):
        _skirt_body(sheet, look, cut, lower, top)
        _waistband(sheet, look, cut, top, narrow)


def _skirt_body(sheet: Sheet, look: Look, cut: str, lower: Skirt, top: float) -> None:
    hip = 108 if cut == "pencil" else lower.narrow + 22 + 24 * lower.flare
    waves = 9 if cut == "pleated" else 3 + round(lower.flare * 3)
    body = mirrored((0, top + 6), (lower.narrow, top), (hip - 2, top + 50, hip if cut == "pencil" else lower.wide - 30, lower.hem - 190 if cut == "pencil" else lower.hem - 120, lower.wide, lower.hem - 12), *hem_line(lower.wide, lower.hem - 12, 8 + 12 * lower.flare, waves, 2.5 if cut == "pleated" else 1.5 + 4 * lower.flare))
    wall_shadow(sheet, body)
    solid(sheet, body, look.paint(sheet), look.base)
    with sheet.within(body):
        if cut == "pleated":
            _pleats(sheet, look, lower, top)
            return
        _drape(sheet, look, lower)
        _cut(sheet, look, cut, lower, 0, top)
        if cut == "button-through":
            placket(sheet, look, top + 14, lower.hem + 22, 6, button_tone(look), 30, r=7)
            _pockets(sheet, look, top, lower)
        if cut == "pencil":
            seam(sheet, trace((300 + lower.wide * 0.45, lower.hem - 90), (300 + lower.wide * 0.47, lower.hem + 20), close=False), look.base, 0.7)
            for side in (-1, 1):
                seam(sheet, half((lower.narrow * 0.5, top + 14), (lower.narrow * 0.54, top + 80), side=side, close=False), look.base, 0.4)
        if look.style == "sporty":
            for shift in (16, 30):
                for side in (-1, 1):
                    sheet.line(half((lower.narrow - shift + 10, top), (hip - shift, top + 60, lower.wide - 30 - shift, lower.hem - 120, lower.wide - shift, lower.hem + 10), side=side, close=False), look.trim, 6, cap="butt")


def _pleats(sheet: Sheet, look: Look, lower: Skirt, top: float) -> None:
    dark, light = shades(look.base)
    for index in range(-8, 9):
        part = index / 8.5
        x, u = 300 + part * lower.narrow, 300 + part * lower.wide
        width = lower.wide / 8.5
        strip = trace((x, top), (u, lower.hem + 16), (u - width * 0.75, lower.hem + 16), (x, top))
        sheet.fill(strip, sheet.linear((0, dark, 0), (1, dark, 0.4)))
        sheet.line(trace((x, top + 8), (u, lower.hem + 16), close=False), dark, 1.3, 0.55)
        sheet.line(trace((x + 1.6, top + 8), (u + 2.6, lower.hem + 16), close=False), light, 2, 0.4)


def _pockets(sheet: Sheet, look: Look, top: float, lower: Skirt) -> None:
    for side in (-1, 1):
        d = half((34, top + 50), (80, top + 46), (84, top + 106), (60, top + 114), (38, top + 108), side=side)
        solid(sheet, d, look.paint(sheet), look.base, 0.6, 10)
        seam(sheet, half((34, top + 62), (81, top + 58), side=side, close=False), look.base, 0.5)


def _waistband(sheet: Sheet, look: Look, cut: str, top: float, narrow: float) -> None:
    band = mirrored((0, top - 12), (narrow * 0.6, top - 13, narrow - 4, top - 16, narrow, top - 18), (narrow + 4, top + 12), (narrow * 0.6, top + 17, narrow * 0.3, top + 19, 0, top + 19))
    wall_shadow(sheet, band, 8)
    tone = look.trim if look.style == "sporty" else darker(look.base, 0.06)
    solid(sheet, band, tone if look.pattern == "plain" or look.style == "sporty" else look.paint(sheet), tone, depth=0.8, rim=9)
    if cut == "wrap":
        bow(sheet, tone, 300 + narrow * 0.5, top + 4, 0.7)
    elif cut in ("button-through", "A-line"):
        button(sheet, 300, top + 3, 7, button_tone(look))
    elif cut in ("tiered", "full"):
        for n in range(-9, 10):
            crease(sheet, tone, (300 + n / 9.5 * narrow, top - 14), (300 + n / 9.5 * narrow, top + 17), 8, 0.4)


FORMS: dict[str, Callable[[Sheet, Look], None]] = {"dress": dress, "skirt": skirt}
