"""Mirrors, and the frames that clocks have too."""


from shop_demo.illustration.colours import INK, darker, lighter
from shop_demo.illustration.home_details import details
from shop_demo.illustration.home_parts import (
    METALS,
    WOODS,
    grain,
    rounded,
    scallops,
    weave,
)
from shop_demo.illustration.look import Look, background, wall_shadow
from shop_demo.illustration.svg import Sheet, box, circle, ellipse, trace


def mirror(sheet: Sheet, look: Look) -> None:
    facts = details("mirror", look)
    background(sheet, look)
    glass, frame = _mirror_shape(look, facts["shape"])
    wall_shadow(sheet, frame, 30)
    if facts["shape"] == "sunburst":
        rays(sheet, look, frame_tone(look, facts["frame"]))
    frame_around(sheet, look, facts["frame"], frame)
    if facts["frame"] != "lacquered wood":
        sheet.line(glass, look.paint(sheet, scale=0.7), 30)  # the product's colour, between frame and glass
        sheet.soft_line(glass, INK, 34, 0.16)
    sheet.soft_line(glass, INK, 7, 0.5)
    sheet.fill(glass, sheet.linear((0, "#dfe7ea", 1), (0.5, "#f4f7f7", 1), (1, "#c3cfd4", 1), line=(0, 0, 1, 1)))
    with sheet.within(glass):
        for x, wide, alpha in ((120, 90, 0.6), (240, 26, 0.5), (380, 60, 0.35)):
            sheet.fill(trace((x, 620), (x + wide, 620), (x + wide + 230, 0), (x + 230, 0)), "#ffffff", alpha)
        sheet.soft_line(glass, INK, 22, 0.3, dx=4, dy=6)
    sheet.line(glass, INK, 1.4, 0.45)


def _mirror_shape(look: Look, shape: str) -> tuple[str, str]:
    """The outlines of the glass and of the frame round it."""
    t = look.between(28, 46)
    wide, tall = look.between(142, 164), look.between(190, 208)
    if shape == "rectangular":
        return box(300 - wide, 300 - tall, 2 * wide, 2 * tall, 6), box(300 - wide - t, 300 - tall - t, 2 * (wide + t), 2 * (tall + t), 10)
    if shape == "oval":
        return ellipse(300, 300, wide, tall), ellipse(300, 300, wide + t, tall + t)
    if shape == "arched":
        return _arch(wide, tall), _arch(wide + t, tall + t)
    if shape == "pebble":
        return _pebble(0.92), _pebble(0.92 + t / 190)
    if shape == "scalloped":
        return circle(300, 300, 160), scallops(300, 300, 200, 18)
    r = 104.0 if shape == "sunburst" else look.between(168, 188)
    return circle(300, 300, r), circle(300, 300, r + t)


def _arch(wide: float, tall: float) -> str:
    return f"M{300 - wide:.1f} {300 + tall:.1f} V{300 - tall + wide:.1f} A{wide:.1f} {wide:.1f} 0 0 1 {300 + wide:.1f} {300 - tall + wide:.1f} V{300 + tall:.1f} Z"


def _pebble(scale: float) -> str:
    def at(*values: float) -> tuple[float, ...]:
        return tuple(300 + value * scale for value in values)

    return trace(at(-30, -200), at(80, -214, 178, -140, 172, -20), at(168, 70, 150, 190, 20, 206), at(-110, 220, -190, 120, -176, 10), at(-164, -80, -120, -186, -30, -200))


def frame_tone(look: Look, frame: str) -> str:
    return METALS.get(frame) or {"oak": WOODS["oak"], "walnut": WOODS["walnut"], "rattan": "#c99d62", "steel": METALS["steel"]}.get(frame, look.base)


def frame_around(sheet: Sheet, look: Look, frame: str, d: str) -> None:
    tone = frame_tone(look, frame)
    paint = grain(sheet, tone) if frame in WOODS else weave(sheet, tone, 12) if frame == "rattan" else look.paint(sheet, scale=0.7) if tone == look.base else tone
    rounded(sheet, d, paint, tone, 0.9 if frame in METALS else 0.4, 14)
    with sheet.within(d):
        sheet.soft_line(d, lighter(tone, 0.7), 9, 0.6, dx=2, dy=2)
        sheet.soft_line(d, darker(tone, 0.5), 10, 0.5, dx=-2.5, dy=-3)
    if frame in METALS or frame == "rattan":
        sheet.line(d, look.base, 4)


def rays(sheet: Sheet, look: Look, tone: str) -> None:
    count = 20 + look.seed % 3 * 8
    for step in range(count):
        long = 226 if step % 2 else 184
        with sheet.moved(f"rotate({360 / count * step:.2f} 300 300)"):
            ray = trace((300 - 5, 300 - 100), (300 + 5, 300 - 100), (300 + (2 if step % 2 else 6), 300 - long), (300 - (2 if step % 2 else 6), 300 - long))
            sheet.fill(ray, tone)
            sheet.fill(ray, sheet.linear((0, "#ffffff", 0.4), (0.5, "#ffffff", 0), (1, INK, 0.35)))
            if step % 2:
                sheet.fill(circle(300, 300 - long, 7), look.base)
                sheet.fill(circle(298, 298 - long, 2.4), "#ffffff", 0.6)
