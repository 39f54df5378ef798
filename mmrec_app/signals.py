"""Keeps items in step with the shop: every save and delete of a registered model, and every login."""

import logging
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import DatabaseError, transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from mmrec_app import catalogue, tasks
from mmrec_app.events import adopt_visitor
from mmrec_app.models import Item

logger = logging.getLogger(__name__)


def connect() -> None:
    """Receivers look the catalogue up at each signal, so a changed setting needs no reconnecting."""
    post_save.connect(product_saved, dispatch_uid="mmrec_product_saved")
    post_delete.connect(product_deleted, dispatch_uid="mmrec_product_deleted")
    user_logged_in.connect(visitor_logged_in, dispatch_uid="mmrec_visitor_logged_in")


def product_saved(sender: type, instance: Any, raw: bool = False, **_: Any) -> None:
    """Writes the item in the transaction of the save, also when what was saved only tells of a product."""
    if not raw:
        for product in catalogue.products_of(instance):
            _write(product)


def _write(product: Any) -> None:
    """An adapter that fails costs its own item, never the save."""
    try:
        with transaction.atomic():
            catalogue.write_item(product)
    except Exception as error:
        logger.exception("%s %s could not be read for recommendation", type(product).__name__, product.pk)
        _note(product, f"reading the product failed: {error}")
    _hint_once()


def product_deleted(sender: type, instance: Any, **_: Any) -> None:
    """Takes the item from all lists in the transaction of the delete; what it told of is read again, and a variant's
    parent."""
    for product in catalogue.products_of(instance):
        if product is not instance:
            _write(product)
    found = catalogue.catalogue_for(instance)
    if found is None:
        return
    catalogue.remove_item(found, [str(instance.pk)])
    try:
        with transaction.atomic():
            parent = found.parent(instance)
    except Exception:
        logger.exception("the parent of %s %s could not be read; mmrec_sync will", sender.__name__, instance.pk)
        return
    if parent is not None:
        _write(parent)


def _note(instance: Any, error: str) -> None:
    """What went wrong, on the item; best effort, for the save goes on in any case."""
    items = Item.objects.filter(source=catalogue.source_of(instance), object_id=str(instance.pk))
    try:
        with transaction.atomic():
            items.update(dirty_since=timezone.now(), last_error=error)
    except DatabaseError:
        logger.exception("the error could not be noted on item %s", instance.pk)


def _hint_once() -> None:
    """One hint a transaction, however many products it saves."""
    waiting = transaction.get_connection().run_on_commit
    if not any(entry[1] is tasks.hint for entry in waiting):
        transaction.on_commit(tasks.hint)


def visitor_logged_in(sender: type, request: Any, user: Any, **_: Any) -> None:
    """What a browser did before it logged in belongs to the account from now on."""
    try:
        with transaction.atomic():
            adopt_visitor(request, user)
    except Exception:
        logger.exception("the visitor of user %s could not be merged", user.pk)
