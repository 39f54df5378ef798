"""Experiments, and the daily figures that the dashboard is read from."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mmrec_app.models.items import Item


class Experiment(models.Model):
    """Variants of one placement, shown to visitors by the hash of their key. One runs at a time in a placement."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        RUNNING = "running", _("running")
        STOPPED = "stopped", _("stopped")

    class Goal(models.TextChoices):
        CLICKED = "clicked", _("visitors who click in the list")
        CARTED = "carted", _("visitors who put something in the cart")
        BOUGHT = "bought", _("visitors who buy")
        REVENUE = "revenue", _("revenue per visitor")

    name = models.CharField(_("name"), max_length=100, unique=True)
    placement = models.CharField(_("placement"), max_length=50)
    goal = models.CharField(
        _("goal"), max_length=10, choices=Goal.choices, default=Goal.BOUGHT,
        help_text=_("What the experiment is decided by. The other figures are shown beside it."),
    )  # fmt: skip
    holdout = models.FloatField(
        _("held out"), default=0.0, validators=[MinValueValidator(0.0), MaxValueValidator(0.9)],
        help_text=_("Share of visitors, from 0 to 0.9, who see no list in this placement, to tell what lists bring."),
    )  # fmt: skip
    expected = models.PositiveIntegerField(
        _("expected visitors"), default=10_000, validators=[MinValueValidator(200)],
        help_text=_("About how many will take part: the test is sharpest then, and right at any time."),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    started_at = models.DateTimeField(_("started at"), null=True, editable=False)
    started_by = models.CharField(_("started by"), max_length=150, blank=True, editable=False)
    ends_at = models.DateTimeField(
        _("ends at"), null=True, blank=True, help_text=_("It stops by itself then; empty: when somebody stops it.")
    )
    stopped_at = models.DateTimeField(_("stopped at"), null=True, editable=False)
    stopped_by = models.CharField(_("stopped by"), max_length=150, blank=True, editable=False)
    totals = models.JSONField(default=dict, editable=False)
    """Day -> what each arm had brought by its end."""
    counted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("experiment")
        verbose_name_plural = _("experiments")
        permissions = [("run_experiment", "Can start and stop experiments")]
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=models.Q(state="running"), name="mmrec_one_experiment_a_placement"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Variant(models.Model):
    """One way to make a placement's list; the first of an experiment is its control."""

    experiment = models.ForeignKey(Experiment, on_delete=models.CASCADE, related_name="variants")
    name = models.CharField(_("name"), max_length=50)
    weight = models.FloatField(
        _("weight"), default=1.0, validators=[MinValueValidator(0.0)], help_text=_("Shares are weights by their sum.")
    )
    overrides = models.JSONField(
        _("changes"), default=dict, blank=True,
        help_text=_("What is other than in the placement, under the same keys as in the settings; {} changes nothing."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["experiment", "name"], name="mmrec_variant_name")]

    def __str__(self) -> str:
        return self.name


class DailyFigure(models.Model):
    """What lists of one kind brought on one day; identities are not in it. Written as a whole by `measuring.counting`.

    What was bought counts on the day it was bought, for the list it is credited to. Rows with an empty placement are
    the whole shop's, with what was bought without any list as well.
    """

    day = models.DateField(_("day"))
    placement = models.CharField(_("placement"), max_length=50, blank=True)
    generation = models.PositiveIntegerField(_("generation"), null=True)
    rung = models.CharField(_("rung"), max_length=20, blank=True)
    variant = models.CharField(_("variant"), max_length=160, blank=True)
    site = models.IntegerField(_("site"), null=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    handed = models.PositiveIntegerField(_("handed out"), default=0)
    seen = models.PositiveIntegerField(_("seen"), default=0)
    clicked = models.PositiveIntegerField(_("lists with a click"), default=0)
    clicks = models.PositiveIntegerField(_("clicks"), default=0)
    carts = models.PositiveIntegerField(_("put in the cart after a click"), default=0)
    carts_assisted = models.PositiveIntegerField(_("put in the cart after a look"), default=0)
    bought = models.PositiveIntegerField(_("bought after a click"), default=0)
    bought_assisted = models.PositiveIntegerField(_("bought after a look"), default=0)
    revenue = models.DecimalField(_("revenue after a click"), max_digits=16, decimal_places=2, default=0)
    revenue_assisted = models.DecimalField(_("revenue after a look"), max_digits=16, decimal_places=2, default=0)
    latency = ArrayField(models.PositiveIntegerField(), default=list)
    """How many lists took so long, by the buckets of `measuring.latency`."""

    class Meta:
        verbose_name = _("daily figures")
        verbose_name_plural = _("dashboard")
        indexes = [models.Index(fields=["day", "placement"], name="mmrec_figure_day")]

    def __str__(self) -> str:
        return f"{self.placement or 'shop'} on {self.day}"


class DailyItem(models.Model):
    """In how many seen lists of one kind an item was on a day, and how many of them it was clicked in."""

    day = models.DateField()
    placement = models.CharField(max_length=50)
    generation = models.PositiveIntegerField(null=True)
    variant = models.CharField(max_length=160, default="", db_default="")
    site = models.IntegerField(null=True)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, db_index=False, related_name="+")
    seen = models.PositiveIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["day", "placement", "item"], name="mmrec_dailyitem_day")]

    def __str__(self) -> str:
        return f"item {self.item_id} in {self.placement} on {self.day}"


class CountedDay(models.Model):
    """When a day was counted last; one that was counted after its end is done with."""

    day = models.DateField(primary_key=True)
    counted_at = models.DateTimeField()
    robots = models.PositiveIntegerField(default=0)
    """Visitors left out because nobody looks so fast."""

    def __str__(self) -> str:
        return str(self.day)
