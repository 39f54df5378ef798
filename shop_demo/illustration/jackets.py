"""Jackets: denim, biker, bomber, blazer, puffer, shell."""

from collections.abc import Callable

from shop_demo.illustration.bottoms import thread
from shop_demo.illustration.colours import darker
from shop_demo.illustration.details import details
from shop_demo.illustration.garment import button_tone, cuff, ribs, sleeve_points, sleeves
from shop_demo.illustration.look import Look, background, button, crease, framed, seam, shades, solid, wall_shadow
from shop_demo.illustration.svg import Sheet, box, half, mirrored, trace
from shop_demo.illustration.tailoring import Front, fur_hood, lapels, open_front, pocket_flap, quilted, zipper

END = 302.0


def jacket(sheet: Sheet, look: Look) -> None:
    facts = details("jacket", look)
    background(sheet, look)
    hem = {"cropped": 346.0, "hip": 402.0}[facts["length"]] + look.between(-8, 8)
    chest, wide = {"puffer": (124.0, 122.0), "bomber": (112.0, 104.0), "blazer": (98.0, 106.0), "denim": (104.0, 98.0), "biker": (98.0, 92.0), "shell": (112.0, 116.0)}[facts["cut"]]
    front = Front(84, hem + (40 if facts["cut"] == "blazer" else 0), chest + look.between(-3, 3), wide, look.between(34, 40))
    high = 66 if facts["cut"] == "shell" else 34
    with framed(sheet, 300 - front.chest - 76, front.top - high, 300 + front.chest + 76, max(front.hem, front.top + END + 30) + 6):
        CUTS[facts["cut"]](sheet, look, front, facts["pockets"])


def _folds(sheet: Sheet, look: Look, front: Front, outline: str) -> None:
    with sheet.within(outline):
        for side in (-1, 1):
            crease(sheet, look.base, (300 + side * front.pit[0], front.pit[1] + 8), (300 + side * front.chest * 0.5, front.pit[1] + 58), 26, 0.3, side * 8)
            crease(sheet, look.base, (300 + side * front.wide, front.hem - 80), (300 + side * front.wide * 0.45, front.hem - 46), 24, 0.26, -side * 8)


def _blazer(sheet: Sheet, look: Look, front: Front, pockets: str) -> None:
    sleeves(sheet, look, "long", front.tip, front.pit, end=END)
    for side in (-1, 1):
        for n in range(3):
            button(sheet, 300 + side * (front.tip[0] + 56 - n * 2), front.tip[1] + END - 22 - n * 15, 3.6, button_tone(look))
    depth = look.between(168, 196)
    outline = open_front(sheet, look, front, depth)
    _folds(sheet, look, front, outline)
    with sheet.within(outline):
        edge = trace((300, front.top + depth), (294, front.top + depth + 30), (292, front.hem - 50), (290, front.hem - 20, 270, front.hem, 240, front.hem + 10), close=False)
        sheet.soft_line(edge, shades(look.base)[0], 14, 0.42, dx=-4)
        seam(sheet, edge, look.base, 0.7)
        for side in (-1, 1):
            seam(sheet, half((front.chest * 0.5, front.pit[1] + 30), (front.chest * 0.48, front.hem - 110), side=side, close=False), look.base, 0.3)
    for side in (-1, 1):
        pocket_flap(sheet, look, front, front.hem - 104, "flap" if pockets == "welt" else pockets, side)
    welt = half((34, front.top + 132), (72, front.top + 126), (73, front.top + 137), (35, front.top + 143))
    solid(sheet, welt, look.paint(sheet), look.base, 0.8, 6)
    lapels(sheet, look, "notch", front, depth)
    for n in range(look.rng.choice((1, 2, 2))):
        button(sheet, 301, front.top + depth + 16 + n * 58, 8, button_tone(look))


def _denim(sheet: Sheet, look: Look, front: Front, pockets: str) -> None:
    sleeves(sheet, look, "long", front.tip, front.pit, end=END)
    cuff(sheet, darker(look.base, 0.04), front.tip, END + 4, 30, knit=False, paint=look.paint(sheet))
    outline = open_front(sheet, look, front, 46)
    _folds(sheet, look, front, outline)
    y = front.top + 108
    with sheet.within(outline):
        thread(sheet, look, half((-front.chest - 4, y - 2), (0, y + 6), (front.chest + 4, y - 2), close=False))
        for side in (-1, 1):
            thread(sheet, look, half((34, y + 4), (46, front.hem - 28), side=side, close=False))
            thread(sheet, look, half((76, y + 2), (60, front.hem - 28), side=side, close=False))
            thread(sheet, look, half((12, front.top + 40), (12, front.hem + 6), side=side, close=False))
        band = box(60, front.hem - 26, 480, 50)
        solid(sheet, band, look.paint(sheet), look.base, 0.6, 8)
        thread(sheet, look, half((-front.wide - 4, front.hem - 24), (0, front.hem - 19), (front.wide + 4, front.hem - 24), close=False))
    for side in (-1, 1):
        flap = half((28, y - 4), (78, y - 6), (79, y + 14), (54, y + 27), (29, y + 16), side=side)
        sheet.soft_line(flap, shades(look.base)[0], 8, 0.34, dy=3)
        solid(sheet, flap, look.paint(sheet), look.base, 0.8, 8)
        button(sheet, 300 + side * 54, y + 14, 4.4, "#b98a4e")
    for n in range(5):
        button(sheet, 300, front.top + 62 + n * (front.hem - front.top - 76) / 4, 5.6, "#b98a4e")
    _point_collar(sheet, look, front)


def _point_collar(sheet: Sheet, look: Look, front: Front) -> None:
    o, top = front.opening, front.top
    back = mirrored((0, top - 18), (o * 0.8, top - 18, o, top - 14, o + 4, top - 6), (o, top + 14), (0, top + 6))
    solid(sheet, back, darker(look.base, 0.14), look.base, 0.9, 8)
    for side in (-1, 1):
        d = half((o * 0.84, top - 17), (o + 20, top), (o + 26, top + 58), (o - 4, top + 66), (1, top + 45), (o * 0.5, top + 34, o * 0.84, top + 10, o * 0.84, top - 17), side=side)
        wall_shadow(sheet, d, 12)
        solid(sheet, d, look.paint(sheet), look.base, 0.9, 10)
        thread(sheet, look, half((o + 14, top + 8), (o + 20, top + 52), (o - 4, top + 59), (6, top + 42), side=side, close=False))


def _biker(sheet: Sheet, look: Look, front: Front, pockets: str) -> None:
    sleeves(sheet, look, "long", front.tip, front.pit, end=END)
    outline = open_front(sheet, look, front, 96)
    _folds(sheet, look, front, outline)
    with sheet.within(outline):
        for side in (-1, 1):
            _gloss(sheet, half((front.chest * 0.62, front.top + 70), (front.chest * 0.72, front.top + 160, front.chest * 0.6, front.hem - 80, front.chest * 0.66, front.hem - 30), side=side, close=False))
            seam(sheet, half((front.chest - 8, front.top + 96), (44, front.top + 112), (38, front.hem - 28), side=side, close=False), look.base, 0.5)
        zipper(sheet, 278, front.top + 92, front.hem + 6, 286)
        belt = mirrored((0, front.hem - 26), (front.wide + 20, front.hem - 34), (front.wide + 20, front.hem + 14), (0, front.hem + 14))
        solid(sheet, belt, look.paint(sheet), look.base, 0.8, 8)
    sheet.line(box(316, front.hem - 24, 26, 26, 4), "#c4c7cd", 4)
    for side in (-1, 1):
        pocket_flap(sheet, look, front, front.hem - 74, "zip", side)
        x, y = 300 + side * (front.tip[0] + 48), front.tip[1] + END - 46
        sheet.line(trace((x, y), (x + side * 6, y + 42), close=False), "#c4c7cd", 3, dash="1.8 1.6", cap="butt")
    _wide_lapels(sheet, look, front)


def _wide_lapels(sheet: Sheet, look: Look, front: Front) -> None:
    o, top = front.opening, front.top
    for side in (-1, 1):
        lower = half((o - 2, top + 18), (o + 46, top + 62), (o + 22, top + 106), (8, top + 128, 0, top + 116, 0, top + 98), (o * 0.4, top + 66, o * 0.8, top + 40, o - 2, top + 18), side=side)
        upper = half((o * 0.8, top - 18), (o + 16, top - 8), (o + 40, top + 30), (o + 18, top + 52), (o * 0.8, top + 22), side=side)
        for d in (lower, upper):
            wall_shadow(sheet, d, 12)
            solid(sheet, d, look.paint(sheet), look.base, 1, 12)
        for x, y in ((o + 30, 62), (o + 28, 32)):
            sheet.fill(box(300 + side * x - 3, top + y - 3, 6, 6, 3), "#d3d6db")
        _gloss(sheet, half((o, top + 34), (o + 26, top + 66), side=side, close=False))


def _gloss(sheet: Sheet, d: str) -> None:
    sheet.soft_line(d, "#ffffff", 14, 0.32)


def _bomber(sheet: Sheet, look: Look, front: Front, pockets: str) -> None:
    contrast = look.style in ("retro", "sporty")
    arm = look.trim if contrast and look.style == "retro" else look.base
    band = look.trim if contrast else darker(look.base, 0.1)
    sleeves(sheet, look, "balloon", front.tip, front.pit, end=END, paint=arm if arm != look.base else "", tone=arm)
    cuff(sheet, band, front.tip, END + 14, 34, reach=(33, 61))
    outline = open_front(sheet, look, front, 26)
    _folds(sheet, look, front, outline)
    with sheet.within(outline):
        zipper(sheet, 300, front.top + 20, front.hem + 10)
        hem = mirrored((0, front.hem - 30), (front.wide + 20, front.hem - 37), (front.wide + 20, front.hem + 14), (0, front.hem + 14))
        solid(sheet, hem, band, band, 0.9, 10)
        ribs(sheet, hem, band, 300 - front.wide - 4, 2 * front.wide + 8, front.hem - 44, front.hem + 14, 7)
    for side in (-1, 1):
        pocket_flap(sheet, look, front, front.hem - 104, "welt", side)
    _rib_collar(sheet, front, band, look.accent if contrast else "")


def _rib_collar(sheet: Sheet, front: Front, band: str, stripe: str) -> None:
    o, top = front.opening, front.top
    d = mirrored((0, top + 4), (o * 0.6, top, o * 0.9, top - 8, o - 2, top - 18), (o + 12, top - 6), (o + 10, top + 14, o * 0.6, top + 32, 0, top + 36))
    wall_shadow(sheet, d, 10)
    solid(sheet, d, band, band, 1, 10)
    ribs(sheet, d, band, 300 - o - 12, 2 * o + 24, top - 22, top + 40, 6)
    if stripe:
        with sheet.within(d):
            sheet.line(half((-o - 6, top - 10), (-o * 0.6, top + 26, o * 0.6, top + 26, o + 6, top - 10), close=False), stripe, 5)


def _puffer(sheet: Sheet, look: Look, front: Front, pockets: str) -> None:
    step = look.between(40, 54)
    sleeves(sheet, look, "balloon", front.tip, front.pit, end=END)
    for side in (-1, 1):
        with sheet.within(half(*sleeve_points("balloon", front.tip, front.pit, END), (front.chest - 30, front.pit[1]), side=side)):
            for n in range(1, 7):
                y = front.tip[1] + n * step * 0.92
                line = half((front.chest - 34, y + 12), (front.chest + 20, y + 10, front.chest + 40, y + 2, front.chest + 78, y - 8), side=side, close=False)
                sheet.soft_line(line, shades(look.base)[0], step * 0.46, 0.5, dy=-step * 0.1)
                sheet.soft_line(line, shades(look.base)[1], step * 0.4, 0.42, dy=step * 0.38)
                sheet.line(line, shades(look.base)[0], 1.5, 0.6)
    cuff(sheet, darker(look.base, 0.14), front.tip, END + 8, 22, reach=(34, 60))
    outline = open_front(sheet, look, front, 20)
    with sheet.within(outline):
        quilted(sheet, look.base, front, step)
        zipper(sheet, 300, front.top + 10, front.hem + 12)
    o, top = front.opening, front.top
    collar = mirrored((0, top - 26), (o * 0.7, top - 28, o + 6, top - 30, o + 8, top - 24), (o + 20, top - 10, o + 20, top + 10, o + 12, top + 22), (o * 0.7, top + 36, o * 0.3, top + 38, 0, top + 38))
    wall_shadow(sheet, collar, 12)
    solid(sheet, collar, look.trim if look.style in ("sporty", "retro") else look.paint(sheet), look.base, 1, 16)
    zipper(sheet, 300, top - 24, top + 40)


def _shell(sheet: Sheet, look: Look, front: Front, pockets: str) -> None:
    sleeves(sheet, look, "long", front.tip, front.pit, end=END)
    outline = open_front(sheet, look, front, 44)
    with sheet.within(outline):
        yoke = mirrored((0, front.top - 10), (front.chest + 20, front.top - 10), (front.chest + 20, front.top + 96), (0, front.top + 128))
        if look.style in ("sporty", "retro"):
            solid(sheet, yoke, look.trim, look.trim, 0.8, 12)
            sheet.line(half((-front.chest - 20, front.top + 100), (0, front.top + 132), (front.chest + 20, front.top + 100), close=False), look.accent, 7)
        seam(sheet, half((-front.chest - 20, front.top + 96), (0, front.top + 128), (front.chest + 20, front.top + 96), close=False), look.base, 0.6)
        zipper(sheet, 300, front.top + 40, front.hem + 10)
        sheet.soft_line(half((-front.wide - 10, front.hem - 14), (0, front.hem - 6), (front.wide + 10, front.hem - 14), close=False), shades(look.base)[0], 12, 0.34)
    _folds(sheet, look, front, outline)
    for side in (-1, 1):
        pocket_flap(sheet, look, front, front.hem - 84, "zip", side)
    fur_hood(sheet, look, front, fluffy=False)


CUTS: dict[str, Callable[[Sheet, Look, Front, str], None]] = {
    "denim": _denim, "biker": _biker, "bomber": _bomber, "blazer": _blazer, "puffer": _puffer, "shell": _shell,
}  # fmt: skip
