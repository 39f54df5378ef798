import json
from typing import Any

from django.core.management.base import CommandError, CommandParser

from mmrec_app.catalogue.items import find_item
from mmrec_app.exceptions import MmrecError
from mmrec_app.management.people import visitor_named
from mmrec_app.management.teaching import TaughtCommand
from mmrec_app.models import Item
from mmrec_app.recommend import PLACEMENTS, recommend
from mmrec_app.types import Recommendations


class Command(TaughtCommand):
    help = "Prints a list as a visitor would get it, with scores, its rung and the generation it was made with."
    examples = (
        "mmrec_recommend similar --item 17 --k 5",
        "mmrec_recommend for_you --user 3 --json",
    )
    then = "A list whose rung is popular where it should be personal: mmrec_status says whether vectors are missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("placement", choices=sorted(PLACEMENTS), help="Which list.")
        who = parser.add_mutually_exclusive_group()
        who.add_argument("--user", help="For this user, by primary key.")
        who.add_argument("--visitor", help="For this visitor, by key.")
        parser.add_argument("--item", help="About this product, by the shop's primary key (similar, cart).")
        parser.add_argument("--source", default="", help="The product's catalogue (shop.product); default: the first.")
        parser.add_argument("--k", type=int, default=12, help="How many products (default 12).")
        parser.add_argument("--json", action="store_true", help="One JSON object instead of lines.")

    def handle(self, *args: Any, **options: Any) -> None:
        item = _item(options["item"], options["source"]) if options["item"] else None
        try:
            found = recommend(options["placement"], visitor=visitor_named(options), item=item, k=options["k"])
        except MmrecError as error:
            raise CommandError(str(error)) from error
        rows = _rows(found)
        if options["json"]:
            head = {"placement": found.placement, "rung": found.rung, "generation": found.generation}
            self.stdout.write(json.dumps(head | {"items": rows}))
            return
        self.stdout.write(f"{found.placement}: rung {found.rung}, generation {found.generation}")
        for row in rows:
            self.stdout.write(f"{row['score']:>8.4f}  {row['via']:<10} {row['object_id']:>8}  {row['title']}")


def _rows(found: Recommendations) -> list[dict[str, Any]]:
    items = Item.objects.in_bulk(found.item_ids)
    return [
        {
            "object_id": items[candidate.item_id].object_id,
            "title": items[candidate.item_id].title,
            "category": items[candidate.item_id].category,
            "score": round(candidate.score, 4),
            "via": candidate.source,
        }
        for candidate in found.items
    ]


def _item(object_id: str, source: str) -> Item:
    if (item := find_item(object_id, source)) is None:
        raise CommandError(f"no item stands for {source or 'product'} {object_id!r}; run mmrec_sync, or check the key.")
    return item
