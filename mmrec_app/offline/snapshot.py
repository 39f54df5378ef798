"""The database as training reads it: what was encoded and what was done, as arrays; rows 0…N-1 are items."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import connections, router
from psycopg import sql

from mmrec_app.conf import conf
from mmrec_app.embeddings.vectors import from_binary, lines, numbers
from mmrec_app.models import Event, EventKind, Item, ModalityVector
from mmrec_app.training.data import Floats, Ints, Ragged, TrainingSet

KINDS = tuple(kind for kind in EventKind.values if kind != EventKind.DISMISS)
FEWEST = 4
"""Different items that a visitor must have met before some of them are held out."""
HASH = np.uint64(0x9E3779B97F4A7C15)

# Repeats are still in it: `collapsed` takes them out.
EVENTS = """
COPY (
    SELECT event.visitor_id, event.item_id, array_position({kinds}::text[], event.kind::text) - 1,
           extract(epoch FROM {now}::timestamptz - event.at) / 86400
    FROM mmrec_app_event AS event JOIN mmrec_app_item AS item ON item.id = event.item_id
    WHERE item.removed_at IS NULL AND event.kind = ANY({kinds}) AND event.at <= {now}
      AND ({days} = 0 OR event.at > {now}::timestamptz - make_interval(days => {days}))
    ORDER BY event.visitor_id, event.at, event.id
) TO STDOUT (DELIMITER ' ')
"""

VECTORS = """
COPY (
    SELECT vector.item_id, vector.view, vector.vector
    FROM mmrec_app_modalityvector AS vector JOIN mmrec_app_item AS item ON item.id = vector.item_id
    WHERE item.removed_at IS NULL AND vector.encoder = {encoder}
) TO STDOUT (FORMAT BINARY)
"""


@dataclass(frozen=True)
class Snapshot:
    """`item_ids` (N,) and `visitor_ids` (U,) say whom the rows of `data` stand for."""

    data: TrainingSet
    item_ids: Ints
    visitor_ids: Ints


@dataclass(frozen=True)
class Log:
    """Events in the order of their visitors and times: four columns of one length."""

    visitors: Ints
    items: Ints
    kinds: Ints
    days: Floats


def take_snapshot(now: datetime) -> Snapshot:
    """Everything up to `now`, but the items that are removed."""
    log = collapsed(read_events(now))
    encoders = [spec.identity for spec in conf().encoders]
    with connections[router.db_for_read(ModalityVector)].cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT item_id FROM mmrec_app_modalityvector WHERE encoder = ANY(%s) AND view = 0", [encoders]
        )
        encoded = np.fromiter((row[0] for row in cursor), np.int64)
    here = np.fromiter(Item.objects.filter(removed_at=None).values_list("pk", flat=True).iterator(), np.int64)
    item_ids = np.intersect1d(np.union1d(encoded, log.items), here)
    log = Log(*(column[np.isin(log.items, item_ids)] for column in vars(log).values()))
    visitor_ids, users = np.unique(log.visitors, return_inverse=True)
    rows = np.searchsorted(item_ids, log.items)
    train, valid, test = split(users, rows, log, visitor_ids, conf().held_out)
    features, views = read_vectors(item_ids, encoders)
    modalities = {spec.identity: spec.modality for spec in conf().encoders}
    data = TrainingSet(
        len(item_ids), train, valid, test, True, features, views, modalities, _categories(item_ids), KINDS
    )
    return Snapshot(data, item_ids, visitor_ids)


def read_events(now: datetime) -> Log:
    statement = sql.SQL(EVENTS).format(
        kinds=sql.Literal(list(KINDS)), now=sql.Literal(now), days=sql.Literal(conf().history_days)
    )
    with connections[router.db_for_read(Event)].cursor() as cursor, cursor.copy(statement) as copy:
        blocks = [numbers(text, 4) for text in lines(copy)]
    table = np.concatenate(blocks) if blocks else np.zeros((0, 4))
    visitors, items, kinds = (table[:, column].astype(np.int64) for column in range(3))
    return Log(visitors, items, kinds, table[:, 3].astype(np.float32))


def collapsed(log: Log) -> Log:
    """An item that a visitor met several times in a row counts once, by the last of them."""
    following = (log.visitors[1:] == log.visitors[:-1]) & (log.items[1:] == log.items[:-1])
    kept = ~np.append(following, False) if len(log.items) else np.zeros(0, bool)
    return Log(*(column[kept] for column in vars(log).values()))


def split(users: Ints, rows: Ints, log: Log, visitor_ids: Ints, held_out: int) -> tuple[Ragged, Ragged, Ragged]:
    """Of some visitors the last item that was new to them is the test and the one before it validation; what they did
    from there on is left out. Everybody else trains with all they did."""
    count = len(visitor_ids)
    places = np.arange(len(users))
    pairs = users * (int(rows.max(initial=0)) + 1) + rows
    firsts = np.sort(np.unique(pairs, return_index=True)[1])
    starts = np.searchsorted(users[firsts], np.arange(count + 1))
    chosen = asked(visitor_ids, np.flatnonzero(np.diff(starts) >= FEWEST), held_out)
    valid, test = firsts[starts[chosen + 1] - 2], firsts[starts[chosen + 1] - 1]
    ends = np.full(count, len(users))
    ends[chosen] = valid
    parts = places < ends[users], np.isin(places, valid), np.isin(places, test)
    kinds = log.kinds.astype(np.int8)
    train, validation, last = (
        Ragged.grouped(users[part], rows[part], count, kinds[part], log.days[part]) for part in parts
    )
    return train, validation, last


def asked(visitor_ids: Ints, able: Ints, held_out: int) -> Ints:
    """At most `held_out` of those who are able, by a hash of who they are: who was held out of one generation's
    training stays so, or the older of two would have seen what both are judged by."""
    if len(able) <= held_out:
        return able
    mixed = visitor_ids[able].astype(np.uint64) * HASH
    mixed ^= mixed >> np.uint64(31)
    return np.sort(able[np.argsort(mixed * HASH, kind="stable")[:held_out]])


def read_vectors(item_ids: Ints, encoders: list[str]) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Encoder -> (N, d), and encoder -> (V, N, d) of the augmented views; NaN where an item has none."""
    features: dict[str, Floats] = {}
    views: dict[str, Floats] = {}
    for encoder in encoders:
        found = dict(_read_encoder(item_ids, encoder))
        if 0 in found:
            features[encoder] = found.pop(0)
            if found:
                views[encoder] = np.stack([found[view] for view in sorted(found)])
    return features, views


def _read_encoder(item_ids: Ints, encoder: str) -> dict[int, Floats]:
    """View -> (N, d)."""
    found: dict[int, Floats] = {}
    places = {item_id: row for row, item_id in enumerate(item_ids.tolist())}
    statement = sql.SQL(VECTORS).format(encoder=sql.Literal(encoder))
    with connections[router.db_for_read(ModalityVector)].cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types(["int8", "int2", "bytea"])
        for item_id, view, raw in copy.rows():
            row = from_binary(raw)
            if view not in found:
                found[view] = np.full((len(item_ids), len(row)), np.nan, np.float32)
            if item_id in places:
                found[view][places[item_id]] = row
    return found


def _categories(item_ids: Ints) -> tuple[str, ...]:
    named = dict(Item.objects.filter(removed_at=None).values_list("pk", "category").iterator())
    return tuple(named.get(item_id, "") for item_id in item_ids.tolist())
