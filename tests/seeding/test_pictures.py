import subprocess
import sys
import time

import psutil

from shop_demo.illustration import draw
from shop_demo.seeding.catalogue import catalogue
from shop_demo.seeding.pictures import PROCESSES, drawing, pictures

DRAW_FOR_EVER = """
if __name__ == "__main__":
    from shop_demo.seeding.catalogue import catalogue
    from shop_demo.seeding.pictures import drawing, pictures
    with drawing() as pool:
        while True:
            print(len(list(pictures(pool, catalogue(8), 64))), flush=True)
"""


def test_pictures_come_in_the_order_of_the_goods():
    goods = catalogue(6)
    with drawing() as pool:
        assert list(pictures(pool, goods, 64)) == [draw(one.form, one.look, 64) for one in goods]


def test_drawing_processes_do_not_outlive_a_killed_parent():
    with subprocess.Popen([sys.executable, "-c", DRAW_FOR_EVER], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "8\n"
        children = psutil.Process(parent.pid).children(recursive=True)
        parent.kill()
    assert len(children) >= PROCESSES
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and any(alive(child) for child in children):
        time.sleep(0.1)
    assert not [child for child in children if alive(child)]


def alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
