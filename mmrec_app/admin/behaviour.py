from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mmrec_app.admin.readonly import ReadOnlyAdmin
from mmrec_app.admin.writing import named_arm
from mmrec_app.measuring.dashboard import sites
from mmrec_app.models import Event, Impression, Visitor


class BehaviourAdmin(ReadOnlyAdmin):
    """Names its site only where there are several, so that a row fits on the page."""

    list_per_page = 50

    class Media:
        css = {"all": ["mmrec_app/admin.css"]}

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [name for name in self.list_display if name != "site" or sites()]


@admin.register(Event)
class EventAdmin(BehaviourAdmin):
    list_display = ["at", "kind", "item", "visitor", "quantity", "value", "currency", "site"]
    list_filter = ["kind", "at"]
    list_select_related = ["item", "visitor"]
    search_fields = ["=visitor__key", "item__title"]
    ordering = ["-id"]


@admin.register(Impression)
class ImpressionAdmin(BehaviourAdmin):
    list_display = ["at", "placement", "rung", "number", "arm", "visitor", "length", "seen_at", "site"]
    list_filter = ["placement", "rung", "at"]
    list_select_related = ["visitor"]
    search_fields = ["=visitor__key"]
    ordering = ["-at"]
    exclude = ["variant"]
    readonly_fields = ["arm"]

    @admin.display(description=_("generation"), ordering="generation", empty_value="–")
    def number(self, impression: Impression) -> int | None:
        return impression.generation_id

    @admin.display(description=_("variant"))
    def arm(self, impression: Impression) -> str:
        return named_arm(impression.variant)

    @admin.display(description=_("items"))
    def length(self, impression: Impression) -> int:
        return len(impression.items)


@admin.register(Visitor)
class VisitorAdmin(ReadOnlyAdmin):
    list_display = ["key", "user", "created_at", "events_count"]
    search_fields = ["=key", "user__username"]
    list_select_related = ["user"]
    ordering = ["-id"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Visitor]:
        return super().get_queryset(request).annotate(events_total=Count("events"))

    def has_delete_permission(self, request: HttpRequest, obj: Visitor | None = None) -> bool:
        """Erasing a person is what this page is for: their events and impressions go with them."""
        return request.user.has_perm("mmrec_app.delete_visitor")

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """Events and impressions go with their visitor, though nobody may delete one by itself."""
        visitors = list(objs)
        counts = {
            str(Visitor._meta.verbose_name_plural): len(visitors),
            str(Event._meta.verbose_name_plural): Event.objects.filter(visitor__in=visitors).count(),
            str(Impression._meta.verbose_name_plural): Impression.objects.filter(visitor__in=visitors).count(),
        }
        return list(map(str, visitors)), counts, set(), []

    @admin.display(description=_("events"))
    def events_count(self, visitor: Visitor) -> int:
        return visitor.events_total  # type: ignore[attr-defined]
