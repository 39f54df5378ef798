"""The examples of docs/api.md, sent as they stand there: each answer is the one that is printed below it."""

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from mmrec_app.catalogue import item_for
from mmrec_app.embeddings import vectors
from mmrec_app.models import DailyFigure, DailyItem, Event, Generation, Impression
from tests.docs.reading import Block, blocks, read
from tests.products import make_product

SCORES = {"Linen shirt, white": 1.0, "Linen shirt, sage": 0.96, "Stoneware mug": 0.28}
"""Cosine to the first, as the example prints it."""


def examples() -> list[tuple[Block, Block]]:
    """Every request with the answer below it."""
    found = blocks("http", "json", document="api.md")
    assert [block.language for block in found] == ["http", "json"] * (len(found) // 2)
    return list(zip(found[::2], found[1::2], strict=True))


@pytest.fixture(autouse=True)
def documented_shop(db: None) -> None:
    cache.clear()
    shop = [
        make_product(id=17, title="Linen shirt, white", slug="linen-shirt-white", price=Decimal("49"), image=False),
        make_product(id=18, title="Linen shirt, sage", slug="linen-shirt-sage", price=Decimal("49"), image=False),
        make_product(id=19, title="Stoneware mug", slug="stoneware-mug", price=Decimal("18.5"), image=False),
    ]
    generation = Generation.objects.get(state="active")
    joint = np.zeros((3, generation.dimension), np.float32)
    joint[:, 0] = list(SCORES.values())
    joint[:, 1] = np.sqrt(1 - joint[:, 0] ** 2)
    items = [item_for(product) for product in shop]
    vectors.place(generation, [item.pk for item in items], joint, joint, np.zeros((3, 0)))
    lists = {"day": date(2026, 3, 28), "placement": "for_you", "generation": 4}
    DailyFigure.objects.create(
        handed=20, seen=16, clicked=4, clicks=5, carts=2, carts_assisted=1, bought=1, revenue=49, currency="EUR",
        latency=[0] * 20 + [15] + [0] * 9 + [5] + [0] * 35, **lists,
    )  # fmt: skip
    DailyItem.objects.bulk_create(DailyItem(item=item, seen=8, **lists) for item in items[:2])


def test_no_other_document_has_examples_but_the_one_of_looks() -> None:
    assert {block.document for block in blocks("http")} == {"api.md", "measuring.md"}


def test_a_look_is_told_as_measuring_says(client: Client) -> None:
    (asked,) = blocks("http", document="measuring.md")
    head, _, body = asked.text.partition("\n\n")
    method, address, *_rest = head.split()
    headers = dict(line.split(": ") for line in head.splitlines()[1:])
    told = json.loads(body)
    client.post("/mmrec/v1/events/", {"events": [{"kind": "view", "item": "17"}]}, "application/json")
    handed = client.get("/mmrec/v1/recommendations/for_you/").json()["impression"]
    Impression.objects.filter(pk=handed).update(id=told["impressions"][0])
    got = client.generic(method, address, body, headers["Content-Type"])
    assert got.status_code == 204 and "The answer is 204" in read("measuring.md")
    assert Impression.objects.get(pk=told["impressions"][0]).seen_at is not None


@pytest.mark.parametrize(("asked", "answer"), examples(), ids=lambda block: str(block))
def test_an_example_answers_what_is_printed(client: Client, asked: Block, answer: Block) -> None:
    head, _, body = asked.text.partition("\n")
    method, address = head.split(" ", 1)
    if "/metrics/" in address:
        client.force_login(get_user_model().objects.create_superuser("mira"))
    got = client.get(address) if method == "GET" else client.post(address, json.loads(body), "application/json")
    told, printed = tidy(got.json()), tidy(json.loads(answer.text))
    assert ({name: told[name] for name in printed} if "/metrics/" in address else told) == printed
    assert (got.status_code >= 400) == ("status" in json.loads(answer.text))


def test_the_example_of_events_stores_what_it_says(client: Client) -> None:
    asked = next(block for block, _ in examples() if block.text.startswith("POST"))
    client.post("/mmrec/v1/events/", json.loads(asked.text.partition("\n")[2]), "application/json")
    assert sorted(Event.objects.values_list("kind", "item__object_id")) == [("click", "18"), ("view", "17")]


def tidy(value: Any) -> Any:
    """Without what differs each time: the impression's id; scores to two digits."""
    if isinstance(value, dict):
        return {name: tidy(each) for name, each in value.items()}
    if isinstance(value, list):
        return [tidy(each) for each in value]
    if isinstance(value, str):
        return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "a UUID", value)
    return round(value, 2) if isinstance(value, float) else value
