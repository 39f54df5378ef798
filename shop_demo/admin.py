"""The shop office: products with their pictures, the category tree, orders to look at."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mmrec_app.templatetags.mmrec import money
from shop_demo.models import Category, Order, OrderLine, Product

admin.site.site_header = admin.site.site_title = "Lindengrau · shop office"


class InStock(admin.SimpleListFilter):
    title = "stock"
    parameter_name = "stock_is"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("out", "Sold out"), ("low", "5 or fewer"), ("in", "In stock")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Product]) -> QuerySet[Product]:
        conditions = {"out": {"stock": 0}, "low": {"stock__range": (1, 5)}, "in": {"stock__gt": 0}}
        return queryset.filter(**conditions.get(self.value() or "", {}))


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):
    list_display = ["thumbnail", "title", "price", "stock", "category", "brand", "created_at"]
    list_display_links = ["thumbnail", "title"]
    list_editable = ["price", "stock"]
    list_filter = [InStock, "created_at", ("category", admin.RelatedOnlyFieldListFilter), "brand"]
    list_per_page = 50
    list_select_related = ["category"]
    search_fields = ["title", "brand", "description", "slug", "external_id"]
    date_hierarchy = "created_at"
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["category"]
    readonly_fields = ["picture", "external_id", "created_at"]
    fields = [
        *("title", "slug", "brand", "category", "description", ("price", "currency", "stock")),
        *("image", "picture", "attributes", "external_id", "created_at"),
    ]

    @admin.display(description="")
    def thumbnail(self, product: Product) -> SafeString | str:
        return _image(product, 56)

    @admin.display(description="picture as shown")
    def picture(self, product: Product) -> SafeString | str:
        return _image(product, 320)


def _image(product: Product, size: int) -> SafeString | str:
    if not product.image:
        return "no picture"
    return format_html('<img src="{}" alt="" width="{}" height="{}" loading="lazy">', product.image.url, size, size)


class CategoryForm(ModelForm):
    """The path is made of the parent's and the name."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        above, name = given.get("parent"), given.get("name", "")
        if above is not None and self.instance.pk and (above.path + " > ").startswith(self.instance.path + " > "):
            raise ValidationError({"parent": "A category cannot stand below itself."})
        path = f"{above.path} > {name}" if above else name
        if Category.objects.filter(path=path).exclude(pk=self.instance.pk).exists():
            raise ValidationError({"name": f"There is a category {path} already."})
        self.instance.path = path
        return given


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    form = CategoryForm
    list_display = ["path", "slug", "parent"]
    search_fields = ["path"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["parent"]
    fields = ["name", "slug", "parent"]

    def save_model(self, request: HttpRequest, obj: Category, form: ModelForm, change: bool) -> None:
        """A renamed or moved category takes what is below it along, and its products are saved for whoever listens."""
        super().save_model(request, obj, form, change)
        for child in obj.children.all():
            child.path = f"{obj.path} > {child.name}"
            self.save_model(request, child, form, change)
        for product in obj.products.all() if change else ():
            product.save(update_fields=["category"])


class LineInline(admin.TabularInline):
    model = OrderLine
    fields = readonly_fields = ["product", "title", "price", "quantity"]
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    """To look at: what was ordered is not rewritten."""

    list_display = ["__str__", "name", "email", "sum", "placed_at", "user"]
    list_filter = ["placed_at"]
    list_select_related = ["user"]
    search_fields = ["name", "email", "=id"]
    inlines = [LineInline]
    fields = readonly_fields = ["user", "name", "email", "address", "sum", "placed_at"]

    @admin.display(description="total", ordering="total")
    def sum(self, order: Order) -> str:
        return money(order.total, order.currency)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
