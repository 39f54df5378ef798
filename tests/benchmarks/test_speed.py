import re

from benchmarks import speed
from tests.benchmarks.folders import checkerboard


def test_a_training_is_timed_stage_by_stage_and_counted(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("MMREC_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(speed, "WIDE", 256)
    folder = checkerboard(tmp_path / "checkers")
    assert speed.main([str(folder), "--set", "epochs=2", "--device", "cpu", "--peak", "0.000001"]) == 0
    said = capsys.readouterr().out
    assert all(stage in said for stage in ("epochs", "linear", "ranking", "writing"))
    (steps,) = map(int, re.findall(r"(\d+) steps", said))
    assert steps >= 1 and float(re.findall(r"([\d,]+) pairs/s", said)[0].replace(",", "")) > 0
    assert float(re.findall(r"([\d.]+)% of 1e-06 TFLOPS", said)[0]) > 100  # a peak so low is passed by anything
