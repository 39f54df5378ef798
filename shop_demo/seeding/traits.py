"""The catalogue as arrays: of each piece, what a taste can hold on to."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shop_demo.illustration.colours import COMPANIONS, FAMILIES
from shop_demo.seeding.brands import BRANDS
from shop_demo.seeding.goods import Goods
from shop_demo.seeding.kinds import KIND, KINDS
from shop_demo.seeding.wording.colours import FAMILY

FAMILY_NAMES = tuple(FAMILIES)
STYLE_NAMES = ("classic", "minimal", "romantic", "retro", "sporty", "boho")
BRAND_NAMES = tuple(brand.name for brand in BRANDS)
_FORMS = {kind.form: index for index, kind in enumerate(KINDS)}

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Traits:
    """One entry a piece. `matches[a, b]`: how well b goes with a."""

    form: Ints
    family: Ints
    style: Ints
    brand: Ints
    patterned: NDArray[np.float64]
    level: NDArray[np.float64]
    age_days: NDArray[np.float64]
    matches: NDArray[np.float64]


def traits_of(goods: Sequence[Goods]) -> Traits:
    style = np.array([STYLE_NAMES.index(one.look.style) for one in goods])
    return Traits(
        form=np.array([_FORMS[one.form] for one in goods]),
        family=np.array([FAMILY_NAMES.index(FAMILY[one.look.colour]) for one in goods]),
        style=style,
        brand=np.array([BRAND_NAMES.index(one.brand) for one in goods]),
        patterned=np.array([one.look.pattern != "plain" for one in goods], dtype=float),
        level=np.array([np.log(float(one.price) / KIND[one.form].price) for one in goods]),
        age_days=np.array([one.age_days for one in goods]),
        matches=(style[:, None] == style[None]) * 1.0 + _companions(goods),
    )


def _companions(goods: Sequence[Goods]) -> NDArray[np.float64]:
    """1 where b has a colour that a's is seen with."""
    colours = [one.look.colour for one in goods]
    return np.array([[float(b in COMPANIONS[a]) for b in colours] for a in colours])
