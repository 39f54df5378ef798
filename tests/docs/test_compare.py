"""Every claim of docs/compare.md about this app has a note that names tests, and the tests are there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.docs.reading import ROOT, code, read, rows

TABLES = ("placements and lists", "measuring", "faces")
NOTE = re.compile(r"^\[\^(\d+)\]: (.*)$", re.MULTILINE)
OURS = re.compile(r"(?:yes|part: [^\[]+)\[\^(\d+)\]")
NAMED = re.compile(r"(tests/[\w/]+\.py)::(test_\w+)")


@cache
def functions_of(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


def notes() -> dict[str, list[str]]:
    return {number: code(said) for number, said in NOTE.findall(read("compare.md"))}


def test_every_cell_of_ours_has_its_note_and_no_note_is_left_over() -> None:
    cells = [OURS.fullmatch(ours) for table in TABLES for _, ours, *_ in rows("compare.md", table)]
    assert all(cells) and [cell[1] for cell in cells if cell] == list(notes())


@pytest.mark.parametrize("number", notes())
def test_a_note_names_tests_that_exist(number: str) -> None:
    assert notes()[number]
    for said in notes()[number]:
        named = NAMED.fullmatch(said)
        assert named and (ROOT / named[1]).is_file() and named[2] in functions_of(ROOT / named[1]), said


@pytest.mark.parametrize("table", TABLES)
def test_a_row_says_something_of_everybody(table: str) -> None:
    for row in rows("compare.md", table):
        assert len(row) == 8 and all(row), row[0]
