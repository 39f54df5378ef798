"""What is kept of one person: handed out, and erased."""

from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Model

from mmrec_app import tasks
from mmrec_app.models import Generation, Item, Visitor

LIMITS = ("events_per_minute", "lists_per_minute", "searches_per_minute")


def limit_key(setting: str, who: str) -> str:
    """Where the cache counts somebody's requests."""
    return f"mmrec:{setting}:{who}"


def export_person(user: Any) -> dict[str, Any]:
    """All that is kept of a user, in values that JSON knows once dates are written as text (`DjangoJSONEncoder`)."""
    return export_visitor(Visitor.objects.filter(user=user).first())


def erase_person(user: Any) -> dict[str, int]:
    """Deletes all that is kept of a user, and says how many rows of what. The shop's own account and orders stay.

    Lists know nothing of them from the next request on, the next generation neither: a training that has read their
    events begins anew. What is popular is counted again by a worker. Harmless to repeat.
    """
    with transaction.atomic():
        gone = erase_visitor(Visitor.objects.filter(user=user).first())
    cache.delete_many([limit_key(setting, f"user:{user.pk}") for setting in LIMITS])
    return gone


def export_visitor(visitor: Visitor | None) -> dict[str, Any]:
    """Every table that refers to visitors is in it, by its name; items are named as the shop knows them."""
    if visitor is None:
        return {"known": False}
    found: dict[str, Any] = {"known": True, "since": visitor.created_at}
    for name, rows in _kept(visitor):
        fields = [field for field in rows.model._meta.concrete_fields if field.related_model is not Visitor]
        found[name] = [{field.name: getattr(row, field.attname) for field in fields} for row in rows.order_by("pk")]
    _name_items([row for rows in found.values() if isinstance(rows, list) for row in rows])
    return found


@transaction.atomic
def erase_visitor(visitor: Visitor | None) -> dict[str, int]:
    """Locked first: what is being recorded right now is erased too."""
    found = Visitor.objects.select_for_update().filter(pk=visitor.pk).first() if visitor is not None else None
    if found is None:
        return {}
    for training in Generation.objects.select_for_update().filter(state=Generation.State.TRAINING):
        training.config["erased"] = [*training.config.get("erased", []), found.pk]  # offline.learn begins it anew
        training.save(update_fields=["config"])
    _, counted = found.delete()
    transaction.on_commit(tasks.recount)
    return {label.rsplit(".", 1)[1].lower(): count for label, count in counted.items() if count}


def _kept(visitor: Visitor) -> Iterable[tuple[str, Any]]:
    """Whatever refers to a visitor, also what later versions add."""
    for relation in Visitor._meta.related_objects:
        model: type[Model] = relation.related_model
        name = relation.get_accessor_name() or model._meta.model_name or ""
        yield name, model._default_manager.filter(**{relation.field.name: visitor})


def _name_items(rows: list[dict[str, Any]]) -> None:
    """Our numbers of items -> the shop's: {"source", "object_id", "title"}."""
    numbers = {row["item"] for row in rows if "item" in row}
    numbers |= {number for row in rows for number in row.get("items", ())}
    known = {
        item["pk"]: item for item in Item.objects.filter(pk__in=numbers).values("pk", "source", "object_id", "title")
    }
    named = {number: {key: item[key] for key in ("source", "object_id", "title")} for number, item in known.items()}
    for row in rows:
        if "item" in row:
            row["item"] = named.get(row["item"])
        if "items" in row:
            row["items"] = [named[number] for number in row["items"] if number in named]
