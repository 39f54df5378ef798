from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mmrec_app.exceptions import MmrecError
from mmrec_app.offline.fit import fit


class Command(BaseCommand):
    help = "Makes a new generation whose projection is fitted to the encoded catalogue, and activates it."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            generation = fit(started_by="command line")
        except MmrecError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"generation {generation.number} is active ({generation.config['items']} items)")
