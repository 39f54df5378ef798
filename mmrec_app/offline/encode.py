"""Encodes what is dirty: claim, read, encode what changed, store and place in one transaction."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
from django.db import DatabaseError, InterfaceError, OperationalError, transaction

from mmrec_app.conf import conf
from mmrec_app.embeddings import claims, vectors
from mmrec_app.embeddings.generations import lock_active
from mmrec_app.encoders import Encoder, EncoderSpec, ImageLimits, cached
from mmrec_app.encoders.image import decode_all
from mmrec_app.exceptions import EncoderError, ImageRefused
from mmrec_app.models import Generation
from mmrec_app.offline.content import read_contents
from mmrec_app.offline.tower import tower_of
from mmrec_app.training.projection import unit
from mmrec_app.types import Claim, Content, Embedding, Vector

logger = logging.getLogger(__name__)

ACTIVE = Generation.State.ACTIVE
READ_AT_ONCE = 64
"""Items whose pictures are in memory together, and after which the lease is renewed."""
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
    for start in range(0, len(item_ids), READ_AT_ONCE):
        claims.renew(claimed)
        _encode_some(item_ids[start : start + READ_AT_ONCE], encoded)
    return encoded


def _encode_some(item_ids: Sequence[int], encoded: Encoded) -> None:
    contents = list(read_contents(item_ids).values())
    encoded.problems |= {content.item_id: list(content.problems) for content in contents}
    for spec in conf().encoders:
        known = vectors.stored_hashes([content.item_id for content in contents], spec.identity)
        hashes = {content.item_id: digest for content in contents if (digest := _digest(spec, content))}
        changed = [content for content in contents if known.get(content.item_id) != hashes.get(content.item_id)]
        encode = encode_texts if spec.modality == "text" else encode_images
        rows = encode(spec, [content for content in changed if content.item_id in hashes], encoded.problems)
        encoded.fresh += [Embedding(i, spec.modality, spec.identity, hashes[i], row) for i, row in rows.items()]
        encoded.lost += [(spec, content.item_id) for content in changed if content.item_id not in rows]


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
        held = claims.still_held(claimed, wait)
        if held:
            vectors.store_embeddings([row for row in encoded.fresh if row.item_id in held])
            for spec in {spec for spec, _ in encoded.lost}:
                lost = held.intersection(item_id for of, item_id in encoded.lost if of == spec)
                vectors.forget_embeddings(lost, spec.modality, spec.identity)
            place(generation, sorted(held))
            said = {item_id: "\n".join(lines) for item_id, lines in encoded.problems.items() if lines}
            claims.finish(claims.part(claimed, held), said)
    return held


def place(generation: Generation, item_ids: Sequence[int]) -> None:
    """Puts items where the generation's tower sees them; in the caller's transaction, which has locked it."""
    if not item_ids:
        return
    tower = tower_of(generation)
    found = vectors.embeddings_of(item_ids, tower.encoders)
    vectors.place(generation, item_ids, tower(found, item_ids), tower.content(found, item_ids))


def catch_up() -> int:
    """Places what was encoded while the active generation did not serve; returns how many items that were.

    Alone with the generation for each batch: a worker that stores a newer vector of an item comes before or after.
    """
    done = 0
    while True:
        with transaction.atomic():
            generation = lock_active(exclusive=True)
            if generation.placed_until is None:
                return done
            item_ids, until = vectors.encoded_next(generation.placed_until, conf().batch)
            place(generation, item_ids)
            Generation.objects.filter(number=generation.number).update(placed_until=until)
            done += len(item_ids)


def encode_texts(spec: EncoderSpec, contents: Sequence[Content], problems: dict[int, list[str]]) -> dict[int, Vector]:
    """Item -> vector."""
    if not contents:
        return {}
    rows = _encoder(spec).encode([content.text for content in contents])
    return {content.item_id: row for content, row in zip(contents, rows, strict=True)}


def encode_images(spec: EncoderSpec, contents: Sequence[Content], problems: dict[int, list[str]]) -> dict[int, Vector]:
    """Item -> mean of its pictures' vectors. A picture that cannot be read costs only itself."""
    owners, pictures = [], []
    sources = [(content.item_id, data) for content in contents for data in content.images]
    limits = ImageLimits(bytes=conf().image_bytes, pixels=conf().image_pixels)
    for (item_id, _), picture in zip(sources, decode_all([data for _, data in sources], limits), strict=True):
        if isinstance(picture, ImageRefused):
            problems[item_id].append(str(picture))
        else:
            owners.append(item_id)
            pictures.append(picture)
    return _means(owners, _encoder(spec).encode(pictures)) if pictures else {}


def _means(owners: Sequence[int], rows: Vector) -> dict[int, Vector]:
    grouped = groupby(zip(owners, rows, strict=True), key=lambda pair: pair[0])
    return {owner: unit(np.mean([row for _, row in of], axis=0, keepdims=True))[0] for owner, of in grouped}


def _encoder(spec: EncoderSpec) -> Encoder:
    settings = conf()
    return cached(spec, device=settings.device, dtype=settings.dtype, cache_dir=settings.cache)


def _digest(spec: EncoderSpec, content: Content) -> str:
    """Of what this encoder looks at; empty when there is nothing."""
    parts: Iterable[bytes] = content.images if spec.modality == "image" else filter(None, [content.text.encode()])
    digests = [hashlib.sha256(part).digest() for part in parts]
    return hashlib.sha256(b"".join(digests)).hexdigest() if digests else ""
