"""Figures of a generation that was trained on events in the database."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mmrec_app.models import Artefact, Generation, Item
from mmrec_app.offline.report import Thumbnails, report
from tests.offline.learning import make_tastes, train
from tests.products import make_product

pytestmark = pytest.mark.django_db(transaction=True)  # a training renews its lease on a connection of its own


@pytest.mark.slow
def test_the_command_writes_every_figure_and_keeps_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_tastes()
    generation = train(epochs=1, linear_trials=0)
    call_command("mmrec_report", generation=generation.number, out=tmp_path / "made")
    files = sorted((tmp_path / "made").iterdir())
    assert [path.name.split("-")[1] for path in files] == ["1", "2", "3", "5", "6"]  # this toy has no views
    for path in files:
        kept = Artefact.objects.get(generation=generation, name=path.name)
        assert path.read_bytes() == bytes(kept.data) and path.read_bytes().startswith(b"\x89PNG")
        assert str(path) in capsys.readouterr().out or path != files[0]
    report(generation.number)  # again: the new ones take the place of the old
    assert Artefact.objects.filter(generation=generation, name__endswith=".png").count() == 5


@pytest.mark.parametrize(("number", "said"), [(0, "no trained model"), (9, "no generation 9")])
def test_what_cannot_be_drawn_is_said(number: int, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("mmrec_report", generation=number)


def test_a_generation_whose_vectors_are_gone_is_not_drawn() -> None:
    Generation.objects.create(number=1, state="retired", dimension=8, config={"method": "trained"}, kept=False)
    with pytest.raises(CommandError, match="no trained model"):
        call_command("mmrec_report", generation=1)


def test_thumbnails_are_of_items_that_have_a_picture() -> None:
    make_product("red")
    make_product("blue", image=False)
    bad = make_product("green")
    Path(bad.image.path).write_bytes(b"no picture")
    found = Thumbnails(list(Item.objects.order_by("pk").values_list("pk", flat=True)))([0, 1, 2])
    assert list(found) == [0] and max(found[0].shape) <= 100 and found[0].shape[2] == 3
    assert (found[0] == (255, 0, 0)).all(2).any()
