"""Lists for a mailing: each user's own, however many are made at once."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mmrec_app.catalogue import item_for
from mmrec_app.events import record, visitor_for
from mmrec_app.mailing import mail_lists
from mmrec_app.models import Impression, Item, Visitor
from mmrec_app.recommend import recommend
from shop_demo.models import Product
from tests.products import make_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[Any]:
    shop = make_shop(numbers=1)
    found = [get_user_model().objects.create_user(f"user{n}", f"user{n}@example.com") for n in range(6)]
    for user, product in zip(found[:3], shop, strict=False):
        record("cart", product, user=user)
    return found


def test_everybody_gets_their_own_list_whatever_the_batch(people: list[Any]) -> None:
    alone = [recommend("for_you", user=user, k=3).item_ids for user in people]
    for batch in (1, 4, 100):
        made = list(mail_lists("for_you", people, k=3, batch=batch))
        assert [each.user for each in made] == people
        assert [[card.item_id for card in each.cards] for each in made] == alone
    assert [each.rung for each in made[:4]] == ["personal", "personal", "personal", "popular"]


def test_lists_are_logged_for_clicks_to_be_credited(people: list[Any]) -> None:
    made = list(mail_lists("trending", people, k=2))
    logged = Impression.objects.in_bulk()
    assert [logged[each.impression].items for each in made] == [[card.item_id for card in each.cards] for each in made]
    assert {each.placement for each in logged.values()} == {"email: trending"}
    assert logged[made[0].impression].visitor == visitor_for(people[0]) and Visitor.objects.count() == 3
    assert len(list(mail_lists("trending", people, log=False))) == 6 and Impression.objects.count() == 6


def queries(users: list[Any]) -> int:
    with CaptureQueriesContext(connection) as counted:
        list(mail_lists("for_you", users))
    return len(counted)


def test_who_is_not_known_costs_nothing_more(people: list[Any]) -> None:
    more = [get_user_model().objects.create_user(f"new{n}") for n in range(20)]
    assert queries(people[3:] + more) == queries(people[3:])


def test_who_is_known_costs_a_search_and_the_stages(people: list[Any], settings: Any) -> None:
    settings.MMREC = settings.MMREC | {"PLACEMENTS": {"for_you": {"exploration": 0}}}  # a statement for some, by chance
    more = [get_user_model().objects.create_user(f"known{n}") for n in range(19)]
    for user in more:
        record("view", Product.objects.all()[0], user=user)
    # The vectors of the history, what lies near, looks, what was ignored, and a savepoint each for rung and stages.
    assert queries([people[0], *more]) - queries(people[:1]) == 19 * 8


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_the_command_writes_a_file(people: list[Any], tmp_path: Path, ending: str) -> None:
    out, who = tmp_path / f"lists.{ending}", [str(user.pk) for user in people[:2]]
    options = ["--k", "2", "--base-url", "https://shop.example", "--out", str(out)]
    call_command("mmrec_email", "for_you", *options, "--users", *who)
    if ending == "jsonl":
        lines = [json.loads(line) for line in out.read_text().splitlines()]
        assert [line["email"] for line in lines] == ["user0@example.com", "user1@example.com"]
        rows = [item for line in lines for item in line["items"]]
    else:
        rows = list(csv.DictReader(out.open()))
        assert [row["place"] for row in rows] == ["1", "2"] * 2
    assert all(row["reason"] for row in rows)
    assert len(rows) == 4 and all(row["url"].startswith("https://shop.example/product/") for row in rows)
    call_command("mmrec_email", "for_you", *options, "--users", "all")
    assert len(out.read_text().splitlines()) == (6 if ending == "jsonl" else 13)


def test_users_come_from_a_file_and_products_from_a_site_a_category_and_a_price(
    people: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere, other = Product.objects.all()[:2]
    Product.objects.exclude(pk=other.pk).update(price=5)
    Item.objects.exclude(object_id=other.pk).update(price=5)
    Item.objects.filter(object_id=elsewhere.pk).update(sites=[2])
    Item.objects.exclude(object_id=elsewhere.pk).update(sites=[1])
    who = "".join(f"{user.pk}\n" for user in people[:2])
    (tmp_path / "who.txt").write_text(who)
    monkeypatch.setattr("sys.stdin", StringIO(who))
    category = item_for(other).category

    def rows(*options: str) -> list[dict[str, str]]:
        call_command("mmrec_email", "trending", *options, "--out", str(tmp_path / "lists.csv"))
        return list(csv.DictReader((tmp_path / "lists.csv").open()))

    found = rows("--users-file", str(tmp_path / "who.txt"), "--site", "2")
    assert [row["user"] for row in found] == [str(user.pk) for user in people[:2]]
    assert {row["object_id"] for row in found} == {str(elsewhere.pk)}
    assert set(Impression.objects.values_list("site", flat=True)) == {2}
    found = rows("--users-file", "-", "--price-min", "6", "--category", category)
    assert [row["object_id"] for row in found] == [str(other.pk)] * 2
    assert rows("--users", "all", "--price-max", "4") == []
    for option, value, said in (
        ("--users-file", str(tmp_path / "nowhere"), "cannot be read"),
        ("--price-min", "x", "which is no number"),
    ):
        with pytest.raises(CommandError, match=said):
            rows(option, value, *(["--users", "all"] if option == "--price-min" else []))


def test_a_title_is_no_formula(people: list[Any], tmp_path: Path) -> None:
    Product.objects.update(title="=HYPERLINK(0)")
    call_command("mmrec_email", "trending", "--users", "all", "--k", "1", "--out", str(tmp_path / "lists.csv"))
    rows = list(csv.DictReader((tmp_path / "lists.csv").open()))
    assert {row["title"] for row in rows} == {"'=HYPERLINK(0)"}


def test_what_cannot_be_is_said(people: list[Any], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"must end in \.jsonl or \.csv"):
        call_command("mmrec_email", "for_you", "--users", "all", "--out", str(tmp_path / "lists.txt"))
    with pytest.raises(CommandError, match="no user has the primary key 'x'"):
        call_command("mmrec_email", "for_you", "--users", "x", "--out", str(tmp_path / "lists.csv"))
    with pytest.raises(CommandError, match="about a product"):
        call_command("mmrec_email", "similar", "--users", "all", "--out", str(tmp_path / "lists.csv"))
