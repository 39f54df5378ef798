"""Hats and beanies."""

from collections.abc import Callable
from math import cos, pi, sin

from shop_demo.illustration.colours import darker, lighter
from shop_demo.illustration.details import details
from shop_demo.illustration.garment import bow, ribs
from shop_demo.illustration.knits import cable
from shop_demo.illustration.look import Look, background, crease, framed, seam, shades, solid, stitch, wall_shadow
from shop_demo.illustration.svg import Sheet, box, circle, ellipse, half, mirrored, trace


def hat(sheet: Sheet, look: Look) -> None:
    facts = details("hat", look)
    background(sheet, look)
    left, top, right, bottom = {"fedora": (84, 190, 516, 430), "bucket": (120, 180, 480, 440), "sun": (60, 200, 540, 440), "boater": (94, 236, 506, 430), "cap": (80, 180, 460, 430), "beret": (110, 190, 490, 420)}[facts["shape"]]
    with framed(sheet, left, top, right, bottom, margin=58, most=1.2):
        SHAPES[facts["shape"]](sheet, look, facts.get("band", ""))


def _brim(sheet: Sheet, look: Look, y: float, rx: float, ry: float, droop: float = 0, straw: bool = False) -> None:
    d = trace((300 - rx, y - droop * 0.2), (300 - rx * 0.9, y - ry * 1.1, 300 + rx * 0.9, y - ry * 1.1, 300 + rx, y - droop * 0.2), (300 + rx * 0.96, y + ry * 1.2 + droop, 300 - rx * 0.96, y + ry * 1.2 + droop, 300 - rx, y - droop * 0.2))
    wall_shadow(sheet, d, 36)
    solid(sheet, d, look.paint(sheet), look.base, 1, 24)
    with sheet.within(d):
        if straw:
            for n in range(1, 6):
                sheet.line(ellipse(300, y, rx * n / 6, ry * n / 6 * 1.1), shades(look.base)[0], 1.3, 0.3)
        sheet.fill(ellipse(304, y + 4, rx * 0.6, ry * 0.86), darker(look.base, 0.6), 0.32)
    stitch(sheet, trace((300 - rx + 8, y), (300 - rx * 0.86, y + ry * 1.06 + droop, 300 + rx * 0.86, y + ry * 1.06 + droop, 300 + rx - 8, y), close=False), look.base, 0.4)


def _crown(sheet: Sheet, look: Look, d: str, straw: bool, top: float, bottom: float) -> None:
    solid(sheet, d, look.paint(sheet), look.base, 1, 30)
    if straw:
        with sheet.within(d):
            for n in range(int((bottom - top) / 8)):
                y = top + n * 8
                sheet.line(half((-170, y - 4), (-60, y + 8, 60, y + 8, 170, y - 4), close=False), shades(look.base)[0], 1.4, 0.3)
                sheet.line(half((-170, y - 1), (-60, y + 11, 60, y + 11, 170, y - 1), close=False), shades(look.base)[1], 1.2, 0.3)


def _band(sheet: Sheet, look: Look, kind: str, d: str, y: float, wide: float) -> None:
    """Round the foot of the crown, whose outline is `d`."""
    tone = look.trim if look.trim != look.base else look.accent
    height = {"plain": 24.0, "wide": 40.0, "bow": 28.0}.get(kind, 9.0)
    curve = half((-wide - 14, y - height * 0.5 - 6), (-wide * 0.5, y + 14 - height * 0.5, wide * 0.5, y + 14 - height * 0.5, wide + 14, y - height * 0.5 - 6), close=False)
    with sheet.within(d):
        sheet.line(curve, darker(tone, 0.4), height + 3, cap="butt")
        sheet.line(curve, tone, height, cap="butt")
        if kind == "wide":
            sheet.line(curve, look.accent, 6, cap="butt")
        if kind == "cord":
            sheet.line(curve, darker(tone, 0.5), height, 0.5, dash="3 6", cap="butt")
        sheet.fill(box(100, y - 80, 400, 120), sheet.linear((0.1, "#ffffff", 0.12), (0.5, "#ffffff", 0), (1, "#1d1826", 0.26)))
    if kind == "bow":
        bow(sheet, tone, 300 + wide * 0.62, y - 10, 0.72, tails=look.style in ("romantic", "boho"))
    elif kind == "cord":
        for length in (34, 48):
            sheet.line(trace((300 + wide * 0.6, y - 4), (300 + wide * 0.6 + length * 0.3, y + 8, 300 + wide * 0.6 + 8, y + length * 0.8, 300 + wide * 0.66, y + length), close=False), tone, 5)


def _fedora(sheet: Sheet, look: Look, band: str) -> None:
    _brim(sheet, look, 384, 208, 46, -6)
    d = mirrored((0, 216), (22, 212, 44, 190, 72, 198), (104, 206, 112, 280, 122, 372), (84, 396, 40, 400, 0, 400))
    _crown(sheet, look, d, False, 200, 400)
    with sheet.within(d):
        crease(sheet, look.base, (300, 206), (300, 320), 40, 0.5)
        for side in (-1, 1):
            crease(sheet, look.base, (300 + side * 70, 214), (300 + side * 46, 320), 36, 0.42, side * 8)
    _band(sheet, look, band, d, 384, 122)


def _sun(sheet: Sheet, look: Look, band: str) -> None:
    _brim(sheet, look, 380, 232, 60, 8, straw=True)
    d = mirrored((0, 214), (72, 212, 106, 250, 114, 360), (80, 388, 40, 392, 0, 392))
    _crown(sheet, look, d, True, 206, 400)
    _band(sheet, look, band, d, 376, 114)


def _boater(sheet: Sheet, look: Look, band: str) -> None:
    _brim(sheet, look, 382, 196, 42, straw=True)
    d = mirrored((0, 250), (60, 250, 104, 254, 116, 262), (122, 372), (84, 396, 40, 400, 0, 400))
    _crown(sheet, look, d, True, 250, 404)
    sheet.fill(ellipse(300, 262, 115, 13), lighter(look.base, 0.24), 0.7)
    _band(sheet, look, "wide" if band == "plain" else band, d, 384, 122)


def _bucket(sheet: Sheet, look: Look, band: str) -> None:
    brim = mirrored((0, 324), (118, 318), (140, 348, 158, 380, 172, 406), (120, 446, 50, 450, 0, 450))
    wall_shadow(sheet, brim, 36)
    solid(sheet, brim, look.paint(sheet), look.base, 1, 26)
    for n in range(5):
        y = 348 + n * 19
        with sheet.within(brim):
            stitch(sheet, half((-190, y - 34), (-60, y + 12, 60, y + 12, 190, y - 34), close=False), look.base, 0.5)
    crown = mirrored((0, 206), (70, 204, 98, 214, 104, 232), (110, 270, 116, 300, 120, 322), (80, 348, 40, 350, 0, 350))
    wall_shadow(sheet, crown, 10)
    solid(sheet, crown, look.paint(sheet), look.base, 1, 26)
    with sheet.within(crown):
        sheet.soft_line(half((-104, 232), (-60, 254, 60, 254, 104, 232), close=False), shades(look.base)[0], 10, 0.3)
        seam(sheet, half((-106, 230), (-60, 252, 60, 252, 106, 230), close=False), look.base, 0.6)
        seam(sheet, trace((372, 246), (380, 346), close=False), look.base, 0.5)
        for x in (-60, -44):
            sheet.fill(circle(300 + x, 292, 4.4), darker(look.base, 0.6))
    if band == "cord":
        _band(sheet, look, band, crown, 340, 118)


def _cap(sheet: Sheet, look: Look, band: str) -> None:
    second = look.trim if look.style in ("sporty", "retro") else look.base
    peak = trace((208, 366), (150, 366, 104, 384, 88, 412), (84, 424, 100, 428, 120, 424), (170, 410, 240, 412, 292, 418), (292, 372))
    wall_shadow(sheet, peak, 30)
    solid(sheet, peak, second if second != look.base or look.pattern == "plain" else look.paint(sheet), second, 1, 16)
    with sheet.within(peak):
        for n in range(4):
            stitch(sheet, trace((190 - n * 26, 372 + n * 6), (160 - n * 24, 390 + n * 4, 180, 404 + n * 4, 300, 404 + n * 5), close=False), second, 0.4)
    d = trace((192, 376), (190, 250, 240, 200, 320, 198), (410, 198, 456, 270, 452, 404), (400, 414, 330, 418, 288, 412), (250, 404, 220, 386, 192, 376))
    wall_shadow(sheet, d, 26)
    solid(sheet, d, look.paint(sheet), look.base, 1, 34)
    with sheet.within(d):
        if second != look.base and look.style == "sporty":
            solid(sheet, trace((322, 198), (300, 240, 280, 320, 286, 420), (150, 420), (150, 180)), lighter(look.base, 0.1), look.base, 0.4, 6)
        for x, u in ((296, 270), (346, 372), (398, 440)):
            seam(sheet, trace((322, 200), (x, 240, u, 320, u + 6, 416), close=False), look.base, 0.6)
        for x in (310, 392):
            sheet.fill(ellipse(x + 10, 262, 5, 4), darker(look.base, 0.6), 0.8)
        stitch(sheet, trace((190, 366), (240, 396, 330, 408, 454, 392), close=False), look.base, 0.5)
    solid(sheet, ellipse(322, 197, 11, 6), second, second, 1, 4)
    badge = trace((222, 300), (246, 286), (268, 300), (262, 336), (240, 350), (222, 334))
    tone = look.accent if look.accent != second else look.trim
    solid(sheet, badge, tone, tone, 0.6, 6)
    stitch(sheet, badge, tone, 0.7)


def _beret(sheet: Sheet, look: Look, band: str) -> None:
    d = trace((136, 330), (128, 250, 230, 206, 316, 210), (420, 214, 482, 270, 470, 326), (462, 372, 380, 384, 340, 388), (280, 394, 190, 394, 160, 372), (146, 360, 138, 346, 136, 330))
    rim = trace((196, 366), (240, 384, 340, 384, 404, 362), (408, 384), (350, 410, 250, 412, 200, 392))
    wall_shadow(sheet, d, 40)
    sheet.line(trace((322, 214), (324, 200, 328, 196, 334, 190), close=False), darker(look.base, 0.35), 9)
    sheet.line(trace((322, 214), (324, 200, 328, 196, 334, 190), close=False), look.base, 6)
    solid(sheet, rim, darker(look.base, 0.2), look.base, 0.9, 8)
    solid(sheet, d, look.paint(sheet), look.base, 1, 44)
    with sheet.within(d):
        crease(sheet, look.base, (200, 380), (230, 290), 40, 0.3, 10)
        crease(sheet, look.base, (390, 372), (400, 280), 40, 0.3, -10)
        crease(sheet, look.base, (300, 388), (296, 320), 30, 0.24)
        sheet.soft_line(trace((190, 280), (230, 240, 280, 228, 330, 230), close=False), shades(look.base)[1], 40, 0.3)


SHAPES: dict[str, Callable[[Sheet, Look, str], None]] = {"fedora": _fedora, "bucket": _bucket, "sun": _sun, "boater": _boater, "cap": _cap, "beret": _beret}


def beanie(sheet: Sheet, look: Look) -> None:
    facts = details("beanie", look)
    background(sheet, look)
    tall = 46 if facts["top"] == "slouchy" else 0
    cuff = {"wide": 86.0, "narrow": 56.0, "no": 0.0}[facts["cuff"]]
    top, bottom = 204.0 - tall, 450.0
    pompom = facts["top"] == "pompom"
    with framed(sheet, 150, top - (74 if pompom else 4), 450, bottom + 8, margin=70):
        if pompom:
            _pompom(sheet, look, top - 4)
        d = mirrored((0, top), (70, top, 132, top + 60, 138, bottom - 60), (138, bottom - 4), (80, bottom + 10, 40, bottom + 12, 0, bottom + 12))
        if facts["top"] == "slouchy":
            d = trace((164, bottom), (156, bottom - 130, 170, top + 40, 262, top + 8), (330, top - 20, 430, top + 10, 440, top + 90), (446, top + 160, 436, bottom - 60, 436, bottom), (380, bottom + 14, 220, bottom + 14, 164, bottom))
        wall_shadow(sheet, d, 36)
        solid(sheet, d, look.paint(sheet), look.base, 1, 40)
        with sheet.within(d):
            _knit(sheet, look, facts["knit"], top, bottom)
        if cuff:
            _cuff(sheet, look, facts["knit"], bottom, cuff)


def _knit(sheet: Sheet, look: Look, knit: str, top: float, bottom: float) -> None:
    dark, light = shades(look.base)
    if knit == "striped":
        for n in range(4):
            sheet.line(half((-170, top + 80 + n * 56), (-60, top + 96 + n * 56, 60, top + 96 + n * 56, 170, top + 80 + n * 56), close=False), look.trim if n % 2 == 0 else look.accent, 24, cap="butt")
        sheet.fill(box(120, top, 360, 400), sheet.linear((0, "#ffffff", 0.1), (0.5, "#ffffff", 0), (1, "#1d1826", 0.3)))
    if knit == "cable":
        for x in (-84, 0, 84):
            cable(sheet, look.base, 300 + x, top + 10, bottom)
    else:
        step = 9 if knit == "ribbed" else 6
        for n in range(-15, 16):
            part = n / 15
            d = trace((300 + part * 30, top), (300 + part * 120, top + 40, 300 + part * 138, top + 140, 300 + part * 138, bottom + 10), close=False)
            sheet.line(d, dark, step * 0.32, 0.34 if knit == "ribbed" else 0.18, dash="" if knit == "ribbed" else "3 3", cap="butt")
            with sheet.moved("translate(3 0)"):
                sheet.line(d, light, step * 0.25, 0.3 if knit == "ribbed" else 0.16, cap="butt")


def _cuff(sheet: Sheet, look: Look, knit: str, bottom: float, height: float) -> None:
    tone = look.trim if look.style in ("sporty", "retro") or knit == "striped" else darker(look.base, 0.05)
    d = mirrored((0, bottom - height + 10), (50, bottom - height + 10, 110, bottom - height + 4, 144, bottom - height - 2), (150, bottom - height * 0.5, 148, bottom - 20, 144, bottom - 2), (110, bottom + 10, 50, bottom + 15, 0, bottom + 15))
    wall_shadow(sheet, d, 14)
    solid(sheet, d, tone if tone != look.base or look.pattern == "plain" else look.paint(sheet), tone, 1, 22)
    ribs(sheet, d, tone, 150, 300, bottom - height - 10, bottom + 20, 9)
    if look.style in ("minimal", "sporty", "classic"):
        label = box(330, bottom - height * 0.5 - 8, 46, 26, 3)
        leather = "#a8794a"
        solid(sheet, label, leather, leather, 0.7, 5)
        stitch(sheet, box(333, bottom - height * 0.5 - 5, 40, 20, 2), leather, 0.6)


def _pompom(sheet: Sheet, look: Look, y: float) -> None:
    tone = look.trim if look.style in ("retro", "sporty", "romantic") else lighter(look.base, 0.12)
    wall_shadow(sheet, circle(300, y - 10, 46), 30)
    sheet.fill(circle(300, y - 10, 40), darker(tone, 0.14))
    for radius, paint, count in ((48, darker(tone, 0.3), 46), (42, darker(tone, 0.1), 44), (32, tone, 34), (20, lighter(tone, 0.25), 22), (8, lighter(tone, 0.4), 9)):
        tufts = []
        for n in range(count):
            a = 2 * pi * n / count + look.between(-0.1, 0.1)
            r = radius * look.between(0.82, 1.06)
            tufts.append(f"M{300 + r * 0.6 * cos(a):.1f} {y - 10 + r * 0.6 * sin(a):.1f}L{296 + r * cos(a):.1f} {y - 12 + r * sin(a):.1f}")
        sheet.line(" ".join(tufts), paint, 7)
