"""Celery beat's schedule in the database, where edits last. Beat alone imports it; it needs django-celery-beat."""

from collections.abc import Mapping
from typing import Any

from django_celery_beat.schedulers import DatabaseScheduler


class KeptSchedule(DatabaseScheduler):
    """Writes the entries of `CELERY_BEAT_SCHEDULE` that the tables lack, and none that they have: what was changed in
    the admin outlives a restart, which django-celery-beat's own scheduler overwrites."""

    def update_from_dict(self, mapping: Mapping[str, dict[str, Any]]) -> None:
        known = set(self.Model.objects.filter(name__in=mapping).values_list("name", flat=True))
        super().update_from_dict({name: _in_seconds(entry) for name, entry in mapping.items() if name not in known})


def _in_seconds(entry: dict[str, Any]) -> dict[str, Any]:
    """The tables know a lifetime in seconds by another name than Celery, and drop what they do not know."""
    options = dict(entry.get("options", {}))
    if "expires" in options:
        options["expire_seconds"] = options.pop("expires")
    return entry | {"options": options}
