"""What merchandisers decided, read once a list and applied at once (docs/rules.md).

Conflicts: exclude > only-from > pin > boost and bury; among equals the rule that began later.
"""

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from mmrec_app.embeddings.search import matching, shown
from mmrec_app.models import Rule
from mmrec_app.types import Candidate, Filters, Profile, Reason, Scope

Action = Rule.Action

LIVE = """
SELECT rule.id, coalesce(rule.starts_at, rule.created_at) AS begins, rule.action, rule.category, rule.attributes::text,
       rule.price_min, rule.price_max, rule.position, rule.factor,
       ARRAY(SELECT item_id FROM mmrec_app_rule_items AS chosen WHERE chosen.rule_id = rule.id ORDER BY chosen.id)
FROM mmrec_app_rule AS rule
WHERE rule.active AND (rule.starts_at IS NULL OR rule.starts_at <= %(now)s)
  AND (rule.ends_at IS NULL OR rule.ends_at > %(now)s)
  AND (rule.placements = '{}' OR %(placement)s = ANY(rule.placements))
  AND (rule.sites = '{}' OR %(site)s = ANY(rule.sites))
ORDER BY begins DESC, rule.id DESC
"""
USUAL_FACTOR = 2.0


@dataclass(frozen=True)
class LiveRule:
    pk: int | None
    """None of one that is not saved yet."""
    begins: datetime
    action: str
    scope: Scope
    position: int = 1
    factor: float = USUAL_FACTOR


@dataclass(frozen=True)
class Rules:
    """Those that hold for one list now, the latest to begin first."""

    live: tuple[LiveRule, ...] = ()

    def of(self, *actions: str) -> list[LiveRule]:
        return [rule for rule in self.live if rule.action in actions and not rule.scope.empty]

    def limit(self, filters: Filters) -> Filters:
        """What is excluded, or not of the only-from rules, is never looked at: a list is as long as it can be."""
        without = tuple(rule.scope for rule in self.of(Action.EXCLUDE))
        within = tuple(rule.scope for rule in self.of(Action.ONLY_FROM))
        if not (without or within):
            return filters
        return replace(filters, within=(*filters.within, *within), without=(*filters.without, *without))

    def without(self, pk: int | None) -> "Rules":
        """As if this one had not been made."""
        return Rules(tuple(rule for rule in self.live if rule.pk != pk))

    def including(self, rule: LiveRule) -> "Rules":
        """As if this one had been saved; what of it is saved already counts no longer."""
        others = self.without(rule.pk).live
        latest = sorted((rule, *others), key=lambda each: (each.begins, each.pk or float("inf")), reverse=True)
        return Rules(tuple(latest))

    @property
    def pinned(self) -> list[int]:
        return [item_id for rule in self.of(Action.PIN) for item_id in rule.scope.items]

    def pins(self, here: Container[int]) -> dict[int, int]:
        """Place -> item, of those that can be shown: of two at one place the later rule's stands there, the other
        behind it."""
        found: dict[int, int] = {}
        for rule in self.of(Action.PIN):
            place = rule.position
            for item_id in rule.scope.items:
                if item_id in here and item_id not in found.values():
                    while place in found:
                        place += 1
                    found[place] = item_id
        return found


def read_rules(cursor: Any, placement: str, site: int | None) -> Rules:
    """In one statement."""
    cursor.execute(LIVE, {"placement": placement, "site": site, "now": timezone.now()})
    return Rules(tuple(_live(*row) for row in cursor.fetchall()))


def live_rule(rule: Rule, item_ids: Iterable[int]) -> LiveRule:
    """One that may not be saved yet, as if it held now."""
    return _live(
        rule.pk, rule.starts_at or rule.created_at, rule.action, rule.category, json.dumps(rule.attributes),
        rule.price_min, rule.price_max, rule.position, rule.factor, item_ids,
    )  # fmt: skip


def _live(
    pk: int | None, begins: datetime, action: str, category: str, attributes: str, price_min: Any, price_max: Any,
    position: int | None, factor: float | None, items: Iterable[int],
) -> LiveRule:  # fmt: skip
    scope = Scope(tuple(items), category, json.loads(attributes) or {}, price_min, price_max)
    return LiveRule(pk, begins, action, scope, max(position or 1, 1), factor or USUAL_FACTOR)


def factors(cursor: Any, rules: Rules, item_ids: Sequence[int]) -> Mapping[int, float]:
    """Item -> what its place is divided by, for those that a rule moves."""
    found = _latest(cursor, rules.of(Action.BOOST, Action.BURY), item_ids)
    return {item: rule.factor if rule.action == Action.BOOST else 1 / rule.factor for item, rule in found.items()}


def allowed(cursor: Any, rules: Rules, item_ids: Sequence[int]) -> set[int]:
    """Those that no rule keeps out, of a list that was made without `Rules.limit`."""
    only = rules.of(Action.ONLY_FROM)
    within = _latest(cursor, only, item_ids) if only else item_ids
    return set(within) - set(_latest(cursor, rules.of(Action.EXCLUDE), item_ids))


def _latest(cursor: Any, rules: Sequence[LiveRule], item_ids: Sequence[int]) -> Mapping[int, LiveRule]:
    """Item -> the latest of the rules that are about it; in one statement, none without rules."""
    if not rules or not item_ids:
        return {}
    values: dict[str, Any] = {"asked": list(item_ids)}
    tests = [f"WHEN {matching(rule.scope, f'r{n}_', values)} THEN {n}" for n, rule in enumerate(rules)]
    cursor.execute(
        f"SELECT item.id, CASE {' '.join(tests)} END FROM mmrec_app_item AS item WHERE item.id = ANY(%(asked)s)", values
    )
    return {item: rules[n] for item, n in cursor.fetchall() if n is not None}


def weighed(candidates: Sequence[Candidate], by: Mapping[int, float]) -> list[Candidate]:
    """A factor of 2 halves a place, one of 1/2 doubles it."""
    if not by:
        return list(candidates)
    places = {each.item_id: (place + 1) / by.get(each.item_id, 1.0) for place, each in enumerate(candidates)}
    return sorted(candidates, key=lambda each: places[each.item_id])


def pinned(cursor: Any, profile: Profile, rules: Rules, candidates: Sequence[Candidate], k: int) -> list[Candidate]:
    """Puts what is pinned at its places, as far as it may be shown to this visitor now."""
    if not (asked := rules.pinned):
        return list(candidates)
    where, values = shown(profile.filters, list(profile.excluded))
    cursor.execute(
        f"SELECT item.id FROM mmrec_app_item AS item WHERE item.id = ANY(%(pins)s) AND {where}",
        values | {"pins": asked},
    )
    here = {row[0] for row in cursor.fetchall()}
    slots = {place: item for place, item in rules.pins(here).items() if place <= k}
    rest = [each for each in candidates if each.item_id not in slots.values()]
    for place in sorted(slots):  # behind a list that is shorter
        rest.insert(place - 1, Candidate(slots[place], 0.0, "pin", Reason("pinned")))
    return rest
