"""What is printed on a shirt's front or a bag's: one motif in two colours."""

import math
from collections.abc import Callable

from shop_demo.illustration.look import Look
from shop_demo.illustration.svg import Point, Sheet, circle, trace

Motif = Callable[[Sheet, str, str, float, float, float], None]


def sun(sheet: Sheet, ink: str, accent: str, x: float, y: float, r: float) -> None:
    sheet.fill(circle(x, y, r * 0.46), accent)
    for n in range(14):
        a = n * math.pi / 7
        inner, outer = r * 0.6, r * (1 if n % 2 == 0 else 0.82)
        sheet.line(trace((x + inner * math.cos(a), y + inner * math.sin(a)), (x + outer * math.cos(a), y + outer * math.sin(a)), close=False), ink, r * 0.09)


def wave(sheet: Sheet, ink: str, accent: str, x: float, y: float, r: float) -> None:
    sheet.fill(circle(x, y - r * 0.12, r * 0.62), accent)
    for n in range(3):
        top = y + r * (0.16 + n * 0.3)
        steps: list[Point] = [(x - r, top)]
        for k in range(4):
            u = x - r + k * r / 2
            swing = -r * 0.2 if k % 2 == 0 else r * 0.2
            steps.append((u + r * 0.18, top + swing, u + r * 0.32, top + swing, u + r / 2, top))
        sheet.line(trace(*steps, close=False), ink, r * 0.12)


def leaf(sheet: Sheet, ink: str, accent: str, x: float, y: float, r: float) -> None:
    sheet.line(trace((x, y + r), (x + r * 0.1, y, x - r * 0.1, y - r * 0.3, x, y - r * 0.7), close=False), ink, r * 0.07)
    for n in range(4):
        for side in (-1, 1):
            v = y + r * (0.62 - n * 0.4)
            d = trace((x, v), (x + side * r * 0.1, v - r * 0.34, x + side * r * 0.46, v - r * 0.46, x + side * r * (0.74 - n * 0.1), v - r * 0.42), (x + side * r * 0.6, v - r * 0.06, x + side * r * 0.2, v + r * 0.02, x, v))
            sheet.fill(d, ink if (n + (side > 0)) % 3 else accent)
    sheet.fill(trace((x, y - r * 0.55), (x - r * 0.2, y - r * 0.8, x - r * 0.08, y - r, x, y - r * 1.1), (x + r * 0.08, y - r, x + r * 0.2, y - r * 0.8, x, y - r * 0.55)), ink)


def heart(sheet: Sheet, ink: str, accent: str, x: float, y: float, r: float) -> None:
    def shape(k: float) -> str:
        return trace((x, y + k * 0.85), (x - k * 1.25, y + k * 0.05, x - k * 0.9, y - k, x, y - k * 0.4), (x + k * 0.9, y - k, x + k * 1.25, y + k * 0.05, x, y + k * 0.85))

    sheet.fill(shape(r * 0.85), ink)
    sheet.line(shape(r * 0.6), accent, r * 0.06, 0.9)


def mountain(sheet: Sheet, ink: str, accent: str, x: float, y: float, r: float) -> None:
    sheet.fill(circle(x + r * 0.3, y - r * 0.4, r * 0.3), accent)
    sheet.fill(trace((x - r, y + r * 0.6), (x - r * 0.28, y - r * 0.5), (x + r * 0.14, y + r * 0.14), (x + r * 0.36, y - r * 0.14), (x + r, y + r * 0.6)), ink)
    sheet.fill(trace((x - r * 0.44, y - r * 0.26), (x - r * 0.28, y - r * 0.5), (x - r * 0.1, y - r * 0.23), (x - r * 0.24, y - r * 0.3), (x - r * 0.32, y - r * 0.16)), accent)


def dot(sheet: Sheet, ink: str, accent: str, x: float, y: float, r: float) -> None:
    for n in range(3):
        for k in range(3):
            sheet.fill(circle(x + (k - 1) * r * 0.66, y + (n - 1) * r * 0.66, r * 0.27), accent if (n + k) % 3 == 0 else ink)


MOTIFS: dict[str, Motif] = {"sun": sun, "wave": wave, "leaf": leaf, "heart": heart, "mountain": mountain, "dot": dot}


def printed(sheet: Sheet, look: Look, name: str, x: float, y: float, r: float) -> None:
    """`name` as in a detail: "sun print"."""
    MOTIFS[name.removesuffix(" print")](sheet, look.trim, look.accent, x, y, r)
