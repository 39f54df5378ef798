from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from mmrec_app.api.base import QuerySerializer, Staff
from mmrec_app.measuring.dashboard import UNTIMED, Figures, Selection, earlier, overview
from mmrec_app.measuring.health import health

USUAL = 28
MOST_DAYS = 400
COUNTS = ("handed", "seen", "clicked", "clicks", "carts", "carts_assisted", "bought", "bought_assisted")
RATES = ("ctr", "cart_rate", "conversion")
FIGURES = {
    "handed": 5210, "seen": 3905, "clicked": 410, "clicks": 455, "carts": 61, "carts_assisted": 20, "bought": 24,
    "bought_assisted": 9, "ctr": 0.105, "cart_rate": 0.134, "conversion": 0.053,
    "money": [{"currency": "EUR", "direct": "1480.00", "assisted": "412.50"}], "covered": 640,
    "latency_ms": [9.0, 21.0, 40.0],
}  # fmt: skip
METRICS = {
    "since": "2026-03-01",
    "until": "2026-03-28",
    "total": FIGURES,
    "shop": FIGURES,
    "days": {"2026-03-28": FIGURES},
    "placements": {"for_you": FIGURES},
    "generations": {"4": FIGURES},
    "variants": {"diverse": FIGURES},
    "rungs": {"for_you": {"personal": 4100, "popular": 1110}},
    "latency_ms": {"": [9.0, 21.0, 40.0]},
    "covered": 640,
    "for_sale": 704,
    "health": {"items": 704, "without_picture": 2, "without_place": 0, "waiting": 0, "oldest_wait": None, "failed": 1},
}


class MetricsQuerySerializer(QuerySerializer):
    since = serializers.DateField(required=False, help_text=f"First day; by default {USUAL} days up to `until`.")
    until = serializers.DateField(required=False, help_text="Last day; by default today.")
    placement = serializers.CharField(required=False, default="", max_length=50)
    generation = serializers.IntegerField(required=False, default=None, min_value=0, max_value=2**31 - 1)
    variant = serializers.CharField(required=False, default="", max_length=160)
    site = serializers.IntegerField(required=False, default=None, min_value=0, max_value=2**31 - 1)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        until = given.setdefault("until", timezone.localdate())
        since = given.setdefault("since", earlier(until, USUAL - 1))
        if since > until:
            raise serializers.ValidationError({"since": _("These days end before they begin.")})
        if (until - since).days >= MOST_DAYS:
            raise serializers.ValidationError({"since": _("At most %(most)s days at once.") % {"most": MOST_DAYS}})
        return given


class MoneySerializer(serializers.Serializer):
    currency = serializers.CharField()
    direct = serializers.DecimalField(max_digits=16, decimal_places=2, help_text="Bought after a click.")
    assisted = serializers.DecimalField(max_digits=16, decimal_places=2, help_text="Bought after a look alone.")


class FiguresSerializer(serializers.Serializer):
    """What lists brought together (docs/measuring.md)."""

    handed = serializers.IntegerField()
    seen = serializers.IntegerField()
    clicked = serializers.IntegerField()
    clicks = serializers.IntegerField()
    carts = serializers.IntegerField()
    carts_assisted = serializers.IntegerField()
    bought = serializers.IntegerField()
    bought_assisted = serializers.IntegerField()
    ctr = serializers.FloatField(allow_null=True)
    cart_rate = serializers.FloatField(allow_null=True)
    conversion = serializers.FloatField(allow_null=True)
    money = MoneySerializer(many=True)
    covered = serializers.IntegerField(
        allow_null=True, help_text="Products for sale that were seen in these lists; null where that was not counted."
    )
    latency_ms = serializers.ListField(
        child=serializers.FloatField(allow_null=True), source="latency", help_text="Percentiles 50, 95, 99."
    )


class HealthSerializer(serializers.Serializer):
    items = serializers.IntegerField()
    without_picture = serializers.IntegerField()
    without_place = serializers.IntegerField()
    waiting = serializers.IntegerField()
    oldest_wait = serializers.DateTimeField(allow_null=True)
    failed = serializers.IntegerField()


class MetricsSerializer(serializers.Serializer):
    since = serializers.DateField()
    until = serializers.DateField()
    total = FiguresSerializer()
    shop = FiguresSerializer(help_text="Of the whole shop, with what was bought without any list.")
    days = serializers.DictField(child=FiguresSerializer())
    placements = serializers.DictField(child=FiguresSerializer())
    generations = serializers.DictField(child=FiguresSerializer())
    variants = serializers.DictField(child=FiguresSerializer())
    rungs = serializers.DictField(child=serializers.DictField(child=serializers.IntegerField()))
    latency_ms = serializers.DictField(
        child=serializers.ListField(child=serializers.FloatField(allow_null=True)),
        help_text="Placement, or '' for all -> its own.",
    )
    covered = serializers.IntegerField(allow_null=True, help_text="That of `total`.")
    for_sale = serializers.IntegerField()
    health = HealthSerializer()


class MetricsView(Staff):
    """What the lists brought, as the dashboard shows it."""

    permissions = {"GET": "view_dailyfigure"}

    @extend_schema(
        operation_id="metrics",
        tags=["measuring"],
        parameters=[MetricsQuerySerializer],
        responses=MetricsSerializer,
        examples=[OpenApiExample("Four weeks", METRICS, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        query = MetricsQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        found = overview(Selection(**query.validated_data))
        told = {
            "since": found.selection.since,
            "until": found.selection.until,
            "total": _figures(found.total),
            "shop": _figures(found.shop),
            "latency_ms": _timed({"": found.total} | dict(found.placements)),
            "covered": found.total.covered,
            "health": vars(health()),
        }
        for name in ("days", "placements", "generations", "variants"):
            told[name] = {str(key): _figures(each) for key, each in getattr(found, name).items()}
        told |= {name: getattr(found, name) for name in ("rungs", "for_sale")}
        return Response(MetricsSerializer(told).data)


def _figures(each: Figures) -> dict[str, Any]:
    return {name: getattr(each, name) for name in (*COUNTS, *RATES, "money", "covered", "latency")}


def _timed(groups: Mapping[str, Figures]) -> dict[str, tuple[float | None, ...]]:
    return {name: each.latency for name, each in groups.items() if each.latency != UNTIMED}
