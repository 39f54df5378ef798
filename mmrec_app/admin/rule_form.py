"""The form of a rule: products by name in their order, conditions from what there is, mistakes beside their fields."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.utils.translation import gettext_lazy as _

from mmrec_app.admin.conditions import AttributesField, attributes, categories
from mmrec_app.admin.moments import name_parts
from mmrec_app.models import Item, Rule
from mmrec_app.recommend.checked import problems
from mmrec_app.recommend.placements import list_names

Action = Rule.Action


class InOrder(AutocompleteSelectMultiple):
    """Shows what is chosen in the order in which it was chosen; one by one it is taken out again."""

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> Any:
        """The button that takes out all at once stands in the list among its items, and no keyboard reaches it."""
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> Any:
        groups = super().optgroups(name, value, attrs)
        places = {each: place for place, each in enumerate(value)}
        for _name, options, _index in groups:
            options.sort(key=lambda option: places.get(str(option["value"]), len(places)))
        return groups


class ProductsField(forms.ModelMultipleChoiceField):
    """Items in the order in which they were sent."""

    def clean(self, value: Any) -> Any:
        found = {str(item.pk): item for item in super().clean(value)}
        return [found[each] for each in dict.fromkeys(map(str, value or ())) if each in found]


class RuleForm(forms.ModelForm):
    category = forms.ChoiceField(
        label=_("Category"), required=False, help_text=_("With everything below it."),
        widget=forms.Select(attrs={"class": "mmrec-search"}),
    )  # fmt: skip
    attributes = AttributesField(
        label=_("Attributes"), required=False, help_text=_("Brand, colour …: a product has all that are chosen."),
        widget=forms.SelectMultiple(attrs={"class": "mmrec-search"}),
    )  # fmt: skip
    placements = forms.MultipleChoiceField(
        label=_("Lists"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them. A pin names its lists."),
    )  # fmt: skip

    class Meta:
        model = Rule
        exclude = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "action" not in self.fields:  # they are only shown
            return
        rule: Rule = self.instance
        self.initial["items"] = rule.item_ids
        self.fields["action"].initial, self.fields["position"].initial = Action.PIN, 1
        self.fields["category"].choices = categories(rule.category)  # type: ignore[attr-defined]
        self.fields["attributes"].choices = attributes(rule.attributes)  # type: ignore[attr-defined]
        names = dict.fromkeys([*list_names(), *rule.placements])  # one that is gone is named until it is taken out
        self.fields["placements"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        for name in ("starts_at", "ends_at"):
            name_parts(self.fields[name])

    def clean(self) -> dict[str, Any]:
        """What belongs to another action is dropped; the rest is judged as the API judges it."""
        given = self.cleaned_data
        if given.get("action") != Action.PIN:
            given["position"] = None
        elif "position" in given and given["position"] is None:
            given["position"] = 1
        if given.get("action") not in (Action.BOOST, Action.BURY):
            given["factor"] = None
        for field, said in problems(self.as_it_stands, self.item_ids).items():
            if field not in self.errors:
                self.add_error(field, said)
        return given

    @property
    def as_it_stands(self) -> Rule:
        """What was sent, as a rule of its own: nothing is saved with it."""
        names = [field.attname for field in Rule._meta.concrete_fields]
        given = {name: value for name, value in self.cleaned_data.items() if name in names}
        return Rule(**{name: getattr(self.instance, name) for name in names} | given)

    @property
    def item_ids(self) -> list[int]:
        items: list[Item] = self.cleaned_data.get("items") or []
        return [item.pk for item in items]
