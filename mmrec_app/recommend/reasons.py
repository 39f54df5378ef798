"""Why an item is in a list: found in what proposed it, told in a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mmrec_app.recommend.blended import MOST_MET, SIMILAR, STYLE, collapsed, recency
from mmrec_app.types import Candidate, Profile, Reason, Vector

BY_SOURCE = {
    "trending": "trending", "popular": "popular", "category": "popular", "new": "new", "recent": "recent",
    "again": "again", "pin": "pinned", "explore": "new",
}  # fmt: skip
"""What a rung's items have in common, whoever asks."""
PERSONAL = ("personal", "history")
MINE = ("cart", "purchase", "like")
ALIKE = 0.2
"""Cosine below which two items have nothing to do with each other."""

KINDS: Mapping[str, tuple[Any, Any, Any]] = {
    "looks": (
        _("Looks like this one"), _("Looks like %(item)s"), _("Looks like your %(item)s")
    ),
    "reads": (
        _("Reads like this one"), _("Reads like %(item)s"), _("Reads like your %(item)s")
    ),
    "like": (
        _("Similar to this one"), _("Similar to %(item)s"), _("Similar to your %(item)s")
    ),
    "met": (
        _("Often viewed with this one"), _("Often viewed with %(item)s"),
        _("Often viewed with your %(item)s"),
    ),
    "goes": (
        _("Goes with this one"), _("Goes with %(item)s"), _("Goes with your %(item)s")
    ),
    "bought": (
        _("Often bought with this one"), _("Often bought with %(item)s"),
        _("Often bought with your %(item)s"),
    ),
    "viewed": (
        _("For your taste"), _("Because you viewed %(item)s"),
        _("Because you chose %(item)s"),
    ),
}  # fmt: skip
"""Kind -> sentence about the one product that the list is about, about another, about one that is the visitor's."""
IN_CATEGORY = {
    "new": (_("New in %(category)s"), pgettext_lazy("product", "New")),
    "popular": (_("Popular in %(category)s"), pgettext_lazy("product", "Popular")),
    "trending": (_("On the rise in %(category)s"), _("On the rise")),
}
ALONE = {
    "recent": _("You viewed this"),
    "again": _("You bought this before"),
    "pinned": _("Our choice"),
    "photo": _("Looks like your photo"),
    "search": _("Matches your search"),
}

NEIGHBOURS = """
SELECT item_id, neighbour_id, weight FROM mmrec_app_itemneighbour
WHERE generation_id = %(generation)s AND item_id = ANY(%(met)s) AND neighbour_id = ANY(%(asked)s)
"""


def sentence(reason: Reason | None, titles: Mapping[int, str], category: str) -> str:
    """In the language of the request; nothing for a list whose title says it all."""
    if reason is None:
        return ""
    if reason.kind in KINDS:
        this, other, mine = KINDS[reason.kind]
        if (title := titles.get(reason.item_id or 0)) is None:
            return str(this)
        return str(mine if reason.yours else other) % {"item": title}
    if reason.kind in IN_CATEGORY:
        within, anywhere = IN_CATEGORY[reason.kind]
        leaf = category.rpartition(" > ")[2]
        return str(within) % {"category": leaf} if leaf else str(anywhere)
    return str(ALONE[reason.kind])


def explained(
    profile: Profile, candidates: Sequence[Candidate], vectors: Mapping[int, Vector], looks: Mapping[int, float],
    weights: Mapping[tuple[int, int], float],
) -> list[Candidate]:  # fmt: skip
    """Every candidate with its reason. `vectors`: of these, of the history's and of the context's items; `looks`: how
    much of an item's content is seen rather than read, by the weights of the fusion; `weights`: of `company_of`."""
    asked = [each for each in candidates if each.reason is None and each.source not in BY_SOURCE]
    found = _Finding(profile, vectors, looks, weights, asked) if asked else None
    return [_with_reason(each, found) for each in candidates]


def _with_reason(candidate: Candidate, found: "_Finding | None") -> Candidate:
    if candidate.reason is not None:
        return candidate
    if found is None or candidate.source in BY_SOURCE:
        return replace(candidate, reason=Reason(BY_SOURCE[candidate.source]))
    return replace(candidate, reason=found.of(candidate))


def company_of(cursor: Any, profile: Profile, candidates: Sequence[Candidate]) -> Mapping[tuple[int, int], float]:
    """(item that was met, candidate) -> weight in the linear model, where the list was made with one."""
    asked = [each.item_id for each in candidates if each.reason is None and each.source not in BY_SOURCE]
    if profile.recipe is None or not asked:
        return {}
    met = [*profile.context, *(touch.item_id for touch in collapsed(profile.history)[:MOST_MET])]
    cursor.execute(NEIGHBOURS, {"generation": profile.generation, "met": met, "asked": asked})
    return {(item, other): weight for item, other, weight in cursor.fetchall()}


class _Finding:
    """Which of the items that a list goes back to contributed most to a candidate, and by what: content or company,
    whichever sets it further apart from the last of the list, as the list weighs them."""

    def __init__(
        self, profile: Profile, vectors: Mapping[int, Vector], looks: Mapping[int, float],
        weights: Mapping[tuple[int, int], float], asked: Sequence[Candidate],
    ) -> None:  # fmt: skip
        self.profile, self.vectors, self.looks, self.weights = profile, vectors, looks, weights
        events = collapsed(profile.history)
        self.history = recency(events, profile.recipe.recency if profile.recipe else 5.0)
        self.mine = {touch.item_id for touch in events if touch.kind in MINE}
        self.near = {each.item_id: self._nearest(each) for each in asked}
        self.met = {each.item_id: self._most_met(each) for each in asked}
        self.least = [min(score for _root, score in found.values()) for found in (self.near, self.met)]

    def of(self, candidate: Candidate) -> Reason:
        personal = candidate.source in PERSONAL
        (near, cosine), (met, company) = self.near[candidate.item_id], self.met[candidate.item_id]
        content, linear = self._signals(candidate)
        if met is not None and linear * (company - self.least[1]) >= content * (cosine - self.least[0]):
            return self._about(met, "viewed" if personal else "met", personal)
        if near is None or cosine < ALIKE:
            kind = "goes" if candidate.source == "style" else "like"
            return Reason("viewed") if personal else self._about(near or self.profile.context[-1], kind, False)
        return self._about(near, self._content(candidate), personal)

    def _signals(self, candidate: Candidate) -> tuple[float, float]:
        learned = self.profile.recipe.weights if self.profile.recipe else {}
        usual = {"style": STYLE, "similar": SIMILAR, "stored": SIMILAR}.get(candidate.source, learned)
        weights = self.profile.weights or usual
        return weights.get("neural", 0.0) + weights.get("content", 0.0), weights.get("linear", 0.0)

    def _roots(self, candidate: Candidate) -> Mapping[int, float]:
        return self.history if candidate.source in PERSONAL else dict.fromkeys(self.profile.context, 1.0)

    def _about(self, item_id: int, kind: str, personal: bool) -> Reason:
        if not personal and self.profile.beside:
            return Reason(kind)
        return Reason(kind, item_id, item_id in self.mine)

    def _nearest(self, candidate: Candidate) -> tuple[int | None, float]:
        """(item, cosine); of two that are alike the later one."""
        own, roots = self.vectors.get(candidate.item_id), self._roots(candidate)
        known = [root for root in roots if root in self.vectors]
        if own is None or not known:
            return None, 0.0
        cosines = np.stack([self.vectors[root] for root in known]) @ own
        best = int((cosines * [0.5 + roots[root] / 2 for root in known]).argmax())
        return known[best], float(cosines[best])

    def _most_met(self, candidate: Candidate) -> tuple[int | None, float]:
        """(item, root of what its company alone weighs, which is as steep as a cosine)."""
        roots = self._roots(candidate)
        found = {root: self.weights.get((root, candidate.item_id), 0.0) * weight for root, weight in roots.items()}
        best = max(found, key=lambda root: found[root], default=None)
        return (best, found[best] ** 0.5) if best is not None and found[best] > 0 else (None, 0.0)

    def _content(self, candidate: Candidate) -> str:
        if candidate.source == "style":
            return "goes"
        if self.profile.mode != "both":
            return self.profile.mode
        share = self.looks.get(candidate.item_id)
        return "like" if share is None else "looks" if share >= 0.5 else "reads"
