"""Generations that running experiments name get what is new, and stay; a fault in them costs the active one nothing."""

from typing import Any

import pytest

from mmrec_app.catalogue import item_for
from mmrec_app.embeddings.generations import active_generation
from mmrec_app.embeddings.vectors import vectors_of
from mmrec_app.measuring.experiments import start, stop
from mmrec_app.models import Artefact, Experiment, Generation, Item, ItemVector, Variant
from mmrec_app.offline import tower
from mmrec_app.offline.encode import encode_dirty
from mmrec_app.offline.fit import fit
from mmrec_app.offline.gate import activate_generation
from mmrec_app.offline.store import drop_old
from mmrec_app.recommend import recommend
from tests.products import make_product, make_shop

pytestmark = pytest.mark.django_db(transaction=True)


def compare(*numbers: int) -> Experiment:
    """A running experiment whose variants name these generations."""
    made = Experiment.objects.create(name=f"Of {numbers}", placement="similar")
    for number in numbers:
        Variant.objects.create(experiment=made, name=str(number), overrides={"generation": number})
    start(made, by="mara")
    return made


def placed(product: Any) -> set[int]:
    return set(ItemVector.objects.filter(item=item_for(product)).values_list("generation", flat=True))


def arrives(number: int) -> Any:
    product = make_product("red", "dress", number)
    encode_dirty()
    return product


def test_what_is_new_or_changed_is_placed_in_what_an_experiment_names_while_it_runs() -> None:
    make_shop(numbers=1)
    assert fit().number == 1
    before = arrives(5)
    assert placed(before) == {1}
    made = compare(0, 1)
    during = arrives(6)
    assert placed(before) == placed(during) == {0, 1}  # it was caught up first
    found = recommend("similar", item=during, k=1, variant={"generation": 0})
    assert (found.generation, found.rung, found.item_ids) == (0, "similar", [item_for(before).pk])

    old = vectors_of(0, [item_for(before).pk])
    before.description = before.title = "Something else altogether"
    before.save()
    encode_dirty()
    assert (vectors_of(0, [*old])[item_for(before).pk] != old[item_for(before).pk]).any()

    gone = item_for(before).pk
    before.delete()
    for generation in (0, 1):
        assert gone not in recommend("similar", item=during, k=20, variant={"generation": generation}).item_ids

    stop(made, by="mara")
    after = arrives(7)
    assert placed(after) == {1}
    activate_generation(0)
    encode_dirty()
    assert placed(after) == {0, 1}  # the time since the experiment was remembered


def test_who_wins_an_experiment_serves_without_being_placed_anew() -> None:
    make_shop(numbers=1)
    fit()
    compare(0, 1)
    arrives(5)
    assert activate_generation(0).placed_until is None
    assert placed(arrives(6)) == {0, 1}  # the one that served before is still compared


def test_what_fails_in_a_named_generation_waits_and_the_active_one_goes_on(caplog: Any) -> None:
    make_shop(numbers=1)
    first, second = fit(), fit()
    compare(first.number, second.number)
    encode_dirty()
    kept = bytes(Artefact.objects.get(generation=first, name=tower.PROJECTION).data)
    Artefact.objects.filter(generation=first).update(data=b"damaged")
    tower._loaded.cache_clear()
    late = arrives(5)
    assert placed(late) == {second.number} and "generation 1, which an experiment names" in caplog.text
    assert not Item.objects.exclude(dirty_since=None).exists()
    later = arrives(6)
    Artefact.objects.filter(generation=first).update(data=kept)
    encode_dirty()
    assert placed(late) == placed(later) == {first.number, second.number}


def test_what_a_running_experiment_names_is_not_dropped(settings: Any) -> None:
    settings.MMREC = settings.MMREC | {"KEEP_GENERATIONS": 1}
    make_shop(numbers=1)
    fit(), fit()
    made = compare(1, 2)
    fit(), fit()
    assert active_generation().number == 4
    assert set(Generation.objects.filter(kept=True).values_list("number", flat=True)) == {0, 1, 2, 3, 4}
    stop(made, by="mara")
    assert drop_old() == [2, 1]
