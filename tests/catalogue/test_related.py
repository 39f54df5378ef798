"""What other tables say of a product, and the product itself, stay in step."""

import pytest
from django.core.management import call_command
from django.db import transaction

from mmrec_app.catalogue import catalogues, item_for
from mmrec_app.checks import check_catalogue
from mmrec_app.models import Item
from tests.goods.models import Book, Shirt, Size

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stocked(settings):
    settings.MMREC = {"CATALOGUE": ["tests.goods.catalogue.Stocked"]}


def test_a_row_that_tells_of_a_product_has_it_read_again():
    shirt = Shirt.objects.create(title="A linen shirt")
    assert not item_for(shirt).available
    size = Size.objects.create(shirt=shirt, name="M")
    assert item_for(shirt).available
    size.delete()
    assert not item_for(shirt).available


def test_it_is_read_in_the_transaction_of_the_save():
    shirt = Shirt.objects.create(title="A linen shirt")
    with pytest.raises(RuntimeError), transaction.atomic():
        Size.objects.create(shirt=shirt, name="M")
        assert item_for(shirt).available
        raise RuntimeError
    assert not item_for(shirt).available


def test_a_product_that_goes_with_its_rows_stays_gone():
    shirt = Shirt.objects.create(title="A linen shirt")
    Size.objects.create(shirt=shirt, name="M")
    shirt.delete()
    assert Item.objects.get().removed_at


def test_other_models_cost_no_query_and_fixtures_are_left_to_a_sync(django_assert_num_queries, tmp_path):
    with django_assert_num_queries(1):
        Book.objects.create(isbn="978", title="On colour")
    shirt = Shirt.objects.create(title="A linen shirt")
    fixture = tmp_path / "sizes.json"
    fixture.write_text(f'[{{"model": "goods.size", "pk": 1, "fields": {{"shirt": {shirt.pk}, "name": "S"}}}}]')
    call_command("loaddata", str(fixture), verbosity=0)
    assert not item_for(shirt).available


@pytest.mark.parametrize(("name", "said"), [("Misspelt", "'shrit' of Size"), ("ToMany", "'sizes' of Shirt")])
def test_a_field_that_leads_to_no_product_is_refused_by_name(settings, name, said):
    settings.MMREC = {"CATALOGUE": [f"tests.goods.catalogue.{name}"]}
    (error,) = check_catalogue()
    assert error.id == "mmrec.E002" and said in error.msg
    with pytest.raises(Exception, match="foreign key"):
        catalogues()
