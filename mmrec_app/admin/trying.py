"""A list before and after a rule, or other settings, as a shopper would get it. Nothing is kept of it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mmrec_app.embeddings.search import reading, shown
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Item, Rule, Visitor
from mmrec_app.recommend import recommend
from mmrec_app.recommend.checked import MOVES
from mmrec_app.recommend.placements import SEARCH, Placement, list_of
from mmrec_app.recommend.rules import LiveRule, Rules, live_rule
from mmrec_app.recommend.serve import SPARE, hydrate
from mmrec_app.search import search
from mmrec_app.types import Card, Filters


@dataclass(frozen=True)
class Wish:
    """What is tried, for whom. `rule`: None when only settings are tried; `item_ids`: what it is about."""

    placement: str
    k: int = 12
    item: Item | None = None
    visitor: Visitor | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    rule: Rule | None = None
    item_ids: tuple[int, ...] = ()
    here: bool = True
    """Whether the rule is for this list."""
    words: str = ""
    """What a search is for."""

    @property
    def site(self) -> int | None:
        return next(iter(self.rule.sites), None) if self.rule else None


@dataclass(frozen=True)
class Tile:
    card: Card
    place: int
    change: str
    """in, out, up, down, or nothing."""
    by: int = 0
    """Places up or down."""


@dataclass(frozen=True)
class Trial:
    wish: Wish
    placement: Placement
    about: Item | None
    """What the list is about, chosen for a list that needs a product and was given none."""
    before: tuple[Tile, ...]
    after: tuple[Tile, ...]
    meant: int | None
    """Products that the rule is about and that can be shown at all."""

    @property
    def kept(self) -> str:
        """As it is written into the settings."""
        return json.dumps({self.wish.placement: dict(self.wish.changes)})

    @property
    def changes(self) -> bool:
        return any(tile.change for tile in (*self.before, *self.after))

    @property
    def moves(self) -> bool:
        return self.wish.rule is not None and self.wish.rule.action in MOVES

    @property
    def said(self) -> str:
        """What changes, in a sentence."""
        changes = [tile.change for tile in (*self.before, *self.after)]
        came, went = changes.count("in"), changes.count("out")
        moved = sum(tile.change in ("up", "down") for tile in self.after)
        parts = [
            ngettext("%(n)d product comes in", "%(n)d products come in", came) % {"n": came} if came else "",
            ngettext("%(n)d goes out", "%(n)d go out", went) % {"n": went} if went else "",
            ngettext("%(n)d moves", "%(n)d move", moved) % {"n": moved} if moved else "",
        ]
        return ", ".join(filter(None, parts)) or _("Nothing changes in this list")


def tried(wish: Wish) -> Trial:
    """Both lists. Raises `MmrecError` for settings that cannot be."""
    placement = list_of(wish.placement)
    about = wish.item or (_some_item(wish) if placement.needs_context else None)
    if placement.needs_context and about is None:
        said = _("“%(placement)s” is about a product, and there is none that can be shown yet.")
        raise MmrecError(said % {"placement": wish.placement})
    tested = live_rule(wish.rule, wish.item_ids) if wish.rule else None

    def without(live: Rules) -> Rules:
        return live.without(tested.pk) if tested else live

    def including(live: Rules) -> Rules:
        return live.including(tested) if tested and wish.here else without(live)

    before, after = _cards(wish, about, without, {}), _cards(wish, about, including, wish.changes)
    places = [{card.item_id: place for place, card in enumerate(cards)} for cards in (before, after)]
    return Trial(
        wish, placement, about,
        tuple(_tile(card, place, None if card.item_id in places[1] else "out") for place, card in enumerate(before)),
        tuple(_tile(card, place, *_moved(card, place, places[0])) for place, card in enumerate(after)),
        _meant(tested, wish.site) if tested else None,
    )  # fmt: skip


def _cards(wish: Wish, about: Item | None, rules: Callable[[Rules], Rules], changes: Mapping[str, Any]) -> list[Card]:
    if wish.placement == SEARCH:
        found = search(
            text=wish.words, visitor=wish.visitor, k=wish.k, spare=SPARE, filters=Filters(site=wish.site),
            variant=changes, rules=rules,
        )  # fmt: skip
    else:
        found = recommend(
            wish.placement, visitor=wish.visitor, item=about, k=wish.k, spare=SPARE, filters=Filters(site=wish.site),
            variant=changes, rules=rules,
        )  # fmt: skip
    return hydrate(found.items)[: wish.k]


def _some_item(wish: Wish) -> Item | None:
    """What everybody turns to most."""
    found = recommend("trending", k=1, filters=Filters(site=wish.site)).item_ids
    return Item.objects.filter(pk__in=found).first()


def _tile(card: Card, place: int, change: str | None, by: int = 0) -> Tile:
    return Tile(card, place + 1, change or "", by)


def _moved(card: Card, place: int, before: Mapping[int, int]) -> tuple[str, int]:
    was = before.get(card.item_id)
    if was is None:
        return "in", 0
    return ("up" if place < was else "down" if place > was else ""), abs(place - was)


def _meant(rule: LiveRule, site: int | None) -> int:
    if rule.scope.empty:
        return 0
    where, values = shown(Filters(site=site, within=(rule.scope,)), ())
    with reading() as cursor:
        cursor.execute(f"SELECT count(*) FROM mmrec_app_item AS item WHERE {where}", values)
        return cursor.fetchone()[0]
