"""A merchandiser's hour in the admin, with the rights of one and no more: figures, a rule, an experiment, training."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from tests.demo.hour.browsing import Browser
from tests.demo.hour.tally import Row

NAME, PASSWORD = "mara", "seven blue kettles"
FOREVER = 600_000
"""Milliseconds; only a worker that hangs takes so long."""


def hire() -> None:
    mara = get_user_model().objects.create_user(NAME, password=PASSWORD, is_staff=True)
    mara.user_permissions.set(Permission.objects.filter(content_type__app_label="mmrec_app"))


@dataclass
class Merchandiser:
    chromium: Any
    address: str

    def comes(self) -> None:
        self.office = Browser.of(self.chromium, self.address, viewport={"width": 1280, "height": 900})
        self.page = self.office.page
        self.office.go(reverse("admin:index"))
        self.page.get_by_label("Username").fill(NAME)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Log in").click()

    def opens(self, name: str) -> None:
        self.office.go(reverse("admin:index"))
        self.page.locator("#content").get_by_role("link", name=name, exact=True).click()

    def reads_the_dashboard(self) -> dict[str, Row]:
        """Counts now, and returns each list's line."""
        self.opens("Dashboard")
        self.page.get_by_text("Nothing to show yet").wait_for()
        self.page.get_by_role("button", name="Count now").click()
        self.page.get_by_text("Everything is counted up to now.").wait_for()
        section = self.page.locator(".module", has=self.page.get_by_role("heading", name="By list", exact=True))
        heads = section.locator("thead th").all_inner_texts()
        lines = [row.locator("th, td").all_inner_texts() for row in section.locator("tbody tr").all()]
        return {line[0]: _row(dict(zip(heads, line, strict=True))) for line in lines}

    def tile(self, label: str) -> str:
        tile = self.page.locator(".mmrec-tiles li", has=self.page.get_by_role("heading", name=label, exact=True))
        return tile.locator(".mmrec-figure").evaluate("figure => figure.firstChild.textContent.trim()")

    def pins(self, title: str) -> None:
        """A product to the first place of everybody's own list, after a look at what that does."""
        self.opens("Rules")
        self.page.get_by_role("link", name="Make a rule").click()
        self.page.locator(".field-items .select2-search__field").click()
        self.page.keyboard.type(title[:12])
        self.page.locator(".select2-results__option", has_text=title).click()
        self.page.get_by_label("for_you", exact=True).check()
        after = self.page.locator(".mmrec-sides > section").nth(1)
        after.locator("li", has_text="Our choice").wait_for()
        assert after.locator("li b").first.inner_text() == title
        self.page.get_by_role("button", name="Save", exact=True).click()
        self.page.get_by_text("was added successfully").wait_for()

    def starts_an_experiment(self) -> None:
        """Half of the shoppers see the newest instead of what is on the rise."""
        self.opens("Experiments")
        self.page.get_by_role("link", name="Draw up an experiment").click()
        self.page.locator("#id_name").fill("News instead of trends")
        self.page.locator("#id_placement").select_option("trending")
        self.page.locator("#id_variants-0-name").fill("trends")
        self.page.locator("#id_variants-1-name").fill("news")
        self.page.locator("#id_variants-1-rungs_0").select_option("newest")
        self.page.locator("[name=_continue]").click()
        self.page.get_by_role("button", name="Start the experiment").click()
        self.page.get_by_text("It runs.").wait_for()

    def reads_the_arms(self) -> dict[str, int]:
        """Arm -> its visitors, counted now."""
        self.page.get_by_role("button", name="Count now").click()
        self.page.get_by_text("Everything is counted up to now.").wait_for()
        rows = [row.locator("th, td").all_inner_texts() for row in self.page.locator(".mmrec-arms tbody tr").all()]
        return {line[0].split()[0]: int(line[2]) for line in rows}

    def retrains(self) -> None:
        """With small settings; stays on the page, which shows by itself when it is done."""
        self.opens("Generations")
        self.page.get_by_text("Generation 1 serves.").wait_for()
        self.page.get_by_role("link", name="Start a training").click()
        for label, value in (("Epochs", "1"), ("Dimension", "16"), ("Linear model", "1")):
            self.page.get_by_label(label).fill(value)
        self.page.get_by_label("Augmentation").uncheck()
        self.page.get_by_role("button", name="Start the training").click()
        self.page.get_by_text("Generation 2 is being trained.").wait_for()
        self.page.locator("[data-mmrec-run]").wait_for(state="detached", timeout=FOREVER)
        self.page.get_by_text("Generation 2 serves.").wait_for()

    def rolls_back(self) -> None:
        self.page.get_by_role("link", name="Roll back to generation 1").click()
        self.page.get_by_role("button", name="Yes, roll back to generation 1").click()
        self.page.get_by_text("Rolled back: generation 1 serves now.").wait_for()


def _row(line: dict[str, str]) -> Row:
    return Row(
        int(line["Seen"]), int(line["Clicks"]), line["In the cart"], line["Bought"], line["Revenue influenced"].strip()
    )
