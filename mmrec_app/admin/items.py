from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mmrec_app import tasks
from mmrec_app.admin.readonly import ReadOnlyAdmin
from mmrec_app.embeddings.claims import PARKED, WAITING, encode_again, is_parked
from mmrec_app.measuring.health import without_picture, without_place
from mmrec_app.models import Generation, Item
from mmrec_app.recommend import recommend
from mmrec_app.recommend.serve import hydrate

NEIGHBOURS = 24


class EncodeState(admin.SimpleListFilter):
    title = _("encoding")
    parameter_name = "encoding"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("done", _("up to date")),
            ("waiting", _("waiting")),
            ("parked", _("failed")),
            ("removed", _("removed")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Item]) -> QuerySet[Item]:
        match self.value():
            case "done":
                return queryset.filter(dirty_since=None, removed_at=None)
            case "waiting":
                return queryset.filter(WAITING)
            case "parked":
                return queryset.filter(PARKED)
            case "removed":
                return queryset.filter(removed_at__isnull=False)
        return queryset


class Missing(admin.SimpleListFilter):
    """What is for sale and lacks something that lists want."""

    title = _("missing")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("picture", _("picture")), ("vectors", _("vectors"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Item]) -> QuerySet[Item]:
        match self.value():
            case "picture":
                return without_picture(queryset)
            case "vectors":
                return without_place(queryset)
        return queryset


@admin.register(Item)
class ItemAdmin(ReadOnlyAdmin):
    list_display = ["title", "category", "price", "available", "encoding", "neighbours_link"]
    list_filter = [EncodeState, Missing, "available", "source"]
    search_fields = ["title", "category", "=object_id"]
    ordering = ["-published_at"]
    list_per_page = 50
    actions = ["encode_selected_again"]
    readonly_fields = ["encoding", "encoded_with", "made_of", "neighbours_link"]
    fieldsets = [
        (None, {"fields": ["title", "source", "object_id", "category", "price", "currency", "available", "sites"]}),
        (_("Encoding"), {"fields": ["encoding", "encoded_with", "made_of", "last_error", "neighbours_link"]}),
        (_("Details"), {"fields": ["attributes", "published_at", "removed_at"], "classes": ["collapse"]}),
    ]

    def has_encode_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("mmrec_app.change_item")

    @admin.display(description=_("encoding"), ordering="dirty_since")
    def encoding(self, item: Item) -> Any:
        if item.removed_at:
            return _("removed")
        if item.dirty_since is None:
            return format_html("{} ⚠", _("up to date")) if item.last_error else _("up to date")
        if is_parked(item):
            return format_html('<b class="errornote">{}</b>', _("failed"))
        return _("waiting for %(time)s") % {"time": timesince(item.dirty_since, timezone.now())}

    @admin.display(description=_("encoded with"))
    def encoded_with(self, item: Item) -> str:
        rows = item.modality_vectors.filter(view=0).order_by("modality").defer("vector")
        lines = [f"{row.modality}: {row.encoder}, {localtime(row.encoded_at):%Y-%m-%d %H:%M:%S}" for row in rows]
        return "\n".join(lines) or str(_("nothing yet"))

    @admin.display(description=_("place made of"))
    def made_of(self, item: Item) -> str:
        """What text, picture and behaviour weigh in it, by the fusion of the generation that serves."""
        place = item.vectors.filter(generation__state=Generation.State.ACTIVE).select_related("generation").first()
        slots = place.generation.config.get("slots", ()) if place else ()
        weights = place.weights if place else ()
        return " · ".join(f"{slot} {weight:.0%}" for slot, weight in zip(slots, weights, strict=False))

    @admin.display(description=_("neighbours"))
    def neighbours_link(self, item: Item) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:mmrec_app_item_neighbours", args=[item.pk]), _("show neighbours")
        )

    @admin.action(description=_("Encode again"), permissions=["encode"])
    def encode_selected_again(self, request: HttpRequest, queryset: QuerySet[Item]) -> None:
        count = encode_again(queryset)
        tasks.hint()
        said = ngettext("%(count)d item will be encoded again.", "%(count)d items will be encoded again.", count)
        self.message_user(request, said % {"count": count}, messages.SUCCESS)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.neighbours)
        return [path("<int:pk>/neighbours/", view, name="mmrec_app_item_neighbours"), *super().get_urls()]

    def neighbours(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the shop shows beside this item, with pictures and scores."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        item = Item.objects.filter(pk=pk).first()
        if item is None:
            raise Http404(f"There is no item {pk}.")
        found = recommend("similar", item=item, k=NEIGHBOURS)
        context = self.admin_site.each_context(request) | {
            "title": _("Neighbours of %(item)s") % {"item": item},
            "item": item,
            "list": found,
            "cards": hydrate(found.items),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/mmrec_app/item/neighbours.html", context)
