from typing import Any

from django.utils.translation import gettext as djangos  # its own words, which ours need not repeat


def name_parts(field: Any) -> None:
    """A day and a time of day, for who does not see the words beside them: Django ties its label to neither."""
    for part, said in zip(field.widget.widgets, ("Date:", "Time:"), strict=True):
        part.attrs["aria-label"] = f"{field.label}: {djangos(said).rstrip(':')}"
