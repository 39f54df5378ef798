from django.db import models
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField


class EncodedQuery(models.Model):
    """What an encoder made of a search. `key` is a digest: neither the words nor the picture are kept."""

    key = models.CharField(_("key"), max_length=64, primary_key=True)
    vector = HalfVectorField()
    encoded_at = models.DateTimeField(_("encoded at"))

    class Meta:
        verbose_name = _("encoded query")
        verbose_name_plural = _("encoded queries")
        indexes = [models.Index(fields=["encoded_at"], name="mmrec_query_age")]

    def __str__(self) -> str:
        return self.key
