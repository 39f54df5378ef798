import uuid

from django.db import models


class Book(models.Model):
    """Its key is a text that somebody else gave out."""

    isbn = models.CharField(max_length=20, primary_key=True)
    title = models.CharField(max_length=100)

    def get_absolute_url(self) -> str:
        return f"/book/{self.pk}/"


class Gadget(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    title = models.CharField(max_length=100)

    def get_absolute_url(self) -> str:
        return f"/gadget/{self.pk}/"


class Shirt(models.Model):
    title = models.CharField(max_length=100)
    price = models.FloatField(default=9.99)
    released = models.DateField(null=True)
    facts = models.JSONField(default=dict)
    currency = models.CharField(max_length=10, default="EUR")
    published = models.BooleanField(default=True)

    def get_absolute_url(self) -> str:
        return f"/shirt/{self.pk}/"


class Size(models.Model):
    """A variant: it stands for its shirt."""

    shirt = models.ForeignKey(Shirt, on_delete=models.CASCADE, related_name="sizes")
    name = models.CharField(max_length=10)
