"""Patterns as tiles that repeat: each is (width, height, SVG drawn in the ink and the accent on a plain ground)."""

import math
from collections.abc import Callable
from random import Random

Tile = tuple[float, float, str]


def stripes(ink: str, accent: str, rng: Random) -> Tile:
    width = rng.uniform(16, 34)
    band = width * rng.uniform(0.3, 0.5)
    return width, 40, f'<rect width="{band:.1f}" height="40" fill="{ink}"/>'


def breton(ink: str, accent: str, rng: Random) -> Tile:
    height = rng.uniform(20, 32)
    band = height * rng.uniform(0.28, 0.45)
    return 40, height, f'<rect y="4" width="40" height="{band:.1f}" fill="{ink}"/>'


def pinstripe(ink: str, accent: str, rng: Random) -> Tile:
    width = rng.uniform(11, 18)
    return width, 40, f'<rect x="3" width="1.5" height="40" fill="{ink}" opacity=".8"/>'


def dots(ink: str, accent: str, rng: Random) -> Tile:
    step, r = rng.uniform(22, 40), rng.uniform(3.2, 6)
    places = ((0.25, 0.25), (0.75, 0.75))
    return step, step, "".join(f'<circle cx="{x * step:.1f}" cy="{y * step:.1f}" r="{r:.1f}" fill="{ink}"/>' for x, y in places)


def gingham(ink: str, accent: str, rng: Random) -> Tile:
    step = rng.uniform(18, 32)
    band = step / 2
    return step, step, (
        f'<g fill="{ink}" fill-opacity=".5"><rect width="{band:.1f}" height="{step:.1f}"/>'
        f'<rect width="{step:.1f}" height="{band:.1f}"/></g>'
    )


def check(ink: str, accent: str, rng: Random) -> Tile:
    step = rng.uniform(48, 74)
    bands = [(0, step * 0.3, ink, 0.55), (step * 0.38, 4, ink, 0.6), (step * 0.66, 3, accent, 0.9)]
    return step, step, "".join(
        f'<g fill="{paint}" fill-opacity="{alpha}"><rect x="{at:.1f}" width="{size:.1f}" height="{step:.1f}"/>'
        f'<rect y="{at:.1f}" height="{size:.1f}" width="{step:.1f}"/></g>'
        for at, size, paint, alpha in bands
    )


def windowpane(ink: str, accent: str, rng: Random) -> Tile:
    step = rng.uniform(34, 56)
    return step, step, f'<path d="M0 8H{step} M8 0V{step}" stroke="{ink}" stroke-width="2.2" fill="none"/>'


def herringbone(ink: str, accent: str, rng: Random) -> Tile:
    width = rng.uniform(22, 34)
    rise = width / 2
    lines = "".join(
        f'<path d="M0 {y:.1f} L{rise:.1f} {y - rise:.1f} L{width:.1f} {y:.1f}"/>' for y in (0, 7, 14, 21, 28, 35, 42)
    )
    return width, 7 * 3, f'<g stroke="{ink}" stroke-width="2.4" stroke-opacity=".65" fill="none">{lines}</g>'


def zigzag(ink: str, accent: str, rng: Random) -> Tile:
    width, height = rng.uniform(30, 46), rng.uniform(34, 46)
    rise = height * 0.4
    paths = "".join(
        f'<path d="M{-width / 2:.1f} {y + rise:.1f} L0 {y:.1f} L{width / 2:.1f} {y + rise:.1f} L{width:.1f} {y:.1f} '
        f'L{1.5 * width:.1f} {y + rise:.1f}" stroke="{paint}" stroke-width="{size}"/>'
        for y, paint, size in ((4, ink, 8), (4 + height * 0.42, accent, 3))
    )
    return width, height, f'<g fill="none">{paths}</g>'


def diamonds(ink: str, accent: str, rng: Random) -> Tile:
    width, height = rng.uniform(40, 56), rng.uniform(54, 76)

    def diamond(scale: float, paint: str) -> str:
        x, y = width / 2 * scale, height / 2 * scale
        return f'<path d="M{-x:.1f} 0 L0 {-y:.1f} L{x:.1f} 0 L0 {y:.1f} Z" fill="{paint}"/>'

    nest = diamond(0.8, ink) + diamond(0.52, accent) + diamond(0.26, ink)
    corners = [(0, 0), (width, 0), (0, height), (width, height)]
    small = "".join(f'<g transform="translate({x:.1f} {y:.1f}) scale(.35)">{diamond(0.7, accent)}</g>' for x, y in corners)
    return width, height, small + f'<g transform="translate({width / 2:.1f} {height / 2:.1f})">{nest}</g>'


def waves(ink: str, accent: str, rng: Random) -> Tile:
    r = rng.uniform(20, 30)
    arcs = "".join(
        f'<g transform="translate({x:.1f} {y:.1f})">' + "".join(f'<circle r="{r * part:.1f}"/>' for part in (0.98, 0.68, 0.36)) + "</g>"
        for x, y in ((0, 0), (2 * r, 0), (r, r), (0, 2 * r), (2 * r, 2 * r))
    )
    return 2 * r, r * 2, f'<g fill="none" stroke="{ink}" stroke-width="2.4">{arcs}</g>'


def geometric(ink: str, accent: str, rng: Random) -> Tile:
    step = rng.uniform(30, 42)
    shapes = [
        f'<path d="M0 0 A{step:.1f} {step:.1f} 0 0 1 {step:.1f} {step:.1f} L0 {step:.1f} Z" fill="{ink}"/>',
        f'<path d="M0 0 H{step:.1f} A{step:.1f} {step:.1f} 0 0 1 0 {step:.1f} Z" fill="{accent}"/>',
        f'<circle cx="{step / 2:.1f}" cy="{step / 2:.1f}" r="{step * 0.34:.1f}" fill="{ink}"/>',
        f'<path d="M0 {step:.1f} L{step:.1f} 0 V{step:.1f} Z" fill="{accent}"/>',
    ]
    rng.shuffle(shapes)
    places = ((0, 0), (step, 0), (step, step), (0, step))
    return 2 * step, 2 * step, "".join(
        f'<g transform="translate({x:.1f} {y:.1f})">{shape}</g>' for (x, y), shape in zip(places, shapes, strict=True)
    )


def terrazzo(ink: str, accent: str, rng: Random) -> Tile:
    chips = []
    for index in range(20):
        x, y = 12 + (index % 5) * 24 + rng.uniform(-5, 5), 12 + (index // 5) * 30 + rng.uniform(-6, 6)
        corners = sorted(rng.uniform(0, 2 * math.pi) for _ in range(5))
        size = rng.uniform(3.5, 10)
        points = " ".join(f"{x + size * math.cos(a):.1f},{y + size * 0.8 * math.sin(a):.1f}" for a in corners)
        chips.append(f'<polygon points="{points}" fill="{rng.choice((ink, ink, accent))}"/>')
    return 120, 120, "".join(chips)


def floral(ink: str, accent: str, rng: Random) -> Tile:
    size = rng.uniform(0.8, 1.25)
    places = [(26, 28, 13), (82, 20, 9), (62, 72, 14), (16, 84, 8), (100, 96, 10)]
    flowers = "".join(_flower(x, y, r * rng.uniform(0.85, 1.1), ink, accent, rng) for x, y, r in places)
    return 120 * size, 120 * size, f'<g transform="scale({size:.2f})">{flowers}</g>'


def meadow(ink: str, accent: str, rng: Random) -> Tile:
    """Small scattered blossoms."""
    places = [(10, 12), (36, 8), (24, 32), (50, 30), (8, 50), (38, 54)]
    blossoms = "".join(
        _flower(x + rng.uniform(-2, 2), y + rng.uniform(-2, 2), rng.uniform(3.6, 5.6), ink, accent, rng, leaves=False) for x, y in places
    )
    return 60, 62, blossoms


def leaves(ink: str, accent: str, rng: Random) -> Tile:
    """Twigs, each turned its own way."""
    def twig(x: float, y: float, turn: float, paint: str) -> str:
        pairs = "".join(
            f'<path d="M0 {-8 * n} q9 -2 12 -11 q-10 1 -12 11 q-9 -2 -12 -11 q10 1 12 11"/>' for n in range(4)
        )
        stem = f'<path d="M0 8V-34" stroke="{paint}" stroke-width="1.6"/>'
        return f'<g transform="translate({x} {y}) rotate({turn:.0f})" fill="{paint}">{stem}{pairs}</g>'

    turn = rng.uniform(10, 50)
    return 96, 100, twig(26, 48, turn, ink) + twig(70, 92, turn - 70, ink) + twig(82, 34, turn + 120, accent)


def cutouts(ink: str, accent: str, rng: Random) -> Tile:
    """Loose shapes as if cut from paper."""
    shapes = (
        "M0 0 c20 -18 34 2 24 18 c-8 16 -34 8 -24 -18",
        "M0 0 q8 -16 16 0 q8 16 16 0 q6 14 -6 22 q-22 8 -26 -22",
        "M0 0 a14 14 0 0 1 28 0 z",
        "M0 0 c8 -22 18 -22 16 0 c16 -8 18 8 2 10 c10 14 -6 18 -8 4 c-14 12 -22 -2 -10 -14",
    )
    places = ((10, 22), (66, 18), (30, 78), (80, 74))
    return 120, 116, "".join(
        f'<path d="{shape}" transform="translate({x} {y}) rotate({rng.uniform(-40, 40):.0f})" fill="{paint}"/>'
        for shape, (x, y), paint in zip(rng.sample(shapes, 4), places, (ink, accent, accent, ink), strict=True)
    )


def _flower(x: float, y: float, r: float, ink: str, heart: str, rng: Random, leaves: bool = True) -> str:
    petals = "".join(
        f'<ellipse rx="{r * 0.4:.1f}" ry="{r * 0.58:.1f}" cy="{-r * 0.58:.1f}" transform="rotate({72 * n})" fill="{ink}"/>'
        for n in range(5)
    )
    green = (
        f'<path d="M{-r:.1f} {r:.1f} q{-r * 0.9:.1f} {-r * 0.1:.1f} {-r * 0.8:.1f} {-r:.1f} q{r:.1f} {r * 0.1:.1f} '
        f'{r * 0.8:.1f} {r:.1f}" fill="{heart}"/>'
        if leaves
        else ""
    )
    turn = rng.uniform(0, 72)
    return (
        f'<g transform="translate({x:.1f} {y:.1f}) rotate({turn:.0f})">{green}{petals}'
        f'<circle r="{r * 0.28:.1f}" fill="{heart}"/></g>'
    )


PATTERNS: dict[str, Callable[[str, str, Random], Tile]] = {
    "stripes": stripes,
    "breton stripes": breton,
    "pinstripes": pinstripe,
    "polka dots": dots,
    "gingham": gingham,
    "check": check,
    "windowpane": windowpane,
    "herringbone": herringbone,
    "zigzag": zigzag,
    "diamonds": diamonds,
    "waves": waves,
    "geometric": geometric,
    "terrazzo": terrazzo,
    "floral": floral,
    "ditsy floral": meadow,
    "leaves": leaves,
    "cut-outs": cutouts,
}
