"""The admin as its users see it: somebody who may do everything, somebody with one right, somebody with none."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from mmrec_app.catalogue import item_for
from mmrec_app.events import record
from mmrec_app.models import Event, Generation, Impression, Item, Visitor
from mmrec_app.offline.encode import encode_dirty
from tests.products import make_product, make_shop

pytestmark = pytest.mark.django_db
MODELS = ("item", "generation", "event", "impression", "visitor")


def signed_in(*permissions: str, superuser: bool = False) -> Client:
    user = get_user_model().objects.create_user("staff", is_staff=True, is_superuser=superuser)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, name: str, *arguments) -> str:
    answer = client.get(reverse(f"admin:mmrec_app_{name}", args=arguments))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def test_items_show_how_far_they_are_encoded_and_what_went_wrong(settings):
    good, bad = make_product("red"), make_product("blue", title="<i>Bad</i>")
    settings.MMREC = {"CATALOGUE": ["tests.adapters.BlueFails"]}
    encode_dirty()
    waiting = make_product("green")
    client = signed_in(superuser=True)
    rows = page(client, "item_changelist")
    assert "up to date" in rows and ">failed<" in rows and "waiting for" in rows
    assert "<i>Bad" not in rows and "&lt;i&gt;Bad" in rows
    detail = page(client, "item_change", item_for(bad).pk)
    assert "blue is not to be read" in detail
    assert "bundled:all-MiniLM-L6-v2" in page(client, "item_change", item_for(good).pk)
    assert "nothing yet" in page(client, "item_change", item_for(waiting).pk)


@pytest.mark.parametrize(
    ("state", "title"), [("done", "Red"), ("waiting", "Green"), ("parked", "Blue"), ("removed", "Orange")]
)
def test_items_are_filtered_by_state(settings, state, title):
    make_product("red")
    make_product("blue")
    settings.MMREC = {"CATALOGUE": ["tests.adapters.BlueFails"]}
    encode_dirty()
    make_product("green")
    make_product("orange").delete()
    answer = signed_in(superuser=True).get(reverse("admin:mmrec_app_item_changelist"), {"encoding": state})
    assert [item.title.split()[0] for item in answer.context["cl"].result_list] == [title]


def test_a_list_of_many_items_takes_few_queries(django_assert_max_num_queries):
    for number in range(30):
        make_product(number=number, image=False)
    client = signed_in(superuser=True)
    with django_assert_max_num_queries(12):
        page(client, "item_changelist")


def test_selected_items_are_encoded_again():
    item = item_for(make_product())
    encode_dirty()
    url = reverse("admin:mmrec_app_item_changelist")
    body = {"action": "encode_selected_again", "_selected_action": [item.pk]}
    answer = signed_in(superuser=True).post(url, body, follow=True)
    assert "1 item will be encoded again." in answer.content.decode()
    assert Item.objects.get().dirty_since is not None


def test_neighbours_have_pictures_and_scores():
    shop = make_shop(numbers=1)
    shop[4].title = "<script>alert(1)</script>"
    shop[4].save()
    html = page(signed_in(superuser=True), "item_neighbours", item_for(shop[0]).pk)
    assert html.count("<img ") >= 15 and "· similar" in html and "<script>alert" not in html
    assert "Rung <b>similar</b>, generation <b>0</b>" in html


def test_neighbours_of_nothing_are_not_found():
    assert signed_in(superuser=True).get(reverse("admin:mmrec_app_item_neighbours", args=[10**9])).status_code == 404


def test_generations_and_what_visitors_did_are_shown():
    product, visitor = make_product(), Visitor.objects.create(key="the-visitor")
    record("purchase", product, visitor=visitor)
    Impression.objects.create(placement="for_you", rung="personal", visitor=visitor, generation_id=0, items=[1, 2])
    Generation.objects.create(number=1, state="failed", dimension=8, config={"method": "<b>"}, reason="was <worse>")
    client = signed_in(superuser=True)
    assert "was &lt;worse&gt;" in page(client, "generation_changelist")
    assert "&lt;b&gt;" in page(client, "generation_change", 1)
    assert "purchase" in page(client, "event_changelist") and "the-visitor" in page(client, "event_changelist")
    assert "personal" in page(client, "impression_changelist")
    assert "the-visitor" in page(client, "visitor_changelist")


@pytest.mark.parametrize("name", MODELS)
def test_without_rights_there_is_nothing_to_see(name):
    item = item_for(make_product())
    client = signed_in()
    assert client.get(reverse(f"admin:mmrec_app_{name}_changelist")).status_code == 403
    assert client.get(reverse("admin:mmrec_app_item_neighbours", args=[item.pk])).status_code == 403
    assert "Recommendations" not in client.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("name", MODELS)
def test_not_even_a_superuser_edits_what_the_system_writes(name):
    client = signed_in(superuser=True)
    assert client.get(reverse(f"admin:mmrec_app_{name}_add")).status_code == 403
    item = item_for(make_product())
    answer = client.post(reverse("admin:mmrec_app_item_change", args=[item.pk]), {"title": "Changed"})
    assert answer.status_code == 403 and item_for(item).title != "Changed"


def test_seeing_items_does_not_mean_encoding_them():
    item = item_for(make_product())
    Item.objects.update(dirty_since=None)
    client = signed_in("view_item")
    assert "encode_selected_again" not in page(client, "item_changelist")
    body = {"action": "encode_selected_again", "_selected_action": [item.pk]}
    client.post(reverse("admin:mmrec_app_item_changelist"), body)
    assert Item.objects.get().dirty_since is None


def test_a_person_is_erased_with_all_they_did():
    product, visitor = make_product(), Visitor.objects.create(key="v")
    other = Visitor.objects.create(key="o")
    for who in (visitor, other):
        record("view", product, visitor=who)
    Impression.objects.create(placement="p", rung="r", visitor=visitor, generation_id=0, items=[])
    client = signed_in("view_visitor", "delete_visitor")
    url = reverse("admin:mmrec_app_visitor_delete", args=[visitor.pk])
    assert "events: 1" in client.get(url).content.decode().lower()
    assert client.post(url, {"post": "yes"}).status_code == 302
    assert list(Visitor.objects.all()) == [other]
    assert Event.objects.count() == 1 and not Impression.objects.exists()
    assert signed_out_of_deleting().post(reverse("admin:mmrec_app_visitor_delete", args=[other.pk])).status_code == 403


def signed_out_of_deleting() -> Client:
    get_user_model().objects.all().delete()
    return signed_in("view_visitor")
