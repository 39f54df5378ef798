"""The film catalogue, end to end: import against a bare COPY, encoding, neighbours, serving against its bare SQL.

python -m shop_demo.servers run -- python -m benchmarks.films
"""

import io
import random
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from benchmarks.scratch import data_folder, scratch_shop

KNOWN = (
    "Toy Story (1995)",
    "Star Wars: Episode IV - A New Hope (1977)",
    "Alien (1979)",
    "Cinderella (1950)",
    "Pulp Fiction (1994)",
    "Psycho (1960)",
    "Terminator, The (1984)",
    "Annie Hall (1977)",
    "Saving Private Ryan (1998)",
    "Dumb & Dumber (1994)",
)


def main() -> None:
    folder = data_folder("movielens-1m-posters")
    with scratch_shop():
        importing(folder)
        encoding()
        neighbours()
        serving()
    print(f"torch imported by this process: {'torch' in sys.modules}")


def importing(folder: Path) -> None:
    from django.core.management import call_command

    from mmrec_app.models import Event
    from shop_demo.importing.events import load_interactions

    with redirect_stdout(io.StringIO()):
        call_command("mmrec_import", folder, splits="none")  # products and pictures only
    ours = timed(lambda: load_interactions(folder, folder.name, (), lambda count: None))
    rows = rows_of_events()
    same = timed(lambda: bare_copy(rows, "LIKE mmrec_app_event INCLUDING ALL", keys=True))
    none = timed(lambda: bare_copy(rows, "LIKE mmrec_app_event INCLUDING DEFAULTS INCLUDING IDENTITY", keys=False))
    print(f"import of {Event.objects.count():,} events: {ours:.1f} s")
    print(f"  bare COPY, same rows, indexes and foreign keys: {same:.1f} s -> {ours / same:.2f} ×")
    print(f"  bare COPY into a table without any: {none:.1f} s -> {ours / none:.2f} ×")


def rows_of_events() -> bytes:
    from django.db import connection

    out = io.BytesIO()
    columns = "visitor_id, item_id, kind, at, quantity, value"
    with connection.cursor() as cursor, cursor.copy(f"COPY (SELECT {columns} FROM mmrec_app_event) TO STDOUT") as copy:
        for block in copy:
            out.write(block)
    return out.getvalue()


def bare_copy(rows: bytes, like: str, keys: bool) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare ({like})")
        if keys:
            cursor.execute(
                "ALTER TABLE bare "
                "ADD FOREIGN KEY (visitor_id) REFERENCES mmrec_app_visitor DEFERRABLE INITIALLY DEFERRED,"
                "ADD FOREIGN KEY (item_id) REFERENCES mmrec_app_item DEFERRABLE INITIALLY DEFERRED"
            )
        with cursor.copy("COPY bare (visitor_id, item_id, kind, at, quantity, value) FROM STDIN") as copy:
            for start in range(0, len(rows), 1 << 20):
                copy.write(rows[start : start + (1 << 20)])
        cursor.execute("DROP TABLE bare")


def encoding() -> None:
    """In another process, as a worker would: this one must serve without torch."""
    import os
    import subprocess
    from urllib.parse import urlsplit, urlunsplit

    from django.db import connection

    from mmrec_app.models import Item

    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = os.environ | {"DATABASE_URL": urlunsplit(url)}
    for command in ("mmrec_encode", "mmrec_fit"):
        seconds = timed(
            lambda name=command: subprocess.run(
                [sys.executable, "manage.py", name], env=environment, check=True, capture_output=True
            )
        )
        print(f"{command}: {seconds:.0f} s")
    print(f"items left dirty: {Item.objects.filter(dirty_since__isnull=False).count()} of {Item.objects.count()}")


def neighbours() -> None:
    from mmrec_app.models import Item
    from mmrec_app.recommend import recommend

    for title in KNOWN:
        item = Item.objects.filter(title=title).first()
        if item is None:
            print(f"{title}: not in the catalogue")
            continue
        found = recommend("similar", item=item, k=5)
        items = Item.objects.in_bulk(found.item_ids)
        print(f"{title}: " + "; ".join(items[pk].title for pk in found.item_ids))


def serving(visitors: int = 200) -> None:
    """Whole `recommend('for_you')` against the nearest-neighbour statements it runs, one after the other."""
    from mmrec_app.embeddings import search
    from mmrec_app.models import Visitor
    from mmrec_app.recommend import recommend

    random.seed(0)
    chosen = random.sample(list(Visitor.objects.all()), visitors)
    for visitor in chosen[:20]:
        recommend("for_you", visitor=visitor)
    whole, bare, lengths = [], [], set()
    for visitor in chosen:
        ran: list[tuple[str, Any]] = []
        with recording(ran):
            lengths.add(len(recommend("for_you", visitor=visitor, k=12).items))
        whole.append(timed(lambda who=visitor: recommend("for_you", visitor=who, k=12)))
        with search.reading() as cursor:
            bare.append(timed(lambda: [fetch(cursor, *statement) for statement in ran]))  # noqa: B023
    ours, sql = statistics.median(whole) * 1000, statistics.median(bare) * 1000
    print(f"for_you lengths: {lengths}; median {ours:.2f} ms, its search SQL alone {sql:.2f} ms -> {ours / sql:.2f} ×")


class recording:  # noqa: N801 (reads as a context manager)
    """Notes the nearest-neighbour statements that run inside."""

    def __init__(self, ran: list[tuple[str, Any]]) -> None:
        self.ran = ran

    def __enter__(self) -> None:
        from django.db import connection

        def note(execute: Callable, sql: str, params: Any, many: bool, context: Any) -> Any:
            if "<#>" in sql:
                self.ran.append((sql, params))
            return execute(sql, params, many, context)

        self.wrapper = connection.execute_wrapper(note)
        self.wrapper.__enter__()

    def __exit__(self, *_: Any) -> None:
        self.wrapper.__exit__(None, None, None)


def fetch(cursor: Any, sql: str, params: Any) -> list[Any]:
    cursor.execute(sql, params)
    return cursor.fetchall()


def timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
