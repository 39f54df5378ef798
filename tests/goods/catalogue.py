from decimal import Decimal

from mmrec_app.catalogue import Catalogue
from tests.goods.models import Book, Gadget, Shirt, Size


class Titled(Catalogue):
    def text(self, product):
        return product.title

    def title(self, product):
        return product.title


class Books(Titled):
    model = Book


class Gadgets(Titled):
    model = Gadget


class Shirts(Titled):
    """Says everything an adapter can say, in types that are not quite ours."""

    model = Shirt

    def queryset(self):
        return Shirt.objects.filter(published=True)

    def attributes(self, product):
        return product.facts | {"weight": Decimal("0.3"), "odd": "a\x00b", "nothing": float("nan")}

    def sites(self, product):
        return [2, 1, 2]

    def published_at(self, product):
        return product.released

    def category(self, product):
        return "Clothing > Shirts"


class Stocked(Titled):
    """Can be bought in the sizes that it has rows for."""

    model = Shirt
    related = {Size: "shirt"}

    def available(self, product):
        return product.sizes.exists()


class Misspelt(Stocked):
    related = {Size: "shrit"}


class ToMany(Stocked):
    related = {Shirt: "sizes"}


class Sizes(Titled):
    model = Size

    def parent(self, product):
        return product.shirt
