"""The sequential test: simulations with a look after every visitor."""

from math import inf, isclose

import numpy as np
import pytest
from numpy.typing import NDArray

from mmrec_app.measuring.sequential import LEAST_RESPONSES, LEAST_VISITORS, Sample, compare, mixture_precision, skewed


def first_verdicts(
    runs: int, visitors: int, base: float, other: float, seed: int, expected: int, split: float = 0.5
) -> NDArray[np.int64]:
    """The verdict of each simulated experiment that is stopped at the first one, looking after every 25th visitor."""
    random, found = np.random.default_rng(seed), np.zeros(runs, np.int64)
    for run in range(runs):
        arm = random.random(visitors) < split
        did = random.random(visitors) < np.where(arm, other, base)
        counts = np.stack([np.cumsum(arm), np.cumsum(arm & did), np.cumsum(~arm), np.cumsum(~arm & did)])
        for a, yes_a, b, yes_b in counts[:, 24::25].T.tolist():
            if verdict := compare(Sample.of_share(a, yes_a), Sample.of_share(b, yes_b), expected).verdict:
                found[run] = verdict
                break
    return found


def test_equal_arms_are_told_apart_in_at_most_one_of_twenty_experiments_however_often_one_looks() -> None:
    verdicts = first_verdicts(runs=120, visitors=4_000, base=0.10, other=0.10, seed=1, expected=4_000)
    assert np.count_nonzero(verdicts) <= 0.05 * 120


def test_a_difference_of_ten_in_a_hundred_is_found() -> None:
    verdicts = first_verdicts(runs=10, visitors=80_000, base=0.20, other=0.22, seed=2, expected=20_000)
    assert np.count_nonzero(verdicts == 1) == 10


@pytest.mark.slow
@pytest.mark.parametrize(("base", "split"), [(0.02, 0.5), (0.10, 0.5), (0.30, 0.5), (0.10, 0.2)])
def test_equal_arms_in_many_simulations(base: float, split: float) -> None:
    verdicts = first_verdicts(1_000, 20_000, base, base, seed=3, expected=10_000, split=split)
    assert np.count_nonzero(verdicts) <= 0.05 * 1_000


@pytest.mark.slow
def test_a_lift_of_ten_in_a_hundred_in_many_simulations() -> None:
    verdicts = first_verdicts(200, 100_000, 0.10, 0.11, seed=4, expected=60_000)
    assert np.count_nonzero(verdicts == 1) >= 0.95 * 200 and not np.count_nonzero(verdicts == -1)


@pytest.mark.slow
def test_equal_revenues_with_long_tails() -> None:
    """Few visitors buy, and some of them much."""
    random, wrong = np.random.default_rng(5), 0
    for _ in range(400):
        spent = np.where(random.random((2, 10_000)) < 0.05, random.lognormal(3.5, 0.8, (2, 10_000)), 0.0)
        sums, squares, buyers = (np.cumsum(each, axis=1) for each in (spent, spent**2, spent > 0))
        for n in range(25, 10_000, 25):
            one, two = (
                Sample(n, *(float(each[i, n - 1]) for each in (sums, squares)), int(buyers[i, n - 1])) for i in (0, 1)
            )
            if compare(one, two, 10_000).verdict:
                wrong += 1
                break
    assert wrong <= 0.05 * 400


def test_looking_at_a_fixed_sample_test_instead_would_mislead() -> None:
    """What the guard is there for: the same looks at a z-test of level 0.05."""
    random, wrong = np.random.default_rng(6), 0
    for _ in range(200):
        did = np.cumsum(random.random((2, 4_000)) < 0.1, axis=1)[:, 99::25]
        n = np.arange(100, 4_001, 25)
        pooled = did.sum(axis=0) / (2 * n)
        z = np.abs(did[0] - did[1]) / n / np.sqrt(2 * pooled * (1 - pooled) / n)
        wrong += bool((z > 1.96).any())
    assert wrong > 0.2 * 200


def test_the_interval_is_the_formulas() -> None:
    """By hand: V = .09/1000 + .16/1000 = .00025, t rho² = 2000 · (5.9915 + ln 6.9915)/2000 = 7.9362,
    width² = .00025 · 1.12600 · (5.99146 + ln 8.9362) = .0023032."""
    found = compare(Sample.of_share(1_000, 200), Sample.of_share(1_000, 100), expected=2_000)
    assert isclose(found.difference, 0.1) and isclose(found.high - found.difference, 0.0023032**0.5, rel_tol=1e-3)
    assert found.verdict == 1 and isclose(found.lift or 0, 1.0)
    assert isclose(found.p, 8.9362**0.5 * np.exp(-20 * 7.9362 / 8.9362), rel_tol=1e-3)


@pytest.mark.parametrize(("yes", "other"), [(100, 130), (100, 150), (100, 160), (100, 170)])
def test_p_falls_below_the_level_exactly_when_the_interval_leaves_out_zero(yes: int, other: int) -> None:
    found = compare(Sample.of_share(1_000, other), Sample.of_share(1_000, yes), expected=2_000)
    assert (found.p < 0.05) == (found.verdict == 1)


def test_the_interval_is_narrowest_where_it_is_expected_to_be() -> None:
    arms = Sample.of_share(5_000, 500), Sample.of_share(5_000, 500)
    widths = {expected: compare(*arms, expected).high for expected in (1_000, 10_000, 100_000)}
    assert min(widths, key=lambda expected: widths[expected]) == 10_000
    assert mixture_precision(10) > mixture_precision(1_000)


def test_small_arms_are_not_judged() -> None:
    big, few = Sample.of_share(1_000, 500), Sample.of_share(LEAST_VISITORS - 1, 90)
    rare = Sample.of_share(10_000, LEAST_RESPONSES - 1)
    for arm in (few, rare, Sample(0, 0, 0, 0)):
        found = compare(arm, big, 1_000)
        assert (found.low, found.high, found.p, found.verdict) == (-inf, inf, 1.0, 0)


def test_shares_that_chance_cannot_explain_are_noticed() -> None:
    assert not skewed([5_050, 4_950], [1, 1]) and not skewed([0, 0], [1, 1]) and not skewed([100], [3])
    assert skewed([5_300, 4_700], [1, 1]) and skewed([1_300, 9_000], [0.1, 0.9])
