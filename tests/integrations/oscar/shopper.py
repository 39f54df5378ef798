"""What a shopper does on Oscar's own pages, from the product to the order."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse
from oscar.core.loading import get_model

PERSON = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
HOME = {
    "first_name": "Ada",
    "last_name": "Byron",
    "line1": "1 Mill Lane",
    "line4": "London",
    "postcode": "N1 1AA",
    "country": "GB",
}


class Shopper:
    def __init__(self, user: Any = None) -> None:
        self.client = Client(headers={"user-agent": PERSON})
        if user is not None:
            self.client.force_login(user)

    def looks_at(self, product: Any) -> str:
        return self.client.get(product.get_absolute_url(), follow=True).content.decode()

    def adds(self, product: Any, quantity: int = 1) -> None:
        added = self.client.post(reverse("basket:add", args=[product.pk]), {"quantity": quantity})
        assert added.status_code == 302

    def buys(self, email: str = "") -> Any:
        """The whole checkout; with an address, as a guest. Returns the order."""
        if email:
            self.client.post(reverse("checkout:index"), {"username": email, "options": "anonymous"})
        self.client.post(reverse("checkout:shipping-address"), HOME)
        self.client.get(reverse("checkout:shipping-method"))
        self.client.get(reverse("checkout:payment-method"))
        done = self.client.post(reverse("checkout:preview"), {"action": "place_order"})
        assert done.url == reverse("checkout:thank-you"), done.content[:2000]
        return get_model("order", "Order").objects.latest("pk")


def cards(html: str) -> list[int]:
    """Primary keys of the recommended products on a page."""
    return [int(key) for key in re.findall(r'data-item="(\d+)"', html)]


def pictures(html: str) -> list[str]:
    return re.findall(r'class="mmrec-image" src="([^"]+)"', html)
