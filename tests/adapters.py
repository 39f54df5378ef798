"""Catalogues of shops that are not the demo's: small real adapters."""

from mmrec_app.catalogue import Catalogue
from shop_demo.catalogue import ProductCatalogue
from shop_demo.models import Product


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
