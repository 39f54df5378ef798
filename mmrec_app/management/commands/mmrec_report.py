from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from mmrec_app.embeddings.generations import active_generation
from mmrec_app.exceptions import MmrecError
from mmrec_app.management.teaching import TaughtCommand


class Command(TaughtCommand):
    help = (
        "Draws the figures of a trained generation, for which it trains small models to compare with, and keeps them "
        "where the admin shows them. Needs the [worker] extra; takes minutes."
    )
    examples = (
        "mmrec_report",
        "mmrec_report --generation 4 --out figures",
    )
    then = "Next: look at them on the generation's page in the admin."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--generation", type=int, metavar="N", help="By default the active one.")
        parser.add_argument("--out", type=Path, metavar="DIR", help="Write them there as well.")

    def handle(self, *args: Any, **options: Any) -> None:
        from mmrec_app.offline.report import report

        number, folder = options["generation"], options["out"]
        try:
            drawn = report(active_generation().number if number is None else number)
        except MmrecError as error:
            raise CommandError(str(error)) from error
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        for name, png in drawn.items():
            path = Path(name) if folder is None else folder / name
            if folder is not None:
                path.write_bytes(png)
            self.stdout.write(f"{path}  {len(png):,} bytes")
