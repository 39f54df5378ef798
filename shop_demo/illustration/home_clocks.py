"""Wall clocks."""

import math

from shop_demo.illustration.colours import INK, brightness, mix
from shop_demo.illustration.home_details import details
from shop_demo.illustration.home_mirrors import frame_around, frame_tone, rays
from shop_demo.illustration.home_parts import scallops
from shop_demo.illustration.look import Look, background, wall_shadow
from shop_demo.illustration.svg import Sheet, box, circle, trace


def wall_clock(sheet: Sheet, look: Look) -> None:
    facts = details("wall clock", look)
    background(sheet, look)
    frame, face, r = _clock_shape(facts["shape"])
    wall_shadow(sheet, frame, 30)
    tone = frame_tone(look, facts["frame"])
    if facts["shape"] == "sunburst":
        rays(sheet, look, tone)
    whole = facts["frame"] == "none"
    if not whole:
        frame_around(sheet, look, facts["frame"], frame)
    coloured = whole or tone != look.base
    dial = look.base if coloured else mix("#fbf8f1", look.trim, 0.05)
    _dial(sheet, look, frame if whole else face, dial, coloured)
    ink = "#2a2729" if brightness(dial) > 0.5 else "#f6f1e6"
    FACES[facts["face"]](sheet, ink, r, look)
    _hands(sheet, look, ink, r, dial)


def _clock_shape(shape: str) -> tuple[str, str, float]:
    """Outline of the frame and of the face, and how far the hours reach."""
    if shape == "square":
        return box(112, 112, 376, 376, 4), box(134, 134, 332, 332, 2), 158.0
    if shape == "rounded square":
        return box(104, 104, 392, 392, 96), box(136, 136, 328, 328, 72), 152.0
    if shape == "octagon":
        points = [(300 + 212 * math.cos(math.pi / 8 + n * math.pi / 4), 300 + 212 * math.sin(math.pi / 8 + n * math.pi / 4)) for n in range(8)]
        return trace(*points), circle(300, 300, 164), 152.0
    if shape == "sunburst":
        return circle(300, 300, 124), circle(300, 300, 108), 98.0
    if shape == "scalloped":
        return scallops(300, 300, 202, 16), circle(300, 300, 166), 154.0
    return circle(300, 300, 204), circle(300, 300, 182), 170.0


def _dial(sheet: Sheet, look: Look, d: str, dial: str, coloured: bool) -> None:
    sheet.fill(d, look.paint(sheet) if coloured else dial)
    sheet.fill(d, sheet.linear((0, "#ffffff", 0.25), (0.5, "#ffffff", 0), (1, INK, 0.14), line=(0, 0, 1, 1)))
    if coloured and look.pattern != "plain":
        sheet.fill(d, sheet.radial((0, dial, 0.95), (0.5, dial, 0.85), (0.8, dial, 0.3), (1, dial, 0)))
    with sheet.within(d):
        sheet.soft_line(d, INK, 24, 0.3, dx=4, dy=5)
    sheet.line(d, INK, 1.2, 0.4)


def _ticks(sheet: Sheet, ink: str, r: float, hours: range, length: float, width: float) -> None:
    for hour in hours:
        angle = hour * math.pi / 6
        sheet.line(f"M{300 + r * math.sin(angle):.1f} {300 - r * math.cos(angle):.1f} L{300 + (r - length) * math.sin(angle):.1f} {300 - (r - length) * math.cos(angle):.1f}", ink, width, 0.9, cap="butt")


def _four(sheet: Sheet, ink: str, r: float, look: Look) -> None:
    _ticks(sheet, ink, r * 0.94, range(0, 12, 3), r * 0.18, 6)


def _twelve(sheet: Sheet, ink: str, r: float, look: Look) -> None:
    _ticks(sheet, ink, r * 0.96, range(12), r * 0.1, 4)
    _ticks(sheet, ink, r * 0.96, range(0, 12, 3), r * 0.18, 7)


def _track(sheet: Sheet, ink: str, r: float, look: Look) -> None:
    circumference = 2 * math.pi * r * 0.92
    sheet.line(circle(300, 300, r * 0.92), ink, 8, 0.9, dash=f"2 {circumference / 60 - 2:.3f}", cap="butt")
    _twelve(sheet, ink, r * 0.98, look)


def _dots(sheet: Sheet, ink: str, r: float, look: Look) -> None:
    for hour in range(12):
        angle = hour * math.pi / 6
        paint = look.accent if hour % 3 == 0 and abs(brightness(look.accent) - brightness(ink)) < 0.5 else ink
        sheet.fill(circle(300 + r * 0.84 * math.sin(angle), 300 - r * 0.84 * math.cos(angle), r * (0.055 if hour % 3 == 0 else 0.032)), paint)


ROMAN = ("XII", "I", "II", "III", "IIII", "V", "VI", "VII", "VIII", "IX", "X", "XI")
STROKES = {"I": ("M0 0V24",), "V": ("M-7 0L0 24", "M0 24L7 0"), "X": ("M-7 0L7 24", "M7 0L-7 24")}
ADVANCE = {"I": 8, "V": 17, "X": 17}


def _roman(sheet: Sheet, ink: str, r: float, look: Look) -> None:
    """Drawn in strokes, so no font is needed."""
    for hour, numeral in enumerate(ROMAN):
        x = -sum(ADVANCE[letter] for letter in numeral) / 2
        with sheet.moved(f"rotate({hour * 30} 300 300) translate(300 {300 - r * 0.93:.1f}) scale({r / 170:.2f} {r / 150:.2f})"):
            for letter in numeral:
                middle = x + ADVANCE[letter] / 2
                for index, stroke in enumerate(STROKES[letter]):
                    with sheet.moved(f"translate({middle:.1f} 0)"):
                        sheet.line(stroke, ink, 1.6 if index else 3.2, 0.95, cap="butt")
                x += ADVANCE[letter]


FACES = {"four marks": _four, "twelve marks": _twelve, "minute track": _track, "dots": _dots, "roman numerals": _roman}


def _hands(sheet: Sheet, look: Look, ink: str, r: float, dial: str) -> None:
    """Ten past ten or near it, as in every watchmaker's window."""
    minute = look.between(48, 66)
    hour = 300 + look.between(0, 14)
    second = look.accent if abs(brightness(look.accent) - brightness(dial)) > 0.15 else "#c8523f"
    for angle, length, width, paint, tail in ((hour, 0.5, 9, ink, 0.1), (minute, 0.76, 6, ink, 0.12), (look.between(150, 210), 0.8, 2.2, second, 0.2)):
        with sheet.moved(f"rotate({angle:.1f} 300 300)"):
            path = f"M300 {300 + r * tail:.1f} L300 {300 - r * length:.1f}"
            with sheet.moved("translate(3 3)"):
                sheet.line(path, INK, width, 0.18)
            sheet.line(path, paint, width)
    sheet.fill(circle(300, 300, 9), ink)
    sheet.fill(circle(300, 300, 4), second)
