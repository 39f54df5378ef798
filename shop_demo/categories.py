"""The category tree: for the navigation, for tiles with pictures, for breadcrumbs."""

from django.core.files.storage import default_storage
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from shop_demo.models import Category, Product

FEW = 4
"""So few main categories do not fill a row of tiles; their children do."""


def tree() -> list[Category]:
    """The main categories, each with its children as `twigs`; one query."""
    both = list(Category.objects.filter(Q(parent=None) | Q(parent__parent=None)).order_by("name"))
    branches = [each for each in both if each.parent_id is None]
    for branch in branches:
        branch.twigs = [each for each in both if each.parent_id == branch.pk]  # type: ignore[attr-defined]
    return branches


def main_tiles() -> list[Category]:
    tiles = with_pictures(Category.objects.filter(parent=None))
    if len(tiles) < FEW:
        tiles = with_pictures(Category.objects.filter(parent__in=tiles)) or tiles
    return tiles[:12]


def with_pictures(categories: QuerySet[Category]) -> list[Category]:
    """Each with `picture_url`, the address of the newest picture in or below it; empty where there is none."""
    inside = Q(category=OuterRef("pk")) | Q(category__path__startswith=Concat(OuterRef("path"), Value(" > ")))
    shown = Product.objects.filter(inside, stock__gt=0).exclude(image="").order_by("-created_at", "-id")
    found = list(categories.annotate(picture=Subquery(shown.values("image")[:1])).order_by("name"))
    for each in found:
        each.picture_url = default_storage.url(each.picture) if each.picture else ""
    return found


def below(category: Category) -> QuerySet[Product]:
    """What a category holds, and everything under it."""
    return Product.objects.filter(Q(category=category) | Q(category__path__startswith=f"{category.path} > "))


def ancestors(category: Category) -> list[Category]:
    """From the root down to the parent."""
    names = category.path.split(" > ")
    above = [" > ".join(names[:n]) for n in range(1, len(names))]
    return list(Category.objects.filter(path__in=above).order_by("path")) if above else []
