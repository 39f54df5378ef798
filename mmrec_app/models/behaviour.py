import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mmrec_app.models.items import Item
from mmrec_app.models.measuring import Experiment
from mmrec_app.models.vectors import Generation


class Visitor(models.Model):
    """Whoever looks: a browser's signed cookie, or a user. Deleting one deletes its events and impressions."""

    key = models.CharField(_("key"), max_length=64, unique=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="mmrec_visitor"
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    class Meta:
        verbose_name = _("visitor")
        verbose_name_plural = _("visitors")

    def __str__(self) -> str:
        return self.key


class EventKind(models.TextChoices):
    VIEW = "view", _("view")
    CLICK = "click", _("click")
    CART = "cart", _("put in the cart")
    PURCHASE = "purchase", _("purchase")
    LIKE = "like", _("like")
    DISMISS = "dismiss", _("not interested")


class Event(models.Model):
    """Something a visitor did with an item. Append-only."""

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, db_index=False, related_name="events")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, db_index=False, related_name="events")
    kind = models.CharField(_("kind"), max_length=10, choices=EventKind.choices)
    at = models.DateTimeField(_("at"), default=timezone.now)
    site = models.IntegerField(_("site"), null=True, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="", db_default="")
    """Of the value; empty: its item's."""
    impression = models.UUIDField(_("impression"), null=True, blank=True)
    key = models.CharField(_("idempotency key"), max_length=100, null=True, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            # A key belongs to its visitor: nobody can swallow another's event by guessing a key.
            models.UniqueConstraint(
                fields=["visitor", "key"], condition=models.Q(key__isnull=False), name="mmrec_event_key"
            )
        ]
        indexes = [
            models.Index(fields=["visitor", "-at", "-id"], name="mmrec_event_history"),
            BrinIndex(fields=["at"], name="mmrec_event_at"),
            models.Index(
                fields=["impression", "item"],
                condition=models.Q(kind="click", impression__isnull=False),
                name="mmrec_event_click",
            ),
        ]

    def __str__(self) -> str:
        return _("%(kind)s: item %(item)s") % {"kind": self.get_kind_display(), "item": self.item_id}


class Impression(models.Model):
    """One list as it was handed out: what a click is credited to."""

    MAILED = "email: "
    """Before the placement of a list that was made for a mail."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.CharField(_("placement"), max_length=50)
    visitor = models.ForeignKey(Visitor, null=True, on_delete=models.CASCADE, related_name="impressions")
    generation = models.ForeignKey(Generation, null=True, on_delete=models.SET_NULL, db_index=False)
    rung = models.CharField(_("rung"), max_length=20)
    variant = models.CharField(_("variant"), max_length=50, blank=True)
    site = models.IntegerField(_("site"), null=True, blank=True)
    items = ArrayField(models.BigIntegerField(), verbose_name=_("items"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    experiment = models.ForeignKey(Experiment, null=True, on_delete=models.SET_NULL, db_index=False)
    latency_ms = models.FloatField(_("milliseconds to make it"), null=True)
    seen_at = models.DateTimeField(_("seen at"), null=True)
    repeats = models.UUIDField(null=True, editable=False)
    """The impression of the very same list that its visitor had seen shortly before: a reload is no second look."""

    class Meta:
        verbose_name = _("impression")
        verbose_name_plural = _("impressions")
        indexes = [
            models.Index(fields=["-at"], name="mmrec_impression_latest"),
            models.Index(
                fields=["visitor", "seen_at"],
                condition=models.Q(seen_at__isnull=False),
                name="mmrec_impression_seen",
            ),
            models.Index(
                fields=["experiment", "visitor", "at"],
                condition=models.Q(experiment__isnull=False),
                name="mmrec_impression_experiment",
            ),
            models.Index(
                fields=["repeats"], condition=models.Q(repeats__isnull=False), name="mmrec_impression_repeats"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement}, {self.at:%Y-%m-%d %H:%M}"


class ItemStatistics(models.Model):
    """How much is going on around an item: refreshed as a whole by `events.refresh_statistics`, its rhythm by
    `events.refresh_affinities`."""

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.CASCADE, related_name="statistics")
    trending = models.FloatField(_("trending"), default=0)
    popular = models.FloatField(_("popular"), default=0)
    sites = models.JSONField(null=True, editable=False)
    """Site -> {"trending", "popular"} there, and under "" on those not named; what knows no site counts on each."""
    rhythm_days = models.FloatField(
        _("bought again after days"), null=True, help_text=_("In the median; empty: too few have bought it again.")
    )
    refreshed_at = models.DateTimeField(_("refreshed at"), default=timezone.now)

    class Meta:
        verbose_name_plural = _("item statistics")
        indexes = [
            models.Index(fields=["-trending"], name="mmrec_stats_trending"),
            models.Index(fields=["-popular"], name="mmrec_stats_popular"),
        ]

    def __str__(self) -> str:
        return f"statistics of item {self.item_id}"


class ItemAffinity(models.Model):
    """Two items that are bought together more often than chance has it; refreshed by `events.refresh_affinities`."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, db_index=False, related_name="affinities")
    other = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    lift = models.FloatField(_("lift"))
    """How many times more often than if neither knew of the other."""
    support = models.PositiveIntegerField(_("support"))
    """Baskets that hold both."""
    refreshed_at = models.DateTimeField(_("refreshed at"), default=timezone.now)

    class Meta:
        verbose_name_plural = _("item affinities")
        constraints = [models.UniqueConstraint(fields=["item", "other"], name="mmrec_affinity_pair")]

    def __str__(self) -> str:
        return f"items {self.item_id} and {self.other_id}"
