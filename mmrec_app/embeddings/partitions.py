"""Tables of one generation: made beside the live ones, filled, indexed, then attached; dropped when it retires.

So a new generation never churns the index that serves, and an old one leaves no dead rows (see `docs/operations.md`).
"""

from typing import Any

VECTORS = "mmrec_app_itemvector"
NEIGHBOURS = "mmrec_app_itemneighbour"
KEYS = {VECTORS: "generation_id, item_id", NEIGHBOURS: "generation_id, item_id, rank"}


def name(table: str, generation: int) -> str:
    return f"{table}_g{int(generation)}"


def create(cursor: Any, generation: int) -> None:
    """Makes the generation's empty tables, not attached yet. Left-overs of a run that died are dropped first."""
    for table in KEYS:
        own = name(table, generation)
        cursor.execute(f"DROP TABLE IF EXISTS {own}")
        cursor.execute(f"CREATE TABLE {own} (LIKE {table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")


def index(cursor: Any, generation: int, dimension: int) -> None:
    """Keys and the HNSW index over `joint`, after the rows are in: many times faster than before."""
    for table, key in KEYS.items():
        own = name(table, generation)
        cursor.execute(f"ALTER TABLE {own} ADD PRIMARY KEY ({key})")
        # Lets ATTACH see without a scan that every row belongs here.
        cursor.execute(
            f"ALTER TABLE {own} ADD CONSTRAINT {own}_key CHECK (generation_id = {int(generation)}) NOT VALID"
        )
        cursor.execute(f"ALTER TABLE {own} VALIDATE CONSTRAINT {own}_key")
    own = name(VECTORS, generation)
    cursor.execute(
        f"CREATE INDEX {own}_joint ON {own} USING hnsw ((joint::halfvec({int(dimension)})) halfvec_ip_ops) "
        "WITH (m = 16, ef_construction = 100)"
    )
    cursor.execute(f"ANALYZE {own}")
    cursor.execute(f"ANALYZE {name(NEIGHBOURS, generation)}")


def index_popular(cursor: Any, generation: int) -> None:
    """For lists that weigh what is asked for most. Generation 0's table is older than the column."""
    own = name(VECTORS, generation)
    cursor.execute(f"CREATE INDEX {own}_popular ON {own} (popular DESC)")


def attach(cursor: Any, generation: int) -> None:
    for table in KEYS:
        cursor.execute(
            f"ALTER TABLE {table} ATTACH PARTITION {name(table, generation)} FOR VALUES IN ({int(generation)})"
        )


def drop(cursor: Any, generation: int) -> None:
    for table in KEYS:
        cursor.execute(f"DROP TABLE IF EXISTS {name(table, generation)}")
