"""What a chart writes beside its lines."""

import re
from datetime import date

import pytest

from mmrec_app.admin.charts import Point, bars


@pytest.mark.parametrize(("highest", "told"), [(1.0, ["1", "0"]), (9.0, ["10", "5", "0"])])
def test_no_number_stands_at_two_lines(highest: float, told: list[str]) -> None:
    drawn = bars("Clicks", [Point(date(2026, 3, 1), highest)], lambda value: f"{value:.0f}")
    assert re.findall(r'text-anchor="end">([^<]*)<', drawn) == told
