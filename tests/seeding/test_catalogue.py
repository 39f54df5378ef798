import os
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal

from shop_demo.illustration import FORMS
from shop_demo.seeding.brands import BRANDS, brands_of
from shop_demo.seeding.catalogue import PRODUCTS, catalogue
from shop_demo.seeding.goods import Goods
from shop_demo.seeding.kinds import KIND, KINDS
from shop_demo.seeding.wording.colours import FAMILY, PATTERNS
from shop_demo.seeding.wording.describing import materials_of
from shop_demo.seeding.wording.parts import PARTS, parts

PIECES = catalogue()
DIGEST = (
    "import hashlib; from shop_demo.seeding.catalogue import catalogue;"
    "print(hashlib.sha256(repr(catalogue()).encode()).hexdigest())"
)


def test_the_shop_is_large_and_balanced():
    assert len(PIECES) == PRODUCTS >= 640
    assert set(Counter(one.form for one in PIECES).values()) == {PRODUCTS // len(KINDS)}
    paths = {one.category.count(" > ") for one in PIECES}
    assert len({one.category for one in PIECES}) >= 16
    assert paths == {1, 2}


def test_every_form_can_be_drawn_and_is_made_by_several_brands():
    assert {kind.form for kind in KINDS} == set(FORMS)
    assert all(len(brands_of(kind.form)) >= 3 for kind in KINDS)
    assert {one.brand for one in PIECES} == {brand.name for brand in BRANDS}


def test_no_piece_comes_twice():
    pieces = [(one.form, one.look.colour, one.look.pattern, one.look.style, one.brand) for one in PIECES]
    assert (
        len(set(pieces)) == len({one.title for one in PIECES}) == len({one.description for one in PIECES}) == PRODUCTS
    )


def test_a_smaller_shop_is_the_beginning_of_a_larger_one():
    assert catalogue(60) == PIECES[:60]
    assert len({one.form for one in catalogue(60)}) == len(KINDS)


def test_another_process_makes_the_same_catalogue():
    said = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_the_words_agree_with_the_pictures():
    for piece in PIECES:
        assert facts_told(piece) == [], piece


def facts_told(piece: Goods) -> list[str]:
    """Which facts the title, description and attributes get wrong."""
    look, facts, text = piece.look, piece.attributes, piece.description
    sentences = materials_of(KIND[piece.form])[facts["material"]]
    truths = {
        "colour": facts["colour"] == look.colour and look.colour.title() in piece.title,
        "family": facts["colour family"] == FAMILY[look.colour],
        "pattern": facts["pattern"] == look.pattern and (look.pattern == "plain" or look.pattern in text),
        "colours": look.colour in text and (look.pattern == "plain" or look.second in text),
        "title": look.pattern == "plain" or piece.title.endswith(PATTERNS[look.pattern][0]),
        "style": facts["style"] == look.style,
        "brand": facts["brand"] == piece.brand,
        "details": all(part in text for part in parts(piece.form, facts)[:4]),
        "material": any(sentence in text for sentence in sentences),
    }
    return [name for name, true in truths.items() if not true]


def test_the_words_are_english():
    for piece in PIECES:
        text = f"{piece.title}. {piece.description}"
        assert not re.search(r"[{}]|  |\b[Nn]one\b|\ba a\b|\.\.| ,|,,", text), text
        assert not re.search(r"\b[Aa] [aeioAEIO]", text), text
        assert not re.search(r"\b[Aa]n [^aeiouhAEIOUH]", text), text
        assert 2 <= len(re.findall(r"[.?](?= |$)", piece.description)) <= 6, text


def test_every_detail_of_a_drawing_has_its_words():
    told = {form: {key for key, _ in parts} for form, parts in PARTS.items()}
    silent = {"material", "skirt", "shape", "cut", "fold", "flame", "holder", "legs", "frame", "stand"}
    for piece in PIECES:
        facts = set(piece.attributes) - {"colour", "colour family", "pattern", "style", "brand"}
        assert facts - told[piece.form] <= silent, piece.form


def test_prices_look_like_prices_and_follow_the_brand():
    endings = {one.price % 1 for one in PIECES}
    assert endings == {Decimal("0.90"), Decimal("0.50"), Decimal("0.00")}
    level = {brand.name: brand.level for brand in BRANDS}
    dear = [float(one.price) / KIND[one.form].price for one in PIECES if level[one.brand] > 1.3]
    cheap = [float(one.price) / KIND[one.form].price for one in PIECES if level[one.brand] < 0.9]
    assert sum(dear) / len(dear) > 1.5 * sum(cheap) / len(cheap)


def test_some_are_sold_out_and_some_are_new():
    assert 0.005 < sum(one.stock == 0 for one in PIECES) / PRODUCTS < 0.08
    assert 0.03 < sum(one.age_days < 14 for one in PIECES) / PRODUCTS < 0.2
    assert max(one.age_days for one in PIECES) <= 365
