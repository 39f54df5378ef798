"""Gathers who asks: the history to learn from and what must not be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mmrec_app.conf import conf
from mmrec_app.types import ActiveGeneration, Filters, Profile, Touch

DEEP = 400
"""Events that a trained generation looks back at, when the setting asks for fewer."""

# The latest events, and every dismissal and recent purchase however far back, in one statement.
HISTORY = """
(SELECT item_id, kind, at, true AS recent FROM mmrec_app_event WHERE visitor_id = %(visitor)s
 ORDER BY at DESC, id DESC LIMIT %(limit)s)
UNION ALL
SELECT item_id, kind, at, false FROM mmrec_app_event
WHERE visitor_id = %(visitor)s
  AND (kind = 'dismiss' OR (kind = 'purchase' AND at > now() - make_interval(days => %(days)s)))
"""


@dataclass(frozen=True)
class History:
    touches: tuple[Touch, ...] = ()
    """Newest first."""
    dismissed: frozenset[int] = frozenset()
    purchased: frozenset[int] = frozenset()


def read_history(cursor: Any, visitor_id: int | None, deep: bool = False) -> History:
    if visitor_id is None:
        return History()
    settings = conf()
    limit = max(settings.history, DEEP if deep else 0)
    values = {"visitor": visitor_id, "limit": limit, "days": settings.purchased_days}
    cursor.execute(HISTORY, values)
    rows = cursor.fetchall()
    dismissed = frozenset(item for item, kind, _, _ in rows if kind == "dismiss")
    touches = tuple(Touch(item, kind, at) for item, kind, at, recent in rows if recent and item not in dismissed)
    purchased = frozenset(item for item, kind, _, recent in rows if kind == "purchase" and not recent)
    return History(touches, dismissed, purchased)


def make_profile(
    generation: ActiveGeneration, history: History, context: Iterable[int], hidden: Iterable[int], filters: Filters
) -> Profile:
    """`hidden` (the cart, what the page shows already) joins what the visitor dismissed or has just bought."""
    context = tuple(dict.fromkeys(context))
    excluded = history.dismissed | history.purchased | frozenset(hidden) | frozenset(context)
    number, dimension, recipe = generation.number, generation.dimension, generation.recipe
    return Profile(number, dimension, history.touches, context, excluded, filters, recipe)
