"""T-shirts and shirts; what is knitted lies in `knits`."""

from collections.abc import Callable
from dataclasses import dataclass

from shop_demo.illustration.colours import darker
from shop_demo.illustration.details import details
from shop_demo.illustration.garment import (
    NECKS,
    armhole,
    bow,
    button_tone,
    cuff,
    inside,
    neckline,
    placket,
    sleeve_points,
    sleeves,
)
from shop_demo.illustration.knits import cardigan, sweater
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
from shop_demo.illustration.prints import printed
from shop_demo.illustration.svg import Sheet, half, mirrored, trace

FITS = {"regular": (98.0, 0.0), "boxy": (116.0, 6.0), "slim": (86.0, -6.0)}
"""Half the width of the body, and how much further the hem reaches."""

REACHES = {"cap": 130, "short": 156, "puff": 166, "elbow-length": 170, "long": 180, "balloon": 186, "rolled": 172}


@dataclass(frozen=True)
class Body:
    top: float
    hem: float
    shoulder: float
    half: float
    hem_half: float

    @property
    def tip(self) -> tuple[float, float]:
        return self.shoulder, self.top + 20

    @property
    def pit(self) -> tuple[float, float]:
        return self.half - 1, self.top + 112


def t_shirt(sheet: Sheet, look: Look) -> None:
    facts = details("t-shirt", look)
    background(sheet, look)
    body = _measures(look, facts["fit"], 398)
    opening = look.between(40, 48) if facts["neckline"] != "boat" else 66
    kind = facts["sleeves"]
    with framed(sheet, 300 - REACHES[kind] - body.half + 96, body.top - 8, 300 + REACHES[kind] + body.half - 96, max(body.hem, body.tip[1] + 304 * (kind == "long")) + 10):
        inside(sheet, look, opening, body.top, NECKS[facts["neckline"]])
        sleeves(sheet, look, kind, body.tip, body.pit, end=300)
        outline = _outline(body, neckline(facts["neckline"], opening, body.top))
        _cloth(sheet, look, outline, body)
        tone = look.trim if facts["edges"] == "contrast" else darker(look.base, 0.05)
        _neckband(sheet, look, facts["neckline"], opening, body.top, tone)
        if facts["edges"] == "contrast":
            _sleeve_ends(sheet, look, kind, body)
        _front(sheet, look, facts.get("front", ""), body)


def _measures(look: Look, fit: str, hem: float) -> Body:
    width, spread = FITS[fit]
    width += look.between(-3, 3)
    return Body(70, hem + look.between(-8, 10) - (24 if fit == "boxy" else 0), width - 6 if fit != "boxy" else width - 10, width, width + spread)


def _outline(body: Body, opening: list[tuple[float, ...]], round_hem: bool = False) -> str:
    (px, py), h = body.pit, body.hem_half
    if round_hem:
        hem: list[tuple[float, ...]] = [(h, body.hem - 36), (h - 10, body.hem - 10, h - 50, body.hem + 4, 0, body.hem + 4)]
    else:
        hem = [(h, body.hem - 4), (h * 0.6, body.hem + 5, h * 0.3, body.hem + 6, 0, body.hem + 6)]
    return mirrored(*opening, body.tip, (body.shoulder - 4, body.top + 56, px - 10, py - 22, px, py), (px - 3, py + 70, h - 3, body.hem - 120, *hem[0]), *hem[1:])


def _cloth(sheet: Sheet, look: Look, outline: str, body: Body, seams: bool = True) -> None:
    wall_shadow(sheet, outline)
    solid(sheet, outline, look.paint(sheet), look.base)
    armhole(sheet, look.base, body.tip, body.pit)
    with sheet.within(outline):
        folds(sheet, look, body)
        if seams:
            stitch(sheet, half((-body.hem_half - 4, body.hem - 16), (-body.hem_half * 0.4, body.hem - 7, body.hem_half * 0.4, body.hem - 7, body.hem_half + 4, body.hem - 16), close=False), look.base, 0.45)


def folds(sheet: Sheet, look: Look, body: Body) -> None:
    """Where cloth that lies flat is pulled: from the armpits and along the sides."""
    (px, py) = body.pit
    for side in (-1, 1):
        x = px * side
        crease(sheet, look.base, (300 + x, py + 6), (300 + x * 0.5, py + 40 + look.between(-8, 8)), 24, 0.3, side * 8)
        crease(sheet, look.base, (300 + x, py + 40), (300 + x * 0.7, py + 96), 18, 0.2, side * 6)
        low = body.hem - look.between(60, 90)
        crease(sheet, look.base, (300 + x * 0.98, low), (300 + x * look.between(0.3, 0.55), low + 36), 22, 0.24, -side * 8)
    x = 300 + look.between(-40, 40)
    crease(sheet, look.base, (x, body.hem - 130), (x + look.between(-16, 16), body.hem + 6), 26, 0.2, 6, open_end=True)


def _neckband(sheet: Sheet, look: Look, neck: str, opening: float, top: float, tone: str) -> None:
    for width, paint in ((13.0, darker(tone, 0.35)), (11.0, tone)):
        for side in (-1, 1):
            sheet.line(half(*neckline(neck, opening + 1, top + 3), side=side, close=False), paint, width, cap="butt")
    for side in (-1, 1):
        stitch(sheet, half(*neckline(neck, opening + 10, top + 12), side=side, close=False), look.base, 0.4)


def _sleeve_ends(sheet: Sheet, look: Look, kind: str, body: Body) -> None:
    points = sleeve_points(kind, body.tip, body.pit, 300)
    if kind == "cap":
        start, end = points[-2][-2:], points[-1]
    else:
        start, end = points[1][-2:], points[2][-6:]
    for side in (-1, 1):
        with sheet.within(half(*points, (body.shoulder - 22, body.pit[1]), side=side)):
            curve = half(start, end, side=side, close=False)
            sheet.line(curve, look.trim, 22)
            sheet.line(curve, darker(look.trim, 0.5), 22, 0.12)


def _front(sheet: Sheet, look: Look, front: str, body: Body) -> None:
    if front.endswith("print"):
        printed(sheet, look, front, 300, body.top + 168, look.between(52, 66))
    elif front == "pocket":
        pocket(sheet, look, 48, body.top + 108, look.trim if look.style in ("retro", "sporty") else "")


def pocket(sheet: Sheet, look: Look, x: float, y: float, tone: str = "", width: float = 56, side: int = 1) -> None:
    d = half((x - width / 2, y), (x + width / 2, y), (x + width / 2, y + width * 0.92), (x, y + width * 1.12), (x - width / 2, y + width * 0.92), side=side)
    sheet.soft_line(d, shades(look.base)[0], 8, 0.3, dy=2)
    solid(sheet, d, tone or look.paint(sheet), tone or look.base, 0.5, 8)
    stitch(sheet, half((x - width / 2, y + 9), (x + width / 2, y + 9), side=side, close=False), tone or look.base, 0.5)


def shirt(sheet: Sheet, look: Look) -> None:
    facts = details("shirt", look)
    background(sheet, look)
    body = _measures(look, facts["fit"], 440)
    kind = {"rolled": "elbow-length"}.get(facts["sleeves"], facts["sleeves"])
    opening, end = 38.0, 316.0
    depth = 96 if facts["collar"] == "camp" else 44
    with framed(sheet, 300 - REACHES[facts["sleeves"]] - body.half + 92, body.top - 22, 300 + REACHES[facts["sleeves"]] + body.half - 92, max(body.hem, body.tip[1] + end * (kind in ("long", "balloon"))) + 12):
        inside(sheet, look, opening, body.top - 4, depth)
        sleeves(sheet, look, kind, body.tip, body.pit, end=end)
        outline = _outline(body, [(0, body.top + depth), (opening, body.top)], round_hem=facts["fit"] != "boxy")
        _cloth(sheet, look, outline, body, seams=False)
        _shirt_cuffs(sheet, look, facts["sleeves"], body, end)
        with sheet.within(outline):
            _buttons(sheet, look, facts, body, depth)
            for side in (-1, 1):
                seam(sheet, half((opening + 6, body.top + 3), (body.shoulder - 2, body.top + 40), side=side, close=False), look.base, 0.35)
        if "pocket" in facts.get("front", ""):
            for side in (1, -1) if facts["front"] == "two-pocket" else (1,):
                pocket(sheet, look, 52, body.top + 112, width=52, side=side)
        shirt_collar(sheet, look, facts["collar"], opening, body.top, depth)


def _buttons(sheet: Sheet, look: Look, facts: dict[str, str], body: Body, depth: float) -> None:
    if facts.get("front") == "hidden-button":
        seam(sheet, trace((314, body.top + depth - 10), (314, body.hem + 8), close=False), look.base, 0.5)
    else:
        placket(sheet, look, body.top + depth - 8, body.hem + 10, 6 if depth < 80 else 5, button_tone(look))


def _shirt_cuffs(sheet: Sheet, look: Look, kind: str, body: Body, end: float) -> None:
    if kind == "long":
        cuff(sheet, look.base, body.tip, end, 34, knit=False, paint=look.paint(sheet))
    elif kind == "balloon":
        cuff(sheet, look.base, body.tip, end + 10, 28, knit=False, paint=look.paint(sheet), reach=(34, 62))
    elif kind == "rolled":
        sx, sy = body.tip
        for side in (-1, 1):
            d = half((sx + 15, sy + 136), (sx + 64, sy + 122), (sx + 72, sy + 150), (sx + 50, sy + 164, sx + 34, sy + 168, sx + 18, sy + 168), side=side)
            wall_shadow(sheet, d, 10)
            solid(sheet, d, look.paint(sheet, turn=-side * 14), look.base, 1, 10)
            seam(sheet, half((sx + 16, sy + 152), (sx + 68, sy + 137), side=side, close=False), look.base, 0.4)


def shirt_collar(sheet: Sheet, look: Look, kind: str, opening: float, top: float, depth: float) -> None:
    paint = look.trim if look.style == "retro" and kind == "round" else look.paint(sheet)
    tone = look.trim if look.style == "retro" and kind == "round" else look.base
    back = mirrored((0, top - 16), (opening * 0.6, top - 16, opening * 0.9, top - 14, opening + 2, top - 8), (opening - 2, top + 12), (opening * 0.5, top + 4, opening * 0.3, top + 4, 0, top + 4))
    solid(sheet, back, darker(tone, 0.2) if look.pattern == "plain" or paint == tone else paint, darker(tone, 0.2), 0.8, 8)
    if kind in ("band", "bow", "ruffled"):
        band = mirrored((0, top + depth - 12), (opening * 0.5, top + depth - 20, opening, top + 12, opening - 2, top - 12), (opening + 9, top - 6), (opening + 10, top + 24, opening * 0.6, top + depth, 0, top + depth + 10))
        solid(sheet, band, paint, tone, 0.9, 8)
        if kind == "bow":
            bow(sheet, look.trim if look.style == "retro" else tone, 300, top + depth + 6, 0.95, paint="" if look.pattern == "plain" else paint)
        if kind == "ruffled":
            _ruffle(sheet, tone, paint, opening, top, depth)
        return
    for side in (-1, 1):
        d = half(*_leaf(kind, opening, top, depth), side=side)
        wall_shadow(sheet, d, 12)
        solid(sheet, d, paint, tone, 0.8, 9)
        with sheet.within(d):
            stitch(sheet, half(*_leaf(kind, opening - 5, top - 5, depth), side=side), tone, 0.3)
        if kind == "button-down":
            button(sheet, 300 + side * (opening + 4), top + 68, 3.6, button_tone(look))


def _leaf(kind: str, opening: float, top: float, depth: float) -> list[tuple[float, ...]]:
    """One half of a turned-down collar."""
    start = (opening * 0.86, top - 15)
    if kind == "round":
        return [start, (opening + 12, top - 6, opening + 24, top + 16, opening + 22, top + 36), (opening + 18, top + 62, 12, top + 74, 1, top + depth), (opening * 0.5, top + 30, opening * 0.86, top + 10, *start)]
    if kind == "camp":
        return [start, (opening + 12, top - 4), (opening + 34, top + 34), (opening + 6, top + 52), (opening + 10, top + 66), (2, top + depth), (opening * 0.4, top + 50, opening * 0.84, top + 16, *start)]
    return [start, (opening + 8, top - 6, opening + 10, top, opening + 13, top + 8), (opening + 8, top + 80), (1, top + depth - 2), (opening * 0.5, top + 34, opening * 0.86, top + 12, *start)]


def _ruffle(sheet: Sheet, tone: str, paint: str, opening: float, top: float, depth: float) -> None:
    for side in (-1, 1):
        steps: list[tuple[float, ...]] = [(4, top + depth)]
        for n in range(6):
            x, y = 16 + n * 4, top + depth + 6 + n * 22
            steps.append((x + 16, y - 8, x + 18, y + 10, x + 6 - n, y + 14))
        steps.append((4, top + depth + 150))
        d = half(*steps, side=side)
        wall_shadow(sheet, d, 8)
        solid(sheet, d, paint, tone, 1, 8)
        for n in range(6):
            crease(sheet, tone, (300 + side * 6, top + depth + 8 + n * 22), (300 + side * (26 + n * 3), top + depth + 10 + n * 22), 9, 0.4)


FORMS: dict[str, Callable[[Sheet, Look], None]] = {"t-shirt": t_shirt, "shirt": shirt, "sweater": sweater, "cardigan": cardigan}
