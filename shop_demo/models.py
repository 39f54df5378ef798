"""The shop's own tables: what it sells and what was ordered. It knows nothing of recommendations."""

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Left
from django.urls import reverse

SEARCHED = SearchVector("title", "brand", Left("description", 20_000), config="english")
"""What the search looks through; exactly the expression that is indexed, cut to what an index entry can hold."""


class Category(models.Model):
    """A node of the category tree; `path` is the whole way down, "Clothing > Dresses"."""

    path = models.CharField(max_length=300, unique=True)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=160, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="children")

    class Meta:
        ordering = ["path"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.path

    def get_absolute_url(self) -> str:
        return reverse("category", args=[self.slug])


class Product(models.Model):
    slug = models.SlugField(max_length=200, unique=True)
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    brand = models.CharField(max_length=200, blank=True, db_index=True)
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="products")
    price = models.DecimalField(
        max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(max_length=3, default="EUR")
    stock = models.PositiveIntegerField(default=10)
    attributes = models.JSONField(default=dict, blank=True)
    image = models.ImageField(upload_to="products", blank=True)
    external_id = models.CharField(
        max_length=200, null=True, blank=True, unique=True, help_text="The id in the folder it was imported from."
    )
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [GinIndex(SEARCHED, name="shop_product_search")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if not isinstance(self.attributes, dict):
            raise ValidationError({"attributes": 'Names and values in braces: {"colour": "sage"}'})

    def get_absolute_url(self) -> str:
        return reverse("product", args=[self.slug])


class Order(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="orders"
    )
    name = models.CharField(max_length=200)
    email = models.EmailField()
    address = models.TextField()
    total = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default="EUR")
    placed_at = models.DateTimeField(auto_now_add=True)
    token = models.UUIDField(
        null=True, unique=True, editable=False, help_text="Names the checkout: sent twice, it orders once."
    )

    class Meta:
        ordering = ["-placed_at"]

    def __str__(self) -> str:
        return f"Order {self.pk}"


class OrderLine(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, null=True, on_delete=models.SET_NULL)
    title = models.CharField(max_length=300)
    price = models.DecimalField(max_digits=10, decimal_places=2)
    quantity = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"

    @property
    def total(self) -> Decimal:
        return self.price * self.quantity


class Import(models.Model):
    """How far a folder's events are loaded: a stopped import goes on where it was."""

    name = models.CharField(max_length=200, unique=True)
    rows_done = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.rows_done} events"
