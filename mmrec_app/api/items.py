from typing import Any

from django.db.models import Q, QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView

from mmrec_app.api.base import PagedQuerySerializer, Pages, Staff
from mmrec_app.embeddings.claims import PARKED, WAITING, is_parked
from mmrec_app.models import Item

STATES = {
    "ready": Q(removed_at=None, dirty_since=None),
    "waiting": Q(removed_at=None) & WAITING,
    "parked": Q(removed_at=None) & PARKED,
    "removed": Q(removed_at__isnull=False),
}
ITEM = {
    "id": 4,
    "source": "shop.product",
    "object_id": "17",
    "title": "Linen shirt, white",
    "category": "Clothing > Shirts",
    "attributes": {"colour": "white"},
    "price": "49.00",
    "currency": "EUR",
    "available": True,
    "sites": [],
    "published_at": "2026-03-01T09:30:00Z",
    "removed_at": None,
    "state": "ready",
    "dirty_since": None,
    "attempts": 0,
    "last_error": "",
}


class ItemSerializer(serializers.ModelSerializer):
    state = serializers.SerializerMethodField()

    class Meta:
        model = Item
        fields = [*ITEM]
        read_only_fields = fields

    def get_state(self, item: Item) -> str:
        """`ready`; `waiting` to be encoded; `parked`, given up after failures; `removed` from the shop."""
        if item.removed_at is not None:
            return "removed"
        if is_parked(item):
            return "parked"
        return "waiting" if item.dirty_since is not None else "ready"


class EncodedItemSerializer(ItemSerializer):
    encoders = serializers.SerializerMethodField()

    class Meta(ItemSerializer.Meta):
        fields = [*ITEM, "encoders"]
        read_only_fields = fields

    def get_encoders(self, item: Item) -> list[str]:
        """The encoders whose vectors are stored."""
        return sorted(item.modality_vectors.filter(view=0).values_list("encoder", flat=True))


class ItemQuerySerializer(PagedQuerySerializer):
    state = serializers.ChoiceField(choices=list(STATES), required=False)
    source = serializers.CharField(required=False, max_length=100)  # type: ignore[assignment]
    object_id = serializers.CharField(required=False, max_length=255, help_text="The product's primary key.")
    category = serializers.CharField(required=False, max_length=500, help_text="This path and below.")
    available = serializers.BooleanField(required=False, allow_null=True, default=None)
    q = serializers.CharField(required=False, max_length=100, help_text="In the title.")

    @property
    def condition(self) -> Q:
        given: dict[str, Any] = self.validated_data
        found = STATES.get(given.get("state", ""), Q())
        for name in ("source", "object_id"):
            found &= Q(**{name: given[name]}) if name in given else Q()
        if "category" in given:
            found &= Q(category=given["category"]) | Q(category__startswith=f"{given['category']} > ")
        if given["available"] is not None:
            found &= Q(available=given["available"])
        return found & (Q(title__icontains=given["q"]) if "q" in given else Q())


class ItemsView(Staff, ListAPIView):
    """The items that stand for the shop's products, with how far they are encoded."""

    permissions = {"GET": "view_item"}
    serializer_class = ItemSerializer
    pagination_class = Pages
    queryset = Item.objects.order_by("pk")

    @extend_schema(
        operation_id="items",
        tags=["catalogue"],
        parameters=[ItemQuerySerializer],
        examples=[OpenApiExample("An item", ITEM, response_only=True, status_codes=["200"])],
    )
    def get(self, *args: Any, **kwargs: Any) -> Any:
        return super().get(*args, **kwargs)

    def get_queryset(self) -> QuerySet[Item]:
        query = ItemQuerySerializer(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        return super().get_queryset().filter(query.condition)


class ItemView(Staff, RetrieveAPIView):
    """One item."""

    permissions = {"GET": "view_item"}
    serializer_class = EncodedItemSerializer
    queryset = Item.objects.all()

    @extend_schema(
        operation_id="item",
        tags=["catalogue"],
        examples=[
            OpenApiExample(
                "An item", ITEM | {"encoders": ["bundled:mobilenetv2@1.3.2#pooler-pad"]}, response_only=True,
                status_codes=["200"],
            )
        ],
    )  # fmt: skip
    def get(self, *args: Any, **kwargs: Any) -> Any:
        return super().get(*args, **kwargs)
