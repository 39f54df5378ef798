"""A training looks at other versions of what is encoded, unless it is told not to."""

import pytest

from mmrec_app.events import record
from mmrec_app.models import ModalityVector, Visitor
from mmrec_app.offline.learn import work
from mmrec_app.offline.retrain import start_run
from tests.offline.learning import SMALL
from tests.products import make_shop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def shop(settings, tmp_path):
    settings.MMREC = settings.MMREC | {"RUNS": tmp_path, "VIEWS": 1}
    products = make_shop(numbers=1)
    for number in range(6):
        visitor = Visitor.objects.create(key=f"v{number}")
        for step in range(6):
            record("view", products[(number + 3 * step) % len(products)], visitor=visitor)
    return products


@pytest.mark.parametrize(("augmentation", "views"), [(True, 2), (False, 0)])
def test_every_encoder_has_its_views_before_the_snapshot(shop, augmentation, views):
    start_run(SMALL | {"epochs": 1, "augmentation": augmentation}, started_by="test")
    stages = []
    work(lambda progress: stages.append(progress["stage"]))
    assert ModalityVector.objects.filter(view=1).count() == views * len(shop)
    assert ("views" in stages) == augmentation and "judging" in stages
