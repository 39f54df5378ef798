"""Lists for many people at once, to be sent by mail."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from mmrec_app.embeddings.search import reading
from mmrec_app.events import held
from mmrec_app.models import Event, Impression, Visitor
from mmrec_app.recommend import recommend_each
from mmrec_app.recommend.engine import as_filters
from mmrec_app.recommend.serve import SPARE, hydrated
from mmrec_app.types import Candidate, Card, Filters, Recommendations

BATCH = 200


@dataclass(frozen=True)
class MailList:
    """What one user gets. `impression` goes into the links, so that clicks are credited; None: nothing to show."""

    user: Any
    placement: str
    rung: str
    generation: int
    impression: UUID | None
    cards: tuple[Card, ...]


def mail_lists(
    placement: str,
    users: Iterable[Any],
    k: int = 8,
    filters: Filters | Mapping[str, Any] | None = None,
    batch: int = BATCH,
    log: bool = True,
) -> Iterator[MailList]:
    """A list for each user, in their order, `batch` of them in one transaction: from one generation, with visitors,
    products and impressions read and written together, and one list for all of whom nothing is known.

    Who agreed to be written to is for the shop to say. Raises `MmrecError` as `recommend` does.
    """
    waiting, wanted = iter(users), as_filters(filters)
    while some := list(islice(waiting, batch)):
        yield from _one_batch(placement, some, k, wanted, log)


def _one_batch(placement: str, users: Sequence[Any], k: int, filters: Filters, log: bool) -> list[MailList]:
    with reading():
        visitors = {visitor.user_id: visitor for visitor in Visitor.objects.filter(user__in=users)}
        active = set(Event.objects.filter(visitor__in=visitors.values()).values_list("visitor", flat=True).distinct())
        known = {user: visitor for user, visitor in visitors.items() if visitor.pk in active}
        asking = list(dict.fromkeys(known.get(user.pk) for user in users))
        lists = recommend_each(placement, asking, k=k, spare=SPARE, filters=filters)
        found = dict(zip(asking, lists, strict=True))
        cards = hydrated(list({each: None for one in lists for each in one.items}))
        made = [_made(user, found[known.get(user.pk)], cards, k) for user in users]
        if log:
            Impression.objects.bulk_create(
                _impression(each, visitors.get(each.user.pk), filters.site) for each in made if each.cards
            )
    return made


def _made(user: Any, found: Recommendations, cards: Mapping[Candidate, Card], k: int) -> MailList:
    shown = [cards[each] for each in found.items if each in cards][:k]
    rung, impression = (found.rung, uuid4()) if shown else ("empty", None)
    return MailList(user, found.placement, rung, found.generation, impression, tuple(shown))


def _impression(made: MailList, visitor: Visitor | None, site: int | None) -> Impression:
    return Impression(
        id=made.impression,
        placement=f"{Impression.MAILED}{made.placement}",
        visitor_id=held(visitor),  # erased meanwhile, it is nobody's list
        generation_id=made.generation,
        rung=made.rung,
        site=site,
        items=[card.item_id for card in made.cards],
    )
