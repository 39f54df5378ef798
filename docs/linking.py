"""A page that names another one by its path in the repository links to it on the site."""

import re
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NAMED = re.compile(r"`docs/([\w-]+\.md)`")


def on_page_markdown(markdown: str, **_: Any) -> str:
    return NAMED.sub(lambda found: f"[{title(found[1])}]({found[1]})", markdown)


def title(name: str) -> str:
    return (HERE / name).read_text().partition("\n")[0].removeprefix("# ")
