"""The ten lines that tell the recommender what this shop sells."""

from mmrec_app.catalogue import Catalogue
from shop_demo.models import Product


class ProductCatalogue(Catalogue):
    model = Product

    def queryset(self):
        return Product.objects.select_related("category")

    def text(self, product):
        return f"{product.title}. {product.brand}. {product.description}"

    def images(self, product):
        return [product.image] if product.image else []

    def category(self, product):
        return product.category.path if product.category else ""

    def available(self, product):
        return product.stock > 0
