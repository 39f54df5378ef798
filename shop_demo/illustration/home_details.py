"""What home and kitchen products are made of and how they are built: read by the drawing and by the text."""

from random import Random

from shop_demo.illustration.look import Look

Facts = dict[str, str]
Variant = tuple[str, Facts]

OFF_STYLE = 0.15
"""How often a product borrows from another style: no shop is that tidy."""


DRAWN_ON_PLAIN = ("rings", "arches", "blocks")
"""Designs of a rug that would fight with a pattern."""


def details(form: str, look: Look) -> Facts:
    """The same for the same form, style and seed; empty for a form of another department."""
    variants = VARIANTS.get(form, ())
    if not variants:
        return {}
    rng = Random(f"{form} {look.style} {look.seed}")
    fitting = [facts for styles, facts in variants if look.style in styles]
    if not fitting or rng.random() < OFF_STYLE:
        fitting = [facts for _, facts in variants]
    facts = dict(rng.choice(fitting))
    if look.pattern != "plain" and facts.get("detail") in DRAWN_ON_PLAIN:
        facts["detail"] = "bound edge"
    for name, options in EXTRAS.get(form, {}).items():
        facts[name] = rng.choice(options)
    return facts


def _variant(styles: str, **facts: str) -> Variant:
    return styles, facts


VARIANTS: dict[str, tuple[Variant, ...]] = {
    "table lamp": (
        _variant("classic romantic", shape="urn", material="glazed ceramic", shade="empire"),
        _variant("classic retro", shape="gourd", material="glazed ceramic", shade="drum"),
        _variant("classic romantic", shape="turned", material="walnut", shade="pleated"),
        _variant("classic minimal", shape="column", material="brass", shade="drum"),
        _variant("minimal sporty", shape="column", material="black steel", shade="dome"),
        _variant("minimal boho", shape="ball", material="matt ceramic", shade="drum"),
        _variant("minimal retro sporty", shape="cone", material="oak", shade="drum"),
        _variant("retro sporty", shape="mushroom", material="lacquered steel", shade="dome"),
        _variant("retro boho", shape="stacked", material="matt ceramic", shade="cone"),
        _variant("boho romantic", shape="bottle", material="glazed ceramic", shade="pleated"),
        _variant("boho", shape="turned", material="oak", shade="empire"),
        _variant("romantic classic", shape="bottle", material="marble", shade="empire"),
    ),
    "pendant lamp": (
        _variant("classic romantic", shape="bell", material="glass"),
        _variant("classic romantic", shape="drum", material="linen"),
        _variant("classic sporty", shape="workshop", material="enamel"),
        _variant("minimal sporty", shape="cone", material="lacquered steel"),
        _variant("minimal boho", shape="globe", material="paper"),
        _variant("minimal retro", shape="dome", material="lacquered steel"),
        _variant("minimal romantic", shape="globe", material="glass"),
        _variant("retro", shape="tiered", material="lacquered steel"),
        _variant("retro sporty", shape="saucer", material="lacquered steel"),
        _variant("boho", shape="basket", material="rattan"),
        _variant("boho", shape="bell", material="rattan"),
        _variant("romantic boho", shape="tulip", material="glass"),
    ),
    "floor lamp": (
        _variant("classic romantic", shape="straight", material="brass", shade="empire"),
        _variant("classic", shape="turned", material="walnut", shade="drum"),
        _variant("minimal sporty", shape="reading", material="black steel", shade="dome"),
        _variant("minimal retro", shape="arc", material="steel", shade="dome"),
        _variant("minimal", shape="straight", material="black steel", shade="drum"),
        _variant("retro sporty boho", shape="tripod", material="oak", shade="drum"),
        _variant("retro romantic", shape="tripod", material="walnut", shade="cone"),
        _variant("retro", shape="reading", material="brass", shade="cone"),
        _variant("boho romantic", shape="arc", material="brass", shade="pleated"),
        _variant("boho", shape="tripod", material="bamboo", shade="pleated"),
    ),
    "chair": (
        _variant("classic", back="slatted back", material="walnut", seat="upholstered seat"),
        _variant("classic romantic", back="oval back", material="white-painted beech", seat="upholstered seat"),
        _variant("classic boho", back="cane back", material="oak", seat="upholstered seat"),
        _variant("minimal sporty", back="shell back", material="black steel", seat="moulded seat"),
        _variant("minimal", back="curved back", material="oak", seat="upholstered seat"),
        _variant("retro", back="shell back", material="beech", seat="moulded seat"),
        _variant("retro sporty", back="curved back", material="steel", seat="upholstered seat"),
        _variant("romantic boho", back="spindle back", material="painted beech", seat="seat pad"),
        _variant("minimal sporty", back="ladder back", material="beech", seat="seat pad"),
        _variant("boho", back="cane back", material="bamboo", seat="upholstered seat"),
    ),
    "armchair": (
        _variant("classic", shape="wing chair", legs="walnut", detail="buttoned"),
        _variant("classic romantic", shape="club chair", legs="walnut", detail="piped"),
        _variant("minimal sporty", shape="cube", legs="black steel", detail="plain"),
        _variant("minimal boho", shape="lounge", legs="oak", detail="plain"),
        _variant("retro sporty", shape="lounge", legs="walnut", detail="buttoned"),
        _variant("retro", shape="cocktail chair", legs="brass-tipped walnut", detail="plain"),
        _variant("romantic", shape="cocktail chair", legs="beech", detail="channelled"),
        _variant("romantic boho", shape="tub", legs="beech", detail="channelled"),
        _variant("boho minimal", shape="tub", legs="oak", detail="piped"),
        _variant("sporty retro", shape="cube", legs="steel", detail="piped"),
    ),
    "stool": (
        _variant("classic romantic", shape="footstool", legs="walnut", seat="upholstered seat"),
        _variant("classic boho", shape="milking stool", legs="oak", seat="painted seat"),
        _variant("minimal", shape="three-legged", legs="beech", seat="painted seat"),
        _variant("minimal sporty", shape="bar stool", legs="black steel", seat="upholstered seat"),
        _variant("retro sporty", shape="bar stool", legs="steel", seat="upholstered seat"),
        _variant("retro", shape="three-legged", legs="walnut", seat="upholstered seat"),
        _variant("romantic boho", shape="pouffe", legs="none", seat="upholstered seat"),
        _variant("boho", shape="bar stool", legs="bamboo", seat="upholstered seat"),
        _variant("retro sporty minimal", shape="pouffe", legs="none", seat="upholstered seat"),
    ),
    "cushion": (
        _variant("classic", shape="square", material="cotton", detail="piped edge"),
        _variant("classic retro", shape="oblong", material="velvet", detail="piped edge"),
        _variant("minimal sporty", shape="square", material="linen", detail="plain edge"),
        _variant("minimal", shape="oblong", material="linen", detail="flange edge"),
        _variant("romantic", shape="square", material="cotton", detail="ruffled edge"),
        _variant("romantic retro", shape="round", material="velvet", detail="centre button"),
        _variant("retro sporty", shape="square", material="corduroy", detail="piped edge"),
        _variant("boho", shape="square", material="cotton", detail="tassels"),
        _variant("boho", shape="oblong", material="wool", detail="fringe"),
        _variant("sporty minimal boho", shape="oblong", material="wool", detail="plain edge"),
    ),
    "rug": (
        _variant("classic", shape="rectangular", material="wool", detail="border"),
        _variant("classic romantic", shape="oval", material="wool", detail="border"),
        _variant("minimal", shape="rectangular", material="wool", detail="bound edge"),
        _variant("minimal retro sporty", shape="round", material="wool", detail="rings"),
        _variant("retro", shape="rectangular", material="tufted wool", detail="arches"),
        _variant("sporty minimal", shape="rectangular", material="flatwoven cotton", detail="blocks"),
        _variant("romantic boho", shape="round", material="cotton", detail="fringe"),
        _variant("boho", shape="rectangular", material="flatwoven cotton", detail="fringe"),
        _variant("boho classic", shape="runner", material="flatwoven cotton", detail="fringe"),
    ),
    "throw": (
        _variant("classic minimal", shape="folded", material="wool", detail="fringe"),
        _variant("classic romantic", shape="folded", material="cashmere", detail="bound edge"),
        _variant("minimal sporty", shape="draped", material="cotton", detail="plain edge"),
        _variant("minimal boho romantic", shape="folded", material="chunky knit", detail="ribbed edge"),
        _variant("retro sporty", shape="draped", material="wool", detail="fringe"),
        _variant("boho romantic retro", shape="draped", material="cotton", detail="tassels"),
    ),
    "vase": (
        _variant("classic", shape="urn", material="porcelain"),
        _variant("classic romantic", shape="baluster", material="porcelain"),
        _variant("minimal sporty", shape="cylinder", material="stoneware"),
        _variant("minimal", shape="bottle", material="stoneware"),
        _variant("minimal retro", shape="ring", material="stoneware"),
        _variant("retro", shape="gourd", material="glazed ceramic"),
        _variant("retro sporty", shape="cone", material="glass"),
        _variant("romantic", shape="trumpet", material="glass"),
        _variant("romantic boho", shape="jug", material="glazed ceramic"),
        _variant("boho minimal", shape="moon jar", material="stoneware"),
        _variant("boho", shape="amphora", material="terracotta"),
    ),
    "plant pot": (
        _variant("classic romantic", shape="tapered pot", material="glazed ceramic", stand="saucer"),
        _variant("classic boho", shape="rimmed pot", material="terracotta", stand="saucer"),
        _variant("minimal", shape="cylinder", material="stoneware", stand="oak stand"),
        _variant("minimal sporty", shape="cylinder", material="concrete", stand="none"),
        _variant("retro", shape="tapered pot", material="glazed ceramic", stand="walnut stand"),
        _variant("retro sporty", shape="bowl", material="glazed ceramic", stand="steel stand"),
        _variant("romantic boho", shape="belly pot", material="glazed ceramic", stand="none"),
        _variant("boho", shape="basket", material="seagrass", stand="none"),
    ),
    "candle": (
        _variant("classic romantic", shape="dinner candle", holder="brass candlestick"),
        _variant("classic", shape="pillar candle", holder="marble plate"),
        _variant("minimal sporty", shape="jar candle", holder="stoneware jar"),
        _variant("minimal", shape="pillar candle", holder="none"),
        _variant("retro", shape="ribbed candle", holder="ceramic saucer"),
        _variant("retro sporty", shape="ball candle", holder="none"),
        _variant("romantic", shape="twisted candle", holder="ceramic candlestick"),
        _variant("romantic boho", shape="jar candle", holder="glass jar"),
        _variant("boho", shape="twisted candle", holder="wooden candlestick"),
        _variant("boho minimal", shape="ribbed candle", holder="none"),
    ),
    "mirror": (
        _variant("classic", shape="rectangular", frame="brass"),
        _variant("classic romantic", shape="oval", frame="lacquered wood"),
        _variant("minimal sporty", shape="round", frame="black steel"),
        _variant("minimal", shape="arched", frame="lacquered wood"),
        _variant("retro", shape="sunburst", frame="brass"),
        _variant("retro sporty", shape="pebble", frame="lacquered wood"),
        _variant("romantic boho", shape="arched", frame="oak"),
        _variant("romantic", shape="scalloped", frame="lacquered wood"),
        _variant("boho", shape="sunburst", frame="rattan"),
        _variant("boho minimal retro", shape="round", frame="lacquered wood"),
    ),
    "wall clock": (
        _variant("classic", shape="round", frame="walnut", face="roman numerals"),
        _variant("classic sporty", shape="round", frame="steel", face="minute track"),
        _variant("minimal", shape="round", frame="none", face="four marks"),
        _variant("minimal sporty", shape="square", frame="lacquered wood", face="twelve marks"),
        _variant("retro", shape="sunburst", frame="brass", face="twelve marks"),
        _variant("retro sporty", shape="rounded square", frame="lacquered wood", face="dots"),
        _variant("romantic", shape="scalloped", frame="lacquered wood", face="roman numerals"),
        _variant("romantic boho", shape="round", frame="oak", face="dots"),
        _variant("boho", shape="octagon", frame="oak", face="twelve marks"),
    ),
    "mug": (
        _variant("classic", shape="straight", material="porcelain", handle="ear handle"),
        _variant("classic romantic", shape="footed", material="porcelain", handle="curl handle"),
        _variant("minimal", shape="straight", material="stoneware", handle="ring handle"),
        _variant("minimal boho", shape="tumbler", material="stoneware", handle="no handle"),
        _variant("retro", shape="tapered", material="stoneware", handle="ear handle"),
        _variant("sporty retro", shape="straight", material="enamel", handle="ear handle"),
        _variant("romantic boho", shape="belly", material="stoneware", handle="ear handle"),
        _variant("boho minimal", shape="belly", material="two-tone stoneware", handle="ring handle"),
        _variant("sporty minimal retro", shape="tapered", material="two-tone stoneware", handle="angular handle"),
    ),
    "teapot": (
        _variant("classic romantic", shape="globe", material="porcelain", handle="ear handle"),
        _variant("classic", shape="pear", material="porcelain", handle="ear handle"),
        _variant("minimal boho", shape="drum", material="stoneware", handle="bamboo top handle"),
        _variant("minimal sporty", shape="cone", material="stoneware", handle="ring handle"),
        _variant("retro", shape="cone", material="enamel", handle="ear handle"),
        _variant("retro sporty", shape="drum", material="enamel", handle="ring handle"),
        _variant("romantic", shape="pear", material="glazed ceramic", handle="ear handle"),
        _variant("boho romantic", shape="globe", material="cast iron", handle="steel top handle"),
        _variant("boho", shape="globe", material="stoneware", handle="bamboo top handle"),
    ),
    "plate": (
        _variant("classic", shape="rimmed", material="porcelain", detail="banded rim"),
        _variant("classic romantic", shape="rimmed", material="porcelain", detail="coloured rim"),
        _variant("minimal", shape="coupe", material="stoneware", detail="raw edge"),
        _variant("minimal sporty", shape="coupe", material="porcelain", detail="plain"),
        _variant("retro", shape="coupe", material="glazed ceramic", detail="coloured centre"),
        _variant("retro sporty", shape="rimmed", material="enamel", detail="banded rim"),
        _variant("romantic", shape="scalloped", material="porcelain", detail="coloured rim"),
        _variant("boho", shape="coupe", material="stoneware", detail="reactive glaze"),
        _variant("boho romantic", shape="coupe", material="glazed ceramic", detail="coloured centre"),
    ),
    "bowl": (
        _variant("classic", shape="footed", material="porcelain", detail="banded rim"),
        _variant("classic romantic", shape="footed", material="porcelain", detail="pale inside"),
        _variant("minimal", shape="half sphere", material="stoneware", detail="raw foot"),
        _variant("minimal sporty", shape="straight", material="stoneware", detail="plain"),
        _variant("retro sporty", shape="straight", material="enamel", detail="banded rim"),
        _variant("retro", shape="flared", material="glazed ceramic", detail="pale inside"),
        _variant("romantic", shape="scalloped", material="glazed ceramic", detail="plain"),
        _variant("boho", shape="half sphere", material="acacia wood", detail="painted outside"),
        _variant("boho minimal", shape="flared", material="stoneware", detail="raw foot"),
    ),
    "saucepan": (
        _variant("classic", shape="straight", material="copper", handle="brass handle"),
        _variant("classic romantic", shape="casserole", material="enamelled cast iron", handle="two loops"),
        _variant("minimal sporty", shape="straight", material="lacquered aluminium", handle="steel handle"),
        _variant("minimal", shape="straight", material="lacquered aluminium", handle="beech handle"),
        _variant("retro romantic", shape="belly", material="enamelled steel", handle="two loops"),
        _variant("retro", shape="straight", material="enamelled steel", handle="black handle"),
        _variant("boho", shape="belly", material="enamelled cast iron", handle="beech handle"),
        _variant("sporty retro boho", shape="casserole", material="enamelled cast iron", handle="two loops"),
    ),
    "kettle": (
        _variant("classic", shape="dome", material="enamelled steel", handle="arched handle"),
        _variant("classic romantic", shape="pear", material="enamelled steel", handle="arched handle"),
        _variant("minimal", shape="cone", material="lacquered steel", handle="side handle"),
        _variant("minimal sporty", shape="cylinder", material="lacquered steel", handle="side handle"),
        _variant("retro", shape="cone", material="enamelled steel", handle="side handle"),
        _variant("retro sporty", shape="drum", material="enamelled steel", handle="arched handle"),
        _variant("boho romantic", shape="dome", material="enamelled steel", handle="wooden arched handle"),
        _variant("boho minimal", shape="gooseneck", material="lacquered steel", handle="wooden side handle"),
    ),
    "carafe": (
        _variant("classic", shape="decanter", material="glass", top="glass stopper"),
        _variant("classic romantic", shape="pitcher", material="glass", top="open"),
        _variant("minimal", shape="bottle", material="glass", top="cork ball"),
        _variant("minimal sporty", shape="insulated", material="lacquered steel", top="screw lid"),
        _variant("retro", shape="hourglass", material="glass", top="wooden collar"),
        _variant("retro sporty", shape="insulated", material="lacquered steel", top="screw lid"),
        _variant("romantic boho", shape="pitcher", material="glazed ceramic", top="open"),
        _variant("boho", shape="bottle", material="stoneware", top="cork stopper"),
        _variant("boho minimal", shape="hourglass", material="glass", top="leather collar"),
    ),
}  # fmt: skip
"""By form: the styles a variant belongs to, and its facts."""

EXTRAS: dict[str, dict[str, tuple[str, ...]]] = {
    "plant pot": {"plant": ("snake plant", "rubber plant", "cactus", "fern", "monstera", "string of hearts", "olive tree")},
    "vase": {"content": ("empty", "empty", "eucalyptus", "dried grass", "tulips", "blossom twigs")},
    "candle": {"flame": ("lit", "unlit")},
}  # fmt: skip
"""Facts that go with every variant."""
