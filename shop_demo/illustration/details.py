"""What a wearable is made of, decided once for the drawing and for the words about it."""

from random import Random

from shop_demo.illustration.look import Look

Choices = dict[str, tuple[str, ...]]

CHOICES: dict[str, Choices] = {
    "dress": {
        "neckline": ("round", "V", "square", "boat", "round", "V", "sweetheart", "strappy"),
        "sleeves": ("", "cap", "short", "elbow-length", "long", "puff", "bell", ""),
        "length": ("mini", "knee", "midi", "maxi", "knee", "midi"),
        "skirt": ("A-line", "full", "straight", "A-line", "tiered", "wrap"),
        "detail": ("belt", "bow", "button", "collar", "", "contrast hem", ""),
    },
    "skirt": {
        "cut": ("A-line", "pleated", "pencil", "tiered", "wrap", "button-through", "full"),
        "length": ("mini", "knee", "midi", "maxi"),
    },
    "t-shirt": {
        "neckline": ("crew", "crew", "V", "boat", "scoop"),
        "sleeves": ("short", "short", "cap", "elbow-length", "long"),
        "fit": ("regular", "boxy", "slim"),
        "front": ("", "pocket", "sun print", "wave print", "leaf print", "heart print", "mountain print", "dot print"),
        "edges": ("tonal", "contrast", "tonal"),
    },
    "shirt": {
        "collar": ("pointed", "button-down", "band", "camp"),
        "sleeves": ("long", "short", "rolled", "long"),
        "fit": ("regular", "boxy", "slim"),
        "front": ("", "pocket", "two-pocket", "hidden-button"),
    },
    "sweater": {
        "neckline": ("crew", "V", "turtle", "mock", "crew"),
        "knit": ("plain", "cable", "ribbed", "yoke", "colour-block", "cable"),
        "sleeves": ("long", "balloon", "long"),
        "fit": ("regular", "boxy", "slim"),
    },
    "cardigan": {
        "closure": ("button", "button", "open", "zip", "belted"),
        "neckline": ("V", "round", "shawl"),
        "knit": ("plain", "cable", "ribbed", "tipped"),
        "length": ("cropped", "hip", "long", "hip"),
    },
    "trousers": {
        "leg": ("straight", "wide", "tapered", "flared"),
        "length": ("full", "ankle", "full"),
        "waist": ("belted", "pleated", "flat", "drawstring", "tie"),
        "pockets": ("slant", "side", "patch"),
    },
    "jeans": {
        "leg": ("skinny", "straight", "wide", "flared", "tapered"),
        "length": ("full", "ankle", "full"),
        "hem": ("clean", "rolled", "raw"),
        "finish": ("clean", "faded", "ripped", "patched"),
    },
    "shorts": {
        "cut": ("chino", "pleated", "drawstring", "cargo", "paperbag"),
        "length": ("short", "mid-thigh", "bermuda"),
        "hem": ("clean", "rolled", "clean"),
    },
    "coat": {
        "closure": ("single-breasted", "double-breasted", "wrap", "toggle", "hidden"),
        "collar": ("notch", "shawl", "hood", "round", "stand"),
        "length": ("knee", "midi", "mid-thigh"),
        "shape": ("straight", "A-line", "cocoon"),
    },
    "jacket": {
        "cut": ("denim", "biker", "bomber", "blazer", "puffer", "shell"),
        "length": ("cropped", "hip"),
        "pockets": ("flap", "welt", "patch"),
    },
    "sneaker": {
        "cut": ("low", "high", "low"),
        "sole": ("flat", "chunky", "gum"),
        "closure": ("lace-up", "strap", "slip-on", "lace-up"),
        "side": ("plain", "stripes", "wave", "panel"),
    },
    "boot": {
        "shaft": ("ankle", "calf", "knee"),
        "heel": ("flat", "block", "stacked", "slender"),
        "closure": ("elastic", "lace-up", "zip", "buckle"),
    },
    "pump": {
        "heel": ("stiletto", "kitten", "block", "flat"),
        "toe": ("pointed", "round", "almond"),
        "detail": ("", "bow", "strap", "buckle", "slingback", "two-tone"),
    },
    "sandal": {
        "heel": ("flat", "wedge", "block", "platform"),
        "straps": ("crossed", "double", "T-bar", "gladiator", "slide"),
    },
    "handbag": {
        "shape": ("trapezoid", "half-moon", "box", "bucket", "baguette"),
        "handle": ("top", "shoulder", "chain"),
        "closure": ("flap", "zip", "clasp"),
    },
    "tote": {
        "material": ("canvas", "leather", "woven"),
        "handles": ("long", "short"),
        "front": ("", "pocket", "sun print", "leaf print", "wave print", "colour-block"),
    },
    "backpack": {
        "shape": ("round-top", "roll-top", "flap"),
        "pockets": ("front", "double", "zip"),
        "straps": ("tonal", "contrast"),
    },
    "hat": {"shape": ("fedora", "bucket", "sun", "boater", "cap", "beret"), "band": ("plain", "wide", "bow", "cord")},
    "beanie": {"knit": ("ribbed", "cable", "plain", "striped"), "cuff": ("wide", "narrow", "no"), "top": ("pompom", "plain", "slouchy", "pompom")},
    "scarf": {"fold": ("looped", "hanging", "square"), "ends": ("fringed", "tasselled", "plain")},
    "sunglasses": {
        "frame": ("round", "cat-eye", "aviator", "square", "oversized", "hexagonal"),
        "lenses": ("gradient", "dark", "tinted"),
    },
    "watch": {
        "case": ("round", "round", "square", "cushion"),
        "strap": ("leather", "steel", "textile", "mesh"),
        "dial": ("baton", "numeral", "chronograph", "bare"),
    },
}
"""What may be chosen; each reads as "value name" ("puff sleeves"), and what is empty the product does not have."""

STYLED: dict[str, dict[str, Choices]] = {
    "classic": {
        "dress": {"skirt": ("A-line", "straight", "wrap"), "detail": ("belt", "button", "", "belt")},
        "skirt": {"cut": ("A-line", "pencil", "pleated")},
        "shirt": {"collar": ("pointed", "button-down"), "front": ("", "pocket")},
        "trousers": {"waist": ("belted", "pleated", "flat")},
        "coat": {"closure": ("single-breasted", "double-breasted", "wrap"), "collar": ("notch", "notch", "shawl")},
        "jacket": {"cut": ("blazer", "blazer", "denim", "biker")},
        "handbag": {"shape": ("trapezoid", "box", "baguette"), "closure": ("flap", "clasp")},
        "pump": {"detail": ("", "", "two-tone", "slingback")},
        "watch": {"dial": ("baton", "numeral")},
    },
    "minimal": {
        "dress": {"skirt": ("straight", "straight", "A-line"), "detail": ("",), "neckline": ("boat", "round", "V", "square", "strappy")},
        "skirt": {"cut": ("A-line", "pencil", "wrap")},
        "t-shirt": {"front": ("", "", "pocket"), "edges": ("tonal",)},
        "shirt": {"collar": ("band", "pointed"), "front": ("hidden-button", "")},
        "sweater": {"knit": ("plain", "ribbed", "plain")},
        "trousers": {"waist": ("flat", "pleated")},
        "jeans": {"finish": ("clean",), "hem": ("clean", "raw")},
        "coat": {"closure": ("hidden", "wrap", "single-breasted"), "collar": ("stand", "shawl", "notch")},
        "sneaker": {"side": ("plain",), "closure": ("lace-up", "slip-on")},
        "pump": {"detail": ("", "slingback")},
        "watch": {"dial": ("bare", "baton")},
        "beanie": {"top": ("plain",)},
    },
    "romantic": {
        "dress": {"sleeves": ("puff", "bell", "puff", "", "short"), "skirt": ("full", "tiered", "A-line"), "detail": ("bow", "collar", "", "bow"), "neckline": ("square", "sweetheart", "V", "round")},
        "skirt": {"cut": ("tiered", "full", "pleated")},
        "t-shirt": {"front": ("", "heart print", "leaf print"), "sleeves": ("puff", "cap", "short")},
        "shirt": {"collar": ("bow", "round", "ruffled"), "sleeves": ("balloon", "puff", "long"), "front": ("",)},
        "sweater": {"sleeves": ("balloon", "long"), "knit": ("cable", "yoke", "plain")},
        "shorts": {"cut": ("paperbag", "pleated")},
        "trousers": {"waist": ("tie", "pleated", "belted"), "leg": ("wide", "flared", "tapered")},
        "coat": {"collar": ("round", "shawl"), "shape": ("A-line", "A-line", "cocoon")},
        "pump": {"detail": ("bow", "strap", "bow")},
        "hat": {"shape": ("sun", "beret", "boater", "fedora"), "band": ("bow", "wide", "bow")},
    },
    "retro": {
        "dress": {"skirt": ("full", "A-line", "A-line"), "detail": ("collar", "button", "belt", "contrast hem"), "length": ("mini", "knee", "knee")},
        "skirt": {"cut": ("button-through", "full", "A-line")},
        "t-shirt": {"edges": ("contrast",), "front": ("", "sun print", "dot print", "wave print")},
        "shirt": {"collar": ("camp", "pointed", "round"), "sleeves": ("short", "rolled")},
        "sweater": {"knit": ("yoke", "colour-block", "cable"), "neckline": ("turtle", "crew", "V")},
        "cardigan": {"knit": ("tipped", "cable")},
        "trousers": {"leg": ("flared", "wide", "tapered")},
        "jeans": {"leg": ("flared", "straight", "wide")},
        "jacket": {"cut": ("bomber", "denim", "biker")},
        "sneaker": {"side": ("stripes", "wave", "panel"), "sole": ("gum", "flat")},
        "pump": {"detail": ("strap", "two-tone", "buckle"), "heel": ("block", "kitten", "block")},
        "sunglasses": {"frame": ("cat-eye", "round", "oversized")},
    },
    "sporty": {
        "dress": {"skirt": ("straight", "A-line"), "detail": ("contrast hem", "button", "belt"), "sleeves": ("short", "cap", "", "elbow-length"), "neckline": ("round", "V", "boat"), "length": ("mini", "knee")},
        "skirt": {"cut": ("pleated", "A-line", "button-through"), "length": ("mini", "knee")},
        "t-shirt": {"edges": ("contrast", "contrast", "tonal")},
        "sweater": {"knit": ("colour-block", "plain", "ribbed"), "neckline": ("crew", "mock")},
        "cardigan": {"closure": ("zip", "zip", "button")},
        "trousers": {"waist": ("drawstring",), "leg": ("tapered", "straight"), "pockets": ("side", "slant")},
        "shorts": {"cut": ("drawstring", "cargo", "drawstring")},
        "coat": {"collar": ("hood", "stand"), "closure": ("hidden", "toggle"), "length": ("mid-thigh", "knee")},
        "jacket": {"cut": ("bomber", "shell", "puffer")},
        "boot": {"closure": ("lace-up", "lace-up", "elastic"), "heel": ("flat", "flat", "block")},
        "sandal": {"heel": ("flat", "platform"), "straps": ("double", "slide", "crossed")},
        "sneaker": {"side": ("stripes", "wave", "panel"), "sole": ("chunky", "chunky", "flat")},
        "hat": {"shape": ("cap", "cap", "bucket"), "band": ("plain",)},
        "watch": {"dial": ("chronograph", "numeral"), "strap": ("textile", "steel")},
    },
    "boho": {
        "dress": {"sleeves": ("bell", "puff", "long", ""), "skirt": ("tiered", "full", "wrap"), "length": ("midi", "maxi", "maxi"), "detail": ("bow", "", "button", "contrast hem"), "neckline": ("V", "square", "V", "strappy")},
        "skirt": {"cut": ("tiered", "wrap", "full"), "length": ("midi", "maxi", "midi")},
        "shirt": {"collar": ("band", "camp", "ruffled"), "sleeves": ("balloon", "rolled", "long")},
        "cardigan": {"closure": ("open", "belted", "button"), "length": ("long", "hip")},
        "trousers": {"leg": ("wide", "flared"), "waist": ("tie", "drawstring", "belted")},
        "jeans": {"leg": ("flared", "wide", "straight"), "finish": ("faded", "ripped", "patched")},
        "coat": {"closure": ("wrap", "toggle", "single-breasted"), "shape": ("cocoon", "A-line")},
        "handbag": {"shape": ("bucket", "half-moon"), "handle": ("shoulder", "shoulder", "top")},
        "sandal": {"straps": ("gladiator", "T-bar", "crossed")},
        "hat": {"shape": ("fedora", "sun", "bucket"), "band": ("cord", "wide")},
        "scarf": {"ends": ("fringed", "tasselled")},
        "tote": {"material": ("woven", "canvas")},
    },
}
"""What a style narrows the choice to."""


def details(form: str, look: Look) -> dict[str, str]:
    """The same look always gives the same details; a form that is not among `CHOICES` is a KeyError."""
    rng = Random(f"{form} {look.seed}")
    options = {**CHOICES[form], **STYLED.get(look.style, {}).get(form, {})}
    chosen = _agreed(form, {name: rng.choice(options[name]) for name in CHOICES[form]})
    if look.pattern != "plain" and chosen.get("front", "").endswith("print"):
        chosen["front"] = "pocket"
    return {name: value for name, value in chosen.items() if value}


def _agreed(form: str, chosen: dict[str, str]) -> dict[str, str]:
    """Settles what does not go together, in favour of what shows most."""
    for (owner, name, value), changes in CLASHES.items():
        if owner == form and chosen.get(name) == value:
            chosen |= {other: settled for other, (clashing, settled) in changes.items() if not clashing or chosen[other] in clashing}
    return chosen


CLASHES: dict[tuple[str, str, str], dict[str, tuple[tuple[str, ...], str]]] = {
    ("dress", "neckline", "strappy"): {"sleeves": ((), ""), "detail": (("collar", "button"), "")},
    ("dress", "neckline", "sweetheart"): {"detail": (("collar", "button"), "bow")},
    ("dress", "neckline", "square"): {"detail": (("collar",), "")},
    ("dress", "neckline", "boat"): {"detail": (("collar", "button"), "belt")},
    ("dress", "neckline", "V"): {"detail": (("collar",), "belt")},
    ("dress", "skirt", "wrap"): {"detail": (("button", "contrast hem", "belt", "collar"), "bow"), "neckline": (("round", "boat", "square", "strappy", "sweetheart"), "V")},
    ("dress", "skirt", "tiered"): {"detail": (("contrast hem", "button"), "bow"), "length": (("mini",), "midi")},
    ("dress", "skirt", "straight"): {"length": (("maxi",), "midi")},
    ("skirt", "cut", "pencil"): {"length": (("mini", "maxi"), "knee")},
    ("skirt", "cut", "tiered"): {"length": (("mini",), "midi")},
    ("shirt", "collar", "bow"): {"front": ((), "")},
    ("shirt", "collar", "ruffled"): {"front": ((), "")},
    ("shirt", "collar", "camp"): {"sleeves": (("balloon", "puff"), "short"), "front": (("hidden-button",), "pocket")},
    ("sweater", "knit", "yoke"): {"neckline": (("V",), "crew")},
    ("cardigan", "closure", "belted"): {"neckline": ((), "shawl"), "length": (("cropped",), "hip")},
    ("cardigan", "closure", "zip"): {"neckline": ((), "round")},
    ("cardigan", "neckline", "round"): {"closure": (("open",), "button")},
    ("cardigan", "closure", "open"): {"neckline": (("round",), "shawl")},
    ("trousers", "leg", "flared"): {"length": (("ankle",), "full")},
    ("jeans", "leg", "flared"): {"hem": (("rolled",), "raw"), "length": ((), "full")},
    ("coat", "closure", "toggle"): {"collar": ((), "hood")},
    ("coat", "closure", "wrap"): {"collar": (("hood", "round", "stand"), "shawl")},
    ("coat", "closure", "double-breasted"): {"collar": (("hood", "stand", "shawl"), "notch")},
    ("jacket", "cut", "denim"): {"pockets": ((), "flap")},
    ("jacket", "cut", "biker"): {"pockets": ((), "zip")},
    ("jacket", "cut", "bomber"): {"pockets": ((), "welt")},
    ("jacket", "cut", "puffer"): {"pockets": ((), "zip")},
    ("jacket", "cut", "shell"): {"pockets": ((), "zip")},
    ("jacket", "cut", "blazer"): {"length": ((), "hip")},
    ("sneaker", "closure", "slip-on"): {"cut": ((), "low")},
    ("boot", "shaft", "knee"): {"closure": (("elastic",), "zip")},
    ("boot", "closure", "elastic"): {"shaft": ((), "ankle")},
    ("sandal", "straps", "slide"): {"heel": (("block",), "flat")},
    ("hat", "shape", "cap"): {"band": ((), "")},
    ("hat", "shape", "beret"): {"band": ((), "")},
    ("hat", "shape", "bucket"): {"band": (("bow", "wide"), "plain")},
    ("handbag", "shape", "half-moon"): {"closure": ((), "zip"), "handle": (("top",), "shoulder")},
    ("handbag", "shape", "bucket"): {"closure": ((), "drawstring")},
    ("handbag", "shape", "baguette"): {"handle": (("top",), "shoulder")},
    ("beanie", "top", "plain"): {"cuff": (("no",), "wide")},
    ("beanie", "top", "pompom"): {"cuff": (("no",), "narrow")},
    ("scarf", "fold", "square"): {"ends": (("fringed", "tasselled"), "plain")},
}
"""(form, name, value): {other name: (values that clash, or none for all, what stands instead)}."""
