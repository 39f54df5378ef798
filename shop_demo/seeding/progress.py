"""How far the seeding of a shop has come, kept in the transaction that moves it on."""

from django.utils import timezone

from shop_demo.models import Import

PRODUCTS, EVENTS, ADA, VISITS = "demo:products", "demo:events", "demo:ada", "demo:visits"


def done(step: str) -> int:
    return Import.objects.filter(name=step).values_list("rows_done", flat=True).first() or 0


def mark(step: str, rows: int) -> None:
    Import.objects.update_or_create(
        name=step, defaults={"rows_done": rows}, create_defaults={"rows_done": rows, "started_at": timezone.now()}
    )
