"""Wearables: every choice can be drawn, shows its colour, keeps off the edge and is what the words say."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from resvg_py import svg_to_bytes

from shop_demo.illustration import accessories, bags, bottoms, coats, dresses, shoes, tops
from shop_demo.illustration.details import CHOICES, CLASHES, STYLED, details
from shop_demo.illustration.look import Look, background
from shop_demo.illustration.svg import Sheet, mirrored

FORMS = {
    name: form
    for module in (dresses, tops, bottoms, coats, shoes, bags, accessories)
    for name, form in module.FORMS.items()
}
STYLES = ("classic", "minimal", "romantic", "retro", "sporty", "boho")
LOOK = Look("red", "teal", "navy", "plain", "classic", seed=7)


def looks(count: int) -> list[Look]:
    return [replace(LOOK, style=STYLES[n % len(STYLES)], seed=n) for n in range(count)]


def markup(form: str, look: Look) -> str:
    sheet = Sheet()
    FORMS[form](sheet, look)
    return sheet.markup()


def wall(look: Look) -> str:
    sheet = Sheet()
    background(sheet, look)
    return sheet.markup()


def pixels(svg: str) -> np.ndarray:
    png = svg_to_bytes(svg_string=svg, width=100, height=100, skip_system_fonts=True)
    with Image.open(BytesIO(png)) as picture:
        return np.asarray(picture.convert("RGB"), dtype=int)


def redness(picture: np.ndarray) -> float:
    """The share of clearly red pixels."""
    red, green, blue = np.moveaxis(picture, -1, 0)
    return float(np.mean((red > green + 40) & (red > blue + 40)))


def extent(form: str, look: Look) -> tuple[int, int]:
    """Width and height of what is red, which is the product without its shadow."""
    red, green, blue = np.moveaxis(pixels(markup(form, look)), -1, 0)
    rows, columns = np.nonzero((red > green + 40) & (red > blue + 40))
    return int(np.ptp(columns)), int(np.ptp(rows))


def choosing(form: str, **wanted: str) -> Look:
    """The first look whose details are these; "" asks for none."""
    for look in looks(1200):
        facts = details(form, look)
        if all(facts.get(name, "") == value for name, value in wanted.items()):
            return look
    raise AssertionError(f"No look gives a {form} with {wanted}.")


def new_choices(form: str) -> Iterator[tuple[Look, set[tuple[str, str]]]]:
    """Looks that bring a detail which none before them had."""
    seen: set[tuple[str, str]] = set()
    for look in looks(360):
        fresh = set(details(form, look).items()) - seen
        if fresh:
            seen |= fresh
            yield look, fresh


def test_every_form_has_choices() -> None:
    assert sorted(CHOICES) == sorted(FORMS)
    assert set(STYLED) == set(STYLES)


def test_choices_styles_and_clashes_speak_of_the_same_things() -> None:
    named = {(form, name) for form, options in CHOICES.items() for name in options}
    styled = {(form, name) for forms in STYLED.values() for form, options in forms.items() for name in options}
    clashing = {(form, name) for form, name, _ in CLASHES}
    settled = {(form, other) for (form, _, _), changes in CLASHES.items() for other in changes}
    assert styled | clashing | settled <= named


@pytest.mark.parametrize("form", FORMS)
def test_every_choice_comes_up_and_is_drawn(form: str) -> None:
    drawn = {pair for look, fresh in new_choices(form) if markup(form, look) for pair in fresh}
    styled = [forms[form] for forms in STYLED.values() if form in forms]
    offered = {(name, v) for options in (CHOICES[form], *styled) for name, values in options.items() for v in values}
    assert {pair for pair in offered if pair[1]} <= drawn


@pytest.mark.parametrize("form", FORMS)
def test_the_colour_named_is_the_colour_seen(form: str) -> None:
    for look in looks(4):
        other = redness(pixels(markup(form, replace(look, colour="denim"))))
        assert redness(pixels(markup(form, look))) - other > 0.02, (look, details(form, look))


@pytest.mark.parametrize("form", FORMS)
def test_nothing_reaches_the_edge(form: str) -> None:
    for look, _ in new_choices(form):
        difference = np.abs(pixels(markup(form, look)) - pixels(wall(look))).max(axis=2)
        difference[3:-3, 3:-3] = 0
        assert difference.max() < 12, (look, details(form, look))
        if look.seed > 16:
            break


@pytest.mark.parametrize("form", FORMS)
def test_seeds_differ_and_a_look_repeats_itself(form: str) -> None:
    seeds = [replace(LOOK, seed=seed) for seed in range(5)]
    drawings = [markup(form, look) for look in seeds]
    assert len(set(drawings)) == 5
    assert [markup(form, look) for look in seeds] == drawings == [markup(form, replace(look)) for look in seeds]


@pytest.mark.parametrize("form", FORMS)
def test_a_pattern_shows_on_the_material(form: str) -> None:
    plain = pixels(markup(form, replace(LOOK, seed=3)))
    striped = pixels(markup(form, replace(LOOK, seed=3, pattern="breton stripes")))
    assert np.mean(np.abs(plain - striped).max(axis=2) > 40) > 0.002


@pytest.mark.parametrize("form", ["dress", "skirt"])
def test_a_maxi_is_longer_than_a_mini(form: str) -> None:
    cut = {"dress": {"sleeves": "", "skirt": "A-line"}, "skirt": {"cut": "A-line"}}[form]
    (mini_width, mini), (maxi_width, maxi) = (
        extent(form, choosing(form, length=n, **cut)) for n in ("mini", "maxi")
    )  # fmt: skip
    assert maxi / maxi_width > mini / mini_width


def test_a_knee_boot_is_taller_than_an_ankle_boot() -> None:
    (ankle_width, ankle), (knee_width, knee) = (
        extent("boot", choosing("boot", shaft=shaft, heel="flat")) for shaft in ("ankle", "knee")
    )
    assert knee / knee_width > 1.4 * ankle / ankle_width


def test_long_sleeves_reach_further_than_none() -> None:
    bare, long = (extent("dress", choosing("dress", sleeves=s, length="knee", skirt="straight")) for s in ("", "long"))
    assert long[0] / long[1] > 1.2 * bare[0] / bare[1]


def test_a_print_is_drawn_where_the_words_say_so_and_only_there() -> None:
    def teal(look: Look) -> float:
        red, green, blue = np.moveaxis(pixels(markup("t-shirt", look)), -1, 0)
        return float(np.mean((green > red + 40) & (blue > red + 40)))

    assert teal(choosing("t-shirt", front="sun print", edges="tonal")) > 0.001
    assert teal(choosing("t-shirt", front="", edges="tonal")) == 0


def test_patterned_cloth_bears_no_print() -> None:
    fronts = [details("t-shirt", replace(look, pattern="floral")).get("front", "") for look in looks(120)]
    assert "pocket" in fronts
    assert not [front for front in fronts if "print" in front]


def test_a_mirrored_shape_closes_where_its_curve_ends() -> None:
    assert "L240" not in mirrored((0, 100), (80, 200, 60, 380, 0, 400))
    assert mirrored((0, 100), (80, 200, 60, 380, 0, 400)).split("L")[1].startswith("300.0 400.0")
