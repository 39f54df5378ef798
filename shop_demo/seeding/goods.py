"""One piece of the catalogue, before it is a product of the shop."""

from dataclasses import dataclass
from decimal import Decimal

from shop_demo.illustration import Look


@dataclass(frozen=True)
class Goods:
    number: int
    form: str
    look: Look
    brand: str
    title: str
    description: str
    category: str
    price: Decimal
    stock: int
    attributes: dict[str, str]
    age_days: float
    """How long ago it came into the shop."""

    @property
    def external_id(self) -> str:
        return f"demo/{self.number:04d}"
