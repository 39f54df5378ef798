"""Pumps and sandals."""

from shop_demo.illustration.colours import brightness, darker, lighter, mix
from shop_demo.illustration.details import details
from shop_demo.illustration.garment import bow
from shop_demo.illustration.look import Look, crease, shades, solid, stitch, wall_shadow
from shop_demo.illustration.pairs import BASE, pair
from shop_demo.illustration.svg import Point, Sheet, box, circle, trace

PUMP_HEELS = {"stiletto": 112.0, "kitten": 62.0, "block": 84.0, "flat": 16.0}
TOES = {"pointed": 92.0, "round": 124.0, "almond": 108.0}
SKIN = "#e3c9ab"
"""Leather insoles."""


def pump(sheet: Sheet, look: Look) -> None:
    facts = details("pump", look)
    lift = PUMP_HEELS[facts["heel"]]
    pair(sheet, look, _pump, facts, (TOES[facts["toe"]], BASE - lift - 150, 476))


def _pump(sheet: Sheet, look: Look, facts: dict[str, str]) -> None:
    lift = PUMP_HEELS[facts["heel"]]
    seat, toe = BASE - lift, TOES[facts["toe"]]
    throat = (246.0, BASE - 74 - lift * 0.12)
    counter = (456.0, seat - 84)
    _heel(sheet, look, facts["heel"], lift)
    far: list[Point] = [throat, (290, BASE - 96 - lift * 0.34, 380, seat - 66, *counter)]
    near: list[Point] = [(380, seat - 22, 300, BASE - 44 - lift * 0.5, *throat)]
    if facts.get("detail") == "slingback":
        far = [throat, (262, BASE - 92 - lift * 0.2, 300, BASE - 80 - lift * 0.36, 330, BASE - 30 - lift * 0.5), (380, seat - 2, 420, seat - 6, 456, seat - 4)]
        near = [(380, seat + 6, 300, BASE - 10, *throat)]
    inner = trace(*far, *near)
    sheet.fill(inner, SKIN if brightness(look.base) < 0.7 else mix(SKIN, "#b98a5c", 0.4))
    sheet.fill(inner, sheet.linear((0, "#1d1826", 0.35), (1, "#1d1826", 0.1)))
    snout = {"pointed": (toe + 30, BASE - 40), "round": (toe - 6, BASE - 62), "almond": (toe + 6, BASE - 50)}[facts["toe"]]
    side: list[Point] = [(300, BASE - 44 - lift * 0.5, 380, seat - 22, *counter), (470, seat - 60, 466, seat - 16, 456, seat + 2), (400, seat + 10, 320, BASE - 14, 250, BASE - 6)]
    if facts.get("detail") == "slingback":
        side = [(270, BASE - 66 - lift * 0.2, 310, BASE - 60 - lift * 0.34, 346, BASE - 16 - lift * 0.5), (320, BASE - 14 - lift * 0.2, 290, BASE - 10, 250, BASE - 6)]
    upper = trace((toe, BASE - 10), (*snout, 182, BASE - 74, *throat), *side, (180, BASE - 3, 130, BASE - 3, toe + 8, BASE - 3))
    wall_shadow(sheet, upper, 16)
    solid(sheet, upper, look.paint(sheet), look.base, 1, 22)
    with sheet.within(upper):
        _pump_leather(sheet, look, facts, seat, lift)
    if facts.get("detail") != "slingback":
        sheet.line(trace(counter, *near, close=False), lighter(look.base, 0.3), 2.4, 0.8)
    sole = trace((toe, BASE - 8), (160, BASE - 5, 220, BASE - 6, 250, BASE - 9), (320, BASE - 18, 400, seat + 6, 456, seat - 1), (456, seat + 5), (400, seat + 12, 330, BASE - 8, 252, BASE), (200, BASE + 2, 150, BASE + 2, toe + 6, BASE - 1))
    tone = "#4a3a34" if look.style != "retro" else darker(look.trim, 0.2)
    solid(sheet, sole, tone, tone, 0.8, 4)
    _pump_trim(sheet, look, facts.get("detail", ""), throat, seat, lift)


def _heel(sheet: Sheet, look: Look, kind: str, lift: float) -> None:
    seat = BASE - lift
    if kind == "flat":
        d = trace((390, seat + 2), (456, seat - 2), (454, BASE), (396, BASE))
    elif kind == "block":
        d = trace((458, seat - 4), (462, seat + 30, 460, BASE - 20, 456, BASE), (396, BASE), (394, BASE - 30, 388, seat + 30, 376, seat + 12))
    else:
        tip = 10.0 if kind == "stiletto" else 16.0
        d = trace((458, seat - 4), (462, seat + 26, 452, BASE - 50, 446, BASE), (446 - tip, BASE), (440, BASE - 50, 424, seat + 40, 388, seat + 16))
    tone = look.trim if look.style == "retro" and look.trim != look.base else look.base
    solid(sheet, d, darker(tone, 0.08), tone, 1, 9)
    sheet.line(trace((448 if kind == "flat" else 446, BASE - 1.5), (436, BASE - 1.5), close=False), "#2a2422", 3)


def _pump_leather(sheet: Sheet, look: Look, facts: dict[str, str], seat: float, lift: float) -> None:
    if facts.get("detail") == "two-tone":
        tone = look.trim
        cap = trace((60, BASE + 4), (60, BASE - 90), (182, BASE - 80), (196, BASE - 56, 196, BASE - 30, 184, BASE + 4))
        solid(sheet, cap, tone, tone, 0.7, 12)
        stitch(sheet, trace((186, BASE - 78), (200, BASE - 56, 200, BASE - 30, 188, BASE), close=False), look.base, 0.6)
    sheet.soft_line(trace((138, BASE - 28), (176, BASE - 48, 210, BASE - 60, 244, BASE - 62), close=False), "#ffffff", 18, 0.42)
    sheet.soft_line(trace((440, seat - 56), (446, seat - 36, 444, seat - 24, 440, seat - 12), close=False), "#ffffff", 14, 0.3)
    crease(sheet, look.base, (250, BASE - 62 - lift * 0.1), (276, BASE - 16), 16, 0.26)


def _pump_trim(sheet: Sheet, look: Look, detail: str, throat: tuple[float, float], seat: float, lift: float) -> None:
    x, y = throat
    if detail == "bow":
        bow(sheet, darker(look.base, 0.06) if look.style == "minimal" else look.trim, x - 10, y + 2, 0.66, tails=False)
    elif detail == "buckle":
        solid(sheet, box(x - 36, y - 12, 34, 30, 5), look.trim, look.trim, 0.8, 6)
        sheet.line(box(x - 34, y - 10, 30, 26, 4), "#c8a45a", 5)
    elif detail == "slingback":
        start = (322, BASE - 36 - lift * 0.42)
        for tone, d in ((darker(look.base, 0.3), trace((310, start[1] - 16), (380, seat - 92, 440, seat - 92, 462, seat - 66), close=False)), (look.base, trace(start, (380, seat - 60, 430, seat - 46, 462, seat - 66), close=False))):
            _strip(sheet, d, tone, 10)
        _buckle(sheet, (376, (start[1] + seat - 62) / 2 + 2), 15)
    elif detail == "strap":
        low, high = _at(throat, (300, BASE - 44 - lift * 0.5, 380, seat - 22, 456, seat - 84), 0.4), _at(throat, (290, BASE - 96 - lift * 0.34, 380, seat - 66, 456, seat - 84), 0.4)
        _strip(sheet, trace((low[0] + 2, low[1] + 12), (low[0] - 6, low[1] - 14, high[0] - 8, high[1] + 10, high[0] + 4, high[1] - 3), close=False), look.base, 12)
        _buckle(sheet, (low[0], low[1] + 2), 16)


def _at(start: tuple[float, float], bend: Point, part: float) -> tuple[float, float]:
    """A place on a curve."""
    rest = 1 - part
    weights = (rest**3, 3 * rest * rest * part, 3 * rest * part * part, part**3)
    points = (start, bend[0:2], bend[2:4], bend[4:6])
    return sum(w * p[0] for w, p in zip(weights, points, strict=True)), sum(w * p[1] for w, p in zip(weights, points, strict=True))


def _strip(sheet: Sheet, d: str, tone: str, width: float) -> None:
    sheet.line(d, darker(tone, 0.45), width + 2.4)
    sheet.line(d, tone, width)
    sheet.line(d, lighter(tone, 0.4), width * 0.22, 0.6)


SANDAL_HEELS = {"flat": 16.0, "wedge": 74.0, "block": 72.0, "platform": 40.0}


def sandal(sheet: Sheet, look: Look) -> None:
    facts = details("sandal", look)
    lift = SANDAL_HEELS[facts["heel"]]
    high = {"slide": 116, "double": 116, "crossed": 150, "T-bar": 150, "gladiator": 210}[facts["straps"]]
    pair(sheet, look, _sandal, facts, (104, BASE - lift - high, 474))


def _sandal(sheet: Sheet, look: Look, facts: dict[str, str]) -> None:
    lift = SANDAL_HEELS[facts["heel"]]
    front = 34.0 if facts["heel"] in ("wedge", "platform") else 14.0
    tread = _tread(front, lift, facts["heel"])
    for far in (True, False):
        if far:
            _straps(sheet, look, facts["straps"], tread, far=True)
            _sandal_sole(sheet, look, facts["heel"], front, lift)
        else:
            _straps(sheet, look, facts["straps"], tread, far=False)


def _tread(front: float, lift: float, heel: str) -> tuple[float, float]:
    """The height of the footbed at the ball and at the heel."""
    return BASE - front - 4, BASE - max(lift, front) - 8


def _sandal_sole(sheet: Sheet, look: Look, heel: str, front: float, lift: float) -> None:
    ball, seat = _tread(front, lift, heel)
    cork = "#c89b66"
    top: list[Point] = [(108, ball - 2), (160, ball + 4, 220, ball + 4, 260, ball), (330, ball - 10, 390, seat, 464, seat)]
    if heel in ("wedge", "platform", "flat"):
        body = trace(*top, (472, seat + 10, 470, BASE - 10, 464, BASE), (300, BASE) if heel != "wedge" else (290, BASE), (140, BASE), (108, BASE - 4, 98, ball + 16, 108, ball - 2))
        tone = cork if heel != "flat" else "#7a5638"
        solid(sheet, body, tone, tone, 1, 12)
        with sheet.within(body):
            if heel != "flat":
                for _ in range(90):
                    sheet.fill(circle(look.between(100, 470), look.between(seat, BASE), look.between(0.8, 2)), darker(cork, 0.5), 0.4)
            sheet.line(trace((90, BASE - 3), (480, BASE - 3), close=False), "#3f322c", 8)
    else:
        block = trace((464, seat + 4), (468, BASE - 20, 464, BASE, 464, BASE), (404, BASE), (402, BASE - 30, 398, seat + 30, 384, seat + 14))
        solid(sheet, block, "#8a6240", "#8a6240", 1, 9)
        sole = trace(*top, (466, seat + 12), (390, seat + 14, 330, BASE - 6, 262, BASE), (140, BASE), (108, BASE - 2, 100, ball + 6, 108, ball - 2))
        solid(sheet, sole, "#7a5638", "#7a5638", 1, 6)
    bed = trace(*top, close=False)
    sheet.line(bed, darker(SKIN, 0.3), 10)
    sheet.line(bed, SKIN, 7)


def _straps(sheet: Sheet, look: Look, kind: str, tread: tuple[float, float], far: bool) -> None:
    ball, seat = tread
    if kind in ("slide", "double"):
        lift = (ball - seat) * 0.2
        for left, right, tone in ((150.0, 300.0, look.base),) if kind == "slide" else ((136.0, 206.0, look.base), (226.0, 302.0, look.trim if look.style in ("retro", "sporty") else look.base)):
            _vamp(sheet, look, left, right, ball - lift * (left > 200), tone, far)
            if not far and kind == "double":
                _buckle(sheet, (left + 44, ball - lift * (left > 200) - 16), 22)
        return
    bands = _bands(kind, ball, seat)
    tone = darker(look.base, 0.34) if far else look.base
    for n, (points, width) in enumerate(bands):
        near, away = points
        d = trace(*(away if far else near), close=False)
        paint = tone if far or look.pattern == "plain" else look.paint(sheet)
        if not far and look.style in ("retro", "boho", "sporty") and n % 2:
            paint, own = look.trim, look.trim
        else:
            own = tone
        sheet.line(d, darker(own, 0.5), width + 2, cap="butt")
        sheet.line(d, paint, width, cap="butt")
        if not far:
            sheet.soft_line(d, shades(own)[1], width * 0.5, 0.5, dx=-1.5, dy=-width * 0.12)
            sheet.line(d, shades(own)[0], width, 0.08, cap="butt")
    if not far:
        _buckle(sheet, (392.0, seat - 60), 19)


Band = tuple[tuple[list[Point], list[Point]], float]


def _bands(kind: str, ball: float, seat: float) -> list[Band]:
    """Each strap as its near and its far line over the foot, and its width."""
    def over(x: float, u: float, y: float, width: float, spread: float = 60) -> Band:
        """From the footbed at x over the top at (u, y) to the far side."""
        foot = ball if x < 280 else ball + (seat - ball) * min(1.0, (x - 260) / 160)
        return ([(x, foot + 6), (x + 6, foot - 40, u - spread * 0.4, y + 6, u, y)], [(u, y), (u + 18, y + 2, u + spread * 0.7, foot - 40, u + spread * 0.5, foot + 2)]), width

    ankle = seat - 84
    ring: Band = ([(446, ankle + 12), (440, ankle + 26, 350, ankle + 30, 338, ankle + 6)], [(338, ankle + 6), (340, ankle - 14, 436, ankle - 14, 446, ankle + 12)]), 13
    counter: Band = ([(440, seat + 2), (452, seat - 30, 450, ankle + 40, 446, ankle + 10)], [(446, ankle + 12), (446, ankle + 14)]), 15
    if kind == "crossed":
        return [(([(150, ball + 4), (170, ball - 40, 220, ball - 70, 262, ball - 78)], [(262, ball - 78), (290, ball - 50, 290, ball - 20, 286, ball)]), 22), (([(256, ball + 4), (250, ball - 40, 220, ball - 62, 186, ball - 56)], [(186, ball - 56), (160, ball - 40, 150, ball - 20, 150, ball)]), 22), counter, ring]
    if kind == "T-bar":
        return [over(158, 186, ball - 52, 20), (([(186, ball - 52), (230, ball - 74, 300, ankle + 40, 340, ankle + 8)], [(186, ball - 52), (190, ball - 52)]), 16), counter, ring]
    high: Band = ([(450, ankle - 44), (440, ankle - 30, 356, ankle - 26, 346, ankle - 46)], [(346, ankle - 46), (350, ankle - 66, 440, ankle - 66, 450, ankle - 44)]), 13
    back: Band = ([(440, seat + 2), (452, seat - 40, 452, ankle, 450, ankle - 44)], [(450, ankle - 44), (450, ankle - 42)]), 15
    spine: Band = ([(180, ball - 46), (230, ball - 72, 320, ankle + 50, 344, ankle - 46)], [(180, ball - 46), (182, ball - 46)]), 13
    return [over(156, 180, ball - 46, 16), over(226, 244, ball - 70 + (seat - ball) * 0.2, 14), over(300, 306, ball - 96 + (seat - ball) * 0.5, 14), spine, back, ring, high]


def _buckle(sheet: Sheet, at: tuple[float, float], size: float) -> None:
    frame = box(at[0] - size / 2, at[1] - size / 2, size, size, 4)
    sheet.line(frame, "#a9853f", size * 0.2)
    sheet.line(frame, "#f3dc9f", 1.2, 0.9)


def _vamp(sheet: Sheet, look: Look, left: float, right: float, ball: float, tone: str, far: bool) -> None:
    """A broad band over the foot, from the footbed up to its ridge; the far one shows behind its rear edge."""
    broad = right - left > 100
    rise = (58.0 if broad else 40.0) + (left - 150) * 0.12
    shift, top = ((13.0 if broad else 9.0), ball - rise - 6) if far else (0.0, ball - rise)
    x, u = left + shift, right + shift
    d = trace(
        (x, ball + 8), (x + 3, ball - 16, x + 8, top + 14, x + 24, top + 4), (x + 38, top - 3, u - 14, top - 10, u - 2, top - 8), (u + 12, top - 6, u + 17, top + 10, u + 17, ball - 20),
        (u + 14, ball + 6), (u - 20, ball + 12, x + 30, ball + 12, x, ball + 8),
    )  # fmt: skip
    if not far:
        wall_shadow(sheet, d, 14)
    shade = darker(tone, 0.36) if far else tone
    solid(sheet, d, shade if far or look.pattern == "plain" or tone != look.base else look.paint(sheet), shade, 1, 14)


