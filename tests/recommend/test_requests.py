"""Whatever is asked, by whomever, under whatever rules: as many as there are, none that may not be shown, none twice.

What may be shown is found here again, in plain Python from the tables' rows.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import HealthCheck, given, note
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from mmrec_app.embeddings.queries import key_of
from mmrec_app.embeddings.vectors import place, store_embeddings
from mmrec_app.events import refresh_affinities, refresh_statistics
from mmrec_app.mailing import mail_lists
from mmrec_app.models import Event, Generation, Impression, Item, Rule, Visitor
from mmrec_app.offline.query import encode_query, query_vectors
from mmrec_app.recommend.placements import SEARCH, list_of, placement_of
from mmrec_app.search import search_list
from mmrec_app.types import Card, Embedding, Filters, RecommendedList
from mmrec_app.widgets import list_on_page
from shop_demo.models import Product
from tests.offline.learning import make_tastes, train

KNOWN, GONE, HIDES_DAYS, HISTORY = 10, 3, 30, 12
PLACES = {
    "discover": {"rungs": ["newest"], "exploration": 0.5, "rotation": 6, "caps": {"brand": 1}},
    "looks_alike": {"rungs": ["similar", "popular"], "needs_context": True, "mode": "looks", "diversity": 0.9},
}
BUILT_IN = [
    "for_you", "similar", "bought_together", "cart", "complete_the_look", "trending", "new", "recently_viewed",
    "buy_again",
]  # fmt: skip
MAILED = ["for_you", "trending", "new", "recently_viewed", "buy_again", "discover"]
"""Those that are about no product."""
THINGS = ("Linen shirt", "Stoneware mug", "Wool rug")
"""What each taste is for."""
QUESTIONS = ["shirt", "a cup for tea", "something warm for the floor", "linen", "zzz"]
CATEGORIES = ["", "Taste 0", "Taste 1 > Kind 2", "Taste 2", "Nowhere", "Taste"]
ATTRIBUTES = [{}, {"brand": "Ada"}, {"brand": "Bo", "new": True}, {"brand": "Nobody"}]
PRICES = [None, Decimal(3), Decimal("7.50"), Decimal(15)]


@dataclass(frozen=True)
class Asked:
    placement: str
    k: int
    context: tuple[int, ...]
    exclude: tuple[int, ...]
    filters: Filters
    words: str = ""
    """What is searched for in the list `search`."""


@dataclass(frozen=True)
class Mailed:
    """Lists for some visitors by their numbers, so many in one transaction."""

    asked: Asked
    people: tuple[int, ...]
    batch: int


@dataclass(frozen=True)
class Ruled:
    action: str
    items: tuple[int, ...]
    about: Filters
    placements: tuple[str, ...]
    sites: tuple[int, ...]
    position: int
    factor: float | None
    active: bool
    days: tuple[int | None, int | None]
    """From when until when, from now."""

    @property
    def conditions(self) -> dict[str, Any]:
        if self.items:
            return {}
        names = ("category", "attributes", "price_min", "price_max")
        return {name: getattr(self.about, name) for name in names}

    def holds(self, name: str, site: int | None) -> bool:
        first, last = self.days
        now = self.active and (first is None or first < 0) and (last is None or last > 0)
        empty = not self.items and self.about == Filters()
        return now and not empty and (not self.placements or name in self.placements) and (
            not self.sites or site in self.sites
        )  # fmt: skip


def some(rnd: Random, least: int = 0, most: int = 3) -> tuple[int, ...]:
    """Numbers of items; the first ones are in no table of the shop any more."""
    return tuple(rnd.sample(range(GONE, 120), rnd.randint(least, most)))


def about(rnd: Random, conditions: int) -> Filters:
    """So many of the four conditions."""
    every = {"category": CATEGORIES, "price_min": PRICES, "price_max": PRICES, "attributes": ATTRIBUTES}
    return Filters(**{name: rnd.choice(every[name]) for name in rnd.sample(sorted(every), conditions)})


def asked_by(rnd: Random) -> Asked:
    filters = about(rnd, rnd.choice((0, 0, 0, 0, 1, 1, 2)))
    name, k = rnd.choice([*BUILT_IN, *PLACES, SEARCH]), rnd.choice((1, 2, 5, 8, 12, 16, 200))
    return Asked(name, k, some(rnd, 1), some(rnd), filters, rnd.choice(QUESTIONS))


def mailed_by(rnd: Random) -> Mailed:
    asked = replace(asked_by(rnd), placement=rnd.choice(MAILED), exclude=())
    return Mailed(asked, tuple(rnd.choices(range(KNOWN + 1), k=rnd.randint(1, 4))), rnd.choice((1, 2, 200)))


def ruled_by(rnd: Random) -> Ruled:
    action = rnd.choice([*Rule.Action.values, "pin", "pin"])
    named = action == "pin" or rnd.random() < 0.5
    wide = 40 if action == "only-from" else 4
    first, last = rnd.choice((None, None, None, -3, -1, 2)), rnd.choice((None, None, None, None, 5, -2))
    return Ruled(
        action, some(rnd, 2, wide) if named else (), about(rnd, 0 if named else rnd.choice((0, 1, 1, 2))),
        rnd.choice(((), (), (), tuple(BUILT_IN[:5]), (*BUILT_IN[5:], SEARCH))), rnd.choice(((), (), (), (1,), (2, 3))),
        rnd.choice((1, 2, 2, 3, 9)), rnd.choice((None, 1.5, 40.0)), rnd.random() < 0.9, (first, last),
    )  # fmt: skip


def page_of(seed: int) -> dict[str, Any]:
    """Not by strategies: what Hypothesis draws of things so large is much alike."""
    rnd = Random(seed)
    return {
        "lists": [asked_by(rnd) for _ in range(rnd.randint(1, 4))], "who": rnd.randint(0, KNOWN), "cart": some(rnd),
        "mails": [mailed_by(rnd)] if rnd.random() < 0.3 else [], "site": rnd.choice((None, None, 1, 2, 3)),
        "rules": [ruled_by(rnd) for _ in range(rnd.choice((0, 1, 2, 4, 6)))],
    }  # fmt: skip


class Shop:
    """120 products of three tastes, some of which nobody may be shown, and what visitors did with them."""

    def __init__(self) -> None:
        self.items, visitors = make_tastes()
        self.visitors = visitors[:KNOWN]
        self._stock()
        self._people(np.random.default_rng(7))
        self._read()
        self.stranger = get_user_model().objects.create(username="stranger")
        refresh_statistics()
        refresh_affinities()
        self.rows = {row.pk: row for row in Item.objects.all()}

    def _stock(self) -> None:
        now, products = timezone.now(), []
        for n, item in enumerate(self.items):
            item.title = f"{THINGS[n * len(THINGS) // len(self.items)]} {n}"
            item.category = "" if n % 19 == 5 else f"{item.category} > Kind {n % 4}"
            item.attributes = {"brand": ("Ada", "Bo", "Cy")[n % 3], "new": n % 5 == 0}
            item.price = None if n % 17 == 4 else Decimal(0) if n % 13 == 6 else Decimal(n % 20 + 1)
            item.available, item.sites = n % 11 != 7, ([], [1], [2], [1, 2])[n // 7 % 4]
            item.published_at = now - timedelta(days=n * 3 % 100, hours=n)
            given = {"id": int(item.object_id), "slug": f"p{n}", "title": item.title, "stock": int(item.available)}
            products.append(Product(**given, price=Decimal(5) if item.price is None else item.price))
        fields = ["title", "category", "attributes", "price", "available", "sites", "published_at"]
        Item.objects.bulk_update(self.items, fields)
        Product.objects.bulk_create(products[GONE:])

    def _people(self, rng: np.random.Generator) -> None:
        now, events, seen = timezone.now(), [], []
        for n, visitor in enumerate(self.visitors):
            visitor.user = get_user_model().objects.create(username=f"walker {n}")
            chosen = [self.items[at] for at in rng.integers(0, len(self.items), 8)]
            for at, item in enumerate(chosen):
                days = (2.0, 20.0, 40.0, 75.0)[at % 4]
                kind = ("dismiss", "purchase", "purchase", "like")[at // 2]
                events.append(Event(visitor=visitor, item=item, kind=kind, at=now - timedelta(days=days)))
            events += [
                Event(visitor=visitor, item=self.items[n + 20], kind="purchase", at=now - timedelta(days=days))
                for days in (81, 61, 41)
            ]
            ids = [item.pk for item in self.items[n : n + 12]]
            seen += [
                Impression(visitor=visitor, placement=name, items=ids, seen_at=now) for name in ("for_you", "discover")
            ]
        Visitor.objects.bulk_update(self.visitors, ["user"])
        Event.objects.bulk_create(events)
        Impression.objects.bulk_create(seen)

    def _read(self) -> None:
        """Titles and questions by the real encoder, as a worker does it."""
        for item in self.items:
            for encoder, vector in query_vectors("text", item.title.encode()).items():
                store_embeddings([Embedding(item.pk, "text", encoder, "x", vector)])
        for words in QUESTIONS:
            encode_query(key_of(words.encode()), "text", words.encode())

    def place(self) -> None:
        """In the generation that is active before anything was trained, all but every tenth."""
        generation, rng = Generation.objects.get(state="active"), np.random.default_rng(3)
        placed = [item for n, item in enumerate(self.items) if n % 10]
        centres = rng.standard_normal((3, generation.dimension))
        rows = centres[[item.pk % 3 for item in placed]] + rng.standard_normal((len(placed), generation.dimension))
        rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        place(generation, [item.pk for item in placed], rows, rows, np.zeros((len(placed), 0)))

    def request(self, visitor: Visitor | None, cart: Sequence[int], site: int | None) -> HttpRequest:
        request: Any = RequestFactory().get("/")
        request.user = AnonymousUser() if visitor is None else visitor.user
        request.cart = [self.items[n] for n in cart]
        if site is not None:
            request.site = type("Site", (), {"pk": site})
        return request

    def on_page(self, request: HttpRequest, asked: Asked) -> RecommendedList:
        context = asked.context if placement_of(asked.placement).needs_context else ()
        options = {"items": [self.items[n] for n in context], "exclude": [self.items[n] for n in asked.exclude]}
        return list_on_page(asked.placement, request, options | {"k": asked.k, "filters": asked.filters})

    @contextmanager
    def ruled(self, rules: Sequence[Ruled]) -> Iterator[list[Rule]]:
        """As if these had been made, in this order, and nothing of what happens inside."""
        now, made = timezone.now(), []
        with transaction.atomic():
            for n, each in enumerate(rules):
                first, last = (None if day is None else now + timedelta(days=day, seconds=n) for day in each.days)
                rule = Rule.objects.create(
                    action=each.action, placements=list(each.placements), sites=list(each.sites), factor=each.factor,
                    position=each.position, active=each.active, starts_at=first, ends_at=last, **each.conditions,
                )  # fmt: skip
                rule.choose(self.items[number].pk for number in each.items)
                made.append(rule)
            yield made
            transaction.set_rollback(True)

    def may_be_shown(
        self, asked: Asked, visitor: Visitor | None, cart: Sequence[int], site: int | None, rules: Sequence[Ruled]
    ) -> set[int]:
        """By docs/placements.md and docs/rules.md, but for what the page shows already."""
        placement, live = list_of(asked.placement), [rule for rule in rules if rule.holds(asked.placement, site)]
        context = asked.context if placement.needs_context else ()
        left_out = () if asked.placement == SEARCH else (*asked.exclude, *(cart if placement.hides_cart else ()))
        purchased = placement.hides_purchased and asked.placement != SEARCH
        hidden = {item.pk for item in self.items[:GONE]} | self._hidden_from(visitor, purchased)
        hidden |= {self.items[n].pk for n in (*context, *left_out)}
        only = [rule for rule in live if rule.action == "only-from"]
        return {
            pk for pk, row in self.rows.items()
            if pk not in hidden and row.available and row.price != 0 and _meets(row, asked.filters)
            and (site is None or not row.sites or site in row.sites)
            and not any(rule.action == "exclude" and self._is_about(rule, row) for rule in live)
            and (not only or any(self._is_about(rule, row) for rule in only))
        }  # fmt: skip

    def _hidden_from(self, visitor: Visitor | None, purchased: bool) -> set[int]:
        if visitor is None:
            return set()
        since = timezone.now() - timedelta(days=HIDES_DAYS)
        done = Event.objects.filter(visitor=visitor).values_list("item", "kind", "at")
        return {
            item for item, kind, at in done
            if kind == "dismiss" or (purchased and kind == "purchase" and at > since)
        }  # fmt: skip

    def _is_about(self, rule: Ruled, row: Item) -> bool:
        if rule.items:
            return row.pk in {self.items[n].pk for n in rule.items}
        return _meets(row, rule.about)


def _meets(row: Item, wanted: Filters) -> bool:
    priced = [price is not None for price in (wanted.price_min, wanted.price_max)]
    if any(priced) and row.price is None:
        return False
    return (
        (not wanted.category or f"{row.category} > ".startswith(f"{wanted.category} > "))
        and (wanted.price_min is None or row.price >= wanted.price_min)
        and (wanted.price_max is None or row.price <= wanted.price_max)
        and wanted.attributes.items() <= row.attributes.items()
    )


def cart_of(request: Any) -> list[Item]:
    return request.cart


@pytest.fixture
def served(settings: Any, tmp_path: Any) -> None:
    settings.MMREC = {
        "CATALOGUE": settings.MMREC["CATALOGUE"], "CART": f"{__name__}.cart_of", "PLACEMENTS": PLACES, "DEADLINE_MS": 0,
        "RUNS": tmp_path, "PURCHASED_DAYS": HIDES_DAYS, "HISTORY": HISTORY,
    }  # fmt: skip


def check_page(
    shop: Shop, lists: Sequence[Asked], mails: Sequence[Mailed], who: int, cart: Sequence[int], site: Any, rules: Any
) -> None:
    visitor = shop.visitors[who] if who < KNOWN else None
    request, taken = shop.request(visitor, cart, site), set[int]()
    with shop.ruled(rules) as made:
        for asked in lists:
            live = [one for one, rule in zip(made, rules, strict=True) if rule.holds(asked.placement, site)]
            possible = shop.may_be_shown(asked, visitor, cart, site, rules)
            if asked.placement == SEARCH:
                found = search_list(request, text=asked.words, k=asked.k, filters=asked.filters)
                check_list(asked, visitor, found, found.cards, possible, live)
            else:
                found = shop.on_page(request, asked)
                check_list(asked, visitor, found, found.cards, possible - taken, live)
                taken |= {card.item_id for card in found.cards}
        for mailed in mails:
            check_mails(shop, mailed, site, rules, made)


def check_mails(shop: Shop, mailed: Mailed, site: int | None, rules: Sequence[Ruled], made: Sequence[Rule]) -> None:
    """Each as if it were the only one; who has no visitor gets what everybody gets."""
    asked, people = mailed.asked, [shop.visitors[n] if n < KNOWN else None for n in mailed.people]
    users = [shop.stranger if visitor is None else visitor.user for visitor in people]
    wanted = replace(asked.filters, site=site)
    found = list(mail_lists(asked.placement, users, k=asked.k, filters=wanted, batch=mailed.batch))
    live = [one for one, rule in zip(made, rules, strict=True) if rule.holds(asked.placement, site)]
    assert [each.user for each in found] == users
    for visitor, each in zip(people, found, strict=True):
        possible = shop.may_be_shown(asked, visitor, (), site, rules)
        check_list(asked, visitor, each, each.cards, possible, live)
        assert (each.impression is None) == (not each.cards)


def check_list(
    asked: Asked, visitor: Visitor | None, found: Any, cards: Sequence[Card], possible: set[int], live: Sequence[Rule]
) -> None:
    ids = [card.item_id for card in cards]
    note(f"{asked} -> {found.rung} {ids}, of {sorted(possible)}")
    assert len(ids) == len(set(ids)) and set(ids) <= possible
    pins = check_pins(live, ids, possible, asked.k)
    check_length(asked, visitor, ids, possible, pins)
    assert (found.rung == "empty") == (not ids)
    assert all(card.via and card.reason and card.kind for card in cards)


def check_length(asked: Asked, visitor: Visitor | None, ids: list[int], possible: set[int], pins: set[int]) -> None:
    """As many as there are, but for the two lists that are never filled with something else."""
    if asked.placement not in ("recently_viewed", "buy_again"):
        assert len(ids) == min(asked.k, len(possible))
        return
    done = Event.objects.filter(visitor=visitor).order_by("-at", "-id")
    if asked.placement == "buy_again":
        assert set(ids) <= {event.item_id for event in done.filter(kind="purchase")} | pins
        return
    latest, ever = ({event.item_id for event in events} for events in (done[:HISTORY], done))
    assert set(ids) <= ever | pins  # a trained generation looks further back
    assert min(asked.k, len(possible & (latest | pins))) <= len(ids) <= min(asked.k, len(possible & (ever | pins)))


def check_pins(live: Sequence[Rule], ids: list[int], possible: set[int], k: int) -> set[int]:
    """Each stands at its place, or as much further up as products above it turned out to be gone."""
    places: dict[int, int] = {}
    for rule in sorted(live, key=lambda one: (one.starts_at or one.created_at, one.pk), reverse=True):
        place = rule.position
        for item in rule.item_ids if rule.action == "pin" else ():
            if item in possible and item not in places.values():
                while place in places:
                    place += 1
                places[place] = item
    pins = {item: place for place, item in places.items() if place <= k}
    assert [item for item in ids if item in pins] == sorted(pins, key=lambda item: pins[item])
    others = len(set(ids) - set(pins))
    for item, place in pins.items():
        at = ids.index(item) + 1
        assert at <= place and (others < place or at >= place - GONE), (item, place, at)
    return set(pins)


SEEDS = st.integers(0, 2**32)
QUICK = hypothesis_settings(
    max_examples=200, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)


@pytest.mark.django_db
def test_lists_before_anything_was_trained(served: None) -> None:
    shop = Shop()
    shop.place()
    QUICK(given(SEEDS)(lambda seed: check_page(shop, **page_of(seed))))()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)  # a training has connections of its own
def test_two_thousand_pages_of_lists(served: None) -> None:
    """Half of them before, half after a training."""
    thorough, shop = hypothesis_settings(QUICK, max_examples=1000, derandomize=False), Shop()
    shop.place()
    thorough(given(SEEDS)(lambda seed: check_page(shop, **page_of(seed))))()
    train(seed=1)  # others keep what they train, of items with other titles
    assert Generation.objects.get(state="active").number
    thorough(given(SEEDS)(lambda seed: check_page(shop, **page_of(seed))))()
