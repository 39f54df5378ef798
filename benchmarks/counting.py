"""What the counts of the schedule cost that look at every event: of popularity and trend, of what is bought together.

python -m shop_demo.servers run -- python -m benchmarks.counting [events, a million by default]
"""

import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.scratch import scratch_shop

ITEMS = 20_000
VISITORS_PER_EVENT = 0.1
DAYS = 365

# A few items and visitors have most of the events; each of them lies somewhere in the last year.
EVENTS = """
INSERT INTO mmrec_app_event (visitor_id, item_id, kind, at, quantity)
SELECT visitors[1 + floor(power(random(), 2) * cardinality(visitors))],
       items[1 + floor(power(random(), 3) * %(items)s)],
       (ARRAY['view', 'view', 'view', 'view', 'view', 'view', 'click', 'click', 'cart', 'purchase'])
           [1 + floor(random() * 10)],
       now() - random() * make_interval(days => %(days)s), 1
FROM generate_series(1, %(events)s), (SELECT array_agg(id) AS visitors FROM mmrec_app_visitor) AS visitor,
     (SELECT array_agg(id) AS items FROM mmrec_app_item) AS item
"""


def main(events: int) -> None:
    with scratch_shop():
        from mmrec_app.events import refresh_affinities, refresh_statistics

        print(f"{fill(events):,} events on {ITEMS:,} items")
        for name, count in (("popular and trending", refresh_statistics), ("bought together", refresh_affinities)):
            print(f"  {name}: {timed(count):.1f} s, again {timed(count):.1f} s")


def fill(events: int) -> int:
    from django.db import connection

    from mmrec_app.models import Event, Item, Visitor

    Item.objects.bulk_create((Item(source="t", object_id=str(n), title=str(n)) for n in range(ITEMS)), 5000)
    visitors = int(events * VISITORS_PER_EVENT)
    Visitor.objects.bulk_create((Visitor(key=str(n)) for n in range(visitors)), 5000)
    with connection.cursor() as cursor:
        cursor.execute(EVENTS, {"items": ITEMS, "days": DAYS, "events": events})
        cursor.execute("ANALYZE mmrec_app_event")
    return Event.objects.count()


def timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
