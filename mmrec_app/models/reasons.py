"""Why a generation serves or does not: kept as an English sentence beside what it names, said in the reader's language.

A sentence is a msgid, marked by `gettext_noop` where it is kept.
"""

import json
from typing import Any

from django.utils.translation import gettext, gettext_lazy

NOBODY = {
    "somebody": gettext_lazy("somebody"),
    "schedule": gettext_lazy("schedule"),
    "command line": gettext_lazy("command line"),
}
"""Who starts, activates and stops without being a user."""


def who(by: str) -> str:
    return str(NOBODY.get(by, by))


def kept(sentence: str, **named: Any) -> str:
    """One line of `Generation.reason`."""
    return json.dumps({"said": sentence, "with": named}, ensure_ascii=False)


def in_words(reason: str) -> str:
    """What was kept, line by line. An error's own words, or those of an earlier version, stay as they are."""
    return "\n".join(map(_line, reason.split("\n")))


def _line(line: str) -> str:
    try:
        found = json.loads(line)
        sentence, named = found["said"], dict(found["with"])
    except (ValueError, TypeError, KeyError):
        return line
    return gettext(sentence) % {name: who(value) if name == "by" else value for name, value in named.items()}
