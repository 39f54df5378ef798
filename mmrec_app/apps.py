from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MmrecConfig(AppConfig):
    name = "mmrec_app"
    label = "mmrec_app"
    verbose_name = _("Recommendations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mmrec_app import checks, signals  # noqa: F401

        signals.connect()
        post_migrate.connect(migrated, sender=self)


def migrated(sender: AppConfig, **_: Any) -> None:
    from django.db import connection

    from mmrec_app.embeddings.generations import ensure_first_generation
    from mmrec_app.models import Generation

    if Generation._meta.db_table in connection.introspection.table_names():  # not so after migrating back to zero
        ensure_first_generation()
