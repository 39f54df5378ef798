import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from mmrec_app.management.people import add_person, visitor_named
from mmrec_app.management.teaching import TaughtCommand
from mmrec_app.privacy import export_visitor


class Command(TaughtCommand):
    help = "Writes all that is kept of one person as JSON, to answer who asks for their data."
    examples = (
        "mmrec_export_person --user 3 --out ada.json",
        "mmrec_export_person --visitor 5f0c9d",
    )
    then = "Next, if it is to be forgotten: mmrec_erase_person."

    def add_arguments(self, parser: CommandParser) -> None:
        add_person(parser)
        parser.add_argument("--out", type=Path, help="A file; default: here.")

    def handle(self, *args: Any, **options: Any) -> None:
        found = json.dumps(export_visitor(visitor_named(options)), cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
        if options["out"]:
            options["out"].write_text(found + "\n", encoding="utf-8")
        else:
            self.stdout.write(found)
