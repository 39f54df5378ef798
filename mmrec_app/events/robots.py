"""Programs that say who they are, or do not say, and pages that a browser fetches in case somebody wants them."""

import re

from crawlerdetect import CrawlerDetect
from django.http import HttpRequest

LIST = CrawlerDetect()
"""It remembers what it has said of the last thousand agents."""
# Robots leave an address; the other names are younger than the list.
MORE = re.compile(r"https?:|-user\b|meta-external|preview|synthetic", re.IGNORECASE)
# The list takes for robots what shops' own applications are built on.
LIBRARIES = re.compile(r"\b(?:okhttp|undici|axios|node-fetch|dart)\b[\w./]*(?: \(.*?\))?", re.IGNORECASE)
LONGEST = 512
"""Characters of an agent that are read, so that nobody keeps the list busy."""


def is_robot(request: HttpRequest) -> bool:
    purpose = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    agent = request.headers.get("User-Agent", "")[:LONGEST].strip()
    return "prefetch" in purpose or not agent or _names_itself(agent)


def _names_itself(agent: str) -> bool:
    rest = LIBRARIES.sub("", agent)
    return bool(MORE.search(rest)) or LIST.is_crawler(rest)
