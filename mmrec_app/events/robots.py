"""Programs that say who they are, and pages that a browser fetches in case somebody wants them."""

from django.http import HttpRequest

NAMES = (
    "bot", "crawl", "spider", "slurp", "preview", "monitor", "headlesschrome", "lighthouse", "curl", "wget",
    "python-requests", "python-urllib", "scrapy",
)  # fmt: skip
"""Libraries that shops' own applications are built on (okhttp, undici) are not among them."""


def is_robot(request: HttpRequest) -> bool:
    agent = request.headers.get("User-Agent", "").lower()
    purpose = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    return "prefetch" in purpose or any(name in agent for name in NAMES)
