"""What a rule may be about, as choices: the catalogue's categories, and the attributes that its products have."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import connections, router
from django.utils.translation import gettext as _

from mmrec_app.models import Item

LATEST = 20_000
"""Products that are looked at for what attributes there are."""
NAMES = 40
VALUES = 100
"""Of one name; the most frequent."""

ATTRIBUTES = """
SELECT each.key, each.value::text FROM (
    SELECT attributes FROM mmrec_app_item WHERE available ORDER BY published_at DESC LIMIT %s
) AS item, jsonb_each(CASE jsonb_typeof(item.attributes) WHEN 'object' THEN item.attributes ELSE '{}' END) AS each
WHERE jsonb_typeof(each.value) IN ('string', 'number', 'boolean')
GROUP BY 1, 2 ORDER BY count(*) DESC, 1, 2
"""

Groups = list[tuple[str, list[tuple[str, str]]]]


def categories(also: str = "") -> list[tuple[str, str]]:
    """Every category with those above it, and one that a rule names though nothing is in it any more."""
    paths = Item.objects.filter(removed_at=None).exclude(category="").values_list("category", flat=True).distinct()
    parts = [path.split(" > ") for path in paths]
    known = {" > ".join(part[:depth]) for part in parts for depth in range(1, len(part) + 1)}
    return [("", _("any category")), *((path, path) for path in sorted(known | ({also} if also else set())))]


def attributes(also: Mapping[str, Any]) -> Groups:
    """Name -> its values, each as `["colour", "red"]` in JSON; `also` those that a rule names."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name, value in also.items():
        found[name][_pair(name, value)] = _shown(name, value)
    with connections[router.db_for_read(Item)].cursor() as cursor:
        cursor.execute(ATTRIBUTES, [LATEST])
        for name, text in cursor.fetchall():
            value = json.loads(text)
            if len(found[name]) < VALUES:
                found[name].setdefault(_pair(name, value), _shown(name, value))
    named = list(found)[:NAMES]
    return [(name, sorted(found[name].items(), key=lambda pair: pair[1])) for name in named]


class AttributesField(forms.MultipleChoiceField):
    """Name -> value, chosen from what there is."""

    def prepare_value(self, value: Any) -> Any:
        return [_pair(*pair) for pair in value.items()] if isinstance(value, Mapping) else value

    def clean(self, value: Sequence[str] | None) -> Any:
        pairs = [tuple(json.loads(each)) for each in super().clean(value)]
        if len(pairs) > len(dict(pairs)):
            raise ValidationError(_("No product has two values of one attribute: choose one of each."))
        return dict(pairs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def _pair(name: str, value: Any) -> str:
    return json.dumps([name, value], ensure_ascii=False)


def _shown(name: str, value: Any) -> str:
    return f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
