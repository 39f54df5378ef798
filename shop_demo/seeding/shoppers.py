"""All that all shoppers did, and what the demo's own shopper did."""

from collections.abc import Callable, Sequence

import numpy as np

from shop_demo.seeding.catalogue import SEED
from shop_demo.seeding.goods import Goods
from shop_demo.seeding.sessions import DAY, DAYS, Deed, World, history, world
from shop_demo.seeding.truth import ROMANTIC, SPORTY

ADA = 2**21
"""Where the random numbers of the demo's shopper start; her taste is that of `ROMANTIC`."""
ADA_SESSIONS = 5
ADA_CANDLES = (74, 50, 26)
"""Days ago on which she bought the same candle: it has burnt down again."""
KNOWN_SESSIONS = 12
"""Of the two shoppers who are known by name."""


def deeds(goods: Sequence[Goods], shoppers: int, progress: Callable[[int], object] = lambda count: None) -> list[Deed]:
    """The earliest first. `progress` is called once a shopper."""
    here = world(goods, shoppers, SEED)
    done: list[Deed] = []
    for shopper in range(shoppers):
        sessions = KNOWN_SESSIONS if shopper in (ROMANTIC, SPORTY) else None
        done += history(here, shopper, np.random.default_rng([SEED, 2**22, shopper]), sessions)
        progress(1)
    return sorted(done, key=lambda deed: -deed.ago)


def ada_deeds(goods: Sequence[Goods]) -> list[Deed]:
    """The past of the demo's shopper, with at least one purchase in it."""
    here = world(goods, ROMANTIC + 1, SEED)
    rng = np.random.default_rng([SEED, ADA])
    while True:
        done = history(here, ROMANTIC, rng, ADA_SESSIONS)
        if any(deed.kind == "purchase" for deed in done):
            return sorted(done + _candles(here, goods), key=lambda deed: -deed.ago)


def _candles(here: World, goods: Sequence[Goods]) -> list[Deed]:
    """The one that she likes best of those that were there all the time and still are."""
    known = [n for n, one in enumerate(goods) if one.form == "candle" and one.stock and one.age_days > DAYS]
    if not known:
        return []
    piece = max(known, key=lambda n: here.after[ROMANTIC, n])
    return [Deed(ROMANTIC, piece, "purchase", days * DAY) for days in ADA_CANDLES]
