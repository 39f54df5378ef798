"""Catalogues of shops that are not the demo's: small real adapters."""

from django.db import connection
from django.utils import timezone

from mmrec_app.catalogue import Catalogue, item_for
from shop_demo.catalogue import ProductCatalogue
from shop_demo.models import Product
from tests.products import picture


class FailingCatalogue(ProductCatalogue):
    def text(self, product):
        raise RuntimeError("has no text today")


class VariantCatalogue(Catalogue):
    """Variants and products in one table, as some shops have them."""

    model = Product

    def text(self, product):
        return product.title

    def parent(self, product):
        key = product.attributes.get("variant_of")
        return Product.objects.filter(pk=key).first() if key else None


class SilentCatalogue(ProductCatalogue):
    """Has neither words nor pictures."""

    def text(self, product):
        return "  "

    def images(self, product):
        return []


class BlueFails(ProductCatalogue):
    """Breaks on one product only, and only when it is read."""

    def text(self, product):
        if product.attributes["colour"] == "blue":
            raise RuntimeError("blue is not to be read")
        return super().text(product)


class WatchingCatalogue(ProductCatalogue):
    """Notes how long the lease on an item still runs while its product is read."""

    seen: list = []

    def text(self, product):
        item = item_for(product)
        if item is not None and item.lease_until:
            self.seen.append((item.lease_until - timezone.now()).total_seconds())
        return super().text(product)


class TwoPictures(ProductCatalogue):
    def images(self, product):
        return [picture("red", "dress"), picture("blue", "mug")]


class NoParent(ProductCatalogue):
    def parent(self, product):
        raise RuntimeError("no parent today")


class BrokenQuery(ProductCatalogue):
    """Fails in the database, which ends the transaction it happens in."""

    def parent(self, product):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM no_such_table")


def everything_but_the_last(request):
    return list(Product.objects.order_by("pk"))[:-1]


def broken_cart(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_cart")
