"""Draws the pictures of many pieces on a few processes. No Django here: that is all a drawing process imports."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import repeat

from shop_demo.illustration import draw
from shop_demo.seeding.goods import Goods

PROCESSES = max(2, min(8, os.cpu_count() or 2))
PIXELS = 640
"""Side of a picture; drawing costs about as much as it has area."""


@contextmanager
def drawing() -> Iterator[ProcessPoolExecutor]:
    """Fresh processes: a forked one would share this one's database connections."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(PROCESSES, mp_context=context, initializer=_depend_on_the_parent)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def pictures(pool: ProcessPoolExecutor, goods: Sequence[Goods], pixels: int) -> Iterator[bytes]:
    """JPEGs in the order of the goods."""
    return pool.map(_draw, goods, repeat(pixels))


def _draw(piece: Goods, pixels: int) -> bytes:
    return draw(piece.form, piece.look, pixels)


def _depend_on_the_parent() -> None:
    """The parent says when to stop; killed, it cannot, and the process would wait for work for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)
