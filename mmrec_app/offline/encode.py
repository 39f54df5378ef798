"""Encodes what is dirty: claim, read, encode what changed, store and place in one transaction."""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from django.db import DatabaseError, InterfaceError, OperationalError, transaction

from mmrec_app.conf import conf
from mmrec_app.embeddings import claims, vectors
from mmrec_app.embeddings.generations import lock_active
from mmrec_app.encoders import EncoderSpec
from mmrec_app.exceptions import EncoderError
from mmrec_app.models import Generation
from mmrec_app.offline.content import read_contents
from mmrec_app.offline.inputs import at_once, digest, encode_inputs, inputs_of, specs_by_modality
from mmrec_app.offline.placing import catch_up, follow, followed, place, place_beside
from mmrec_app.types import Claim, Content, Embedding

logger = logging.getLogger(__name__)

ACTIVE = Generation.State.ACTIVE
NO_ITEMS_FAULT = (EncoderError, OperationalError, InterfaceError)
"""No encoder or no database: items wait until there is one, none is parked for it."""


@dataclass
class Encoded:
    """What a claim came to: new vectors, vectors that describe nothing any more, and what was wrong."""

    fresh: list[Embedding] = field(default_factory=list)
    lost: list[tuple[EncoderSpec, int]] = field(default_factory=list)
    problems: dict[int, list[str]] = field(default_factory=dict)


def encode_dirty(progress: Callable[[int], None] = lambda count: None) -> int:
    """Encodes until nothing waits; returns how many items it settled. Raises `EncoderError` when a model is missing."""
    done = catch_up() if Generation.objects.filter(state=ACTIVE).exclude(placed_until=None).exists() else 0
    follow()
    while (claimed := claims.claim(conf().batch)) is not None:
        encode_claim(claimed)
        done += len(claimed.hashes)
        progress(len(claimed.hashes))
    return done


def encode_claim(claimed: Claim) -> None:
    """Encodes one claim; what it could neither store nor blame goes back at once: the worker was told to stop, say."""
    try:
        _encode_or_blame(claimed)
    except BaseException:
        with suppress(DatabaseError):  # then the lease ends by itself
            claims.give_back(claimed)
        raise


def _encode_or_blame(claimed: Claim) -> None:
    """A failure is tried again item by item, so that only the item at fault counts it."""
    try:
        store(claimed, _encode(claimed))
    except NO_ITEMS_FAULT:
        raise
    except Exception as error:
        logger.exception("encoding %d items failed", len(claimed.hashes))
        if len(claimed.hashes) == 1:
            claims.fail(claimed, error)
            return
        for item_id in claimed.hashes:
            _encode_or_blame(claims.part(claimed, [item_id]))


def _encode(claimed: Claim) -> Encoded:
    encoded, item_ids = Encoded(), list(claimed.hashes)
    size = at_once()
    for start in range(0, len(item_ids), size):
        claims.renew(claimed)
        _encode_some(item_ids[start : start + size], encoded)
    return encoded


def _encode_some(item_ids: Sequence[int], encoded: Encoded) -> None:
    contents = list(read_contents(item_ids).values())
    encoded.problems |= {content.item_id: list(content.problems) for content in contents}
    for modality, specs in specs_by_modality().items():
        hashes = {content.item_id: found for content in contents if (found := digest(modality, content))}
        changed = {spec: _changed(spec, contents, hashes) for spec in specs}
        read = set().union(*changed.values())
        inputs = inputs_of(modality, [content for content in contents if content.item_id in read], encoded.problems)
        for spec in specs:
            rows = encode_inputs(spec, [(item_id, given) for item_id, given in inputs if item_id in changed[spec]])
            encoded.fresh += [Embedding(i, spec.modality, spec.identity, hashes[i], row) for i, row in rows.items()]
            encoded.lost += [(spec, item_id) for item_id in sorted(changed[spec] - rows.keys())]


def _changed(spec: EncoderSpec, contents: Sequence[Content], hashes: Mapping[int, str]) -> set[int]:
    """Items whose stored vector is not of what they have now."""
    known = vectors.stored_hashes([content.item_id for content in contents], spec.identity)
    return {content.item_id for content in contents if known.get(content.item_id) != hashes.get(content.item_id)}


def store(claimed: Claim, encoded: Encoded) -> None:
    """Stores what the claim still holds.

    Items that a transaction of the shop has locked come last and one by one: whoever holds one lock at a time
    cannot be in a deadlock with a shop that saves several products.
    """
    for item_id in claimed.hashes.keys() - _store(claimed, encoded, wait=False):
        _store(claims.part(claimed, [item_id]), encoded, wait=True)


def _store(claimed: Claim, encoded: Encoded, wait: bool) -> set[int]:
    """Vectors, places and the cleared dirty mark in one transaction; returns the items it settled."""
    with transaction.atomic():
        generation = lock_active()  # before the vectors are dated: a fit's snapshot waits for it
        beside = followed()
        held = claims.still_held(claimed, wait)
        if held:
            vectors.store_embeddings([row for row in encoded.fresh if row.item_id in held])
            for spec in {spec for spec, _ in encoded.lost}:
                lost = held.intersection(item_id for of, item_id in encoded.lost if of == spec)
                vectors.forget_embeddings(lost, spec.modality, spec.identity)
            place(generation, sorted(held))
            for each in beside:
                place_beside(each, sorted(held))
            said = {item_id: "\n".join(lines) for item_id, lines in encoded.problems.items() if lines}
            claims.finish(claims.part(claimed, held), said)
    return held
