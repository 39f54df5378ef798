"""The whole walk with a real worker on a real broker."""

import subprocess
import sys
import time

import pytest
from django.db import connection

from mmrec_app import tasks
from mmrec_app.catalogue import item_for
from mmrec_app.models import Item, ItemVector
from mmrec_app.recommend import recommend
from tests.products import make_product, make_shop
from tests.workers import environment_of_worker

pytestmark = pytest.mark.django_db(transaction=True)

WRITES = """
CREATE TABLE vector_writes (item_id bigint, modality text);
CREATE FUNCTION note_write() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN INSERT INTO vector_writes VALUES (new.item_id, new.modality); RETURN new; END $$;
CREATE TRIGGER note_write AFTER INSERT OR UPDATE ON mmrec_app_modalityvector FOR EACH ROW EXECUTE FUNCTION note_write();
"""


def wait_until(condition, seconds: float = 300) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "nothing happened in time"
        time.sleep(0.1)


def dirty() -> int:
    return Item.objects.filter(dirty_since__isnull=False).count()


def test_a_saved_product_is_recommended_without_anybody_asking(worker):
    shop = make_shop(numbers=1, encode=False)
    worker()
    tasks.hint()
    wait_until(lambda: dirty() == 0)
    new = make_product("red", "dress", 8)
    wait_until(lambda: ItemVector.objects.filter(item=item_for(new)).exists())
    assert recommend("similar", item=shop[0], k=1).item_ids == [item_for(new).pk]


def test_a_broker_that_is_down_costs_no_save():
    script = (
        "import django; django.setup()\n"
        "from shop_demo.models import Product; Product.objects.create(slug='x', title='Saved')"
    )
    environment = environment_of_worker() | {"CELERY_BROKER_URL": "redis://127.0.0.1:1/0"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "the broker cannot be reached" in done.stderr
    assert Item.objects.get(title="Saved").dirty_since is not None


@pytest.mark.slow
def test_a_worker_killed_ten_times_loses_and_doubles_nothing(worker):
    make_shop(numbers=63, encode=False)  # 1,008 items
    total = Item.objects.count()
    with connection.cursor() as cursor:
        cursor.execute(WRITES)
    try:
        for kill in range(10):
            running = worker(MMREC_TEST_LEASE="4", MMREC_TEST_BATCH="48")
            tasks.hint()
            before = dirty()
            deadline = time.monotonic() + 120
            while dirty() == before and time.monotonic() < deadline:
                time.sleep(0.05)
            time.sleep(0.11 * kill)  # another point of the work each time
            running.kill()
        assert dirty() > 0, "the kills came too late to be in the middle"
        worker(MMREC_TEST_LEASE="4", MMREC_TEST_BATCH="256")

        def sweep() -> bool:
            tasks.hint()
            time.sleep(1)
            return dirty() == 0

        wait_until(sweep, 900)
        assert Item.objects.count() == total and ItemVector.objects.count() == total
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*), count(DISTINCT (item_id, modality)) FROM vector_writes")
            assert cursor.fetchone() == (3 * total, 3 * total)  # of a text, a picture and its colours
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE vector_writes CASCADE; DROP FUNCTION note_write CASCADE")
