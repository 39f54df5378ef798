"""Augmented views: other versions of items' contents, encoded before a training that learns what does not matter."""

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

import numpy as np
from django.db import InterfaceError, OperationalError

from mmrec_app import augmentation
from mmrec_app.augmentation import audio, images, texts
from mmrec_app.augmentation.lexicon import Lexicon, lexicon
from mmrec_app.augmentation.rewriting import Rewriter
from mmrec_app.conf import conf
from mmrec_app.embeddings import vectors
from mmrec_app.encoders import EncoderSpec
from mmrec_app.encoders.audio import Sound
from mmrec_app.encoders.video import Film
from mmrec_app.exceptions import AugmentationError, EncoderError
from mmrec_app.models import Item, ModalityVector
from mmrec_app.offline.content import read_contents
from mmrec_app.offline.inputs import Inputs, at_once, digest, encode_inputs, inputs_of, specs_by_modality
from mmrec_app.types import Embedding, Seq2Seq

logger = logging.getLogger(__name__)

LOOKED_AT_ONCE = 2_000
NO_ITEMS_FAULT = (AugmentationError, EncoderError, OperationalError, InterfaceError)


@dataclass(frozen=True)
class Missing:
    """A view that an encoder has not of an item's present content, whose plain vector is hashed `plain`."""

    spec: EncoderSpec
    item_id: int
    view: int
    plain: str
    hash: str


def encode_missing_views(progress: Callable[[int], None] = lambda count: None) -> int:
    """Encodes views 1…`VIEWS` of everything that is encoded and lacks them; returns how many vectors it wrote.

    What is up to date is skipped, so a second call does nothing. An item whose product cannot be read has no views and
    costs no other. Raises `EncoderError` or `AugmentationError` when a model is missing.
    """
    ModalityVector.objects.filter(view__gt=conf().views).delete()
    written = 0
    for item_ids in _items():
        missing = _missing(item_ids)
        lacking = sorted({each.item_id for each in missing})
        for start in range(0, len(lacking), at_once()):
            some = lacking[start : start + at_once()]
            count = _encode_or_skip(some, [each for each in missing if each.item_id in set(some)])
            written += count
            progress(count)
    return written


def _items() -> Iterator[list[int]]:
    last = 0
    rows = Item.objects.filter(removed_at=None).order_by("pk").values_list("pk", flat=True)
    while item_ids := list(rows.filter(pk__gt=last)[:LOOKED_AT_ONCE]):
        yield item_ids
        last = item_ids[-1]


def _missing(item_ids: Sequence[int]) -> list[Missing]:
    found = []
    numbers = range(1, conf().views + 1)
    for spec in conf().encoders:
        rows = ModalityVector.objects.filter(item__in=item_ids, encoder=spec.identity)
        hashes = {(item, view): stored for item, view, stored in rows.values_list("item_id", "view", "content_hash")}
        recipe = _recipe(spec.modality)
        for (item_id, view), plain in hashes.items():
            if view == 0:
                wanted = hashlib.sha256(f"{plain} {recipe}".encode()).hexdigest()
                lacking = (number for number in numbers if hashes.get((item_id, number)) != wanted)
                found += [Missing(spec, item_id, number, plain, wanted) for number in lacking]
    return found


def _encode_or_skip(item_ids: Sequence[int], missing: Sequence[Missing]) -> int:
    """A failure is tried again item by item, so that only the item at fault goes without."""
    try:
        return _encode(item_ids, missing)
    except NO_ITEMS_FAULT:
        raise
    except Exception:
        if len(item_ids) == 1:
            logger.exception("item %d gets no augmented views; it trains without them", item_ids[0])
            return 0
        return sum(_encode_or_skip([i], [each for each in missing if each.item_id == i]) for i in item_ids)


def _encode(item_ids: Sequence[int], missing: Sequence[Missing]) -> int:
    contents, written = read_contents(item_ids), 0
    for modality, specs in specs_by_modality().items():
        hashes = {item_id: digest(modality, content) for item_id, content in contents.items()}
        # A content that is newer than its plain vector waits for that one: until the next training.
        due = [each for each in missing if each.spec in specs and hashes.get(each.item_id) == each.plain]
        plain = inputs_of(modality, [contents[i] for i in sorted({each.item_id for each in due})], {})
        for view in sorted({each.view for each in due}):
            other = _augmented(modality, plain, view, hashes)
            for spec in specs:
                written += _store(spec, [each for each in due if (each.spec, each.view) == (spec, view)], other)
    return written


def _store(spec: EncoderSpec, due: Sequence[Missing], inputs: Inputs) -> int:
    by_item = {each.item_id: each for each in due}
    rows = encode_inputs(spec, [(item_id, given) for item_id, given in inputs if item_id in by_item])
    vectors.store_embeddings(
        [Embedding(i, spec.modality, spec.identity, by_item[i].hash, row, by_item[i].view) for i, row in rows.items()]
    )
    return len(rows)


def _augmented(modality: str, plain: Inputs, view: int, hashes: Mapping[int, str]) -> Inputs:
    """One input an item: of several pictures, one is drawn; that too is another look at the same thing. Seeded by the
    content, so that the same one gives the same views in another database."""
    chosen = []
    for item_id, group in groupby(plain, key=lambda pair: pair[0]):
        rng, of = np.random.default_rng([view, int(hashes[item_id][:16], 16)]), [given for _, given in group]
        chosen.append((item_id, of[rng.integers(len(of))], rng))
    made = _rewritten([given for _, given, _ in chosen], view) if modality == "text" else None
    if made is None:
        made = [_AUGMENT[modality](given, rng) for _, given, rng in chosen]
    return [(item_id, given) for (item_id, _, _), given in zip(chosen, made, strict=True)]


def _rewritten(plain: list[str], view: int) -> list[str] | None:
    """By the seq2seq models that the settings name for this view, if they do."""
    rewriters = conf().rewriters
    if not plain or view > len(rewriters):
        return None
    return _rewriter(rewriters[view - 1], conf().device)(plain, np.random.default_rng(view))


@lru_cache(maxsize=4)
def _rewriter(models: tuple[Seq2Seq, ...], device: str) -> Rewriter:
    return Rewriter(models, device=device)


def _text(given: str, rng: np.random.Generator) -> str:
    return texts.text(given, rng, _lexicon())


def _sound(given: Sound, rng: np.random.Generator) -> Sound:
    return Sound(audio.waveform(given.wave, rng), given.rate)


def _film(given: Film, rng: np.random.Generator) -> Film:
    """All frames alike: a film does not flip from one to the next."""
    seed = rng.integers(2**31)
    return [images.picture(frame, np.random.default_rng(seed)) for frame in given]


_AUGMENT: dict[str, Callable[[Any, np.random.Generator], Any]] = {
    "text": _text,
    "image": images.picture,
    "audio": _sound,
    "video": _film,
}


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon | None:
    try:
        return lexicon()
    except AugmentationError as error:
        logger.warning("views of texts are made by deletion and swaps only: %s", error)
        return None


def _recipe(modality: str) -> str:
    """Another one makes another view: stored under the hash of the content and of this."""
    told = f"{augmentation.VERSION} {modality}"
    return f"{told} {_lexicon() is not None} {conf().rewriters}" if modality == "text" else told
