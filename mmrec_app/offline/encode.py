"""Encodes what is dirty: claim, read, encode what changed, store and place in one transaction."""

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

import numpy as np
from django.db import transaction

from mmrec_app.conf import conf
from mmrec_app.embeddings import claims, vectors
from mmrec_app.embeddings.generations import lock_active
from mmrec_app.encoders import Encoder, EncoderSpec, ImageLimits, cached
from mmrec_app.encoders.image import decode_all
from mmrec_app.exceptions import ImageRefused
from mmrec_app.offline.content import read_contents
from mmrec_app.offline.tower import tower_of
from mmrec_app.training.projection import unit
from mmrec_app.types import Claim, Content, Embedding, Vector

logger = logging.getLogger(__name__)


def encode_dirty(progress: Callable[[int], None] = lambda count: None) -> int:
    """Encodes until nothing waits; returns how many items it settled."""
    done = 0
    while (claimed := claims.claim(conf().batch)) is not None:
        encode_claim(claimed)
        done += len(claimed.hashes)
        progress(len(claimed.hashes))
    return done


def encode_claim(claimed: Claim) -> None:
    """Encodes one claim. A failure is tried again item by item, so that only the item at fault counts it."""
    try:
        _encode(claimed)
    except Exception as error:
        logger.exception("encoding %d items failed", len(claimed.hashes))
        if len(claimed.hashes) == 1:
            claims.fail(claimed, error)
        else:
            _encode_singly(claimed)
    except BaseException:  # told to stop: what is not stored goes back at once
        claims.give_back(claimed)
        raise


def _encode_singly(claimed: Claim) -> None:
    for item_id, content_hash in claimed.hashes.items():
        one = Claim(claimed.token, {item_id: content_hash})
        try:
            _encode(one)
        except Exception as error:
            claims.fail(one, error)


def _encode(claimed: Claim) -> None:
    contents = read_contents(claimed.hashes)
    problems = {content.item_id: list(content.problems) for content in contents.values()}
    fresh, lost = [], []
    for spec in conf().encoders:
        encode = encode_texts if spec.modality == "text" else encode_images
        made = encode(spec, list(contents.values()), problems)
        fresh += made
        lost.append((spec, _without(spec, contents, made)))
    store(claimed, fresh, lost, {item_id: "\n".join(said) for item_id, said in problems.items() if said})


def store(
    claimed: Claim,
    fresh: Sequence[Embedding],
    lost: Sequence[tuple[EncoderSpec, Sequence[int]]],
    problems: Mapping[int, str],
) -> None:
    """Vectors, places and the cleared dirty mark in one transaction, for those items that the claim still holds."""
    with transaction.atomic():
        held = claims.still_held(claimed)
        vectors.store_embeddings([row for row in fresh if row.item_id in held])
        for spec, item_ids in lost:
            vectors.forget_embeddings(held.intersection(item_ids), spec.modality, spec.identity)
        place(sorted(held))
        claims.finish(Claim(claimed.token, {i: h for i, h in claimed.hashes.items() if i in held}), problems)


def place(item_ids: Sequence[int]) -> None:
    """Puts items where the active generation's tower sees them; in the caller's transaction."""
    generation = lock_active()
    tower = tower_of(generation)
    found = vectors.embeddings_of(item_ids, tower.encoders) if item_ids else {}
    joint = tower(found) if found else np.zeros((len(item_ids), generation.dimension), np.float32)
    vectors.place(generation, item_ids, joint)


def encode_texts(spec: EncoderSpec, contents: Sequence[Content], problems: dict[int, list[str]]) -> list[Embedding]:
    known = vectors.stored_hashes([content.item_id for content in contents], spec.identity)
    changed = [(content, digest) for content in contents if content.text and (digest := _digest(content.text.encode()))]
    changed = [(content, digest) for content, digest in changed if known.get(content.item_id) != digest]
    if not changed:
        return []
    rows = _encoder(spec).encode([content.text for content, _ in changed])
    return [
        Embedding(content.item_id, spec.modality, spec.identity, digest, row)
        for (content, digest), row in zip(changed, rows, strict=True)
    ]


def encode_images(spec: EncoderSpec, contents: Sequence[Content], problems: dict[int, list[str]]) -> list[Embedding]:
    """An item's vector is the mean of its pictures'. A picture that cannot be read costs only itself."""
    known = vectors.stored_hashes([content.item_id for content in contents], spec.identity)
    hashes = {content.item_id: _digest(*content.images) for content in contents if content.images}
    changed = [c for c in contents if c.images and known.get(c.item_id) != hashes[c.item_id]]
    owners, pictures = [], []
    sources = [(content.item_id, data) for content in changed for data in content.images]
    limits = ImageLimits(bytes=conf().image_bytes, pixels=conf().image_pixels)
    for (item_id, _), picture in zip(sources, decode_all([data for _, data in sources], limits), strict=True):
        if isinstance(picture, ImageRefused):
            problems[item_id].append(str(picture))
        else:
            owners.append(item_id)
            pictures.append(picture)
    if not pictures:
        return []
    return [
        Embedding(item_id, spec.modality, spec.identity, hashes[item_id], row)
        for item_id, row in _means(owners, _encoder(spec).encode(pictures))
    ]


def _means(owners: Sequence[int], rows: Vector) -> list[tuple[int, Vector]]:
    grouped = groupby(zip(owners, rows, strict=True), key=lambda pair: pair[0])
    return [(owner, unit(np.mean([row for _, row in of], axis=0, keepdims=True))[0]) for owner, of in grouped]


def _without(spec: EncoderSpec, contents: Mapping[int, Content], made: Sequence[Embedding]) -> list[int]:
    """Items that have nothing left for this encoder to look at: their old vector must go."""
    if spec.modality == "text":
        return [content.item_id for content in contents.values() if not content.text]
    return [content.item_id for content in contents.values() if not content.images]


def _encoder(spec: EncoderSpec) -> Encoder:
    settings = conf()
    return cached(spec, device=settings.device, dtype=settings.dtype, cache_dir=settings.cache)


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()
