"""Figures that were found on real sets by other code than this: full ranking, recall among the first 20 on test."""

import os
from pathlib import Path

import pytest

from benchmarks.quality.jobs import fit_and_measure, job
from benchmarks.quality.sets import prepare
from benchmarks.quality.splitting import Cut

DATA = Path(os.environ.get("MMREC_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
PLAIN = {"together": 1.0, "transitions": 0.0, "recency": None}
AT_BEST = {"together": 0.3, "transitions": 1.0, "past": 2.0, "future": 1.0, "recency": 2.0}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "model", "settings", "recall"),
    [
        ("amazon-baby-ids", "popularity", {}, 0.0523),
        ("amazon-baby-ids", "ease", {**PLAIN, "ridge": 500.0}, 0.0838),
        ("movielens-1m-posters", "ease", {**PLAIN, "ridge": 500.0}, 0.1634),
        ("amazon-beauty", "ease+gram+transitions", {**AT_BEST, "ridge": 200.0, "alpha text": 100.0}, 0.1585),
    ],
)
def test_a_known_figure_is_found_again(name, model, settings, recall):
    if not (DATA / name).is_dir():
        pytest.skip(f"no data at {DATA / name}; set MMREC_DATA to the folder that holds {name}")
    measured = fit_and_measure(job(prepare(DATA / name, Cut()), model, settings, 0, "test"))
    assert measured["recall@20"] == pytest.approx(recall, abs=0.0005)
