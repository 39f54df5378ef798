"""What a piece costs, with the endings shops like."""

from decimal import Decimal
from random import Random

from shop_demo.seeding.brands import Brand
from shop_demo.seeding.kinds import Kind


def price_of(kind: Kind, brand: Brand, rng: Random) -> Decimal:
    amount = kind.price * brand.level * rng.lognormvariate(0, 0.16)
    if amount >= 150:
        return Decimal(round(amount / 5) * 5).quantize(Decimal("0.01"))
    ending = rng.choice(("0.90", "0.50", "0.90") if amount < 40 else ("0.90", "0.00", "0.00"))
    return max(int(amount), 4) + Decimal(ending)
