from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Max, Min
from django.utils import timezone
from PIL import Image

from mmrec_app.events import visitor_for
from mmrec_app.models import Event, Item, ItemStatistics
from shop_demo.models import Category, Import, Order, Product
from shop_demo.seeding.catalogue import catalogue
from shop_demo.seeding.events import load_shoppers
from shop_demo.seeding.products import BATCH, load_products, picture_name
from shop_demo.seeding.truth import truth

pytestmark = pytest.mark.django_db

PRODUCTS, SHOPPERS, PIXELS = 44, 30, 64


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path, monkeypatch) -> Path:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.delenv("SHOP_PASSWORD", raising=False)
    return tmp_path


def seed(products: int = PRODUCTS, shoppers: int = SHOPPERS) -> str:
    said = StringIO()
    call_command("seed_demo", products=products, shoppers=shoppers, pixels=PIXELS, stdout=said)
    return said.getvalue()


def pictures(media: Path) -> dict[str, int]:
    return {str(path.relative_to(media)): path.stat().st_mtime_ns for path in media.rglob("*.jpg")}


def test_a_shop_comes_into_being(media: Path):
    seed()
    products = {product.external_id: product for product in Product.objects.select_related("category")}
    for piece in catalogue(PRODUCTS):
        product = products[piece.external_id]
        assert (product.title, product.category.path, product.price) == (piece.title, piece.category, piece.price)
        age = timezone.now() - product.created_at
        assert abs(age - timedelta(days=piece.age_days)) < timedelta(minutes=5)
        with Image.open(product.image.path) as picture:
            assert picture.format == "JPEG"
            assert picture.size == (PIXELS, PIXELS)
    assert len(pictures(media)) == PRODUCTS
    assert Item.objects.filter(removed_at=None, dirty_since__isnull=False).count() == PRODUCTS
    assert Category.objects.get(path="Clothing > Tops").parent.path == "Clothing"


def test_its_events_are_those_of_the_shoppers_and_end_now():
    seed()
    known = truth(PRODUCTS, SHOPPERS)
    assert set(Event.objects.values_list("visitor__key", flat=True)) <= set(known.visitor_keys)
    assert Event.objects.count() > SHOPPERS * 40
    span = Event.objects.aggregate(first=Min("at"), last=Max("at"))
    assert timedelta(days=80) < timezone.now() - span["first"] < timedelta(days=91)
    assert timezone.now() - span["last"] < timedelta(days=2)
    assert Event.objects.filter(kind="purchase", value=None).count() == 0
    assert ItemStatistics.objects.filter(popular__gt=0).exists()


def test_a_second_run_changes_nothing(media: Path):
    seed()
    before = list(Product.objects.order_by("pk").values()), Event.objects.count(), pictures(media)
    assert seed() == ""
    assert (list(Product.objects.order_by("pk").values()), Event.objects.count(), pictures(media)) == before


def test_what_a_merchandiser_did_stays():
    seed(products=4, shoppers=2)
    edited, deleted = Product.objects.order_by("pk")[:2]
    Product.objects.filter(pk=edited.pk).update(title="Our own words", price=1, image="products/ours.jpg")
    deleted.delete()
    seed(products=4, shoppers=2)
    edited.refresh_from_db()
    assert (edited.title, edited.price, edited.image.name) == ("Our own words", 1, "products/ours.jpg")
    assert Product.objects.count() == 3


def test_a_killed_run_goes_on_where_it_was(media: Path):
    """Killed after its first batch, with half a picture of the second on the disk."""

    def stop_after_the_first_batch(count: int) -> None:
        if count == BATCH:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_products(catalogue(PRODUCTS), PIXELS, stop_after_the_first_batch)
    first = dict(Product.objects.values_list("external_id", "pk"))
    assert len(first) == BATCH
    half = media / picture_name(catalogue(PRODUCTS)[BATCH])
    half.write_bytes(b"\xff\xd8 half a picture")
    seed()
    now = dict(Product.objects.values_list("external_id", "pk"))
    assert len(now) == PRODUCTS == len(pictures(media))
    assert first.items() <= now.items()
    Image.open(half).load()


def test_events_that_were_interrupted_are_loaded_whole_later():
    seed(products=4, shoppers=2)
    Event.objects.all().delete()
    Import.objects.filter(name="demo:events").delete()

    def stop(count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_shoppers(catalogue(4), 2, stop)
    assert Event.objects.count() == 0
    seed(products=4, shoppers=2)
    assert Event.objects.count() > 20


def test_lost_pictures_are_drawn_again(media: Path):
    seed(products=4, shoppers=2)
    product = Product.objects.first()
    before = Path(product.image.path).read_bytes()
    Path(product.image.path).unlink()
    seed(products=4, shoppers=2)
    assert Path(product.image.path).read_bytes() == before


def test_ada_can_sign_in_and_has_a_past(monkeypatch):
    monkeypatch.setenv("SHOP_PASSWORD", "first secret")
    seed()
    ada = authenticate(username="ada", password="first secret")
    events = Event.objects.filter(visitor=visitor_for(ada)).count()
    assert 10 < events < 200
    order = Order.objects.filter(user=ada).order_by("placed_at").first()
    assert order.total == sum(line.price * line.quantity for line in order.lines.all()) > 0
    assert order.placed_at < timezone.now() - timedelta(hours=1)
    monkeypatch.setenv("SHOP_PASSWORD", "second secret")
    orders = Order.objects.count()
    seed()
    assert authenticate(username="ada", password="second secret") == ada
    assert Event.objects.filter(visitor=visitor_for(ada)).count() == events
    assert Order.objects.count() == orders


def test_a_shop_of_nothing_is_refused():
    with pytest.raises(CommandError, match="--products"):
        call_command("seed_demo", products=0)
