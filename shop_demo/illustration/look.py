"""What one product looks like, whatever its form."""

from dataclasses import dataclass
from functools import cached_property
from random import Random

from shop_demo.illustration.colours import BACKGROUNDS, COLOURS, INK, brightness, darker, lighter, mix
from shop_demo.illustration.patterns import PATTERNS
from shop_demo.illustration.svg import SIZE, Sheet, box, circle, ellipse


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
    """A soft studio wall, lightly tinted by the product."""
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


def wall_shadow(sheet: Sheet, d: str, size: float = 34) -> None:
    """Behind something that hangs or lies: its outline, soft and a little lower."""
    sheet.soft_line(d, INK, size, 0.13, dx=7, dy=13)
    with sheet.moved("translate(7 13)"):
        sheet.fill(d, INK, 0.09)


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


def button(sheet: Sheet, x: float, y: float, r: float, tone: str) -> None:
    dark, light = shades(tone)
    sheet.fill(circle(x + 0.8, y + 1.4, r), dark, 0.4)
    sheet.fill(circle(x, y, r), tone)
    sheet.line(circle(x, y, r * 0.72), dark, 0.8, 0.5)
    sheet.fill(circle(x - r * 0.3, y - r * 0.35, r * 0.34), light, 0.7)
    for dx, dy in ((-0.22, 0.0), (0.22, 0.0)):
        sheet.fill(circle(x + dx * r, y + dy * r + r * 0.08, max(0.7, r * 0.12)), dark, 0.9)
