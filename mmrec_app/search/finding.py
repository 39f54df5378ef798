"""From a question to a list: what looks or reads like it, beside what the shop's own search finds."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any

from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from mmrec_app.catalogue import items_for
from mmrec_app.conf import conf
from mmrec_app.embeddings.generations import active_generation
from mmrec_app.embeddings.queries import nearest_items
from mmrec_app.embeddings.search import Scored, reading, shown
from mmrec_app.events import site_of, visitor_of
from mmrec_app.exceptions import MmrecError
from mmrec_app.measuring.experiments import arm_of
from mmrec_app.models import Visitor
from mmrec_app.recommend.engine import MAX_K, as_filters
from mmrec_app.recommend.placements import SEARCH, list_of, varied
from mmrec_app.recommend.profile import read_history
from mmrec_app.recommend.rules import Rules, read_rules
from mmrec_app.recommend.serve import SPARE, hydrate, log_impression
from mmrec_app.recommend.stages import arranged, pool_of
from mmrec_app.search.asking import QueryWaits, photo_vectors, words_of, words_vectors
from mmrec_app.search.personal import FLATTENED, affinities, changes_of
from mmrec_app.search.photos import nearest_to_photo
from mmrec_app.types import Candidate, Filters, Profile, Reason, Recommendations, RecommendedList, Vector

logger = logging.getLogger(__name__)


def search(
    *,
    text: str = "",
    photo: str = "",
    visitor: Visitor | None = None,
    k: int = 24,
    filters: Filters | Mapping[str, Any] | None = None,
    variant: Mapping[str, Any] | None = None,
    rules: Callable[[Rules], Rules] = lambda live: live,
    spare: int = 0,
) -> Recommendations:
    """Up to k items that look like `photo`, the key that `ask_photo` gave, or answer `text`; none that was dismissed.

    Words are answered by their meaning, by the shop's own search (`MMREC["SEARCH"]`) and, a little, by the visitor's
    taste, as the list "search" weighs them (docs/placements.md); without a worker by what is left of these. Rules for
    that list hold (docs/rules.md). `variant`, `rules` and `spare` are as in `recommend`. Raises `QueryWaits` for a
    photo that no worker has looked at yet, `MmrecError` for a question or a variant that cannot be.
    """
    words, wanted, chosen = words_of(text), as_filters(filters), varied(list_of(SEARCH), variant or {})
    weights = chosen.weights
    if bool(words) == bool(photo):
        raise MmrecError(_("a search is for words or for a photo: give one of them."))
    if not 1 <= k <= MAX_K:
        raise MmrecError(_("k is %(k)s; a list holds 1 to %(most)s items.") % {"k": k, "most": MAX_K})
    query: dict[str, Vector] = {}
    if photo:
        query = _telling(photo_vectors(photo))
    elif weights["meaning"]:
        query = _meaning(words)
    hits = _shop_hits(words, MAX_K) if words and weights["words"] else []
    with reading() as cursor:
        generation = active_generation()
        history = read_history(cursor, visitor.pk if visitor else None)
        held = rules(read_rules(cursor, SEARCH, wanted.site))
        wanted = held.limit(wanted)
        found = near = _near(cursor, query, wanted, list(history.dismissed), bool(photo))
        if words:
            named = _shown(cursor, hits, wanted, list(history.dismissed))
            liking = affinities(generation.number, history, list({*named, *dict(near)})) if weights["taste"] else {}
            taste = sorted(liking, key=lambda item_id: -liking[item_id])
            found = fused([(named, weights["words"]), ([*dict(near)], weights["meaning"]), (taste, weights["taste"])])
        source = "photo" if photo else "meaning" if near else "words"
        why = Reason("photo" if photo else SEARCH)
        pool = found if chosen.caps else found[: pool_of(chosen, held, k, spare)]
        items = [Candidate(item_id, float(score), source, why) for item_id, score in pool]
        if items:  # nothing is pinned to what finds nothing
            profile = Profile(generation.number, generation.dimension, excluded=history.dismissed, filters=wanted)
            items = arranged(cursor, SEARCH, chosen, profile, held, items, k, spare)
    return Recommendations(SEARCH, source if items else "empty", generation.number, tuple(items))


def search_list(
    request: HttpRequest, *, text: str = "", photo: str = "", k: int = 24, filters: Any = None
) -> RecommendedList:
    """`search` for whoever `request` is, on the site it came to, as a running experiment has it for them, as cards; the
    impression is stored, with how long it took, the wait for the worker included."""
    begun = perf_counter()
    visitor, wanted = visitor_of(request), as_filters(filters)
    if wanted.site is None:
        wanted = replace(wanted, site=site_of(request))
    arm = arm_of(SEARCH, visitor)
    found = search(
        text=text, photo=photo, visitor=visitor, k=k, filters=wanted, variant=changes_of(arm), spare=SPARE
    )  # fmt: skip
    cards = tuple(hydrate(found.items)[:k])
    shown = RecommendedList(SEARCH, found.rung if cards else "empty", found.generation, None, cards)
    noted = arm.mark if arm else {}
    if not cards:
        if arm is not None:
            log_impression(shown, visitor, wanted.site, **noted)
        return shown
    took = 1000 * (perf_counter() - begun)
    return replace(shown, impression=log_impression(shown, visitor, wanted.site, latency_ms=took, **noted))


def fused(rankings: Sequence[tuple[Sequence[int], float]]) -> list[Scored]:
    """Rankings with their weights -> one, best first, by reciprocal rank fusion."""
    scores: dict[int, float] = {}
    for ranking, weight in rankings:
        for place, item_id in enumerate(ranking):
            scores[item_id] = scores.get(item_id, 0.0) + weight / (FLATTENED + place)
    return sorted(scores.items(), key=lambda pair: -pair[1])


def _meaning(words: str) -> dict[str, Vector]:
    try:
        return _telling(words_vectors(words))
    except MmrecError as error:  # the shop's own search answers alone
        logger.log(logging.INFO if isinstance(error, QueryWaits) else logging.WARNING, "search by words: %s", error)
        return {}


def _telling(vectors: Mapping[str, Vector]) -> dict[str, Vector]:
    """Without the encoders that made nothing of the question."""
    return {encoder: vector for encoder, vector in vectors.items() if vector.any()}


def _shop_hits(words: str, k: int) -> list[int]:
    """What the shop's own search finds, several variants once. One that fails is logged: meaning answers alone."""
    path = conf().search
    if not path:
        return []
    try:
        with transaction.atomic():
            products = list(import_string(path)(words, k))[:k]
            items = items_for(products)
    except Exception:
        logger.exception("MMREC['SEARCH'] = %r failed", path)
        return []
    return list(dict.fromkeys(items[product].pk for product in products if product in items))


def _near(
    cursor: Any, query: Mapping[str, Vector], filters: Filters, excluded: Sequence[int], photo: bool
) -> list[Scored]:
    if not query:
        return []
    try:
        with transaction.atomic(using=cursor.db.alias):
            nearest = nearest_to_photo if photo else nearest_items
            return nearest(cursor, query, MAX_K, filters, excluded)
    except DatabaseError:
        logger.warning("the search for what is near failed or ran out of time", exc_info=True)
        return []


def _shown(cursor: Any, item_ids: Sequence[int], filters: Filters, excluded: Sequence[int]) -> list[int]:
    """Those that may be shown, in their order."""
    where, values = shown(filters, excluded)
    cursor.execute(
        f"SELECT item.id FROM mmrec_app_item AS item WHERE item.id = ANY(%(asked)s) AND {where}",
        values | {"asked": list(item_ids)},
    )
    here = {row[0] for row in cursor.fetchall()}
    return [item_id for item_id in item_ids if item_id in here]
