"""Makes the README's pictures from a running demo: `python docs/screenshots.py [ADDRESS]` beside `make demo`.

Signs in as the demo's own shopper. Needs playwright and a chromium.
"""

import io
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOME = {"width": 1280, "height": 900}
PRODUCT = {"width": 390, "height": 844}
"""Both grow down to the end of the list that they show."""
LARGEST = 300_000


def main(address: str) -> None:
    keys = json.loads((Path(os.environ.get("SHOP_VAR", ROOT / ".demo")) / "keys.json").read_text())
    IMAGES.mkdir(exist_ok=True)
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        context = browser.new_context(viewport=HOME)
        page = context.new_page()
        sign_in(page, address, keys["shopper_password"])
        page.goto(address)
        products = [link.get_attribute("href") for link in page.locator(".mmrec-link").all()]
        grow(page, HOME, "for_you")
        keep(page, "home")
        phone = browser.new_context(viewport=PRODUCT, device_scale_factor=2).new_page()  # a stranger's
        for product in products:
            phone.goto(f"{address}{product}")
            if phone.locator("[data-placement=bought_together]").count():
                break
        grow(phone, PRODUCT, "similar")
        keep(phone, "product")
        browser.close()


def grow(page: Any, size: dict[str, int], placement: str) -> None:
    """Down to the end of a list."""
    found = page.locator(f"[data-placement={placement}]").bounding_box()
    page.set_viewport_size(size | {"height": round(found["y"] + found["height"]) + 24})


def sign_in(page: Any, address: str, password: str) -> None:
    page.goto(f"{address}/account/login/")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_load_state()


def keep(page: Any, name: str) -> None:
    """The part of the page in view, once every picture in it is there."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot()))
    target = IMAGES / f"{name}.webp"
    for quality in (85, 75, 65, 55):
        picture.convert("RGB").save(target, quality=quality, method=6)
        if target.stat().st_size <= LARGEST:
            break
    print(f"{target.relative_to(ROOT)}: {picture.width} x {picture.height}, {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000")
