"""What shoppers did: sessions with an intent, a look around what fits their taste, and what came of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shop_demo.seeding.goods import Goods
from shop_demo.seeding.kinds import KIND, KINDS
from shop_demo.seeding.tastes import FORM_NAMES, Tastes, tastes
from shop_demo.seeding.traits import Traits, traits_of

DAYS = 90
DAY = 86400.0
NOISE = 0.06
"""Which part of the views is mere curiosity about what is well known."""
STAYS = 0.6
SHARPNESS, FAME = 2.0, 1.3
"""How strictly taste, and how strongly renown, decides what is looked at."""
SEVERAL = frozenset({"mug", "plate", "bowl", "candle"})
CANDLE = FORM_NAMES.index("candle")
CANDLE_LASTS = 24
PAIRED = 0.45
"""How often a piece is bought with the one that goes with it best."""
RISING, RISES = 0.05, 12
"""Which part of the catalogue has been talked about lately, and for how many days."""


@dataclass(frozen=True)
class Deed:
    shopper: int
    piece: int
    kind: str
    ago: float
    """Seconds before now."""
    quantity: int = 1


@dataclass(frozen=True)
class World:
    traits: Traits
    before: NDArray[np.float64]
    after: NDArray[np.float64]
    """(S, P) appeal, until and since the day a shopper's taste changed."""
    forms: NDArray[np.float64]
    fame: NDArray[np.float64]
    buzz: NDArray[np.float64]
    """What is added to the fame of a piece in the last `RISES` days."""
    turned: NDArray[np.float64]
    """Days before now at which each shopper's taste changed."""
    partners: NDArray[np.int64]
    """Of each piece the one that goes with it best, of those that a kind is worn or used with; -1: none."""


def world(goods: Sequence[Goods], shoppers: int, seed: int) -> World:
    traits = traits_of(goods)
    before, after = tastes(shoppers, seed)
    rng = np.random.default_rng([seed, 2**20])
    return World(
        traits=traits,
        before=before.appeal(traits),
        after=after.appeal(traits),
        forms=_offered(after, traits),
        fame=FAME * rng.standard_normal(len(goods)),
        buzz=np.where(rng.random(len(goods)) < RISING, 1.8, 0.0),
        turned=rng.uniform(25, 60, shoppers),
        partners=_partners(traits),
    )


def history(world: World, shopper: int, rng: np.random.Generator, sessions: int | None = None) -> list[Deed]:
    """All that one shopper did in 90 days, the earliest first."""
    count = 2 + rng.poisson(rng.gamma(2, 2.6)) if sessions is None else sessions
    starts = rng.uniform(0.01, DAYS, count)
    deeds = [deed for ago in starts for deed in _Session(world, shopper, float(ago) * DAY, rng).deeds()]
    deeds += [*_refills(deeds, world, rng), *_pairs(deeds, world, rng)]
    return sorted(deeds, key=lambda deed: -deed.ago)


class _Session:
    """One visit. It starts with a form in mind and may lead to what goes with what was found."""

    def __init__(self, world: World, shopper: int, ago: float, rng: np.random.Generator) -> None:
        self.world, self.shopper, self.ago, self.rng = world, shopper, ago, rng
        recent = ago < world.turned[shopper] * DAY
        self.appeal = (world.after if recent else world.before)[shopper]
        self.fame = world.fame + world.buzz if ago < RISES * DAY else world.fame
        self.open = world.traits.age_days * DAY > ago
        self.form = self._intent()
        self.anchor: int | None = None

    def deeds(self) -> Iterator[Deed]:
        for _ in range(2 + self.rng.geometric(0.2)):
            piece = self._next()
            if piece is None:
                return
            self.open[piece] = False
            yield from self._looked_at(piece)
            self._move_on(piece)

    def _looked_at(self, piece: int) -> Iterator[Deed]:
        """A view and, the more it appeals the likelier, what follows from one."""
        wanted = 1 / (1 + np.exp(1.5 - self.appeal[piece] / 1.5))
        if self.rng.random() < 0.12:
            yield self._deed(piece, "click")
        yield self._deed(piece, "view")
        if self.rng.random() < 0.3 * wanted:
            yield self._deed(piece, "like")
        if self.rng.random() < 0.4 * wanted:
            yield self._deed(piece, "cart")
            if self.rng.random() < 0.45:
                several = FORM_NAMES[self.world.traits.form[piece]] in SEVERAL
                yield self._deed(piece, "purchase", int(self.rng.choice((2, 4, 6))) if several else 1)
                self.anchor = piece

    def _deed(self, piece: int, kind: str, quantity: int = 1) -> Deed:
        self.ago = max(self.ago - self.rng.exponential(35), 0.0)
        return Deed(self.shopper, piece, kind, self.ago, quantity)

    def _next(self) -> int | None:
        """Samples what is looked at next; None when nothing is left."""
        traits = self.world.traits
        if self.rng.random() < NOISE:
            return self._sample(self.fame, self.open)
        score = SHARPNESS * self.appeal + self.fame
        if self.anchor is not None:
            score = score + 0.9 * traits.matches[self.anchor]
        return self._sample(score, self.open & (traits.form == self.form))

    def _move_on(self, piece: int) -> None:
        """Stays with the form, turns to what goes with the piece, or starts on something else."""
        companions = [FORM_NAMES.index(form) for form in KIND[FORM_NAMES[self.world.traits.form[piece]]].companions]
        chance = self.rng.random()
        left = bool((self.open & (self.world.traits.form == self.form)).any())
        if self.anchor != piece and chance < STAYS and left:
            return
        here = [form for form in companions if (self.open & (self.world.traits.form == form)).any()]
        if here and chance < 0.93:
            self.form, self.anchor = int(self.rng.choice(here)), piece
        else:
            self.form, self.anchor = self._intent(), None

    def _intent(self) -> int:
        there = np.bincount(self.world.traits.form[self.open], minlength=len(KINDS)) > 0
        found = self._sample(self.world.forms[self.shopper], there)
        return 0 if found is None else found

    def _sample(self, scores: NDArray[np.float64], among: NDArray[np.bool_]) -> int | None:
        """One index of `among` by the softmax of the scores (Gumbel's trick)."""
        where = np.flatnonzero(among)
        if not len(where):
            return None
        return int(where[np.argmax(scores[where] + self.rng.gumbel(size=len(where)))])


def _refills(deeds: list[Deed], world: World, rng: np.random.Generator) -> Iterator[Deed]:
    """Candles burn down; about every three weeks the same ones are bought again."""
    for deed in deeds:
        if deed.kind == "purchase" and world.traits.form[deed.piece] == CANDLE:
            ago = deed.ago - rng.normal(CANDLE_LASTS, 3) * DAY
            while ago > 60 and rng.random() < 0.75:
                yield Deed(deed.shopper, deed.piece, "view", ago)
                yield Deed(deed.shopper, deed.piece, "purchase", ago - 50, deed.quantity)
                ago -= rng.normal(CANDLE_LASTS, 3) * DAY


def _pairs(deeds: list[Deed], world: World, rng: np.random.Generator) -> Iterator[Deed]:
    """Who buys a piece often takes along what goes with it."""
    bought = {deed.piece for deed in deeds if deed.kind == "purchase"}
    for deed in deeds:
        other = int(world.partners[deed.piece])
        if deed.kind != "purchase" or other < 0 or other in bought or rng.random() > PAIRED:
            continue
        if 60 < deed.ago < world.traits.age_days[other] * DAY:
            bought.add(other)
            steps = zip(("view", "cart", "purchase"), (15, 25, 40), strict=True)
            yield from (Deed(deed.shopper, other, kind, deed.ago - later) for kind, later in steps)


def _partners(traits: Traits) -> NDArray[np.int64]:
    """A partner may be new: it is bought with the piece from then on."""
    found = np.full(len(traits.form), -1)
    for piece, form in enumerate(traits.form):
        companions = [FORM_NAMES.index(other) for other in KIND[FORM_NAMES[form]].companions]
        among = np.flatnonzero(np.isin(traits.form, companions))
        if len(among):
            alike = traits.matches[piece, among] + (traits.brand[among] == traits.brand[piece])
            found[piece] = among[np.argmax(alike - np.abs(among - piece) / len(traits.form))]
    return found


def _offered(taste: Tastes, traits: Traits) -> NDArray[np.float64]:
    """Interest in each form, as far as the catalogue has any of it. (S, forms)"""
    there = np.bincount(traits.form, minlength=len(KINDS)) > 0
    return np.where(there[None], taste.forms, -np.inf)
