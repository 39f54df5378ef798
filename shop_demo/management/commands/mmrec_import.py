import time
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from mmrec_app.events import refresh_statistics
from mmrec_app.exceptions import MmrecError
from mmrec_app.management.teaching import TaughtCommand
from shop_demo.importing.events import load_interactions
from shop_demo.importing.products import load_images, load_products


class Command(TaughtCommand):
    help = (
        "Loads a folder (items.parquet, images.tar, interactions.parquet; docs/data.md) into the shop. It can be "
        "stopped and run again: what is loaded stays, what is missing is loaded."
    )
    examples = (
        "mmrec_import /data/amazon-beauty",
        "mmrec_import /data/movielens --splits train,val",
    )
    then = "Next: mmrec_encode, or a worker, encodes what came; mmrec_train learns from it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", type=Path, help="Where the files are; its name becomes part of the products' keys."
        )
        parser.add_argument("--splits", default="", help="Only these splits of the interactions: train,val")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not any((folder / file).exists() for file in ("items.parquet", "interactions.parquet")):
            raise CommandError(f"{folder} holds neither items.parquet nor interactions.parquet.")
        name = folder.resolve().name[:100]
        splits = tuple(filter(None, options["splits"].split(",")))
        self._timed("products", lambda bar: load_products(folder, name))
        self._timed("pictures", lambda bar: load_images(folder, name, bar.update))
        call_command("mmrec_sync", source="shop_demo.product", stdout=self.stdout)
        try:
            self._timed("events", lambda bar: load_interactions(folder, name, splits, bar.update))
        except MmrecError as error:
            raise CommandError(str(error)) from error
        refresh_statistics()

    def _timed(self, what: str, work: Any) -> None:
        start = time.monotonic()
        with tqdm(desc=what, unit="", leave=False) as bar:
            count = work(bar)
        said = f"{what}: {count:,}" if isinstance(count, int) else what
        self.stdout.write(f"{said} in {time.monotonic() - start:.1f} s")
