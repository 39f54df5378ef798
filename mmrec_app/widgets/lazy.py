"""A list that is asked for later: what its tag said travels through the browser, signed."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from mmrec_app.catalogue import items_for
from mmrec_app.catalogue.items import find_items
from mmrec_app.recommend.engine import as_filters
from mmrec_app.widgets.asked import Widget, check_options, several

SALT = "mmrec.fragment"
PRODUCTS = ("items", "exclude")


def fragment_url(widget: Widget, options: Mapping[str, Any]) -> str:
    """Where the list is to be had as HTML, in the language of the page."""
    asked = {"widget": asdict(widget), "options": _plain(options), "language": get_language()}
    return f"{reverse('mmrec:fragment')}?{urlencode({'of': signing.dumps(asked, salt=SALT, compress=True)})}"


def read_fragment(signed: str) -> tuple[Widget, dict[str, Any], str | None]:
    """Widget, options, language. Raises `BadSignature` for what no page of this shop has said."""
    asked = signing.loads(signed, salt=SALT)
    options = asked["options"]
    for name in PRODUCTS:
        options[name] = list(find_items(map(tuple, options[name])).values())
    return Widget(**asked["widget"]), options, asked["language"]


def _plain(options: Mapping[str, Any]) -> dict[str, Any]:
    check_options(options)
    plain = {name: value for name, value in options.items() if name not in ("item", "fresh")}
    about = [*([options["item"]] if options.get("item") is not None else []), *several(options.get("items"))]
    for name, products in zip(PRODUCTS, (about, several(options.get("exclude"))), strict=True):
        plain[name] = [(item.source, item.object_id) for item in items_for(products).values()]
    if options.get("filters") is not None:
        filters = asdict(as_filters(options["filters"]))
        prices = {name: str(price) for name in ("price_min", "price_max") if (price := filters[name]) is not None}
        plain["filters"] = filters | prices
    return plain
