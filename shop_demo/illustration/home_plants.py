"""Green: plants for pots and bunches for vases. Each grows from (x, y), the middle of an opening `r` wide."""

import math
from collections.abc import Callable

from shop_demo.illustration.colours import darker, lighter, mix
from shop_demo.illustration.look import Look
from shop_demo.illustration.svg import Sheet, circle, ellipse, trace

GREENS = ("#4f7d4a", "#3f6f50", "#6a8f52", "#567a5e")

Plant = Callable[[Sheet, Look, float, float, float], None]


def leaf(sheet: Sheet, x: float, y: float, angle: float, length: float, width: float, tone: str, vein: bool = True) -> None:
    """Points `angle` degrees from upright, to the right when positive."""
    with sheet.moved(f"translate({x:.1f} {y:.1f}) rotate({angle:.1f})"):
        d = trace((0, 0), (width * 0.75, -length * 0.25, width * 0.6, -length * 0.72, 0, -length), (-width * 0.6, -length * 0.72, -width * 0.75, -length * 0.25, 0, 0))
        sheet.fill(d, tone)
        sheet.fill(d, sheet.linear((0, "#ffffff", 0.22), (0.5, "#ffffff", 0.02), (0.51, "#10200f", 0.2), (1, "#10200f", 0.05)))
        if vein:
            sheet.line(f"M0 0 L0 {-length * 0.92:.1f}", lighter(tone, 0.4), 1.1, 0.55)


def snake(sheet: Sheet, look: Look, x: float, y: float, r: float) -> None:
    """Upright blades with pale edges."""
    green = look.rng.choice(GREENS)
    for index in range(9):
        part = (index * 5 % 9) / 4 - 1
        length, lean, root = look.between(150, 262) * (1 - 0.25 * abs(part)), part * 44 + look.between(-8, 8), x + part * r * 0.66
        low = y + (1 - abs(part)) * 6
        tip = (root + lean, low - length)
        blade = trace((root - 13, low), (root - 20, low - length * 0.4, tip[0] - 16, tip[1] + 60, *tip), (tip[0] + 10, tip[1] + 64, root + 20, low - length * 0.4, root + 13, low))
        sheet.fill(blade, "#d3cf86")
        with sheet.moved(f"translate({root:.1f} {low}) scale(0.76 0.97) translate({-root:.1f} {-low})"):
            sheet.fill(blade, mix(green, "#2c4a36", 0.25 * (index % 3)))
            sheet.fill(blade, sheet.linear((0, "#ffffff", 0.15), (0.5, "#ffffff", 0), (1, "#10200f", 0.35)))
        for step in range(4, int(length / 17)):
            part_up = step * 17 / length
            sheet.line(f"M{root + lean * part_up - 8:.1f} {low - step * 17 + look.between(-3, 3):.1f} q8 {look.between(-6, 6):.1f} 15 0", lighter(green, 0.45), 2, 0.35)


def rubber(sheet: Sheet, look: Look, x: float, y: float, r: float) -> None:
    """Broad glossy leaves up a stem."""
    green = look.rng.choice(("#3c6145", "#446b4c", "#51443f"))
    lean = look.between(-14, 14)
    top = y - 250
    sheet.line(f"M{x} {y + 6} C{x} {y - 90} {x + lean} {y - 150} {x + lean} {top}", "#6b4f3d", 7)
    for index in range(11):
        part = index / 10
        side = 1 if index % 2 else -1
        leaf(sheet, x + lean * part, y - 40 - 200 * part, side * (86 - 58 * part) + look.between(-8, 8), 104 - 26 * part, 48 - 10 * part, mix(green, "#7da06a", 0.2 * (index % 3)))
    leaf(sheet, x + lean, top + 6, look.between(-8, 8), 62, 26, lighter(green, 0.15))


def cactus(sheet: Sheet, look: Look, x: float, y: float, r: float) -> None:
    """A ribbed column with arms and a flower."""
    green = look.rng.choice(("#5d8f60", "#4c8068", "#6f9a63"))
    arms = ((x - 64, y - 66, 30, 78), (x + 62, y - 112, 28, 74))
    for ax, ay, width, height in arms[: 1 + look.seed % 2]:
        sheet.line(f"M{x} {ay + 26} H{ax}", darker(green, 0.12), width * 0.9)
        sheet.line(f"M{x} {ay + 22} H{ax}", green, width * 0.7)
        _column(sheet, ax, ay + 28, width, height, green)
    _column(sheet, x, y + 8, 82, look.between(196, 236), green)


def _column(sheet: Sheet, x: float, y: float, width: float, height: float, tone: str) -> None:
    half, top = width / 2, y - height
    d = f"M{x - half} {y} V{top + half} A{half} {half} 0 0 1 {x + half} {top + half} V{y} Q{x} {y + 8} {x - half} {y} Z"
    sheet.fill(d, tone)
    sheet.fill(d, sheet.linear((0, "#10200f", 0.25), (0.3, "#ffffff", 0.2), (0.6, "#ffffff", 0), (1, "#10200f", 0.45)))
    ribs = 5 if width > 50 else 3
    with sheet.within(d):
        for step in range(ribs):
            part = math.sin(((step + 0.5) / ribs - 0.5) * math.pi * 0.86)
            sheet.line(f"M{x + part * half:.1f} {y + 8} V{top + half * 0.7:.1f} Q{x + part * half:.1f} {top + 6:.1f} {x + part * half * 0.3:.1f} {top}", darker(tone, 0.45), 2.4, 0.5)
            for row in range(int(height / 16)):
                sheet.line(f"M{x + part * half - 4:.1f} {y - 8 - row * 16} l4 -4 l4 4", "#f3edd2", 1.1, 0.8)
    for turn in (-50, -18, 18, 50):
        leaf(sheet, x, top + 4, turn, 18 if width > 50 else 11, 10, "#e58a92", vein=False)


def fern(sheet: Sheet, look: Look, x: float, y: float, r: float) -> None:
    """Arching fronds."""
    green = look.rng.choice(GREENS)
    for index in range(15):
        part = (index * 4 % 15) / 7 - 1
        reach, height = part * look.between(150, 196), look.between(120, 215) * (1.1 - 0.6 * abs(part))
        _frond(sheet, (x + part * r * 0.5, y), (x + part * r * 0.8 + reach * 0.3, y - height), (x + reach, y - height * 0.62 + 70 * abs(part)), mix(green, "#9dbb6a", 0.14 * (index % 4)))


def _frond(sheet: Sheet, start: tuple[float, float], bend: tuple[float, float], end: tuple[float, float], tone: str) -> None:
    leaflets, count = [], 17
    for step in range(2, count + 1):
        t = step / count
        px = (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * bend[0] + t * t * end[0]
        py = (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * bend[1] + t * t * end[1]
        angle = math.atan2(2 * (1 - t) * (bend[1] - start[1]) + 2 * t * (end[1] - bend[1]), 2 * (1 - t) * (bend[0] - start[0]) + 2 * t * (end[0] - bend[0]))
        size = 24 * math.sin(math.pi * min(0.97, 0.25 + t * 0.74)) + 3
        for side in (-1, 1):
            turn = angle + side * 1.05
            tx, ty = px + size * math.cos(turn), py + size * math.sin(turn)
            leaflets.append(f"M{px:.1f} {py:.1f} Q{px + size * 0.6 * math.cos(turn - 0.35):.1f} {py + size * 0.6 * math.sin(turn - 0.35):.1f} {tx:.1f} {ty:.1f} Q{px + size * 0.6 * math.cos(turn + 0.35):.1f} {py + size * 0.6 * math.sin(turn + 0.35):.1f} {px:.1f} {py:.1f}")
    sheet.line(f"M{start[0]:.1f} {start[1]:.1f} Q{bend[0]:.1f} {bend[1]:.1f} {end[0]:.1f} {end[1]:.1f}", darker(tone, 0.2), 2)
    sheet.fill(" ".join(leaflets), tone)


def monstera(sheet: Sheet, look: Look, x: float, y: float, r: float) -> None:
    green = look.rng.choice(GREENS)
    for index, (part, height, size) in enumerate(((-0.9, 96, 74), (0.95, 108, 78), (-0.5, 180, 92), (0.52, 196, 90), (0.0, 130, 84), (0.05, 240, 80))):
        tip = (x + part * 126 + look.between(-10, 10), y - height + look.between(-12, 12))
        sheet.line(f"M{x + part * 18:.1f} {y + 4} Q{x + part * 40:.1f} {y - height * 0.8:.1f} {tip[0]:.1f} {tip[1]:.1f}", darker(green, 0.15), 4)
        _split_leaf(sheet, tip, part * 70 + look.between(-10, 10), size, mix(green, "#20402f", 0.12 * (index % 3)))


def _split_leaf(sheet: Sheet, at: tuple[float, float], turn: float, size: float, tone: str) -> None:
    """A heart with slits cut from its edge."""
    with sheet.moved(f"translate({at[0]:.1f} {at[1]:.1f}) rotate({turn:.1f}) scale({size / 80:.2f})"):
        side = "C30 22 62 4 58 -22 L34 -20 L58 -30 C58 -42 54 -52 48 -60 L28 -44 L42 -66 C32 -78 16 -88 0 -94"
        d = f"M0 4 {side} C-16 -88 -32 -78 -42 -66 L-28 -44 L-48 -60 C-54 -52 -58 -42 -58 -30 L-34 -20 L-58 -22 C-62 4 -30 22 0 4 Z"
        sheet.fill(d, tone)
        sheet.fill(d, sheet.linear((0, "#ffffff", 0.2), (0.5, "#ffffff", 0.04), (0.505, "#10200f", 0.2), (1, "#10200f", 0.08)))
        sheet.line("M0 4 V-88 M0 -10 L38 -14 M0 -34 L34 -46 M0 -10 L-38 -14 M0 -34 L-34 -46", lighter(tone, 0.35), 1.6, 0.6)


def hearts(sheet: Sheet, look: Look, x: float, y: float, r: float) -> None:
    """Hangs over the rim."""
    green = look.rng.choice(("#6f9078", "#7f9a7d", "#5f8566"))
    for index in range(26):
        turn = look.between(-80, 80)
        leaf(sheet, x + look.between(-r, r) * 0.9, y + look.between(-4, 8), turn, look.between(22, 40), 24, mix(green, "#b9c9a8", 0.15 * (index % 3)), vein=False)
    for index in range(9):
        part = index / 4 - 1
        length, px = look.between(46, 130), x + part * (r + 6)
        start = y + 15 * math.sqrt(max(0.0, 1 - part * part))
        sheet.line(f"M{px:.1f} {start:.1f} q{part * 12:.1f} {length * 0.3:.1f} {part * 8:.1f} {length:.1f}", darker(green, 0.3), 1.5)
        for step in range(int(length / 13) + 1):
            at = step * 13
            leaf(sheet, px + part * 9 * min(1, at / 40), start + at, 180 + (60 if step % 2 else -60), 16, 15, mix(green, "#b9c9a8", 0.12 * (step % 3)), vein=False)


def olive(sheet: Sheet, look: Look, x: float, y: float, r: float) -> None:
    """A little tree."""
    lean = look.between(-8, 8)
    sheet.line(f"M{x} {y + 6} C{x + 6} {y - 50} {x + lean - 6} {y - 70} {x + lean} {y - 150}", "#84705a", 10)
    sheet.line(f"M{x - 2} {y + 4} C{x + 3} {y - 50} {x + lean - 9} {y - 70} {x + lean - 3} {y - 150}", "#b3a088", 2.4, 0.7)
    sheet.fill(ellipse(x + lean, y - 188, 74, 62), "#5d7152", 0.55)
    for index in range(190):
        angle, far = look.between(0, 2 * math.pi), math.sqrt(look.between(0, 1)) * 96
        px, py = x + lean + far * math.cos(angle), y - 188 + far * 0.84 * math.sin(angle)
        tone = mix("#6f8560", ("#9aab86", "#52684c", "#bcc7a8")[index % 3], 0.65)
        leaf(sheet, px, py, look.between(0, 360) if far < 60 else math.degrees(angle) + 90 + look.between(-50, 50), look.between(26, 38), 9, tone, vein=False)


def tulips(sheet: Sheet, look: Look, x: float, y: float, r: float) -> None:
    colour = look.accent if look.accent != look.base else look.trim
    for index in range(7):
        part = (index * 3 % 7) / 3 - 1
        tip = (x + part * 112 + look.between(-8, 8), y - look.between(110, 160) + abs(part) * 44)
        _stem(sheet, (x + part * r * 0.6, y + 20), tip, "#6d9a58")
        leaf(sheet, x + part * r * 0.5, y + 12, part * 52 + look.between(-12, 12), look.between(84, 120), 20, "#5f8f57")
        with sheet.moved(f"translate({tip[0]:.1f} {tip[1]:.1f}) rotate({part * 34:.1f})"):
            for turn, tone in ((-14, darker(colour, 0.16)), (14, darker(colour, 0.1)), (0, colour)):
                leaf(sheet, 0, 12, turn, 58, 34 if turn else 26, tone, vein=False)


def eucalyptus(sheet: Sheet, look: Look, x: float, y: float, r: float) -> None:
    for index in range(7):
        part = (index * 3 % 7) / 3 - 1
        tip = (x + part * 124, y - look.between(130, 176) + abs(part) * 50)
        _stem(sheet, (x + part * r * 0.6, y + 20), tip, "#8c8069")
        for step in range(2, 11):
            t = step / 10
            px, py = x + part * (r * 0.6 + (124 - r * 0.6) * t * t), y + 20 + (tip[1] - y - 20) * t
            for side in (-1, 1):
                tone = mix("#86a394", "#a9bfae", (step + index) % 3 / 2)
                leaf(sheet, px, py, part * 40 + side * 70, 26 - 9 * t, 21 - 7 * t, tone, vein=False)


def grass(sheet: Sheet, look: Look, x: float, y: float, r: float) -> None:
    """Dried plumes."""
    for index in range(9):
        part = (index * 4 % 9) / 4 - 1
        tip = (x + part * 130 + look.between(-8, 8), y - look.between(120, 185) + abs(part) * 50)
        _stem(sheet, (x + part * r * 0.6, y + 20), tip, "#b59a6d")
        tone = mix("#d9c299", "#c7a877", index % 3 / 2)
        with sheet.moved(f"translate({tip[0]:.1f} {tip[1]:.1f}) rotate({part * 42:.1f})"):
            sheet.fill(ellipse(0, -6, 11, 44), tone, 0.75)
            hairs = " ".join(f"M0 {-40 + 5 * n} q{side * 10} -6 {side * 17} -{14 + n % 4 * 3}" for n in range(17) for side in (-1, 1))
            sheet.line(hairs, lighter(tone, 0.25), 1.4, 0.8)


def twigs(sheet: Sheet, look: Look, x: float, y: float, r: float) -> None:
    """Branches in blossom."""
    colour = lighter(look.accent, 0.35)
    for index in range(5):
        part = (index * 2 % 5) / 2 - 1
        tip = (x + part * 128, y - look.between(140, 190) + abs(part) * 46)
        _stem(sheet, (x + part * r * 0.5, y + 20), tip, "#6f5443", 3.6)
        for step in range(3, 13):
            t = step / 12
            px, py = x + part * (r * 0.5 + (128 - r * 0.5) * t * t) + look.between(-13, 13), y + 20 + (tip[1] - y - 20) * t
            size = look.between(5, 9)
            for petal in range(5):
                angle = petal * 1.257 + step
                sheet.fill(circle(px + size * 0.7 * math.cos(angle), py + size * 0.7 * math.sin(angle), size * 0.62), mix(colour, "#ffffff", petal % 2 * 0.25))
            sheet.fill(circle(px, py, size * 0.35), "#e2b64c")


def _stem(sheet: Sheet, start: tuple[float, float], tip: tuple[float, float], tone: str, width: float = 3) -> None:
    sheet.line(f"M{start[0]:.1f} {start[1]:.1f} Q{start[0]:.1f} {(start[1] + tip[1]) / 2:.1f} {tip[0]:.1f} {tip[1]:.1f}", tone, width)


PLANTS: dict[str, Plant] = {
    "snake plant": snake, "rubber plant": rubber, "cactus": cactus, "fern": fern, "monstera": monstera, "string of hearts": hearts, "olive tree": olive,
}
BUNCHES: dict[str, Plant] = {"eucalyptus": eucalyptus, "dried grass": grass, "tulips": tulips, "blossom twigs": twigs}
