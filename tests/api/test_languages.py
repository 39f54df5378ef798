"""Problems and reasons in the language of the request."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from mmrec_app.models import Experiment, Generation
from mmrec_app.offline.gate import activate_generation
from tests.products import make_product

pytestmark = pytest.mark.django_db

VARIANTS = (
    {"rungs": []}, {"rungs": ["nowhere"]}, {"hides_cart": 1}, {"mode": "feels"}, {"caps": 1}, {"generation": "x"},
    {"generation": 70}, {"speed": 1}, {"diversity": 2}, {"weights": {"taste": 1}}, {"caps": {"brand": 0}},
)  # fmt: skip
TRAININGS = (
    {"epochs": 0}, {"dropout": 1}, {"fusion": "sum"}, {"pairings": {}}, {"pairings": {"user_next": 1, "x": 1}},
    {"dimension": 9}, {"temperature": 9}, {"speed": 1}, {"linear": 1}, {"l1": -1},
)  # fmt: skip
EVENT = {"kind": "purchase", "item": "1"}
GETS = (
    "nowhere/", "recommendations/nowhere/", "recommendations/similar/?item=none", "recommendations/cart/?items=none",
    "recommendations/similar/", "recommendations/for_you/?colour=red", "recommendations/for_you/?attribute=red",
    "recommendations/for_you/?attribute=a:b&attribute=a:c", "search/", "generations/70/", "people/70/",
    "metrics/?since=2026-02-01&until=2026-01-01", "metrics/?since=2020-01-01&until=2026-01-01",
    "experiments/1/results/",
)  # fmt: skip
POSTS = (
    ("events/", {"events": [EVENT]}),
    ("generations/roll-back/", {"active": 70}),
    ("generations/roll-back/", {}),
    *(("generations/", {"settings": settings}) for settings in TRAININGS),
    *(("experiments/", {"name": "E", "placement": "for_you", "goal": "clicked", "variants": [
        {"name": "a", "weight": 1, "overrides": overrides}]}) for overrides in VARIANTS),
)  # fmt: skip


@pytest.fixture
def mira(settings: Any) -> Client:
    cache.clear()
    settings.LANGUAGES = [(code, code) for code in ("en", "ar", "de", "es", "fr")]
    make_product(image=False)
    Experiment.objects.create(pk=1, name="E", placement="for_you", goal="clicked", started_at=timezone.now())
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("mira"))
    return client


def problem(answer: Any) -> Any:
    assert answer.status_code >= 400, answer.content
    told = answer.json()
    return told.get("errors", told["detail"])


def asked(client: Client, language: str) -> list[Any]:
    spoken = {"accept-language": language}
    return [
        *(problem(client.get(f"/mmrec/v1/{path}", headers=spoken)) for path in GETS),
        *(problem(client.post(f"/mmrec/v1/{path}", body, "application/json", headers=spoken)) for path, body in POSTS),
    ]


@pytest.mark.parametrize("language", ["ar", "de", "es", "fr"])
def test_no_problem_is_told_in_english(mira: Client, language: str) -> None:
    english = asked(mira, "en")
    assert not [said for said, other in zip(english, asked(mira, language), strict=True) if said == other]


def test_a_generation_says_why_it_serves_in_the_language_of_the_request(mira: Client) -> None:
    Generation.objects.create(number=1, state="ready", dimension=256, reason="was worse")
    activate_generation(1, by="ada")
    said = [mira.get("/mmrec/v1/generations/1/", headers={"accept-language": code}).json() for code in ("en", "de")]
    assert [each["reason"] for each in said] == ["was worse\nactivated by ada", "was worse\naktiviert von: ada"]
