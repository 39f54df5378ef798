"""The command, whole, on a small folder: what it writes, and that it goes on where it was."""

import fcntl
import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.quality import jobs
from benchmarks.quality.__main__ import main
from benchmarks.quality.jobs import FitFailed, Told, fit_and_measure, job, run
from benchmarks.quality.measuring import METRICS
from benchmarks.quality.models import MODELS
from benchmarks.quality.sets import prepare
from benchmarks.quality.splitting import Cut
from benchmarks.quality.tuning import Budget, tune
from tests.benchmarks.folders import checkerboard, write_interactions


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("MMREC_CACHE", str(tmp_path / "cache"))
    return checkerboard(tmp_path / "shop")


def kept(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache").rglob("results/**/*.json"))


def test_a_run_writes_its_figures_and_a_second_one_fits_nothing(folder, tmp_path, capsys):
    out = tmp_path / "figures.json"
    command = [str(folder), "--models", "popularity,ials", "--seeds", "0,1", "--trials", "2", "--out", str(out)]
    assert main(command) == 0
    told = json.loads(out.read_text())
    assert set(told["sets"]) == {"shop"} and set(told["sets"]["shop"]) == {"popularity", "ials"}
    ials = told["sets"]["shop"]["ials"]
    assert tuple(ials) == METRICS and all(set(each) == {"mean", "std"} for each in ials.values())
    assert ials["recall@10"]["mean"] == 1.0
    assert ials["cold_recall@20"] == {"mean": None, "std": None}  # every item was met in training
    assert told["sets"]["shop"]["popularity"]["ndcg@10"]["std"] == 0.0
    assert len(told["tuned"]["shop"]["ials"]["trials"]) == 2
    table = capsys.readouterr().out
    assert "ials" in table and "–" in table and "±" in table

    files = {path: path.stat().st_mtime_ns for path in kept(tmp_path)}
    assert len(files) == 5  # popularity once; two trials and two seeds
    stopped = next(path for path in files if path.name.startswith("ials-test-1"))
    stopped.unlink()
    assert main(command) == 0
    assert kept(tmp_path) == sorted(files)
    assert {path for path in files if path.stat().st_mtime_ns != files[path]} == {stopped}
    assert json.loads(out.read_text())["sets"]["shop"]["ials"]["ndcg@10"] == ials["ndcg@10"]


@pytest.mark.slow
def test_towers_alone_are_judged_apart(folder, tmp_path):
    told = {}
    for alone in ([], ["--towers"]):
        out = tmp_path / "figures.json"
        assert main([str(folder), "--models", "mmrec,popularity", "--seeds", "0", *alone, "--out", str(out)]) == 0
        told[bool(alone)] = json.loads(out.read_text())
    assert told[True]["protocol"]["towers"] and not told[False]["protocol"]["towers"]
    assert (
        told[True]["tuned"]["shop"]["mmrec"]["settings"]["towers"]
        and not told[True]["tuned"]["shop"]["popularity"]["settings"]
    )
    fitted = {path.name.split("-")[0] for path in kept(tmp_path)}
    assert fitted == {"mmrec", "popularity"} and len(kept(tmp_path)) == 3
    assert told[True]["sets"]["shop"]["mmrec"]["recall@10"]["mean"] > 0.9
    data = prepare(folder, Cut()).load()
    scores = MODELS["mmrec"].fit(data, {"towers": True, "epochs": 1}, 0)
    found = scores(data.asked("test").history, data.asked("test").users)
    assert np.abs(found).max() < 1.0001  # cosines of everything: a ranker's scores are logarithms, of candidates alone


def test_hidden_items_are_found_by_content_and_not_by_behaviour(folder, tmp_path):
    data = prepare(checkerboard(tmp_path / "wide", 120), Cut(cold=0.3))
    found = {}
    for model, settings in (
        ("content", {"recency": None, "text": 1.0}),
        ("itemknn", {"neighbours": 60, "shrink": 0.0}),
    ):
        found[model] = fit_and_measure(job(data, model, settings, 0, "test"))["cold_recall@20"]
    assert found["content"] > 0.25  # 20 of some 50 unmet items of one taste
    assert found["itemknn"] < 0.1  # by chance


def test_a_failed_fit_is_named_and_leaves_the_others(folder, tmp_path, capsys, monkeypatch):
    with pytest.raises(FitFailed, match=r"itemknn \{'neighbours': 'many'\} on shop.*KeyError: 'shrink'"):
        run(job(prepare(folder, Cut()), "itemknn", {"neighbours": "many"}, 0, "test"))
    assert not kept(tmp_path)


def test_a_stopped_fit_goes_on_at_its_last_epoch(folder, monkeypatch):
    """Of 20 epochs, killed after two of them; what is left of it is gone when there is a result."""
    monkeypatch.setattr(jobs, "LOOK", 0.1)
    settings = {"dimension": 16, "epochs": 20, "patience": 20, "batch": 8, "towers": True}
    what = job(prepare(folder, Cut()), "mmrec", settings, 0, "test")
    with pytest.raises(KeyboardInterrupt):
        run(what, lambda stage: stop(what, stage))
    known = Told(what.unfinished).known
    assert what.kept is None and known["seconds"] > 0
    log = json.loads((what.unfinished / "state.json").read_text())["log"]
    assert 2 <= len(log) < 20
    stages: list[str] = []
    measured = run(what, stages.append)
    assert measured["fit_s"] > known["seconds"]
    assert [float(stage.split()[0]) for stage in stages if "epochs" in stage][0] >= len(log)
    assert run(what) == measured and not what.unfinished.exists()


def stop(what, stage: str) -> None:
    """A starter that dies, by Ctrl-C say, takes its fit with it."""
    if stage and float(stage.split()[0]) >= 2:
        raise KeyboardInterrupt


def test_a_fit_that_outlived_its_starter_is_waited_for(folder):
    """Its lock and then its result are all that is seen of it."""
    what = job(prepare(folder, Cut()), "popularity", {}, 0, "test")
    what.unfinished.mkdir(parents=True)
    with (what.unfinished / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        looked = iter(range(1000))

        def end(stage: str) -> None:
            if next(looked) == 3:
                what.path.parent.mkdir(parents=True)
                what.path.write_text('{"recall@20": 7}')
                fcntl.flock(lock, fcntl.LOCK_UN)

        assert run(what, end) == {"recall@20": 7}


def test_what_a_set_lacks_is_said(folder, capsys):
    (folder / "features" / "text.npy").unlink()
    assert main([str(folder), "--models", "content"]) == 1
    assert "content on shop: the set has no content" in capsys.readouterr().out


def test_a_bad_folder_is_named_and_leaves_the_others(folder, tmp_path, capsys):
    bad = tmp_path / "bad"
    bad.mkdir()
    write_interactions(bad, user_id=[1], item_id=["a"], timestamp=["yesterday"])
    out = tmp_path / "figures.json"
    assert main([str(bad), str(folder), "--models", "popularity", "--out", str(out)]) == 0
    told = json.loads(out.read_text())
    assert set(told["sets"]) == {"shop"}
    (reason,) = told["left_out"]
    assert reason.startswith(str(bad)) and "'yesterday'" in reason and reason in capsys.readouterr().out


def test_folders_of_one_name_stay_apart(folder, tmp_path):
    other = checkerboard(tmp_path / "elsewhere" / "shop", 30)
    out = tmp_path / "figures.json"
    assert main([str(folder), str(other), str(folder), "--models", "popularity", "--out", str(out)]) == 0
    assert set(json.loads(out.read_text())["sets"]) == {str(folder), str(other)}


@pytest.mark.parametrize(
    ("told", "message"), [(["--models", "magic"], "'magic' is no model"), (["--cold", "2"], "no share")]
)
def test_a_wrong_argument_is_named(folder, capsys, told, message):
    with pytest.raises(SystemExit):
        main([str(folder), *told])
    assert message in capsys.readouterr().err


def test_tuning_takes_one_setting_after_the_other_within_its_budget():
    asked = []

    def measure(settings):
        asked.append(dict(settings))
        return {"recall@20": settings["a"] - abs(settings["b"] - 5), "fit_s": 30.0}

    space = {"a": (1, 2, 0), "b": (1, 5), "c": ("only",)}
    best, trials = tune(space, measure, Budget(12, 15))
    assert dict(best) == {"a": 2, "b": 5, "c": "only"} and len(trials) == len(asked) == 4
    assert len(tune(space, measure, Budget(2, 15))[1]) == 2
    assert len(tune(space, measure, Budget(12, 0.9))[1]) == 2  # the second fit ends beyond it
    assert tune(space, measure, Budget(1, 15)) == ({"a": 1, "b": 1, "c": "only"}, ())
    assert tune({"c": ("only",)}, measure, Budget())[1] == ()
