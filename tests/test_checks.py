import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from mmrec_app import checks
from mmrec_app.models import Generation


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


def test_another_encoder_than_the_generations_is_told(db, settings):
    config = {"encoders": ["bundled:old#x"], "dimensions": {"text": 768}}
    Generation.objects.filter(number=0).update(state="retired")
    Generation.objects.create(number=1, state="active", dimension=256, config=config)
    assert ids(databases=["default"]) == ["mmrec.W003"]


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
