"""A sheet of SVG in the making: elements in drawing order, definitions beside them."""

from collections.abc import Iterator
from contextlib import contextmanager

SIZE = 600
"""Side of the square a product is drawn on, in the units of every coordinate here."""

MIDDLE = SIZE / 2

Point = tuple[float, ...]
"""(x, y): a straight step. (x1, y1, x2, y2, x, y): a cubic one. In `mirrored` and `half`, x counts from the middle."""


class Sheet:
    """Collects elements; `markup` is the whole drawing."""

    def __init__(self) -> None:
        self._definitions: list[str] = []
        self._elements: list[str] = []
        self._count = 0

    def put(self, element: str) -> None:
        self._elements.append(element)

    def define(self, tag: str, attributes: str, content: str) -> str:
        """Adds a definition and returns its name."""
        self._count += 1
        self._definitions.append(f'<{tag} id="d{self._count}" {attributes}>{content}</{tag}>')
        return f"d{self._count}"

    def fill(self, d: str, paint: str, opacity: float = 1) -> None:
        alpha = f' fill-opacity="{opacity:.3f}"' if opacity < 1 else ""
        self.put(f'<path d="{d}" fill="{paint}"{alpha}/>')

    def line(self, d: str, paint: str, width: float, opacity: float = 1, dash: str = "", cap: str = "round") -> None:
        alpha = f' stroke-opacity="{opacity:.3f}"' if opacity < 1 else ""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.put(
            f'<path d="{d}" fill="none" stroke="{paint}" stroke-width="{width:.2f}" stroke-linejoin="round" '
            f'stroke-linecap="{cap}"{alpha}{dashes}/>'
        )

    def soft_line(self, d: str, paint: str, width: float, opacity: float, dx: float = 0, dy: float = 0) -> None:
        """A line that fades at its sides: stacked strokes, which cost a tenth of a blur."""
        layers = 6
        strokes = "".join(
            f'<path d="{d}" stroke-width="{width * (step + 0.5) / layers:.2f}"/>' for step in range(layers)
        )
        self.put(
            f'<g fill="none" stroke="{paint}" stroke-opacity="{opacity / layers:.4f}" stroke-linecap="round" '
            f'stroke-linejoin="round" transform="translate({dx:.1f} {dy:.1f})">{strokes}</g>'
        )

    def linear(self, *stops: tuple[float, str, float], line: tuple[float, float, float, float] = (0, 0, 1, 0)) -> str:
        """A gradient over the shape it fills, from (x1, y1) to (x2, y2) in parts of its box; stops are
        (where, colour, opacity)."""
        x1, y1, x2, y2 = line
        name = self.define("linearGradient", f'x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"', _stops(stops))
        return f"url(#{name})"

    def radial(self, *stops: tuple[float, str, float], at: tuple[float, float, float] = (0.5, 0.5, 0.5)) -> str:
        x, y, r = at
        name = self.define("radialGradient", f'cx="{x}" cy="{y}" r="{r}"', _stops(stops))
        return f"url(#{name})"

    @contextmanager
    def within(self, d: str) -> Iterator[None]:
        """What is put inside shows only inside the shape."""
        name = self.define("clipPath", "", f'<path d="{d}"/>')
        self.put(f'<g clip-path="url(#{name})">')
        yield
        self.put("</g>")

    @contextmanager
    def moved(self, transform: str) -> Iterator[None]:
        self.put(f'<g transform="{transform}">')
        yield
        self.put("</g>")

    def markup(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" height="{SIZE}">'
            f"<defs>{''.join(self._definitions)}</defs>{''.join(self._elements)}</svg>"
        )


def mirrored(*points: Point) -> str:
    """A closed shape that is the same left and right of the middle: its right side, from the top down."""
    right = [f"M{MIDDLE + points[0][0]:.1f} {points[0][1]:.1f}"] + [_step(point, 1) for point in points[1:]]
    return " ".join(right + [f"L{MIDDLE - points[-1][-2]:.1f} {points[-1][-1]:.1f}"] + _back(points)) + " Z"


def half(*points: Point, side: int = 1, close: bool = True) -> str:
    """A shape beside the middle: to its right (`side` 1) or, turned over, to its left (-1)."""
    start = f"M{MIDDLE + side * points[0][0]:.1f} {points[0][1]:.1f}"
    return " ".join([start] + [_step(point, side) for point in points[1:]]) + (" Z" if close else "")


def trace(*points: Point, close: bool = True) -> str:
    """A shape in the sheet's own coordinates."""
    steps = ["C" + " ".join(f"{v:.1f}" for v in p) if len(p) == 6 else f"L{p[0]:.1f} {p[1]:.1f}" for p in points[1:]]
    return " ".join([f"M{points[0][0]:.1f} {points[0][1]:.1f}", *steps]) + (" Z" if close else "")


def ellipse(x: float, y: float, rx: float, ry: float) -> str:
    return (
        f"M{x - rx:.1f} {y:.1f} A{rx:.1f} {ry:.1f} 0 1 1 {x + rx:.1f} {y:.1f} "
        f"A{rx:.1f} {ry:.1f} 0 1 1 {x - rx:.1f} {y:.1f} Z"
    )


def circle(x: float, y: float, r: float) -> str:
    return ellipse(x, y, r, r)


def box(x: float, y: float, width: float, height: float, r: float = 0) -> str:
    """A rectangle with round corners."""
    r = max(0.01, min(r, width / 2, height / 2))
    return (
        f"M{x + r:.1f} {y:.1f} h{width - 2 * r:.1f} a{r:.1f} {r:.1f} 0 0 1 {r:.1f} {r:.1f} v{height - 2 * r:.1f} "
        f"a{r:.1f} {r:.1f} 0 0 1 {-r:.1f} {r:.1f} h{2 * r - width:.1f} a{r:.1f} {r:.1f} 0 0 1 {-r:.1f} {-r:.1f} "
        f"v{2 * r - height:.1f} a{r:.1f} {r:.1f} 0 0 1 {r:.1f} {-r:.1f} Z"
    )


def _stops(stops: tuple[tuple[float, str, float], ...]) -> str:
    return "".join(f'<stop offset="{at}" stop-color="{paint}" stop-opacity="{alpha}"/>' for at, paint, alpha in stops)


def _step(point: Point, side: int) -> str:
    values = [MIDDLE + side * value if index % 2 == 0 else value for index, value in enumerate(point)]
    return ("C" if len(point) == 6 else "L") + " ".join(f"{value:.1f}" for value in values)


def _back(points: tuple[Point, ...]) -> list[str]:
    """The same steps on the left side, from the bottom up."""
    steps = []
    for before, point in zip(reversed(points[:-1]), reversed(points[1:]), strict=True):
        x, y = before[-2:]
        steps.append(_step((*point[2:4], *point[:2], x, y) if len(point) == 6 else (x, y), -1))
    return steps
