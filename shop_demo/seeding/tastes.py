"""What each shopper likes: weights over colour families, styles, brands, patterns, forms and prices.

Shoppers are blends of a few archetypes with ideas of their own, so that there is something to learn from others.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shop_demo.seeding.kinds import KINDS
from shop_demo.seeding.traits import BRAND_NAMES, FAMILY_NAMES, STYLE_NAMES, Traits

Matrix = NDArray[np.float64]

FORM_NAMES = tuple(kind.form for kind in KINDS)
DEPARTMENTS = tuple(dict.fromkeys(kind.department for kind in KINDS))

DRIFTING = 0.25
"""Which part of the shoppers has changed its mind within the 90 days."""


@dataclass(frozen=True)
class Archetype:
    families: tuple[str, ...]
    styles: tuple[str, ...]
    departments: tuple[str, ...]
    patterned: float
    level: float
    """log of the price level that feels right."""


ARCHETYPES = (
    Archetype(("pastel", "warm"), ("romantic", "boho"), ("Clothing", "Shoes", "Bags"), 1.2, 0.0),
    Archetype(("dark", "cool"), ("minimal", "sporty"), ("Clothing", "Shoes", "Accessories"), -1.0, 0.1),
    Archetype(("earth", "neutral"), ("boho",), ("Home", "Clothing"), 0.6, -0.1),
    Archetype(("warm", "pastel"), ("retro",), ("Kitchen", "Clothing", "Home"), 0.9, -0.2),
    Archetype(("neutral", "dark"), ("minimal",), ("Home", "Kitchen"), -0.9, 0.3),
    Archetype(("deep", "earth"), ("classic",), ("Clothing", "Shoes", "Bags"), 0.1, 0.4),
    Archetype(("cool", "warm"), ("sporty", "retro"), ("Shoes", "Clothing", "Bags"), -0.2, -0.3),
    Archetype(("deep", "cool"), ("classic", "romantic"), ("Home", "Accessories"), 0.3, 0.3),
    Archetype(("pastel", "neutral"), ("minimal", "romantic"), ("Kitchen", "Home"), -0.2, 0.0),
    Archetype(("earth", "warm"), ("retro", "boho"), ("Home", "Kitchen"), 0.8, 0.0),
)


@dataclass(frozen=True)
class Tastes:
    """Row by row one shopper each."""

    families: Matrix
    styles: Matrix
    brands: Matrix
    forms: Matrix
    patterned: Matrix
    level: Matrix

    def appeal(self, traits: Traits) -> Matrix:
        """How much each shopper likes the look and price of each piece, whatever it is. (S, P)"""
        price = np.abs(traits.level[None] - self.level[:, None])
        liked = self.families[:, traits.family] + self.styles[:, traits.style] + 0.5 * self.brands[:, traits.brand]
        return liked + 0.5 * self.patterned[:, None] * traits.patterned[None] - 0.8 * price

    def utility(self, traits: Traits) -> Matrix:
        """How much each shopper would like to be shown each piece. (S, P)"""
        return self.appeal(traits) + self.forms[:, traits.form]


def tastes(count: int, seed: int) -> tuple[Tastes, Tastes]:
    """The shoppers' tastes at first and at last. The first two shoppers have opposite ones and keep them."""
    rows = [_shopper(number, np.random.default_rng([seed, number])) for number in range(count)]
    first, last = zip(*rows, strict=True)
    return _stacked(first), _stacked(last)


def _shopper(number: int, rng: np.random.Generator) -> tuple[list[Matrix], list[Matrix]]:
    if number < 2:
        pure = _taste(ARCHETYPES[number], ARCHETYPES[number], rng)
        return pure, pure
    one, other, later = (ARCHETYPES[index] for index in rng.integers(len(ARCHETYPES), size=3))
    before = _taste(one, other, rng)
    after = _taste(later, other, rng)
    # Interests stay while the look one likes moves on.
    changed = [*after[:2], *before[2:4], after[4], before[5]]
    return before, changed if rng.random() < DRIFTING else before


def _taste(one: Archetype, other: Archetype, rng: np.random.Generator) -> list[Matrix]:
    families = _liked(FAMILY_NAMES, one.families, 1.5) + _liked(FAMILY_NAMES, other.families, 0.7)
    styles = _liked(STYLE_NAMES, one.styles, 1.5) + _liked(STYLE_NAMES, other.styles, 0.7)
    wanted = _liked(DEPARTMENTS, one.departments, 1.2) + _liked(DEPARTMENTS, other.departments, 0.6)
    forms = wanted[[DEPARTMENTS.index(kind.department) for kind in KINDS]]
    return [
        families + rng.normal(0, 0.35, len(FAMILY_NAMES)),
        styles + rng.normal(0, 0.35, len(STYLE_NAMES)),
        rng.normal(0, 0.7, len(BRAND_NAMES)),
        forms + rng.normal(0, 0.8, len(FORM_NAMES)),
        np.array(one.patterned + rng.normal(0, 0.3)),
        np.array(one.level + rng.normal(0, 0.15)),
    ]


def _liked(names: tuple[str, ...], favourites: tuple[str, ...], weight: float) -> Matrix:
    """The first favourite weighs most; what is none is a little disliked."""
    return np.array([weight / (1 + 0.4 * favourites.index(n)) if n in favourites else -weight / 3 for n in names])


def _stacked(rows: tuple[list[Matrix], ...]) -> Tastes:
    return Tastes(*(np.stack(column) for column in zip(*rows, strict=True)))
