"""A shop with known tastes, written straight into the tables: items of three kinds, and visitors who walk along one."""

import atexit
import json
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from django.utils import timezone

from mmrec_app.conf import conf
from mmrec_app.embeddings.vectors import store_embeddings
from mmrec_app.models import Event, Generation, Item, Visitor
from mmrec_app.offline.learn import Tell, work
from mmrec_app.offline.retrain import start_run
from mmrec_app.offline.working import folder_of
from mmrec_app.types import Embedding

TASTES, PER_TASTE, VISITORS, LENGTH = 3, 40, 300, 9
SMALL = {
    "dimension": 32, "epochs": 3, "history": 20, "batch": 64, "layers": 1, "pair_batch": 64, "linear_trials": 1,
    "validation_users": 200,
}  # fmt: skip


def make_tastes(seed: int = 0) -> tuple[list[Item], list[Visitor]]:
    """Item n is of taste n // PER_TASTE; a visitor goes on by one to three items at a time, round and round."""
    rng = np.random.default_rng(seed)
    items = Item.objects.bulk_create(
        Item(
            source="shop_demo.product",
            object_id=str(900_000 + n),
            title=f"Thing {n}",
            category=f"Taste {n // PER_TASTE}",
        )
        for n in range(TASTES * PER_TASTE)
    )
    add_vectors(items, rng)
    visitors = Visitor.objects.bulk_create(Visitor(key=f"walker {n}") for n in range(VISITORS))
    now = timezone.now()
    events = []
    for number, visitor in enumerate(visitors):
        steps = rng.integers(1, 4, LENGTH).cumsum() + rng.integers(PER_TASTE)
        for age, step in enumerate(steps[::-1]):
            item = items[number % TASTES * PER_TASTE + step % PER_TASTE]
            at = now - timedelta(hours=1 + 5 * age)
            kind = ("view", "cart", "purchase")[int(rng.integers(3)) if age > 3 else 0]
            events.append(Event(visitor=visitor, item=item, kind=kind, at=at))
    Event.objects.bulk_create(events)
    return items, visitors


def add_vectors(items: list[Item], rng: np.random.Generator) -> None:
    """Content tells an item's taste, and no more."""
    for width, spec in zip((24, 40, 16), conf().encoders, strict=False):
        centres = np.random.default_rng(width).standard_normal((TASTES, width))
        taste = [int(item.category.split()[-1]) for item in items]
        rows = centres[taste] + 0.7 * rng.standard_normal((len(items), width))
        store_embeddings(
            [Embedding(item.pk, spec.modality, spec.identity, "x", row) for item, row in zip(items, rows, strict=True)]
        )


def train(watch: Tell = lambda progress: None, fresh: bool = False, **settings: Any) -> Generation:
    """From events to the verdict, as a worker does it. Unless it is to be `fresh`, what was trained before in this test
    run is not trained again."""
    generation = start_run(SMALL | settings, started_by="test")
    key = json.dumps(settings, sort_keys=True)
    folder = folder_of(generation)
    if key in _trained and not fresh:
        shutil.copytree(_trained[key], folder / "run")

    def keep(progress: dict[str, Any]) -> None:
        if progress["stage"] == "storing" and key not in _trained:
            _trained[key] = Path(tempfile.mkdtemp(prefix="trained-")) / "run"
            atexit.register(shutil.rmtree, _trained[key].parent, ignore_errors=True)
            shutil.copytree(folder / "run", _trained[key])
        watch(progress)

    found = work(keep)
    assert found is not None
    return found


def trained_run(**settings: Any) -> Path:
    """Where the files of a training lie that `train` was told to make."""
    return _trained[json.dumps(settings, sort_keys=True)]


_trained: dict[str, Path] = {}
"""Settings -> the files that the training process wrote: the toy's events are the same in every test."""
