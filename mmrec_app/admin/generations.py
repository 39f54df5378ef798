import json
from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from mmrec_app.admin.readonly import ReadOnlyAdmin
from mmrec_app.models import Generation, ItemVector


@admin.register(Generation)
class GenerationAdmin(ReadOnlyAdmin):
    list_display = ["number", "state", "method", "items", "dimension", "created_at", "activated_at", "reason"]
    list_filter = ["state"]
    readonly_fields = ["items", "configuration"]
    fieldsets = [
        (None, {"fields": ["number", "state", "items", "dimension", "created_at", "activated_at", "reason"]}),
        (_("Configuration"), {"fields": ["configuration"]}),
    ]

    @admin.display(description=_("method"))
    def method(self, generation: Generation) -> str:
        return generation.config.get("method", "")

    @admin.display(description=_("placed items"))
    def items(self, generation: Generation) -> int:
        return ItemVector.objects.filter(generation=generation).count()

    @admin.display(description=_("configuration"))
    def configuration(self, generation: Generation) -> Any:
        return format_html("<pre>{}</pre>", json.dumps(generation.config, indent=2, ensure_ascii=False))
