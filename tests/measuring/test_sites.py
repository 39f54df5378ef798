"""A shop of two sites and two currencies, counted by hand and read on the page, by the API and in the export."""

import csv
import io
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.sites.models import Site
from django.urls import reverse
from django.utils import timezone

from mmrec_app.catalogue import item_for
from mmrec_app.events import load_events, record
from mmrec_app.exceptions import MmrecError
from mmrec_app.measuring.counting import bounds, count_day
from mmrec_app.measuring.dashboard import Money, choices
from mmrec_app.models import Event, Impression, Item, Visitor
from mmrec_app.types import EventRow
from tests.admin.test_admin import signed_in
from tests.products import make_product

pytestmark = pytest.mark.django_db
DAY = timezone.localdate()


def at(hour: int, minute: int = 0) -> Any:
    return bounds(DAY)[0] + timedelta(hours=hour, minutes=minute)


@pytest.fixture
def sites() -> tuple[int, int]:
    Site.objects.all().delete()
    return tuple(Site.objects.create(domain=f"{name}.example", name=name.title()).pk for name in ("north", "south"))


@pytest.fixture
def items(monkeypatch: pytest.MonkeyPatch) -> list[Item]:
    monkeypatch.setattr(timezone, "now", lambda: at(12))
    return [item_for(make_product(number=n, image=False)) for n in range(4)]


@pytest.fixture
def script(sites: tuple[int, int], items: list[Item]) -> tuple[int, int]:
    (north, south), (one, two, three, four) = sites, items
    ada, ben, cleo = (Visitor.objects.create(key=key) for key in ("ada", "ben", "cleo"))
    Item.objects.filter(pk=four.pk).update(sites=[south])

    def shown(who: Visitor, site: int | None, hour: int, *held: Item) -> Impression:
        return Impression.objects.create(
            placement="for_you", visitor=who, items=[item.pk for item in held], at=at(hour), seen_at=at(hour, 1),
            rung="personal", site=site, generation_id=0, latency_ms=20.0,
        )  # fmt: skip

    # Ada in the north clicks and pays 10 euros for it; what she only saw, 25 francs; and 5 euros for what no list held.
    hers = shown(ada, north, 9, one, two)
    record("click", one, visitor=ada, impression=hers.pk, at=at(9, 2), site=north)
    record("cart", one, visitor=ada, at=at(9, 3), site=north, currency="CHF")
    record("purchase", one, visitor=ada, at=at(9, 4), site=north, value=Decimal(10))
    record("purchase", two, visitor=ada, at=at(9, 4), site=north, value=Decimal(25), currency="CHF")
    record("purchase", three, visitor=ada, at=at(9, 4), site=north, value=Decimal(5))

    # Ben in the south pays 40 francs after a click; a worker tells of it, which knows no site.
    his = shown(ben, south, 10, two, four)
    record("click", two, visitor=ben, impression=his.pk, at=at(10, 2), site=south)
    record("purchase", two, visitor=ben, at=at(10, 30), value=Decimal(40), currency="CHF")

    # Cleo's list and her 7 euros are of nowhere.
    shown(cleo, None, 11, three)
    record("purchase", three, visitor=cleo, at=at(11, 30), value=Decimal(7))
    count_day(DAY)
    return sites


def money(*amounts: tuple[str, int, int]) -> tuple[Money, ...]:
    return tuple(Money(currency, Decimal(direct), Decimal(assisted)) for currency, direct, assisted in amounts)


def test_two_sites_and_two_currencies_equal_what_was_counted_by_hand(script: tuple[int, int]) -> None:
    north, south = script
    client, address = signed_in(superuser=True), reverse("admin:mmrec_app_dailyfigure_changelist")
    by_hand = {
        # seen, clicks, put in the cart, bought, of the lists; of the whole shop; covered of so many for sale
        "": (3, 2, 1, 4, money(("CHF", 40, 25), ("EUR", 10, 7)), money(("CHF", 65, 0), ("EUR", 22, 0)), 4, 4),
        north: (1, 1, 1, 2, money(("CHF", 0, 25), ("EUR", 10, 0)), money(("CHF", 25, 0), ("EUR", 15, 0)), 2, 3),
        south: (1, 1, 0, 1, money(("CHF", 40, 0)), money(("CHF", 40, 0)), 2, 4),
    }
    for site, counted in by_hand.items():
        answer = client.get(address, {"site": site})
        board = answer.context["board"]
        found = board.overview
        told = (found.total.seen, found.total.clicks, found.total.all_carts, found.total.all_bought)
        assert (*told, found.total.money, found.shop.money, found.total.covered, found.for_sale) == counted, site
        revenue = [(tile.amount, tile.currency) for tile in board.tiles if tile.amount is not None]
        assert revenue == [(found.total.influenced(each), each) for each in found.currencies]
        assert board.placements[0].amounts == revenue
        api = client.get(reverse("mmrec:metrics"), {"site": site} if site else {}).json()
        assert [each["currency"] for each in api["total"]["money"]] == [each.currency for each in found.total.money]
        assert api["shop"]["money"][0]["direct"] == f"{found.shop.money[0].direct}"

    html = answer.content.decode()
    assert f'<option value="{south}" selected>South</option>' in html and "40.00\xa0CHF" in html and "€" not in html
    html = client.get(address).content.decode()
    assert html.count("65.00\xa0CHF") == 4 and html.count("€17.00") == 4  # a tile, the day, the list, the generation
    assert client.get(address, {"site": "77"}).context["board"].overview.total.seen == 3


def test_the_export_names_the_site_and_can_be_narrowed_to_it(script: tuple[int, int]) -> None:
    north, south = script
    client = signed_in(superuser=True)

    def exported(**query: Any) -> set[tuple[str, ...]]:
        answer = client.get(reverse("admin:mmrec_app_dailyfigure_export"), query)
        rows = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
        names = ("site", "currency", "revenue", "revenue_assisted")
        return {tuple(row[name] for name in names) for row in rows if row["currency"]}

    in_the_north = {(str(north), "EUR", "10.00", "0.00"), (str(north), "CHF", "0.00", "25.00")}
    in_the_south = {(str(south), "CHF", "40.00", "0.00")}
    assert exported(site=north) == in_the_north and exported(site=south) == in_the_south
    assert exported() == in_the_north | in_the_south | {("", "EUR", "0.00", "7.00")}


def test_a_site_can_be_chosen_where_there_are_several(sites: tuple[int, int], settings: Any) -> None:
    assert list(choices().sites.values()) == ["North", "South"]
    client, address = signed_in(superuser=True), reverse("admin:mmrec_app_dailyfigure_changelist")
    assert 'name="site"' in client.get(address).content.decode()
    Site.objects.first().delete()
    assert choices().sites == {} and 'name="site"' not in client.get(address, {"site": "7"}).content.decode()
    settings.INSTALLED_APPS = [name for name in settings.INSTALLED_APPS if name != "django.contrib.sites"]
    assert choices().sites == {}


@pytest.mark.parametrize("site", ["first", "-1", "99999999999"])
def test_a_site_that_cannot_be_is_refused(site: str) -> None:
    assert signed_in(superuser=True).get(reverse("mmrec:metrics"), {"site": site}).status_code == 400


@pytest.mark.parametrize("wrong", ["Franken", "€", "e", "EU", "EURO", "1.5", "   ", "ÄÖÜ"])
def test_a_currency_is_a_code(items: list[Item], wrong: str) -> None:
    ada = Visitor.objects.create(key="ada")
    said = f"'purchase' of .*{re.escape(repr(wrong))}; pass its code of three letters"
    with pytest.raises(MmrecError, match=said):
        record("purchase", items[0], visitor=ada, value=Decimal(1), currency=wrong)
    row = EventRow("ada", items[0].object_id, "purchase", timezone.now(), value=Decimal(1), currency=wrong)
    with pytest.raises(MmrecError, match=said):
        load_events([row], items[0].source)
    assert not Event.objects.exists()


def test_a_currency_is_kept_in_capitals_and_none_is_the_products(items: list[Item]) -> None:
    ada = Visitor.objects.create(key="ada")
    for given in ("chf", "", None):
        record("purchase", items[0], visitor=ada, value=Decimal(1), currency=given)
        row = EventRow("ada", items[0].object_id, "purchase", timezone.now(), value=Decimal(1), currency=given)
        load_events([row], items[0].source)
    assert list(Event.objects.order_by("pk").values_list("currency", flat=True)) == ["CHF", "CHF", "", "", "", ""]
