"""What a merchant does in Oscar's dashboard, as requests to its pages."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from oscar.apps.catalogue.categories import create_from_breadcrumbs
from oscar.core.loading import get_model

from tests.pictures import picture

Partner = get_model("partner", "Partner")
Product = get_model("catalogue", "Product")
ProductClass = get_model("catalogue", "ProductClass")


class Merchant:
    def __init__(self) -> None:
        self.client = Client()
        self.client.force_login(get_user_model().objects.create_superuser("merchant", "merchant@example.com", "x"))
        self.goods = ProductClass.objects.create(name="Goods", track_stock=True)
        self.goods.attributes.create(name="Colour", code="colour", type="text")
        self.partner = Partner.objects.create(name="Warehouse")

    def sells(self, colour: str, kind: str, stock: int | None = 5) -> Any:
        """A product with a picture, saved by the form that the dashboard shows."""
        page = reverse("dashboard:catalogue-product-create", kwargs={"product_class_slug": self.goods.slug})
        title = f"{colour.title()} {kind}"
        stocked = {"partner": self.partner.pk, "partner_sku": title, "price": "20.00", "num_in_stock": stock}
        given = {
            "title": title,
            "description": f"A plain {kind} in {colour}.",
            "attr_colour": colour,
            "productcategory_set-0-category": create_from_breadcrumbs(f"Shop > {kind.title()}").pk,
            "images-0-original": SimpleUploadedFile(f"{colour}-{kind}.png", picture(colour, kind), "image/png"),
        }
        if stock is not None:
            given |= {f"stockrecords-0-{name}": value for name, value in stocked.items()}
        self._saves(page, given)
        return Product.objects.get(title=title)

    def changes(self, product: Any, **given: Any) -> None:
        self._saves(reverse("dashboard:catalogue-product", args=[product.pk]), given)

    def adds_size(self, product: Any, size: str, stock: int) -> Any:
        page = reverse("dashboard:catalogue-product-create-child", kwargs={"parent_pk": product.pk})
        stocked = {"partner": self.partner.pk, "partner_sku": f"{product.pk}-{size}", "price": "25.00"}
        stocked["num_in_stock"] = stock
        self._saves(page, {"title": size} | {f"stockrecords-0-{name}": value for name, value in stocked.items()})
        return product.children.get(title=size)

    def deletes(self, product: Any) -> None:
        self.client.post(reverse("dashboard:catalogue-product-delete", args=[product.pk]))

    def _saves(self, page: str, given: Mapping[str, Any]) -> None:
        saved = self.client.post(page, filled(self.client.get(page)) | given)
        assert saved.status_code == 302, complaints(saved)


def forms(response: HttpResponse) -> list[Any]:
    found = [response.context["form"]]
    for name in ("category_formset", "image_formset", "recommended_formset", "stockrecord_formset"):
        found += [response.context[name].management_form, *response.context[name].forms]
    return found


def filled(response: HttpResponse) -> dict[str, Any]:
    """What a browser would send if nothing was typed in."""
    fields = [field for form in forms(response) for field in form]
    known = {field.html_name: field.value() for field in fields}
    known |= {field.html_initial_name: field.value() for field in fields if field.field.show_hidden_initial}
    return {name: value for name, value in known.items() if value is not None and value is not False}


def complaints(response: HttpResponse) -> list[Any]:
    return [form.errors for form in forms(response)]
