"""What a merchandiser decides about lists."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mmrec_app.models.items import Item


class Rule(models.Model):
    """What lists do with some products, from the next request on (`recommend.rules`; docs/rules.md).

    It is about `items`, or about whatever meets all of category, attributes and prices; about nothing when none is set,
    so that a rule whose products are gone does not fall on all others.
    """

    class Action(models.TextChoices):
        EXCLUDE = "exclude", _("never show")
        ONLY_FROM = "only-from", _("show nothing else")
        PIN = "pin", _("pin to a place")
        BOOST = "boost", _("move up")
        BURY = "bury", _("move down")

    action = models.CharField(_("action"), max_length=10, choices=Action.choices)
    items = models.ManyToManyField(Item, verbose_name=_("products"), blank=True, related_name="+")
    category = models.CharField(
        _("category"), max_length=500, blank=True, help_text=_("With everything below it: Clothing > Dresses.")
    )
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)
    """Name -> value, all of which an item has: {"brand": "Ada"}."""
    price_min = models.DecimalField(_("price from"), max_digits=14, decimal_places=2, null=True, blank=True)
    price_max = models.DecimalField(_("price to"), max_digits=14, decimal_places=2, null=True, blank=True)
    placements = ArrayField(
        models.CharField(max_length=50), verbose_name=_("lists"), default=list, blank=True,
        help_text=_("Empty: all of them."),
    )  # fmt: skip
    sites = ArrayField(
        models.IntegerField(), verbose_name=_("sites"), default=list, blank=True, help_text=_("Empty: all of them.")
    )
    position = models.PositiveSmallIntegerField(
        _("place"), null=True, blank=True, validators=[MinValueValidator(1)],
        help_text=_("Where the first pinned product stands, counted from 1; further ones follow it."),
    )  # fmt: skip
    factor = models.FloatField(
        _("factor"), null=True, blank=True,
        help_text=_("How many times further up or down: 2 halves, or doubles, a product's place."),
    )  # fmt: skip
    active = models.BooleanField(_("active"), default=True)
    starts_at = models.DateTimeField(_("from"), null=True, blank=True, help_text=_("Empty: at once."))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until it is switched off."))
    note = models.CharField(_("note"), max_length=200, blank=True, help_text=_("What it is for; only shown here."))
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    created_by = models.CharField(_("created by"), max_length=150, blank=True, editable=False)

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], name="mmrec_rule_active", condition=models.Q(active=True))]

    @property
    def item_ids(self) -> list[int]:
        """Of `items`, in the order in which pins stand."""
        if self.pk is None:
            return []
        chosen = Rule.items.through.objects.filter(rule_id=self.pk).order_by("pk")
        return list(chosen.values_list("item_id", flat=True))

    def choose(self, item_ids: Iterable[int]) -> None:
        """These are its items, in this order, which `items.set` would not keep. Call in a transaction."""
        through = Rule.items.through
        through.objects.filter(rule_id=self.pk).delete()
        through.objects.bulk_create(through(rule_id=self.pk, item_id=item_id) for item_id in dict.fromkeys(item_ids))

    def __str__(self) -> str:
        return self.note or f"{self.get_action_display()} (#{self.pk})"
