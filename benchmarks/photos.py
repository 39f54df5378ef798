"""Photo search: phone photos of groceries against catalogue photos, through the pipeline and by raw encoder cosine.

python -m shop_demo.servers run -- python -m benchmarks.photos
"""

import csv
import io
import tarfile
from collections import defaultdict
from collections.abc import Callable
from contextlib import redirect_stdout
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np

from benchmarks.scratch import data_folder, scratch_shop

TOP = 5
SEARCH = "photo search, as a visitor asks it"
BEFORE = (0, 20, 200)
"""Other photos that were searched with before."""
ROW = 4
"""Cards in a row of the demo's page on a wide screen."""


def main() -> None:
    folder = data_folder("grocery-store")
    with scratch_shop():
        from django.core.management import call_command

        from mmrec_app.offline.fit import fit

        with redirect_stdout(io.StringIO()):
            call_command("mmrec_import", folder)
            call_command("mmrec_encode")
        fit()
        labels, queries = encode_photos(folder)
        rows = {
            "raw MobileNetV2 cosine, its standard centre crop": standard(folder),
            "raw MobileNetV2 cosine": raw(queries),
            "the pipeline: tower, pgvector": pipeline(queries),
            "the whole and the middle": searched(asked := looked_at(folder, "test"), by_cosine),
            "less half of what the catalogue's pictures share": searched(asked, by_what_differs),
        }
        others = spread(looked_at(folder, "val"))
        for stored, count in pairwise((0, *BEFORE)):
            remember(others[stored:count])
            rows[f"{SEARCH}, after {count} others"] = searched(asked, by_everything)
        for share in (0.0, 0.5, 1.0):
            rows[f"the projection, {share:.0%} of the mean taken away"] = projected(queries, share)
        rows["the projection, modalities summed, not side by side"] = projected(queries, 0.5, summed=True)
    print(f"{len(labels)} photos, {len(set(labels))} classes; mean over classes (and over photos)")
    for name, found in rows.items():
        figures = (f"top-{k} {score(labels, found, k)}" for k in (1, ROW, TOP))
        print(f"{name:50} {'  '.join(figures)}")
    print(f"\n{SEARCH} first, top-{TOP} by product")
    named = titles(folder)
    for share, label, count in by_class(labels, rows[f"{SEARCH}, after 0 others"]):
        print(f"{share:.2f}  {named[label]:40} {count} photos")


def encode_photos(folder: Path) -> tuple[list[str], np.ndarray]:
    labels, pictures = photos(folder)
    return labels, _encoder("pad").encode(pictures)


def photos(folder: Path):
    from mmrec_app.encoders import ImageLimits
    from mmrec_app.encoders.image import decode_all

    labels, data = photo_files(folder)
    return labels, decode_all(data, ImageLimits())


def photo_files(folder: Path, split: str = "test") -> tuple[list[str], list[bytes]]:
    with open(folder / "photos.csv") as file:
        label = {row["photo"]: row["item_id"] for row in csv.DictReader(file) if row["split"] == split}
    with tarfile.open(folder / "photos.tar") as archive:
        data = {m.name: archive.extractfile(m).read() for m in archive if m.isfile() and m.name in label}  # type: ignore[union-attr]
    return [label[name] for name in data], list(data.values())


def _encoder(resize: str):
    from dataclasses import replace

    from mmrec_app.encoders import IMAGE_DEFAULT, cached

    return cached(replace(IMAGE_DEFAULT, resize=resize))


def _objects() -> dict[int, str]:
    from mmrec_app.models import Item
    from shop_demo.models import Product

    external = dict(Product.objects.values_list("pk", "external_id"))
    return {item.pk: external[int(item.object_id)].split("/")[-1] for item in Item.objects.all()}


def raw(queries: np.ndarray) -> list[list[str]]:
    from mmrec_app.conf import conf
    from mmrec_app.embeddings.vectors import embeddings_of

    spec = next(spec for spec in conf().encoders if spec.modality == "image")
    objects = _objects()
    ids = list(objects)
    catalogue = np.nan_to_num(embeddings_of(ids, [spec.identity])[spec.identity])
    return ranked(queries @ catalogue.T, [objects[pk] for pk in ids])


def standard(folder: Path) -> list[list[str]]:
    """The encoder with the preprocessing it was published with, on both sides."""
    from mmrec_app.encoders import ImageLimits
    from mmrec_app.encoders.image import decode_all
    from shop_demo.importing.folder import read_images

    names, data = zip(*read_images(folder), strict=True)
    encoder = _encoder("processor")
    catalogue = encoder.encode(decode_all(data, ImageLimits()))
    return ranked(encoder.encode(photos(folder)[1]) @ catalogue.T, list(names))


def ranked(scores: np.ndarray, names: list[str]) -> list[list[str]]:
    return [[names[column] for column in row] for row in np.argsort(-scores, axis=1)[:, :TOP]]


def pipeline(queries: np.ndarray) -> list[list[str]]:
    from mmrec_app.conf import conf
    from mmrec_app.embeddings.generations import lock_active
    from mmrec_app.embeddings.search import nearest, reading
    from mmrec_app.offline.tower import tower_of
    from mmrec_app.types import Filters

    objects = _objects()
    spec = next(spec for spec in conf().encoders if spec.modality == "image")
    with reading() as cursor:
        generation = lock_active()
        joint = tower_of(generation)({spec.identity: queries})
        return [
            [objects[pk] for pk, _ in nearest(cursor, generation.number, generation.dimension, row, TOP, Filters(), [])]
            for row in joint
        ]


def looked_at(folder: Path, split: str) -> list[dict[str, np.ndarray]]:
    """As a visitor's upload goes: made small, looked at whole and in the middle."""
    from mmrec_app.offline.query import query_vectors
    from mmrec_app.search.asking import small

    return [query_vectors("image", small(data)) for data in photo_files(folder, split)[1]]


def spread(photos: list[dict[str, np.ndarray]]) -> list[dict[str, np.ndarray]]:
    return [photos[n] for n in np.random.default_rng(0).permutation(len(photos))]


def remember(photos: list[dict[str, np.ndarray]]) -> None:
    from mmrec_app.embeddings.queries import store_query

    for vectors in photos:
        store_query(uuid4().hex, vectors)


def searched(photos: list[dict[str, np.ndarray]], nearest: Callable[..., list[Any]]) -> list[list[str]]:
    from mmrec_app.embeddings.search import reading
    from mmrec_app.recommend.engine import MAX_K
    from mmrec_app.types import Filters

    objects, found = _objects(), []
    for vectors in photos:
        with reading() as cursor:
            found.append([objects[pk] for pk, _ in nearest(cursor, vectors, MAX_K, Filters(), [])[:TOP]])
    return found


def by_cosine(cursor: Any, photo: dict[str, np.ndarray], *limits: Any) -> list[Any]:
    from mmrec_app.embeddings.queries import nearest_items

    return nearest_items(cursor, _without_colours(photo), *limits)


def by_what_differs(cursor: Any, photo: dict[str, np.ndarray], *limits: Any) -> list[Any]:
    from mmrec_app.search.photos import nearest_to_photo

    return nearest_to_photo(cursor, _without_colours(photo), *limits)


def by_everything(*asked: Any) -> list[Any]:
    from mmrec_app.search.photos import nearest_to_photo

    return nearest_to_photo(*asked)


def _without_colours(photo: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    from mmrec_app.encoders.spec import COLOURS

    return {encoder: vector for encoder, vector in photo.items() if encoder != COLOURS.identity}


def titles(folder: Path) -> dict[str, str]:
    import pyarrow.parquet as pq

    table = pq.read_table(folder / "items.parquet", columns=["item_id", "title"]).to_pydict()
    return dict(zip(map(str, table["item_id"]), table["title"], strict=True))


def by_class(labels: list[str], found: list[list[str]]) -> list[tuple[float, str, int]]:
    hits = defaultdict(list)
    for label, names in zip(labels, found, strict=True):
        hits[label].append(label in names[:TOP])
    return sorted(((float(np.mean(of)), label, len(of)) for label, of in hits.items()), reverse=True)


def projected(queries: np.ndarray, share: float, summed: bool = False) -> list[list[str]]:
    """The fitted projection in other forms: with `share` as its centring, or all modalities in the same dimensions."""
    from mmrec_app.conf import conf
    from mmrec_app.embeddings.vectors import embeddings_of
    from mmrec_app.training import projection

    objects, names = _objects(), [spec.identity for spec in conf().encoders]
    image = next(spec.identity for spec in conf().encoders if spec.modality == "image")
    found = embeddings_of(list(objects), names)
    served, projection.CENTRING = projection.CENTRING, share
    try:
        parts = [{name: found[name]} for name in names] if summed else [found]
        towers = [projection.fit_projection(part, conf().dimension) for part in parts]
    finally:
        projection.CENTRING = served
    joint = projection.unit(np.sum([tower(found) for tower in towers], axis=0))
    tower = next(tower for tower in towers if image in tower.encoders)
    return ranked(tower({image: queries}) @ joint.T, list(objects.values()))


def score(labels: list[str], found: list[list[str]], k: int) -> str:
    hits = defaultdict(list)
    for label, names in zip(labels, found, strict=True):
        hits[label].append(label in names[:k])
    return f"{np.mean([np.mean(of) for of in hits.values()]):.3f} ({np.mean(sum(hits.values(), [])):.3f})"


if __name__ == "__main__":
    main()
