"""Experiments in the admin: drawn up, started, read, stopped, each by its right and by POST."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mmrec_app.admin.variant_form import WORDS, VariantForm
from mmrec_app.measuring.experiments import HOLDOUT
from mmrec_app.models import Experiment, Variant
from mmrec_app.recommend.placements import CHANGES, KNOWN
from tests.admin.test_admin import page, signed_in
from tests.products import make_product

pytestmark = pytest.mark.django_db


def url(name: str, *arguments: object) -> str:
    return reverse(f"admin:mmrec_app_experiment_{name}", args=arguments)


def draft(**fields: object) -> Experiment:
    made = Experiment.objects.create(**{"name": "Wider", "placement": "for_you", "goal": "clicked"} | fields)
    for name in ("as it is", "wider"):
        Variant.objects.create(experiment=made, name=name)
    return made


def body(**changed: object) -> dict:
    rows = {}
    for n, name in enumerate(("as it is", "wider")):
        rows |= {f"variants-{n}-name": name, f"variants-{n}-weight": 1}
    sizes = {"variants-TOTAL_FORMS": 2, "variants-INITIAL_FORMS": 0}
    own = {"name": "Wider", "placement": "for_you", "goal": "clicked", "holdout": 0.1, "expected": 1000}
    return own | sizes | rows | changed


def test_an_experiment_is_drawn_up_started_and_stopped() -> None:
    client = signed_in(superuser=True)
    assert "No experiment yet" in page(client, "experiment_changelist")
    assert client.post(url("add"), body()).status_code == 302
    made = Experiment.objects.get()
    assert [variant.name for variant in made.variants.all()] == ["as it is", "wider"] and made.state == "draft"
    assert "It runs." in client.post(url("start", made.pk), follow=True).content.decode()
    made.refresh_from_db()
    assert (made.state, made.started_by) == ("running", "staff")
    assert "Undecided so far" in page(client, "experiment_change", made.pk)
    assert "It is stopped" in client.post(url("stop", made.pk), follow=True).content.decode()
    made.refresh_from_db()
    assert (made.state, made.stopped_by) == ("stopped", "staff") and made.counted_at is not None
    assert LogEntry.objects.count() == 3
    assert "does not run" in client.post(url("stop", made.pk), follow=True).content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"variants-1-name": HOLDOUT}, "name of those who see no list"),
        ({"variants-1-diversity": "2"}, "less than or equal to 1"),
        ({"variants-1-rotation": "-1"}, "greater than or equal to 0"),
        ({"variants-1-caps": "category"}, "“category” is no pair: write a name, a colon"),
        ({"variants-1-caps": "brand: 0"}, "“caps” lets nothing of “brand” in"),
        ({"variants-1-caps": "brand: nan"}, "must be a number from 0 to 200"),
        ({"variants-1-weights": "taste: 1"}, "“taste”, which is no signal"),
        ({"placement": "search", "variants-1-weights": "linear: 1"}, "“linear”, which is no signal"),
        ({"placement": "search", "variants-1-rotation": "3"}, "The list “search” has no “rotation”; what can change"),
        ({"placement": "search", "variants-1-weights": "meaning: 0, words: 0"}, "nothing to search with"),
        ({"placement": "similar", "variants-1-rungs_0": "nowhere"}, "nowhere is not one of the available choices"),
        ({"variants-1-generation": "7"}, "7 is not one of the available choices"),
        ({"holdout": 1}, "less than or equal to 0.9"),
        ({"placement": "nowhere"}, "Select a valid choice"),
        ({"ends_at_0": "2020-01-01", "ends_at_1": "00:00"}, "over already"),
        ({"expected": 1}, "greater than or equal to 200"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(changed: dict, said: str) -> None:
    make_product(image=False)
    answer = signed_in(superuser=True).post(url("add"), body(**changed))
    assert answer.status_code == 200 and said in answer.content.decode() and not Experiment.objects.exists()


EVERYTHING = {
    "rungs": ["newest", "popular"], "mode": "looks", "diversity": 0.0, "caps": {"category": 0.25, "brand": 2.0},
    "rotation": 3, "rotation_days": 9, "exploration": 0.5, "exploration_days": 60, "weights": {"linear": 1.0},
    "generation": 0, "hides_purchased": False, "hides_cart": True, "needs_context": False,
}  # fmt: skip


def test_everything_that_can_change_is_a_field_and_stored_as_in_the_settings() -> None:
    fields = {
        "rungs_0": "newest", "rungs_1": "popular", "mode": "looks", "diversity": "0", "caps": "category: 0.25, brand:2",
        "rotation": "3", "rotation_days": "9", "exploration": "0.5", "exploration_days": "60", "weights": "linear: 1",
        "generation": "0", "hides_purchased": "false", "hides_cart": "true", "needs_context": "false",
    }  # fmt: skip
    client = signed_in(superuser=True)
    given = body(**{f"variants-1-{name}": value for name, value in fields.items()})
    assert client.post(url("add"), given).status_code == 302
    control, other = Variant.objects.all()
    assert control.overrides == {} and other.overrides == EVERYTHING and set(EVERYTHING) == set(CHANGES)
    form = VariantForm(instance=other)
    shown = {name: form[name].value() for name in CHANGES}
    assert sorted(shown["caps"].split(", ")) == ["brand: 2", "category: 0.25"] and shown["weights"] == "linear: 1"
    assert shown["rungs"] == ["newest", "popular", "", "", "", ""] and shown["hides_purchased"] == "false"
    again = given | {"variants-INITIAL_FORMS": 2, "name": "Wider"}
    for n, variant in enumerate((control, other)):
        again |= {f"variants-{n}-id": variant.pk, f"variants-{n}-experiment": variant.experiment_id}
    assert client.post(url("change", other.experiment_id), again).status_code == 302
    assert Variant.objects.get(name="wider").overrides == EVERYTHING
    assert client.post(url("change", other.experiment_id), again | {"variants-1-rungs_1": ""}).status_code == 302
    assert Variant.objects.get(name="wider").overrides == EVERYTHING | {"rungs": ["newest"]}


def test_a_search_is_experimented_with_and_who_is_held_out_clicks_in_it() -> None:
    client = signed_in(superuser=True)
    assert "without their taste" in page(client, "experiment_add")
    given = body(**{"placement": "search", "variants-1-weights": "taste: 0", "variants-1-diversity": "0.3"})
    assert client.post(url("add"), given).status_code == 302
    made = Experiment.objects.get(placement="search")
    assert made.variants.get(name="wider").overrides == {"weights": {"taste": 0.0}, "diversity": 0.3}
    assert "It runs." in client.post(url("start", made.pk), follow=True).content.decode()
    row = {"visitors": 3000, "carted": 0, "bought": 0, "revenue": 0.0, "squares": 0.0}
    made.refresh_from_db()
    made.totals = {"2026-11-25": {"as it is": row | {"clicked": 300}, HOLDOUT: row | {"clicked": 210}}}
    made.save()
    assert "7.00\xa0%" in page(client, "experiment_change", made.pk)
    Experiment.objects.update(placement="for_you")
    assert "7.00\xa0%" not in page(client, "experiment_change", made.pk)


def test_every_source_has_words_and_as_many_rungs_are_shown_as_are_stored() -> None:
    assert set(WORDS) == set(KNOWN)
    made = VariantForm(instance=Variant(name="long", overrides={"rungs": sorted(KNOWN)[:8]}))
    assert made["rungs"].value() == sorted(KNOWN)[:8] and str(made["rungs"]).count("<select") == 8


def test_what_runs_is_not_changed_nor_deleted() -> None:
    made = draft(state="running", started_at=timezone.now(), started_by="mara")
    client = signed_in(superuser=True)
    assert client.post(url("change", made.pk), body(name="Other")).status_code == 403
    assert client.post(url("delete", made.pk), {"post": "yes"}).status_code == 403
    html = page(client, "experiment_change", made.pk)
    assert 'name="variants-0-name"' not in html and "as it is" in html


def test_the_page_says_what_the_arms_brought() -> None:
    row = {"carted": 100, "bought": 50, "revenue": 500.0, "squares": 9000.0, "currency": "EUR", "other": "EUR"}
    arms = {
        "as it is": row | {"visitors": 3000, "clicked": 300},
        "wider": row | {"visitors": 3000, "clicked": 420},
        "": {"visitors": 12},
    }
    made = draft(state="running", started_at=timezone.now(), totals={"2026-11-24": arms, "2026-11-25": arms})
    html = page(signed_in(superuser=True), "experiment_change", made.pk)
    for said in (
        "“wider” is better",
        "14.00\xa0%",
        "+40.0\xa0%",
        "12 visitors who were in two arms",
        "mmrec-whisker mmrec-better",
    ):
        assert said in html, said
    assert html.count('class="mmrec-chart"') == 2
    made.totals["2026-11-25"]["wider"]["visitors"] = 2000
    made.save()
    assert "Not to be believed" in page(staff_again(), "experiment_change", made.pk)


def test_revenue_in_several_currencies_decides_nothing() -> None:
    row = {"visitors": 3000, "clicked": 0, "carted": 0, "bought": 300, "currency": "CHF", "other": "CHF"}
    arms = {
        "as it is": row | {"revenue": 3000.0, "squares": 30_000.0},
        "wider": row | {"revenue": 6000.0, "squares": 120_000.0},
    }
    made = draft(state="running", started_at=timezone.now(), goal="revenue", totals={"2026-11-25": arms})
    html = page(signed_in(superuser=True), "experiment_change", made.pk)
    assert "“wider” is better" in html and "2.00 CHF" in html and "mmrec-chart" in html
    arms["wider"]["other"] = "EUR"
    made.save()
    html = page(staff_again(), "experiment_change", made.pk)
    assert "revenue is not compared" in html and "is better" not in html and "mmrec-chart" not in html


def staff_again() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username="staff"))
    return client


@pytest.mark.parametrize("name", ["start", "stop", "count"])
def test_a_link_changes_nothing_and_neither_does_another_sites_form(name: str) -> None:
    made = draft(state="draft" if name == "start" else "running", started_at=timezone.now())
    before = list(Experiment.objects.values())
    assert signed_in(superuser=True).get(url(name, made.pk)).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(get_user_model().objects.get(username="staff"))
    assert strict.post(url(name, made.pk)).status_code == 403
    assert list(Experiment.objects.values()) == before


@pytest.mark.parametrize(("name", "state", "after"), [("start", "draft", "running"), ("stop", "running", "stopped")])
def test_running_is_a_right_of_its_own(name: str, state: str, after: str) -> None:
    made = draft(state=state, started_at=timezone.now())
    editor = signed_in("view_experiment", "add_experiment", "change_experiment", "delete_experiment")
    assert editor.post(url(name, made.pk)).status_code == 403
    assert url(name, made.pk) not in page(editor, "experiment_change", made.pk)
    assert "/login/" in Client().post(url(name, made.pk))["Location"]
    get_user_model().objects.all().delete()
    runner = signed_in("view_experiment", "run_experiment")
    assert runner.post(url(name, made.pk)).status_code == 302
    assert Experiment.objects.get().state == after
    assert runner.post(url("add"), body(name="New")).status_code == 403


def test_without_rights_there_is_nothing_to_see() -> None:
    made = draft()
    client = signed_in("view_dailyfigure")
    for name, arguments in (("changelist", ()), ("change", (made.pk,)), ("add", ())):
        assert client.get(url(name, *arguments)).status_code == 403
    assert client.post(url("count", made.pk)).status_code == 403
    assert signed_out().get(url("changelist")).status_code == 302


def signed_out() -> Client:
    return Client()


def test_what_is_not_there_is_not_found() -> None:
    assert signed_in(superuser=True).post(url("start", 10**6)).status_code == 404
