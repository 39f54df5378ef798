from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MmrecConfig(AppConfig):
    name = "mmrec_app"
    label = "mmrec_app"
    verbose_name = _("Recommendations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from mmrec_app import checks, signals  # noqa: F401

        signals.connect()
