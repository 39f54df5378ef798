"""Candles and what holds them."""

import math

from shop_demo.illustration.colours import INK, darker, lighter, mix
from shop_demo.illustration.home_details import Facts, details
from shop_demo.illustration.home_parts import (
    METALS,
    WARM,
    WOODS,
    Profile,
    dish,
    marble,
    opening,
    polished,
    rounded,
    shine,
    speckle,
    stage,
    strip,
    turned,
    wooden,
)
from shop_demo.illustration.look import Look, ground_shadow, shades
from shop_demo.illustration.svg import Sheet, box, circle, ellipse, trace


def candle(sheet: Sheet, look: Look) -> None:
    facts = details("candle", look)
    stage(sheet, look, 440)
    lit = facts["flame"] == "lit"
    CANDLES[facts["shape"]](sheet, look, facts, lit)


def _wick(sheet: Sheet, x: float, y: float, lit: bool, size: float = 1) -> None:
    sheet.line(f"M{x} {y + 6} C{x - 1} {y - 4} {x + 2} {y - 8} {x + 1} {y - 16 * size}", "#3a2a22", 3)
    if not lit:
        return
    top = y - 10 * size
    sheet.fill(circle(x, top - 26 * size, 120 * size), sheet.radial((0, WARM, 0.75), (0.35, WARM, 0.25), (1, WARM, 0)))
    flame = trace((x, top - 62 * size), (x + 8 * size, top - 40 * size, x + 18 * size, top - 26 * size, x + 14 * size, top - 10 * size), (x + 10 * size, top + 3 * size, x - 10 * size, top + 3 * size, x - 14 * size, top - 10 * size), (x - 17 * size, top - 28 * size, x - 4 * size, top - 42 * size, x, top - 62 * size))
    sheet.fill(flame, sheet.linear((0, "#ffd56b", 0.9), (0.5, "#fff3c4", 1), (0.85, "#ffb64a", 0.95), (1, "#7f9ad6", 0.5), line=(0, 0, 0, 1)))
    sheet.fill(ellipse(x, top - 14 * size, 6 * size, 12 * size), "#ffffff", 0.75)


def _wax(sheet: Sheet, look: Look, profile: Profile, lit: bool, tilt: float = 0.18, x: float = 300) -> None:
    d = turned(profile, tilt, x)
    rounded(sheet, d, look.paint(sheet, scale=0.7), look.base, 0.35)
    r, y = profile[0]
    sheet.fill(ellipse(x, y, r, r * tilt), lighter(look.base, 0.3))
    sheet.fill(ellipse(x, y + 1, r * 0.84, r * tilt * 0.8), darker(look.base, 0.08))
    if lit:
        with sheet.within(d):
            sheet.fill(ellipse(x, y + 10, r * 1.3, 90), sheet.radial((0, WARM, 0.75), (1, WARM, 0)))
    sheet.line(ellipse(x, y, r, r * tilt), shades(look.base)[0], 1, 0.3)


def _pillar(sheet: Sheet, look: Look, facts: Facts, lit: bool) -> None:
    r, top = look.between(64, 92), look.between(200, 270)
    low = 500.0 if facts["holder"] == "none" else 488.0
    ground_shadow(sheet, 302, low + 20, r * 2.9)
    _holder(sheet, look, facts["holder"], r)
    _wax(sheet, look, ((r, top), (r, low)), lit)
    if facts["shape"] == "ribbed candle":
        _ribs(sheet, ((r, top), (r, low)), look.base)
    _wick(sheet, 300, top + 2, lit)


def _ribs(sheet: Sheet, profile: Profile, tone: str) -> None:
    dark, light = shades(tone)
    for step in range(-6, 7):
        part = math.sin(step / 6.6 * math.pi / 2)
        d = strip(profile, part - 0.012, part + 0.012)
        with sheet.moved(f"translate(0 {math.sqrt(1 - part * part) * profile[0][0] * 0.18:.1f})"):
            sheet.soft_line(d, dark, 7, 0.3)
            sheet.soft_line(d, light, 5, 0.35, dx=6)


def _holder(sheet: Sheet, look: Look, holder: str, r: float) -> None:
    if holder == "marble plate":
        rounded(sheet, turned(((r + 44, 494), (r + 44, 508), (r + 40, 510)), 0.18), marble(sheet, look.seed), "#e6e2dd", 0.6, 12)
        sheet.line(ellipse(300, 494, r + 44, (r + 44) * 0.18), "#ffffff", 2, 0.6)
    elif holder == "ceramic saucer":
        dish(sheet, r + 52, 492, look.trim)


def _jar(sheet: Sheet, look: Look, facts: Facts, lit: bool) -> None:
    r, top = look.between(92, 116), look.between(250, 300)
    profile = ((r, top), (r, 470), (r - 8, 500), (r - 8, 500))
    ground_shadow(sheet, 302, 516, r * 2.7)
    if facts["holder"] == "glass jar":
        _wax(sheet, look, ((r - 7, top + 62), (r - 7, 484), (r - 12, 494)), lit)
        _wick(sheet, 300, top + 64, lit)
        jar = turned(profile, 0.18)
        sheet.fill(jar, "#e6efef", 0.22)
        with sheet.within(jar):
            sheet.soft_line(jar, "#5f7476", 16, 0.5)
        shine(sheet, profile, 0.7)
        for edge in (jar, ellipse(300, top, r, r * 0.18)):
            sheet.line(edge, "#8fa0a2", 1.8, 0.7)
    else:
        d = turned(profile, 0.18)
        rounded(sheet, d, look.paint(sheet), look.base, 0.25)
        speckle(sheet, d, look.base, look.seed)
        opening(sheet, top, r, look.base, 0.18, 6)
        wax = mix("#f7efdf", look.trim, 0.1)
        with sheet.within(ellipse(300, top + 1, r - 6, r * 0.18 - 4)):
            sheet.fill(ellipse(300, top + 12, r - 6, r * 0.18 - 2), wax)
            sheet.fill(ellipse(300, top + 12, r - 6, r * 0.18 - 2), sheet.linear((0, INK, 0.2), (0.6, INK, 0)))
        _wick(sheet, 300, top + 10, lit)
    label = box(300 - r * 0.5, top + 90, r, 74, 3)
    sheet.fill(label, "#faf6ec", 0.94)
    sheet.line(label, darker(look.base, 0.3), 1, 0.4)
    for y, width in ((108, 0.5), (124, 0.74), (140, 0.34)):
        sheet.line(f"M{300 - r * width / 2:.0f} {top + y:.0f} h{r * width:.0f}", "#5b5350", 3 if y == 124 else 1.6, 0.75)


def _ball(sheet: Sheet, look: Look, facts: Facts, lit: bool) -> None:
    r = look.between(104, 124)
    y = 508 - r
    ground_shadow(sheet, 302, 510, r * 1.7)
    d = circle(300, y, r)
    rounded(sheet, d, look.paint(sheet), look.base, 0.4, 44)
    sheet.fill(ellipse(300, y - r * 0.93, r * 0.3, r * 0.07), darker(look.base, 0.12))
    if lit:
        sheet.fill(d, sheet.radial((0, WARM, 0.7), (1, WARM, 0), at=(0.5, 0.05, 0.5)))
    _wick(sheet, 300, y - r * 0.92, lit)


def _slender(sheet: Sheet, look: Look, facts: Facts, lit: bool) -> None:
    top = look.between(132, 158)
    ground_shadow(sheet, 302, 526, 240)
    _stick(sheet, look, facts["holder"])
    profile = ((19, top), (24, 380))
    _wax(sheet, look, profile, lit, 0.3)
    if facts["shape"] == "twisted candle":
        with sheet.within(turned(profile, 0.3)):
            for y in range(int(top) - 20, 400, 22):
                sheet.soft_line(f"M272 {y + 26} C290 {y + 20} 308 {y + 6} 328 {y - 10}", shades(look.base)[0], 8, 0.5)
                sheet.soft_line(f"M272 {y + 18} C290 {y + 12} 308 {y - 2} 328 {y - 18}", "#ffffff", 6, 0.4)
    _cup(sheet, look, facts["holder"])
    _wick(sheet, 300, top + 2, lit, 0.85)


def _stick_paint(sheet: Sheet, look: Look, holder: str, d: str) -> None:
    if holder.startswith("brass"):
        polished(sheet, d, METALS["brass"])
    elif holder.startswith("wooden"):
        wooden(sheet, d, WOODS["oak" if look.seed % 2 else "walnut"])
    else:
        rounded(sheet, d, look.trim, look.trim, 0.8, 14)


def _stick(sheet: Sheet, look: Look, holder: str) -> None:
    profile = ((34, 386), (14, 404), (25, 420), (12, 436), (16, 468), (40, 496), (100, 510), (102, 518))
    _stick_paint(sheet, look, holder, turned(profile, 0.2))


def _cup(sheet: Sheet, look: Look, holder: str) -> None:
    _stick_paint(sheet, look, holder, turned(((38, 366), (30, 392)), 0.0001))


CANDLES = {"dinner candle": _slender, "twisted candle": _slender, "pillar candle": _pillar, "ribbed candle": _pillar, "jar candle": _jar, "ball candle": _ball}
