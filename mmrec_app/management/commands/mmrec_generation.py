from typing import Any

from django.core.management.base import CommandError, CommandParser

from mmrec_app import tasks
from mmrec_app.embeddings.named import CAN_SERVE
from mmrec_app.exceptions import MmrecError
from mmrec_app.management.teaching import TaughtCommand
from mmrec_app.models import Generation
from mmrec_app.offline.gate import activate_generation, roll_back

BY = "command line"
FIGURES = ("ndcg@10", "recall@20")


class Command(TaughtCommand):
    help = "Says which generations can serve, and lets another one serve from the next request on."
    examples = ("mmrec_generation list", "mmrec_generation activate 3", "mmrec_generation rollback")
    then = "What changed while a generation did not serve is placed in it by a worker; mmrec_status says what waits."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "action",
            choices=("list", "activate", "rollback"),
            help="list: those that can serve. activate: lets N serve. rollback: lets the one before serve again.",
        )
        parser.add_argument("number", nargs="?", type=int, metavar="N", help="The generation that activate means.")

    def handle(self, *args: Any, **options: Any) -> None:
        action, number = options["action"], options["number"]
        if (action == "activate") != (number is not None):
            raise CommandError("activate takes the number of a generation, and only activate does.")
        if action == "list":
            for generation in Generation.objects.filter(CAN_SERVE):
                said = "  ".join(f"{name} {generation.metrics.get(name, '–')}" for name in FIGURES)
                self.stdout.write(f"{generation.number:>6}  {generation.state:<8}  {said}")
            return
        try:
            found = roll_back(BY) if action == "rollback" else activate_generation(number, BY)
        except MmrecError as error:
            raise CommandError(str(error)) from error
        tasks.hint()
        self.stdout.write(f"generation {found.number} serves")
