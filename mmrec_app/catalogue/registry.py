"""The shop's catalogues, as the settings name them."""

from functools import lru_cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured, ObjectDoesNotExist
from django.db.models import Model
from django.utils.module_loading import import_string

from mmrec_app.catalogue.adapter import Catalogue
from mmrec_app.conf import conf


def source_of(model: type[Model] | Model) -> str:
    """The label that names a model in `Item.source`: `shop_demo.product`."""
    return model._meta.label_lower


def catalogues() -> dict[str, Catalogue]:
    """Source -> catalogue. Raises `ImproperlyConfigured` for a path that leads to none."""
    return _load(conf().catalogue)


def catalogue_for(product: Any) -> Catalogue | None:
    """The catalogue of an object's model; a proxy or subclass is found through its concrete parents."""
    known = catalogues()
    for model in type(product).__mro__:
        if hasattr(model, "_meta") and not model._meta.abstract and (found := known.get(source_of(model))):
            return found
    return None


def products_of(row: Any) -> list[Any]:
    """The products whose items a saved or deleted row concerns: itself, and those that it tells of as
    `Catalogue.related` says. Each once: a row may tell of itself, as a page does whose parent class is named."""
    concerned = [row] if catalogue_for(row) is not None else []
    for catalogue in catalogues().values():
        for model, field in catalogue.related.items():
            if isinstance(row, model) and (product := _told_of(row, field)) not in (None, *concerned):
                concerned.append(product)
    return concerned


def _told_of(row: Any, field: str) -> Any | None:
    """None as well for a row that is deleted together with its product."""
    try:
        return getattr(row, field)
    except ObjectDoesNotExist:
        return None


@lru_cache(maxsize=8)
def _load(paths: tuple[str, ...]) -> dict[str, Catalogue]:
    loaded = [_load_one(path) for path in paths]
    return {source_of(catalogue.model): catalogue for catalogue in loaded}


def _load_one(path: str) -> Catalogue:
    try:
        found = import_string(path)
    except ImportError as error:
        raise ImproperlyConfigured(f"MMREC['CATALOGUE'] names {path!r}, which cannot be imported: {error}") from error
    if not (isinstance(found, type) and issubclass(found, Catalogue) and hasattr(found, "model")):
        raise ImproperlyConfigured(
            f"MMREC['CATALOGUE'] names {path!r}, which is not a subclass of mmrec_app.catalogue.Catalogue with a model."
        )
    for model, field in found.related.items():
        if not _leads_to_one(model, field):
            raise ImproperlyConfigured(
                f"{path}.related names {field!r} of {model.__name__}, which is no foreign key of it; name the one that "
                "leads to the product."
            )
    return found()


def _leads_to_one(model: type[Model], field: str) -> bool:
    try:
        relation = model._meta.get_field(field)
    except FieldDoesNotExist:
        return False
    return bool(relation.many_to_one or relation.one_to_one)
