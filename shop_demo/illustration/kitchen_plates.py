"""Plates, seen from above."""


from shop_demo.illustration.colours import brightness, darker, lighter, mix
from shop_demo.illustration.home_details import details
from shop_demo.illustration.home_parts import (
    CLAY,
    scallops,
    speckle,
)
from shop_demo.illustration.look import Look, background, shades, wall_shadow
from shop_demo.illustration.svg import Sheet, circle, trace


def plate(sheet: Sheet, look: Look) -> None:
    facts = details("plate", look)
    background(sheet, look)
    r = look.between(206, 222)
    d = scallops(300, 300, r, 16) if facts["shape"] == "scalloped" else circle(300, 300, r)
    wall_shadow(sheet, d, 30)
    china = facts["detail"] in ("coloured rim", "coloured centre", "banded rim") and look.pattern != "plain"
    quiet = lighter(look.base, 0.86) if china or facts["detail"] == "banded rim" else look.base
    sheet.fill(d, look.paint(sheet) if facts["detail"] in ("plain", "reactive glaze", "raw edge") else quiet)
    well = r * (0.62 if facts["shape"] != "coupe" else 0.78)
    _decorate(sheet, look, facts["detail"], d, r, well, quiet)
    _relief(sheet, look.base if quiet == look.base else quiet, d, r, well, coupe=facts["shape"] == "coupe")


def _decorate(sheet: Sheet, look: Look, detail: str, d: str, r: float, well: float, quiet: str) -> None:
    if detail == "coloured rim":
        sheet.fill(d, look.paint(sheet))
        sheet.fill(circle(300, 300, well + 8), quiet if quiet != look.base else lighter(look.base, 0.8))
    elif detail == "coloured centre":
        sheet.fill(d, look.base)
        sheet.fill(circle(300, 300, well), look.paint(sheet))
    elif detail == "banded rim":
        sheet.line(circle(300, 300, r - 21), look.paint(sheet, scale=0.7), 34)
        sheet.line(circle(300, 300, r - 48), look.trim if brightness(look.trim) < 0.8 else look.base, 4)
    elif detail == "raw edge":
        sheet.line(circle(300, 300, r - 4), CLAY, 8)
        speckle(sheet, d, look.base, look.seed)
    elif detail == "reactive glaze":
        ink = look.trim if brightness(look.trim) < 0.7 else darker(look.base, 0.4)
        sheet.fill(d, sheet.radial((0, ink, 0), (0.5, ink, 0.08), (0.82, ink, 0.5), (0.93, mix(ink, CLAY, 0.5), 0.9), (1, CLAY, 0.95)))
        speckle(sheet, d, look.base, look.seed)


def _relief(sheet: Sheet, tone: str, d: str, r: float, well: float, coupe: bool) -> None:
    """Light falls from the upper left: the rim's lower right is lit, the well's upper left lies in shade."""
    dark, light = shades(tone)
    sheet.fill(d, sheet.linear((0, dark, 0.2), (0.45, dark, 0.02), (0.6, light, 0.02), (1, light, 0.4), line=(0.1, 0.05, 0.9, 0.95)))
    inner = circle(300, 300, well)
    sheet.fill(inner, sheet.linear((0, light, 0.12), (0.5, light, 0), (1, dark, 0.1), line=(0.1, 0.05, 0.9, 0.95)))
    with sheet.within(inner):
        sheet.soft_line(inner, dark, 40 if coupe else 22, 0.34, dx=4, dy=5)
    sheet.line(circle(300.8, 301.2, well), light, 3, 0.3)
    with sheet.within(d):
        sheet.soft_line(d, light, 10, 0.7, dx=1.5, dy=1.5)
        sheet.soft_line(d, dark, 12, 0.35, dx=-3, dy=-3)
    glare = trace((176, 236), (196, 190, 236, 160, 282, 154), (250, 176, 212, 206, 176, 236))
    sheet.fill(glare, "#ffffff", 0.32)
    sheet.line(d, dark, 1, 0.4)
