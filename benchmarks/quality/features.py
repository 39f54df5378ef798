"""Encoder outputs of a folder's texts and pictures, kept on disk: they are the same for every split and every model."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from safetensors.numpy import load_file, save_file
from tqdm import tqdm

from benchmarks.quality.keeping import cache, digest_of
from mmrec_app import augmentation
from mmrec_app.augmentation.lexicon import lexicon
from mmrec_app.augmentation.texts import text as reword
from mmrec_app.encoders import IMAGE_DEFAULT, TEXT_DEFAULT, EncoderSpec, ImageLimits, cached, clean_text
from mmrec_app.exceptions import ImageRefused
from mmrec_app.training.data import Floats
from shop_demo.importing.folder import read_images

CHUNK = 256
VIEWS = 2
"""Augmented versions of every content: as many as a shop's training makes unless told otherwise."""
Items = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Features:
    """Of N items by encoder: `plain` (N, d), NaN where an item has none, `views` (V, N, d) of augmented versions, and
    the `modalities` that the encoders serve."""

    plain: dict[str, Floats] = field(default_factory=dict)
    views: dict[str, Floats] = field(default_factory=dict)
    modalities: dict[str, str] = field(default_factory=dict)


def features(folder: Path, items: Items) -> Features:
    """What comes ready in `features/<modality>.npy` stands in place of our own encoder for that modality; it has no
    views, for its encoder is not known."""
    ready = dict(_ready(folder, len(items)))
    found = Features(ready, {}, {name: name.split(":", 1)[1] for name in ready})
    for spec, made in ((TEXT_DEFAULT, _texts), (IMAGE_DEFAULT, _images)):
        if spec.modality not in found.modalities.values() and (rows := made(folder, items, spec, 0)) is not None:
            found.plain[spec.identity], found.modalities[spec.identity] = rows, spec.modality
            other = [made(folder, items, spec, view) for view in range(1, VIEWS + 1)]
            found.views[spec.identity] = np.stack([rows for rows in other if rows is not None])
    return found


def text_of(item: Mapping[str, Any]) -> str:
    """title. brand. category. description. attribute value, attribute value"""
    parts = [item.get(name) for name in ("title", "brand", "category", "description")]
    values = map(_told, (item.get("attributes") or {}).values())
    parts.append(", ".join(value for value in values if value))
    cleaned = (clean_text(str(part)) for part in parts if part not in (None, ""))
    return ". ".join(part for part in cleaned if part)


def _told(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _ready(folder: Path, count: int) -> Iterator[tuple[str, Floats]]:
    for path in sorted((folder / "features").glob("*.npy")):
        rows = np.load(path, allow_pickle=False).astype(np.float32)
        listed = pq.read_metadata(folder / "items.parquet").num_rows if (folder / "items.parquet").exists() else 0
        if rows.ndim != 2 or len(rows) != listed:
            raise ValueError(f"{path} has shape {rows.shape}; it needs one row for each of {listed} in items.parquet.")
        unlisted = np.zeros((count - listed, rows.shape[1]), np.float32)  # items that events alone name
        rows = np.concatenate([rows, unlisted])
        rows[~np.any(rows, axis=1) | np.isnan(rows).any(axis=1)] = np.nan
        yield f"ready:{path.stem}", rows


def _texts(folder: Path, items: Items, spec: EncoderSpec, view: int) -> Floats | None:
    texts = {row: text for row, item in enumerate(items) if (text := text_of(item))}
    if not texts:
        return None

    def prepare(part: Mapping[int, str]) -> dict[int, str]:
        return {
            row: reword(text, np.random.default_rng([view, row]), lexicon()) if view else text
            for row, text in part.items()
        }

    path = cache() / "features" / f"{digest_of(spec.identity, texts, *_recipe(view))}.safetensors"
    return _kept(path, lambda: _encoded(texts, prepare, spec, len(items), f"{folder.name} texts{_told_view(view)}"))


def _images(folder: Path, items: Items, spec: EncoderSpec, view: int) -> Floats | None:
    path = folder / "images.tar"
    if not path.exists():
        return None
    rows = {item["item_id"]: row for row, item in enumerate(items)}
    kept = cache() / "features" / f"{digest_of(spec.identity, path, tuple(rows), *_recipe(view))}.safetensors"
    pictures = {rows[name]: data for name, data in read_images(folder) if name in rows} if not kept.exists() else {}

    def prepare(part: Mapping[int, bytes]) -> dict[int, Any]:
        return _decoded(part, view)

    return _kept(
        kept, lambda: _encoded(pictures, prepare, spec, len(items), f"{folder.name} pictures{_told_view(view)}")
    )


def _decoded(part: Mapping[int, bytes], view: int) -> dict[int, Any]:
    """A picture that cannot be read is one that the item does not have."""
    from mmrec_app.augmentation.images import picture  # only now: both take a second to import, and each fit would pay
    from mmrec_app.encoders.image import decode_all

    decoded = zip(part, decode_all(part.values(), ImageLimits()), strict=True)
    found = {row: given for row, given in decoded if not isinstance(given, ImageRefused)}
    return {row: picture(given, np.random.default_rng([view, row])) if view else given for row, given in found.items()}


def _recipe(view: int) -> tuple[int, ...]:
    """What a view is kept under, beside the content."""
    return (view, augmentation.VERSION) if view else ()


def _told_view(view: int) -> str:
    return f", view {view}" if view else ""


def _encoded(inputs: Mapping[int, Any], prepare: Any, spec: EncoderSpec, count: int, what: str) -> Floats:
    encoder = cached(spec)
    rows = np.full((count, encoder.dimension), np.nan, np.float32)
    entries = list(inputs.items())
    with tqdm(total=len(entries), desc=f"encoding {what}", unit="") as bar:
        for start in range(0, len(entries), CHUNK):
            part = entries[start : start + CHUNK]
            if prepared := prepare(dict(part)):
                rows[list(prepared)] = encoder.encode(list(prepared.values()))
            bar.update(len(part))
    return rows


def _kept(path: Path, make: Any) -> Floats:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".part")
        save_file({"rows": make()}, fresh)
        fresh.replace(path)
    return load_file(path)["rows"]
