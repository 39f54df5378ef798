"""Shoppers who come back: visits of the last two weeks, so that the dashboard opens with something to read.

What is simulated is a shopper who looks down a page, rather at the head of a list than at its end, and takes to what
suits their true taste. Lists, impressions, events and what is counted of them are the app's own; only the hours are
set back.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.core import signing
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone

from mmrec_app.conf import conf
from mmrec_app.events import record, visitor_of
from mmrec_app.events.visitors import SALT
from mmrec_app.measuring.counting import count_day
from mmrec_app.measuring.seeing import mark_seen
from mmrec_app.models import Impression, Visitor
from mmrec_app.types import RecommendedList
from mmrec_app.widgets.lists import list_on_page
from shop_demo.cart import cart_of
from shop_demo.models import Product
from shop_demo.seeding import progress
from shop_demo.seeding.catalogue import SEED
from shop_demo.seeding.truth import SHOPPERS, truth

KEY, EXTERNAL = "demo:", "demo/"
"""How the keys of simulated shoppers, and the external ids of the pieces they know, begin."""
VISITS, DAYS = 200, 14
HOME = {"for_you": 8, "trending": 12}
PRODUCT = {"bought_together": 4, "similar": 8, "complete_the_look": 12}
CART = {"cart": 12}
"""Of each page the lists that most come to: placement -> how many it holds, from the head of the page down."""
BROWSER = "Mozilla/5.0"
"""Who names none is a robot."""
ON = 0.6
"""How likely somebody who has looked at one list scrolls on to the next."""
TIRES = 0.25
"""By how much of a first place's attention each place further down gets less: 1 / (1 + TIRES · place)."""
CLICKED, CARTED, BOUGHT = 0.12, 0.5, 0.6
"""Chances with what a shopper likes best: at a first place, on its page, in the cart."""


def simulate_visits(said: Callable[[int], object] = lambda count: None) -> int:
    """Returns how many there were; 0 when an earlier run made them. They are all there or none; `said` is called once a
    visit."""
    if progress.done(progress.VISITS):
        return 0
    rng = np.random.default_rng([SEED, 2**23])
    plan = _plan(rng)
    known = truth(
        products=max(2, Product.objects.filter(external_id__startswith=EXTERNAL).count()),
        shoppers=max([SHOPPERS, *(1 + int(visitor.key.removeprefix(KEY)) for _at, visitor in plan)]),
    )
    with transaction.atomic():
        for at, visitor in plan:
            _Visit(visitor, known.liking(visitor.key), at, rng).goes()
            said(1)
        today = timezone.localdate(timezone=timezone.get_default_timezone())
        for ago in range(DAYS + 1):  # a worker may have counted these days before
            count_day(today - timedelta(days=ago))
        progress.mark(progress.VISITS, len(plan))
    return len(plan)


def _plan(rng: np.random.Generator) -> list[tuple[datetime, Visitor]]:
    """Who comes when, the earliest first: after all that the shopper did before, so that no list knows what is still to
    come."""
    now = timezone.now()
    waiting = list(Visitor.objects.filter(key__startswith=KEY).annotate(last=Max("events__at")).order_by("key"))
    plan: list[tuple[datetime, Visitor]] = []
    for days in sorted(rng.uniform(0.1, DAYS, min(VISITS, len(waiting))), reverse=True):
        at = now - timedelta(days=days)
        if ready := [visitor for visitor in waiting if visitor.last is None or visitor.last < at]:
            comes = ready[rng.integers(len(ready))]
            plan.append((at, comes))
            waiting.remove(comes)
    return plan


class _Visit:
    """One shopper, from the home page to the till; `at` is the shop's time."""

    def __init__(
        self, visitor: Visitor, liking: Mapping[str, float], at: datetime, rng: np.random.Generator
    ) -> None:  # fmt: skip
        self.liking, self.at, self.rng = liking, at, rng
        self.cookies = {conf().cookie_name: signing.dumps(visitor.key, salt=SALT)}
        self.session: dict[str, Any] = {}

    def goes(self) -> None:
        for product in self._page(HOME):
            for other in self._looks_at(product):
                self._looks_at(other)
        if chosen := cart_of(self._request()).products:
            for product in self._page(CART, items=chosen):
                self._looks_at(product)
            self._buys()

    def _looks_at(self, product: Product) -> list[Product]:
        """Returns what was clicked on its page."""
        self._did("view", product)
        clicked = self._page(PRODUCT, item=product)
        if self._chance(CARTED, product) and cart_of(self._request()).add(product):
            self._did("cart", product)
        return clicked

    def _buys(self) -> None:
        if self.rng.random() < BOUGHT:
            for product in cart_of(self._request()).products:
                self._did("purchase", product, value=product.price)

    def _page(self, lists: Mapping[str, int], **about: Any) -> list[Product]:
        """Has the app make a page's lists and looks down them; returns what was clicked."""
        request, began = self._request(), self.at
        made = [list_on_page(name, request, {"k": k, **about}) for name, k in lists.items()]
        shown = {each.impression: each for each in made if each.impression is not None}
        seen = list(shown)[: self.rng.geometric(1 - ON)]
        mark_seen(visitor_of(request), seen)
        Impression.objects.filter(pk__in=shown).update(at=began)
        clicked: list[Product] = []
        for impression in seen:
            self._passes(3, 9)
            Impression.objects.filter(pk=impression).update(seen_at=self.at)
            clicked += self._clicks(shown[impression])
        return clicked

    def _clicks(self, shown: RecommendedList) -> list[Product]:
        wanted = [
            card.product
            for place, card in enumerate(shown.cards)
            if self._chance(CLICKED / (1 + TIRES * place), card.product)
        ]
        for product in wanted:
            self._did("click", product, impression=shown.impression)
        return wanted

    def _chance(self, best: float, product: Product) -> bool:
        return self.rng.random() < best * self.liking.get(product.external_id or "", 0.0) ** 4

    def _did(self, kind: str, product: Product, **details: Any) -> None:
        self._passes(5, 40)
        record(kind, product, request=self._request(), at=self.at, **details)

    def _passes(self, least: float, most: float) -> None:
        self.at += timedelta(seconds=self.rng.uniform(least, most))

    def _request(self) -> HttpRequest:
        request = HttpRequest()
        request.META["HTTP_USER_AGENT"] = BROWSER
        request.COOKIES, request.session = self.cookies, self.session  # type: ignore[assignment]
        return request
