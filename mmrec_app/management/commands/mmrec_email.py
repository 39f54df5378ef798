import csv
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any
from urllib.parse import urljoin

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from mmrec_app.exceptions import MmrecError
from mmrec_app.mailing import BATCH, MailList, mail_lists
from mmrec_app.management.people import user_named
from mmrec_app.management.teaching import TaughtCommand
from mmrec_app.recommend import PLACEMENTS

COLUMNS = (
    "user", "email", "placement", "rung", "generation", "impression", "place", "source", "object_id", "title", "url",
    "image", "price", "currency", "reason",
)  # fmt: skip

FILTERS = ("site", "category", "price_min", "price_max")


class Command(TaughtCommand):
    help = (
        "Writes a list for each of many users, for a mailing: JSON lines, a user each, or CSV, a product each, by the "
        "ending of --out. The impressions are stored: put ?impression= into the links to have clicks credited. Who may "
        "be written to is for you to say: --users takes primary keys, or the word all for all active users, "
        "--users-file a file with one a line. A shop of several sites says with --site whose products these are."
    )
    examples = (
        "mmrec_email for_you --users all --out lists.csv --base-url https://shop.example",
        "mmrec_email for_you --users 3 17 --k 4 --out lists.jsonl",
    )
    then = "Lists of users without a past hold what is on the rise. docs/email.md has what to do with the files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("placement", choices=sorted(PLACEMENTS), help="Which list.")
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--users", nargs="+", metavar="ID", help="Primary keys, or: all.")
        who.add_argument("--users-file", type=Path, metavar="FILE", help="A primary key a line; - reads from stdin.")
        parser.add_argument("--out", type=Path, required=True, help="FILE.jsonl or FILE.csv.")
        parser.add_argument("--k", type=int, default=8, help="Products for each user (default 8).")
        parser.add_argument(
            "--site", type=int, help="Only products of this site, by primary key; logged with the list."
        )
        parser.add_argument("--category", default="", help="Only from this path and below.")
        parser.add_argument("--price-min", metavar="PRICE", help="Only what costs so much at least.")
        parser.add_argument("--price-max", metavar="PRICE", help="Only what costs so much at most.")
        parser.add_argument("--base-url", default="", help="https://shop.example, put before addresses without a host.")
        parser.add_argument("--batch", type=int, default=BATCH, help=f"Users in one transaction (default {BATCH}).")

    def handle(self, *args: Any, **options: Any) -> None:
        writer = {".jsonl": _json_lines, ".csv": _csv}.get(options["out"].suffix)
        if writer is None:
            raise CommandError(f"--out {options['out']} must end in .jsonl or .csv.")
        filters = {name: options[name] for name in FILTERS}
        users = _users(options["users"] or _keys(options["users_file"]))
        lists, count = mail_lists(options["placement"], users, options["k"], filters, options["batch"]), 0
        try:
            with options["out"].open("w", encoding="utf-8", newline="") as file:
                write = writer(file, options["base_url"])
                for made in lists:
                    write(made)
                    count += 1
        except MmrecError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} lists in {options['out']}")


def _keys(path: Path) -> list[str]:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"--users-file {path} cannot be read: {error}") from error
    return text.split()


def _users(keys: list[str]) -> Iterator[Any]:
    if keys == ["all"]:
        return get_user_model()._default_manager.filter(is_active=True).order_by("pk").iterator()
    return iter([user_named(key) for key in keys])


def _json_lines(file: IO[str], base: str) -> Callable[[MailList], Any]:
    def write(made: MailList) -> None:
        items = [{name: row[name] for name in COLUMNS[7:]} for row in _rows(made, base)]
        file.write(json.dumps(_head(made) | {"items": items}, cls=DjangoJSONEncoder, ensure_ascii=False) + "\n")

    return write


def _csv(file: IO[str], base: str) -> Callable[[MailList], Any]:
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    return lambda made: writer.writerows(
        {name: _harmless(value) for name, value in row.items()} for row in _rows(made, base)
    )


def _head(made: MailList) -> dict[str, Any]:
    head = {"user": made.user.pk, "email": getattr(made.user, "email", "")}
    return head | {name: getattr(made, name) for name in ("placement", "rung", "generation", "impression")}


def _rows(made: MailList, base: str) -> Iterator[dict[str, Any]]:
    for place, card in enumerate(made.cards, 1):
        said = {name: getattr(card, name) for name in ("source", "object_id", "title", "price", "currency", "reason")}
        addresses = {
            name: urljoin(base, getattr(card, name)) if getattr(card, name) else "" for name in ("url", "image")
        }
        yield _head(made) | {"place": place} | said | addresses


def _harmless(value: Any) -> Any:
    """A title that begins like a formula is no formula in a spreadsheet."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
