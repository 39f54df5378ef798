"""The README and docs as tests read them: fenced blocks, tables, code between backticks."""

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).resolve().parents[2]
FILES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
FILE_NAME = re.compile(r"(?:#|\{#) (shop/[\w/]+\.(?:py|html))(?: #\})?\n")
SECTION = re.compile(r"^## (.*)$", re.MULTILINE)
RECIPES = "recipes.md"


@dataclass(frozen=True)
class Block:
    """One fenced sample; `file` where its first line names the file of a shop that it belongs into."""

    document: str
    section: str
    line: int
    language: str
    text: str

    @property
    def file(self) -> str:
        named = FILE_NAME.match(self.text)
        return named[1] if named else ""

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


def blocks(*languages: str, document: str = "") -> list[Block]:
    found = []
    for path in FILES:
        text = path.read_text()
        for match in FENCE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            section = (["", *SECTION.findall(text, 0, match.start())])[-1]
            found.append(Block(path.name, section, line, match[2], dedent(match[3])))
    return [
        block for block in found if (not languages or block.language in languages) and document in ("", block.document)
    ]


def samples(language: str) -> list[Block]:
    """Those that stand alone; a recipe's are files of one project, which `tests.integrations` runs."""
    return [block for block in blocks(language) if block.document != RECIPES]


def read(document: str) -> str:
    return next(path for path in FILES if path.name == document).read_text()


def prose(document: str) -> str:
    return FENCE.sub("", read(document))


def rows(document: str, heading: str) -> list[list[str]]:
    """The cells of the table whose first header cell is `heading`."""
    found: list[list[str]] = []
    inside = False
    for line in read(document).splitlines():
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if inside and not cells:
            break
        if inside and not set("".join(cells)) <= set("-: "):
            found.append(cells)
        inside = inside or bool(cells and cells[0] == heading)
    assert found, f"{document} has no table that begins with {heading!r}"
    return found


def code(text: str) -> list[str]:
    """What stands between single backticks."""
    return re.findall(r"`([^`\n]+)`", text)
