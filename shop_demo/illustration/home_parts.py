"""What home and kitchen share: turned bodies, openings, wood, metal, glass and weave."""

import math
from collections.abc import Sequence
from contextlib import AbstractContextManager
from random import Random

from shop_demo.illustration.colours import INK, brightness, darker, lighter
from shop_demo.illustration.look import Look, background, floor, shades
from shop_demo.illustration.svg import MIDDLE, Sheet, circle, ellipse, trace

Profile = Sequence[tuple[float, float]]
"""Half a silhouette from the top down, as (radius, y); a point that stands twice is a corner."""

WOODS = {
    "oak": "#c79d68", "walnut": "#7b5239", "beech": "#dfbd90", "bamboo": "#d8b677", "acacia wood": "#a46d40",
    "white-painted beech": "#f1ede4", "wood": "#c79d68",
}  # fmt: skip
METALS = {"brass": "#c39d55", "steel": "#b4b9bf", "copper": "#c27d58", "black steel": "#303136"}
WARM = "#ffe6ae"
"""Lamplight."""


DARK = "#35363b"
"""Knobs and grips of bakelite."""

CLAY = "#c9b18f"
"""Stoneware where it is not glazed."""


def stage(sheet: Sheet, look: Look, ground: float = 440) -> None:
    background(sheet, look)
    floor(sheet, ground)


def grown(sheet: Sheet, across: float, up: float, ground: float = 514) -> AbstractContextManager[None]:
    """Larger or smaller, standing where it stood."""
    return sheet.moved(f"translate(300 {ground}) scale({across:.3f} {up:.3f}) translate(-300 {-ground})")


def turned(profile: Profile, tilt: float = 0.16, x: float = MIDDLE) -> str:
    """The outline of a round body seen from slightly above: `tilt` is how round its circles look."""
    (top, y0), (bottom, y1) = profile[0], profile[-1]
    right = _smooth([(x + r, y) for r, y in profile])
    left = _smooth([(x - r, y) for r, y in reversed(profile)])
    under = f"A{bottom:.1f} {bottom * tilt * 1.15:.1f} 0 0 1 {x - bottom:.1f} {y1:.1f}" if bottom else ""
    over = f"A{top:.1f} {top * tilt:.1f} 0 0 1 {x + top:.1f} {y0:.1f}" if top else ""
    return f"M{x + top:.1f} {y0:.1f} {right} {under} {left} {over} Z"


def strip(profile: Profile, left: float, right: float, x: float = MIDDLE) -> str:
    """A band down a turned body, from `left` to `right` in parts of its radius."""
    one, two = [(x + left * r, y) for r, y in profile], [(x + right * r, y) for r, y in reversed(profile)]
    return f"M{one[0][0]:.1f} {one[0][1]:.1f} {_smooth(one)} L{two[0][0]:.1f} {two[0][1]:.1f} {_smooth(two)} Z"


def radius(profile: Profile, y: float) -> float:
    """How wide a turned body is at a height."""
    for (r0, y0), (r1, y1) in zip(profile, profile[1:], strict=False):
        if y0 <= y <= y1 and y1 > y0:
            return r0 + (r1 - r0) * (y - y0) / (y1 - y0)
    return profile[-1][0]


def hoop(r: float, y: float, tilt: float = 0.16, x: float = MIDDLE) -> str:
    """The front half of a circle round a turned body."""
    return f"M{x - r:.1f} {y:.1f} A{r:.1f} {r * tilt:.1f} 0 0 0 {x + r:.1f} {y:.1f}"


def rounded(sheet: Sheet, d: str, paint: str, tone: str, gloss: float = 0.5, rim: float = 30) -> None:
    """Fills a turned body: lit from the left, dark where it turns away; gloss goes from 0, matt, to 1, polished."""
    dark, light = shades(tone)
    sheet.fill(d, paint)
    stops = ((0, dark, 0.34), (0.14, dark, 0.1), (0.3, light, 0.16 + 0.2 * gloss), (0.48, light, 0), (0.6, dark, 0.02), (0.86, dark, 0.3), (1, dark, 0.44))
    sheet.fill(d, sheet.linear(*stops))
    sheet.fill(d, sheet.linear((0, light, 0.1), (0.4, light, 0), (0.75, dark, 0), (1, dark, 0.2), line=(0, 0, 0, 1)))
    with sheet.within(d):
        sheet.soft_line(d, dark, rim, 0.36, dx=-rim * 0.1, dy=-rim * 0.1)
        sheet.line(d, light, 3, 0.3 * gloss)
    sheet.line(d, dark, 1.1, 0.45)


def shine(sheet: Sheet, profile: Profile, strength: float = 0.5, x: float = MIDDLE) -> None:
    """Windows mirrored in a glaze: a broad streak on the left, a narrow one on the right."""
    for left, right, alpha in ((-0.68, -0.46, 1.0), (-0.4, -0.36, 0.6), (0.8, 0.86, 0.45)):
        paint = sheet.linear((0, "#ffffff", 0), (0.18, "#ffffff", alpha * strength), (0.7, "#ffffff", alpha * strength * 0.7), (1, "#ffffff", 0), line=(0, 0, 0, 1))
        sheet.fill(strip(profile, left, right, x), paint)


def polished(sheet: Sheet, d: str, tone: str, upright: bool = True) -> None:
    """Metal: hard bands of light and dark; upright for a pole, lying for a bar."""
    dark, light = darker(tone, 0.55), lighter(tone, 0.8)
    line = (0.0, 0.0, 1.0, 0.0) if upright else (0.0, 0.0, 0.0, 1.0)
    sheet.fill(d, tone)
    sheet.fill(d, sheet.linear(
        (0, dark, 0.6), (0.12, dark, 0.1), (0.26, light, 0.85), (0.36, light, 0.1), (0.55, dark, 0.28), (0.72, light, 0.3), (0.86, dark, 0.4), (1, dark, 0.7), line=line,
    ))  # fmt: skip
    sheet.line(d, dark, 1, 0.5)


def wooden(sheet: Sheet, d: str, tone: str, turn: float = 0, gloss: float = 0.25, rim: float = 12) -> None:
    rounded(sheet, d, grain(sheet, tone, turn), tone, gloss, rim)


def grain(sheet: Sheet, tone: str, turn: float = 0) -> str:
    """Wood: long uneven fibres, upright unless turned."""
    rng = Random(len(tone) + int(turn))
    fibres = []
    for index in range(15):
        x, sway = index * 6 + rng.uniform(-2, 2), rng.uniform(-5, 5)
        path = f"M{x:.1f} 0 C{x + sway:.1f} 60 {x - sway:.1f} 180 {x:.1f} 240"
        fibres.append(f'<path d="{path}" stroke-width="{rng.uniform(0.6, 2.2):.1f}" stroke-opacity="{rng.uniform(0.08, 0.3):.2f}"/>')
    content = f'<rect width="91" height="241" fill="{tone}"/><g fill="none" stroke="{darker(tone, 0.5)}">{"".join(fibres)}</g>'
    attributes = f'patternUnits="userSpaceOnUse" width="90" height="240" patternTransform="translate(17 31) rotate({turn})"'
    return f"url(#{sheet.define('pattern', attributes, content)})"


def weave(sheet: Sheet, tone: str, size: float = 16, turn: float = 0) -> str:
    """Rattan and seagrass: strands that go over and under."""
    dark, light, half = darker(tone, 0.5), lighter(tone, 0.3), size / 2

    def strand(x: float, y: float) -> str:
        return (
            f'<rect x="{x:.1f}" y="{y + 0.8:.1f}" width="{size * 0.98:.1f}" height="{half - 1.6:.1f}" rx="{half * 0.4:.1f}" fill="{tone}"/>'
            f'<rect x="{x + 2:.1f}" y="{y + 1.4:.1f}" width="{size - 5:.1f}" height="{half * 0.25:.1f}" rx="1" fill="{light}"/>'
        )

    content = f'<rect width="{size + 1}" height="{size + 1}" fill="{dark}"/>{strand(0, 0)}{strand(-half, half)}{strand(half, half)}'
    attributes = f'patternUnits="userSpaceOnUse" width="{size}" height="{size}" patternTransform="rotate({turn})"'
    return f"url(#{sheet.define('pattern', attributes, content)})"


def marble(sheet: Sheet, seed: int) -> str:
    rng = Random(seed)
    veins = []
    for _ in range(7):
        x, y = rng.uniform(-40, 160), rng.uniform(-40, 160)
        steps = " ".join(f"l{rng.uniform(6, 40):.0f} {rng.uniform(4, 30):.0f}" for _ in range(5))
        veins.append(f'<path d="M{x:.0f} {y:.0f} {steps}" stroke-width="{rng.uniform(0.6, 2.6):.1f}" stroke-opacity="{rng.uniform(0.15, 0.5):.2f}"/>')
    content = f'<rect width="241" height="241" fill="#ece9e5"/><g fill="none" stroke="#8b8a90">{"".join(veins)}</g>'
    tile = sheet.define("pattern", 'patternUnits="userSpaceOnUse" width="240" height="240"', content)
    return f"url(#{tile})"


def opening(sheet: Sheet, y: float, r: float, tone: str, tilt: float = 0.16, lip: float = 5, x: float = MIDDLE) -> None:
    """The mouth of a vessel: its lip, and the far wall inside, darker where the light comes from."""
    dark, light = shades(tone)
    sheet.fill(ellipse(x, y, r, r * tilt), lighter(tone, 0.25))
    sheet.fill(ellipse(x, y, r, r * tilt), sheet.linear((0, light, 0.5), (0.5, light, 0), (1, dark, 0.3)))
    inner = ellipse(x, y + lip * tilt * 0.4, r - lip, max(1.0, (r - lip) * tilt - 0.6))
    sheet.fill(inner, darker(tone, 0.3))
    sheet.fill(inner, sheet.linear((0, INK, 0.45), (0.7, INK, 0.08), (1, light, 0.12)))
    sheet.fill(inner, sheet.linear((0, INK, 0.28), (0.8, INK, 0), line=(0, 0, 0, 1)))
    sheet.line(ellipse(x, y, r, r * tilt), dark, 0.9, 0.4)


def glassy(sheet: Sheet, d: str, tone: str, profile: Profile, tilt: float = 0.16, paint: str = "") -> None:
    """Coloured glass: one sees through its middle; its edges gather the colour. A pattern is painted on it."""
    dark = darker(tone, 0.35)
    sheet.fill(d, paint or tone, 0.5 if paint.startswith("url") else 0.42)
    sheet.fill(d, sheet.linear((0, dark, 0.6), (0.1, tone, 0.35), (0.35, "#ffffff", 0.12), (0.65, tone, 0.1), (0.9, tone, 0.45), (1, dark, 0.65)))
    with sheet.within(d):
        sheet.soft_line(d, dark, 18, 0.4)
        bottom, y = profile[-1]
        sheet.fill(ellipse(MIDDLE, y - 7, bottom * 0.9, bottom * tilt), dark, 0.28)
    shine(sheet, profile, 0.75)
    sheet.line(d, dark, 1.6, 0.6)


def tube(sheet: Sheet, d: str, tone: str, width: float) -> None:
    """A round bar bent along a line: handles, hoops, wires."""
    dark, light = shades(tone)
    sheet.line(d, darker(tone, 0.42), width)
    sheet.line(d, tone, width - 2)
    sheet.soft_line(d, dark, width * 0.6, 0.4, dx=width * 0.16, dy=width * 0.18)
    sheet.soft_line(d, light, width * 0.46, 0.75, dx=-width * 0.15, dy=-width * 0.17)


def speckle(sheet: Sheet, d: str, tone: str, seed: int) -> None:
    """Iron spots in stoneware."""
    rng = Random(seed)
    ink = darker(tone, 0.55) if brightness(tone) > 0.35 else lighter(tone, 0.5)
    spots = "".join(f'<circle cx="{rng.uniform(2, 108):.1f}" cy="{rng.uniform(2, 108):.1f}" r="{rng.uniform(0.5, 1.7):.1f}"/>' for _ in range(46))
    tile = sheet.define("pattern", 'patternUnits="userSpaceOnUse" width="110" height="110"', f'<g fill="{ink}" fill-opacity=".45">{spots}</g>')
    sheet.fill(d, f"url(#{tile})")


def leg(sheet: Sheet, start: tuple[float, float], end: tuple[float, float], thick: tuple[float, float], tone: str, wood: bool = True) -> None:
    """A tapered leg from `start` down to `end`, as thick as given at either end."""
    (x0, y0), (x1, y1), (a, b) = start, end, (thick[0] / 2, thick[1] / 2)
    d = trace((x0 - a, y0), (x0 + a, y0), (x1 + b, y1 - 1), (x1 + b * 0.6, y1 + 1.5, x1 - b * 0.6, y1 + 1.5, x1 - b, y1 - 1))
    if wood:
        wooden(sheet, d, tone, rim=5)
    else:
        polished(sheet, d, tone)


def bulb(sheet: Sheet, x: float, y: float, r: float) -> None:
    """A lit bulb and its glow."""
    sheet.fill(circle(x, y, r * 5), sheet.radial((0, WARM, 0.55), (1, WARM, 0)))
    sheet.fill(circle(x, y, r), "#fff7df")
    sheet.fill(circle(x, y, r), sheet.radial((0, "#ffffff", 1), (1, WARM, 0.9)))


def leg_tone(look: Look, material: str) -> str:
    """A painted frame has the product's colour."""
    if material == "painted beech":
        return look.base
    return METALS.get(material) or WOODS[material.removeprefix("brass-tipped ")]


def open_body(profile: Profile) -> str:
    """The body with the front of its lip as upper edge, so that stems stand behind it."""
    r, y = profile[0]
    whole = turned(profile, 0.17)
    cut = whole.rindex("A")
    return whole[:cut] + f"A{r:.1f} {r * 0.17:.1f} 0 0 0 {300 + r:.1f} {y:.1f} Z"


def dish(sheet: Sheet, r: float, y: float, tone: str) -> None:
    """A shallow saucer: its underside in shade, its rim, its hollow."""
    sheet.fill(ellipse(300, y + 9, r * 0.93, r * 0.18), darker(tone, 0.3))
    rounded(sheet, ellipse(300, y, r, r * 0.18), tone, tone, 0.6, 8)
    sheet.fill(ellipse(300, y + 1, r * 0.9, r * 0.145), darker(tone, 0.2))


def scallops(x: float, y: float, r: float, count: int) -> str:
    step = 2 * math.pi / count
    points = [(x + r * math.cos(n * step), y + r * math.sin(n * step)) for n in range(count + 1)]
    bulge = r * math.sin(step / 2) * 1.06
    arcs = " ".join(f"A{bulge:.1f} {bulge:.1f} 0 0 1 {px:.1f} {py:.1f}" for px, py in points[1:])
    return f"M{points[0][0]:.1f} {points[0][1]:.1f} {arcs} Z"


def rim_colour(look: Look) -> str:
    """The edge of enamel stands out from its body."""
    dark = darker(look.trim, 0.1) if brightness(look.trim) < 0.55 else "#2b3550"
    return dark if brightness(look.base) > 0.45 else "#f3efe6"


def _smooth(points: list[tuple[float, float]]) -> str:
    """Cubic steps through the points after the first (Catmull-Rom); a repeated point ends the curve there."""
    steps, last = [], len(points) - 1
    for index in range(last):
        (x0, y0), (x1, y1) = points[index], points[index + 1]
        if (x0, y0) == (x1, y1):
            continue
        bx, by = points[max(0, index - 1)]
        ax, ay = points[min(last, index + 2)]
        steps.append(f"C{x0 + (x1 - bx) / 6:.1f} {y0 + (y1 - by) / 6:.1f} {x1 - (ax - x0) / 6:.1f} {y1 - (ay - y0) / 6:.1f} {x1:.1f} {y1:.1f}")
    return " ".join(steps)
