"""The demo's shoppers, whose tastes are known: do trained lists show what they would like?

python -m shop_demo.servers run -- python -m benchmarks.tastes
"""

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import urlsplit, urlunsplit

from benchmarks.scratch import scratch_shop

PIXELS = 128
SHOPPERS_ASKED = 300
K = 20
RELEVANCE = {"diversity": 0.0, "exploration": 0.0}
"""A variant that ranks by relevance alone."""


def main() -> None:
    with scratch_shop():
        from django.core.management import call_command

        call_command("seed_demo", pixels=PIXELS)
        for command in (["mmrec_encode"], ["mmrec_fit"]):
            _worker(*command)
        report("fitted to the catalogue")
        _worker("mmrec_train")
        report("trained")


def report(generation: str) -> None:
    """NDCG of the lists by the shoppers' true tastes, beside the most popular products with the same left out: as they
    are served, and without the places that diversity and exploration take."""
    from mmrec_app.models import Visitor
    from shop_demo.seeding.truth import ROMANTIC, SPORTY, truth, visitor_key

    known = truth()
    keys = known.visitor_keys[:: max(1, len(known.visitor_keys) // SHOPPERS_ASKED)]
    visitors = Visitor.objects.in_bulk(keys, field_name="key")

    def ndcg(asked: Callable[[object], list[str]]) -> float:
        return statistics.mean(known.ndcg(key, asked(visitors[key])) for key in keys)

    served, ranked, popular = ndcg(for_you), ndcg(partial(for_you, variant=RELEVANCE)), ndcg(most_popular)
    one, other = (for_you(Visitor.objects.get(key=visitor_key(number))) for number in (ROMANTIC, SPORTY))
    shared = len(set(one) & set(other)) / K
    print(f"{generation}: NDCG@{K} by true tastes {served:.3f}, popularity {popular:.3f} -> {served / popular:.2f} ×")
    print(f"  by relevance alone {ranked:.3f} -> {ranked / popular:.2f} ×")
    print(f"  two shoppers of opposite tastes share {shared:.0%} of their lists; lengths {len(one)}, {len(other)}")


def for_you(visitor: object, variant: Mapping[str, float] | None = None) -> list[str]:
    from mmrec_app.recommend import recommend

    return _external(recommend("for_you", visitor=visitor, k=K, variant=variant).item_ids)


def most_popular(visitor: object) -> list[str]:
    """What most shoppers touched, but for what this one did: lists for her show nothing that she has met either."""
    from django.db.models import Count

    from mmrec_app.models import Item

    open_items = Item.objects.filter(available=True).exclude(events__visitor=visitor)
    counted = open_items.annotate(met=Count("events__visitor", distinct=True)).order_by("-met", "pk")
    return _external(list(counted.values_list("pk", flat=True)[:K]))


def _external(item_ids: list[int]) -> list[str]:
    from mmrec_app.models import Item
    from shop_demo.models import Product

    items = Item.objects.in_bulk(item_ids)
    external = dict(Product.objects.values_list("pk", "external_id"))
    return [external[int(items[pk].object_id)] for pk in item_ids]


def _worker(*command: str) -> None:
    """In another process, as a worker would."""
    from django.db import connection

    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = os.environ | {"DATABASE_URL": urlunsplit(url)}
    subprocess.run([sys.executable, "manage.py", *command], env=environment, check=True)


if __name__ == "__main__":
    main()
