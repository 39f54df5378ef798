"""One list, from the visitor's history down the ladder."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from mmrec_app.catalogue import items_for
from mmrec_app.embeddings.generations import active_generation
from mmrec_app.embeddings.named import named_generation
from mmrec_app.embeddings.search import reading
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Visitor
from mmrec_app.recommend.placements import Placement, placement_of, varied
from mmrec_app.recommend.profile import make_profile, of_visitor, read_histories
from mmrec_app.recommend.rules import Rules, read_rules
from mmrec_app.recommend.stages import arranged, pool_of
from mmrec_app.types import Candidate, Filters, Profile, Recommendations, Scope

logger = logging.getLogger(__name__)

MAX_K = 200


def recommend(
    placement: str,
    *,
    visitor: Visitor | None = None,
    user: Any = None,
    item: Any = None,
    items: Iterable[Any] = (),
    k: int = 12,
    filters: Filters | Mapping[str, Any] | None = None,
    exclude: Iterable[Any] = (),
    variant: Mapping[str, Any] | None = None,
    rules: Callable[[Rules], Rules] = lambda live: live,
    spare: int = 0,
) -> Recommendations:
    """A list of up to k items: exactly k when so many may be shown, whatever is known of the visitor.

    `item` and `items` are what the list is about, `exclude` what it must not hold (the cart): the shop's own objects or
    `Item`s; `variant` is what is other than in the placement (`placements.varied`), `rules` makes others of those that
    hold now, for a preview. Everything is read in one transaction from one generation; a source that fails or runs out
    of time is logged and the next rung answers. Raises `MmrecError` for an unknown placement, k outside 1 to 200, a
    variant that cannot be, or a placement that needs an item and got none. `spare` more may follow the k, to stand in
    for products that turn out to be gone from the shop's own tables.
    """
    if visitor is None and user is not None and user.is_authenticated:
        visitor = Visitor.objects.filter(user=user).first()
    (found,) = recommend_each(
        placement, [visitor], item=item, items=items, k=k, filters=filters, exclude=exclude, variant=variant,
        rules=rules, spare=spare,
    )  # fmt: skip
    return found


def recommend_each(
    placement: str,
    visitors: Sequence[Visitor | None],
    *,
    item: Any = None,
    items: Iterable[Any] = (),
    k: int = 12,
    filters: Filters | Mapping[str, Any] | None = None,
    exclude: Iterable[Any] = (),
    variant: Mapping[str, Any] | None = None,
    rules: Callable[[Rules], Rules] = lambda live: live,
    spare: int = 0,
) -> list[Recommendations]:
    """`recommend` for each of these visitors, in their order and from one generation: what all lists have in common is
    read once, and the histories together."""
    chosen = varied(_placement(placement, k), variant or {})
    context = items_for([*([item] if item is not None else []), *items])
    if chosen.needs_context and item is None and not items:
        raise MmrecError(_("placement %(name)r is about a product: pass item= or items=.") % {"name": placement})
    hidden, wanted = items_for(exclude), as_filters(filters)
    ids = [visitor.pk if visitor else None for visitor in visitors]
    with reading() as cursor:
        generation = active_generation() if chosen.generation is None else named_generation(chosen.generation)
        held = rules(read_rules(cursor, placement, wanted.site))
        histories = read_histories(cursor, ids, deep=generation.recipe is not None)
        usual = make_profile(
            generation, (i.pk for i in context.values()), (i.pk for i in hidden.values()), held.limit(wanted)
        )
        beside = item is not None and len(usual.context) == 1
        usual = replace(usual, mode=chosen.mode, weights=chosen.weights, beside=beside)
        asked = _Asked(placement, chosen, held, k, spare)
        return [_listed(cursor, asked, of_visitor(usual, who, histories[who], chosen.hides_purchased)) for who in ids]


@dataclass(frozen=True)
class _Asked:
    """What lists of one call have in common beside what their profiles have."""

    name: str
    placement: Placement
    rules: Rules
    k: int
    spare: int


def _listed(cursor: Any, asked: _Asked, profile: Profile) -> Recommendations:
    name, placement, rules, k, spare = asked.name, asked.placement, asked.rules, asked.k, asked.spare
    pool = pool_of(placement, rules, k, spare)
    found, answering = climb_down(cursor, placement, profile, k + spare, pool)

    def without(full: tuple[Scope, ...]) -> list[Candidate]:
        others = replace(profile, filters=replace(profile.filters, without=(*profile.filters.without, *full)))
        return climb_down(cursor, replace(placement, rungs=placement.rungs[:answering]), others, k, pool)[0]

    shown = arranged(cursor, name, placement, profile, rules, found, k, spare, without)
    rung = (found or shown)[0].source if shown else "empty"
    return Recommendations(name, rung, profile.generation, tuple(shown))


def climb_down(cursor: Any, placement: Placement, profile: Profile, k: int, pool: int) -> tuple[list[Candidate], int]:
    """Asks rung after rung, each for as many as the stages choose from, until k different items are together; these,
    and how many rungs were asked."""
    found: dict[int, Candidate] = {}
    asked = 0
    for source in placement.rungs:
        asked += 1
        try:
            with transaction.atomic(using=cursor.db.alias):
                candidates = source(cursor, profile, pool)
        except (DatabaseError, MmrecError):
            logger.warning("source %s failed or ran out of time", source.__name__, exc_info=True)
            continue
        for candidate in candidates:
            found.setdefault(candidate.item_id, candidate)
        if len(found) >= k:
            break
    return list(found.values())[:pool], asked


def as_filters(given: Filters | Mapping[str, Any] | None) -> Filters:
    """Raises `MmrecError` naming a filter that does not exist or a price that is no number."""
    if given is None or isinstance(given, Filters):
        return given or Filters()
    if unknown := set(given) - set(Filters.__dataclass_fields__):
        said = _("filter %(name)r is unknown; filters are %(known)s.")
        raise MmrecError(said % {"name": sorted(unknown)[0], "known": ", ".join(Filters.__dataclass_fields__)})
    prices = {name: _price(name, given[name]) for name in ("price_min", "price_max") if given.get(name) is not None}
    return Filters(**(dict(given) | prices))


def _price(name: str, value: Any) -> Decimal:
    told = {"name": name, "value": value}
    try:
        price = Decimal(str(value))
    except InvalidOperation as error:
        raise MmrecError(_("filter %(name)r is %(value)r, which is no number.") % told) from error
    if not price.is_finite():
        raise MmrecError(_("filter %(name)r is %(value)r; it must be finite.") % told)
    return price


def _placement(name: str, k: int) -> Placement:
    if not 1 <= k <= MAX_K:
        raise MmrecError(_("k is %(k)s; a list holds 1 to %(most)s items.") % {"k": k, "most": MAX_K})
    return placement_of(name)
