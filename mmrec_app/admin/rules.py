"""Rules of merchandisers: what lists do with some products, tried before it is saved."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Media
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from mmrec_app.admin.rule_form import InOrder, ProductsField, RuleForm
from mmrec_app.admin.rule_list import SHADES, ListFilter, StateFilter, about, doing, state_of, states, when
from mmrec_app.admin.try_form import TryForm
from mmrec_app.admin.trying import Trial, tried
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Rule


@admin.register(Rule)
class RuleAdmin(admin.ModelAdmin):
    form = RuleForm
    list_display = ["__str__", "doing", "about", "where", "state", "when"]
    list_filter = [StateFilter, "action", ListFilter]
    search_fields = ["note", "category", "items__title"]
    list_per_page = 50
    actions = ["switch_on", "switch_off"]
    fieldsets = [
        (None, {"fields": ["action", "position", "factor", "note"]}),
        (
            gettext_lazy("Which products"),
            {
                "fields": ["items", "category", "attributes", ("price_min", "price_max")],
                "description": gettext_lazy("Products by name, or all that meet every condition."),
            },
        ),
        (gettext_lazy("Where and when"), {"fields": ["placements", "active", "starts_at", "ends_at"]}),
        (gettext_lazy("Only on some sites"), {"fields": ["sites"], "classes": ["collapse"]}),
    ]
    change_form_template = "admin/mmrec_app/rule/change.html"
    change_list_template = "admin/mmrec_app/rule/list.html"

    @property
    def media(self) -> Media:
        script = ["admin/js/jquery.init.js", "mmrec_app/rules.js"]
        return super().media + Media(css={"all": ("mmrec_app/admin.css", "mmrec_app/rules.css")}, js=script)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.preview)
        return [path("preview/", view, name="mmrec_app_rule_preview"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rule]:
        return super().get_queryset(request).prefetch_related("items")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs |= {"form_class": ProductsField, "widget": InOrder(db_field, self.admin_site)}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Rule, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user.get_username()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.choose(form.item_ids)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"any": Rule.objects.exists(), "may_add": self.has_add_permission(request)}
        return super().changelist_view(request, context | (extra_context or {}))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        rule = self.get_object(request, object_id) if object_id else None
        trying = self._try_form(request, QueryDict(), rule)
        return super().changeform_view(
            request, object_id, form_url, {"trying": trying, "rule": rule} | (extra_context or {})
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["media"] += context["trying"].media
        return super().render_change_form(request, context, *args, **kwargs)

    @method_decorator(never_cache)
    def preview(self, request: HttpRequest) -> HttpResponse:
        """A list before and after: for a rule as its form stands, one that is saved, or none. It changes nothing."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        given = request.POST if request.method == "POST" else request.GET
        rule, item_ids, wrong = self._rule(request, given)
        trying = self._try_form(request, given, rule)
        trial, refused = _tried(trying, tuple(item_ids))
        context = self.admin_site.each_context(request) | {
            "title": _("Try a list"), "opts": self.opts, "media": self.media + trying.media, "trying": trying,
            "rule": rule, "state": rule and state_of(rule), "wrong": wrong, "trial": trial, "refused": refused,
        }  # fmt: skip
        return TemplateResponse(request, "admin/mmrec_app/rule/preview.html", context)

    def _rule(self, request: HttpRequest, given: QueryDict) -> tuple[Rule | None, list[int], list[tuple[Any, Any]]]:
        """(rule, what it is about, what is wrong with it: field and words)."""
        pk = given.get("rule", "")
        saved = Rule.objects.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 19 else None
        if "action" not in given:
            return saved, saved.item_ids if saved else [], []
        form: Any = self.get_form(request)(given, instance=saved or Rule())
        if form.is_valid():
            return form.as_it_stands, form.item_ids, []
        return None, [], [(form[name].label if name in form.fields else "", said) for name, said in form.errors.items()]

    def _try_form(self, request: HttpRequest, given: QueryDict, rule: Any) -> TryForm:
        may = {name for name in ("item", "visitor") if request.user.has_perm(f"mmrec_app.view_{name}")}
        return TryForm(given, self.admin_site, rule if isinstance(rule, Rule) else None, may)

    @admin.display(description=gettext_lazy("action"))
    def doing(self, rule: Rule) -> str:
        return doing(rule)

    @admin.display(description=gettext_lazy("products"))
    def about(self, rule: Rule) -> str:
        return about(rule)

    @admin.display(description=gettext_lazy("lists"))
    def where(self, rule: Rule) -> str:
        return ", ".join(rule.placements) or _("all lists")

    @admin.display(description=gettext_lazy("state"))
    def state(self, rule: Rule) -> Any:
        now = state_of(rule)
        return format_html('<span class="mmrec-state mmrec-state-{}">{}</span>', SHADES[now], states()[now])

    @admin.display(description=gettext_lazy("when"))
    def when(self, rule: Rule) -> str:
        return when(rule)

    @admin.action(description=gettext_lazy("Switch on"), permissions=["change"])
    def switch_on(self, request: HttpRequest, queryset: QuerySet[Rule]) -> None:
        self._switch(request, queryset, True)

    @admin.action(description=gettext_lazy("Switch off"), permissions=["change"])
    def switch_off(self, request: HttpRequest, queryset: QuerySet[Rule]) -> None:
        self._switch(request, queryset, False)

    def _switch(self, request: HttpRequest, queryset: QuerySet[Rule], active: bool) -> None:
        changed = list(queryset.exclude(active=active))
        Rule.objects.filter(pk__in=[rule.pk for rule in changed]).update(active=active)
        for rule in changed:
            self.log_change(request, rule, _("Switched on.") if active else _("Switched off."))
        said = ngettext("%(n)d rule was switched.", "%(n)d rules were switched.", len(changed))
        self.message_user(request, said % {"n": len(changed)}, messages.SUCCESS)


def _tried(trying: TryForm, item_ids: tuple[int, ...]) -> tuple[Trial | None, str]:
    """The trial, or why there is none."""
    if not trying.is_valid():
        said = trying.errors.items()
        return None, " ".join(f"{trying[name].label}: {' '.join(map(str, words))}" for name, words in said)
    try:
        return tried(trying.wish(item_ids)), ""
    except MmrecError as error:
        return None, str(error)
