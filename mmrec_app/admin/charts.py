"""Charts as SVG, drawn on the server: no script, no inline style, every value readable by pointer and by reader."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, isfinite, log10

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 560, 190
LEFT, RIGHT, TOP, BOTTOM = 52, 10, 12, 26
Write = Callable[[float], str]


@dataclass(frozen=True)
class Point:
    day: date
    value: float | None


def bars(title: str, points: Sequence[Point], write: Write) -> SafeString:
    """A bar a day."""
    top = nice_top(max((point.value or 0 for point in points), default=0))
    step = (WIDTH - LEFT - RIGHT) / max(len(points), 1)
    wide = max(step * 0.72, 1)
    shapes = format_html_join(
        "", '<rect class="mmrec-bar" x="{}" y="{}" width="{}" height="{}" rx="{}"/>',
        (
            (r(LEFT + n * step + (step - wide) / 2), r(_y(point.value, top)), r(wide),
             r(HEIGHT - BOTTOM - _y(point.value, top)), r(min(2.5, wide / 4)))
            for n, point in enumerate(points) if point.value
        ),
    )  # fmt: skip
    return _chart(title, points, write, top, shapes)


def line(title: str, points: Sequence[Point], write: Write) -> SafeString:
    """A line through the days; it breaks where there is nothing to say."""
    top = nice_top(max((point.value or 0 for point in points), default=0))
    runs = list(_runs(points, top))
    lines = format_html_join(
        "", '<polyline class="mmrec-line" points="{}"/>', ((" ".join(f"{x},{y}" for x, y in run),) for run in runs)
    )
    areas = format_html_join(
        "", '<polygon class="mmrec-area" points="{} {}"/>',
        ((" ".join(f"{x},{y}" for x, y in run), f"{run[-1][0]},{HEIGHT - BOTTOM} {run[0][0]},{HEIGHT - BOTTOM}")
         for run in runs),
    )  # fmt: skip
    lonely = ((x, y) for run in runs for x, y in (run if len(points) <= 45 or len(run) == 1 else ()))
    dots = format_html_join("", '<circle class="mmrec-dot" cx="{}" cy="{}" r="2.5"/>', lonely)
    return _chart(title, points, write, top, areas + lines + dots)


def spark(values: Sequence[float]) -> SafeString:
    """A curve of the size of a word; the table beside it says the numbers."""
    if len(values) < 2:
        return SafeString()
    top, step = max(max(values), 1e-9), 96 / (len(values) - 1)
    points = " ".join(f"{r(2 + n * step)},{r(22 - 20 * value / top)}" for n, value in enumerate(values))
    return format_html(
        '<svg class="mmrec-spark" viewBox="0 0 100 24" width="100" height="24" aria-hidden="true">'
        '<polyline class="mmrec-line" points="{}"/></svg>',
        points,
    )


def band(
    title: str, rows: Sequence[tuple[Point, float | None, float | None]], write: Callable[[float | None], str]
) -> SafeString:
    """An estimate with its interval, day by day, around zero: (estimate, low, high)."""
    ends = [abs(end) for _, low, high in rows for end in (low, high) if end is not None]
    reach = min(max(max(ends, default=0.1), 0.02), 2.0)

    def y(value: float | None) -> float:
        middle = (TOP + HEIGHT - BOTTOM) / 2
        return r(middle - max(-1.0, min(1.0, (value or 0) / reach)) * (middle - TOP))

    xs = [r(_x(n, len(rows))) for n in range(len(rows))]
    upper = [f"{x},{y(high)}" for x, (_, _, high) in zip(xs, rows, strict=True)]
    lower = [f"{x},{y(low)}" for x, (_, low, _) in zip(xs, rows, strict=True)]
    middle = " ".join(f"{x},{y(point.value)}" for x, (point, _, _) in zip(xs, rows, strict=True))
    grid = format_html_join(
        "", '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="mmrec-tick" x="{}" y="{}" text-anchor="end">{}</text>',
        (("mmrec-grid" if v else "mmrec-zero", LEFT, WIDTH - RIGHT, y(v), y(v), LEFT - 6, y(v) + 4, f"{v:+.0%}")
         for v in (reach, 0.0, -reach)),
    )  # fmt: skip
    hits = format_html_join(
        "", '<rect class="mmrec-hit" x="{}" y="{}" width="{}" height="{}"><title>{}: {} ({} … {})</title></rect>',
        ((r(x - (WIDTH - LEFT) / len(rows) / 2), TOP, r((WIDTH - LEFT) / len(rows)), HEIGHT - TOP - BOTTOM,
          date_format(point.day, "j M Y"), write(point.value), write(low), write(high))
         for x, (point, low, high) in zip(xs, rows, strict=True)),
    )  # fmt: skip
    return format_html(
        '<svg class="mmrec-chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}'
        '<polygon class="mmrec-area" points="{} {}"/><polyline class="mmrec-line" points="{}"/>{}</svg>',
        WIDTH, HEIGHT, title, grid, _dates([point for point, _, _ in rows]), " ".join(upper), " ".join(reversed(lower)),
        middle, hits,
    )  # fmt: skip


def intervals(title: str, rows: Sequence[tuple[str, float | None, float, float]]) -> SafeString:
    """Estimates with their intervals around zero: (label, estimate, low, high) in parts of the control."""
    reach = max((abs(end) for _, _, low, high in rows for end in (low, high) if isfinite(end)), default=0.1)
    reach = min(max(reach * 1.15, 0.02), 2.0)
    height = 30 + 34 * len(rows)

    def x(value: float) -> float:
        return r(WIDTH / 2 + max(-1.0, min(1.0, value / reach)) * (WIDTH / 2 - 14))

    shapes = format_html_join(
        "", '<g><title>{}</title><text class="mmrec-label" x="14" y="{}">{}</text>'
        '<line class="mmrec-whisker {}" x1="{}" x2="{}" y1="{}" y2="{}"/>{}</g>',
        (
            (f"{label}: {low:+.1%} … {high:+.1%}", 20 + 34 * n, label,
             "mmrec-better" if low > 0 else "mmrec-worse" if high < 0 else "", x(low), x(high),
             29 + 34 * n, 29 + 34 * n,
             format_html('<circle class="mmrec-dot" cx="{}" cy="{}" r="4"/>', x(middle), 29 + 34 * n)
             if middle is not None and isfinite(middle) else "")
            for n, (label, middle, low, high) in enumerate(rows)
        ),
    )  # fmt: skip
    marks = format_html_join(
        "", '<text class="mmrec-tick" x="{}" y="{}" text-anchor="{}">{}</text>',
        ((at, height - 6, anchor, f"{value:+.0%}" if value else "0 %") for at, anchor, value in
         ((14, "start", -reach), (WIDTH / 2, "middle", 0.0), (WIDTH - 14, "end", reach))),
    )  # fmt: skip
    return format_html(
        '<svg class="mmrec-chart" viewBox="0 0 {w} {h}" role="img" aria-label="{t}">'
        '<line class="mmrec-zero" x1="{m}" x2="{m}" y1="4" y2="{z}"/>{s}{k}</svg>',
        w=WIDTH, h=height, t=title, m=WIDTH / 2, z=height - 20, s=shapes, k=marks,
    )  # fmt: skip


def nice_top(highest: float) -> float:
    """The next round number above: 1, 2, 2.5 or 5 times a power of ten."""
    if highest <= 0:
        return 1.0
    power = 10.0 ** floor(log10(highest))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= highest * 0.999999)


def r(value: float) -> float:
    """Short numbers make short pages."""
    return round(value, 1)


def _y(value: float | None, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value or 0) / top


def _x(n: int, count: int) -> float:
    step = (WIDTH - LEFT - RIGHT) / max(count, 1)
    return LEFT + (n + 0.5) * step


def _runs(points: Sequence[Point], top: float) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for n, point in enumerate(points):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append((r(_x(n, len(points))), r(_y(point.value, top))))
    return [run for run in runs if run]


def _chart(title: str, points: Sequence[Point], write: Write, top: float, shapes: SafeString) -> SafeString:
    lines = {write(value): value for value in (top, top / 2, 0.0)}  # half of one is no number of products
    grid = format_html_join(
        "", '<line class="mmrec-grid" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="mmrec-tick" x="{}" y="{}" text-anchor="end">{}</text>',
        ((LEFT, WIDTH - RIGHT, r(_y(v, top)), r(_y(v, top)), LEFT - 6, r(_y(v, top) + 4), write(v))
         for v in lines.values()),
    )  # fmt: skip
    said = ", ".join(f"{date_format(p.day, 'j M')}: {write(p.value)}" for p in points if p.value is not None)
    return format_html(
        '<svg class="mmrec-chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}{}</svg>',
        WIDTH, HEIGHT, f"{title}. {said}", grid, _dates(points), shapes, _pointers(points, write),
    )  # fmt: skip


def _dates(points: Sequence[Point]) -> SafeString:
    """As many as there is room for, the last one always."""
    every = max(1, -(-len(points) // 6))
    shown = [n for n in range(len(points)) if (len(points) - 1 - n) % every == 0]
    return format_html_join(
        "", '<text class="mmrec-tick" x="{}" y="{}" text-anchor="{}">{}</text>',
        ((r(_x(n, len(points))), HEIGHT - 8, "end" if n == len(points) - 1 and n else "middle",
          date_format(points[n].day, "j M")) for n in shown),
    )  # fmt: skip


def _pointers(points: Sequence[Point], write: Write) -> SafeString:
    """What the pointer rests on says its day and value."""
    step = (WIDTH - LEFT - RIGHT) / max(len(points), 1)
    return format_html_join(
        "", '<rect class="mmrec-hit" x="{}" y="{}" width="{}" height="{}"><title>{}: {}</title></rect>',
        ((r(LEFT + n * step), TOP, r(step), HEIGHT - TOP - BOTTOM, date_format(point.day, "j M Y"),
          write(point.value) if point.value is not None else "–") for n, point in enumerate(points)),
    )  # fmt: skip
