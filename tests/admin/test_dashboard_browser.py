"""A merchandiser's morning in a real browser: yesterday's shoppers, the dashboard, an experiment; on both screens."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.contrib.sites.models import Site
from django.urls import reverse
from django.utils import timezone

from mmrec_app.catalogue import item_for
from mmrec_app.models import DailyFigure, DailyItem, Event, Experiment, Impression
from tests.products import make_product, make_shop
from tests.shop_demo.test_browser import fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "dailyfigure_changelist", "experiment_changelist", "experiment_add", "generation_changelist", "generation_start",
)  # fmt: skip


def test_what_a_shopper_does_stands_on_the_dashboard(page: Any, live_server: Any) -> None:
    make_shop(numbers=1, encode=False)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(live_server.url)
    with page.expect_response("**/seen/"):
        page.locator(".mmrec[data-placement=for_you]").scroll_into_view_if_needed()
    page.locator(".mmrec[data-placement=for_you] a").first.click()
    title = page.locator("h1").inner_text()
    page.get_by_role("button", name="Add to cart").click()
    page.locator(".message").get_by_role("link", name="Go to the cart").wait_for()
    page.wait_for_timeout(100)
    assert Event.objects.filter(kind="click").count() == 1

    get_user_model().objects.create_superuser("mara", password="secret")
    page.goto(live_server.url + reverse("admin:mmrec_app_dailyfigure_changelist"))
    page.get_by_label("Username").fill("mara")
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()
    page.get_by_text("Nothing to show yet").wait_for()
    page.get_by_role("button", name="Count now").click()
    page.get_by_text("Everything is counted up to now.").wait_for()
    page.get_by_role("row", name="for_you").first.wait_for()
    figures = DailyFigure.objects.filter(placement="for_you")
    assert [sum(getattr(row, name) for row in figures) for name in ("clicked", "clicks", "carts")] == [1, 1, 1]
    assert (
        sum(row.seen for row in figures)
        == Impression.objects.filter(placement="for_you", repeats=None).exclude(seen_at=None).count()
    )
    assert page.get_by_role("link", name=title).count() == 1
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        fits(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Export as CSV").click()
    assert download.value.suggested_filename.endswith(".csv") and said == []


def test_an_experiment_is_drawn_up_and_started_on_a_phone(page: Any, live_server: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    get_user_model().objects.create_superuser("mara", password="secret")
    page.goto(live_server.url + reverse("admin:mmrec_app_experiment_changelist"))
    page.get_by_label("Username").fill("mara")
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Draw up an experiment").click()
    fits(page)
    page.locator("#id_name").fill("Fewer, more varied")
    page.locator("#id_variants-0-name").fill("as it is")
    page.locator("#id_variants-1-name").fill("more varied")
    page.locator("[name=_continue]").click()
    page.get_by_role("button", name="Start the experiment").click()
    page.get_by_text("It runs.").wait_for()
    page.get_by_role("heading", name="Undecided so far").wait_for()
    fits(page)
    page.get_by_role("button", name="Stop the experiment").click()
    page.get_by_text("It is stopped").wait_for()
    assert Experiment.objects.get().state == "stopped"


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_of_the_merchandiser_has_a_barrier(page: Any, live_server: Any, client: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    client.force_login(get_user_model().objects.create_superuser("mara", password="secret"))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    product = make_product(image=False)
    for name in ("north", "south"):
        Site.objects.create(domain=f"{name}.example", name=f"The shop of the {name}")
    found = {"nothing yet": barriers(page, live_server.url, "dailyfigure_changelist")}

    experiment = Experiment.objects.create(name="Wider", placement="for_you")
    for name in ("as it is", "wider"):
        experiment.variants.create(name=name)
    day, timed = timezone.localdate(), [0] * 20 + [100] + [0] * 45
    kind = {"placement": "for_you", "generation": 0, "rung": "personal", "variant": "Wider: wider"}
    DailyFigure.objects.create(day=day, handed=99, seen=90, clicked=9, clicks=9, latency=timed, **kind)
    told_apart = {name: value for name, value in kind.items() if name != "rung"}
    DailyItem.objects.create(day=day, item=item_for(product), seen=90, clicks=9, **told_apart)
    for currency in ("CHF", "EUR"):
        DailyFigure.objects.create(day=day, bought=1, currency=currency, revenue=123_456, **kind)
    found |= {name: barriers(page, live_server.url, name) for name in PAGES}
    found |= {
        name: barriers(page, live_server.url, name, pk)
        for name, pk in (("experiment_change", experiment.pk), ("generation_change", 0))
    }
    assert {name: each for name, each in found.items() if each} == {}


def barriers(page: Any, address: str, name: str, *args: Any) -> list[str]:
    page.goto(address + reverse(f"admin:mmrec_app_{name}", args=args))
    for folded in page.locator(".mmrec-days > summary").all():
        folded.click()
    fits(page)
    told = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in told for node in each["nodes"]]
