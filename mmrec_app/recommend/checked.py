"""What is wrong with a rule, before it is saved: for the admin's form and for the API."""

from collections.abc import Collection
from typing import Any, cast

from django.db.models import Field
from django.utils.translation import gettext as _

from mmrec_app.models import Rule
from mmrec_app.recommend.placements import list_names

FACTORS = (1.0, 1000.0)
MOVES = (Rule.Action.BOOST, Rule.Action.BURY)


def problems(rule: Rule, item_ids: Collection[int]) -> dict[str, str]:
    """Field -> what is wrong with it and what to do, for a rule about these items; empty if it can be."""
    found = _about(rule, bool(item_ids)) | _places(rule)
    for low, high in (("price_min", "price_max"), ("starts_at", "ends_at")):
        first, last = getattr(rule, low), getattr(rule, high)
        if first is not None and last is not None and first > last:
            other = cast("Field[Any, Any]", Rule._meta.get_field(low)).verbose_name
            found[high] = _("It lies before “%(other)s”: exchange them, or leave one empty.") % {"other": other}
    least, most = FACTORS
    if rule.action in MOVES and rule.factor is not None and not least < rule.factor <= most:
        said = _("%(value)s is no factor: from above %(least)s, 2 is usual, to %(most)s.")
        found["factor"] = said % {"value": f"{rule.factor:g}", "least": f"{least:g}", "most": f"{most:g}"}
    return found


def _about(rule: Rule, named: bool) -> dict[str, str]:
    """One that is switched off may be about nothing: what it named may be gone."""
    bounded = rule.price_min is not None or rule.price_max is not None
    conditions = bool(rule.category or rule.attributes or bounded)
    if rule.action == Rule.Action.PIN and conditions:
        return {"items": _("A pin takes products by name: leave the conditions empty, or take another action.")}
    if named and conditions:
        return {"items": _("Either products by name, or conditions: leave one of them empty.")}
    if rule.active and not (named or conditions):
        return {"items": _("It is about nothing: name products, or set a condition.")}
    return {}


def _places(rule: Rule) -> dict[str, str]:
    names = list_names()
    if unknown := sorted(set(rule.placements) - set(names)):
        said = _("There is no list “%(name)s”; there are %(names)s.")
        return {"placements": said % {"name": unknown[0], "names": ", ".join(names)}}
    if rule.action == Rule.Action.PIN and rule.active and not rule.placements:
        return {"placements": _("A pin names its lists: one place cannot suit all of them.")}
    return {}
