"""What a waiting person is told: which fits are left, and about how long they take. Results are made up here."""

import json

import pytest

from benchmarks.quality.running import Asked, Clock, asked, told
from benchmarks.quality.splitting import Cut
from benchmarks.quality.tuning import Budget
from tests.benchmarks.folders import checkerboard


@pytest.fixture
def plan(tmp_path, monkeypatch):
    monkeypatch.setenv("MMREC_CACHE", str(tmp_path / "cache"))
    folder = checkerboard(tmp_path / "shop")

    def made(*names: str) -> list[Asked]:
        return asked(folder, Cut(), names, (0, 1), Budget(trials=3))[0]

    return made


def keep(each: Asked, settings, seed: int, split: str, **measured: float) -> None:
    path = each.job(settings, seed, split).path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"recall@20": 0.5, "fit_s": 7.0, **measured}))


def test_fits_that_are_kept_are_not_waited_for(plan):
    (each,) = plan("ials")
    assert each.missing() == each.most == 5  # three trials and two seeds
    first = {name: values[0] for name, values in each.space.items()}
    second = first | {"regularization": each.space["regularization"][1]}
    keep(each, first, 0, "valid")
    assert each.missing() == 4
    keep(each, second, 0, "valid", **{"recall@20": 0.6})
    keep(each, second | {"regularization": each.space["regularization"][2]}, 0, "valid")
    assert each.missing() == 2
    keep(each, second, 0, "test")
    assert each.missing() == 1


def test_a_trial_that_ended_the_budget_leaves_the_seeds_alone(plan):
    (each,) = plan("ials")
    keep(each, {name: values[0] for name, values in each.space.items()}, 0, "valid", fit_s=3600.0)
    assert each.missing() == 2


def test_a_fit_is_expected_to_take_what_the_latest_of_its_model_or_its_sibling_took(plan):
    ease, mmrec, concat = plan("ease", "mmrec", "mmrec-concat")
    rough = [each.seconds() for each in (ease, mmrec, concat)]
    assert rough[0] < rough[1] == rough[2]
    keep(mmrec, {}, 0, "test", fit_s=50.0)
    assert [each.seconds() for each in (ease, mmrec, concat)] == [rough[0], 50, 50]
    keep(concat, {}, 0, "valid", fit_s=70.0)
    assert [each.seconds() for each in (mmrec, concat)] == [50, 70]


def test_the_bar_says_how_far_a_fit_is_and_how_much_is_left():
    with Clock() as clock:
        clock.fit("shop: mmrec, seed 0", 3000, 4200)("2.5 of at most 10 epochs")
        assert clock.bar.desc == "shop: mmrec, seed 0, 2.5 of at most 10 epochs"
        assert clock.bar.postfix == "0 s so far, about 2 h 0 min left"
        clock.shown, clock.began = -1e9, clock.began - 600
        clock.fit("shop: mmrec, seed 1", 0, 600)("")
        assert clock.bar.desc == "shop: mmrec, seed 1" and clock.bar.postfix == "10 min so far, about 10 min left"
        assert clock.bar.n == pytest.approx(clock.bar.total / 2, abs=5)


def test_time_is_told_as_people_do():
    assert [told(seconds) for seconds in (4.4, 89, 95, 3000, 7260)] == ["4 s", "89 s", "2 min", "50 min", "2 h 1 min"]
