from decimal import Decimal
from typing import Any

from rest_framework import serializers

from mmrec_app.models import EventKind
from mmrec_app.recommend import PLACEMENTS
from mmrec_app.recommend.engine import MAX_K

MAX_EVENTS = 100
FROM_BROWSERS = [kind for kind in EventKind.values if kind != EventKind.PURCHASE]


class ListQuerySerializer(serializers.Serializer):
    """Query parameters of a list."""

    k = serializers.IntegerField(default=12, min_value=1, max_value=MAX_K, help_text="How many items to return.")
    item = serializers.CharField(
        required=False, max_length=255, help_text="Primary key of the product that the list is about."
    )
    source = serializers.CharField(  # type: ignore[assignment]
        required=False, default="", max_length=100, help_text="Catalogue of `item` (app.model); by default the first."
    )
    category = serializers.CharField(
        required=False, max_length=500, help_text="Only from this category path and below, e.g. `Clothing > Dresses`."
    )
    price_min = serializers.DecimalField(required=False, max_digits=14, decimal_places=2, min_value=Decimal(0))
    price_max = serializers.DecimalField(required=False, max_digits=14, decimal_places=2, min_value=Decimal(0))


class CardSerializer(serializers.Serializer):
    source = serializers.CharField(help_text="The product's catalogue (app.model).")  # type: ignore[assignment]
    object_id = serializers.CharField(help_text="The product's primary key.")
    title = serializers.CharField()
    url = serializers.CharField()
    image = serializers.CharField(allow_blank=True)
    price = serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=True)
    currency = serializers.CharField(allow_blank=True)
    score = serializers.FloatField(help_text="Comparable within one `via` only.")
    via = serializers.CharField(help_text="The source that proposed it.")


class ListSerializer(serializers.Serializer):
    placement = serializers.ChoiceField(choices=list(PLACEMENTS))
    rung = serializers.CharField(help_text="Where on the ladder the list came from; `empty` when nothing can be shown.")
    generation = serializers.IntegerField(help_text="The model generation it was made with.")
    impression = serializers.UUIDField(allow_null=True, help_text="Send it along with clicks.")
    items = CardSerializer(many=True, source="cards")


class EventSerializer(serializers.Serializer):
    """One event. Who did it comes from the session or the signed cookie."""

    kind = serializers.ChoiceField(
        choices=EventKind.choices,
        # The default repeats the value, which may be a text that no answer can carry.
        error_messages={"invalid_choice": f"Unknown kind; kinds are {', '.join(FROM_BROWSERS)}."},
    )
    item = serializers.CharField(max_length=255, help_text="The product's primary key.")
    source = serializers.CharField(required=False, default="", max_length=100)  # type: ignore[assignment]
    quantity = serializers.IntegerField(required=False, default=1, min_value=1, max_value=10_000)
    impression = serializers.UUIDField(required=False, default=None, allow_null=True)
    key = serializers.CharField(
        required=False,
        default=None,
        allow_null=True,
        max_length=100,
        help_text="A retry with the same key is harmless.",
    )

    def validate_kind(self, kind: str) -> str:
        if kind not in FROM_BROWSERS:
            raise serializers.ValidationError(
                "A purchase is recorded by the shop's server: call mmrec_app.events.record('purchase', …) at checkout."
            )
        return kind


class EventsSerializer(serializers.Serializer):
    events = serializers.ListField(child=EventSerializer(), allow_empty=False, max_length=MAX_EVENTS)


class EventsResultSerializer(serializers.Serializer):
    stored = serializers.IntegerField()
    repeated = serializers.IntegerField(help_text="Events whose key had been used before.")
    unknown = serializers.ListField(child=serializers.CharField(), help_text="Products that no item stands for.")


def filters_of(query: dict[str, Any]) -> dict[str, Any]:
    return {name: query[name] for name in ("category", "price_min", "price_max") if name in query}
