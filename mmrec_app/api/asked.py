"""What a list is asked for in a query string: how many, within what, about which products."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound

from mmrec_app.api.base import QuerySerializer
from mmrec_app.catalogue import catalogues
from mmrec_app.catalogue.items import find_item, find_items
from mmrec_app.models import Item
from mmrec_app.recommend.engine import MAX_K

MOST_PRODUCTS = 200
MOST_ATTRIBUTES = 20
MOST = 1e15
"""Of a number that a fact can be."""
REFERENCE = "its primary key, with its catalogue before a colon where that is not `source`: `shop.book:978`."


class FilterSerializer(QuerySerializer):
    k = serializers.IntegerField(default=12, min_value=1, max_value=MAX_K, help_text="How many items to return.")
    category = serializers.CharField(
        required=False, max_length=500, help_text="Only from this category path and below, e.g. `Clothing > Dresses`."
    )
    price_min = serializers.DecimalField(required=False, max_digits=14, decimal_places=2, min_value=Decimal(0))
    price_max = serializers.DecimalField(required=False, max_digits=14, decimal_places=2, min_value=Decimal(0))
    attribute = serializers.ListField(
        child=serializers.CharField(max_length=400),
        required=False,
        max_length=MOST_ATTRIBUTES,
        help_text="Repeated: a fact that all items have, `colour:red`.",
    )

    def validate_attribute(self, facts: list[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for fact in facts:
            name, colon, value = fact.partition(":")
            if not (name and colon):
                raise serializers.ValidationError(
                    _("%(fact)r has no name and value; one is `colour:red`.") % {"fact": fact}
                )
            if found.setdefault(name, value) != value:
                raise serializers.ValidationError(_("No product has two values of one attribute: choose one of each."))
        return found

    @property
    def filters(self) -> dict[str, Any]:
        """As `recommend` takes them."""
        given = self.validated_data
        found = {name: given[name] for name in ("category", "price_min", "price_max") if name in given}
        if facts := given.get("attribute"):
            found["attributes"] = {name: _as_kept(name, value) for name, value in facts.items()}
        return found


class ProductsField(serializers.ListField):
    def __init__(self, **options: Any) -> None:
        child = serializers.CharField(max_length=400)
        super().__init__(child=child, required=False, default=list, max_length=MOST_PRODUCTS, **options)


class ListQuerySerializer(FilterSerializer):
    item = serializers.CharField(
        required=False, max_length=255, help_text="Primary key of the product that the list is about."
    )
    items = ProductsField(help_text=f"Repeated: what the list is about, the cart say. Of each {REFERENCE}")
    source = serializers.CharField(  # type: ignore[assignment]
        required=False,
        default="",
        max_length=100,
        help_text="Catalogue (app.model) of the products named here; by default the first.",
    )
    exclude = ProductsField(help_text=f"Repeated: what the list must not hold. Of each {REFERENCE}")

    @property
    def options(self) -> dict[str, Any]:
        """Those of `recommended_list`. Of several products the unknown are passed over, as long as one is known."""
        given, item = self.validated_data, None
        if "item" in given and (item := find_item(given["item"], given["source"])) is None:
            raise NotFound(_("no item stands for product %(key)r.") % {"key": given["item"]})
        items = self._found(given["items"])
        if given["items"] and not items:
            said = _("no item stands for any of the products %(keys)s.")
            raise NotFound(said % {"keys": ", ".join(given["items"])})
        about = {"item": item, "items": items, "exclude": self._found(given["exclude"])}
        return about | {"k": given["k"], "filters": self.filters}

    def _found(self, references: Iterable[str]) -> list[Item]:
        keys = [self._key(each) for each in references]
        found = find_items(keys)
        return [found[key] for key in keys if key in found]

    def _key(self, reference: str) -> tuple[str, str]:
        source, colon, key = reference.partition(":")
        return (source, key) if colon and source in catalogues() else (self.validated_data["source"], reference)


def _as_kept(name: str, text: str) -> Any:
    """What an address says is a text; where an item has it as a number or as true or false, that is meant."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    if not isinstance(value, bool | int | float) or not abs(value) < MOST:
        return text
    return value if Item.objects.filter(attributes__contains={name: value}).exists() else text
