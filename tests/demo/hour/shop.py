"""A small shop of the demo's own pieces, with shoppers who were there before: many dresses, a few of them red, what is
worn with them, and things that nobody who wants a dress is after."""

import io
import time
from collections import Counter
from collections.abc import Callable

from celery import current_app
from django.core.management import call_command

from mmrec_app.events import refresh_affinities, refresh_statistics
from mmrec_app.models import Generation, Item
from shop_demo.seeding.catalogue import PRODUCTS, catalogue
from shop_demo.seeding.events import load_shoppers
from shop_demo.seeding.goods import Goods
from shop_demo.seeding.products import load_products
from tests.workers import Worker

OTHERS = ("pump", "sandal", "handbag", "cardigan", "sunglasses", "mug", "plate", "table lamp", "armchair", "sneaker")
OF_EACH = 6
SHOPPERS, PIXELS = 240, 160
PATIENCE = 600
"""Seconds; only a worker that hangs takes so long."""


def open_shop(worker: Callable[..., Worker]) -> Worker:
    """Fills it, and has a worker encode it and fit the first generation; returns the worker, which stays."""
    goods = pieces()
    load_products(goods, PIXELS, lambda count: None)
    call_command("mmrec_sync", stdout=io.StringIO())
    load_shoppers(goods, SHOPPERS, lambda count: None)
    refresh_statistics()
    refresh_affinities()
    running = worker()
    current_app.send_task("mmrec.encode", queue="mmrec.encode")
    wait_for(lambda: not Item.objects.filter(dirty_since__isnull=False).exists(), running)
    current_app.send_task("mmrec.fit_when_due", queue="mmrec.encode")
    wait_for(lambda: Generation.objects.filter(number=1, state=Generation.State.ACTIVE).exists(), running)
    return running


def pieces() -> list[Goods]:
    """Every dress of a catalogue twice as large as the demo's, and some of each of the other forms."""
    taken: Counter[str] = Counter()
    found = []
    for piece in catalogue(2 * PRODUCTS):
        taken[piece.form] += 1
        if piece.form == "dress" or (piece.form in OTHERS and taken[piece.form] <= OF_EACH):
            found.append(piece)
    return found


def wait_for(done: Callable[[], bool], worker: Worker) -> None:
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert worker.process.poll() is None and time.monotonic() < deadline, worker.output[-4000:]
        time.sleep(0.2)
