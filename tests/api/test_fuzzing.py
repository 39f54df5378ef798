"""Every endpoint against whatever its description allows and forbids: no failure of ours, no answer that is not
described."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mmrec_app.api.problems import CONTENT_TYPE
from mmrec_app.headless import visitor_token
from mmrec_app.models import Experiment, Generation, Rule, Variant
from shop_demo.wsgi import application
from tests.products import make_product

load_all_checks()
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
TOKEN = "a" * 32
QUICK = hypothesis_settings(
    max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True
)
THOROUGH = hypothesis_settings(QUICK, max_examples=150)

schema = schemathesis.openapi.from_wsgi("/mmrec/schema/", application)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_connection() -> Iterator[None]:
    """A request would end the connection, and with it the test's transaction; Django's own client does the same."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(params=["admin", "nobody"])
def cookies(request: Any, settings: Any) -> dict[str, str]:
    """Of whoever asks, in a shop with something in it and no limit on requests."""
    cache.clear()
    limits = {f"{name}_PER_MINUTE": 1_000_000 for name in ("EVENTS", "LISTS", "SEARCHES")}
    settings.MMREC = settings.MMREC | limits | {"SEARCH_MS": 1, "HEADLESS": {"store": []}}
    make_product(image=False)
    Generation.objects.create(number=1, state="ready", dimension=256)
    Rule.objects.create(pk=0, action="boost", category="Shop")
    experiment = Experiment.objects.create(pk=0, name="Trial", placement="for_you")
    experiment.variants.bulk_create(Variant(experiment=experiment, name=name) for name in "ab")
    if request.param == "nobody":
        return {}
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin"))
    return {"sessionid": client.cookies["sessionid"].value, "csrftoken": TOKEN}


def ask(case: schemathesis.Case, cookies: dict[str, str]) -> None:
    headers = {"X-CSRFToken": TOKEN}
    if "{key}" in case.path and cookies:  # whoever is somebody knows the door, and who they are there
        case.path_parameters["key"], headers["Mmrec-Visitor"] = "store", visitor_token()
    answer = case.call(cookies=cookies, headers=headers)
    case.validate_response(answer, checks=CHECKS)
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == [CONTENT_TYPE]


@schema.parametrize()
@QUICK
def test_whatever_is_asked_is_answered_as_described(case: schemathesis.Case, cookies: dict[str, str]) -> None:
    ask(case, cookies)


def test_what_fuzzing_has_found_stays_answered(client: Client, db: None) -> None:
    nul = "Basic " + base64.b64encode(b"a\x00b:c").decode()
    assert client.get("/mmrec/v1/items/", headers={"Authorization": nul}).status_code == 400
    for path in ("nowhere", "recommendations/a%0Ab/", "items/x/"):
        answer = client.get(f"/mmrec/v1/{path}")
        assert (answer.status_code, answer["Content-Type"]) == (404, CONTENT_TYPE)


@pytest.mark.slow
@schema.parametrize()
@THOROUGH
def test_whatever_is_asked_for_long_is_answered_as_described(case: schemathesis.Case, cookies: dict[str, str]) -> None:
    ask(case, cookies)
