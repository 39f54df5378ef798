"""What the stages hand each other. Plain values: no querysets, no requests, no tensors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]


@dataclass(frozen=True)
class Seq2Seq:
    """A model that writes texts anew, and what it wants before each: "paraphrase: ", say."""

    model: str
    prefix: str = ""


@dataclass(frozen=True)
class ItemData:
    """What a shop's adapter says of one product, ready to be written to its `Item`."""

    source: str
    object_id: str
    title: str
    category: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    price: Decimal | None = None
    currency: str = ""
    available: bool = True
    sites: tuple[int, ...] = ()
    published_at: datetime | None = None
    content_hash: str = ""


@dataclass(frozen=True)
class Content:
    """What is encoded of one item: cleaned text and its pictures', sounds' and films' bytes, with what was wrong with
    the rest. What no configured encoder looks at is not read."""

    item_id: int
    text: str
    images: tuple[bytes, ...] = ()
    audio: tuple[bytes, ...] = ()
    video: tuple[bytes, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """Items one worker holds until `lease_until`; `token` fences off a worker that comes back too late."""

    token: UUID
    hashes: dict[int, str]
    """Item id -> content hash at the time of the claim."""


@dataclass(frozen=True)
class Embedding:
    """One frozen encoder output, to be stored."""

    item_id: int
    modality: str
    encoder: str
    content_hash: str
    vector: Vector
    view: int = 0


@dataclass(frozen=True)
class Scope:
    """Some items: these, or whatever meets every condition. `category` takes in everything below it."""

    items: tuple[int, ...] = ()
    category: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    price_min: Decimal | None = None
    price_max: Decimal | None = None

    @property
    def empty(self) -> bool:
        return not (self.items or self.conditions)

    @property
    def conditions(self) -> bool:
        return bool(self.category or self.attributes or self.price_min is not None or self.price_max is not None)


@dataclass(frozen=True)
class Filters:
    """Live conditions on a list. `category` takes in everything below it."""

    category: str = ""
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    site: int | None = None
    within: tuple[Scope, ...] = ()
    """Only what lies in one of these, if there are any."""
    without: tuple[Scope, ...] = ()

    @property
    def selective(self) -> bool:
        own = self.category or self.attributes or self.within
        return bool(own or self.price_min is not None or self.price_max is not None)


@dataclass(frozen=True)
class Touch:
    """One thing a visitor did, newest first in a profile."""

    item_id: int
    kind: str
    at: datetime


@dataclass(frozen=True)
class Recipe:
    """How a trained generation makes a personal list: what its user tower expects, and how it puts a list in order."""

    weights: Mapping[str, float]
    """Of the mixture that its ranker begins with."""
    kinds: tuple[str, ...]
    history: int
    """Events the tower looks at."""
    recency: float | None
    """Events ago at which one counts 1/e for the neighbours; None: all alike."""
    tower: str
    """sha256 of the user tower: what a process has loaded under it stays right."""
    ranker: str
    """sha256 as well."""
    goes_with: Mapping[str, float] = field(default_factory=dict)
    """Weights of the signals of what goes with a product; empty of a generation that has not learned them."""
    slots: tuple[str, ...] = ()
    """What the weights of an item's place are of."""

    @staticmethod
    def of(serving: Mapping[str, Any] | None, blend: Mapping[str, Mapping[str, float]]) -> "Recipe | None":
        """None of a generation that was not trained, or before there were rankers."""
        if not serving or "ranker" not in serving:
            return None
        kinds, recency = tuple(serving["kinds"]), serving["recency"]
        told = (kinds, serving["history"], recency, serving["tower"], serving["ranker"])
        return Recipe(blend.get("for_you", {}), *told, blend.get("goes_with", {}), tuple(serving.get("slots", ())))


@dataclass(frozen=True)
class ActiveGeneration:
    """What a request is served from; no recipe: it was not trained."""

    number: int
    dimension: int
    recipe: Recipe | None = None


@dataclass(frozen=True)
class Profile:
    """Who asks, and from where: the input of every source."""

    generation: int
    dimension: int
    history: tuple[Touch, ...] = ()
    """Newest first."""
    context: tuple[int, ...] = ()
    """Items the list is about: the product page's product, the cart's content."""
    excluded: frozenset[int] = frozenset()
    filters: Filters = field(default_factory=Filters)
    recipe: Recipe | None = None
    visitor: int | None = None
    mode: str = "both"
    """What makes products similar: "looks", "reads" or "both"."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """Of the signals of a trained generation, where the placement has its own."""
    beside: bool = True
    """The list stands beside the one product it is about, which needs no name there; a cart's list does not."""


@dataclass(frozen=True)
class Reason:
    """Why an item is in a list: a kind (`recommend.reasons.KINDS`) and what it has to do with, a product the visitor
    met or one of several that the list is about; None: the only one it is about, or none."""

    kind: str
    item_id: int | None = None
    yours: bool = False
    """The visitor liked it, bought it, or put it in the cart."""


@dataclass(frozen=True)
class Candidate:
    item_id: int
    score: float
    source: str
    """The rung that proposed it."""
    reason: Reason | None = None


@dataclass(frozen=True)
class Recommendations:
    """A list, the rung of the ladder it came from, and the generation whose vectors it was made with."""

    placement: str
    rung: str
    generation: int
    items: tuple[Candidate, ...] = ()

    @property
    def item_ids(self) -> list[int]:
        return [candidate.item_id for candidate in self.items]


@dataclass(frozen=True)
class Card:
    """A product as a widget or the API shows it."""

    item_id: int
    source: str
    object_id: str
    title: str
    url: str
    image: str
    price: Decimal | None
    currency: str
    score: float
    via: str
    product: Any = None
    reason: str = ""
    """A sentence for the shopper, in the language of the request."""
    kind: str = ""
    """Of the reason."""


@dataclass(frozen=True)
class RecommendedList:
    """`Recommendations` with the products looked up and the impression logged."""

    placement: str
    rung: str
    generation: int
    impression: UUID | None
    cards: tuple[Card, ...] = ()

    @property
    def item_ids(self) -> list[int]:
        return [card.item_id for card in self.cards]

    def __len__(self) -> int:
        return len(self.cards)

    def __iter__(self) -> Iterator[Card]:
        return iter(self.cards)


@dataclass(frozen=True)
class EventRow:
    """One event of a bulk load, in the shop's own ids."""

    visitor_key: str
    object_id: str
    kind: str
    at: datetime
    quantity: int = 1
    value: Decimal | None = None
    site: int | None = None
    currency: str | None = ""
