"""The details of a product as phrases: what the picture shows, in words."""

VOWELS = (*"aeiouAEIO", "hour")

Parts = tuple[tuple[str, str], ...]

PARTS: dict[str, Parts] = {
    "dress": (("neckline", "a {} neckline"), ("sleeves", "{} sleeves"), ("length", "a {} length"), ("detail", "a {}")),
    "skirt": (("cut", "a {} cut"), ("length", "a {} length")),
    "t-shirt": (("fit", "a {} fit"), ("neckline", "a {} neck"), ("sleeves", "{} sleeves"), ("front",
                                                                                            "a {} on the front"),
                                                                                            ("edges", "{} edges")),
    "shirt": (("collar", "a {} collar"), ("sleeves", "{} sleeves"), ("fit", "a {} fit"), ("front", "a {} front")),
    "sweater": (("knit", "a {} knit"), ("neckline", "a {} neck"), ("sleeves", "{} sleeves"), ("fit", "a {} fit")),
    "cardigan": (("closure", "a {} front"), ("neckline", "a {} neckline"), ("knit", "a {} knit"), ("length",
                                                                                                   "a {} length")),
    "trousers": (("leg", "a {} leg"), ("waist", "a {} waist"), ("pockets", "{} pockets"), ("length", "an {} length")),
    "jeans": (("leg", "a {} leg"), ("finish", "a {} finish"), ("hem", "a {} hem")),
    "shorts": (("cut", "a {} cut"), ("length", "a {} length"), ("hem", "a {} hem")),
    "coat": (("closure", "a {} front"), ("collar", "a {} collar"), ("shape", "a {} shape"), ("length", "a {} length")),
    "jacket": (("length", "a {} length"), ("pockets", "{} pockets")),
    "sneaker": (("sole", "a {} sole"), ("side", "{} along the side"), ("closure", "a {} closure")),
    "boot": (("shaft", "a shaft to the {}"), ("heel", "a {} heel"), ("closure", "a {} closure")),
    "pump": (("toe", "a {} toe"), ("heel", "a {} heel"), ("detail", "a {}")),
    "sandal": (("heel", "a {} sole"), ("straps", "{} straps")),
    "handbag": (("shape", "a {} shape"), ("handle", "a {} handle"), ("closure", "a {} closure")),
    "tote": (("handles", "{} handles"), ("front", "a {} on the front")),
    "backpack": (("shape", "a {} opening"), ("pockets", "a {} pocket"), ("straps", "{} straps")),
    "hat": (("band", "a {} band"),),
    "beanie": (("knit", "a {} knit"), ("cuff", "a {} cuff"), ("top", "a {} top")),
    "scarf": (("ends", "{} ends"), ("fold", "a {} drape")),
    "sunglasses": (("frame", "{} frames"), ("lenses", "{} lenses")),
    "watch": (("case", "a {} case"), ("dial", "a {} dial"), ("strap", "a {} strap")),
    "table lamp": (("shape", "a {} base"), ("shade", "a {} shade")),
    "pendant lamp": (("shape", "a {} shape"), ("material", "a shade of {}")),
    "floor lamp": (("shape", "a {} stand"), ("shade", "a {} shade")),
    "chair": (("back", "a {}"), ("seat", "a {}")),
    "armchair": (("legs", "legs of {}"), ("detail", "a {} finish")),
    "stool": (("legs", "legs of {}"), ("seat", "a {}")),
    "cushion": (("shape", "a {} shape"), ("detail", "a {}")),
    "rug": (("shape", "a {} shape"), ("detail", "a {}")),
    "throw": (("detail", "a {}"),),
    "vase": (("shape", "a {} shape"), ("content", "room for {}")),
    "plant pot": (("stand", "a {}"), ("plant", "just the right depth for a {}")),
    "candle": (("holder", "a {}"),),
    "mirror": (("shape", "a {} outline"), ("frame", "a frame of {}")),
    "wall clock": (("shape", "a {} case"), ("face", "{} on the face"), ("frame", "a frame of {}")),
    "mug": (("shape", "a {} shape"), ("handle", "a {}")),
    "teapot": (("shape", "a {} body"), ("handle", "a {}")),
    "plate": (("shape", "a {} shape"), ("detail", "a {}")),
    "bowl": (("shape", "a {} shape"), ("detail", "a {}")),
    "saucepan": (("shape", "a {} body"), ("handle", "a {}")),
    "kettle": (("shape", "a {} body"), ("handle", "a {}")),
    "carafe": (("shape", "a {} shape"), ("top", "a {}")),
}  # fmt: skip

SPECIAL = {
    "dress.neckline.strappy": "slim straps", "dress.neckline.V": "a V-neckline",
    "dress.neckline.boat": "a boat neckline",
    "dress.detail.belt": "a belt at the waist", "dress.detail.bow": "a bow at the waist",
    "dress.detail.button": "a row of buttons",
    "dress.detail.contrast hem": "a hem in a contrasting colour", "dress.length.knee": "a hem at the knee",
    "skirt.length.knee": "a hem at the knee", "skirt.cut.button-through": "buttons all the way down",
    "t-shirt.neckline.V": "a V-neck", "t-shirt.edges.tonal": "", "t-shirt.edges.contrast": "contrasting edges",
    "shirt.collar.camp": "an open camp collar", "shirt.collar.bow": "a bow at the neck",
    "shirt.front.pocket": "a chest pocket",
    "shirt.front.two-pocket": "two chest pockets", "shirt.front.hidden-button": "hidden buttons",
    "sweater.neckline.V": "a V-neck", "sweater.neckline.turtle": "a turtleneck", "sweater.neckline.mock": "a mock neck",
    "sweater.knit.plain": "a smooth knit", "sweater.knit.yoke": "a patterned yoke",
    "sweater.knit.colour-block": "blocks of colour",
    "sweater.knit.ribbed": "ribs from top to hem", "sweater.knit.cable": "cables down the front",
    "sweater.sleeves.long": "",
    "cardigan.closure.button": "a row of buttons", "cardigan.closure.zip": "a zip",
    "cardigan.closure.belted": "a belt to tie",
    "cardigan.neckline.V": "a V-neckline", "cardigan.neckline.shawl": "a shawl collar",
    "cardigan.knit.plain": "a smooth knit",
    "cardigan.knit.tipped": "edges tipped in a second colour", "cardigan.knit.cable": "cables down the front",
    "cardigan.length.hip": "a length to the hip", "cardigan.length.long": "a long, easy line",
    "trousers.length.full": "a full length", "trousers.waist.flat": "a flat front",
    "trousers.waist.tie": "a tie at the waist",
    "trousers.waist.pleated": "pleats at the waist", "trousers.waist.belted": "a belt",
    "trousers.waist.drawstring": "a drawstring waist",
    "jeans.finish.clean": "", "jeans.finish.faded": "a gently faded front",
    "jeans.finish.ripped": "a rip or two at the knee",
    "jeans.finish.patched": "a patch here and there", "jeans.hem.clean": "a clean hem",
    "jeans.hem.rolled": "rolled hems",
    "shorts.length.short": "a short leg", "shorts.length.mid-thigh": "a leg to mid-thigh",
    "shorts.length.bermuda": "a bermuda length",
    "shorts.hem.clean": "a clean hem", "shorts.hem.rolled": "rolled hems",
    "coat.collar.notch": "notched lapels", "coat.collar.hood": "a hood", "coat.closure.toggle": "toggles",
    "coat.closure.wrap": "a belt to tie",
    "coat.closure.hidden": "a hidden button row", "coat.length.knee": "a length to the knee",
    "coat.length.mid-thigh": "a length to mid-thigh",
    "coat.length.midi": "a midi length", "coat.collar.stand": "a stand-up collar",
    "jacket.length.hip": "a length to the hip",
    "sneaker.side.plain": "", "sneaker.side.wave": "a wave along the side",
    "sneaker.side.panel": "a contrasting panel", "sneaker.sole.gum": "a gum sole",
    "sneaker.closure.lace-up": "laces", "sneaker.closure.strap": "a strap", "sneaker.closure.slip-on": "a slip-on fit",
    "boot.closure.elastic": "elastic at the sides", "boot.closure.lace-up": "laces",
    "boot.closure.zip": "a zip at the side",
    "boot.closure.buckle": "a buckle", "boot.shaft.calf": "a shaft to the calf", "boot.heel.flat": "a flat heel",
    "pump.heel.stiletto": "a stiletto heel", "pump.heel.flat": "hardly any heel",
    "pump.detail.two-tone": "a toe cap in a second colour",
    "pump.detail.slingback": "a slingback", "pump.detail.bow": "a bow",
    "pump.detail.strap": "a strap across the instep", "pump.toe.almond": "an almond toe",
    "sandal.heel.wedge": "a wedge", "sandal.heel.platform": "a platform", "sandal.heel.block": "a block heel",
    "sandal.heel.flat": "a flat sole",
    "sandal.straps.slide": "one broad strap", "sandal.straps.double": "two straps", "sandal.straps.T-bar": "a T-bar",
    "sandal.straps.gladiator": "straps to the ankle",
    "handbag.handle.top": "a top handle", "handbag.handle.shoulder": "a shoulder strap",
    "handbag.handle.chain": "a chain",
    "handbag.shape.trapezoid": "a trapezoid body", "handbag.closure.flap": "a flap", "handbag.closure.zip": "a zip",
    "handbag.closure.clasp": "a clasp",
    "handbag.closure.drawstring": "a drawstring",
    "tote.front.colour-block": "two blocks of colour", "tote.front.pocket": "a front pocket",
    "backpack.shape.round-top": "a rounded top", "backpack.shape.roll-top": "a roll-top",
    "backpack.shape.flap": "a flap",
    "backpack.pockets.front": "a front pocket", "backpack.pockets.double": "two front pockets",
    "backpack.pockets.zip": "a zipped pocket",
    "backpack.straps.tonal": "", "backpack.straps.contrast": "contrasting straps",
    "hat.band.bow": "a bow on the band", "hat.band.cord": "a cord round the crown",
    "beanie.cuff.no": "", "beanie.top.pompom": "a pompom", "beanie.top.plain": "",
    "beanie.top.slouchy": "a slouchy top", "beanie.knit.plain": "a smooth knit",
    "beanie.knit.striped": "stripes all round",
    "scarf.fold.looped": "", "scarf.fold.hanging": "", "scarf.fold.square": "a square cut",
    "scarf.ends.plain": "neatly finished ends",
    "watch.dial.bare": "a bare dial", "watch.dial.baton": "slim batons on the dial",
    "watch.dial.numeral": "numerals on the dial",
    "watch.dial.chronograph": "three small dials within the dial", "watch.strap.steel": "a steel bracelet",
    "watch.strap.mesh": "a mesh bracelet",
    "table lamp.shape.turned": "a turned base", "table lamp.shape.ball": "a ball for a base",
    "table lamp.shape.mushroom": "a mushroom silhouette",
    "table lamp.shape.stacked": "a stack of rounds for a base",
    "floor lamp.shape.arc": "a wide arc", "floor lamp.shape.reading": "a swivelling head",
    "floor lamp.shape.tripod": "three legs",
    "armchair.detail.plain": "", "armchair.detail.buttoned": "a buttoned back", "armchair.detail.piped": "piped edges",
    "armchair.detail.channelled": "a channelled back",
    "armchair.legs.brass-tipped walnut": "legs of brass-tipped walnut",
    "stool.shape.pouffe": "", "cushion.detail.tassels": "tassels at the corners",
    "cushion.detail.centre button": "a button in the centre",
    "cushion.detail.fringe": "a fringe", "rug.detail.rings": "rings within rings",
    "rug.detail.arches": "a pattern of arches",
    "rug.detail.blocks": "blocks of colour", "rug.shape.runner": "a runner's length",
    "throw.detail.tassels": "tassels at the ends",
    "throw.detail.stripe": "a stripe near the edge",
    "vase.content.empty": "", "vase.content.eucalyptus": "room for a branch of eucalyptus",
    "vase.content.dried grass": "room for dried grasses",
    "vase.content.tulips": "room for a bunch of tulips",
    "vase.content.blossom twigs": "room for a few blossoming twigs",
    "vase.shape.moon jar": "the full round of a moon jar", "vase.shape.ring": "a ring for a body",
    "wall clock.face.minute track": "a minute track on the face", "wall clock.shape.sunburst": "a sunburst outline",
    "mug.handle.no handle": "no handle, only warmth for both hands",
    "plate.detail.plain": "", "bowl.detail.plain": "", "bowl.detail.raw foot": "a raw foot",
    "plate.detail.raw edge": "a raw edge",
    "bowl.detail.painted outside": "a painted outside", "bowl.detail.patterned outside": "a patterned outside",
    "plate.detail.patterned centre": "a pattern in the centre", "plate.detail.patterned rim": "a pattern round the rim",
    "saucepan.handle.two loops": "two loop handles", "saucepan.shape.casserole": "a casserole's generous body",
    "candle.holder.glass jar": "a glass jar to burn in", "candle.holder.stoneware jar": "a stoneware jar to burn in",
    "carafe.top.open": "an open top", "carafe.shape.insulated": "an insulated body",
    "carafe.shape.pitcher": "a pitcher's handle and lip",
    "carafe.shape.decanter": "a decanter's broad base",
}  # fmt: skip
"""`form.fact.value` that do not read as the rest of their kind; an empty one goes without saying."""


def parts(form: str, facts: dict[str, str]) -> list[str]:
    """["a V-neckline", "puff sleeves", "a bow at the waist"]."""
    found = [
        _part(form, key, template, facts[key]) for key, template in PARTS[form] if facts.get(key, "none") != "none"
    ]
    return [part for part in found if part]


def listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def _part(form: str, key: str, template: str, value: str) -> str:
    special = SPECIAL.get(f"{form}.{key}.{value}")
    return _with_article(template.format(value)) if special is None else special


def _with_article(phrase: str) -> str:
    """ "a oak stand" -> "an oak stand"."""
    for wrong, right in (("an ", "a "), ("a ", "an ")):
        rest = phrase.removeprefix(wrong)
        if rest != phrase and rest.startswith(VOWELS) == (right == "an "):
            return right + rest
    return phrase
