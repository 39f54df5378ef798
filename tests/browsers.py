"""What tests of pages in a browser share."""

from typing import Any

STILL = 0.01
"""Of layout shift, as PerformanceObserver has it: less is nothing that anybody sees."""
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value)))
  .observe({ type: "layout-shift", buffered: true });
"""
"""Runs before the page's own script: `page.add_init_script(SHIFTS)`."""


def shifted(page: Any) -> float:
    """How much has moved since the first paint, the last frame included."""
    page.wait_for_timeout(150)
    return sum(page.evaluate("window.shifts"))


def wait_for(page: Any, caught: list[Any]) -> Any:
    """The first that a route which appends to `caught` holds."""
    while not caught:
        page.wait_for_timeout(20)
    return caught.pop(0)
