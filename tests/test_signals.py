"""What saves, deletes and logins of the shop set off, and what they never suffer from it."""

import time

import pytest
from django.contrib.auth import get_user_model, login
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from mmrec_app import tasks
from mmrec_app.catalogue import catalogues, item_for, sync
from mmrec_app.events import record, visitor_for
from mmrec_app.events.visitors import set_cookie
from mmrec_app.models import Event, Item, Visitor
from shop_demo.models import Product
from tests.conftest import PERSON
from tests.products import make_product


@pytest.mark.django_db
def test_a_transaction_sends_one_hint_however_many_products_it_saves(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        for number in range(5):
            make_product(number=number, image=False)
    assert callbacks.count(tasks.hint) == 1


@pytest.mark.django_db
def test_a_save_that_is_rolled_back_sends_none_and_leaves_the_others(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        with pytest.raises(RuntimeError), transaction.atomic():
            make_product(number=1, image=False)
            raise RuntimeError
        assert not callbacks
        make_product(number=2, image=False)
    assert callbacks == [tasks.hint]


def test_a_silent_broker_is_left_alone_for_a_while(monkeypatch, caplog):
    tried = []

    def send(*_, **__):
        tried.append(1)
        raise OSError("nobody there")

    monkeypatch.setattr(tasks.current_app, "send_task", send)
    monkeypatch.setattr(tasks, "_quiet_until", 0.0)
    for _ in range(100):
        tasks.hint()
    assert len(tried) == 1 and caplog.text.count("nobody there") == 1
    monkeypatch.setattr(tasks, "_quiet_until", time.monotonic() - 1)
    tasks.hint()
    assert len(tried) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("catalogue", ["NoParent", "BrokenQuery"])
def test_an_adapter_that_fails_costs_neither_save_nor_delete(settings, catalogue, caplog):
    product = make_product()
    settings.MMREC = {"CATALOGUE": [f"tests.adapters.{catalogue}"]}
    product.title = "Saved"
    product.save()
    assert Product.objects.get().title == "Saved"
    product.delete()
    assert not Product.objects.exists() and not Item.objects.filter(removed_at=None).exists()
    assert "no parent today" in caplog.text or "no_such_table" in caplog.text


@pytest.mark.django_db
def test_a_product_that_becomes_a_variant_leaves_the_lists(settings):
    parent, product = make_product(number=1), make_product(number=2)
    settings.MMREC = {"CATALOGUE": ["tests.adapters.VariantCatalogue"]}
    product.attributes = {"variant_of": parent.pk}
    product.save()
    assert list(Item.objects.filter(removed_at=None).values_list("object_id", flat=True)) == [str(parent.pk)]


@pytest.mark.django_db
def test_what_is_added_during_a_sync_is_not_taken_for_gone():
    make_product(number=1)
    (catalogue,) = catalogues().values()
    added = []
    result = sync(catalogue, lambda _: added.append(make_product(number=2)))
    assert result.gone == 0 and item_for(added[0]).removed_at is None


@pytest.mark.django_db
def test_what_was_done_in_the_request_of_the_login_itself_belongs_to_the_account(client):
    """A sign-up page that records and then logs in: there is no cookie yet to know the visitor by."""
    request, user = HttpRequest(), get_user_model().objects.create_user("ada")
    request.META["HTTP_USER_AGENT"] = PERSON
    request.session = client.session
    record("view", make_product(), request=request)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    assert Event.objects.get().visitor == visitor_for(user) and Visitor.objects.count() == 1
    response = HttpResponse()
    set_cookie(request, response)
    assert not response.cookies  # the account's visitor is never in a cookie


@pytest.mark.django_db
def test_an_anonymous_user_is_whoever_the_request_is():
    request = HttpRequest()
    request.META["HTTP_USER_AGENT"] = PERSON
    request.user = AnonymousUser()
    assert record("view", make_product(), user=request.user, request=request)
    assert Event.objects.get().visitor.user is None
