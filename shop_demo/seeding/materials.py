"""What a piece is made of: what its picture shows, else what such things usually are."""

from random import Random

from shop_demo.illustration import Look
from shop_demo.seeding.kinds import Kind

NYLON, LEATHER = "recycled nylon", "leather"

SHOWN = {
    "jacket": ("cut", {"denim": "denim",
                       "biker": LEATHER, "bomber": NYLON, "puffer": NYLON, "shell": NYLON, "blazer": "wool blend"}),
    "hat": ("shape", {"fedora": "wool felt", "beret": "wool felt", "sun": "straw", "boater": "straw",
                      "bucket": "cotton canvas", "cap": "cotton canvas"}),
    "watch": ("strap", {"leather": "steel and leather", "steel": "stainless steel", "mesh": "stainless steel",
                        "textile": "steel and canvas"}),
    "tote": ("material", {"canvas": "cotton canvas", "leather": LEATHER, "woven": "woven straw"}),
    "mirror": ("frame", {}),
    "wall clock": ("frame", {"none": "lacquered wood"}),
    "stool": ("legs", {"none": "bouclé"}),
}  # fmt: skip
"""Form -> (the fact that tells, what its values mean where they are not the material's name)."""

PRINTED = {"sneaker": "cotton canvas", "handbag": "cotton canvas", "pump": "satin"}
"""What takes a pattern where the usual material would not."""


def material_of(kind: Kind, look: Look, facts: dict[str, str], rng: Random) -> str:
    if look.pattern != "plain" and kind.form in PRINTED:
        return PRINTED[kind.form]
    key, meanings = SHOWN.get(kind.form, ("material", {}))
    if key not in facts:
        return rng.choice(kind.materials)
    return meanings.get(facts[key], facts[key])
