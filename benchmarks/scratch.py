"""A database of its own for a benchmark, on the servers the environment names, dropped at the end."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def data_folder(name: str) -> Path:
    """A folder of real data beside the project, or under `MMREC_DATA`; the benchmark ends, saying so, without it."""
    folder = Path(os.environ.get("MMREC_DATA", ROOT.parent / "shared" / "data")) / name
    if not folder.is_dir():
        print(f"skipped: no data at {folder}; set MMREC_DATA to the folder that holds {name}")
        sys.exit(0)
    return folder


@contextmanager
def scratch_shop() -> Iterator[None]:
    """A migrated, empty shop. Start with `python -m shop_demo.servers run -- python -m benchmarks.NAME`."""
    import tempfile

    with tempfile.TemporaryDirectory() as media:
        os.environ["DJANGO_SETTINGS_MODULE"] = "shop_demo.settings"
        os.environ |= {"SECRET_KEY": "benchmark", "SHOP_VAR": media, "HF_HUB_OFFLINE": "1"}
        import django

        django.setup()
        logging.disable(logging.WARNING)
        from django.db import connection

        connection.settings_dict.get("OPTIONS", {}).pop("pool", None)
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db("shop", verbosity=0)
