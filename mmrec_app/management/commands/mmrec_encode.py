from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from mmrec_app.embeddings.claims import PARKED, WAITING
from mmrec_app.exceptions import EncoderError
from mmrec_app.management.teaching import TaughtCommand
from mmrec_app.models import Item
from mmrec_app.offline.encode import encode_dirty


class Command(TaughtCommand):
    help = "Encodes here and now what waits for a worker, beside any worker that runs. Needs the [worker] extra."
    examples = ("mmrec_encode",)
    then = "Next: mmrec_fit makes the first generation of a new catalogue; mmrec_status says what is left."

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(total=Item.objects.filter(WAITING).count(), desc="Encoding", leave=False) as bar:
            try:
                done = encode_dirty(bar.update)
            except EncoderError as error:
                raise CommandError(str(error)) from error
        parked = Item.objects.filter(PARKED).count()
        self.stdout.write(f"{done} items encoded, {parked} parked with an error (see the items in the admin)")
