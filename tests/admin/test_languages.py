"""Whoever looks reads their own language, whoever made what they look at."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from mmrec_app.events import record
from mmrec_app.measuring.experiments import HOLDOUT
from mmrec_app.models import Event, Experiment, Generation, Impression, Variant, Visitor
from mmrec_app.models.reasons import in_words, kept
from mmrec_app.offline.gate import activate_generation, roll_back, verdict
from mmrec_app.offline.retrain import METHOD, request_cancel, start_run
from tests.admin.test_admin import page, signed_in
from tests.products import make_product

pytestmark = pytest.mark.django_db

FIGURES = {"ndcg@10": 0.2, "recall@20": 0.5, "users": 90}
ENGLISH = (
    "that of the active generation", "activated by", "rolled back by", "cancelled by", "has enough events",
    "somebody", "schedule", "command line", "trained", "fixed", "PCA", "concatenation", "multiplicative",
    "purchase: item", "held out", "Runs since",
)  # fmt: skip


@pytest.fixture
def shop(settings: Any) -> Client:
    """A generation that was kept from serving, chosen all the same and taken back, two that failed, and a running
    experiment."""
    settings.LANGUAGES = [(code, code) for code in ("en", "ar", "de", "es", "fr")]
    active = Generation.objects.get(state="active")
    worse = verdict(FIGURES | {"ndcg@10": 0.1}, FIGURES, active)
    settings = {"fusion": "concat"}
    Generation.objects.create(
        number=1, state="ready", dimension=256, config={"method": METHOD, "settings": settings}, reason=worse.reason
    )
    activate_generation(1)
    roll_back(by="command line")
    request_cancel(start_run({"fusion": "multiplicative"}, started_by="schedule").number)
    Generation.objects.create(
        number=3, state="retired", dimension=8, config={"method": "pca"}, reason=verdict({}, {}, active).reason
    )
    visitor = Visitor.objects.create(key="v")
    record("purchase", make_product(image=False), visitor=visitor)
    Impression.objects.create(placement="search", rung="search", visitor=visitor, variant=HOLDOUT, items=[])
    row = {"visitors": 3000, "carted": 0, "bought": 0, "revenue": 0.0, "squares": 0.0}
    totals = {"2026-11-25": {"as it is": row | {"clicked": 300}, HOLDOUT: row | {"clicked": 210}}}
    experiment = Experiment.objects.create(
        name="E", placement="search", goal="clicked", holdout=0.5, state="running", started_at=timezone.now(),
        started_by="schedule", totals=totals,
    )  # fmt: skip
    Variant.objects.create(experiment=experiment, name="as it is")
    return signed_in(superuser=True)


def pages(client: Client, language: str) -> Iterator[str]:
    """What is to be read on them; a configuration is shown as it is stored."""
    experiment, event, impression = (each.objects.get().pk for each in (Experiment, Event, Impression))
    for name, *arguments in (
        ("generation_changelist",), *(("generation_change", number) for number in range(4)), ("generation_start",),
        ("experiment_changelist",), ("experiment_change", experiment), ("event_change", event),
        ("impression_changelist",), ("impression_change", impression),
    ):  # fmt: skip
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        html = re.sub(r"(?s)<(script|pre)\b.*?</\1>", "", page(client, name, *arguments))
        yield re.sub(r"<[^>]+>", " ", html)


def test_every_phrase_is_there_in_english(shop: Client) -> None:
    text = " ".join(pages(shop, "en"))
    assert not [phrase for phrase in ENGLISH if phrase not in text]


@pytest.mark.parametrize("language", ["ar", "de", "es", "fr"])
def test_none_of_them_is_left_in_another_language(shop: Client, language: str) -> None:
    found = [
        (phrase, text[max(0, at.start() - 40) : at.end() + 20])
        for text in pages(shop, language)
        for phrase in ENGLISH
        if phrase != "PCA" and (at := re.search(rf"\b{phrase}\b", text))
    ]
    assert not found


def test_rows_of_an_earlier_version_and_an_errors_own_words_stay_as_they_are() -> None:
    old = 'activated by ada\n{"said": 3}\n{"a": 1}\n[1, {}]\n7\nMemoryError: 100% full'
    with translation.override("de"):
        assert in_words(old) == old
        assert in_words(f"{old}\n{kept('cancelled by %(by)s', by='ada')}") == f"{old}\nabgebrochen von: ada"
