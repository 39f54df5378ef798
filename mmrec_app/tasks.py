"""Celery's side: thin, ids in and ids out. What they import, workers import: the web process only sends their names."""

import base64
import logging
import time
from typing import Any

from celery import current_app, shared_task
from celery.schedules import crontab

logger = logging.getLogger(__name__)

QUEUE = "mmrec.encode"
TRAIN_QUEUE = "mmrec.train"
"""Of its own, so that a training of hours keeps no product waiting: give it a worker, or a second process of one."""
SEARCH_QUEUE = "mmrec.search"
"""Somebody is waiting for the answer: a shop with much to encode gives it a worker of its own."""

BEAT_SCHEDULE = {
    "mmrec: pick up what a lost message left behind": {"task": "mmrec.encode", "schedule": 10.0},
    "mmrec: fit the projection when it is due": {"task": "mmrec.fit_when_due", "schedule": 15.0},
    "mmrec: count what is popular and on the rise": {"task": "mmrec.refresh_statistics", "schedule": 300.0},
    "mmrec: count what is bought together": {"task": "mmrec.refresh_affinities", "schedule": crontab(minute=20)},
    "mmrec: count what the lists bring": {"task": "mmrec.measure", "schedule": 300.0, "options": {"expires": 300}},
    "mmrec: take up a training that waits": {"task": "mmrec.train", "schedule": 20.0, "options": {"expires": 20}},
    "mmrec: train on what happened since": {"task": "mmrec.retrain", "schedule": crontab(hour=2, minute=30)},
    "mmrec: reconcile with the catalogue": {"task": "mmrec.sync", "schedule": crontab(hour=3, minute=10)},
    "mmrec: forget what is old": {"task": "mmrec.forget", "schedule": crontab(hour=3, minute=40)},
}
"""For `CELERY_BEAT_SCHEDULE`; edited in the admin under `schedule.KeptSchedule`."""


QUIET_SECONDS = 10
"""After a broker that did not answer: a shop that saves on does not wait for it at every save."""
_quiet_until = 0.0


def hint() -> None:
    """Tells a worker that something is dirty. Only a hint: the row says it too, so a broker that is down costs seconds
    of freshness and never a save."""
    _send("mmrec.encode", QUEUE)


def hint_training() -> None:
    """Tells a worker that a training waits (`offline.retrain.start_run`), or that figures of one do; the schedule would
    find it as well."""
    _send("mmrec.train", TRAIN_QUEUE)


def hint_figures(number: int) -> None:
    """Has a worker draw the figures of a trained generation, also anew, however long it takes until one is free."""
    _send("mmrec.draw", TRAIN_QUEUE, args=[number], expires=86400)


def recount() -> None:
    """Has a worker count anew what is popular, now that events are gone; the schedule would do it as well."""
    _send("mmrec.refresh_statistics", QUEUE)


def ask_encoding(key: str, modality: str, content: bytes) -> bool:
    """Has a worker store the vector of a search (`embeddings.queries`); returns whether the broker took the question.
    Words and photo pass through the broker for half a minute at most."""
    return _send("mmrec.encode_query", SEARCH_QUEUE, args=[key, modality, _packed(content)], expires=30)


def _packed(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _send(name: str, queue: str, **options: Any) -> bool:
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return False
    try:
        options = {"expires": 60} | options
        current_app.send_task(name, queue=queue, retry=False, ignore_result=True, **options)
    except Exception as error:  # every transport has its own; none may reach the save that has just been committed
        _quiet_until = time.monotonic() + QUIET_SECONDS
        logger.warning("the broker cannot be reached (%s); the schedule will pick it up", error)
        return False
    return True


@shared_task(name="mmrec.encode", queue=QUEUE)
def encode() -> int:
    """Encodes until nothing is dirty; returns how many items it settled."""
    from mmrec_app.offline.encode import encode_dirty

    return encode_dirty()


@shared_task(name="mmrec.encode_query", queue=SEARCH_QUEUE)
def encode_query(key: str, modality: str, content: str) -> bool:
    """Returns whether anything could be made of it."""
    from mmrec_app.offline.query import encode_query as encode

    return encode(key, modality, base64.b64decode(content))


@shared_task(name="mmrec.fit_when_due", queue=QUEUE)
def fit_when_due() -> int | None:
    """Makes the first fitted generation once the catalogue is encoded; returns its number if it made one."""
    from mmrec_app.offline.fit import fit, fit_is_due

    return fit(started_by="schedule").number if fit_is_due() else None


@shared_task(name="mmrec.train", queue=TRAIN_QUEUE)
def train() -> int | None:
    """Works on the training that waits, also one whose worker is gone; returns its number if there was one. Otherwise
    draws the figures of a training that has none."""
    number = _work()
    if number is None:
        from mmrec_app.offline.report import report_missing

        report_missing()
    return number


@shared_task(name="mmrec.retrain", queue=TRAIN_QUEUE)
def retrain() -> int | None:
    """Trains anew when enough has happened since the last time; returns the generation's number if it did."""
    from mmrec_app.offline.retrain import retrain_is_due, start_run

    if retrain_is_due():
        start_run({}, started_by="schedule")
    return _work()


def _work() -> int | None:
    from mmrec_app.offline.learn import work

    generation = work()
    if generation is None:
        return None
    hint_training()  # its figures wait now
    return generation.number


@shared_task(name="mmrec.draw", queue=TRAIN_QUEUE)
def draw(number: int) -> list[str]:
    """Draws a generation's figures and keeps them with it; returns their names."""
    from mmrec_app.offline.report import report

    return list(report(number))


@shared_task(name="mmrec.refresh_statistics", queue=QUEUE)
def refresh_statistics() -> int:
    from mmrec_app.events import refresh_statistics as refresh

    return refresh()


@shared_task(name="mmrec.refresh_affinities", queue=QUEUE)
def refresh_affinities() -> int:
    """Returns how many pairs are bought together."""
    from mmrec_app.events import refresh_affinities as refresh

    return refresh()


@shared_task(name="mmrec.measure", queue=QUEUE)
def measure() -> int:
    """Counts the days and the experiments that are not done with; returns how many days those were."""
    from mmrec_app.measuring.counting import count_due_days
    from mmrec_app.measuring.outcomes import count_experiments

    count_experiments()
    return count_due_days()


@shared_task(name="mmrec.sync", queue=QUEUE)
def sync() -> int:
    """Reconciles every catalogue; returns how many items changed."""
    from mmrec_app.catalogue import catalogues, sync

    results = [sync(catalogue) for catalogue in catalogues().values()]
    hint()
    return sum(result.added + result.changed + result.gone for result in results)


@shared_task(name="mmrec.forget", queue=QUEUE)
def forget() -> int:
    """Deletes what is kept for a while only: searches, and events by the retention; returns how many rows went."""
    from mmrec_app.embeddings.queries import forget_queries
    from mmrec_app.events import forget_old

    return forget_queries() + forget_old()
