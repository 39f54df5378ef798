"""Coats; jackets lie in `jackets`, and both build on `Front`."""

from collections.abc import Callable

from shop_demo.illustration.colours import COLOURS, brightness, darker, lighter
from shop_demo.illustration.details import details
from shop_demo.illustration.garment import bow, button_tone, sleeves
from shop_demo.illustration.jackets import jacket
from shop_demo.illustration.look import Look, background, button, crease, framed, seam, shades, solid, stitch
from shop_demo.illustration.svg import Sheet, box, half, mirrored, trace
from shop_demo.illustration.tailoring import Front, fur_hood, lapels, open_front, pocket_flap

LENGTHS = {"mid-thigh": 448.0, "knee": 506.0, "midi": 566.0}
SHAPES = {"straight": (104.0, 116.0), "A-line": (98.0, 150.0), "cocoon": (114.0, 104.0)}


def coat(sheet: Sheet, look: Look) -> None:
    facts = details("coat", look)
    background(sheet, look)
    chest, wide = SHAPES[facts["shape"]]
    front = Front(72, LENGTHS[facts["length"]] + look.between(-10, 8), chest, wide + look.between(-4, 4), look.between(36, 42))
    depth = {"notch": 150.0, "shawl": 172.0, "hood": 50.0, "round": 42.0, "stand": 30.0}[facts["collar"]]
    end = 300.0
    high = 66 if facts["collar"] == "hood" else 24
    with framed(sheet, 300 - max(front.chest + 76, front.wide), front.top - high, 300 + max(front.chest + 76, front.wide), front.hem + 12):
        sleeves(sheet, look, "long", front.tip, front.pit, end=end)
        _cuffs(sheet, look, front, end)
        outline = open_front(sheet, look, front, depth)
        with sheet.within(outline):
            _sides(sheet, look, front)
            _edge(sheet, look, facts["closure"], front, depth)
        for side in (-1, 1):
            pocket_flap(sheet, look, front, front.top + 262, "welt" if facts["closure"] in ("wrap", "hidden") else "flap", side)
        _collar(sheet, look, facts["collar"], front, depth)
        _closure(sheet, look, facts["closure"], front, depth, outline)


def _sides(sheet: Sheet, look: Look, front: Front) -> None:
    for side in (-1, 1):
        crease(sheet, look.base, (300 + side * front.pit[0], front.pit[1] + 8), (300 + side * front.chest * 0.55, front.pit[1] + 62), 26, 0.3, side * 8)
        crease(sheet, look.base, (300 + side * front.chest * 0.6, front.top + 300), (300 + side * front.wide * 0.72, front.hem + 6), 26, 0.3, side * 4, open_end=True)
    crease(sheet, look.base, (300 - front.chest * 0.2, front.top + 330), (300 - front.wide * 0.3, front.hem + 6), 22, 0.22, open_end=True)


def _edge(sheet: Sheet, look: Look, closure: str, front: Front, depth: float) -> None:
    """Where the right front laps over the left."""
    over = {"double-breasted": -44.0, "wrap": -30.0}.get(closure, -14.0)
    line = trace((300, front.top + depth), (300 + over, front.top + depth + 30, 300 + over, front.top + depth + 40, 300 + over, front.top + depth + 70), (300 + over - 2, front.hem + 14), close=False)
    sheet.soft_line(line, shades(look.base)[0], 16, 0.42, dx=-5)
    seam(sheet, line, look.base, 0.7)
    with sheet.moved("translate(7 0)"):
        stitch(sheet, line, look.base, 0.3)


def _cuffs(sheet: Sheet, look: Look, front: Front, end: float) -> None:
    sx, sy = front.tip
    for side in (-1, 1):
        line = half((sx + 32, sy + end - 41), (sx + 58, sy + end - 47), side=side, close=False)
        sheet.soft_line(line, shades(look.base)[0], 8, 0.34, dy=3)
        seam(sheet, line, look.base, 0.6)
        button(sheet, 300 + side * (sx + 54), sy + end - 28, 4.4, button_tone(look))


def _collar(sheet: Sheet, look: Look, kind: str, front: Front, depth: float) -> None:
    if kind in ("notch", "shawl"):
        lapels(sheet, look, kind, front, depth)
    elif kind == "hood":
        fur_hood(sheet, look, front, fluffy=look.style in ("sporty", "boho", "retro"))
    elif kind == "round":
        _round(sheet, look, front)
    else:
        d = mirrored((0, front.top + 34), (front.opening * 0.6, front.top + 28, front.opening, front.top + 14, front.opening, front.top - 14), (front.opening + 12, front.top - 2), (front.opening + 14, front.top + 22, front.opening * 0.8, front.top + 50, 0, front.top + 56))
        solid(sheet, d, look.paint(sheet), look.base, 1, 12)


def _round(sheet: Sheet, look: Look, front: Front) -> None:
    contrast = look.style in ("retro", "romantic")
    tone = look.trim if contrast else lighter(look.base, 0.06)
    for side in (-1, 1):
        d = half((front.opening * 0.86, front.top - 14), (front.opening + 24, front.top - 6, front.opening + 42, front.top + 30, front.opening + 34, front.top + 60), (front.opening + 24, front.top + 92, 14, front.top + 100, 1, front.top + 44), (front.opening * 0.6, front.top + 36, front.opening * 0.8, front.top + 10, front.opening * 0.86, front.top - 14), side=side)
        sheet.soft_line(d, shades(look.base)[0], 10, 0.3, dy=4)
        solid(sheet, d, tone if contrast or look.pattern == "plain" else look.paint(sheet), tone, 0.9, 12)


def _closure(sheet: Sheet, look: Look, kind: str, front: Front, depth: float, outline: str) -> None:
    tone = button_tone(look)
    start = front.top + depth + 22
    if kind == "single-breasted":
        count = max(3, round((front.top + 330 - start) / 70))
        for n in range(count):
            button(sheet, 302, start + n * 68, 9.5, tone)
    elif kind == "double-breasted":
        for n in range(3):
            for side in (-1, 1):
                button(sheet, 300 + side * 32, start + n * 62, 9.5, tone)
    elif kind == "toggle":
        for n in range(4):
            _toggle(sheet, look, start + n * 66)
    elif kind == "wrap":
        _tie(sheet, look, front, outline)
    else:
        sheet.line(trace((300 - 14, front.top + depth), (300 - 14, front.hem - 40), close=False), shades(look.base)[0], 1, 0.3)


def _toggle(sheet: Sheet, look: Look, y: float) -> None:
    cord = darker(COLOURS["chocolate"], 0.2) if brightness(look.base) > 0.35 else COLOURS["camel"]
    for side in (-1, 1):
        sheet.line(trace((300 + side * 36, y - 3), (300 + side * 6, y), (300 + side * 36, y + 4), close=False), cord, 3)
        solid(sheet, box(300 + side * 40 - 8, y - 9, 16, 18, 4), cord, cord, 1, 5)
    solid(sheet, box(283, y - 6, 34, 12, 6), "#a8794a", "#a8794a", 1, 6)


def _tie(sheet: Sheet, look: Look, front: Front, outline: str) -> None:
    y = front.top + 210
    tone = darker(look.base, 0.1)
    d = half((-200, y - 18), (-60, y - 12, 60, y - 12, 200, y - 18), (200, y + 12), (60, y + 18, -60, y + 18, -200, y + 12))
    with sheet.within(outline):
        sheet.soft_line(d, shades(look.base)[0], 14, 0.35, dy=3)
        solid(sheet, d, tone, tone, 0.9, 9)
    bow(sheet, tone, 286, y + 2, 1.05)


FORMS: dict[str, Callable[[Sheet, Look], None]] = {"coat": coat, "jacket": jacket}
