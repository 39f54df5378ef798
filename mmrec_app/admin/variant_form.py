"""A variant of an experiment in fields. What is stored is the mapping that a placement has in the settings."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mmrec_app.embeddings.named import CAN_SERVE
from mmrec_app.exceptions import MmrecError
from mmrec_app.lists import check_variant
from mmrec_app.measuring.experiments import HOLDOUT
from mmrec_app.models import Generation, Variant
from mmrec_app.recommend.placements import CHANGES, KNOWN, list_names

AS_IT_IS = ("", gettext_lazy("as in the list"))
SOURCES = gettext_lazy("Sources")
PLACES = 6
"""Rungs that can be chosen; more where a variant that the API made has more."""
WORDS = {
    "personal": gettext_lazy("by the visitor's taste"),
    "near_history": gettext_lazy("near what the visitor touched lately"),
    "trending": gettext_lazy("on the rise"),
    "trending_elsewhere": gettext_lazy("on the rise in other categories"),
    "popular": gettext_lazy("popular"),
    "similar": gettext_lazy("similar products"),
    "stored": gettext_lazy("similar products, by a look-up"),
    "same_category": gettext_lazy("popular in the same category"),
    "bought_with": gettext_lazy("bought together"),
    "bought_elsewhere": gettext_lazy("bought together, from other categories"),
    "goes_with": gettext_lazy("what goes with it"),
    "completes": gettext_lazy("other categories in its style"),
    "newest": gettext_lazy("newest"),
    "recent": gettext_lazy("viewed by the visitor"),
    "again": gettext_lazy("due to be bought again"),
}


class RungsField(forms.MultiValueField):
    """Names of sources, best first, each chosen from all there are."""

    def __init__(self, places: int = PLACES, **kwargs: Any) -> None:
        sources = [(name, format_lazy("{} ({})", WORDS[name], name)) for name in sorted(KNOWN)]
        chosen = [forms.ChoiceField(choices=[("", "–"), *sources], required=False) for _n in range(places)]
        selects = [
            forms.Select(attrs={"aria-label": format_lazy("{} {}", SOURCES, n + 1)}, choices=field.choices)  # type: ignore[arg-type]
            for n, field in enumerate(chosen)
        ]
        super().__init__(chosen, widget=_Selects(selects), require_all_fields=False, required=False, **kwargs)

    def compress(self, data_list: list[str]) -> list[str]:
        return list(dict.fromkeys(filter(None, data_list)))


class _Selects(forms.MultiWidget):
    def decompress(self, value: Any) -> list[str]:
        return [*(value or ()), *[""] * (len(self.widgets) - len(value or ()))]


class PairsField(forms.CharField):
    """`category: 0.25, brand: 2`"""

    def prepare_value(self, value: Any) -> Any:
        return (
            ", ".join(f"{name}: {number:g}" for name, number in value.items()) if isinstance(value, Mapping) else value
        )

    def to_python(self, value: Any) -> Any:
        found = {}
        for part in filter(None, map(str.strip, (value or "").split(","))):
            name, _colon, number = part.rpartition(":")
            try:
                found[name.strip()] = float(number)
            except ValueError:
                said = _("“%(part)s” is no pair: write a name, a colon and a number, such as category: 0.25.")
                raise ValidationError(said % {"part": part}) from None
        return found or None


def _share(label: Any, help_text: Any) -> forms.FloatField:
    widget = forms.NumberInput(attrs={"step": "0.05"})
    return forms.FloatField(label=label, help_text=help_text, required=False, min_value=0, max_value=1, widget=widget)


def _days(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, required=False, min_value=0, max_value=365)


def _flag(label: Any) -> forms.TypedChoiceField:
    choices = [AS_IT_IS, ("true", gettext_lazy("yes")), ("false", gettext_lazy("no"))]
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=lambda value: value == "true", empty_value=None, required=False
    )


class VariantForm(forms.ModelForm):
    """What is left empty is as in the list."""

    rungs = RungsField(label=SOURCES)
    mode = forms.ChoiceField(
        label=gettext_lazy("Similar by"), required=False,
        choices=[
            AS_IT_IS, ("both", gettext_lazy("looks and words")), ("looks", gettext_lazy("looks")),
            ("reads", gettext_lazy("words")),
        ],
    )  # fmt: skip
    diversity = _share(
        gettext_lazy("Diversity"),
        gettext_lazy("0: as relevant as can be; to 1: as different from each other as can be."),
    )
    caps = PairsField(
        label=gettext_lazy("Not too many of one"), required=False,
        help_text=gettext_lazy("Such as category: 0.25, brand: 2. A count, or below 1 a share of the list."),
    )  # fmt: skip
    rotation = _days(
        gettext_lazy("Rotation"),
        gettext_lazy("Places that a product sinks each time this shopper saw it here and left it."),
    )
    rotation_days = _days(gettext_lazy("Rotation looks back (days)"))
    exploration = _share(
        gettext_lazy("Exploration"), gettext_lazy("Share of the places for what is new and hardly known.")
    )
    exploration_days = _days(gettext_lazy("New is at most so old (days)"))
    weights = PairsField(
        label=gettext_lazy("Weights of the signals"), required=False,
        help_text=gettext_lazy(
            "Such as linear: 1, popular: 0.2. Signals are neural, content, linear and popular; of a search meaning, "
            "words and taste."
        ),
    )  # fmt: skip
    generation = forms.TypedChoiceField(label=gettext_lazy("Generation"), required=False, coerce=int, empty_value=None)
    hides_purchased = _flag(gettext_lazy("Leaves out what was just bought"))
    hides_cart = _flag(gettext_lazy("Leaves out what is in the cart"))
    needs_context = _flag(gettext_lazy("Is about products"))

    class Meta:
        model = Variant
        fields = ("name", "weight")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = self.instance.overrides
        rungs = stored.get("rungs", [])
        places = max(PLACES, len(rungs))
        self.fields["rungs"] = RungsField(
            places, label=SOURCES,
            help_text=_("From the first to the last, until the list is full. Empty: as in the list."),
        )  # fmt: skip
        numbers = Generation.objects.filter(CAN_SERVE).values_list("number", flat=True)
        self.fields["generation"].choices = [AS_IT_IS, *((number, number) for number in numbers)]  # type: ignore[attr-defined]
        for name, value in stored.items():
            self.initial[name] = str(value).lower() if isinstance(value, bool) else value
        self.initial["rungs"] = [*rungs, *[""] * (places - len(rungs))]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if name == HOLDOUT:
            raise ValidationError(_("“%(name)s” is the name of those who see no list.") % {"name": name})
        return name

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        overrides = {name: given[name] for name in CHANGES if given.get(name) not in (None, "", [])}
        placement = self.data.get("placement", "")
        if not self.errors and placement in list_names():
            try:
                check_variant(placement, overrides)
            except MmrecError as error:
                raise ValidationError(str(error)) from error
        self.instance.overrides = overrides
        return given
