"""Gathers who asks: the history to learn from and what must not be shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mmrec_app.conf import conf
from mmrec_app.types import ActiveGeneration, Filters, Profile, Touch

DEEP = 400
"""Events that a trained generation looks back at, when the setting asks for fewer."""

# Of each visitor the latest events, and every dismissal and recent purchase however far back, in one statement.
HISTORY = """
SELECT who.id, touch.item_id, touch.kind, touch.at, touch.recent
FROM unnest(%(visitors)s::bigint[]) AS who (id), LATERAL (
    (SELECT item_id, kind, at, true AS recent FROM mmrec_app_event WHERE visitor_id = who.id
     ORDER BY at DESC, id DESC LIMIT %(limit)s)
    UNION ALL
    SELECT item_id, kind, at, false FROM mmrec_app_event
    WHERE visitor_id = who.id
      AND (kind = 'dismiss' OR (kind = 'purchase' AND at > now() - make_interval(days => %(days)s)))
) AS touch
"""


@dataclass(frozen=True)
class History:
    touches: tuple[Touch, ...] = ()
    """Newest first."""
    dismissed: frozenset[int] = frozenset()
    purchased: frozenset[int] = frozenset()


def read_history(cursor: Any, visitor_id: int | None, deep: bool = False) -> History:
    return read_histories(cursor, [visitor_id], deep)[visitor_id]


def read_histories(cursor: Any, visitor_ids: Iterable[int | None], deep: bool = False) -> dict[int | None, History]:
    """Visitor -> history, in one statement; who is nobody has an empty one."""
    rows: dict[int | None, list[tuple[int, str, datetime, bool]]] = {visitor_id: [] for visitor_id in visitor_ids}
    if known := [visitor_id for visitor_id in rows if visitor_id is not None]:
        settings = conf()
        limit = max(settings.history, DEEP if deep else 0)
        cursor.execute(HISTORY, {"visitors": known, "limit": limit, "days": settings.purchased_days})
        for visitor_id, *touch in cursor.fetchall():
            rows[visitor_id].append(tuple(touch))
    return {visitor_id: _history(own) for visitor_id, own in rows.items()}


def _history(rows: Sequence[tuple[int, str, datetime, bool]]) -> History:
    dismissed = frozenset(item for item, kind, _, _ in rows if kind == "dismiss")
    touches = tuple(Touch(item, kind, at) for item, kind, at, recent in rows if recent and item not in dismissed)
    purchased = frozenset(item for item, kind, _, recent in rows if kind == "purchase" and not recent)
    return History(touches, dismissed, purchased)


def make_profile(
    generation: ActiveGeneration, context: Iterable[int], hidden: Iterable[int], filters: Filters
) -> Profile:
    """Nobody's, as `of_visitor` takes it. `hidden` is the cart, and what the page shows already."""
    context = tuple(dict.fromkeys(context))
    excluded = frozenset(hidden) | frozenset(context)
    number, dimension, recipe = generation.number, generation.dimension, generation.recipe
    return Profile(number, dimension, (), context, excluded, filters, recipe)


def of_visitor(profile: Profile, visitor_id: int | None, history: History, hides_purchased: bool) -> Profile:
    """What the visitor dismissed or has just bought is excluded as well."""
    left_out = history.dismissed | history.purchased if hides_purchased else history.dismissed
    return replace(profile, visitor=visitor_id, history=history.touches, excluded=profile.excluded | left_out)
