import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField

from mmrec_app.models.items import Item
from mmrec_app.models.reasons import in_words


class ModalityVector(models.Model):
    """The frozen output of one encoder for one item. Never indexed: only training and the item tower read it."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="modality_vectors")
    modality = models.CharField(_("modality"), max_length=20)
    encoder = models.CharField(_("encoder"), max_length=200)
    view = models.PositiveSmallIntegerField(_("view"), default=0)
    vector = HalfVectorField()
    content_hash = models.CharField(max_length=64)
    encoded_at = models.DateTimeField(_("encoded at"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "modality", "encoder", "view"], name="mmrec_modalityvector_unique")
        ]
        indexes = [models.Index(fields=["encoder", "item"], name="mmrec_modalityvector_model")]

    def __str__(self) -> str:
        return f"{self.modality} of item {self.item_id}"


class Generation(models.Model):
    """One model and everything computed with it. At most one is active; the first migration makes number 0 so."""

    class State(models.TextChoices):
        TRAINING = "training", _("training")
        READY = "ready", _("ready")
        ACTIVE = "active", _("active")
        RETIRED = "retired", _("retired")
        FAILED = "failed", _("failed")

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.TRAINING)
    dimension = models.PositiveSmallIntegerField(_("dimension"))
    config = models.JSONField(_("configuration"), default=dict)
    metrics = models.JSONField(_("metrics"), default=dict)
    blend = models.JSONField(_("blend weights"), default=dict)
    reason = models.TextField(_("reason"), blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    activated_at = models.DateTimeField(_("activated at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    started_by = models.CharField(_("started by"), max_length=150, blank=True)
    progress = models.JSONField(_("progress"), default=dict, blank=True)
    kept = models.BooleanField(_("kept"), default=True, help_text=_("Whether its vectors are still there to serve."))
    placed_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("What was encoded from here on has no place in it yet; empty: everything has."),
    )

    run = models.UUIDField(default=uuid.uuid4, editable=False)
    lease_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    cancelled_by = models.CharField(_("cancelled by"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("generation")
        verbose_name_plural = _("generations")
        permissions = [
            ("train_generation", "Can start and cancel trainings"),
            ("activate_generation", "Can choose which generation serves"),
        ]
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="active"), name="mmrec_one_active_generation"
            ),
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="training"), name="mmrec_one_generation_in_training"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.get_state_display()})"

    @property
    def why(self) -> str:
        """The reason in the reader's language."""
        return in_words(self.reason)


class Artefact(models.Model):
    """A file of a generation (safetensors, ONNX, figure), kept in the database: every web process and worker sees it
    the moment the generation is active, and a backup holds it."""

    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, related_name="artefacts")
    name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["generation", "name"], name="mmrec_artefact_name")]

    def __str__(self) -> str:
        return f"{self.name} of generation {self.generation_id}"


class ItemVector(models.Model):
    """An item's place in one generation's space. LIST-partitioned by generation (`embeddings.partitions`).

    `joint` is all that is known of the item, `content` what its text and pictures alone say; `popular` is how much it
    was asked for when the generation was trained, 0 to 1 on a logarithmic scale; `weights` what each of the fusion's
    slots weighs in `joint`, in the order of the generation's `config["slots"]`; empty where nothing was trained.
    """

    pk = models.CompositePrimaryKey("generation_id", "item_id")
    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, db_index=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, db_index=False, related_name="vectors")
    joint = HalfVectorField()
    content = HalfVectorField()
    popular = models.FloatField(db_default=0.0)
    weights = ArrayField(models.FloatField(), default=list, db_default=[])

    def __str__(self) -> str:
        return f"item {self.item_id} in generation {self.generation_id}"


class ItemNeighbour(models.Model):
    """The stored neighbours of an item in one generation, best first. Partitioned like `ItemVector`."""

    pk = models.CompositePrimaryKey("generation_id", "item_id", "rank")
    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, db_index=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, db_index=False, related_name="neighbours")
    rank = models.PositiveSmallIntegerField()
    neighbour = models.ForeignKey(Item, on_delete=models.CASCADE, db_index=False, related_name="+")
    weight = models.FloatField()

    def __str__(self) -> str:
        return f"{self.neighbour_id} is neighbour {self.rank} of {self.item_id}"
