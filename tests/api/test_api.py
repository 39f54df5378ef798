import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mmrec_app.catalogue import item_for
from mmrec_app.encoders.spec import MINILM
from mmrec_app.events import visitor_for
from mmrec_app.models import Event, Impression, Visitor
from tests.products import KINDS, make_product, make_shop, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_throttles():
    cache.clear()


def post(client: Client, *events: dict, **headers: str):
    return client.post(reverse("mmrec:events"), {"events": list(events)}, "application/json", headers=headers)


def test_a_first_event_makes_a_visitor_whose_signed_cookie_brings_it_back(client):
    product = make_product()
    answer = post(client, {"kind": "view", "item": str(product.pk)})
    assert (answer.status_code, answer.json()) == (201, {"stored": 1, "repeated": 0, "unknown": []})
    cookie = answer.cookies["mmrec_visitor"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    post(client, {"kind": "cart", "item": str(product.pk)})
    assert Visitor.objects.count() == 1 and Event.objects.count() == 2


def test_nobody_is_whom_the_body_or_a_forged_cookie_claims(client):
    product, other = make_product(), Visitor.objects.create(key="other")
    client.cookies["mmrec_visitor"] = "other"
    post(client, {"kind": "view", "item": str(product.pk), "visitor": "other", "user": 1})
    assert not Event.objects.filter(visitor=other).exists() and Event.objects.count() == 1


def test_a_logged_in_user_needs_the_csrf_token():
    user = get_user_model().objects.create_user("ada")
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    product = make_product()
    assert post(client, {"kind": "view", "item": str(product.pk)}).status_code == 403
    client.cookies["csrftoken"] = "a" * 32
    answer = post(client, {"kind": "view", "item": str(product.pk)}, **{"X-CSRFToken": "a" * 32})
    assert answer.status_code == 201
    assert Event.objects.get().visitor == visitor_for(user)


def test_a_purchase_from_a_browser_is_refused_and_nothing_of_its_batch_stored(client):
    product = make_product()
    event = {"kind": "view", "item": str(product.pk)}
    answer = post(client, event, event | {"kind": "purchase"})
    assert answer.status_code == 400 and "server" in str(answer.json())
    assert not Event.objects.exists()


def test_retries_and_unknown_products_are_told(client):
    event = {"kind": "view", "item": str(make_product().pk), "key": "k"}
    post(client, event)
    answer = post(client, event, {"kind": "view", "item": "no-such"})
    assert answer.json() == {"stored": 0, "repeated": 1, "unknown": ["no-such"]}


DEEP = '{"events":' + "[" * 100_000 + "]" * 100_000 + "}"


@pytest.mark.parametrize("body", ["{}", "[]", "nonsense", '{"events": []}', '{"events": [{"kind": "view"}]}', DEEP])
def test_a_body_that_cannot_be_is_refused(client, body):
    assert client.post(reverse("mmrec:events"), body, "application/json").status_code == 400


def test_a_shop_that_looks_at_no_photos_says_so_and_the_log_why(client, settings, caplog):
    settings.MMREC = settings.MMREC | {"ENCODERS": {"text": MINILM}}
    photo = SimpleUploadedFile("photo.png", picture("red", "mug"))
    address = reverse("mmrec:search")
    for answer in (client.post(f"{address}photo/", {"photo": photo}), client.get(address, {"photo": "a" * 64})):
        assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
        assert answer.json()["detail"] == "The search could not be passed on; try again in a moment."
    assert caplog.text.count("MMREC['ENCODERS'] names no image encoder") == 2


def test_too_many_events_are_put_off(client, settings):
    settings.MMREC = settings.MMREC | {"EVENTS_PER_MINUTE": 3}
    event = {"kind": "view", "item": str(make_product().pk)}
    assert [post(client, event).status_code for _ in range(5)] == [201, 201, 201, 429, 429]


def test_a_list_names_its_rung_and_generation_and_is_logged(client):
    shop = make_shop(numbers=1)
    answer = client.get(reverse("mmrec:recommendations", args=["similar"]), {"item": shop[0].pk, "k": 3})
    found = answer.json()
    assert (found["placement"], found["rung"], found["generation"], len(found["items"])) == ("similar", "similar", 0, 3)
    assert found["items"][0]["url"].startswith("/") and found["items"][0]["image"]
    impression = Impression.objects.get(pk=found["impression"])
    assert impression.items == [item_for(p).pk for f in found["items"] for p in shop if str(p.pk) == f["object_id"]]
    assert "no-store" in answer["Cache-Control"]


def test_every_card_says_why_it_is_there_in_the_language_asked_for(client, settings):
    settings.LANGUAGES = [("en", "English"), ("de", "German")]
    shop = make_shop(numbers=1)
    address = reverse("mmrec:recommendations", args=["similar"])
    cards = client.get(address, {"item": shop[0].pk, "k": 3}).json()["items"]
    assert {card["reason_kind"] for card in cards} <= {"like", "looks", "reads"} and all(
        card["reason"] for card in cards
    )
    cards = client.get(reverse("mmrec:recommendations", args=["trending"]), headers={"Accept-Language": "de"}).json()
    assert {card["reason"] for card in cards["items"]} == {f"Beliebt in {kind.title()}" for kind in KINDS}


@pytest.mark.parametrize(
    ("placement", "query", "status"),
    [
        ("nowhere", {}, 404),
        ("similar", {}, 400),
        ("similar", {"item": "no-such"}, 404),
        ("for_you", {"k": 0}, 400),
        ("for_you", {"k": "many"}, 400),
        ("for_you", {"price_min": "cheap"}, 400),
        ("for_you", {"attribute": "red"}, 400),
        ("for_you", {"attribute": ["colour:red", "colour:blue"]}, 400),
        ("trending", {}, 200),
    ],
)
def test_bad_questions_are_answered_as_such(client, placement, query, status):
    assert client.get(f"/mmrec/v1/recommendations/{placement}/", query).status_code == status


def asked(client: Client, placement: str, query: dict, status: int = 200):
    answer = client.get(reverse("mmrec:recommendations", args=[placement]), query)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_list_is_about_all_that_it_is_given_and_holds_none_of_what_it_must_not(client):
    shop = make_shop(numbers=1)
    lines, out = (
        [str(shop[0].pk), f"shop_demo.product:{shop[5].pk}"],
        [str(shop[1].pk), f"shop_demo.product:{shop[2].pk}"],
    )
    found = asked(client, "cart", {"items": [*lines, "no-such"], "exclude": [*out, "no-such"], "k": 20})
    ids = {card["object_id"] for card in found["items"]}
    assert ids == {str(product.pk) for product in shop} - {str(shop[n].pk) for n in (0, 1, 2, 5)}
    assert not any(card["reason"].endswith("this one") for card in found["items"])  # of several, each is named
    assert "no-such" in asked(client, "cart", {"items": ["no-such"]}, 404)["detail"]


def test_a_list_that_is_given_nothing_is_about_the_cart(client, settings):
    shop = make_shop(numbers=1)
    assert asked(client, "cart", {}, 400)["detail"].endswith("pass item= or items=.")
    settings.MMREC = settings.MMREC | {"CART": "tests.adapters.everything_but_the_last"}
    found = asked(client, "cart", {"k": 20})
    assert [card["object_id"] for card in found["items"]] == [str(shop[-1].pk)]
    assert found["items"][0]["reason"].endswith(tuple(product.title for product in shop[:-1]))


def test_a_category_and_price_narrow_a_list(client):
    make_shop(numbers=2)
    found = client.get("/mmrec/v1/recommendations/trending/", {"category": "Shop > Mug", "price_min": "11"}).json()
    assert len(found["items"]) == 4 and all("mug" in item["title"] for item in found["items"])


def test_attributes_narrow_lists_and_searches(client):
    make_shop(numbers=2, encode=False)
    make_product(number=3, image=False, attributes={"colour": "red", "size": "40", "width": 40, "new": True})
    for address, query in (("recommendations/trending/", {}), ("search/", {"q": "plain"})):
        found = client.get(f"/mmrec/v1/{address}", query | {"k": 50, "attribute": "colour:red"}).json()["items"]
        assert found and all(item["title"].startswith("Red") for item in found)
    for facts in (["size:40"], ["width:40", "new:true"], ["size:40", "width:40", "colour:red"]):
        assert [item["title"] for item in asked(client, "trending", {"attribute": facts})["items"]] == ["Red dress 3"]
    for fact in ("width:41", "new:false", "size:NaN", "size:1e999", f"size:{'9' * 380}"):
        assert asked(client, "trending", {"attribute": fact})["items"] == []


@pytest.mark.parametrize("address", ["recommendations/trending/", "search/", "items/", "rules/", "metrics/"])
def test_a_parameter_that_there_is_not_is_named(admin_client, address):
    answer = admin_client.get(f"/mmrec/v1/{address}", {"q": "mug", "categorie": "Mugs"})
    assert answer.status_code == 400 and "categorie" in answer.json()["errors"]


def test_the_schema_is_whole_and_without_warnings(client, capsys):
    from drf_spectacular.drainage import GENERATOR_STATS
    from drf_spectacular.generators import SchemaGenerator
    from drf_spectacular.validation import validate_schema

    schema = SchemaGenerator().get_schema(public=True)
    validate_schema(schema)
    assert not GENERATOR_STATS._error_cache and not GENERATOR_STATS._warn_cache
    assert {"recommendations", "events"} <= {
        operation["operationId"] for path in schema["paths"].values() for operation in path.values()
    }
    assert client.get(reverse("mmrec:schema")).status_code == 200


def test_a_batch_takes_few_queries(client, django_assert_max_num_queries):
    shop = [make_product(number=n, image=False) for n in range(20)]
    with django_assert_max_num_queries(10):
        post(client, *({"kind": "view", "item": str(p.pk)} for p in shop))
    assert Event.objects.count() == 20


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "x" * 300, "'; DROP TABLE mmrec_app_event; --"])
@pytest.mark.parametrize("where", ["item", "key", "source", "kind"])
def test_whatever_a_browser_sends_is_answered(client, text, where):
    event = {"kind": "view", "item": str(make_product(image=False).pk), "key": "k", "source": "shop_demo.product"}
    assert post(client, event | {where: text}).status_code in (201, 400)
    assert Event.objects.count() <= 1


@pytest.mark.parametrize("text", ["%00", "%ED%A0%80", "x" * 600, "%27; DROP TABLE mmrec_app_event; --"])
@pytest.mark.parametrize("where", ["item", "source", "category"])
def test_whatever_an_address_says_is_answered(client, text, where):
    make_product(image=False)
    for placement in ("similar", "for_you"):
        assert client.get(f"/mmrec/v1/recommendations/{placement}/?{where}={text}").status_code in (200, 400, 404)


def test_a_form_on_somebody_elses_site_is_not_taken(client):
    for kind in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"):
        body = '{"events": [{"kind": "view", "item": "1"}]}'
        assert client.post(reverse("mmrec:events"), body, content_type=kind).status_code == 415
    assert not Visitor.objects.exists()


def test_reading_makes_nobody_a_visitor(client):
    make_product(image=False)
    answer = client.get("/mmrec/v1/recommendations/for_you/")
    assert answer.status_code == 200 and not answer.cookies and not Visitor.objects.exists()


def test_the_bearer_of_the_cookie_gets_the_list_of_what_they_did(client):
    shop = make_shop(numbers=1)
    post(client, {"kind": "view", "item": str(shop[0].pk)})
    found = client.get("/mmrec/v1/recommendations/for_you/").json()
    assert found["rung"] == "personal"
    assert Impression.objects.get(pk=found["impression"]).visitor == Visitor.objects.get()
    assert Client().get("/mmrec/v1/recommendations/for_you/").json()["rung"] != "personal"


def test_an_account_is_not_opened_by_a_cookie_from_before_its_login(client):
    user, product = get_user_model().objects.create_user("ada"), make_product(image=False)
    post(client, {"kind": "view", "item": str(product.pk)})
    cookie = client.cookies["mmrec_visitor"].value
    visitor = Visitor.objects.get()
    Visitor.objects.filter(pk=visitor.pk).update(user=user)
    thief = Client()
    thief.cookies["mmrec_visitor"] = cookie
    post(thief, {"kind": "view", "item": str(product.pk)})
    assert Event.objects.filter(visitor=visitor).count() == 1


@pytest.mark.parametrize("placement", ["for_you", "similar", "cart", "trending", "recently_viewed"])
def test_a_list_takes_a_few_statements_whatever_its_length(client, django_assert_max_num_queries, placement):
    shop = make_shop(numbers=2)
    post(client, *({"kind": "view", "item": str(p.pk)} for p in shop[:5]))
    with django_assert_max_num_queries(32):
        answer = client.get(f"/mmrec/v1/recommendations/{placement}/", {"k": 20, "item": shop[7].pk})
    assert answer.status_code == 200 and answer.json()["items"]
