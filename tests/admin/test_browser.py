"""The panel of generations in a real browser, on a phone."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from mmrec_app.models import Generation
from mmrec_app.offline.retrain import take_up
from tests.admin.test_generations import LOG, RUNNING, url
from tests.shop_demo.test_browser import fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Any, address: str) -> None:
    get_user_model().objects.create_superuser("mara", password="secret")
    page.goto(f"{address}{url('changelist')}")
    page.get_by_label("Username").fill("mara")
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()


def test_a_training_is_started_watched_and_cancelled(page: Any, live_server: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(page, live_server.url)
    page.get_by_text("no events to learn from").wait_for()
    fits(page)
    page.get_by_role("link", name="Start a training").click()
    page.get_by_label("Epochs").fill("0")
    page.get_by_role("button", name="Start the training").click()
    page.get_by_text("epochs is 0").wait_for()
    page.get_by_label("Epochs").fill("4")
    fits(page)
    page.get_by_role("button", name="Start the training").click()
    page.get_by_text("waiting for a worker").wait_for()
    assert page.get_by_role("columnheader", name="Loss: total").count() == 0

    take_up()
    Generation.objects.filter(number=1).update(progress=RUNNING | {"log": LOG})
    page.get_by_role("columnheader", name="Loss: total").wait_for()  # without a reload
    assert page.locator("[data-field=stage]").inner_text() == "learning"
    assert page.locator("progress").get_attribute("value") == "38"
    fits(page)
    Generation.objects.filter(number=1).update(lease_until=None)
    page.get_by_role("button", name="Cancel the training").click()
    page.get_by_text("The training of generation 1 is cancelled.").wait_for()
    assert page.locator("[data-mmrec-run]").count() == 0 and said == []


def test_a_page_that_watches_shows_the_end_by_itself(page: Any, live_server: Any) -> None:
    Generation.objects.create(number=1, state="training", dimension=8, config={"method": "trained"})
    sign_in(page, live_server.url)
    page.get_by_text("waiting for a worker").wait_for()
    Generation.objects.update_or_create(number=1, defaults={"state": "ready", "reason": "was worse"})
    page.get_by_text("was worse").wait_for()
    assert page.locator("[data-mmrec-run]").count() == 0
