"""What is old enough to go."""

from datetime import timedelta

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
    rows = Visitor.objects.filter(created_at__lt=since, user=None)
    traces = [Exists(model.objects.filter(visitor=OuterRef("pk"))) for model in (Event, Impression)]
    return old + rows.exclude(traces[0] | traces[1]).delete()[0]
