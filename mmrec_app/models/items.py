from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Item(models.Model):
    """One recommendable thing, and the outbox of its own encoding.

    The row is written in the transaction that saves the product, so a committed product cannot be forgotten, whatever
    the broker does: a dirty row stays dirty until its vectors are stored. A product that is gone leaves its row behind
    (`removed_at`), because the events on it still teach.
    """

    source = models.CharField(_("source"), max_length=100)
    object_id = models.CharField(_("object id"), max_length=255)
    title = models.CharField(_("title"), max_length=500)
    category = models.CharField(_("category"), max_length=500, blank=True)
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)
    price = models.DecimalField(_("price"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    available = models.BooleanField(_("available"), default=True)
    sites = ArrayField(models.IntegerField(), verbose_name=_("sites"), default=list, blank=True)
    published_at = models.DateTimeField(_("published at"), default=timezone.now)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)
    content_hash = models.CharField(_("content hash"), max_length=64, blank=True)

    dirty_since = models.DateTimeField(_("waiting since"), null=True, blank=True)
    lease_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("failed attempts"), default=0)
    lapses = models.PositiveSmallIntegerField(
        _("lapsed leases"), default=0, help_text=_("How often a worker vanished while it held this item.")
    )
    last_error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        constraints = [models.UniqueConstraint(fields=["source", "object_id"], name="mmrec_item_source_object")]
        indexes = [
            models.Index(
                fields=["lapses", "dirty_since"], name="mmrec_item_dirty", condition=models.Q(dirty_since__isnull=False)
            ),
            models.Index(OpClass("category", "text_pattern_ops"), "price", name="mmrec_item_category"),
            models.Index(fields=["-published_at"], name="mmrec_item_published", condition=models.Q(available=True)),
            GinIndex(OpClass("attributes", "jsonb_path_ops"), name="mmrec_item_attributes"),
        ]

    def __str__(self) -> str:
        return self.title
