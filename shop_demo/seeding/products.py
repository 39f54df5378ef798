"""Turns the catalogue into products with pictures, a batch a transaction."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from shop_demo.importing.products import load_categories
from shop_demo.models import Category, Product
from shop_demo.seeding import progress
from shop_demo.seeding.goods import Goods
from shop_demo.seeding.pictures import drawing, pictures

BATCH = 32


def load_products(goods: Sequence[Goods], pixels: int, said: Callable[[int], object]) -> int:
    """Makes the products that no earlier run made, and returns their number.

    What an earlier run made is never looked at again: edited it stays edited, deleted it stays deleted.
    """
    start = progress.done(progress.PRODUCTS)
    said(min(start, len(goods)))
    if start >= len(goods):
        return 0
    categories = load_categories({one.category for one in goods}, "")
    with drawing() as pool:
        for at in range(start, len(goods), BATCH):
            batch = goods[at : at + BATCH]
            _load(batch, list(pictures(pool, batch, pixels)), categories)
            said(len(batch))
    return len(goods) - start


def restore_pictures(goods: Sequence[Goods], pixels: int) -> int:
    """Draws again what the products name and the storage has lost; returns how many there were."""
    by_id = {one.external_id: one for one in goods}
    products = Product.objects.filter(external_id__in=by_id)
    lost = [product.image for product in products if _is_lost(product, by_id[product.external_id or ""])]
    if lost:
        pieces = {picture_name(one): one for one in goods}
        with drawing() as pool:
            drawn = pictures(pool, [pieces[str(image.name)] for image in lost], pixels)
            for image, picture in zip(lost, drawn, strict=True):
                image.storage.save(image.name, ContentFile(picture))
    return len(lost)


def _is_lost(product: Product, piece: Goods) -> bool:
    image = product.image
    return image.name == picture_name(piece) and not image.storage.exists(image.name)


@transaction.atomic
def _load(goods: Sequence[Goods], drawn: Sequence[bytes], categories: dict[str, Category]) -> None:
    made = [_product(one, categories[one.category]) for one in goods]
    for product, one, picture in zip(made, goods, drawn, strict=True):
        _store(product, one, picture)
    published = {one.external_id: timezone.now() - timedelta(days=one.age_days) for one in goods}
    Product.objects.bulk_create(made)
    for product in made:
        product.created_at = published[product.external_id or ""]  # bulk_create has set it to now
    Product.objects.bulk_update(made, ["created_at"])
    progress.mark(progress.PRODUCTS, goods[-1].number + 1)


def _store(product: Product, piece: Goods, picture: bytes) -> None:
    """A run that was killed may have left the picture there, or half of it."""
    storage, name = product.image.storage, picture_name(piece)
    storage.delete(name)
    product.image.name = storage.save(name, ContentFile(picture))


def picture_name(piece: Goods) -> str:
    return f"products/demo/{piece.number:04d}-{slugify(piece.title)[:60]}.jpg"


def _product(piece: Goods, category: Category) -> Product:
    return Product(
        external_id=piece.external_id,
        slug=f"{slugify(piece.title)[:150]}-{piece.number:04d}",
        title=piece.title,
        description=piece.description,
        brand=piece.brand,
        category=category,
        price=piece.price,
        stock=piece.stock,
        attributes=piece.attributes,
    )
