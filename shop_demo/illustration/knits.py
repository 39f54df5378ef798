"""Sweaters and cardigans."""

from dataclasses import dataclass

from shop_demo.illustration.colours import darker, lighter
from shop_demo.illustration.details import details
from shop_demo.illustration.garment import (
    armhole,
    bow,
    button_tone,
    cuff,
    inside,
    neckline,
    ribs,
    sleeve_points,
    sleeves,
)
from shop_demo.illustration.look import Look, background, button, crease, framed, seam, shades, solid, wall_shadow
from shop_demo.illustration.svg import Point, Sheet, box, half, mirrored, trace

END = 308.0
"""How far below the shoulder sleeves reach."""


@dataclass(frozen=True)
class Knit:
    top: float
    hem: float
    half: float

    @property
    def tip(self) -> tuple[float, float]:
        return self.half - 6, self.top + 24

    @property
    def pit(self) -> tuple[float, float]:
        return self.half - 2, self.top + 122


def sweater(sheet: Sheet, look: Look) -> None:
    facts = details("sweater", look)
    background(sheet, look)
    width = {"regular": 102.0, "boxy": 122.0, "slim": 88.0}[facts["fit"]]
    knit = Knit(84, look.between(392, 414) - (26 if facts["fit"] == "boxy" else 0), width)
    opening = look.between(38, 44)
    neck = "V" if facts["neckline"] == "V" else "crew"
    high = {"turtle": 52, "mock": 30}.get(facts["neckline"], 12)
    with framed(sheet, 300 - width - 84, knit.top - high, 300 + width + 84, max(knit.hem, knit.tip[1] + END + 12) + 12):
        if high == 12:
            inside(sheet, look, opening, knit.top - 4, 88 if neck == "V" else 30)
        _arms(sheet, look, facts, knit)
        outline = _outline(knit, neckline(neck, opening, knit.top))
        _piece(sheet, look, facts["knit"], outline, knit)
        _hem(sheet, _band_tone(look, facts["knit"]), knit)
        _neck(sheet, _band_tone(look, facts["knit"]), facts["neckline"], opening, knit.top)


def _band_tone(look: Look, kind: str) -> str:
    return look.trim if kind in ("colour-block", "tipped") and look.style in ("retro", "sporty") else darker(look.base, 0.07)


def _outline(knit: Knit, opening: list[Point]) -> str:
    (px, py), h = knit.pit, knit.half
    return mirrored(*opening, knit.tip, (h - 10, knit.top + 60, px - 10, py - 20, px, py), (px, py + 80, h + 2, knit.hem - 90, h, knit.hem - 40), (h - 4, knit.hem - 34, h - 8, knit.hem - 34, h - 9, knit.hem - 30), (h - 6, knit.hem), (h * 0.6, knit.hem + 6, h * 0.3, knit.hem + 7, 0, knit.hem + 7))


def _arms(sheet: Sheet, look: Look, facts: dict[str, str], knit: Knit) -> None:
    kind = facts.get("sleeves", "long")
    block = facts["knit"] == "colour-block"
    sleeves(sheet, look, kind, knit.tip, knit.pit, end=END)
    for side in (-1, 1):
        with sheet.within(half(*sleeve_points(kind, knit.tip, knit.pit, END), (knit.half - 40, knit.pit[1]), (knit.half - 40, knit.top), side=side)):
            if block:
                x, y = knit.tip
                d = half((x - 40, y + 118), (x + 100, y + 84), (x + 120, y + 190), (x - 30, y + 224), side=side)
                sheet.fill(d, look.trim)
                sheet.fill(d, sheet.linear((0, "#1d1826", 0.05), (1, "#1d1826", 0.24)))
            elif facts["knit"] in ("ribbed", "cable"):
                with sheet.moved(f"rotate({-side * 11} {300 + side * knit.half} {knit.top})"):
                    for n in range(12):
                        x = 300 + side * (knit.half - 30 + n * 9)
                        _wale(sheet, look.base, x, knit.top, knit.top + END + 60, 0.3 if facts["knit"] == "ribbed" else 0.14)
    if kind == "balloon":
        cuff(sheet, _band_tone(look, facts["knit"]), knit.tip, END + 14, 36, reach=(33, 60))
    else:
        cuff(sheet, _band_tone(look, facts["knit"]), knit.tip, END + 4, 32)


def _piece(sheet: Sheet, look: Look, kind: str, outline: str, knit: Knit) -> None:
    wall_shadow(sheet, outline)
    solid(sheet, outline, look.paint(sheet), look.base)
    with sheet.within(outline):
        _surface(sheet, look, kind, knit)
        for side in (-1, 1):
            x = knit.half * side
            crease(sheet, look.base, (300 + x, knit.pit[1] + 6), (300 + x * 0.5, knit.pit[1] + 50), 28, 0.3, side * 8)
            crease(sheet, look.base, (300 + x, knit.hem - 90), (300 + x * 0.46, knit.hem - 52), 28, 0.28, -side * 10)
    armhole(sheet, look.base, knit.tip, knit.pit)


def _surface(sheet: Sheet, look: Look, kind: str, knit: Knit) -> None:
    width = knit.half + 10
    if kind == "ribbed":
        n = -width
        while n < width:
            _wale(sheet, look.base, 300 + n, knit.top - 10, knit.hem, 0.34)
            n += 9
    elif kind == "cable":
        for x in (-0.5, 0, 0.5):
            cable(sheet, look.base, 300 + x * knit.half * 1.05, knit.top + 10, knit.hem - 24)
    elif kind == "yoke":
        _yoke(sheet, look, knit)
    elif kind == "colour-block":
        y = knit.pit[1] + look.between(0, 30)
        sheet.fill(box(60, y, 480, 92), look.trim)
        sheet.fill(box(60, y + 92, 480, 16), look.accent)
        sheet.fill(box(60, y, 480, 108), sheet.linear((0.2, "#ffffff", 0.08), (0.75, "#1d1826", 0.2)))
    if kind in ("plain", "yoke", "colour-block", "tipped"):
        _stitches(sheet, look.base, knit)


def _stitches(sheet: Sheet, tone: str, knit: Knit) -> None:
    """The fine texture of stocking stitch."""
    dark, light = shades(tone)
    name = sheet.define("pattern", 'patternUnits="userSpaceOnUse" width="7" height="6"', f'<path d="M0 0L3.5 4L7 0" stroke="{dark}" stroke-opacity=".2" fill="none" stroke-width="1.2"/><path d="M0 2.4L3.5 6.4L7 2.4" stroke="{light}" stroke-opacity=".2" fill="none" stroke-width="1"/>')
    sheet.fill(box(60, knit.top - 20, 480, knit.hem - knit.top + 40), f"url(#{name})")


def _wale(sheet: Sheet, tone: str, x: float, top: float, bottom: float, strength: float) -> None:
    dark, light = shades(tone)
    sheet.line(trace((x, top), (x, bottom), close=False), dark, 2.4, strength, cap="butt")
    sheet.line(trace((x + 3, top), (x + 3, bottom), close=False), light, 2, strength * 0.7, cap="butt")


def cable(sheet: Sheet, tone: str, x: float, top: float, bottom: float) -> None:
    dark, light = shades(tone)
    sheet.line(trace((x - 20, top), (x - 20, bottom), close=False), dark, 3, 0.3, cap="butt")
    sheet.line(trace((x + 20, top), (x + 20, bottom), close=False), dark, 3, 0.3, cap="butt")
    y, step = top, 34.0
    while y < bottom:
        for side in (-1, 1):
            d = trace((x - side * 13, y), (x - side * 13, y + step * 0.6, x + side * 13, y + step * 0.5, x + side * 13, y + step * 1.05), close=False)
            if side == 1:
                sheet.line(d, dark, 15, 0.35)
            sheet.line(d, darker(tone, 0.12), 11.5)
            sheet.line(d, lighter(tone, 0.14), 8)
            sheet.line(d, light, 2.4, 0.35)
        y += step


def _yoke(sheet: Sheet, look: Look, knit: Knit) -> None:
    """Bands of small figures round the shoulders."""
    for n, (paint, radius) in enumerate(((look.trim, 96), (look.accent, 116), (look.trim, 138), (look.trim, 158))):
        arc = trace((300 - radius * 1.2, knit.top - 30), (300 - radius * 0.9, knit.top + radius * 0.92, 300 + radius * 0.9, knit.top + radius * 0.92, 300 + radius * 1.2, knit.top - 30), close=False)
        dash = ("1 13", "9 7", "1 17", "5 12")[n]
        sheet.line(arc, paint, (11, 5, 13, 5)[n], dash=dash, cap="round" if n % 2 == 0 else "butt")


def _hem(sheet: Sheet, tone: str, knit: Knit) -> None:
    h = knit.half
    d = mirrored((0, knit.hem - 28), (h * 0.5, knit.hem - 29, h - 14, knit.hem - 33, h - 7, knit.hem - 35), (h - 6, knit.hem), (h * 0.6, knit.hem + 6, h * 0.3, knit.hem + 7, 0, knit.hem + 7))
    solid(sheet, d, tone, tone, 0.9, 12)
    ribs(sheet, d, tone, 300 - h, 2 * h, knit.hem - 40, knit.hem + 12, 7)


def _neck(sheet: Sheet, tone: str, kind: str, opening: float, top: float) -> None:
    if kind in ("turtle", "mock"):
        high = 50 if kind == "turtle" else 26
        d = mirrored((0, top - high), (opening * 0.6, top - high, opening - 6, top - high - 2, opening - 3, top - high + 4), (opening - 1, top - high * 0.5, opening + 4, top - 8, opening + 8, top + 4), (opening * 0.8, top + 30, opening * 0.3, top + 34, 0, top + 34))
        wall_shadow(sheet, d, 14)
        solid(sheet, d, tone, tone, 1, 14)
        ribs(sheet, d, tone, 300 - opening - 10, 2 * opening + 20, top - high - 6, top + 40, 6)
        if kind == "turtle":
            turn = half((-opening - 4, top - 4), (-opening * 0.5, top + 10, opening * 0.5, top + 10, opening + 4, top - 4), close=False)
            sheet.soft_line(turn, shades(tone)[0], 12, 0.4, dy=4)
            seam(sheet, turn, tone, 0.7)
        return
    neck = "V" if kind == "V" else "crew"
    _back_neck(sheet, tone, opening, top)
    with sheet.within(box(0, top - 7, 600, 600)):
        for width, paint in ((18.0, darker(tone, 0.4)), (15.5, tone)):
            for side in (-1, 1):
                sheet.line(half(*neckline(neck, opening + 2, top - 6), side=side, close=False), paint, width, cap="butt")
        for side in (-1, 1):
            sheet.line(half(*neckline(neck, opening + 2, top - 6), side=side, close=False), shades(tone)[0], 14, 0.26, dash="1.8 4.4", cap="butt")


def _back_neck(sheet: Sheet, tone: str, opening: float, top: float) -> None:
    """The band behind the neck, which joins both ends of the front's."""
    arc = half((-opening - 9, top - 5), (-opening * 0.5, top + 3, opening * 0.5, top + 3, opening + 9, top - 5), close=False)
    sheet.line(arc, darker(tone, 0.5), 14, cap="butt")
    sheet.line(arc, darker(tone, 0.16), 12, cap="butt")
    sheet.line(arc, shades(tone)[0], 11, 0.26, dash="1.8 4.4", cap="butt")


LENGTHS = {"cropped": 330.0, "hip": 404.0, "long": 500.0}


def cardigan(sheet: Sheet, look: Look) -> None:
    facts = details("cardigan", look)
    background(sheet, look)
    knit = Knit(84, LENGTHS[facts["length"]] + look.between(-8, 8), look.between(96, 108))
    opening = look.between(36, 42)
    depth = {"V": 110.0, "round": 34.0, "shawl": 150.0}[facts["neckline"]]
    with framed(sheet, 300 - knit.half - 84, knit.top - 16, 300 + knit.half + 84, max(knit.hem, knit.tip[1] + END) + 14):
        inside(sheet, look, opening, knit.top - 4, depth if facts["closure"] != "open" else knit.hem - knit.top - 8)
        _arms(sheet, look, facts, knit)
        neck: list[Point] = [(0, knit.top + depth), (opening * 0.5, knit.top + depth * 0.66, opening * 0.9, knit.top + depth * 0.3, opening, knit.top)]
        if facts["neckline"] == "round":
            neck = neckline("round", opening, knit.top)
        gap = look.between(10, 20) if facts["closure"] == "open" else 0
        for side in (-1, 1):
            _front(sheet, look, facts["knit"], knit, neck, gap, side)
        _trims(sheet, look, facts, knit, neck, gap, depth)


def _front(sheet: Sheet, look: Look, kind: str, knit: Knit, neck: list[Point], gap: float, side: int) -> None:
    (px, py), h = knit.pit, knit.half
    start = (max(0.0, gap), knit.top + (neck[0][1] - knit.top))
    d = half(start, *neck[1:], knit.tip, (h - 10, knit.top + 60, px - 10, py - 20, px, py), (px, py + 80, h + 2, knit.hem - 60, h - 2, knit.hem), (h * 0.6, knit.hem + 6, h * 0.3, knit.hem + 7, gap, knit.hem + 7), side=side)
    if side < 0:
        wall_shadow(sheet, mirrored((0, knit.top + 40), knit.tip, (h - 2, knit.hem), (0, knit.hem + 7)))
    solid(sheet, d, look.paint(sheet), look.base, 0.9, 20)
    with sheet.within(d):
        if kind == "cable":
            cable(sheet, look.base, 300 + side * h * 0.56, knit.top + 10, knit.hem - 20)
        else:
            _surface(sheet, look, kind, knit)
        crease(sheet, look.base, (300 + side * h, py + 6), (300 + side * h * 0.5, py + 56), 28, 0.3, side * 8)
        crease(sheet, look.base, (300 + side * h, knit.hem - 80), (300 + side * h * 0.5, knit.hem - 44), 26, 0.26, -side * 8)
        tone = _band_tone(look, kind)
        band = half((gap, knit.hem - 26), (h + 6, knit.hem - 33), (h + 6, knit.hem + 14), (gap, knit.hem + 14), side=side)
        solid(sheet, band, tone, tone, 0.7, 8)
        ribs(sheet, band, tone, 300 - h, 2 * h, knit.hem - 40, knit.hem + 12, 7)
    if side > 0:
        armhole(sheet, look.base, knit.tip, knit.pit)


def _trims(sheet: Sheet, look: Look, facts: dict[str, str], knit: Knit, neck: list[Point], gap: float, depth: float) -> None:
    tone = _band_tone(look, facts["knit"])
    wide = 34.0 if facts["neckline"] == "shawl" else 19.0
    _back_neck(sheet, tone, abs(neck[-1][-2]) + wide * 0.2, knit.top)
    lower = [(gap + wide * 0.32 * (gap > 0), knit.hem + 6), (gap + wide * 0.32 * (gap > 0), neck[0][1])]
    upper = [(*p[:-2], p[-2] + 3, p[-1] - 12) for p in neck[1:]]
    with sheet.within(box(0, knit.top - 8, 600, 600)):
        for side in (-1, 1):
            edge = half(*lower, *upper, side=side, close=False)
            for width, paint in ((wide + 3, darker(tone, 0.4)), (wide, lighter(tone, 0.08))):
                sheet.line(edge, paint, width, cap="butt")
            sheet.line(edge, shades(tone)[0], wide - 2, 0.2, dash="1.8 4.6", cap="butt")
    _closure(sheet, look, facts["closure"], knit, depth)
    if facts["length"] != "cropped":
        for side in (-1, 1):
            d = half((30, knit.hem - 108), (82, knit.hem - 110), (82, knit.hem - 50), (30, knit.hem - 48), side=side)
            solid(sheet, d, look.paint(sheet), look.base, 0.5, 8)
            sheet.line(half((30, knit.hem - 103), (82, knit.hem - 105), side=side, close=False), tone, 11, cap="butt")


def _closure(sheet: Sheet, look: Look, closure: str, knit: Knit, depth: float) -> None:
    top, bottom = knit.top + depth + 8, knit.hem - 8
    if closure == "button":
        count = max(3, round((bottom - top) / 50))
        for n in range(count):
            button(sheet, 300, top + (bottom - top) * (n + 0.3) / (count - 0.4), 7.5, button_tone(look))
    elif closure == "zip":
        sheet.line(trace((300, top - 14), (300, bottom + 12), close=False), "#8d9096", 6, cap="butt")
        sheet.line(trace((300, top - 14), (300, bottom + 12), close=False), "#3b3d42", 4, dash="1.6 2.4", cap="butt")
        sheet.fill(box(295, top - 8, 10, 26, 4), "#b9bcc2")
    elif closure == "belted":
        y = knit.top + 186
        d = mirrored((0, y - 12), (knit.half + 2, y - 14), (knit.half + 2, y + 12), (0, y + 14))
        wall_shadow(sheet, d, 10)
        solid(sheet, d, darker(look.base, 0.12), look.base, 0.9, 9)
        bow(sheet, darker(look.base, 0.12), 292, y + 2, 0.9)
