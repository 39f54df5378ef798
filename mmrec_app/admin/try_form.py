"""What a merchandiser wants to see before a rule is saved: which list, for whom, about what, with which settings."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib.admin.sites import AdminSite
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mmrec_app.admin.conditions import attributes
from mmrec_app.admin.trying import Wish
from mmrec_app.models import Event, Item, Rule, Visitor
from mmrec_app.recommend import PLACEMENTS
from mmrec_app.recommend.placements import SEARCH, list_names, list_of

SETTINGS = ("diversity", "exploration", "rotation", "cap", "capped")
MOST = 48


class TryForm(forms.Form):
    """Everything may be left out: then it is `for_you`, or the first list of the rule, for somebody unknown."""

    prefix = "try"

    placement = forms.ChoiceField(label=_("List"), required=False)
    words = forms.CharField(
        label=_("Words"), required=False, max_length=200, help_text=_("What the list “search” is asked for.")
    )
    item = forms.ModelChoiceField(
        Item.objects.all(), label=_("Product"), required=False, help_text=_("Of a list that is about one.")
    )
    visitor = forms.ModelChoiceField(
        Visitor.objects.all(), label=_("Shopper"), required=False, help_text=_("None: somebody new.")
    )
    k = forms.IntegerField(label=_("How many"), required=False, min_value=1, max_value=MOST)
    diversity = forms.FloatField(
        label=_("Diversity"), required=False, min_value=0, max_value=1,
        help_text=_("0: as relevant as can be; to 1: as different from each other as can be."),
        widget=forms.NumberInput(attrs={"step": "0.05"}),
    )  # fmt: skip
    exploration = forms.FloatField(
        label=_("Exploration"), required=False, min_value=0, max_value=1,
        help_text=_("Share of the places for what is new and hardly known."),
        widget=forms.NumberInput(attrs={"step": "0.05"}),
    )  # fmt: skip
    rotation = forms.IntegerField(
        label=_("Rotation"), required=False, min_value=0, max_value=100,
        help_text=_("Places that a product sinks each time this shopper saw it here and left it."),
    )  # fmt: skip
    capped = forms.ChoiceField(label=_("Not too many of one"), required=False)
    cap = forms.FloatField(
        label=_("At most"), required=False, min_value=0.01, max_value=200,
        help_text=_("A count, or below 1 a share of the list."), widget=forms.NumberInput(attrs={"step": "any"}),
    )  # fmt: skip

    def __init__(self, data: QueryDict, site: AdminSite, rule: Rule | None, may_choose: Collection[str]) -> None:
        names = [name for name in rule.placements if name in list_names()] if rule else []
        usual = {"placement": next(iter(names or PLACEMENTS)), "k": Wish.k}
        super().__init__({self.add_prefix(name): value for name, value in usual.items()} | data.dict())
        self.rule = rule
        self._offer("placement", [(name, name) for name in list_names()])
        self._offer("capped", [("category", _("category")), *((name, name) for name, _values in attributes({}))])
        widgets = {
            "item": AutocompleteSelect(Rule._meta.get_field("items"), site),
            "visitor": AutocompleteSelect(Event._meta.get_field("visitor"), site),
        }
        for name, widget in widgets.items():
            if name in may_choose:
                self.fields[name].widget, widget.is_required = widget, False
                widget.choices = self.fields[name].choices  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("placement") == SEARCH and not self.cleaned_data.get("words"):
            self.add_error("words", self.fields["words"].error_messages["required"])
        return self.cleaned_data

    def wish(self, item_ids: tuple[int, ...] = ()) -> Wish:
        """Call when it is valid."""
        given = self.cleaned_data
        placement = given["placement"] or next(iter(PLACEMENTS))
        changes = {name: given[name] for name in ("diversity", "exploration", "rotation") if given[name] is not None}
        if given["cap"] is not None:
            changes["caps"] = {**list_of(placement).caps, given["capped"] or "category": given["cap"]}
        here = self.rule is not None and (not self.rule.placements or placement in self.rule.placements)
        return Wish(
            placement, given["k"] or Wish.k, given.get("item"), given.get("visitor"), changes, self.rule, item_ids,
            here, given["words"],
        )  # fmt: skip

    @property
    def who(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in SETTINGS]

    @property
    def settings(self) -> list[forms.BoundField]:
        return [field for field in self if field.name in SETTINGS]

    def _offer(self, name: str, options: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = options  # type: ignore[attr-defined]
