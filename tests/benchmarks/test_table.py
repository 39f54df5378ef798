"""The command that makes the tables, whole, with a small plan of models that take no time."""

import json

import pytest

from benchmarks.quality.models import MODELS
from benchmarks.table import NAMES, PLAN, Row, main
from tests.benchmarks.folders import checkerboard

SMALL = {
    "Quality": (
        Row("one", "popularity"),
        Row("gone", "ease", trials=1),
        Row("one", "ease mmrec-image", trials=1),
    ),
    "What nobody has met yet": (Row("one", "popularity", cold=0.3),),
}


def test_the_tables_are_made_of_what_is_there_and_a_second_run_fits_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MMREC_CACHE", str(tmp_path / "cache"))
    checkerboard(tmp_path / "sets" / "one")
    out = tmp_path / "tables.json"
    assert main([str(tmp_path / "sets"), "--out", str(out)], SMALL) == 0
    said, made = capsys.readouterr().out, json.loads(out.read_text())
    assert "| set | model | recall@10 | recall@20 | NDCG@10 |" in said
    assert "| one, 24 items | popularity | ." in said and "|  | EASE | 1.0000 | 1.0000 |" in said
    assert "| set | model | recall@20 of what is hidden | recall@20 of everything |" in said
    assert "| one cold=0.3, 24 items | popularity | " in said
    assert f"Quality, ease: there is no {tmp_path / 'sets' / 'gone'}" in said
    assert "mmrec-image on one: the set has no image" in said
    rows = [row for table in made["tables"].values() for row in table]
    assert [row["model"] for row in rows] == ["popularity", "ease", "popularity"]
    assert made["fit_s"] == pytest.approx(sum(row["seconds"] for row in rows)) and "All fits took " in said

    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").rglob("results/**/*.json")}
    assert main([str(tmp_path / "sets"), "--out", str(out)], SMALL) == 0
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").rglob("results/**/*.json")} == kept
    assert json.loads(out.read_text()) == made


def test_the_plan_asks_for_models_that_exist_and_for_none_twice():
    for rows in PLAN.values():
        named = [(row.folder, row.cold, row.sample, name) for row in rows for name in row.models.split()]
        assert len(named) == len(set(named)) and {name for *_, name in named} <= set(MODELS)
    assert set(NAMES) <= {name for rows in PLAN.values() for row in rows for name in row.models.split()}
