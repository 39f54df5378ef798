"""What one product looks like, whatever its form."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from random import Random

from shop_demo.illustration.colours import BACKGROUNDS, COLOURS, INK, brightness, darker, lighter, mix
from shop_demo.illustration.patterns import PATTERNS
from shop_demo.illustration.svg import SIZE, Sheet, box, circle, ellipse

SHADOW = "#2a2220"
"""What falls on a wall: warmer than the shade on the product."""


@dataclass(frozen=True)
class Look:
    """Names are those of `COLOURS` and `PATTERNS`, or "plain". The seed decides every measure that is left open."""

    colour: str
    second: str
    third: str
    pattern: str
    style: str
    seed: int

    @cached_property
    def rng(self) -> Random:
        return Random(self.seed)

    @property
    def base(self) -> str:
        return COLOURS[self.colour]

    @property
    def trim(self) -> str:
        return COLOURS[self.second]

    @property
    def accent(self) -> str:
        return COLOURS[self.third]

    def between(self, low: float, high: float) -> float:
        return self.rng.uniform(low, high)

    def paint(self, sheet: Sheet, turn: float = 0, scale: float = 1) -> str:
        """The fill of the main material: its colour, or its pattern turned by some degrees. Every call gives the same
        pattern, so the parts of one product match."""
        if self.pattern == "plain":
            return self.base
        width, height, content = PATTERNS[self.pattern](self.trim, self.accent, Random(self.seed + 1))
        ground = f'<rect width="{width + 1:.1f}" height="{height + 1:.1f}" fill="{self.base}"/>'
        attributes = (
            f'patternUnits="userSpaceOnUse" width="{width:.2f}" height="{height:.2f}" '
            f'patternTransform="translate(300 300) rotate({turn:.1f}) scale({scale:.2f})"'
        )
        return f"url(#{sheet.define('pattern', attributes, ground + content)})"


def background(sheet: Sheet, look: Look) -> None:
    """A soft studio wall, lightly tinted by the product. Every drawing begins with it, and so with the same chances."""
    look.rng.seed(look.seed)
    wall = mix(Random(look.seed + 2).choice(BACKGROUNDS), look.base, 0.035)
    sheet.fill(box(0, 0, SIZE, SIZE), wall)
    glow = sheet.radial((0, "#ffffff", 0.75), (1, "#ffffff", 0), at=(0.42, 0.36, 0.62))
    sheet.fill(box(0, 0, SIZE, SIZE), glow)


def floor(sheet: Sheet, y: float) -> None:
    """The ground that standing things stand on; it fades into the wall."""
    sheet.fill(box(0, y, SIZE, SIZE - y), sheet.linear((0, INK, 0.05), (1, INK, 0.015), line=(0, 0, 0, 1)))


def ground_shadow(sheet: Sheet, x: float, y: float, width: float, strength: float = 1) -> None:
    """Under something that stands: one wide and faint, one close and dark."""
    for rx, ry, alpha, dx in ((width * 0.68, width * 0.13, 0.22, width * 0.08), (width * 0.52, width * 0.05, 0.35, 0)):
        shade = sheet.radial((0, INK, alpha * strength), (0.55, INK, alpha * strength * 0.45), (1, INK, 0))
        sheet.fill(ellipse(x + dx, y, rx, ry), shade)


@contextmanager
def framed(sheet: Sheet, left: float, top: float, right: float, bottom: float, margin: float = 54, most: float = 1.3) -> Iterator[None]:
    """Centres what is drawn inside these bounds and lets it fill the sheet up to its margin."""
    room = SIZE - 2 * margin
    scale = min(room / (right - left), room / (bottom - top), most)
    x, y = SIZE / 2 - scale * (left + right) / 2, SIZE / 2 - scale * (top + bottom) / 2 - 4
    with sheet.moved(f"translate({x:.2f} {y:.2f}) scale({scale:.3f})"):
        yield


def wall_shadow(sheet: Sheet, d: str, size: float = 34) -> None:
    """Behind something that hangs or lies: its outline laid down many times around one lower place, which costs a
    tenth of a blur and fades like one."""
    name = sheet.define("path", f'd="{d}"', "")
    copies = 16
    turns = ((size * 0.5 * ((n + 0.5) / copies) ** 0.5, n * 2.4) for n in range(copies))
    uses = "".join(f'<use href="#{name}" x="{r * math.cos(a):.1f}" y="{r * math.sin(a):.1f}"/>' for r, a in turns)
    sheet.put(f'<g fill="{SHADOW}" fill-opacity=".02" transform="translate({size * 0.18:.1f} {size * 0.36:.1f})">{uses}</g>')


def solid(sheet: Sheet, d: str, paint: str, tone: str, depth: float = 1, rim: float = 26) -> None:
    """Fills a shape and gives it body: lit from the upper left, turning away at its edges."""
    sheet.fill(d, paint)
    dark, light = shades(tone)
    sheet.fill(d, sheet.linear((0, light, 0.20 * depth), (0.42, light, 0), line=(0, 0.1, 1, 0.35)))
    sheet.fill(d, sheet.linear((0.5, dark, 0), (1, dark, 0.24 * depth), line=(0, 0.1, 1, 0.35)))
    with sheet.within(d):
        sheet.soft_line(d, dark, rim * 1.5, 0.42 * depth, dx=-rim * 0.16, dy=-rim * 0.2)
        sheet.soft_line(d, light, rim * 0.5, 0.5 * depth, dx=rim * 0.1, dy=rim * 0.12)
    sheet.line(d, dark, 1.3, 0.5)


def shades(tone: str) -> tuple[str, str]:
    """What its shaded and its lit parts are mixed with."""
    strength = 0.62 if brightness(tone) > 0.25 else 0.8
    return darker(tone, strength), lighter(tone, 0.75)


def stitch(sheet: Sheet, d: str, tone: str, opacity: float = 0.55) -> None:
    """A row of stitches: darker on light cloth, lighter on dark."""
    thread = darker(tone, 0.45) if brightness(tone) > 0.3 else lighter(tone, 0.45)
    sheet.line(d, thread, 1.4, opacity, dash="5 3.4", cap="butt")


def seam(sheet: Sheet, d: str, tone: str, opacity: float = 0.5) -> None:
    dark, light = shades(tone)
    sheet.line(d, dark, 1.6, opacity)
    with sheet.moved("translate(1.3 1)"):
        sheet.line(d, light, 1, opacity * 0.5)


def fold(sheet: Sheet, d: str, tone: str, width: float = 14, opacity: float = 0.3) -> None:
    """A crease in cloth: shade with a lit ridge beside it."""
    dark, light = shades(tone)
    sheet.soft_line(d, dark, width, opacity)
    sheet.soft_line(d, light, width * 0.7, opacity * 0.7, dx=-width * 0.55)


def crease(sheet: Sheet, tone: str, start: tuple[float, float], end: tuple[float, float], width: float = 20, opacity: float = 0.4, bow: float = 0, open_end: bool = False) -> None:
    """A fold that tapers to both ends, or only to its start: shade in nested slivers, a lit ridge to its left."""
    (x, y), (u, v) = start, end
    length = max(1.0, ((u - x) ** 2 + (v - y) ** 2) ** 0.5)
    nx, ny = (y - v) / length, (u - x) / length

    def sliver(half_width: float, shift: float) -> str:
        def at(part: float, side: float) -> str:
            reach = bow * 1.33 * (0 < part < 1) + side * half_width + shift * (part > 0)
            return f"{x + (u - x) * part + nx * reach:.1f} {y + (v - y) * part + ny * reach:.1f}"

        last = 1.0 if open_end else 0.0
        return (
            f"M{at(0, 0)} C{at(0.33, 0.6)} {at(0.66, 1)} {at(1, last)} L{at(1, -last)} C{at(0.66, -1)} {at(0.33, -0.6)} {at(0, 0)} Z"
        )

    dark, light = shades(tone)
    lean = width * (0.62 if nx < 0 else -0.62)
    for paint, strength, shift in ((dark, opacity, 0.0), (light, opacity * 0.7, lean)):
        layers = "".join(f'<path d="{sliver(width * 0.16 * step, shift)}"/>' for step in (1, 2, 3, 4))
        sheet.put(f'<g fill="{paint}" fill-opacity="{strength / 4:.3f}">{layers}</g>')


def button(sheet: Sheet, x: float, y: float, r: float, tone: str) -> None:
    dark, light = shades(tone)
    sheet.fill(circle(x + 0.8, y + 1.4, r), dark, 0.4)
    sheet.fill(circle(x, y, r), tone)
    sheet.line(circle(x, y, r * 0.72), dark, 0.8, 0.5)
    sheet.fill(circle(x - r * 0.3, y - r * 0.35, r * 0.34), light, 0.7)
    for dx, dy in ((-0.22, 0.0), (0.22, 0.0)):
        sheet.fill(circle(x + dx * r, y + dy * r + r * 0.08, max(0.7, r * 0.12)), dark, 0.9)
