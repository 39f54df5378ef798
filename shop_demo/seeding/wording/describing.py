"""Composes a description: an opening, the details, the material with its care, a word on the style."""

from collections.abc import Mapping, Sequence
from random import Random

from shop_demo.illustration import Look
from shop_demo.illustration.colours import COMPANIONS
from shop_demo.seeding.kinds import Kind
from shop_demo.seeding.wording.clothing import CLOTHING
from shop_demo.seeding.wording.colours import phrase, spoken
from shop_demo.seeding.wording.home import HOME, KITCHEN
from shop_demo.seeding.wording.materials import WEAR
from shop_demo.seeding.wording.materials_home import ROOM, RUGS, SOFT, TABLE
from shop_demo.seeding.wording.parts import listed, parts
from shop_demo.seeding.wording.styles import STYLES

OPENINGS = CLOTHING | HOME | KITCHEN
MATERIALS = {"Clothing": WEAR, "Shoes": WEAR, "Bags": WEAR, "Accessories": WEAR, "Home": ROOM, "Kitchen": TABLE}
SPIRITS = {"Clothing": "wear", "Home": "home", "Kitchen": "kitchen"}
SOFT_FORMS = {"cushion": SOFT, "throw": SOFT, "rug": RUGS}

PAIRS = frozenset({"trousers", "jeans", "shorts", "sneaker", "boot", "pump", "sandal", "sunglasses"})
FRAMES = (
    "{They} {come} with {parts}.",
    "{They} {have} {parts}.",
    "Look closer: {parts}.",
    "Worth a second look: {parts}.",
    "The design comes down to {parts}.",
    "What makes the difference: {parts}.",
)
"""The first two will do for a single detail."""

TOGETHER = (
    "Goes well with {thing} in {colour}.",
    "Try it with {thing} in {colour}.",
    "We like it best next to {thing} in {colour}.",
    "Add {thing} in {colour} and call it a day.",
    "Looks its best in the company of {thing} in {colour}.",
)
JEANS = ("denim", "white", "black", "navy")
TOGETHER_PAIR = (
    "Go well with {thing} in {colour}.",
    "Try them with {thing} in {colour}.",
    "Add {thing} in {colour} and call it a day.",
    "Look their best in the company of {thing} in {colour}.",
)


def describe(kind: Kind, look: Look, facts: dict[str, str], material: str, turn: int, rng: Random) -> str:
    """`turn` counts the pieces of a kind, so that each opening is used as often as the others."""
    openings = OPENINGS[kind.form]
    sentences = (
        openings[turn % len(openings)].format(look=phrase(look)),
        _details(kind.form, facts, rng),
        rng.choice(materials_of(kind)[material]),
        rng.choice((_spirit, _spirit, _together, _nothing))(kind, look, rng),
    )
    return " ".join(filter(None, sentences))


def materials_of(kind: Kind) -> Mapping[str, Sequence[str]]:
    return SOFT_FORMS.get(kind.form, MATERIALS[kind.department])


def _details(form: str, facts: dict[str, str], rng: Random) -> str:
    found = parts(form, facts)
    if not found:
        return ""
    pair = form in PAIRS
    words = {"They": "They" if pair else "It", "have": "have" if pair else "has", "come": "come" if pair else "comes"}
    frames = FRAMES if len(found) > 1 else FRAMES[:2]
    return rng.choice(frames).format(parts=listed(found[:4]), **words)


def _spirit(kind: Kind, look: Look, rng: Random) -> str:
    return rng.choice(STYLES[SPIRITS.get(kind.department, "carry")][look.style])


def _together(kind: Kind, look: Look, rng: Random) -> str:
    thing = rng.choice([form for form in kind.companions if form != kind.form])
    sentences = TOGETHER_PAIR if kind.form in PAIRS else TOGETHER
    colours = JEANS if thing == "jeans" else COMPANIONS[look.colour]
    return rng.choice(sentences).format(thing=_one(thing), colour=spoken(rng.choice(colours)))


def _nothing(kind: Kind, look: Look, rng: Random) -> str:
    return ""


def _one(form: str) -> str:
    if form in PAIRS:
        return form if form.endswith("s") else f"{form}s"
    return f"{'an' if form[0] in 'aeiou' else 'a'} {form.replace('t-shirt', 'T-shirt')}"
