"""Runs inside the shop: a merchant fills it, shoppers buy. Prints what became of it as one JSON object."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from oscar.apps.partner.strategy import Selector  # noqa: E402
from oscar.core.loading import get_model  # noqa: E402
from oscar.test.factories import create_order  # noqa: E402

from mmrec_app.catalogue import item_for  # noqa: E402
from mmrec_app.models import Event, Item  # noqa: E402
from mmrec_app.recommend import recommend  # noqa: E402
from tests.integrations.oscar.merchant import Merchant, Product  # noqa: E402
from tests.integrations.oscar.shopper import Shopper, cards, pictures  # noqa: E402

COLOURS, KINDS = ("red", "blue", "green"), ("dress", "mug", "chair")
Goods = dict[str, Any]
Facts = Iterator[tuple[str, Any]]


def main() -> None:
    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("check", databases=["default"], fail_level="WARNING")
    merchant = Merchant()
    goods = {f"{colour} {kind}": merchant.sells(colour, kind) for kind in KINDS for colour in COLOURS}
    facts: dict[str, Any] = {}
    for step in (saved(merchant, goods), stock(goods), sizes(merchant, goods), lists(goods), page(goods)):
        facts |= dict(step)
    for step in (orders(goods), bulk(goods), failing(goods)):
        facts |= dict(step)
    print(json.dumps(facts | {"torch": "torch" in sys.modules}))


def said(product: Any, *names: str) -> list[Any]:
    item = item_for(product)
    return [str(item.price) if name == "price" else getattr(item, name) for name in names]


def available(product: Any) -> bool:
    return said(product, "available")[0]


def saved(merchant: Merchant, goods: Goods) -> Facts:
    yield "item", said(goods["red dress"], "title", "category", "attributes", "price", "currency", "available")
    yield "items that wait", Item.objects.filter(dirty_since__isnull=False).count()
    before = said(goods["blue dress"], "content_hash")
    merchant.changes(goods["blue dress"], attr_colour="navy")
    after = said(goods["blue dress"], "attributes", "content_hash")
    yield "changed attribute", [after[0], after[1:] != before]
    with transaction.atomic():
        goods["green dress"].attr.colour = "teal"
        goods["green dress"].save()
    yield "attribute set in code", said(goods["green dress"], "attributes")
    lamp = merchant.sells("orange", "lamp")
    merchant.deletes(lamp)
    yield "deleted", Item.objects.get(title="Orange lamp").removed_at is not None


def stock(goods: Goods) -> Facts:
    mug = goods["green mug"]
    record, seen = mug.stockrecords.get(), []
    for left in (0, 4):
        record.num_in_stock = left
        record.save()
        seen.append(available(mug))
    record.allocate(4)
    seen.append(available(mug))
    record.cancel_allocation(4)
    yield "stock", [*seen, available(mug)]
    record.price = 31
    record.save()
    yield "price", said(mug, "price")


def sizes(merchant: Merchant, goods: Goods) -> Facts:
    """A dress that is sold in two sizes; nothing is known of its stock before the first."""
    dress = merchant.sells("orange", "dress", stock=None)
    seen = [available(dress)]
    small = merchant.adds_size(dress, "S", stock=0)
    seen.append(available(dress))
    goods["orange dress M"] = medium = merchant.adds_size(dress, "M", stock=2)
    yield "with sizes", [*seen, available(dress)]
    yield "price of sizes", said(dress, "price")
    yield "items of sizes", Item.objects.filter(object_id__in=[small.pk, medium.pk]).count()
    medium.stockrecords.get().delete()
    yield "last size gone", available(dress)
    medium.stockrecords.create(partner=merchant.partner, partner_sku="again", price=25, num_in_stock=2)


def lists(goods: Goods) -> Facts:
    subprocess.run([sys.executable, "-m", "django", "mmrec_encode"], check=True, stdout=sys.stderr)
    found = recommend("similar", item=goods["red dress"], k=3)
    titles = Item.objects.in_bulk(found.item_ids)
    yield "similar", [found.rung, sorted(titles[key].title for key in found.item_ids)]


def page(goods: Goods) -> Facts:
    html = Shopper().looks_at(goods["red dress"])
    shown, files = cards(html), [url.removeprefix(settings.MEDIA_URL) for url in pictures(html)]
    yield "cards", [len(shown), goods["red dress"].pk in shown]
    yield "where", [html.count("product_page"), html.index("Product Information") < html.index("You may also like")]
    yield "assets", html.index("mmrec_app/mmrec.js") < html.index("</head>")
    yield "thumbnails", [sum(file.startswith("cache/") for file in files), sum(map(on_disk, files))]


def on_disk(name: str) -> bool:
    return Path(settings.MEDIA_ROOT, name).is_file()


def orders(goods: Goods) -> Facts:
    get_model("address", "Country").objects.create(
        iso_3166_1_a2="GB", iso_3166_1_a3="GBR", printable_name="United Kingdom", is_shipping_country=True
    )
    ada = get_user_model().objects.create_user("ada", "ada@example.com", "x")
    shopper, guest = Shopper(ada), Shopper()
    shopper.looks_at(goods["red mug"])
    shopper.adds(goods["red mug"])
    yield "in the basket", goods["red mug"].pk in cards(shopper.looks_at(goods["blue mug"]))
    shopper.adds(goods["orange dress M"], quantity=2)
    shopper.buys()
    yield "signed in", told(visitor__user=ada)
    yield "all bought", available(goods["orange dress M"].parent)
    guest.adds(goods["blue mug"])
    guest.buys("guest@example.com")
    yield "guest", told(visitor__user=None, kind="purchase")
    yield "paid", list(Event.objects.filter(kind="purchase").values_list("currency", "site").distinct())
    by_telephone(ada, goods["green chair"])
    yield "by telephone", told(visitor__user=ada, item__title="Green chair")


def told(**which: Any) -> list[Any]:
    rows = Event.objects.filter(**which).order_by("pk").values_list("kind", "item__title", "quantity", "value")
    return [[kind, title, quantity, value and str(value)] for kind, title, quantity, value in rows]


def by_telephone(user: Any, product: Any) -> None:
    basket = get_model("basket", "Basket").objects.create(owner=user)
    basket.strategy = Selector().strategy()
    basket.add_product(product)
    create_order(basket=basket, user=user)


def bulk(goods: Goods) -> Facts:
    chair = goods["red chair"]
    before = chair.pk in cards(Shopper().looks_at(goods["blue chair"]))
    Product.objects.filter(pk=chair.pk).update(is_public=False)
    after = chair.pk in cards(Shopper().looks_at(goods["blue chair"]))
    yield "hidden without a signal", [before, available(chair), after]
    call_command("mmrec_sync", verbosity=0)
    yield "after a sync", available(chair)


def failing(goods: Goods) -> Facts:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mmrec_app_event RENAME TO mmrec_app_lost")
    shopper = Shopper()
    shopper.looks_at(goods["blue chair"])
    shopper.adds(goods["blue chair"])
    yield "sold without events", shopper.buys("late@example.com").num_items


if __name__ == "__main__":
    main()
