import json
from typing import Any

from django.core.management.base import CommandParser
from django.db.models import Count, Min, Q
from django.utils import timezone

from mmrec_app.embeddings.claims import PARKED
from mmrec_app.embeddings.generations import active_generation
from mmrec_app.management.teaching import TaughtCommand
from mmrec_app.models import Event, Item


class Command(TaughtCommand):
    help = "Says how far the catalogue is encoded, which generation serves and how old the oldest waiting change is."
    examples = (
        "mmrec_status",
        "mmrec_status --json",
    )
    then = "Items that stay dirty: a worker is missing, or mmrec_encode does its work. Few items: mmrec_sync."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="One JSON object instead of lines.")

    def handle(self, *args: Any, **options: Any) -> None:
        status = _status()
        if options["json"]:
            self.stdout.write(json.dumps(status))
            return
        for name, value in status.items():
            self.stdout.write(f"{name:>20}  {value}")


def _status() -> dict[str, Any]:
    dirty = Q(dirty_since__isnull=False)
    counts = Item.objects.filter(removed_at=None).aggregate(
        items=Count("pk"),
        available=Count("pk", filter=Q(available=True)),
        dirty=Count("pk", filter=dirty & ~PARKED),
        parked=Count("pk", filter=PARKED),
        oldest=Min("dirty_since", filter=~PARKED),
    )
    oldest = counts.pop("oldest")
    waiting = round((timezone.now() - oldest).total_seconds(), 1) if oldest else 0
    return counts | {
        "oldest_change_s": waiting,
        "generation": active_generation().number,
        "events": Event.objects.count(),
    }
