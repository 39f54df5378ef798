from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mmrec_app.measuring.dashboard import Selection, choices, earlier

USUAL = 28
PRESETS = (7, 28, 90)
MOST_DAYS = 400


class SelectionForm(forms.Form):
    """Which lists the dashboard tells of. What is left out, or cannot be, is as usual: the page always opens."""

    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    placement = forms.ChoiceField(label=_("List"), required=False)
    generation = forms.ChoiceField(label=_("Generation"), required=False)
    variant = forms.ChoiceField(label=_("Variant"), required=False)
    site = forms.ChoiceField(label=capfirst(_("site")), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = choices()
        self._offer("placement", [(name, name) for name in known.placements])
        self._offer("generation", [(str(number), str(number)) for number in known.generations])
        self._offer("variant", [(name, name) for name in known.variants])
        self._offer("site", [(str(number), name) for number, name in known.sites.items()])
        for name in ("variant", "site"):
            if not getattr(known, f"{name}s"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            self.add_error("since", _("These days end before they begin."))
        elif since and until and (until - since).days >= MOST_DAYS:
            self.add_error("since", _("At most %(days)d days at once.") % {"days": MOST_DAYS})
        return given

    @property
    def selection(self) -> Selection:
        given = self.cleaned_data if self.is_valid() else {}
        until = given.get("until") or today()
        since = given.get("since") or earlier(until, USUAL - 1)
        since = max(min(since, until), earlier(until, MOST_DAYS - 1))
        numbers = {name: int(given[name]) if given.get(name) else None for name in ("generation", "site")}
        return Selection(since, until, given.get("placement", ""), variant=given.get("variant", ""), **numbers)

    def _offer(self, name: str, options: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", _("all")), *options]  # type: ignore[attr-defined]


def today() -> date:
    return timezone.localdate(timezone=timezone.get_default_timezone())
