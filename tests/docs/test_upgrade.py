"""What docs/upgrade.md promises of migrations."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from django.db.migrations import AddField, CreateModel, DeleteModel, Migration, RemoveField, RenameField, RenameModel

import mmrec_app.migrations
from mmrec_app.catalogue import item_for
from mmrec_app.embeddings.vectors import store_embeddings
from mmrec_app.encoders.spec import COLOURS
from mmrec_app.models import ModalityVector
from mmrec_app.offline.encode import encode_dirty
from mmrec_app.types import Embedding
from tests.docs.reading import blocks
from tests.docs.test_new_shop import files
from tests.products import make_product
from tests.projects import Project, own_database

WRITTEN_BY_THE_SHOP = {"item", "modalityvector", "itemvector", "itemneighbour", "visitor", "event", "impression"}
"""A process of the version before writes them while the new version's migrations run."""

BACK_AND_FORTH = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

def at(name):
    call_command("migrate", "mmrec_app", name, verbosity=0)
    state = MigrationLoader(connection).project_state([("mmrec_app", name)])
    return state.apps.get_model("mmrec_app", "Item"), state.apps.get_model("mmrec_app", "DailyItem")

call_command("migrate", verbosity=0)
Item, DailyItem = at("0010_sites")
DailyItem.objects.create(day="2026-03-28", placement="new", item=Item.objects.create(source="s", object_id="1"), seen=3)
call_command("migrate", verbosity=0)
from mmrec_app.models import DailyItem
assert DailyItem.objects.values_list("generation", "variant", "seen").get() == (None, "", 3)
for target in (("mmrec_app", "0007"), ("mmrec_app", "zero")):
    call_command("migrate", *target, verbosity=0)
assert not [name for name in connection.introspection.table_names() if name.startswith("mmrec_app")]
call_command("migrate", verbosity=0)
from mmrec_app.models import Generation
print(Generation.objects.get().state)
"""


def migrations() -> Iterator[tuple[str, Migration]]:
    for path in sorted(Path(mmrec_app.migrations.__file__).parent.glob("0*.py")):
        yield path.stem, import_module(f"mmrec_app.migrations.{path.stem}").Migration


def test_migrations_add_and_take_nothing_away() -> None:
    taken = (RemoveField, RenameField, DeleteModel, RenameModel)
    assert not [name for name, each in migrations() for step in each.operations if isinstance(step, taken)]


def test_processes_of_the_version_before_can_write_on() -> None:
    """They name no new column, so each may be empty or is filled by the database."""
    for name, migration in migrations():
        new = {step.name.lower() for step in migration.operations if isinstance(step, CreateModel)}
        for step in migration.operations:
            if isinstance(step, AddField) and step.model_name.lower() in WRITTEN_BY_THE_SHOP - new:
                assert step.field.null or step.field.has_db_default(), f"{name}: {step.model_name}.{step.name}"


@pytest.mark.django_db
def test_only_what_no_encoder_of_the_settings_made_is_deleted() -> None:
    product = make_product()
    encode_dirty()
    encoders = set(ModalityVector.objects.values_list("encoder", flat=True))
    store_embeddings([Embedding(item_for(product).pk, "text", "earlier@1#mean", "", np.ones(4, np.float32))])
    (sample,) = blocks("python", document="upgrade.md")
    exec(sample.text, {})
    assert set(ModalityVector.objects.values_list("encoder", flat=True)) == encoders
    assert COLOURS.identity in encoders


@pytest.mark.slow
def test_migrations_go_back_and_forth(tmp_path: Path) -> None:
    with own_database("back") as database:
        project = Project(tmp_path, database)
        project.write(files("install.md"))
        assert project.python("-c", BACK_AND_FORTH).split() == ["active"]
