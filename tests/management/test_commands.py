"""Every command with every option, read as somebody at a terminal reads them."""

import io
import json
import shlex

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command, get_commands, load_command_class

from mmrec_app.catalogue import item_for
from mmrec_app.events import record
from mmrec_app.models import Generation, Item, Visitor
from shop_demo.models import Product
from tests.goods.models import Gadget
from tests.products import make_product, make_shop

pytestmark = pytest.mark.django_db


def run(name: str, *arguments: str, **options) -> str:
    out = io.StringIO()
    call_command(name, *arguments, stdout=out, **options)
    return out.getvalue()


OURS = sorted(name for name in get_commands() if name.startswith("mmrec_"))


@pytest.mark.parametrize("name", OURS)
def test_help_says_what_every_option_is_and_ends_with_examples_that_can_be_typed(name):
    command = load_command_class(get_commands()[name], name)
    parser = command.create_parser("manage.py", name)
    assert not [action.dest for action in parser._actions if not action.help]
    said = parser.format_help().partition("\nExamples:\n")[2]
    examples = [line.strip() for line in said.splitlines() if line.startswith("  manage.py ")]
    assert examples and command.then and command.then.split()[-1] in said
    for example in examples:
        _, typed, *arguments = shlex.split(example)
        assert typed == name and parser.parse_args(arguments)


def test_help_names_the_settings_of_a_training():
    said = load_command_class("mmrec_app", "mmrec_train").create_parser("manage.py", "mmrec_train").format_help()
    assert "epochs" in said and "learning_rate" in said


def test_generations_are_listed_activated_and_rolled_back():
    Generation.objects.create(number=1, dimension=8, state="failed")
    Generation.objects.create(number=2, dimension=8, state="ready", metrics={"ndcg@10": 0.25})
    listed = run("mmrec_generation", "list").splitlines()
    assert [line.split()[:2] for line in listed] == [["2", "ready"], ["0", "active"]]
    assert "ndcg@10 0.25  recall@20 –" in listed[0]
    assert run("mmrec_generation", "activate", "2") == "generation 2 serves\n"
    assert Generation.objects.get(state="active").number == 2
    assert run("mmrec_generation", "rollback") == "generation 0 serves\n"
    assert "rolled back by command line" in Generation.objects.get(number=2).why


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["activate"], "activate takes the number"),
        (["rollback", "1"], "only activate does"),
        (["activate", "9"], "There is no generation 9."),
        (["rollback"], "no generation before 0"),
    ],
)
def test_a_generation_that_cannot_serve_is_refused(arguments, said):
    with pytest.raises(CommandError, match=said):
        run("mmrec_generation", *arguments)


def test_recommend_prints_a_table():
    shop = make_shop(numbers=1)
    lines = run("mmrec_recommend", "similar", "--item", str(shop[0].pk), "--k", "3").splitlines()
    assert lines[0] == "similar: rung similar, generation 0" and len(lines) == 4
    score, via, key, title = lines[1].split(maxsplit=3)
    assert 0 < float(score) <= 1 and via == "similar" and title == Product.objects.get(pk=key).title


def test_recommend_as_json_for_a_visitor_and_for_a_user():
    shop, user = make_shop(numbers=1), get_user_model().objects.create_user("ada")
    visitor = Visitor.objects.create(key="v")
    for who in ({"visitor": visitor}, {"user": user}):
        record("view", shop[0], **who)
    for option in (["--visitor", "v"], ["--user", str(user.pk)]):
        found = json.loads(run("mmrec_recommend", "for_you", "--json", "--k", "2", *option))
        assert (found["placement"], found["rung"], found["generation"]) == ("for_you", "personal", 0)
        assert len(found["items"]) == 2
        assert {"object_id", "title", "category", "score", "via"} == set(found["items"][0])
        assert str(shop[0].pk) not in [row["object_id"] for row in found["items"]]


def test_recommend_finds_a_product_of_another_catalogue(settings):
    settings.MMREC = {"CATALOGUE": ["shop_demo.catalogue.ProductCatalogue", "tests.goods.catalogue.Gadgets"]}
    gadget = Gadget.objects.create(title="Kettle")
    make_product(image=False)
    said = run("mmrec_recommend", "similar", "--item", str(gadget.pk), "--source", "goods.gadget")
    assert "Red dress 0" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "invalid choice: 'nowhere'"),
        (["similar"], "pass item= or items="),
        (["similar", "--item", "none"], "no item stands for product 'none'"),
        (["for_you", "--k", "0"], "k is 0"),
        (["for_you", "--user", "nobody"], "no user has the primary key 'nobody'"),
        (["for_you", "--user", "99"], "no user has the primary key '99'"),
        (["for_you", "--visitor", "x"], "no visitor has the key 'x'"),
        (["for_you", "--visitor", "x", "--user", "1"], "not allowed with"),
    ],
)
def test_recommend_says_what_is_wrong(arguments, said):
    with pytest.raises(CommandError, match=said):
        run("mmrec_recommend", *arguments)


def test_status_counts(settings):
    make_product("red"), make_product("blue"), make_product("green", stock=0)
    settings.MMREC = {"CATALOGUE": ["tests.adapters.BlueFails"]}
    run("mmrec_encode")
    make_product("orange").delete()
    waiting = make_product("orange")
    record("view", waiting, visitor=Visitor.objects.create(key="v"))
    status = json.loads(run("mmrec_status", "--json"))
    oldest = status.pop("oldest_change_s")
    assert status == {"items": 4, "available": 3, "dirty": 1, "parked": 1, "generation": 0, "events": 1}
    assert 0 <= oldest < 600
    assert "parked  1" in run("mmrec_status")


def test_encode_says_what_it_did_and_what_it_could_not(settings):
    make_product("red"), make_product("blue")
    settings.MMREC = {"CATALOGUE": ["tests.adapters.BlueFails"]}
    assert "1 parked with an error" in run("mmrec_encode")
    settings.MMREC = {"ENCODERS": {"text": "/no/such"}, "CATALOGUE": ["shop_demo.catalogue.ProductCatalogue"]}
    Item.objects.update(attempts=0)
    with pytest.raises(CommandError, match="text encoder '/no/such' cannot be loaded"):
        run("mmrec_encode")


def test_sync_brings_items_in_step_and_encodes_again_when_asked():
    Product.objects.bulk_create(Product(slug=f"p{n}", title=f"P{n}") for n in range(3))
    assert "shop_demo.product: 3 added, 0 changed, 0 gone, 0 unchanged" in run("mmrec_sync")
    Item.objects.update(dirty_since=None)
    assert "3 unchanged" in run("mmrec_sync", "--source", "shop_demo.product")
    assert not Item.objects.filter(dirty_since__isnull=False).exists()
    run("mmrec_sync", "--encode-again")
    assert Item.objects.filter(dirty_since__isnull=False).count() == 3
    with pytest.raises(CommandError, match="no catalogue is called 'x'; there are shop_demo.product"):
        run("mmrec_sync", "--source", "x")


def test_sync_takes_few_queries(django_assert_max_num_queries):
    Product.objects.bulk_create(Product(slug=f"p{n}", title=f"P{n}") for n in range(400))
    run("mmrec_sync")
    with django_assert_max_num_queries(16):
        run("mmrec_sync")


def test_fit_makes_a_generation_or_says_why_not():
    with pytest.raises(CommandError, match="mmrec_encode"):
        run("mmrec_fit")
    product = make_product()
    run("mmrec_encode")
    assert run("mmrec_fit") == "generation 1 is active (1 items)\n"
    assert Generation.objects.get(state="active").config["started_by"] == "command line"
    assert run("mmrec_recommend", "similar", "--item", str(item_for(product).object_id)).startswith(
        "similar: rung empty"
    )
