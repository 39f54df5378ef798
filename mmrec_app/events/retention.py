"""What is old enough to go."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from mmrec_app.conf import conf
from mmrec_app.models import Event, Impression, Visitor


def forget_old() -> int:
    """Deletes events and impressions older than `RETENTION_DAYS`, and the visitors that nothing is left of; returns how
    many rows went. 0 days: nothing is ever too old."""
    days = conf().retention_days
    if not days:
        return 0
    since = timezone.now() - timedelta(days=days)
    old = Event.objects.filter(at__lt=since).delete()[0] + Impression.objects.filter(at__lt=since).delete()[0]
    return old + _forget_empty(since)


@transaction.atomic
def _forget_empty(since: datetime) -> int:
    """Looks once more when nobody can add to them any longer: deleting a visitor deletes what it did a moment ago."""
    traces = [Exists(model.objects.filter(visitor=OuterRef("pk"))) for model in (Event, Impression)]
    empty = Visitor.objects.filter(created_at__lt=since, user=None).exclude(traces[0] | traces[1])
    locked = [visitor.pk for visitor in empty.select_for_update(skip_locked=True)]
    return empty.filter(pk__in=locked).delete()[0]
