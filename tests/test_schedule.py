"""Beat's schedule in the database, by the scheduler that the settings name."""

from datetime import timedelta
from typing import Any

import pytest
from celery import Celery
from celery.utils.imports import symbol_by_name
from django.conf import settings
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from mmrec_app.tasks import BEAT_SCHEDULE

pytestmark = pytest.mark.django_db(transaction=True)
NIGHTLY = "mmrec: train on what happened since"
COUNTING = "mmrec: count what is popular and on the rise"
WAITING = "mmrec: take up a training that waits"


def beat_starts(entries: dict[str, Any] = settings.CELERY_BEAT_SCHEDULE) -> Any:
    app = Celery("shop", set_as_current=False)
    app.conf.beat_schedule = entries
    return symbol_by_name(settings.CELERY_BEAT_SCHEDULER)(app=app)


def test_every_task_is_there_after_the_first_start() -> None:
    found = beat_starts().schedule
    assert found.keys() >= BEAT_SCHEDULE.keys()
    for name, entry in BEAT_SCHEDULE.items():
        assert found[name].task == entry["task"]
        assert found[name].options.get("expires") == entry.get("options", {}).get("expires")
    assert PeriodicTask.objects.get(name=NIGHTLY).crontab.hour == "2"
    assert PeriodicTask.objects.get(name=WAITING).interval.every == 20


def test_what_was_edited_in_the_admin_outlives_a_restart() -> None:
    beat_starts()
    at_five, _ = CrontabSchedule.objects.get_or_create(minute="0", hour="5", timezone="UTC")
    hourly, _ = IntervalSchedule.objects.get_or_create(every=1, period=IntervalSchedule.HOURS)
    PeriodicTask.objects.filter(name=NIGHTLY).update(crontab=at_five)
    PeriodicTask.objects.filter(name=COUNTING).update(interval=hourly)
    PeriodicTask.objects.filter(name=WAITING).update(enabled=False)
    again = beat_starts().schedule
    assert again[COUNTING].schedule.run_every == timedelta(hours=1) and WAITING not in again
    assert PeriodicTask.objects.get(name=NIGHTLY).crontab == at_five


def test_a_task_of_a_later_version_appears() -> None:
    beat_starts({name: entry for name, entry in BEAT_SCHEDULE.items() if name != NIGHTLY})
    assert not PeriodicTask.objects.filter(name=NIGHTLY).exists()
    beat_starts()
    assert PeriodicTask.objects.get(name=NIGHTLY).task == "mmrec.retrain"
