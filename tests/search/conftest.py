"""Who answers a search: a worker at once, or nobody."""

from typing import Any

import pytest

from mmrec_app import tasks
from mmrec_app.offline.query import encode_query


@pytest.fixture
def answered(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The broker and its worker in one: a question is encoded at once. Returns what was asked."""
    asked: list[str] = []

    def ask(key: str, modality: str, content: bytes) -> bool:
        asked.append(modality)
        encode_query(key, modality, content)
        return True

    monkeypatch.setattr(tasks, "ask_encoding", ask)
    settings.MMREC = settings.MMREC | {"SEARCH_MS": 50}
    return asked


@pytest.fixture
def nobody(settings: Any) -> None:
    """A broker that takes every question, and no worker."""
    settings.MMREC = settings.MMREC | {"SEARCH_MS": 50}
