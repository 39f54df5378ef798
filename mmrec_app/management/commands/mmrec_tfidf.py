from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from mmrec_app.catalogue import catalogues
from mmrec_app.encoders.clean import clean_text
from mmrec_app.management.teaching import TaughtCommand


class Command(TaughtCommand):
    help = "Fits a TF-IDF encoder to the texts of all catalogues and writes it to a folder, for MMREC['ENCODERS']."
    examples = ("mmrec_tfidf /srv/shop/tfidf --dimension 256",)
    then = "Next: name the folder in MMREC['ENCODERS'], then mmrec_sync --encode-again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="Where the encoder is written to; made if it is not there.")
        parser.add_argument("--dimension", type=int, default=256, help="Length of the vectors (default 256).")

    def handle(self, *args: Any, folder: Path, dimension: int, **options: Any) -> None:
        from mmrec_app.encoders.tfidf import fit

        texts = [
            clean_text(catalogue.text(product))
            for catalogue in catalogues().values()
            for product in catalogue.queryset().iterator(chunk_size=2000)
        ]
        made = fit(texts, folder, dimension)
        self.stdout.write(
            f"{len(texts)} texts, {made} dimensions, in {folder}. Name it in the settings, then encode again:\n"
            f'MMREC = {{"ENCODERS": {{"text": {{"kind": "tfidf", "model": "{folder.resolve()}"}}}}}}'
        )
