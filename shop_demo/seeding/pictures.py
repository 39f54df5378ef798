"""Draws the pictures of many pieces on two processes. No Django here: that is all a drawing process imports."""

import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from shop_demo.illustration import draw
from shop_demo.seeding.goods import Goods

PROCESSES = 2


@contextmanager
def drawing() -> Iterator[ProcessPoolExecutor]:
    """Fresh processes: a forked one would share this one's database connections."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(PROCESSES, mp_context=context, initializer=_leave_signals_to_the_parent)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def pictures(pool: ProcessPoolExecutor, goods: Sequence[Goods]) -> Iterator[bytes]:
    """JPEGs in the order of the goods."""
    return pool.map(_draw, goods)


def _draw(piece: Goods) -> bytes:
    return draw(piece.form, piece.look)


def _leave_signals_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
