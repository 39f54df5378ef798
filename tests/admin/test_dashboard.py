"""The dashboard: its numbers, its empty states, its rights, its export, its speed."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mmrec_app.admin.writing import milliseconds
from mmrec_app.catalogue import item_for
from mmrec_app.events import record
from mmrec_app.measuring.counting import count_day
from mmrec_app.models import CountedDay, DailyFigure, DailyItem, Experiment, Impression, Item, Variant, Visitor
from tests.admin.test_admin import page, signed_in
from tests.products import make_product

pytestmark = pytest.mark.django_db
DAY = timezone.localdate()


def url(name: str) -> str:
    return reverse(f"admin:mmrec_app_dailyfigure_{name}")


def figure(**fields: object) -> DailyFigure:
    values = {"day": DAY, "placement": "for_you", "generation": 0, "rung": "personal", "handed": 1500, "seen": 1200,
              "clicked": 60, "clicks": 66}  # fmt: skip
    return DailyFigure.objects.create(**values | fields)


def test_an_empty_dashboard_says_what_to_do_next() -> None:
    client = signed_in(superuser=True)
    html = page(client, "dailyfigure_changelist")
    assert "Nothing to show yet" in html and "mmrec_sync" in html and "The catalogue now" not in html
    make_product(image=False)
    assert "mmrec_sync" not in page(client, "dailyfigure_changelist")


def test_days_without_looks_say_where_there_are_some() -> None:
    figure(day=DAY - timedelta(days=60))
    html = page(signed_in(superuser=True), "dailyfigure_changelist")
    assert "No list was seen in these days" in html and (DAY - timedelta(days=60)).strftime("%Y") in html


def test_the_page_shows_what_was_counted() -> None:
    figure()
    figure(currency="EUR", handed=0, seen=0, clicked=0, clicks=0, bought=3, revenue=Decimal("120.50"))
    figure(day=DAY - timedelta(days=28), seen=600)
    figure(placement="", generation=None, rung="", handed=0, seen=0, clicked=0, clicks=0, currency="EUR", bought=9,
           revenue=Decimal("482.00"))  # fmt: skip
    CountedDay.objects.create(day=DAY, counted_at=timezone.now(), robots=2)
    html = page(signed_in(superuser=True), "dailyfigure_changelist")
    for said in (
        "1,200",
        "1,500 handed out",
        "5.0\xa0%",
        "€120.50",
        "25.0\xa0% of the shop",
        "+100\xa0%",
        "2 visitors are",
    ):
        assert said in html, said
    assert html.count('<svg class="mmrec-chart"') == 4 and " style=" not in html.split("mmrec-choose")[1]


EARLY = {"since": "0001-01-01", "until": "0001-01-02"}


def test_it_can_be_narrowed_and_odd_wishes_open_it_as_usual() -> None:
    figure()
    figure(placement="similar", generation=1, seen=7, handed=7, clicked=0, clicks=0)
    client = signed_in(superuser=True)
    address = url("changelist")
    assert "1,207" in client.get(address).content.decode()
    assert "1,207" not in client.get(address, {"placement": "similar"}).content.decode()
    assert client.get(address, {"generation": "1"}).context["board"].overview.total.seen == 7
    assert (
        "end before they begin" in client.get(address, {"since": "2026-02-02", "until": "2026-02-01"}).content.decode()
    )
    assert client.get(address, {"since": "1000-01-01", "until": str(DAY)}).status_code == 200
    for odd in ({"since": "x"}, {"placement": "<script>"}, {"generation": "0 OR 1"}, {"until": "9999-12-31"}, EARLY):
        answer = client.get(address, odd)
        assert answer.status_code == 200 and b"<script>" not in answer.content.split(b"mmrec-choose")[1]


@pytest.mark.parametrize("early", [EARLY, {"until": "0001-01-02"}])
def test_before_the_calendar_begins_there_is_nothing(early: dict[str, str]) -> None:
    client = signed_in(superuser=True)
    for address in (url("changelist"), url("export"), reverse("mmrec:metrics")):
        answer = client.get(address, early)
        assert answer.status_code == 200 and b"".join(answer)


def test_the_export_holds_every_figure_and_runs_nothing() -> None:
    figure(variant="=cmd|' /C calc'!A0: b", latency=[0] * 20 + [100] + [0] * 45)
    DailyItem.objects.create(day=DAY, placement="for_you", item=item_for(make_product(image=False)), seen=3)
    make_product(number=1, image=False)
    answer = signed_in(superuser=True).get(url("export"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    row, whole = csv.DictReader(io.StringIO(text))
    assert answer["Content-Type"].startswith("text/csv") and "attachment" in answer["Content-Disposition"]
    assert (row["seen"], row["clicks"], row["variant"]) == ("1200", "66", "'=cmd|' /C calc'!A0: b")
    assert row["latency_50"] == row["latency_99"] == whole["latency_95"] == str(round(1.15**20.5, 1))
    assert (whole["day"], whole["covered"], whole["for_sale"], whole["waiting"]) == ("", "1", "2", "2")
    assert (row["covered"], row["for_sale"]) == ("", "")


def test_times_and_coverage_are_shown_by_list_day_generation_and_variant() -> None:
    figure(latency=[0] * 10 + [9] + [0] * 55)
    figure(generation=1, variant="Wider: b", latency=[0] * 40 + [9] + [0] * 25)
    figure(generation=None, day=DAY - timedelta(days=1), seen=5)  # as a version wrote it that told no items apart
    first, second, *_ = (item_for(make_product(number=n, image=False)) for n in range(4))
    more = {"day": DAY, "placement": "for_you", "seen": 3}
    DailyItem.objects.create(item=first, generation=0, **more)
    DailyItem.objects.create(item=second, generation=1, variant="Wider: b", **more)
    client = signed_in(superuser=True)
    answer = client.get(url("changelist"))
    board, html = answer.context["board"], answer.content.decode()
    tables = {first: {name: values[0] for name, values in rows} for first, rows in board.latency}
    quick, slow = (milliseconds(1.15**power) for power in (10.5, 40.5))
    assert tables == {
        "List": {"all lists": quick, "for_you": quick},
        "Generation": {"0": quick, "1": slow},
        "Experiment and variant": {"Wider: b": slow},
    }
    assert len(board.charts) == 5 and "Coverage" in [tile.label for tile in board.tiles]
    assert [(row.seen, row.coverage, row.latency[2]) for row in board.days] == [
        ("2,400", "50.0\xa0%", slow), ("5", "–", "–"),
    ]  # fmt: skip
    assert {row.label: row.coverage for row in board.generations} == {"0": "25.0\xa0%", "1": "25.0\xa0%", "–": "–"}
    assert [row.coverage for row in (*board.placements, *board.variants)] == ["50.0\xa0%", "25.0\xa0%"]
    assert "<summary>By day</summary>" in html and ">None<" not in html

    api = client.get(reverse("mmrec:metrics")).json()
    assert (api["covered"], api["total"]["covered"], api["shop"]["covered"]) == (2, 2, None)
    variant = api["variants"]["Wider: b"]
    assert (
        variant["covered"] == 1 and variant["latency_ms"] == api["generations"]["1"]["latency_ms"] == [1.15**40.5] * 3
    )
    assert api["days"][str(DAY)]["latency_ms"] == api["latency_ms"][""] == api["placements"]["for_you"]["latency_ms"]
    assert api["days"][str(DAY - timedelta(days=1))]["latency_ms"] == [None, None, None]
    for only in ({"generation": "1"}, {"variant": "Wider: b"}):
        assert client.get(reverse("mmrec:metrics"), only).json()["covered"] == 1
        text = b"".join(client.get(url("export"), only).streaming_content).decode("utf-8-sig")
        assert list(csv.DictReader(io.StringIO(text)))[-1]["covered"] == "1"


def test_counting_is_a_button() -> None:
    ada, product = Visitor.objects.create(key="ada"), make_product(image=False)
    now = timezone.now()
    shown = Impression.objects.create(
        placement="for_you", visitor=ada, rung="personal", items=[item_for(product).pk], seen_at=now
    )
    record("click", product, visitor=ada, impression=shown.pk)
    client = signed_in("view_dailyfigure")
    assert client.get(url("count")).status_code == 405
    answer = client.post(url("count"), {"query": "placement=for_you&next=//evil.example"})
    assert answer.status_code == 302 and answer["Location"].startswith(f"{url('changelist')}?placement=for_you")
    assert DailyFigure.objects.get(placement="for_you").clicks == 1


@pytest.mark.parametrize("name", ["changelist", "export", "count"])
def test_without_the_right_there_is_nothing(name: str) -> None:
    figure()
    client = signed_in("view_experiment", "view_item")
    for send in (client.get, client.post, Client().get, Client().post):
        answer = send(url(name))
        assert answer.status_code == 403 or "/login/" in answer["Location"]


def test_another_sites_form_counts_nothing() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(signed_in(superuser=True) and _staff())
    assert client.post(url("count")).status_code == 403 and not CountedDay.objects.exists()


def _staff() -> object:
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username="staff")


def test_experiments_are_named_only_to_who_may_see_them() -> None:
    figure()
    Experiment.objects.create(name="Wider", placement="for_you", state="running")
    assert "Wider" not in page(signed_in("view_dailyfigure"), "dailyfigure_changelist")
    _staff().delete()  # type: ignore[attr-defined]
    assert "Wider" in page(signed_in("view_dailyfigure", "view_experiment"), "dailyfigure_changelist")


def test_a_year_of_figures_takes_a_few_statements(django_assert_max_num_queries) -> None:
    rows = [
        DailyFigure(day=DAY - timedelta(days=n), placement=p, generation=g, rung=rung, seen=10, latency=[1] * 66)
        for n in range(200) for p in ("for_you", "similar", "trending") for g in (0, 1) for rung in ("a", "b")
    ]  # fmt: skip
    DailyFigure.objects.bulk_create(rows)
    client = signed_in(superuser=True)
    with django_assert_max_num_queries(40):
        answer = client.get(url("changelist"), {"since": str(DAY - timedelta(days=199)), "until": str(DAY)})
    assert answer.context["board"].overview.total.seen == 24_000


@pytest.mark.parametrize(("missing", "titles"), [("picture", ["Red"]), ("vectors", ["Blue"])])
def test_items_that_lack_something_are_found(missing: str, titles: list[str]) -> None:
    from mmrec_app.offline.encode import encode_dirty

    make_product("red", image=False)
    make_product("green")
    encode_dirty()
    make_product("blue")
    Item.objects.filter(title__startswith="Blue").update(dirty_since=timezone.now())
    answer = signed_in(superuser=True).get(reverse("admin:mmrec_app_item_changelist"), {"missing": missing})
    assert [item.title.split()[0] for item in answer.context["cl"].result_list] == titles
    assert Variant.objects.count() == 0
    count_day(DAY)
