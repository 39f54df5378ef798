"""What the seeded shoppers really like: the answer that recommendations are measured against.

Numbers alone, no database: `truth()` is the same wherever and whenever it is called.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from shop_demo.seeding.catalogue import PRODUCTS, SEED, catalogue
from shop_demo.seeding.tastes import tastes
from shop_demo.seeding.traits import traits_of

SHOPPERS = 1200
ROMANTIC, SPORTY = 0, 1
"""Two shoppers of opposite tastes: pastel flowers, and plain dark things to move in."""


@dataclass(frozen=True)
class Truth:
    visitor_keys: tuple[str, ...]
    external_ids: tuple[str, ...]
    """Of the products (`Product.external_id`)."""
    utility: NDArray[np.float64]
    """(shoppers, products): how much each shopper would like to be shown each product, by the taste of today."""

    def best(self, visitor_key: str, k: int = 20) -> tuple[str, ...]:
        """External ids of what a shopper would like most."""
        row = self.utility[self.visitor_keys.index(visitor_key)]
        return tuple(self.external_ids[index] for index in np.argsort(-row, kind="stable")[:k])

    def liking(self, visitor_key: str) -> dict[str, float]:
        """External id -> the part of the catalogue that the shopper likes less."""
        row = self.utility[self.visitor_keys.index(visitor_key)]
        liked_less = np.searchsorted(np.sort(row), row) / (len(row) - 1)
        return dict(zip(self.external_ids, liked_less.tolist(), strict=True))

    def ndcg(self, visitor_key: str, external_ids: list[str], k: int = 20) -> float:
        """NDCG@k of a list: the gain of a product is the part of the catalogue that the shopper likes less, cubed."""
        gain = {one: liked_less**3 for one, liked_less in self.liking(visitor_key).items()}
        discount = 1 / np.log2(np.arange(k) + 2)
        found = np.array([gain.get(one, 0.0) for one in external_ids[:k]])
        ideal = np.sort(np.array(list(gain.values())))[::-1][:k]
        return float(found @ discount[: len(found)] / (ideal @ discount[: len(ideal)]))


def visitor_key(shopper: int) -> str:
    return f"demo:{shopper:04d}"


@cache
def truth(products: int = PRODUCTS, shoppers: int = SHOPPERS) -> Truth:
    goods = catalogue(products)
    _, today = tastes(shoppers, SEED)
    return Truth(
        visitor_keys=tuple(visitor_key(number) for number in range(shoppers)),
        external_ids=tuple(one.external_id for one in goods),
        utility=today.utility(traits_of(goods)),
    )
