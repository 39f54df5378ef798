"""The demo shop's product pictures, drawn as SVG: no photographs, no downloads, no rights of others."""

from shop_demo.illustration import home_details
from shop_demo.illustration.details import details as worn_details
from shop_demo.illustration.look import Look
from shop_demo.illustration.render import FORMS, UnknownFormError, draw

__all__ = ["FORMS", "Look", "UnknownFormError", "details", "draw"]


def details(form: str, look: Look) -> dict[str, str]:
    """What a text may say about the picture: material, shape, base and the like, as drawn."""
    if form not in FORMS:
        raise UnknownFormError(form)
    return home_details.details(form, look) or worn_details(form, look)
