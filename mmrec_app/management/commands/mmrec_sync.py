from typing import Any

from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from mmrec_app import tasks
from mmrec_app.catalogue import catalogues, source_of, sync
from mmrec_app.embeddings.claims import encode_again
from mmrec_app.management.teaching import TaughtCommand
from mmrec_app.models import Item


class Command(TaughtCommand):
    help = (
        "Brings the items in step with the products: adds what is new, updates what changed, removes what is gone. "
        "Run it once after installing, and after anything that bypasses Django's signals (bulk updates, raw SQL)."
    )
    examples = (
        "mmrec_sync",
        "mmrec_sync --source shop.product",
        "mmrec_sync --encode-again",
    )
    then = "Next: a worker encodes what is new, or mmrec_encode does so here and now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--source", help="Only this catalogue, by its label (shop.product); default: all.")
        parser.add_argument(
            "--encode-again", action="store_true", help="Encode everything again, changed or not (after a new encoder)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["source"] not in (None, *catalogues()):
            raise CommandError(f"no catalogue is called {options['source']!r}; there are {', '.join(catalogues())}.")
        for source, catalogue in catalogues().items():
            if options["source"] in (None, source):
                total = catalogue.queryset().count()
                with tqdm(total=total, desc=f"Reading {source}", disable=total < 200, leave=False) as bar:
                    result = sync(catalogue, bar.update)
                self.stdout.write(
                    f"{source}: {result.added} added, {result.changed} changed, {result.gone} gone, "
                    f"{result.unchanged} unchanged" + (f", {result.failed} failed (logged)" if result.failed else "")
                )
                if options["encode_again"]:
                    encode_again(Item.objects.filter(source=source_of(catalogue.model)))
        tasks.hint()
