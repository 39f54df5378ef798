"""One door: a form and a look in, a picture and its facts out."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from shop_demo.illustration import FORMS, Look, UnknownFormError, details, draw

LOOK = Look("red", "white", "navy", "plain", "classic", seed=7)


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_becomes_a_jpeg_of_the_size_asked_for(form: str) -> None:
    with Image.open(BytesIO(draw(form, LOOK, size=96))) as picture:
        assert (picture.format, picture.size, picture.mode) == ("JPEG", (96, 96), "RGB")
        darkest, lightest = picture.convert("L").getextrema()
    assert lightest - darkest > 60, "no more than a background"


@pytest.mark.parametrize("form", sorted(FORMS))
def test_the_same_look_gives_the_same_bytes_however_often_it_was_drawn(form: str) -> None:
    once = draw(form, LOOK, size=64)
    LOOK.between(0, 1)
    assert draw(form, LOOK, size=64) == once == draw(form, replace(LOOK), size=64)


@pytest.mark.parametrize("form", sorted(FORMS))
def test_facts_depend_on_the_look_alone(form: str) -> None:
    facts = details(form, LOOK)
    LOOK.between(0, 1)
    assert facts and all(facts.values())
    assert details(form, replace(LOOK)) == facts


def test_a_picture_of_the_shop_s_size_weighs_some_tens_of_kilobytes() -> None:
    patterned = replace(LOOK, pattern="floral")
    assert 5_000 < len(draw("armchair", patterned)) < 120_000


@pytest.mark.parametrize("ask", [draw, details])
def test_an_unknown_form_names_itself_and_what_comes_close(ask) -> None:
    with pytest.raises(UnknownFormError, match=r"'table lamb'.*table lamp"):
        ask("table lamb", LOOK)
