"""Arms, starting and stopping, and what is concluded."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone

from mmrec_app.catalogue import item_for
from mmrec_app.embeddings import named
from mmrec_app.events import NewEvent, record, record_many
from mmrec_app.exceptions import MmrecError
from mmrec_app.lists import measured_list, start_experiment
from mmrec_app.measuring.experiments import HOLDOUT, arm_of, choose, start, stop
from mmrec_app.measuring.outcomes import count_experiment, count_experiments, results, shares
from mmrec_app.models import Event, Experiment, Generation, Impression, Item, Variant, Visitor
from tests.products import make_product

pytestmark = pytest.mark.django_db


def experiment(*names: str, **fields: Any) -> Experiment:
    made = Experiment.objects.create(**{"name": "Wider", "placement": "trending", "expected": 1_000} | fields)
    for name in names:
        Variant.objects.create(experiment=made, name=name)
    return made


def running(*names: str, **fields: Any) -> Experiment:
    made = experiment(*names, **fields)
    start(made, by="mara")
    return made


def ask(visitor: Visitor | None) -> Any:
    request = RequestFactory().get("/")
    request.session = {}
    request._mmrec_visitor = visitor  # type: ignore[attr-defined]
    return measured_list("trending", request, k=2)


@pytest.fixture
def item() -> Item:
    return item_for(make_product(image=False))


def test_visitors_stay_in_their_arm_and_arms_get_their_shares() -> None:
    made = running("a", "b", holdout=0.2)
    Variant.objects.filter(name="b").update(weight=3)
    variants = list(made.variants.all())
    arms = [choose(made, variants, f"visitor {n}").name for n in range(20_000)]
    assert arms == [choose(made, variants, f"visitor {n}").name for n in range(20_000)]
    for name, share in shares(made).items():
        assert arms.count(name) / 20_000 == pytest.approx(share, abs=0.015)
    assert shares(made) == {"a": 0.2, "b": pytest.approx(0.6), HOLDOUT: 0.2}


def test_experiments_are_independent_of_each_other() -> None:
    one, two = experiment("a", "b"), experiment("a", "b", name="Other")
    pairs = [
        (choose(one, list(one.variants.all()), str(n)).name, choose(two, list(two.variants.all()), str(n)).name)
        for n in range(2_000)
    ]
    assert all(pairs.count((x, y)) == pytest.approx(500, abs=90) for x in "ab" for y in "ab")


def test_only_known_visitors_take_part_and_only_while_it_runs() -> None:
    made = experiment("a", "b")
    ada = Visitor.objects.create(key="ada")
    assert arm_of("trending", ada) is None
    start(made, by="mara")
    assert arm_of("trending", ada) is not None
    assert arm_of("trending", None) is None and arm_of("for_you", ada) is None
    Experiment.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert arm_of("trending", ada) is None
    count_experiments()
    made.refresh_from_db()
    assert (made.state, made.stopped_by, made.stopped_at) == ("stopped", "schedule", made.ends_at)


def test_a_list_notes_its_arm_and_its_time(item: Item) -> None:
    made = running("a", "b")
    found = ask(Visitor.objects.create(key="ada"))
    noted = Impression.objects.get(pk=found.impression)
    assert noted.experiment == made and noted.variant in ("a", "b") and noted.latency_ms > 0
    nobody = Impression.objects.get(pk=ask(None).impression)
    assert nobody.experiment is None and nobody.variant == "" and nobody.latency_ms > 0


def test_an_arm_gets_its_changes(item: Item) -> None:
    running("a", "b")
    Variant.objects.filter(name="a").update(overrides={"rungs": ["recent", "popular"]})
    Variant.objects.filter(name="b").update(weight=0)
    record_many(visitor := Visitor.objects.create(key="ada"), [NewEvent("view", item)])
    assert ask(visitor).rung == "recent" and ask(Visitor.objects.create(key="ben")).rung == "popular"
    assert ask(None).rung == "popular"  # as it is: nothing is on the rise


def test_what_has_won_is_made_the_placements_own(item: Item, settings: Any) -> None:
    settings.MMREC = settings.MMREC | {"PLACEMENTS": {"trending": {"rungs": ["recent", "popular"]}}}
    record_many(visitor := Visitor.objects.create(key="ada"), [NewEvent("view", item)])
    assert ask(visitor).rung == "recent"


def test_a_variant_that_cannot_be_is_not_started(item: Item) -> None:
    made = experiment("a", "b")
    for odd in ({"rungs": ["nowhere"]}, {"rungs": []}, {"rungs": [[]]}, {"rungs": "trending"}, {"k": 3}):
        made.variants.filter(name="b").update(overrides=odd)
        with pytest.raises(MmrecError, match="rung|no 'k'"):
            start_experiment(made, by="mara")
    made.variants.update(overrides={"hides_purchased": False})
    start_experiment(made, by="mara")
    assert Experiment.objects.get().state == "running"


def test_an_arm_gets_the_generation_that_it_names_and_the_impression_says_so(item: Item) -> None:
    Generation.objects.create(number=1, dimension=256, state="ready")
    running("a", "b")
    Variant.objects.filter(name="a").update(overrides={"generation": 1})
    Variant.objects.filter(name="b").update(weight=0)
    for visitor, generation in ((Visitor.objects.create(key="ada"), 1), (None, 0)):
        shown = Impression.objects.get(pk=ask(visitor).impression)
        assert (shown.generation_id, len(shown.items)) == (generation, 1)


def test_a_generation_that_is_gone_costs_no_list_and_is_told_once(item: Item, caplog: Any) -> None:
    Generation.objects.create(number=1, dimension=256, state="retired")
    running("a", "b")
    Variant.objects.update(overrides={"generation": 1})
    named._warn.cache_clear()
    ada = Visitor.objects.create(key="ada")
    assert ask(ada).generation == 1 and not caplog.text
    for gone in ({"kept": False}, {"kept": True, "state": "failed"}, {"state": "training"}):
        Generation.objects.filter(number=1).update(**gone)
        found = ask(ada)
        assert (found.generation, found.rung, len(found)) == (0, "popular", 1), gone
    assert caplog.text.count("generation 1, which a variant of an experiment names, cannot serve") == 1


@pytest.mark.parametrize("products", [True, False])
def test_a_generation_that_cannot_serve_is_not_started(products: bool) -> None:
    if products:
        make_product(image=False)
    Generation.objects.create(number=1, dimension=8, state="failed")
    Generation.objects.create(number=2, dimension=8, state="retired", kept=False)
    Generation.objects.create(number=3, dimension=8, state="ready")
    made = experiment("a", "b")
    for odd, said in ((1, "1 cannot serve; those that can are 0, 3"), (2, "2 cannot"), (9, "9 cannot"), ("3", "'3'")):
        made.variants.filter(name="b").update(overrides={"generation": odd})
        with pytest.raises(MmrecError, match=said):
            start_experiment(made, by="mara")
    made.variants.update(overrides={"generation": 3})
    start_experiment(made, by="mara")


def test_who_is_held_out_gets_nothing_and_counts(item: Item) -> None:
    running("a", holdout=0.5)
    visitors = [Visitor.objects.create(key=f"v{n}") for n in range(60)]
    lists = [ask(visitor) for visitor in visitors]
    empty = [found for found in lists if not found.cards]
    assert 10 < len(empty) < 50 and all((e.impression, e.rung) == (None, "empty") for e in empty)
    assert Impression.objects.filter(variant=HOLDOUT).count() == len(empty)


def test_who_is_handed_an_empty_list_counts_as_well() -> None:
    made = running("a", "b")
    for n in range(20):
        assert ask(Visitor.objects.create(key=f"v{n}")).impression is None  # there is no product
    assert set(Impression.objects.values_list("rung", "experiment")) == {("empty", made.pk)}
    count_experiment(made)
    assert sum(arm.visitors for arm in results(made).arms) == 20
    ask(None)
    assert Impression.objects.count() == 20


@pytest.mark.parametrize(
    ("names", "fields", "said"),
    [((), {}, "compares nothing"), (("a",), {}, "compares nothing"), (("a", "b"), {"state": "stopped"}, "once")],
)
def test_what_cannot_be_started_says_why(names: tuple[str, ...], fields: dict[str, Any], said: str) -> None:
    with pytest.raises(MmrecError, match=said):
        start(experiment(*names, **fields), by="mara")


def test_one_runs_in_a_placement() -> None:
    first = running("a", "b")
    with pytest.raises(MmrecError, match="“Wider” runs in “trending”: stop it first"):
        start(experiment("a", "b", name="Other"), by="mara")
    stop(first, by="mara")
    start(Experiment.objects.get(name="Other"), by="mara")
    with pytest.raises(MmrecError, match="does not run"):
        stop(first, by="mara")


def take_part(made: Experiment, arm: str, key: str, item: Item, *kinds: str, value: int = 10) -> Visitor:
    """A visitor who was handed a list an hour ago, and did something after that."""
    visitor = Visitor.objects.create(key=key)
    hour = timezone.now() - timedelta(hours=1)
    shown = Impression.objects.create(
        placement="trending", visitor=visitor, rung="trending", generation_id=0, items=[item.pk], at=hour,
        experiment=made, variant=arm,
    )  # fmt: skip
    did = {"at": hour + timedelta(minutes=5)}
    more: dict[str, dict[str, Any]] = {"click": {"impression": shown.pk}, "purchase": {"value": Decimal(value)}}
    events = [NewEvent(kind, item, **did, **more.get(kind, {})) for kind in kinds]
    record_many(visitor, events)
    return visitor


def test_arms_are_counted_by_visitor(item: Item) -> None:
    made = running("a", "b")
    take_part(made, "a", "one", item, "click", "cart", "purchase", "purchase")
    take_part(made, "a", "two", item, "view")
    take_part(made, "b", "three", item, "purchase", value=30)
    robot = take_part(made, "b", "robot", item, *["click"] * 61)
    both = take_part(made, "a", "both", item, "purchase")
    Impression.objects.create(
        placement="trending", visitor=both, rung="trending", items=[], experiment=made, variant="b"
    )
    earlier = take_part(made, "b", "earlier", item)
    record_many(earlier, [NewEvent("purchase", item, value=Decimal(5), at=timezone.now() - timedelta(hours=2))])
    count_experiment(made)
    found = results(made)
    a, b = found.arms
    assert robot and found.crossed == 1 and found.currency == "EUR"
    assert {goal: s.responses for goal, s in a.samples.items()} == {
        "clicked": 1,
        "carted": 1,
        "bought": 1,
        "revenue": 1,
    }
    assert (a.visitors, a.samples["revenue"].total, a.samples["revenue"].squares) == (2, 20, 400)
    assert (b.visitors, b.samples["bought"].responses, b.samples["revenue"].total) == (2, 1, 30)
    assert not a.against and set(b.against) == {"clicked", "carted", "bought", "revenue"}


def test_the_currency_is_the_one_it_was_paid_in(item: Item) -> None:
    made = running("a", "b")
    take_part(made, "a", "one", item, "purchase")
    Event.objects.update(currency="CHF")
    count_experiment(made)
    assert results(made).currency == "CHF"
    take_part(made, "b", "two", item, "purchase")
    count_experiment(made)
    assert results(made).currency is None


def test_what_brings_no_revenue_has_no_currency(item: Item) -> None:
    made = running("a", "b", goal="revenue")
    take_part(made, "a", "one", item, "purchase")
    for key, arms, value in (("gift", "b", None), ("free", "b", Decimal(0)), ("crossed", "ab", Decimal(5))):
        for arm in arms:
            Impression.objects.create(
                placement="trending", visitor=Visitor.objects.get_or_create(key=key)[0], rung="trending", items=[],
                at=timezone.now() - timedelta(hours=1), experiment=made, variant=arm,
            )  # fmt: skip
        record("purchase", item, visitor=Visitor.objects.get(key=key), value=value, currency="CHF")
        count_experiment(made)
        assert results(made).currency == "EUR", key
    assert results(made).crossed == 1
    take_part(made, "b", "two", item, "purchase")
    Event.objects.filter(visitor__key="two").update(currency="CHF")
    count_experiment(made)
    assert results(made).currency is None


def totals(**arms: tuple[int, int]) -> dict[str, Any]:
    rows = {
        name: {
            "visitors": n,
            "clicked": yes,
            "carted": yes,
            "bought": yes,
            "revenue": 10.0 * yes,
            "squares": 100.0 * yes,
        }
        for name, (n, yes) in arms.items()
    }
    return {"2026-11-25": rows}


def test_a_difference_is_concluded_and_a_lopsided_experiment_is_not_believed() -> None:
    made = experiment("a", "b", "c")
    made.totals = totals(a=(5_000, 500), b=(5_000, 750), c=(5_000, 510))
    assert dict(results(made).verdicts) == {"b": 1}
    made.totals = totals(a=(5_000, 750), b=(5_000, 500), c=(5_000, 740))
    assert dict(results(made).verdicts) == {"b": -1}
    made.totals = totals(a=(4_000, 400), b=(6_000, 900), c=(5_000, 500))
    assert results(made).skewed and not results(made).verdicts


def test_several_comparisons_share_the_level() -> None:
    two, three = experiment("a", "b"), experiment("a", "b", "c", name="Other")
    two.totals, three.totals = totals(a=(900, 100), b=(900, 140)), totals(a=(900, 100), b=(900, 140), c=(900, 100))
    width = {len(each.arms): each.arms[1].against["bought"].high for each in map(results, (two, three))}
    assert width[3] > width[2]
