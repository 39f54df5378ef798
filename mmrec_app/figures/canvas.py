"""The look that all figures share."""

import io
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure

COLOURS = ("#2f6f9f", "#d9822b", "#4f9d69", "#a4508b", "#8c8c34", "#b5443c", "#5b5ea6", "#7f7f7f")
"""Told apart by the colour-blind as well; the last for whatever is left."""
WIDTH, DPI = 7.6, 130
STYLE: Any = {"font.size": 11, "axes.spines.top": False, "axes.spines.right": False, "axes.axisbelow": True}


def panels(title: str, rows: int = 1, columns: int = 1, height: float = 4.2, **shared: Any) -> tuple[Figure, Any]:
    """A figure with a title and its axes: one, or an array of them."""
    with rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, height), dpi=DPI, layout="constrained")
        axes = figure.subplots(rows, columns, **shared)
    figure.suptitle(title, fontsize=13, fontweight="bold", wrap=True)
    return figure, axes


def png(figure: Figure, note: str = "") -> bytes:
    """`note` stands below in small print: what was measured, and on what."""
    if note:
        figure.supxlabel(note, fontsize=9, color="#555555", wrap=True)
    out = io.BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()
