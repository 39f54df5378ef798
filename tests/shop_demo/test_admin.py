"""A merchandiser's day: a new product with its photo, another price, away with it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mmrec_app.models import Item
from shop_demo.models import Category, Order, Product
from tests.products import make_product, picture
from tests.shop_demo.test_checkout import fill, order

pytestmark = pytest.mark.django_db

PRODUCT = {"title": "New mug", "slug": "new-mug", "brand": "", "description": "", "price": "12.50", "currency": "EUR"}


def test_a_product_with_its_photo_is_in_the_shop(admin_client, client):
    category = make_product("red", "mug").category
    photo = SimpleUploadedFile("new.png", picture("blue", "mug"), "image/png")
    given = PRODUCT | {"stock": "4", "category": category.pk, "attributes": '{"colour": "blue"}', "image": photo}
    assert admin_client.post(reverse("admin:shop_demo_product_add"), given).status_code == 302
    made = Product.objects.get(slug="new-mug")
    assert made.image and Item.objects.get(object_id=str(made.pk)).available
    assert "New mug" in client.get(category.get_absolute_url()).content.decode()
    assert made.image.url in admin_client.get(reverse("admin:shop_demo_product_changelist")).content.decode()


@pytest.mark.parametrize("attributes", ["[]", "3", "x"])
def test_attributes_that_are_none_are_refused(admin_client, attributes):
    answer = admin_client.post(
        reverse("admin:shop_demo_product_add"), PRODUCT | {"stock": "4", "attributes": attributes}
    )
    assert "errorlist" in answer.content.decode() and not Product.objects.exists()


def test_another_price_from_the_list(admin_client, client):
    product = make_product(image=False)
    form = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 1,
        "form-0-id": product.pk,
        "form-0-price": 7,
        "form-0-stock": 0,
    }
    assert admin_client.post(reverse("admin:shop_demo_product_changelist"), form | {"_save": "1"}).status_code == 302
    page = client.get(product.get_absolute_url()).content.decode()
    assert "€7.00" in page and "Sold out" in page


def test_a_deleted_product_is_gone_from_the_lists_and_its_orders_stay(admin_client, client):
    product = make_product(image=False, title="Short-lived")
    order(client, fill(client, product))
    url = reverse("admin:shop_demo_product_delete", args=[product.pk])
    assert admin_client.post(url, {"post": "yes"}).status_code == 302
    assert not Item.objects.get().available
    assert "Short-lived" in client.get(reverse("order", args=[Order.objects.get().pk])).content.decode()


def test_orders_are_looked_at_and_not_rewritten(admin_client, client):
    product = make_product(image=False)
    order(client, fill(client, product))
    url = reverse("admin:shop_demo_order_change", args=[Order.objects.get().pk])
    page = admin_client.get(url).content.decode()
    assert product.title in page and "€10.00" in page and "<textarea" not in page
    assert admin_client.post(url, {"name": "Eve"}).status_code == 403


def test_a_renamed_category_takes_what_is_below_it_along(admin_client):
    top = Category.objects.create(path="Home", name="Home", slug="home")
    below = Category.objects.create(path="Home > Mugs", name="Mugs", slug="mugs", parent=top)
    make_product(image=False, category=below)
    change(admin_client, top, name="House")
    below.refresh_from_db()
    assert below.path == "House > Mugs" and Item.objects.get().category == "House > Mugs"


def test_a_category_below_itself_or_twice_is_refused(admin_client):
    top = Category.objects.create(path="Home", name="Home", slug="home")
    below = Category.objects.create(path="Home > Mugs", name="Mugs", slug="mugs", parent=top)
    assert "cannot stand below itself" in change(admin_client, top, parent=below.pk)
    assert "is a category Home already" in change(admin_client, below, name="Home", parent="")


def change(client: Client, category: Category, **given: object) -> str:
    form = {"name": category.name, "slug": category.slug, "parent": category.parent_id or ""} | given
    return client.post(reverse("admin:shop_demo_category_change", args=[category.pk]), form).content.decode()
