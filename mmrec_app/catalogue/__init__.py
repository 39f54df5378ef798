"""Where a shop's products become items, and its primary keys item ids. Nothing above this line knows a shop's model."""

from mmrec_app.catalogue.adapter import Catalogue
from mmrec_app.catalogue.items import item_for, items_for, remove_item, write_item
from mmrec_app.catalogue.registry import catalogue_for, catalogues, products_of, source_of
from mmrec_app.catalogue.sync import SyncResult, sync

__all__ = [
    "Catalogue",
    "SyncResult",
    "catalogue_for",
    "catalogues",
    "item_for",
    "items_for",
    "products_of",
    "remove_item",
    "source_of",
    "sync",
    "write_item",
]
