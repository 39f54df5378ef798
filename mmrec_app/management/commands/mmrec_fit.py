from typing import Any

from django.core.management.base import CommandError

from mmrec_app.exceptions import MmrecError
from mmrec_app.management.teaching import TaughtCommand
from mmrec_app.offline.fit import fit


class Command(TaughtCommand):
    help = "Makes a new generation whose projection is fitted to the encoded catalogue, and activates it."
    examples = ("mmrec_fit",)
    then = "Next: mmrec_recommend shows what its lists are like; mmrec_train learns from what visitors did."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            generation = fit(started_by="command line")
        except MmrecError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"generation {generation.number} is active ({generation.config['items']} items)")
