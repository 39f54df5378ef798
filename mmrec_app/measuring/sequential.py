"""Compares two arms of an experiment in a way that may be looked at every day.

A fixed-sample test that is read again and again finds a difference between equals far more often than its level says.
Here the interval is a *confidence sequence*: with probability 1 - alpha it holds the true difference at all times at
once, so that one may look, and stop, whenever one likes. It is Robbins' normal mixture, that is, the mixture SPRT as an
interval (Johari, Koomen, Pekelis, Walsh: Always Valid Inference, Operations Research 70, 2022), with estimated
variances as in Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas: Time-uniform central limit theory and asymptotic
confidence sequences, Annals of Statistics 52, 2024.
"""

from dataclasses import dataclass
from math import exp, inf, log, log1p, sqrt

ALPHA = 0.05
LEAST_VISITORS = 100
LEAST_RESPONSES = 25
"""An arm below either is not judged: the sequence rests on sums being near normal."""


@dataclass(frozen=True)
class Sample:
    """One arm: its visitors, the sum and the sum of squares of what each brought, and how many brought anything."""

    visitors: int
    total: float
    squares: float
    responses: int

    @staticmethod
    def of_share(visitors: int, responses: int) -> "Sample":
        """Of visitors who did it or did not."""
        return Sample(visitors, responses, responses, responses)

    @property
    def mean(self) -> float:
        return self.total / self.visitors if self.visitors else 0.0

    @property
    def variance(self) -> float:
        return max(self.squares / self.visitors - self.mean**2, 0.0) if self.visitors else 0.0

    @property
    def enough(self) -> bool:
        return self.visitors >= LEAST_VISITORS and self.responses >= LEAST_RESPONSES


@dataclass(frozen=True)
class Comparison:
    """An arm against the control: difference of the means with its interval, and the always-valid p-value.

    Infinite bounds and p = 1 while an arm is too small. `lift`, `lift_low` and `lift_high` are in parts of the
    control's mean.
    """

    difference: float
    low: float
    high: float
    p: float
    base: float

    @property
    def verdict(self) -> int:
        """1 or -1 once the interval leaves out zero, which then stays right at 1 - alpha; else 0."""
        return 1 if self.low > 0 else -1 if self.high < 0 else 0

    @property
    def lift(self) -> float | None:
        return self.difference / self.base if self.base > 0 else None

    @property
    def lift_low(self) -> float | None:
        return self.low / self.base if self.base > 0 else None

    @property
    def lift_high(self) -> float | None:
        return self.high / self.base if self.base > 0 else None


def mixture_precision(expected: int, alpha: float = ALPHA) -> float:
    """rho² of the mixture: any is valid, this one makes the interval narrowest at so many visitors of both arms."""
    return (2 * log(1 / alpha) + log(2 * log(1 / alpha) + 1)) / max(expected, 1)


def compare(arm: Sample, control: Sample, expected: int, alpha: float = ALPHA) -> Comparison:
    """`expected` visitors of both arms together, fixed before the start: a promise of nothing, it shapes the interval.

    half-width² = V (1 + 1 / (t rho²)) (2 ln(1/alpha) + ln(1 + t rho²)),  V the variance of the difference, t the
    visitors of both arms; p = min(1, sqrt(1 + t rho²) exp(-z²/2 · t rho² / (1 + t rho²))).
    """
    difference = arm.mean - control.mean
    if not (arm.enough and control.enough):
        return Comparison(difference, -inf, inf, 1.0, control.mean)
    variance = arm.variance / arm.visitors + control.variance / control.visitors
    precise = (arm.visitors + control.visitors) * mixture_precision(expected, alpha)
    width = sqrt(variance * (1 + 1 / precise) * (2 * log(1 / alpha) + log1p(precise)))
    p = _p(difference, variance, precise)
    return Comparison(difference, difference - width, difference + width, p, control.mean)


def _p(difference: float, variance: float, precise: float) -> float:
    if variance == 0:
        return 1.0 if difference == 0 else 0.0
    exponent = difference**2 / variance / 2 * precise / (1 + precise)
    return min(1.0, exp(log1p(precise) / 2 - exponent))


def skewed(visitors: list[int], weights: list[float]) -> bool:
    """Whether the arms hold other shares of the visitors than they were given, by more than chance: four standard
    errors, so that daily looks raise no false alarm. Something is broken then, and no result is to be believed."""
    everybody, total = sum(visitors), sum(weights)
    if not everybody or not total:
        return False
    shares = [weight / total for weight in weights]
    return any(
        abs(count - everybody * share) > 4 * sqrt(everybody * share * (1 - share))
        for count, share in zip(visitors, shares, strict=True)
        if 0 < share < 1
    )
