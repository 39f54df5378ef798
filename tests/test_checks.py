from types import SimpleNamespace

import numpy as np
import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from mmrec_app import checks
from mmrec_app.conf import conf
from mmrec_app.embeddings import vectors
from mmrec_app.embeddings.extension import create_vector_extension
from mmrec_app.encoders import TEXT_DEFAULT
from mmrec_app.models import Generation, Item
from mmrec_app.types import Embedding


def ids(**options) -> list[str]:
    return [message.id for message in run_checks(**options) if message.id.startswith("mmrec.")]


def test_the_demo_is_set_up_well(db):
    assert ids(databases=["default"]) == []


@pytest.mark.parametrize(
    ("wrong", "number"),
    [
        ({"NO_SUCH_KEY": 1}, "mmrec.E001"),
        ({"DIMENSION": 5000}, "mmrec.E001"),
        ({"BATCH": "many"}, "mmrec.E001"),
        ({"BATCH": 0}, "mmrec.E001"),
        ({"PLACEMENTS": {"for_you": ["trending"]}}, "mmrec.E001"),
        ({"PLACEMENTS": {"for_you": {"rungs": ["nowhere"]}}}, "mmrec.E007"),
        ({"PLACEMENTS": {"nowhere": {}}}, "mmrec.E007"),
        ({"PLACEMENTS": {"search": {"rotation": 3}}}, "mmrec.E007"),
        ({"TRAINING": ["epochs"]}, "mmrec.E001"),
        ({"TRAINING": {"epoch": 3}}, "mmrec.E009"),
        ({"TRAINING": {"epochs": "many"}}, "mmrec.E009"),
        ({"TRAINING": {"linear": {"rige": 3}}}, "mmrec.E009"),
        ({"LEASE_SECONDS": float("nan")}, "mmrec.E001"),
        ({"IMAGES_PER_ITEM": -1}, "mmrec.E001"),
        ({"DEVICE": None}, "mmrec.E001"),
        ({"EVENT_WEIGHTS": {"view": "much"}}, "mmrec.E001"),
        ({"ENCODERS": {"text": {"model": "x", "pooling": "max"}}}, "mmrec.E001"),
        ({"ENCODERS": {"text": {"colour": "red"}}}, "mmrec.E001"),
        ({"ENCODERS": {"smell": "x"}}, "mmrec.E001"),
        ({"CATALOGUE": "a.b"}, "mmrec.E001"),
        ({"EVENT_WEIGHTS": {"stare": 1}}, "mmrec.E001"),
        ({"CATALOGUE": ["no.such.Thing"]}, "mmrec.E002"),
        ({"CATALOGUE": ["shop_demo.models.Product"]}, "mmrec.E002"),
        ({"CATALOGUE": []}, "mmrec.W001"),
    ],
)
def test_a_wrong_setting_has_its_number_and_a_hint(settings, wrong, number):
    settings.MMREC = {"CATALOGUE": ["shop_demo.catalogue.ProductCatalogue"]} | wrong
    found = [message for message in run_checks() if message.id == number]
    assert found and found[0].hint and str(next(iter(wrong))) in found[0].msg


def test_postgres_missing_among_the_apps_is_an_error(settings):
    settings.INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if app != "django.contrib.postgres"]
    (message,) = checks.check_postgres_app()
    assert message.id == "mmrec.E008" and "INSTALLED_APPS" in message.hint


@pytest.mark.parametrize(
    ("installed", "offered", "may_create", "number"),
    [
        (None, None, True, "mmrec.E003"),
        (None, "0.8.6", False, "mmrec.E004"),
        ("0.8.3", "0.8.6", True, "mmrec.W002"),
        ("0.8.4", "0.8.6", True, None),
        (None, "0.8.6", True, None),
    ],
)
def test_pgvector_is_judged_by_what_the_server_says(installed, offered, may_create, number):
    assert [message.id for message in checks._pgvector(installed, offered, may_create)] == ([number] if number else [])


def test_a_server_without_rights_or_pgvector_is_asked_for_real(db):
    """The server's own answers, as a user who may not create anything gives them."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE mmrec_poor; SET LOCAL ROLE mmrec_poor")
        assert checks.check_pgvector(databases=["default"]) == []  # it is there already
        database = connection.ops.quote_name(connection.settings_dict["NAME"])
        # To create in the database is not enough: this server does not call pgvector trusted.
        cursor.execute(f"RESET ROLE; GRANT CREATE ON DATABASE {database} TO mmrec_poor")
        cursor.execute("DROP EXTENSION vector CASCADE; SET LOCAL ROLE mmrec_poor")
        (message,) = checks.check_pgvector(databases=["default"])
        cursor.execute("RESET ROLE")
    assert message.id == "mmrec.E004" and "CREATE EXTENSION vector" in message.hint


def test_the_migration_says_what_to_run_where_it_may_not_create_the_extension(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE mmrec_poor; DROP EXTENSION vector CASCADE; SET LOCAL ROLE mmrec_poor")
    with pytest.raises(ImproperlyConfigured, match="superuser run there: CREATE EXTENSION vector;"):
        create_vector_extension(None, SimpleNamespace(connection=connection))


def stored(encoder: str, dimension: int, modality: str = "text") -> None:
    item = Item.objects.create(source="t", object_id=f"{encoder}{modality}", title="t")
    vectors.store_embeddings([Embedding(item.pk, modality, encoder, "h", np.ones(dimension, np.float32))])


@pytest.mark.parametrize("fitted", [True, False])
def test_another_encoder_than_what_is_stored_is_told(db, fitted):
    stored("bundled:old#x", 768)
    if fitted:
        Generation.objects.filter(number=0).update(state="retired")
        Generation.objects.create(number=1, state="active", dimension=256, config={"encoders": ["bundled:old#x"]})
    assert ids(databases=["default"]) == ["mmrec.W003"]
    (message,) = checks.check_encoders(databases=["default"])
    assert "bundled:old#x (768 dimensions)" in message.msg and "(384 dimensions)" in message.msg


def test_a_new_encoder_that_is_encoded_but_not_fitted_yet_is_still_told(db):
    stored("bundled:old#x", 768)
    stored(TEXT_DEFAULT.identity, 384)
    Generation.objects.filter(number=0).update(state="retired")
    active = Generation.objects.create(number=1, state="active", dimension=256, config={"encoders": ["bundled:old#x"]})
    assert ids(databases=["default"]) == ["mmrec.W003"]
    active.config = {"encoders": [TEXT_DEFAULT.identity]}
    active.save()
    assert ids(databases=["default"]) == []


def test_an_encoder_whose_dimension_changed_under_its_name_is_an_error(db):
    stored(TEXT_DEFAULT.identity, 100)
    (message,) = checks.check_encoders(databases=["default"])
    assert message.id == "mmrec.E006" and "384 dimensions" in message.msg and "have 100" in message.msg


def test_a_text_only_shop_has_nothing_to_be_told(db):
    stored(TEXT_DEFAULT.identity, 384)
    assert ids(databases=["default"]) == []


def test_wrong_settings_break_no_other_check(db, settings):
    stored("bundled:old#x", 768)
    settings.MMREC = {"BATCH": 0}
    assert ids(databases=["default"]) == ["mmrec.E001"]


def test_a_broker_that_does_not_answer_is_an_error_under_deploy(settings):
    from celery import current_app

    url = current_app.conf.broker_write_url
    assert "mmrec.E005" not in ids(include_deployment_checks=True)
    current_app.conf.broker_write_url = "redis://127.0.0.1:1/0"
    try:
        assert "mmrec.E005" in ids(include_deployment_checks=True)
    finally:
        current_app.conf.broker_write_url = url


def test_models_and_migrations_agree(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_settings_are_read_anew_and_typed(settings):
    assert conf().batch == 256 and conf().encoders[0] == TEXT_DEFAULT
    settings.MMREC = {"BATCH": 8, "ENCODERS": {"text": "some/model"}, "CACHE": "/tmp/x", "EVENT_WEIGHTS": {"view": 2}}
    assert (conf().batch, conf().encoders[0].model, str(conf().cache)) == (8, "some/model", "/tmp/x")
    assert conf().event_weights["view"] == 2 and conf().event_weights["purchase"] == 6
