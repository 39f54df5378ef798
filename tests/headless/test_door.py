"""Lists for other hosts: who may ask, as whom, and what may be kept on the way."""

import time
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.test import Client, override_settings

from mmrec_app.conf import conf
from mmrec_app.events import visitor_for
from mmrec_app.headless import visitor_token
from mmrec_app.headless.tokens import SALT
from mmrec_app.models import Event, Impression, Item, Visitor
from tests.products import make_product, make_shop

pytestmark = pytest.mark.django_db

OURS = {"Origin": "https://store.example"}
API = "/mmrec/headless/v1/store/"


@pytest.fixture(autouse=True)
def opened(settings):
    cache.clear()
    settings.MMREC = settings.MMREC | {"HEADLESS": {"store": ["https://store.example"]}}


def post(client: Client, *events: dict, token: str = "", path: str = "events/"):
    headers = OURS | ({"Mmrec-Visitor": token} if token else {})
    return client.post(API + path, {"events": events}, "application/json", headers=headers)


def new_token(client: Client) -> str:
    return client.post(API + "visitor/", headers=OURS).json()["token"]


def test_an_origin_of_the_key_is_let_in_and_told_so(client):
    make_product()
    answer = client.get(API + "recommendations/trending/", headers=OURS)
    assert answer.status_code == 200 and answer["Access-Control-Allow-Origin"] == "https://store.example"
    assert "Access-Control-Allow-Credentials" not in answer and "Origin" in answer["Vary"]
    asked = client.options(API + "events/", headers=OURS | {"Access-Control-Request-Method": "POST"})
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Headers"] == "Content-Type, Mmrec-Visitor, Mmrec-Before, Mmrec-Consent"
    assert "DELETE" in asked["Access-Control-Allow-Methods"]


@pytest.mark.parametrize(
    ("path", "origin", "status"),
    [
        (API, "https://evil.example", 403),
        (API, "null", 403),
        (API, "https://store.example.evil.example", 403),
        ("/mmrec/headless/v1/other/", "https://store.example", 404),
        ("/mmrec/headless/store/", "https://store.example", 404),
    ],
)
@pytest.mark.parametrize("method", ["get", "options"])
def test_nobody_else_is(client, path, origin, status, method):
    answer = getattr(client, method)(path + "recommendations/trending/", headers={"Origin": origin})
    assert answer.status_code == status and "Access-Control-Allow-Origin" not in answer
    assert answer["Content-Type"] == "application/problem+json" and answer.json()["status"] == status


def test_what_nobody_in_particular_gets_may_be_kept_and_is_not_counted(client):
    make_shop(numbers=1, encode=False)
    answer = client.get(API + "recommendations/trending/?k=3", headers=OURS)
    assert answer["Cache-Control"] == "public, max-age=300" and not answer.cookies
    assert len(answer.json()["items"]) == 3 and answer.json()["impression"] is None
    assert not Impression.objects.exists() and not Visitor.objects.exists()


def test_a_site_of_the_shop_sells_what_it_sells_to_whom_it_does_not_know_too(client, monkeypatch):
    here, there = (make_product(number=n, image=False) for n in range(2))
    Item.objects.filter(object_id=here.pk).update(sites=[1])
    Item.objects.filter(object_id=there.pk).update(sites=[2])
    monkeypatch.setattr(HttpRequest, "site", SimpleNamespace(pk=1), raising=False)
    cards = client.get(API + "recommendations/trending/", headers=OURS).json()["items"]
    assert [card["object_id"] for card in cards] == [str(here.pk)]


def test_a_token_makes_lists_personal_from_the_first_event_on(client):
    shop = make_shop(numbers=1)
    token = new_token(client)
    assert not Visitor.objects.exists()
    answer = post(client, {"kind": "click", "item": str(shop[0].pk)}, token=token)
    assert answer.status_code == 201 and answer.json()["stored"] == 1 and not answer.cookies
    answer = client.get(API + "recommendations/for_you/", headers=OURS | {"Mmrec-Visitor": token})
    found = answer.json()
    assert found["rung"] == "personal" and "no-store" in answer["Cache-Control"]
    assert Impression.objects.get(pk=found["impression"]).visitor == Event.objects.get().visitor
    seen = client.post(
        API + "seen/",
        {"impressions": [found["impression"]]},
        "application/json",
        headers=OURS | {"Mmrec-Visitor": token},
    )
    assert seen.status_code == 204 and Impression.objects.get(pk=found["impression"]).seen_at


def test_events_of_one_token_are_one_visitors(client):
    token, product = new_token(client), make_product()
    for kind in ("click", "dismiss"):
        post(client, {"kind": kind, "item": str(product.pk)}, token=token)
    assert Visitor.objects.count() == 1 and Event.objects.count() == 2


@pytest.mark.parametrize("token", ["", "nonsense", "eyJ1c2VyIjoxfQ:1:x"])
def test_without_a_token_of_ours_nothing_is_stored(client, token):
    answer = post(client, {"kind": "click", "item": str(make_product().pk)}, token=token)
    assert answer.status_code == 401 and not Event.objects.exists()
    assert answer["Access-Control-Allow-Origin"] == "https://store.example"  # the page may read why


def aged_token() -> str:
    """Two days old."""
    signer = signing.TimestampSigner(salt=SALT)
    signer.timestamp = lambda: signing.b62_encode(int(time.time()) - 2 * 86400)
    return signer.sign_object({"key": "k"})


def test_an_old_token_is_none(client, settings):
    token = aged_token()
    event = {"kind": "click", "item": str(make_product().pk)}
    assert post(client, event, token=token).status_code == 201
    settings.MMREC = settings.MMREC | {"COOKIE_AGE_DAYS": 1}
    assert post(client, event, token=token).status_code == 401


def test_neither_cookie_nor_body_says_who_it_is(client):
    user = get_user_model().objects.create_user("ada")
    client.force_login(user)
    product, token = make_product(), visitor_token()
    post(client, {"kind": "click", "item": str(product.pk), "visitor": "user:1"}, token=token)
    assert Event.objects.get().visitor.user is None
    answer = client.get(API + "recommendations/recently_viewed/", headers=OURS)
    assert answer.json()["impression"] is None


def test_a_users_token_is_theirs_until_they_are_gone(client):
    user, product = get_user_model().objects.create_user("ada"), make_product()
    token = visitor_token(user)
    post(client, {"kind": "click", "item": str(product.pk)}, token=token)
    assert Event.objects.get().visitor == visitor_for(user)
    user.delete()
    assert post(client, {"kind": "click", "item": str(product.pk)}, token=token).status_code == 401


def join(client: Client, token: str, before: str):
    """A list for a user whose browser still has the token from before."""
    headers = OURS | {"Mmrec-Visitor": token, "Mmrec-Before": before}
    return client.get(API + "recommendations/recently_viewed/", headers=headers)


def test_what_a_browser_did_before_its_user_was_known_becomes_the_accounts(client):
    user, product, before = get_user_model().objects.create_user("ada"), make_product(), new_token(client)
    post(client, {"kind": "view", "item": str(product.pk)}, token=before)
    for _ in range(2):  # once more does no harm
        found = join(client, visitor_token(user), before).json()
        assert [card["object_id"] for card in found["items"]] == [str(product.pk)]
    assert Visitor.objects.get().user == user and Event.objects.get().visitor.user == user
    answer = client.get(API + "recommendations/recently_viewed/", headers=OURS | {"Mmrec-Visitor": before})
    assert answer.json()["items"] == []  # the old token opens no account


@pytest.mark.parametrize("before", ["forged", "aged", "bobs", "beside nobody"])
def test_what_does_not_prove_who_it_was_joins_nothing(client, settings, before):
    ada, bob = (get_user_model().objects.create_user(name) for name in ("ada", "bob"))
    settings.MMREC = settings.MMREC | {"COOKIE_AGE_DAYS": 1}
    fresh = signing.dumps({"key": "k"}, salt=SALT)
    forged = signing.dumps({"key": "k"}, salt="another")
    tokens = {"forged": forged, "aged": aged_token(), "bobs": visitor_token(bob), "beside nobody": fresh}
    whose = tokens["bobs"] if before == "bobs" else fresh
    post(client, {"kind": "view", "item": str(make_product().pk)}, token=whose)
    answer = join(client, new_token(client) if before == "beside nobody" else visitor_token(ada), tokens[before])
    assert answer.status_code == 200
    assert Event.objects.get().visitor.user == (bob if before == "bobs" else None)


def test_a_page_may_say_what_it_shows_already(client):
    shop = make_shop(numbers=1, encode=False)
    query = {"k": 20, "exclude": [f"shop_demo.product:{product.pk}" for product in shop[:10]]}
    found = client.get(API + "recommendations/trending/", query, headers=OURS).json()
    assert {item["object_id"] for item in found["items"]} == {str(product.pk) for product in shop[10:]}


def consented(request: HttpRequest) -> bool:
    """A shop's hook: by what the storefront says, what the browser says, and what the account has chosen."""
    said = request.headers.get("Mmrec-Consent") == "yes" and request.headers.get("Sec-GPC") != "1"
    return said and request.user.get_username() != "withdrawn"


@pytest.mark.parametrize("said", [{}, {"Mmrec-Consent": "no"}, {"Mmrec-Consent": "yes", "Sec-GPC": "1"}])
def test_whom_the_shop_may_not_remember_gets_everybodys_lists_and_leaves_nothing(client, settings, said):
    product, token = make_product(image=False), visitor_token()
    settings.MMREC = settings.MMREC | {"CONSENT": f"{__name__}.consented"}
    assert client.post(API + "visitor/", headers=OURS | said).json() == {"token": ""}
    headers = OURS | said | {"Mmrec-Visitor": token}
    event = {"events": [{"kind": "view", "item": str(product.pk)}]}
    answer = client.post(API + "events/", event, "application/json", headers=headers)
    assert (answer.status_code, answer.json()["stored"]) == (201, 0)
    found = client.get(API + "recommendations/for_you/", headers=headers).json()
    assert len(found["items"]) == 1 and found["impression"] is None
    assert not (Visitor.objects.exists() or Event.objects.exists() or Impression.objects.exists())
    agreed = OURS | {"Mmrec-Visitor": token, "Mmrec-Consent": "yes"}
    assert client.post(API + "events/", event, "application/json", headers=agreed).json()["stored"] == 1
    assert client.post(API + "visitor/", headers=agreed).json()["token"]


def test_what_an_account_has_withdrawn_holds_on_other_hosts(client, settings):
    """Nor does what its browser did before become the account's."""
    product, before = make_product(image=False), new_token(client)
    post(client, {"kind": "view", "item": str(product.pk)}, token=before)
    settings.MMREC = settings.MMREC | {"CONSENT": f"{__name__}.consented"}
    for name, count in (("withdrawn", 0), ("ada", 1)):
        user = get_user_model().objects.create_user(name)
        headers = OURS | {"Mmrec-Visitor": visitor_token(user), "Mmrec-Before": before, "Mmrec-Consent": "yes"}
        assert client.get(API + "recommendations/recently_viewed/", headers=headers).status_code == 200
        assert Event.objects.filter(visitor__user=user).count() == Visitor.objects.filter(user=user).count() == count


@pytest.mark.parametrize("whose", ["a browser's", "an account's", "who has withdrawn"])
def test_the_bearer_of_a_token_reads_and_erases_what_is_kept_of_them(client, settings, whose):
    ada, product = get_user_model().objects.create_user("ada"), make_product(image=False)
    token, other = visitor_token(ada) if whose == "an account's" else new_token(client), new_token(client)
    for each in (token, other):
        post(client, {"kind": "like", "item": str(product.pk)}, token=each)
    if whose == "who has withdrawn":
        settings.MMREC = settings.MMREC | {"CONSENT": f"{__name__}.consented"}
    headers = OURS | {"Mmrec-Visitor": token}
    (liked,) = client.get(API + "me/", headers=headers).json()["events"]
    assert (liked["kind"], liked["item"]["title"]) == ("like", product.title)
    assert client.delete(API + "me/", headers=headers).json() == {"erased": {"event": 1, "visitor": 1}}
    assert client.get(API + "me/", headers=headers).json() == {"known": False}
    assert Event.objects.count() == 1  # the other browser's
    client.force_login(ada)
    assert client.get(API + "me/", headers=OURS).status_code == 401  # a session says nothing here


@pytest.mark.parametrize(
    ("placement", "query", "status"),
    [("nowhere", {}, 404), ("similar", {}, 400), ("similar", {"item": "x"}, 404), ("trending", {"k": 0}, 400)],
)
def test_bad_questions_are_answered_as_such(client, placement, query, status):
    assert client.get(f"{API}recommendations/{placement}/", query, headers=OURS).status_code == status


@pytest.mark.parametrize("value", [[], {"a": "https://x.example"}, {"a": ["x.example"]}, {"a": ["https://x/"]}])
def test_settings_that_cannot_be_are_told(value):
    with override_settings(MMREC={"HEADLESS": value}), pytest.raises(ImproperlyConfigured, match="HEADLESS"):
        conf()
