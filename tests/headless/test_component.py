"""A storefront on a host of its own, with nothing of the shop but the element."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model

from mmrec_app.events import visitor_for
from mmrec_app.headless import visitor_token
from mmrec_app.models import Event, Impression, Visitor
from tests.browsers import SHIFTS, STILL, shifted, wait_for
from tests.goods.models import Gadget
from tests.products import make_shop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Store</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src {shop}; style-src {shop};
 img-src {shop}; connect-src {shop}; require-trusted-types-for 'script'">
<script src="{shop}/static/mmrec_app/mmrec-list.js" defer blocking="render"
 data-api="{shop}/mmrec/headless/v1/store/"></script></head>
<body><main><h1>Store</h1><mmrec-list placement="trending" k="6" heading="These days"></mmrec-list>
<mmrec-list placement="for_you" k="6" heading="For you" look="carousel"></mmrec-list></main></body></html>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nothing."""

    def end_headers(self) -> None:
        """A page written anew within one second is as old as the one before, and a browser would keep that."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


@pytest.fixture
def store(tmp_path: Path, live_server: Any, settings: Any) -> Iterator[str]:
    """The storefront's address; the shop lets it in."""
    (tmp_path / "index.html").write_text(PAGE.format(shop=live_server.url))
    (tmp_path / "favicon.ico").write_text("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    settings.MMREC = settings.MMREC | {"HEADLESS": {"store": [address]}}
    yield address
    server.shutdown()
    server.server_close()


def arrive(page: Any) -> None:
    """Until all lists are there."""
    for each in page.locator("mmrec-list").all():
        each.locator(".mmrec-item").first.wait_for()


def test_a_storefront_elsewhere_shows_lists_and_learns_who_looks(page: Any, store: str) -> None:
    make_shop(numbers=1, encode=False)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(store)
    trending = page.locator("mmrec-list").first
    arrive(page)
    titles = [each.inner_text() for each in page.locator("mmrec-list .mmrec-title").all()]
    assert len(titles) == len(set(titles)) == 12
    assert trending.locator(".mmrec-price").first.inner_text() == "€10.00"
    assert all(text.startswith("Popular in ") for text in trending.locator(".mmrec-reason").all_inner_texts())
    assert trending.locator(".mmrec-reason").count() == 6
    assert not Visitor.objects.exists() and not Impression.objects.exists()

    first = trending.locator(".mmrec-item:visible").first
    first.hover()
    with page.expect_response("**/events/"):
        first.get_by_role("button", name="Not interested").click()
    trending.get_by_role("status").filter(has_text="You will not see it again").wait_for(state="attached")
    page.reload()
    arrive(page)
    assert titles[0] not in [each.inner_text() for each in page.locator("mmrec-list .mmrec-title").all()]
    with page.expect_response("**/seen/"):
        trending.scroll_into_view_if_needed()
    assert Impression.objects.exclude(seen_at=None).first().visitor == Visitor.objects.get()
    assert Event.objects.get().kind == "dismiss" and said == []
    assert Axe().run(page).response["violations"] == []


def test_a_click_counts_and_is_the_accounts_once_its_user_is_known(page: Any, store: str, tmp_path: Path) -> None:
    """The storefront may go its own way with the click."""
    make_shop(numbers=1, encode=False)
    page.goto(store)
    arrive(page)
    page.evaluate("document.addEventListener('mmrec:click', (event) => {"
                  " event.preventDefault(); document.title = event.detail.title; })")  # fmt: skip
    title = page.locator("mmrec-list .mmrec-title").first.inner_text()
    with page.expect_response("**/events/"):
        page.locator("mmrec-list .mmrec-link").first.click()
    assert page.title() == title and page.url == f"{store}/"
    assert Event.objects.get().kind == "click" and Event.objects.get().item.title == title

    ada = get_user_model().objects.create_user("ada")
    index = tmp_path / "index.html"  # the storefront has logged her in
    index.write_text(index.read_text().replace(" data-api", f' data-visitor="{visitor_token(ada)}" data-api'))
    tokens = "Object.entries(localStorage).filter(([key]) => key.startsWith('mmrec.token')).map(([, kept]) => kept)"
    assert page.evaluate(tokens) != [""]
    page.reload()
    arrive(page)
    assert Event.objects.get().visitor == Visitor.objects.get() == visitor_for(ada) and page.evaluate(tokens) == []


def test_a_list_comes_when_it_is_near_into_a_place_that_is_kept(page: Any, store: str, tmp_path: Path) -> None:
    make_shop(numbers=1, encode=False)
    index = tmp_path / "index.html"
    index.write_text(index.read_text().replace("</mmrec-list>\n", "</mmrec-list><svg height='4000'></svg>\n"))
    held: list[Any] = []
    page.route("**/recommendations/**", lambda route: held.append(route))
    page.goto(store)
    asked = wait_for(page, held)
    near, far = page.locator("mmrec-list section").nth(0), page.locator("mmrec-list section").nth(1)
    assert near.locator(".mmrec-bones").count() == 6 and near.get_by_role("heading").inner_text() == "These days"
    places = near.bounding_box(), far.bounding_box()
    asked.continue_()
    near.locator(".mmrec-item").first.wait_for()
    assert (near.bounding_box(), far.bounding_box()) == places and held == []
    far.scroll_into_view_if_needed()
    asked = wait_for(page, held)
    before = far.bounding_box()
    asked.continue_()
    far.locator(".mmrec-item").first.wait_for()
    assert far.bounding_box() == before


FILLED, SHORTER, EMPTY, FAILING = "trending", "trending attribute=colour:red", "trending category=Nowhere", "nowhere"


def only(index: Path, asked: str, before: str = "", after: str = "") -> None:
    """The store's page with one list alone."""
    head = index.read_text().partition("<main>")[0]
    index.write_text(
        f"{head}<main><h1>Store</h1>{before}<mmrec-list k=5 heading=Here placement={asked}></mmrec-list>{after}</main>"
    )


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("asked", [FILLED, SHORTER, EMPTY, FAILING])
def test_nothing_moves_from_the_first_paint_on_whatever_comes(
    page: Any, store: str, tmp_path: Path, asked: str, width: int
) -> None:
    """However late script, style and answer are."""
    make_shop(numbers=1, encode=False)
    only(tmp_path / "index.html", asked, after="<p>Below</p><svg height=4000></svg>")
    page.set_viewport_size({"width": width, "height": 1200})
    page.add_init_script(SHIFTS)
    held: list[Any] = []
    page.route("**/mmrec*", lambda route: held.append(route))
    page.route("**/recommendations/**", lambda route: held.append(route))
    page.goto(store, wait_until="commit")
    parts = []
    for _ in ("script", "style", "answer"):
        late = wait_for(page, held)
        page.wait_for_timeout(200)
        parts.append(late.request.url.rpartition("/")[2].partition("?")[0])
        late.continue_()
    assert parts[0] == "mmrec-list.js" and sorted(parts[1:]) == ["", "mmrec.css"]
    page.wait_for_load_state("networkidle")
    below = page.get_by_text("Below")
    assert shifted(page) <= STILL and 300 < below.bounding_box()["y"] < 1200
    section, filled = page.locator("mmrec-list section"), asked in (FILLED, SHORTER)
    assert section.is_visible() == filled and section.count() == 1
    page.mouse.wheel(0, 2400)
    if not filled:
        section.wait_for(state="detached")
    assert shifted(page) <= STILL


def test_what_does_not_come_keeps_no_place_further_down(page: Any, store: str, tmp_path: Path) -> None:
    only(tmp_path / "index.html", FAILING, before="<svg height=1200></svg>", after="<p>Below</p>")
    page.goto(store)
    page.locator("mmrec-list section").wait_for(state="detached")


def test_a_long_list_of_long_keys_leaves_the_next_one_its_address(
    page: Any, store: str, settings: Any, tmp_path: Path
) -> None:
    """Some servers refuse a line of more than 4,094 characters."""
    settings.MMREC = settings.MMREC | {"CATALOGUE": ["tests.goods.catalogue.Gadgets"]}
    for n in range(100):
        Gadget.objects.create(title=f"Gadget {n}")
    second = "<mmrec-list k=8 placement=new></mmrec-list>"
    only(tmp_path / "index.html", "trending", after=second)
    index = tmp_path / "index.html"
    index.write_text(index.read_text().replace("k=5", "k=90"))
    with page.expect_request("**/recommendations/new/**") as asked:
        page.goto(store)
        page.locator("mmrec-list .mmrec-item").first.wait_for()
        page.locator("mmrec-list").last.scroll_into_view_if_needed()
    page.locator("mmrec-list").last.locator(".mmrec-item").first.wait_for()
    assert 2000 < len(asked.value.url) < 4000


def test_a_changed_attribute_fetches_anew_and_reasons_speak_the_pages_language(
    page: Any, store: str, settings: Any, tmp_path: Path
) -> None:
    settings.LANGUAGES = [("en", "English"), ("de", "German")]
    make_shop(numbers=1, encode=False)
    index = tmp_path / "index.html"
    alone = index.read_text().replace('lang="en"', 'lang="de"').replace('<mmrec-list placement="for_you"', "<i")
    index.write_text(alone)
    page.goto(store)
    arrive(page)
    trending = page.locator("mmrec-list").first
    assert all(text.startswith("Beliebt in ") for text in trending.locator(".mmrec-reason").all_inner_texts())
    change = "([name, value]) => document.querySelector('mmrec-list').setAttribute(name, value)"
    for name, value, then in (
        ("heading", "Now", "h2:text-is('Now')"),
        ("look", "carousel", "section[data-look=carousel]"),
        ("category", "Shop > Mug", ".mmrec-item:nth-child(4):last-child"),
        ("attribute", "colour:red", ".mmrec-item:first-child:last-child"),
    ):
        with page.expect_response("**/recommendations/trending/**"):
            page.evaluate(change, [name, value])
        trending.locator(then).wait_for()
    page.evaluate(change, ["price-max", "9"])
    trending.locator("section").wait_for(state="hidden")


def test_without_consent_lists_are_everybodys_and_nothing_is_kept(page: Any, store: str, tmp_path: Path) -> None:
    make_shop(numbers=1, encode=False)
    page.goto(store)
    arrive(page)
    page.evaluate("document.addEventListener('mmrec:click', (event) => event.preventDefault())")
    with page.expect_response("**/events/"):
        page.locator("mmrec-list .mmrec-link").first.click()
    script = "document.querySelector('script[data-api]').dataset.consent"
    with page.expect_response("**/recommendations/for_you/**") as answer:
        page.evaluate(f"{script} = 'no'")
    assert "mmrec-visitor" not in answer.value.request.headers
    page.locator("mmrec-list .mmrec-dismiss").first.wait_for(state="detached")
    page.locator("mmrec-list .mmrec-item .mmrec-link").first.click()
    assert page.evaluate("localStorage.length") == 0 and Event.objects.count() == 1
    with page.expect_response("**/recommendations/for_you/**"):
        page.evaluate(f"{script} = 'yes'")
    with page.expect_response("**/events/") as answer:
        page.locator("mmrec-list .mmrec-item .mmrec-link").first.click()
    assert answer.value.request.headers["mmrec-consent"] == "yes" and Event.objects.count() == 2
