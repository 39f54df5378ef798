"""Who a command is about."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import CommandError, CommandParser

from mmrec_app.models import Visitor


def add_person(parser: CommandParser) -> None:
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--user", help="This user, by primary key.")
    who.add_argument("--visitor", help="This visitor, by key.")


def visitor_named(options: dict[str, Any]) -> Visitor | None:
    """None for a user of whom nothing is kept. Raises `CommandError` for somebody who does not exist."""
    if options["visitor"]:
        visitor = Visitor.objects.filter(key=options["visitor"]).first()
        if visitor is None:
            raise CommandError(f"no visitor has the key {options['visitor']!r}.")
        return visitor
    return Visitor.objects.filter(user=user_named(options["user"])).first() if options["user"] else None


def user_named(key: str) -> Any:
    try:
        return get_user_model()._default_manager.get(pk=key)
    except (ObjectDoesNotExist, ValueError, ValidationError) as error:
        raise CommandError(f"no user has the primary key {key!r}.") from error
