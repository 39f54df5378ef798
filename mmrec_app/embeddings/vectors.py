"""Writes and reads vectors."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db import connections, router
from django.db.models.functions import Now
from numpy.typing import NDArray
from pgvector import HalfVector

from mmrec_app.embeddings import partitions
from mmrec_app.models import Generation, ItemNeighbour, ItemVector, ModalityVector
from mmrec_app.types import Embedding, Vector

MICROSECOND = timedelta(microseconds=1)


def parsed(text: str) -> Vector:
    """A halfvec as a cursor hands it over -> (d,) float32; the field's own way would make a list of floats first."""
    return np.fromstring(text[1:-1], np.float32, sep=",")


def store_embeddings(embeddings: Sequence[Embedding]) -> None:
    """Upserts encoder outputs, dated by the database's clock: workers and trainers need not agree on theirs."""
    rows = [
        ModalityVector(
            item_id=row.item_id,
            modality=row.modality,
            encoder=row.encoder,
            view=row.view,
            vector=HalfVector(row.vector),
            content_hash=row.content_hash,
            encoded_at=Now(),
        )
        for row in embeddings
    ]
    ModalityVector.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["item", "modality", "encoder", "view"],
        update_fields=["vector", "content_hash", "encoded_at"],
    )


def forget_embeddings(item_ids: Iterable[int], modality: str, encoder: str) -> None:
    """Removes what an item no longer has: its only picture was taken away. What is left of it counts as changed now."""
    rows = ModalityVector.objects.filter(item__in=list(item_ids))
    if rows.filter(modality=modality, encoder=encoder).delete()[0]:
        rows.update(encoded_at=Now())


def stored_hashes(item_ids: Iterable[int], encoder: str) -> dict[int, str]:
    rows = ModalityVector.objects.filter(item__in=list(item_ids), encoder=encoder, view=0)
    return dict(rows.values_list("item_id", "content_hash"))


def embeddings_of(item_ids: Sequence[int], encoders: Sequence[str]) -> dict[str, Vector]:
    """Encoder -> (N, d) in the order of `item_ids`, NaN where an item has none; encoders without vectors are absent."""
    place = {item_id: row for row, item_id in enumerate(item_ids)}
    found: dict[str, Vector] = {}
    with connections[router.db_for_read(ModalityVector)].cursor() as cursor:
        cursor.execute(
            "SELECT item_id, encoder, vector FROM mmrec_app_modalityvector "
            "WHERE item_id = ANY(%s) AND encoder = ANY(%s) AND view = 0",
            [list(item_ids), list(encoders)],
        )
        rows = cursor.fetchall()
    for item_id, encoder, text in rows:
        array = parsed(text)
        if encoder not in found:
            found[encoder] = np.full((len(item_ids), len(array)), np.nan, np.float32)
        found[encoder][place[item_id]] = array
    return found


def encoded_items(encoders: Sequence[str], since: datetime | None = None) -> list[int]:
    """Ids of items that have a vector of one of these encoders, written after `since` if that is given."""
    rows = ModalityVector.objects.filter(encoder__in=encoders, view=0, item__removed_at=None)
    if since is not None:
        rows = rows.filter(encoded_at__gte=since)
    return list(rows.order_by("item_id").values_list("item_id", flat=True).distinct())


def encoded_next(since: datetime, limit: int) -> tuple[list[int], datetime | None]:
    """About `limit` of the items encoded from `since` on, the earliest, and from when on others follow, if any do."""
    rows = ModalityVector.objects.filter(view=0, encoded_at__gte=since).order_by("encoded_at")
    found = list(rows.values_list("item_id", "encoded_at")[: limit + 1])
    if len(found) <= limit:
        return sorted({item_id for item_id, _ in found}), None
    until = found[-1][1]
    if until == found[0][1]:  # written in one statement: take all of it, or this would never end
        return sorted(set(rows.filter(encoded_at=until).values_list("item_id", flat=True))), until + MICROSECOND
    return sorted({item_id for item_id, at in found if at < until}), until


def encoder_dimensions(encoders: Sequence[str]) -> dict[str, int]:
    """Encoder -> length of its stored vectors, for those that have any. Looks at one row each."""
    with connections[router.db_for_read(ModalityVector)].cursor() as cursor:
        cursor.execute(
            "SELECT name, (SELECT vector_dims(vector) FROM mmrec_app_modalityvector WHERE encoder = name LIMIT 1) "
            "FROM unnest(%s::text[]) AS name",
            [list(encoders)],
        )
        return {name: dimension for name, dimension in cursor.fetchall() if dimension is not None}


def place(generation: Generation, item_ids: Sequence[int], joint: Vector, content: Vector, weights: Vector) -> None:
    """Upserts items' vectors (N, D) and weights (N, slots) in a live generation; an item whose row is zero loses the
    place it had."""
    somewhere = np.abs(joint).sum(axis=1) > 0
    ItemVector.objects.filter(
        generation=generation, item__in=[i for i, has in zip(item_ids, somewhere, strict=True) if not has]
    ).delete()
    rows = [
        ItemVector(
            generation=generation,
            item_id=item_id,
            joint=HalfVector(whole),
            content=HalfVector(part),
            weights=shares.tolist(),
        )
        for item_id, whole, part, shares, has in zip(item_ids, joint, content, weights, somewhere, strict=True)
        if has
    ]
    fields = ["joint", "content", "weights"]
    ItemVector.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["generation", "item"], update_fields=fields
    )


def copy_vectors(
    generation: int, item_ids: Sequence[int], joint: Vector, content: Vector, popular: Vector, weights: Vector
) -> None:
    """COPY of items' vectors (N, D), popularity (N,) and weights (N, slots) into a generation's own table, before it is
    indexed."""
    table = partitions.name(partitions.VECTORS, generation)
    statement = f"COPY {table} (generation_id, item_id, joint, content, popular, weights) FROM STDIN"
    with connections[router.db_for_write(ItemVector)].cursor() as cursor, cursor.copy(statement) as copy:
        for item_id, whole, part, asked, shares in zip(item_ids, joint, content, popular, weights, strict=True):
            vectors = HalfVector(whole).to_text(), HalfVector(part).to_text()
            copy.write_row((generation, int(item_id), *vectors, float(asked), shares.tolist()))


def copy_neighbours(generation: int, rows: Iterable[tuple[int, int, int, float]]) -> None:
    """COPY of (item, rank, neighbour, weight) into a generation's own table."""
    table = partitions.name(partitions.NEIGHBOURS, generation)
    statement = f"COPY {table} (generation_id, item_id, rank, neighbour_id, weight) FROM STDIN"
    with connections[router.db_for_write(ItemNeighbour)].cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row((generation, *row))


@dataclass(frozen=True)
class Place:
    """Where an item stands in a generation: `joint` and `content` (D,), and its popularity."""

    joint: Vector
    content: Vector
    popular: float


def places_of(generation: int, item_ids: Sequence[int]) -> Mapping[int, Place]:
    """Of those that have one."""
    with connections[router.db_for_read(ItemVector)].cursor() as cursor:
        cursor.execute(
            "SELECT item_id, halfvec_send(joint), halfvec_send(content), popular FROM mmrec_app_itemvector "
            "WHERE generation_id = %s AND item_id = ANY(%s)",
            [generation, list(item_ids)],
        )
        return {
            item_id: Place(from_binary(bytes(joint)), from_binary(bytes(content)), popular)
            for item_id, joint, content, popular in cursor.fetchall()
        }


def read_places(generation: int, item_ids: NDArray[np.int64], dimension: int) -> tuple[Vector, Vector, Vector]:
    """`joint` and `content` (N, D) of these items, zero where one has no place, and how popular each is (N,)."""
    joint, content = np.zeros((2, len(item_ids), dimension), np.float32)
    popular = np.zeros(len(item_ids), np.float32)
    rows = {item_id: row for row, item_id in enumerate(item_ids.tolist())}
    statement = (
        "COPY (SELECT item_id, joint, content, popular FROM mmrec_app_itemvector "
        f"WHERE generation_id = {int(generation)}) TO STDOUT (FORMAT BINARY)"
    )
    with connections[router.db_for_read(ItemVector)].cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types(["int8", "bytea", "bytea", "float8"])
        for item_id, whole, part, asked in copy.rows():
            if (row := rows.get(item_id)) is not None:
                joint[row], content[row], popular[row] = from_binary(whole), from_binary(part), asked
    return joint, content, popular


def read_neighbours(generation: int) -> NDArray[np.float64]:
    """(M, 3): item, neighbour, weight."""
    statement = (
        "COPY (SELECT item_id, neighbour_id, weight FROM mmrec_app_itemneighbour "
        f"WHERE generation_id = {int(generation)}) TO STDOUT (DELIMITER ' ')"
    )
    with connections[router.db_for_read(ItemNeighbour)].cursor() as cursor, cursor.copy(statement) as copy:
        blocks = [numbers(text, 3) for text in lines(copy)]
    return np.concatenate(blocks) if blocks else np.zeros((0, 3))


def from_binary(raw: bytes) -> Vector:
    """A halfvec as a binary COPY hands it over, its length and an unused word in front -> (d,)."""
    return np.frombuffer(raw, ">f2", offset=4).astype(np.float32)


def lines(copy: Any, size: int = 1 << 22) -> Iterator[str]:
    """Whole lines of a COPY in text, some megabytes at a time."""
    pending, length = list[bytes](), 0
    for block in copy:  # a row each: joined now and then, for adding them one by one would copy them as often
        pending.append(bytes(block))
        length += len(pending[-1])
        if length > size:
            whole, _, rest = b"".join(pending).rpartition(b"\n")
            yield whole.decode()
            pending, length = [rest], len(rest)
    if length:
        yield b"".join(pending).decode()


def numbers(text: str, columns: int) -> NDArray[np.float64]:
    """Lines of numbers between spaces -> (rows, columns)."""
    return np.fromstring(text, np.float64, sep=" ").reshape(-1, columns)


def looks_of(
    cursor: Any, generation: int, item_ids: Sequence[int], slots: Sequence[str]
) -> tuple[dict[int, Vector], dict[int, float]]:
    """Item -> its joint vector (D,); item -> how much of what its content says is seen rather than read, 0 to 1, where
    it has either, by what the `slots` weigh in it."""
    cursor.execute(
        "SELECT item_id, halfvec_send(joint), weights FROM mmrec_app_itemvector "
        "WHERE generation_id = %s AND item_id = ANY(%s)",
        [generation, list(item_ids)],
    )
    joint, looks = dict[int, Vector](), dict[int, float]()
    for item_id, raw, weights in cursor.fetchall():
        joint[item_id] = from_binary(bytes(raw))
        pairs = list(zip(slots, weights, strict=False))  # a generation of before there were weights has none
        seen, read = (sum(weight for slot, weight in pairs if slot == name) for name in ("image", "text"))
        if seen + read > 0:
            looks[item_id] = seen / (seen + read)
    return joint, looks


def vectors_of(generation: int, item_ids: Sequence[int]) -> Mapping[int, Vector]:
    """Item -> its joint vector (D,), for those that have a place."""
    return _of("joint", generation, item_ids)


def contents_of(generation: int, item_ids: Sequence[int]) -> Mapping[int, Vector]:
    """Item -> its content vector (D,), for those that have a place."""
    return _of("content", generation, item_ids)


def _of(column: str, generation: int, item_ids: Sequence[int]) -> Mapping[int, Vector]:
    if not item_ids:
        return {}
    with connections[router.db_for_read(ItemVector)].cursor() as cursor:
        cursor.execute(
            f"SELECT item_id, {column} FROM mmrec_app_itemvector WHERE generation_id = %s AND item_id = ANY(%s)",
            [generation, list(item_ids)],
        )
        return {item_id: parsed(text) for item_id, text in cursor.fetchall()}
