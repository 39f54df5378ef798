import os
import sys
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from mmrec_app.events import refresh_statistics
from shop_demo.seeding import progress
from shop_demo.seeding.ada import ensure_ada
from shop_demo.seeding.catalogue import PRODUCTS, catalogue
from shop_demo.seeding.events import SOURCE, load_shoppers
from shop_demo.seeding.pictures import PIXELS
from shop_demo.seeding.products import load_products, restore_pictures
from shop_demo.seeding.truth import SHOPPERS


class Command(BaseCommand):
    help = (
        "Fills the shop with its demo catalogue, shoppers and what they did in the last 90 days. It can be stopped and "
        "run again: it makes what is missing and never touches what is there. With SHOP_PASSWORD set, the account "
        '"ada" opens with it.'
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--products", type=int, default=PRODUCTS, help=f"How many products; default {PRODUCTS}.")
        parser.add_argument("--shoppers", type=int, default=SHOPPERS, help=f"How many shoppers; default {SHOPPERS}.")
        parser.add_argument("--pixels", type=int, default=PIXELS, help=f"Side of a picture; default {PIXELS}.")

    def handle(self, *args: Any, **options: Any) -> None:
        pixels = options["pixels"]
        if min(options["products"], options["shoppers"]) < 2:
            raise CommandError("a shop needs at least 2 products and 2 shoppers; raise --products or --shoppers.")
        goods = catalogue(options["products"])
        made = self._step("products", len(goods), lambda said: load_products(goods, pixels, said))
        restored = restore_pictures(goods, pixels)
        if made or restored:
            self.stdout.write(f"products: {made} made, {restored} pictures restored")
        if made or restored or not progress.done(progress.EVENTS):
            call_command("mmrec_sync", source=SOURCE, stdout=self.stdout)
        shoppers = options["shoppers"]
        if loaded := self._step("shoppers", shoppers, lambda said: load_shoppers(goods, shoppers, said)):
            refresh_statistics()
            self.stdout.write(f"shoppers: {shoppers} with {loaded} events")
        if password := os.environ.get("SHOP_PASSWORD"):
            ensure_ada(password, goods)

    def _step(self, what: str, total: int, work: Callable[[Callable[[int], object]], int]) -> int:
        with tqdm(total=total, desc=f"  {what}", unit="", file=sys.stdout, leave=False) as bar:
            return work(bar.update)
