"""Colours and patterns as a shop names them."""

from shop_demo.illustration import Look
from shop_demo.illustration.colours import FAMILIES

SPOKEN = {
    "sky": "sky blue", "denim": "denim blue", "forest": "forest green", "sage": "sage green", "mint": "mint green",
    "lemon": "lemon yellow", "rose": "rose pink", "rust": "rust red", "berry": "berry red", "petrol": "petrol blue",
}  # fmt: skip

PATTERNS = {
    "stripes": ("Stripe", "{colour} and {second} stripes"),
    "breton stripes": ("Breton Stripe", "{colour} with {second} breton stripes"),
    "pinstripes": ("Pinstripe", "{colour} with fine {second} pinstripes"),
    "polka dots": ("Polka Dot", "{colour} with {second} polka dots"),
    "gingham": ("Gingham", "{colour} and {second} gingham"),
    "check": ("Check", "{colour} with a check of {second} and {third}"),
    "windowpane": ("Windowpane Check", "{colour} with a windowpane check in {second}"),
    "herringbone": ("Herringbone", "{colour} and {second} herringbone"),
    "zigzag": ("Zigzag", "{colour} with a zigzag of {second} and {third}"),
    "diamonds": ("Diamond", "{colour} with {second} and {third} diamonds"),
    "waves": ("Wave", "{colour} with {second} waves"),
    "geometric": ("Geometric Print", "{colour} with a geometric pattern of {second} and {third}"),
    "terrazzo": ("Terrazzo", "{colour} terrazzo flecked with {second} and {third}"),
    "floral": ("Floral", "{colour} with a floral pattern of {second} and {third}"),
    "ditsy floral": ("Ditsy Floral", "{colour} with a ditsy floral pattern in {second}"),
    "leaves": ("Leaf Print", "{colour} with leaves in {second} and {third}"),
    "cut-outs": ("Cut-Out Print", "{colour} with cut-outs in {second} and {third}"),
}
"""Pattern -> (its word in a title, its phrase in a text)."""

# A colour that several families hold belongs to the one it looks most like.
FAMILY = {colour: family for family, colours in reversed(FAMILIES.items()) for colour in colours} | {
    "navy": "cool", "petrol": "cool", "burgundy": "deep",
}  # fmt: skip


def spoken(colour: str) -> str:
    return SPOKEN.get(colour, colour)


def titled(look: Look) -> str:
    """ "Rust Gingham"."""
    pattern = "" if look.pattern == "plain" else f" {PATTERNS[look.pattern][0]}"
    return look.colour.title() + pattern


def phrase(look: Look) -> str:
    """What follows "in": "rust red and ivory gingham"."""
    if look.pattern == "plain":
        return spoken(look.colour)
    colours = {"colour": spoken(look.colour), "second": spoken(look.second), "third": spoken(look.third)}
    return PATTERNS[look.pattern][1].format(**colours)
