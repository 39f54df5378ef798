"""A command whose --help ends with how it is used and what to run next."""

from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandParser, DjangoHelpFormatter


class TaughtCommand(BaseCommand):
    examples: ClassVar[tuple[str, ...]] = ()
    """What is typed after `manage.py`."""
    then: ClassVar[str] = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        lines = ["Examples:", *(f"  manage.py {example}" for example in self.examples)]
        epilog = "\n".join([*lines, "", self.then])
        return super().create_parser(prog_name, subcommand, epilog=epilog, formatter_class=_LineByLine, **kwargs)


class _LineByLine(DjangoHelpFormatter):
    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """An example stays on its line, to be copied."""
        return "\n".join(
            line if line.startswith(" ") else super(_LineByLine, self)._fill_text(line, width, indent)
            for line in text.splitlines()
        )
