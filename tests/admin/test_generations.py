"""The panel of generations: who may do what, what is done, and that it is done."""

import json
import os

import pytest
import redis
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mmrec_app.admin.forms import TrainingForm
from mmrec_app.admin.showing import FIGURES
from mmrec_app.embeddings.generations import store_artefact
from mmrec_app.models import Experiment, Generation, Item
from mmrec_app.offline.encode import encode_dirty
from mmrec_app.offline.fit import fit
from mmrec_app.offline.retrain import start_run, take_up
from mmrec_app.recommend import recommend
from mmrec_app.training.config import TrainingConfig
from tests.admin.test_admin import page, signed_in
from tests.products import make_product
from tests.workers import Worker

pytestmark = pytest.mark.django_db

LOG = [
    {
        "epoch": 1, "losses": {"user_next": 2.5, "l1": 900.0, "total": 2.6}, "temperatures": {"user_next": 0.071},
        "seconds": 4.2, "ndcg@10": 0.125, "recall@20": 0.25,
    }
]  # fmt: skip
RUNNING = {"stage": "training", "epoch": 1, "epochs": 4, "step": 5, "steps": 10, "left_s": 200, "log": LOG}


def url(name: str, *arguments: object) -> str:
    return reverse(f"admin:mmrec_app_generation_{name}", args=arguments)


def settings_of(**changed: object) -> dict:
    form = TrainingForm()
    return {name: field.initial for name, field in form.fields.items() if field.initial is not False} | changed


def two_generations() -> tuple[Generation, Generation]:
    """0 serves, then 1 does."""
    for number in range(3):
        make_product(number=number, image=False)
    encode_dirty()
    return Generation.objects.get(number=0), fit()


@pytest.mark.parametrize(
    ("name", "arguments", "permission"),
    [
        ("start", (), "train_generation"),
        ("cancel", (1,), "train_generation"),
        ("draw", (1,), "train_generation"),
        ("activate", (0,), "activate_generation"),
        ("roll_back", (), "activate_generation"),
    ],
)
def test_seeing_generations_does_not_mean_changing_them(name, arguments, permission):
    two_generations()
    viewer = signed_in("view_generation")
    before = list(Generation.objects.values())
    for client in (viewer, Client()):
        for send in (client.get, client.post):
            assert send(url(name, *arguments), settings_of() | {"from": 1}).status_code in (302, 403)
    assert list(Generation.objects.values()) == before and not LogEntry.objects.exists()
    html = page(viewer, "generation_changelist") + page(viewer, "generation_change", 0)
    assert 'class="button' not in html
    get_user_model().objects.all().delete()
    answer = signed_in("view_generation", permission).post(url(name, *arguments), settings_of() | {"from": 1})
    assert answer.status_code == 302 and answer["Location"].startswith("/admin/mmrec_app/generation/")


@pytest.mark.parametrize(("name", "arguments"), [("progress", (0,)), ("figure", (0, "figure-6-map.png"))])
def test_without_the_right_to_see_there_is_nothing(name, arguments):
    store_artefact(Generation.objects.get(), "figure-6-map.png", b"PNG")
    assert signed_in("train_generation", "activate_generation").get(url(name, *arguments)).status_code == 403


@pytest.mark.parametrize("name", ["cancel", "activate", "draw"])
def test_a_link_changes_nothing(name):
    _, fitted = two_generations()
    assert signed_in(superuser=True).get(url(name, 0)).status_code == 405
    assert Generation.objects.get(state="active") == fitted


@pytest.mark.parametrize("name", ["start", "cancel", "activate", "roll_back", "draw"])
def test_another_sites_form_changes_nothing(name):
    user = get_user_model().objects.create_superuser("root")
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    arguments = () if name in ("start", "roll_back") else (0,)
    assert client.post(url(name, *arguments), settings_of()).status_code == 403


def test_a_training_is_started(django_capture_on_commit_callbacks):
    Worker.clear_broker()
    client = signed_in("view_generation", "train_generation")
    body = settings_of(epochs=7, dimension=64, fusion="concat", weight_views=0, seed=5)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url("start"), body, follow=True)
    assert "Generation 1 is being trained." in answer.content.decode()
    started = Generation.objects.get(state="training")
    config = TrainingConfig.from_dict(started.config["settings"])
    assert (config.epochs, config.dimension, config.fusion, config.seed) == (7, 64, "concat", 5)
    assert set(config.pairings) == {"user_next", "together", "text_image"} and started.started_by == "staff"
    with redis.Redis.from_url(os.environ["CELERY_BROKER_URL"]) as broker:
        sent = [json.loads(each)["headers"]["task"] for each in broker.lrange("mmrec.train", 0, -1)]
    assert sent == ["mmrec.train"]
    assert LogEntry.objects.get().object_id == "1"
    again = client.post(url("start"), body)
    assert again.status_code == 200 and "is being made" in again.content.decode()


def test_what_is_sent_as_it_stands_is_what_is_usual(settings):
    settings.MMREC = settings.MMREC | {"TRAINING": {"epochs": 3, "layers": 1, "behaviour": False}}
    form = TrainingForm(settings_of())
    assert form.is_valid(), form.errors
    assert TrainingConfig.from_dict({"layers": 1} | form.settings) == TrainingConfig(
        epochs=3, layers=1, behaviour=False
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("epochs", 0), ("dimension", 33), ("dimension", 99999), ("fusion", "sum"), ("weight_together", -1),
        ("dropout", 1), ("seed", "x"), ("learning_rate", "nan"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_said_beside_its_field(field, value):
    answer = signed_in(superuser=True).post(url("start"), settings_of(**{field: value}))
    assert answer.status_code == 200 and list(answer.context["form"].errors) == [field]
    assert not Generation.objects.filter(state="training").exists()


def test_a_shop_whose_own_settings_are_wrong_is_told_so(settings):
    settings.MMREC = settings.MMREC | {"TRAINING": {"no_such": 1}}
    answer = signed_in(superuser=True).post(url("start"), settings_of())
    assert answer.status_code == 200 and "no_such" in answer.content.decode()


def test_progress_tells_how_far_it_is():
    client = signed_in("view_generation")
    generation = start_run({}, "test")
    told = client.get(url("progress", 1)).json()
    assert told["running"] and told["stage"] == "waiting for a worker" and told["percent"] is None
    take_up()
    Generation.objects.filter(number=1).update(progress=RUNNING)
    told = client.get(url("progress", 1)).json()
    assert (told["stage"], told["percent"], told["epoch"], told["left"]) == ("learning", 38, "1 / 4", "3 min")
    assert told["log"]["columns"] == [
        "Epoch", "Loss: user_next", "Loss: total", "τ: user_next", "NDCG@10", "Recall@20", "Time",
    ]  # fmt: skip
    assert told["log"]["rows"] == [["1", "2.500", "2.600", "0.071", "0.1250", "0.2500", "4 s"]]
    for name, arguments in (("generation_changelist", ()), ("generation_change", (1,))):
        html = page(client, name, *arguments)
        assert "learning" in html and "<td>0.071</td>" in html and 'value="38"' in html
    Generation.objects.filter(number=1).update(progress={"stage": "views", "encoded": 1200})
    assert client.get(url("progress", 1)).json()["stage"] == "looking at other versions of every content (1,200)"
    Generation.objects.filter(number=1).update(lease_until=timezone.now())
    assert "gone" in client.get(url("progress", 1)).json()["stage"]
    assert client.get(url("progress", 9)).status_code == 404
    assert generation.number == 1


def test_a_training_is_cancelled():
    start_run({}, "test")
    client = signed_in("view_generation", "train_generation")
    assert "is cancelled" in client.post(url("cancel", 1), follow=True).content.decode()
    assert Generation.objects.get(number=1).why == "cancelled by staff"
    assert LogEntry.objects.get().user.username == "staff"
    assert "nothing to cancel" in client.post(url("cancel", 1), follow=True).content.decode()
    assert LogEntry.objects.count() == 1


def test_who_serves_is_chosen_and_rolled_back(django_capture_on_commit_callbacks):
    first, second = two_generations()
    item = Item.objects.first()
    client = signed_in("view_generation", "activate_generation")
    assert recommend("similar", item=item, k=2).generation == 1
    asked = client.get(url("roll_back")).content.decode()
    assert "generation 0 will" in asked and recommend("similar", item=item, k=2).generation == 1
    client.post(url("roll_back"), {"from": "1"})
    assert recommend("similar", item=item, k=2).generation == 0
    assert "look again" in client.post(url("roll_back"), {"from": "1"}, follow=True).content.decode()
    assert "no earlier generation" in client.get(url("roll_back")).content.decode()
    assert "Let it serve" in page(client, "generation_change", 1)
    client.post(url("activate", 1))
    assert recommend("similar", item=item, k=2).generation == 1
    assert "Let it serve" not in page(client, "generation_change", 1)
    assert "only a ready or retired one" in client.post(url("activate", 1), follow=True).content.decode()
    assert [entry.object_id for entry in LogEntry.objects.order_by("pk")] == ["0", "1"]
    assert first.number == 0 and second.number == 1


def test_figures_are_shown_and_nothing_else_is_given_away():
    trained = Generation.objects.create(
        number=1, state="retired", dimension=8, config={"method": "trained"}, progress={"log": LOG},
        metrics={"ndcg@10": 0.25, "users": 1234, "active": {"ndcg@10": 0.125, "generation": 0}},
    )  # fmt: skip
    client = signed_in("view_generation", "train_generation")
    assert "Not drawn yet" in page(client, "generation_change", 1)
    for name in ("figure-6-map.png", "item_tower.safetensors"):
        store_artefact(trained, name, b"\x89PNG")
    html = page(client, "generation_change", 1)
    assert url("figure", 1, "figure-6-map.png") in html and "Not drawn yet" not in html and "safetensors" not in html
    assert "0.2500" in html and "1,234" in html and "Generation 0, which served then" in html
    answer = client.get(url("figure", 1, "figure-6-map.png"))
    assert answer.content == b"\x89PNG" and answer["Content-Type"] == "image/png"
    assert "private" in answer["Cache-Control"] and answer["X-Content-Type-Options"] == "nosniff"
    for number, name in ((1, "item_tower.safetensors"), (1, "figure-2-attention.png"), (7, "figure-6-map.png")):
        assert client.get(url("figure", number, name)).status_code == 404


def test_a_generation_says_how_it_differs_from_the_one_that_serves():
    def trained(number: int, state: str, **settings: object) -> None:
        config = {"method": "trained", "settings": settings}
        metrics = {"diversity@20": 0.4321}
        Generation.objects.create(number=number, state=state, dimension=8, config=config, metrics=metrics)

    client = signed_in("view_generation")
    trained(1, "ready", epochs=4, fusion="<b>concat</b>", pairings={"views": 0.5})
    assert "Settings that differ" not in page(client, "generation_change", 1)  # the one that serves was not trained
    Generation.objects.filter(number=0).update(state="retired")
    trained(2, "active", epochs=4)
    html = page(client, "generation_change", 1)
    assert "Settings that differ" in html and "Generation 2, which serves now" in html
    table = html[html.index("Settings that differ") :]
    assert "<td>&lt;b&gt;concat&lt;/b&gt;</td><td>attention</td>" in table and "<b>concat" not in html
    assert "{&quot;views&quot;: 0.5}" in table and ">epochs<" not in table
    assert "Settings that differ" not in page(client, "generation_change", 2)
    assert page(client, "generation_changelist").count("0.4321") == 2


def test_figures_are_asked_for(django_capture_on_commit_callbacks):
    Generation.objects.create(number=1, state="retired", dimension=8, config={"method": "trained"})
    Worker.clear_broker()
    client = signed_in("view_generation", "train_generation")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("draw", 1))
    with redis.Redis.from_url(os.environ["CELERY_BROKER_URL"]) as broker:
        sent = [json.loads(each)["headers"] for each in broker.lrange("mmrec.train", 0, -1)]
    assert [(each["task"], each["argsrepr"]) for each in sent] == [("mmrec.draw", "[1]")]


def test_an_empty_shop_is_told_what_to_do_next():
    client = signed_in(superuser=True)
    html = page(client, "generation_changelist")
    assert "no events to learn from" in html and "Start a training" in html and "Roll back" not in html


def test_a_generation_says_which_experiments_name_it():
    two_generations()
    for name, state, number in (("Old or new", "running", 0), ("Planned", "draft", 0), ("Past", "stopped", 1)):
        experiment = Experiment.objects.create(name=name, placement="for_you", state=state)
        experiment.variants.create(name="control")
        for variant in ("older", "older and varied"):
            experiment.variants.create(name=variant, overrides={"generation": number})
    links = {
        name: f'<a href="{reverse("admin:mmrec_app_experiment_change", args=[pk])}">{name}</a> ({state})'
        for pk, name, state in Experiment.objects.values_list("pk", "name", "state")
    }
    client = signed_in(superuser=True)
    for html in (page(client, "generation_changelist"), page(client, "generation_change", 0)):
        assert html.count(links["Old or new"]) == html.count(links["Planned"]) == 1
        assert "Generation 0 is named by experiments" in html and links["Past"] not in html
    assert "named by experiments" not in page(client, "generation_change", 1)
    get_user_model().objects.all().delete()
    viewer = signed_in("view_generation")
    for html in (page(viewer, "generation_changelist"), page(viewer, "generation_change", 0)):
        assert "Old or new (running)" in html and "admin/mmrec_app/experiment/" not in html


def test_a_long_history_of_generations_takes_few_queries(django_assert_max_num_queries):
    client = signed_in(superuser=True)
    for number in range(1, 30):
        Generation.objects.create(number=number, state="failed", dimension=8)
    with django_assert_max_num_queries(14):
        page(client, "generation_changelist")


def test_every_figure_has_a_caption():
    drawn = {"figure-1-similarity.png", "figure-2-attention.png", "figure-3-regularisation.png"}
    drawn |= {"figure-4-augmentation.png", "figure-5-weights.png", "figure-6-map.png"}
    assert set(FIGURES) == drawn
