"""Trainings and who serves, by HTTP."""

from typing import Any

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from mmrec_app.models import Generation

pytestmark = pytest.mark.django_db


def test_what_is_done_by_the_api_stands_in_the_admins_history_with_who_did_it() -> None:
    cache.clear()
    client, mira = Client(), get_user_model().objects.create_superuser("mira")
    client.force_login(mira)

    def post(path: str, body: dict[str, Any] | None = None) -> int:
        return client.post(f"/mmrec/v1/generations/{path}", body or {}, "application/json").status_code

    assert post("") == 202 and post("") == 409
    assert post("1/cancel/") == 202 and post("1/cancel/") == 409
    Generation.objects.create(number=2, state="ready", dimension=8)
    assert post("2/activate/") == 200 and post("2/activate/") == 409
    assert post("roll-back/") == 200 and post("roll-back/") == 409
    found = LogEntry.objects.order_by("pk").values_list("object_id", "action_flag", "change_message", "user")
    assert list(found) == [
        ("1", ADDITION, "Generation 1 is being trained.", mira.pk),
        ("1", CHANGE, "The training of generation 1 is cancelled.", mira.pk),
        ("2", CHANGE, "Generation 2 serves now.", mira.pk),
        ("0", CHANGE, "Rolled back: generation 0 serves now.", mira.pk),
    ]
    html = client.get("/admin/mmrec_app/generation/2/history/").content.decode()
    assert "Generation 2 serves now." in html and "mira" in html


def test_a_parameter_that_there_is_not_is_refused() -> None:
    cache.clear()
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("mira"))
    found = client.get("/mmrec/v1/generations/?stat=failed")
    assert found.status_code == 400 and list(found.json()["errors"]) == ["stat"]
    assert client.get("/mmrec/v1/generations/?state=active&page=1&page_size=5").json()["count"] == 1
