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
from tests.products import make_shop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Store</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src {shop}; style-src {shop};
 img-src {shop}; connect-src {shop}; require-trusted-types-for 'script'">
<script src="{shop}/static/mmrec_app/mmrec-list.js" defer data-api="{shop}/mmrec/headless/store/"></script></head>
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


def test_a_storefront_elsewhere_shows_lists_and_learns_who_looks(page: Any, store: str) -> None:
    make_shop(numbers=1, encode=False)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(store)
    trending, for_you = page.locator("mmrec-list").nth(0), page.locator("mmrec-list").nth(1)
    for_you.locator(".mmrec-title").first.wait_for()
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
    for_you.locator(".mmrec-title").first.wait_for()
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
    page.locator("mmrec-list .mmrec-title").first.wait_for()
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
    page.locator("mmrec-list .mmrec-title").first.wait_for()
    assert Event.objects.get().visitor == Visitor.objects.get() == visitor_for(ada) and page.evaluate(tokens) == [""]
