"""Products, categories and pictures of a folder."""

import hashlib
import math
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils.text import slugify

from shop_demo.importing.folder import read_images, read_items
from shop_demo.models import Category, Product

BATCH = 1000


def load_products(folder: Path, name: str) -> int:
    """Makes the products that are not there yet; returns how many the folder has."""
    items = read_items(folder)
    there = set(Product.objects.filter(external_id__startswith=f"{name}/").values_list("external_id", flat=True))
    missing = [row for row in items if f"{name}/{row['item_id']}" not in there]
    categories = load_categories({row["category"] or "" for row in missing}, name)
    rows = [_product(row, name, categories.get(row["category"] or "")) for row in missing]
    Product.objects.bulk_create(rows, batch_size=BATCH)
    return len(items)


def load_images(folder: Path, name: str, progress: Callable[[int], None]) -> None:
    """Stores the pictures of products that have none, a batch a transaction."""
    waiting = {p.external_id: p for p in Product.objects.filter(external_id__startswith=f"{name}/", image="")}
    changed: list[Product] = []
    for item_id, data in read_images(folder):
        product = waiting.get(f"{name}/{item_id}")
        if product is not None:
            product.image.save(f"{name}/{item_id}.jpg", ContentFile(data), save=False)
            changed.append(product)
        if len(changed) == BATCH:
            Product.objects.bulk_update(changed, ["image"])
            changed.clear()
        progress(1)
    Product.objects.bulk_update(changed, ["image"])


def load_categories(paths: set[str], name: str) -> dict[str, Category]:
    """Path -> category, parents included."""
    for path in sorted(paths - {""}):
        parent = None
        parts = [part.strip()[:120] for part in path.split(">")]
        for depth, part in enumerate(parts, 1):
            whole = " > ".join(parts[:depth])[:300]
            slug = _slug(f"{name} {part}", f"{name} {whole}", 150)
            parent, _ = Category.objects.get_or_create(
                path=whole, defaults={"name": part, "slug": slug, "parent": parent}
            )
    found = {category.path: category for category in Category.objects.all()}
    return {path: found[" > ".join(part.strip()[:120] for part in path.split(">"))[:300]] for path in paths - {""}}


def _slug(text: str, whole: str, length: int) -> str:
    """Readable, and its own whatever the text loses in becoming a slug."""
    return f"{slugify(text)[:length]}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}".lstrip("-")


def _price(price: float | None) -> Decimal | None:
    return None if price is None or math.isnan(price) else Decimal(str(price)).quantize(Decimal("0.01"))


def _product(row: dict[str, Any], name: str, category: Category | None) -> Product:
    title = row["title"] or f"Product {row['item_id']}"
    return Product(
        external_id=f"{name}/{row['item_id']}",
        slug=_slug(title, f"{name}/{row['item_id']}", 180),
        title=title[:300],
        description=row["description"] or "",
        brand=(row["brand"] or "")[:200],
        category=category,
        price=_price(row["price"]),
        attributes=row["attributes"],
        stock=10,
    )
