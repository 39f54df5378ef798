from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import ListCreateAPIView, RetrieveUpdateDestroyAPIView
from rest_framework.serializers import BaseSerializer

from mmrec_app.api.base import PagedQuerySerializer, Pages, Staff
from mmrec_app.models import Item, Rule
from mmrec_app.recommend.checked import problems

RULE = {
    "id": 7,
    "action": "boost",
    "items": [],
    "category": "Clothing > Dresses",
    "attributes": {"colour": "red"},
    "price_min": None,
    "price_max": "120.00",
    "placements": ["for_you"],
    "sites": [],
    "position": None,
    "factor": 2.0,
    "active": True,
    "starts_at": "2026-12-01T00:00:00Z",
    "ends_at": "2026-12-27T00:00:00Z",
    "note": "Red dresses before Christmas",
    "created_at": "2026-11-20T10:00:00Z",
    "created_by": "mira",
}
MADE = ("id", "created_at", "created_by")
ONE = OpenApiExample("A rule", RULE, response_only=True)
ASKED = OpenApiExample("Red dresses up", {name: RULE[name] for name in RULE if name not in MADE}, request_only=True)


class ItemIdsField(serializers.ManyRelatedField):
    """Ids in the order that was given, in which pins stand."""

    def __init__(self, **options: Any) -> None:
        child = serializers.PrimaryKeyRelatedField(queryset=Item.objects.all())
        super().__init__(child_relation=child, **options)

    def get_attribute(self, instance: Rule) -> list[Item]:
        return [Item(pk=pk) for pk in instance.item_ids]


class RuleSerializer(serializers.ModelSerializer):
    items = ItemIdsField(required=False, help_text="Ids of items, as `GET items/` has them; pins stand in this order.")
    attributes = serializers.DictField(required=False, help_text="Name and value, all of which an item has.")
    factor = serializers.FloatField(required=False, allow_null=True, min_value=0.001, max_value=1000)

    class Meta:
        model = Rule
        fields = [*RULE]
        read_only_fields = MADE

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        known = {name: getattr(self.instance, name) for name in RULE if self.instance and name != "items"}
        rule = Rule(**known | {name: value for name, value in given.items() if name != "items"})
        items = [item.pk for item in given["items"]] if "items" in given else rule.item_ids
        if found := problems(rule, items):
            raise serializers.ValidationError(found)
        return given

    def create(self, given: dict[str, Any]) -> Rule:
        return self._chosen(super().create, given)

    def update(self, rule: Rule, given: dict[str, Any]) -> Rule:
        return self._chosen(partial(super().update, rule), given)

    def _chosen(self, write: Callable[[dict[str, Any]], Rule], given: dict[str, Any]) -> Rule:
        items = given.pop("items", None)
        rule = write(given)
        if items is not None:
            rule.choose(item.pk for item in items)
        return rule


class RuleQuerySerializer(PagedQuerySerializer):
    action = serializers.ChoiceField(choices=Rule.Action.choices, required=False)
    active = serializers.BooleanField(required=False, allow_null=True, default=None)
    placement = serializers.CharField(required=False, max_length=50, help_text="Rules that this list heeds.")

    @property
    def condition(self) -> Q:
        given = self.validated_data
        found = Q(action=given["action"]) if "action" in given else Q()
        found &= Q(active=given["active"]) if given["active"] is not None else Q()
        named = Q(placements=[]) | Q(placements__contains=[given.get("placement")])
        return found & named if "placement" in given else found


@extend_schema(tags=["rules"], examples=[ONE, ASKED])
@extend_schema_view(
    get=extend_schema(operation_id="rules", parameters=[RuleQuerySerializer]),
    post=extend_schema(operation_id="addRule"),
)
class RulesView(Staff, ListCreateAPIView):
    """What lists do with some products, from the next request on; the latest rule first."""

    permissions = {"GET": "view_rule", "POST": "add_rule"}
    serializer_class = RuleSerializer
    pagination_class = Pages
    queryset = Rule.objects.order_by("-id")

    def get_queryset(self) -> QuerySet[Rule]:
        if self.request.method != "GET":
            return super().get_queryset()
        query = RuleQuerySerializer(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        return super().get_queryset().filter(query.condition)

    def perform_create(self, serializer: BaseSerializer[Rule]) -> None:
        with transaction.atomic():
            serializer.save(created_by=self.request.user.get_username())


@extend_schema(tags=["rules"], examples=[ONE, ASKED])
@extend_schema_view(
    get=extend_schema(operation_id="rule"),
    put=extend_schema(operation_id="replaceRule"),
    patch=extend_schema(operation_id="changeRule"),
    delete=extend_schema(operation_id="removeRule", examples=[]),
)
class RuleView(Staff, RetrieveUpdateDestroyAPIView):
    """One rule."""

    permissions = {"GET": "view_rule", "PUT": "change_rule", "PATCH": "change_rule", "DELETE": "delete_rule"}
    serializer_class = RuleSerializer
    queryset = Rule.objects.all()

    def perform_update(self, serializer: BaseSerializer[Rule]) -> None:
        with transaction.atomic():
            serializer.save()
