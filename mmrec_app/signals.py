"""Keeps items in step with the shop: every save and delete of a registered model, and every login."""

import logging
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
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
    """Writes the item in the transaction of the save. An adapter that fails costs its own item, never the save."""
    if raw or catalogue.catalogue_for(instance) is None:
        return
    try:
        with transaction.atomic():
            catalogue.write_item(instance)
    except Exception as error:
        logger.exception("%s %s could not be read for recommendation", sender.__name__, instance.pk)
        source = catalogue.source_of(instance)
        Item.objects.filter(source=source, object_id=str(instance.pk)).update(
            dirty_since=timezone.now(), last_error=f"reading the product failed: {error}"
        )
    transaction.on_commit(tasks.hint)


def product_deleted(sender: type, instance: Any, **_: Any) -> None:
    found = catalogue.catalogue_for(instance)
    if found is None:
        return
    parent = found.parent(instance)
    if parent is not None:
        product_saved(type(parent), parent)
    else:
        catalogue.remove_item(found, [str(instance.pk)])


def visitor_logged_in(sender: type, request: Any, user: Any, **_: Any) -> None:
    """What a browser did before it logged in belongs to the account from now on."""
    try:
        with transaction.atomic():
            adopt_visitor(request, user)
    except Exception:
        logger.exception("the visitor of user %s could not be merged", user.pk)
