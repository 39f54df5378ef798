import numpy as np
import pytest
from django.db import connection

from mmrec_app.catalogue import item_for
from mmrec_app.embeddings import partitions
from mmrec_app.embeddings.generations import active_generation, discard, new_generation
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Artefact, Generation, ItemNeighbour, ItemVector
from mmrec_app.offline import fit as fitting
from mmrec_app.offline.encode import encode_dirty
from mmrec_app.offline.fit import fit, fit_is_due
from mmrec_app.offline.store import nearest
from mmrec_app.recommend import recommend
from tests.products import make_product, make_shop

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_fitted_generation_takes_over_and_places_what_comes_later(settings):
    settings.MMREC = settings.MMREC | {"AUTOFIT_ITEMS": 16}
    products = make_shop(numbers=1)
    assert fit_is_due()
    generation = fit(started_by="test")
    assert (generation.number, generation.state) == (1, "active")
    assert not fit_is_due()
    assert ItemVector.objects.filter(generation=1).count() == len(products)
    assert ItemNeighbour.objects.filter(generation=1).count() == len(products) * (len(products) - 1)
    assert Generation.objects.get(number=0).state == "retired"

    late = make_product("red", "dress", 9)
    encode_dirty()
    found = recommend("similar", item=late, k=1)
    assert (found.rung, found.generation, found.item_ids) == ("similar", 1, [item_for(products[0]).pk])


def test_what_changes_during_a_fit_is_not_missed(monkeypatch):
    make_shop(numbers=1)
    write = fitting.write

    def write_while_the_shop_goes_on(*arguments):
        write(*arguments)
        make_product("green", "mug", 7)
        encode_dirty()

    monkeypatch.setattr(fitting, "write", write_while_the_shop_goes_on)
    fit()
    assert ItemVector.objects.filter(generation=1, item__title="Green mug 7").exists()


def test_a_run_that_dies_leaves_the_active_generation_and_nothing_of_its_own(monkeypatch):
    make_shop(numbers=1)

    def die(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(fitting, "take_over", die)
    with pytest.raises(KeyboardInterrupt):
        fit()
    monkeypatch.undo()
    assert active_generation().number == 0
    assert Generation.objects.get(number=1).state == "failed"
    assert fit().number == 2


def test_nothing_encoded_is_said():
    with pytest.raises(MmrecError, match="mmrec_encode"):
        fit()


def test_a_damaged_artefact_is_refused():
    make_shop(numbers=1)
    generation = fit()
    Artefact.objects.update(data=b"something else")
    make_product("blue", "mug", 5)
    from mmrec_app.offline import tower

    tower._loaded.cache_clear()
    with pytest.raises(MmrecError, match="damaged"):
        tower.tower_of(generation)


def test_a_discarded_generation_leaves_no_tables():
    generation = new_generation(64, {})
    with connection.cursor() as cursor:
        partitions.create(cursor, generation.number)
    discard(generation, "not wanted")
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('mmrec_app_itemvector_g' || %s)", [generation.number])
        assert cursor.fetchone() == (None,)


def test_neighbours_are_exact_and_exclude_oneself():
    rng = np.random.default_rng(0)
    joint = rng.standard_normal((40, 8)).astype(np.float32)
    ids = np.arange(100, 140)
    rows = list(nearest(ids, joint))
    mine = [(neighbour, weight) for item, _, neighbour, weight in rows if item == 105]
    scores = joint @ joint[5]
    scores[5] = -np.inf
    assert [neighbour for neighbour, _ in mine] == [int(ids[n]) for n in np.argsort(-scores)[:39]]
