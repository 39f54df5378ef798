"""Home and kitchen: every variant can be drawn, shows its colour, keeps off the edge and is what the text says."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from resvg_py import svg_to_bytes

from shop_demo.illustration.home_details import EXTRAS, VARIANTS, details
from shop_demo.illustration.look import Look
from shop_demo.illustration.patterns import PATTERNS
from shop_demo.illustration.render import FORMS, LIVED_WITH, markup

STYLES = ("classic", "minimal", "romantic", "retro", "sporty", "boho")
HOME = [form for module in LIVED_WITH for form in module.FORMS]


def looks(count: int, pattern: str = "plain") -> list[Look]:
    return [Look("red", "white", "navy", pattern, STYLES[n % len(STYLES)], seed=31 * n + 5) for n in range(count)]


def pixels(form: str, look: Look) -> np.ndarray:
    png = svg_to_bytes(svg_string=markup(form, look), width=100, height=100, skip_system_fonts=True)
    with Image.open(BytesIO(png)) as picture:
        return np.asarray(picture.convert("RGB"), dtype=int)


def redness(picture: np.ndarray) -> float:
    """The share of clearly red pixels."""
    red, green, blue = np.moveaxis(picture, -1, 0)
    return float(np.mean((red > green + 40) & (red > blue + 40)))


def test_every_home_form_has_facts_and_every_fact_a_form() -> None:
    assert sorted(VARIANTS) == sorted(HOME)
    assert set(EXTRAS) <= set(HOME)


@pytest.mark.parametrize("form", HOME)
def test_every_variant_comes_up_and_can_be_drawn(form: str) -> None:
    seen = set()
    for look in looks(240, pattern="plain"):
        facts = tuple(sorted(details(form, look).items()))
        if facts not in seen:
            assert markup(form, look).startswith("<svg")
        seen.add(facts)
    wanted = {tuple(sorted(facts.items())) for _, facts in VARIANTS[form]}
    missing = [variant for variant in wanted if not any(set(variant) <= set(facts) for facts in seen)]
    assert not missing


@pytest.mark.parametrize("form", HOME)
def test_the_colour_named_is_the_colour_seen(form: str) -> None:
    for look in looks(6):
        other = redness(pixels(form, replace(look, colour="teal")))
        assert redness(pixels(form, look)) - other > 0.02, (look, details(form, look))


@pytest.mark.parametrize("form", HOME)
def test_the_pattern_named_is_the_pattern_seen(form: str) -> None:
    for look in looks(6):
        plain, checked = pixels(form, look), pixels(form, replace(look, pattern="gingham"))
        assert np.mean(np.abs(plain - checked).max(axis=-1) > 12) > 0.008, (look, details(form, look))


@pytest.mark.parametrize("form", HOME)
def test_nothing_is_cut_off(form: str) -> None:
    for look in looks(6):
        picture = pixels(form, look)
        edges = [picture[-1], picture[:, 0], picture[:, -1]]
        if form != "pendant lamp":  # its cord comes from the ceiling
            edges.append(picture[0])
        assert max(np.abs(np.diff(edge, axis=0)).max() for edge in edges) < 30, (look, details(form, look))


@pytest.mark.parametrize("form", HOME)
def test_seeds_and_styles_make_different_products(form: str) -> None:
    drawn = {markup(form, look) for look in looks(30)}
    facts = {tuple(details(form, look).items()) for look in looks(30)}
    assert len(drawn) == 30
    assert len(facts) >= 4


@pytest.mark.parametrize("pattern", sorted(PATTERNS))
def test_every_pattern_is_valid_on_a_body_and_on_cloth(pattern: str) -> None:
    for form in ("mug", "cushion"):
        assert pixels(form, looks(1, pattern)[0]).std() > 5


def test_facts_of_another_department_are_empty() -> None:
    assert details("dress", looks(1)[0]) == {}
    assert set(FORMS) > set(HOME)
