"""What the judge measures, on lists that can be told by heart."""

import numpy as np
import pytest

from mmrec_app.embeddings.generations import new_generation
from mmrec_app.models import Item
from mmrec_app.offline.judge import judge
from mmrec_app.offline.store import Rows, write
from mmrec_app.training.data import Ragged, TrainingSet

pytestmark = pytest.mark.django_db(transaction=True)

TASTES, PER_TASTE = 3, 21


def test_coverage_diversity_and_the_recall_of_what_nobody_had_met():
    """Who has met the first item of a taste gets its twenty others. Of the first taste ten look the one way and ten
    the other, of the second and third all look alike."""
    items = Item.objects.bulk_create(
        Item(source="shop_demo.product", object_id=str(n), title=f"Thing {n}") for n in range(TASTES * PER_TASTE)
    )
    item_ids = np.array([item.pk for item in items])
    joint = np.eye(8, dtype=np.float32)[np.repeat(np.arange(TASTES), PER_TASTE)]
    generation = new_generation(8, {"method": "pca"})
    write(generation, Rows(item_ids, joint, joint, np.zeros(len(items)), np.zeros((len(items), 0))))

    one, other, nothing = [1, 0], [0, 1], [np.nan, np.nan]
    first = [nothing, *[one] * 10, *[np.negative(one)] * 10]
    looks = np.array([*first, nothing, *[other] * 20, nothing, *[np.negative(other)] * 20], np.float32)
    data = TrainingSet(
        items=len(items),
        train=Ragged.of([[0], [21], [0]]),
        valid=Ragged.of([[], [], []]),
        test=Ragged.of([[5], [50], [21]]),  # found and new to all; not found and new to all; not found and known
        features={"looks": looks},
    )
    found = judge(generation, data, item_ids)
    assert found["recall@20"] == pytest.approx(1 / 3, abs=1e-5) and found["users"] == 3
    assert found["coverage@20"] == pytest.approx(40 / 63, abs=1e-5)
    apart = 1 + (100 - 90) / 190  # of 190 pairs, 100 look opposite ways and 90 the same way
    assert found["diversity@20"] == pytest.approx((apart + 0 + apart) / 3, abs=1e-5)
    assert (found["cold_recall@20"], found["unmet"]) == (0.5, 2)
