"""Encoder outputs of a folder's texts and pictures, kept on disk: they are the same for every split and every model."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from safetensors.numpy import load_file, save_file
from tqdm import tqdm

from benchmarks.quality.keeping import cache, digest_of
from mmrec_app.encoders import IMAGE_DEFAULT, TEXT_DEFAULT, EncoderSpec, ImageLimits, cached, clean_text
from mmrec_app.exceptions import ImageRefused
from mmrec_app.training.data import Floats
from shop_demo.importing.folder import read_images

CHUNK = 256
Items = Sequence[Mapping[str, Any]]


def features(folder: Path, items: Items) -> tuple[dict[str, Floats], dict[str, str]]:
    """(N, d) by encoder, NaN where an item has none, and the modality of each encoder. What comes ready in
    `features/<modality>.npy` stands in place of our own encoder for that modality."""
    found = dict(_ready(folder, len(items)))
    modalities = {name: name.split(":", 1)[1] for name in found}
    for spec, made in ((TEXT_DEFAULT, _texts), (IMAGE_DEFAULT, _images)):
        if spec.modality not in modalities.values() and (rows := made(folder, items, spec)) is not None:
            found[spec.identity], modalities[spec.identity] = rows, spec.modality
    return found, modalities


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


def _texts(folder: Path, items: Items, spec: EncoderSpec) -> Floats | None:
    texts = {row: text for row, item in enumerate(items) if (text := text_of(item))}
    if not texts:
        return None
    path = cache() / "features" / f"{digest_of(spec.identity, texts)}.safetensors"
    return _kept(path, lambda: _encoded(texts, lambda part: dict(part), spec, len(items), f"{folder.name} texts"))


def _images(folder: Path, items: Items, spec: EncoderSpec) -> Floats | None:
    path = folder / "images.tar"
    if not path.exists():
        return None
    rows = {item["item_id"]: row for row, item in enumerate(items)}
    kept = cache() / "features" / f"{digest_of(spec.identity, path, tuple(rows))}.safetensors"
    pictures = {rows[name]: data for name, data in read_images(folder) if name in rows} if not kept.exists() else {}
    return _kept(kept, lambda: _encoded(pictures, _decoded, spec, len(items), f"{folder.name} pictures"))


def _decoded(part: Mapping[int, bytes]) -> dict[int, Any]:
    """A picture that cannot be read is one that the item does not have."""
    from mmrec_app.encoders.image import decode_all  # only now: it takes a second to import, and each fit would pay

    decoded = zip(part, decode_all(part.values(), ImageLimits()), strict=True)
    return {row: picture for row, picture in decoded if not isinstance(picture, ImageRefused)}


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
