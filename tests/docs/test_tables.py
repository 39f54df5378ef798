"""Tables and names in the docs say what the code says."""

import ast
import importlib
import io
import json
import re
import tomllib
from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from mmrec_app.catalogue import Catalogue
from mmrec_app.conf import KEYS, MmrecSettings, conf
from mmrec_app.encoders import EncoderSpec
from mmrec_app.events import record, refresh_affinities, refresh_statistics
from mmrec_app.models import EventKind, Rule, Visitor
from mmrec_app.recommend import Placement, recommend
from mmrec_app.recommend.placements import CHANGES, KNOWN, PLACEMENTS_BUILT_IN, SEARCH_BUILT_IN, SEARCH_CHANGES
from mmrec_app.recommend.reasons import ALONE, IN_CATEGORY, KINDS
from mmrec_app.tasks import BEAT_SCHEDULE
from mmrec_app.training.config import PAIRINGS
from tests.docs.reading import FILES, ROOT, code, prose, read, rows
from tests.products import make_shop

STYLE = (ROOT / "mmrec_app" / "static" / "mmrec_app" / "mmrec.css").read_text()
FILE_ENDINGS = ("safetensors", "json", "onnx", "parquet", "tar", "csv", "md", "py", "yml")


def plain(cell: str) -> str:
    return cell.strip("`")


def test_all_settings_are_listed_with_their_defaults() -> None:
    table = {plain(key): default for key, default, _ in rows("install.md", "key")}
    assert set(table) == set(KEYS)
    for key, default in table.items():
        with override_settings(MMREC={key: ast.literal_eval(plain(default))}):
            assert conf() == MmrecSettings(), key


def test_all_fields_of_an_encoder_are_listed_with_their_defaults() -> None:
    table = {plain(name): default for name, default, _ in rows("install.md", "field")}
    fields = {name: field for name, field in EncoderSpec.__dataclass_fields__.items() if name != "modality"}
    assert set(table) == set(fields)
    assert all(ast.literal_eval(plain(table[name])) == fields[name].default for name in table if table[name])


def test_all_checks_are_listed() -> None:
    known = re.findall(r'id="(mmrec\.[EW]\d+)"', (ROOT / "mmrec_app" / "checks.py").read_text())
    assert {plain(number) for number, *_ in rows("install.md", "number")} == set(known)


def test_all_periodic_tasks_are_listed() -> None:
    listed = {plain(name) for name, *_ in rows("install.md", "task")}
    assert listed == {entry["task"] for entry in BEAT_SCHEDULE.values()}


def test_all_methods_of_an_adapter_are_listed() -> None:
    listed = [plain(name).split("(")[0] for name, *_ in rows("adapter.md", "method")]
    assert listed == [name for name in vars(Catalogue) if not name.startswith("_")]


def test_all_placements_are_listed_with_their_rungs() -> None:
    table = {plain(name): rungs.split(", ") for name, _, rungs in rows("placements.md", "placement")}
    assert table == {name: [rung.__name__ for rung in each.rungs] for name, each in PLACEMENTS_BUILT_IN.items()}


@pytest.mark.django_db
def test_every_source_is_listed_with_what_its_lists_say(settings: Any) -> None:
    table = {plain(name): plain(said) for name, said in rows("placements.md", "name in `rungs`")}
    assert set(table) == set(KNOWN)
    settings.MMREC = settings.MMREC | {"AFFINITY_SUPPORT": 1, "PURCHASED_DAYS": 0}
    shop, visitor = make_shop(numbers=1), Visitor.objects.create(key="v")
    for product, days in ((shop[0], 1), (shop[1], 1), (shop[2], 20), (shop[2], 40)):
        record("purchase", product, visitor=visitor, at=timezone.now() - timedelta(days=days))
    refresh_statistics()
    refresh_affinities()
    said = {name: recommend("similar", visitor=visitor, item=shop[0], variant={"rungs": [name]}).rung for name in table}
    trained = dict.fromkeys(("near_history", "stored"), "empty")  # they have something to say after a training
    assert said == table | trained


def test_all_that_can_change_in_a_placement_is_listed_with_its_default() -> None:
    table = {plain(name): plain(default) for name, default, _ in rows("placements.md", "field")}
    usual = {"rungs": "none", **{f.name: json.dumps(getattr(Placement(()), f.name)) for f in fields(Placement)[1:]}}
    assert table == usual and set(table) == set(CHANGES)


def test_all_that_can_change_in_a_search_is_listed_with_its_default() -> None:
    table = {plain(name): json.loads(plain(default)) for name, default, _ in rows("placements.md", "in a search")}
    assert table == {name: getattr(SEARCH_BUILT_IN, name) for name in SEARCH_CHANGES}


def test_all_reasons_and_actions_are_listed() -> None:
    kinds = {plain(kind) for kind, *_ in rows("placements.md", "kind of reason")}
    assert kinds == {*KINDS, *IN_CATEGORY, *ALONE}
    assert [plain(action) for action, *_ in rows("rules.md", "action")] == list(Rule.Action.values)


def test_all_properties_of_the_style_are_listed_with_their_defaults() -> None:
    table = {plain(name): plain(default) for name, default, _ in rows("widgets.md", "property")}
    assert table == dict(re.findall(r"var\((--mmrec-[a-z]+), ([^)]+)\)", STYLE))


def test_classes_that_stay_exist() -> None:
    templates = (ROOT / "mmrec_app" / "templates" / "mmrec_app").glob("*.html")
    html = "".join(path.read_text() for path in templates)
    for name in re.findall(r"`(mmrec(?:-[a-z]+)?)`", prose("widgets.md")):
        assert re.search(rf'class="[^"]*\b{name}\b', html), name


def test_all_kinds_of_events_are_named() -> None:
    for document in ("widgets.md", "data.md"):
        assert set(EventKind.values) <= set(code(prose(document)))


@pytest.mark.django_db
def test_what_the_status_says_is_explained() -> None:
    said = io.StringIO()
    call_command("mmrec_status", json=True, stdout=said)
    listed = {name for keys, _ in rows("operations.md", "key") for name in code(keys)}
    assert listed == set(json.loads(said.getvalue()))


def test_the_limits_of_the_api_are_the_defaults() -> None:
    limits = MmrecSettings()
    said = (
        f"{limits.events_per_minute} event requests, {limits.searches_per_minute} searches and "
        f"{limits.lists_per_minute} list requests a minute"
    )
    assert said in read("api.md")


def test_all_endpoints_are_listed() -> None:
    listed, methods = set(), list[str]()
    for cell, *_ in rows("api.md", "endpoint"):
        for said in code(cell):  # `GET`, `DELETE v1/me/`: several methods of one path
            method, _, path = said.partition(" ")
            methods.append(method)
            if path:
                listed |= {(each, re.sub("<.*?>", "{}", path)) for each in methods}
                methods.clear()
    paths = SchemaGenerator().get_schema(public=True)["paths"]
    assert listed == {
        (method.upper(), re.sub("{.*?}", "{}", path.removeprefix("/mmrec/")))
        for path in paths
        for method in paths[path]
    }


def test_all_pairings_are_explained() -> None:
    assert [plain(name) for name, *_ in rows("training.md", "pairing")] == list(PAIRINGS)


def test_all_files_of_a_training_are_listed() -> None:
    from mmrec_app.training import fit

    listed = {plain(name) for name, _ in rows("training.md", "file")}
    assert listed == {fit.VECTORS, fit.NEIGHBOURS, fit.USER_TOWER, fit.RANKER, fit.ITEM_TOWER, fit.REPORT}


def test_every_equation_of_the_code_is_in_the_docs() -> None:
    listed = {int(n) for numbers, *_ in rows("training.md", "") for n in numbers.split(", ")}
    cited = set()
    for path in (ROOT / "mmrec_app").rglob("*.py"):
        for said in re.findall(r"Eq\. ([\d, -]+)", path.read_text()):
            cited |= {int(n) for n in re.findall(r"\d+", said)}
    assert cited and cited <= listed


@pytest.mark.parametrize("document", ["walk.md", "training.md"])
def test_every_function_that_is_named_exists(document: str) -> None:
    names = [said.split("(")[0] for said in code(prose(document))]
    names = [name for name in names if re.fullmatch(r"[a-z_]+(\.\w+)+", name)]
    names = [name for name in names if not name.endswith(FILE_ENDINGS) and not name.startswith("benchmarks.")]
    assert len(names) > 15
    assert not [name for name in names if resolve(name) is None]


def resolve(name: str) -> Any:
    """What a name stands for: from `mmrec_app`, or, for short, from its training."""
    name = name.removeprefix("mmrec_app.")
    for package in ("mmrec_app", "mmrec_app.training"):
        parts = f"{package}.{name}".split(".")
        for cut in range(len(parts), 1, -1):
            try:
                found = importlib.import_module(".".join(parts[:cut]))
            except ModuleNotFoundError:
                continue
            for part in parts[cut:]:
                known = getattr(found, "__dataclass_fields__", {})
                found = getattr(found, part, known.get(part))
            if found is not None:
                return found
    return None


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *sum(project["optional-dependencies"].values(), [])]
    names = {re.match(r"[\w.-]+(\[[\w,]+\])?", line)[0] for line in wanted}  # type: ignore[index]
    listed = {name for cell, *_ in rows("dependencies.md", "package") for name in re.split(", | ", cell)}
    assert not names - listed


@pytest.mark.parametrize("document", [path.name for path in FILES])
def test_links_and_named_documents_lead_somewhere(document: str) -> None:
    text = read(document)
    path = next(path for path in FILES if path.name == document)
    for link in [*re.findall(r"\]\(([^)#]+)", text), *re.findall(r'src="([^"]+)"', text)]:
        assert link.startswith("https://") or (path.parent / link).exists(), link
    for said in code(text):
        if re.fullmatch(r"(docs|shop_demo|mmrec_app|benchmarks)/[\w/.]+\.(md|py)", said):
            assert (ROOT / said).exists(), said


def test_pictures_are_light() -> None:
    pictures = list((ROOT / "docs" / "images").iterdir())
    assert {picture.name for picture in pictures} == {"home.webp", "product.webp"}
    assert all(picture.stat().st_size <= 300_000 for picture in pictures)


def test_every_document_is_linked_from_the_readme() -> None:
    assert not [path.name for path in FILES if path.name != "README.md" and f"({path.name})" not in flat_links()]


def flat_links() -> str:
    return " ".join(f"({link.split('/')[-1]})" for link in re.findall(r"\]\(([^)]+)\)", read("README.md")))
