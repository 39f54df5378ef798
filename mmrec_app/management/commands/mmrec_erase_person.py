from typing import Any

from django.core.management.base import CommandParser

from mmrec_app.management.people import add_person, visitor_named
from mmrec_app.management.teaching import TaughtCommand
from mmrec_app.privacy import erase_person, erase_visitor


class Command(TaughtCommand):
    help = (
        "Deletes all that is kept of one person: what they did, and the lists they were shown. The shop's account and "
        "orders stay. What it deletes does not come back; mmrec_export_person writes it down before."
    )
    examples = (
        "mmrec_erase_person --user 3",
        "mmrec_erase_person --visitor 5f0c9d",
    )
    then = "What was learned of the person is in trained generations until the next training: mmrec_train."

    def add_arguments(self, parser: CommandParser) -> None:
        add_person(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        visitor = visitor_named(options)
        user = getattr(visitor, "user", None)
        gone = erase_person(user) if user is not None else erase_visitor(visitor)
        for name, count in gone.items():
            self.stdout.write(f"{count:>8}  {name}")
        if not gone:
            self.stdout.write("nothing is kept of this person.")
