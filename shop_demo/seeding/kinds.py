"""What is sold: where each form stands in the shop, what it costs, what it is made of and what goes with it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    form: str
    category: str
    price: float
    """At a brand of level 1."""
    materials: tuple[str, ...]
    patterns: tuple[str, ...] = ()
    patterned: float = 0.0
    """Which part of the pieces has a pattern."""
    companions: tuple[str, ...] = ()
    """What somebody who wants one of these looks at next."""

    @property
    def department(self) -> str:
        return self.category.split(" > ")[0]


WOVEN = ("gingham", "check", "stripes", "windowpane")
PRINTS = ("floral", "ditsy floral", "polka dots", "leaves", "cut-outs")
GLAZES = ("terrazzo", "waves", "polka dots", "stripes", "leaves", "floral", "cut-outs")
SUITING = ("pinstripes", "herringbone", "check", "windowpane")
KNITTED = ("breton stripes", "zigzag", "diamonds", "waves")
GRAPHIC = ("geometric", "zigzag", "diamonds", "stripes", "waves", "terrazzo")
COTTONS = ("linen", "cotton poplin")
LAMPS = ("pendant lamp", "floor lamp", "table lamp")
TABLE = ("plate", "bowl", "mug", "carafe", "teapot")

KINDS = (
    Kind("dress", "Clothing > Dresses", 89, (*COTTONS, "viscose crêpe", "silk blend"), (*PRINTS, *WOVEN, "geometric"),
         0.7, ("pump", "sandal", "handbag", "sunglasses", "cardigan")),
    Kind("skirt", "Clothing > Skirts", 65, (*COTTONS, "viscose crêpe", "wool blend"), (*PRINTS, *WOVEN, "herringbone"),
         0.55, ("t-shirt", "shirt", "pump", "handbag")),
    Kind("t-shirt", "Clothing > Tops > T-shirts", 29, ("organic cotton", "cotton slub"),
         ("breton stripes", "polka dots", "stripes", "leaves", "ditsy floral"), 0.45, ("jeans", "shorts", "sneaker")),
    Kind("shirt", "Clothing > Tops > Shirts", 59, (*COTTONS, "silk blend"),
         ("stripes", "gingham", "check", "pinstripes", "ditsy floral", "polka dots", "leaves"), 0.6,
         ("trousers", "skirt", "jeans", "jacket")),
    Kind("sweater", "Clothing > Knitwear > Sweaters", 85, ("merino wool", "lambswool", "cotton knit"), KNITTED, 0.5,
         ("jeans", "scarf", "beanie", "coat")),
    Kind("cardigan", "Clothing > Knitwear > Cardigans", 89, ("merino wool", "lambswool", "cotton knit"), KNITTED, 0.35,
         ("dress", "skirt", "scarf")),
    Kind("trousers", "Clothing > Trousers & shorts", 79, ("cotton twill", "linen", "wool blend"), SUITING, 0.4,
         ("shirt", "jacket", "pump", "boot")),
    Kind("jeans", "Clothing > Jeans", 89, ("denim", "stretch denim"), (), 0.0, ("t-shirt", "sweater", "sneaker")),
    Kind("shorts", "Clothing > Trousers & shorts", 49, ("cotton twill", "linen"),
         ("stripes", "gingham", "check", "leaves", "floral"), 0.45, ("t-shirt", "sandal", "sunglasses")),
    Kind("coat", "Clothing > Coats & jackets", 229, ("wool blend", "boiled wool"), ("herringbone", "check",
                                                                                    "windowpane"),
         0.4, ("scarf", "boot", "hat", "sweater")),
    Kind("jacket", "Clothing > Coats & jackets", 139, ("cotton canvas", "wool blend", "recycled nylon"),
         ("check", "herringbone", "stripes", "leaves"), 0.3, ("t-shirt", "jeans", "sneaker", "beanie")),
    Kind("sneaker", "Shoes > Sneakers", 95, ("leather", "suede", "cotton canvas"), (), 0.0,
         ("jeans", "t-shirt", "shorts", "backpack")),
    Kind("boot", "Shoes > Boots", 159, ("leather", "suede"), (), 0.0, ("coat", "trousers", "scarf")),
    Kind("pump", "Shoes > Pumps", 119, ("leather", "suede"), (), 0.0, ("dress", "handbag", "skirt")),
    Kind("sandal", "Shoes > Sandals", 79, ("leather", "suede"), (), 0.0, ("dress", "shorts", "sunglasses", "tote")),
    Kind("handbag", "Bags > Handbags", 149, ("leather", "suede"), (), 0.0, ("pump", "dress", "scarf", "watch")),
    Kind("tote", "Bags > Totes", 59, ("cotton canvas", "leather"), ("stripes", "floral", "leaves", "cut-outs", "check"),
         0.45, ("sandal", "sunglasses", "hat")),
    Kind("backpack", "Bags > Backpacks", 85, ("recycled nylon", "cotton canvas"),
         ("geometric", "check", "leaves", "stripes"), 0.3, ("sneaker", "beanie", "watch")),
    Kind("hat", "Accessories > Hats & beanies", 45, ("wool felt", "straw"), (), 0.0, ("sunglasses", "dress", "coat")),
    Kind("beanie", "Accessories > Hats & beanies", 29, ("merino wool", "lambswool"),
         ("breton stripes", "zigzag", "diamonds"), 0.4, ("scarf", "coat", "jacket")),
    Kind("scarf", "Accessories > Scarves", 45, ("merino wool", "silk blend", "lambswool"),
         ("check", "floral", "polka dots", "herringbone", "diamonds", "geometric", "stripes"), 0.7,
         ("coat", "beanie", "handbag")),
    Kind("sunglasses", "Accessories > Sunglasses", 79, ("acetate",), (), 0.0, ("dress", "sandal", "hat")),
    Kind("watch", "Accessories > Watches", 169, ("steel and leather",), (), 0.0, ("handbag", "shirt", "sunglasses")),
    Kind("table lamp", "Home > Lighting > Table lamps", 89, ("stoneware", "powder-coated steel"), ("stripes", "waves",
                                                                                                   "leaves",
                                                                                                   "gingham"), 0.25,
         (*LAMPS, "armchair", "vase")),
    Kind("pendant lamp", "Home > Lighting > Pendant lamps", 129, ("powder-coated steel", "glass"), (), 0.0,
         ("chair", *LAMPS, "plate")),
    Kind("floor lamp", "Home > Lighting > Floor lamps", 179, ("powder-coated steel",), (), 0.0,
         ("armchair", *LAMPS, "rug")),
    Kind("chair", "Home > Furniture > Chairs & stools", 169, ("ash wood", "beech wood"), (), 0.0,
         ("stool", "cushion", "pendant lamp")),
    Kind("armchair", "Home > Furniture > Armchairs", 549, ("bouclé", "cotton velvet", "wool blend"),
         ("check", "herringbone", "floral", "leaves", "stripes"), 0.35, ("cushion", "throw", "floor lamp", "rug")),
    Kind("stool", "Home > Furniture > Chairs & stools", 99, ("ash wood", "beech wood"), (), 0.0,
         ("chair", "table lamp", "plant pot")),
    Kind("cushion", "Home > Textiles > Cushions", 39, ("linen", "cotton velvet", "cotton canvas"),
         (*GRAPHIC[:5], *PRINTS, "gingham", "check"), 0.75, ("throw", "armchair", "rug")),
    Kind("rug", "Home > Textiles > Rugs", 219, ("hand-tufted wool", "cotton flatweave"), GRAPHIC, 0.85,
         ("armchair", "cushion", "floor lamp")),
    Kind("throw", "Home > Textiles > Throws", 79, ("lambswool", "cotton knit", "merino wool"),
         ("check", "stripes", "herringbone", "gingham", "diamonds", "windowpane"), 0.65, ("cushion", "candle",
                                                                                          "armchair")),
    Kind("vase", "Home > Decoration > Vases", 45, ("stoneware", "glass"), GLAZES[:5], 0.35, ("candle", "plant pot",
                                                                                             "mirror")),
    Kind("plant pot", "Home > Decoration > Plant pots", 29, ("stoneware", "terracotta clay"), ("terrazzo", "stripes",
                                                                                               "waves", "geometric",
                                                                                               "zigzag"), 0.45,
         ("vase", "stool", "candle")),
    Kind("candle", "Home > Decoration > Candles", 24, ("soy wax", "beeswax blend"), (), 0.0, ("vase", "throw",
                                                                                              "candle")),
    Kind("mirror", "Home > Decoration > Mirrors", 129, ("powder-coated steel", "ash wood"), (), 0.0, ("vase",
                                                                                                      "wall clock",
                                                                                                      "table lamp")),
    Kind("wall clock", "Home > Decoration > Wall clocks", 55, ("powder-coated steel", "beech wood"), (), 0.0,
         ("mirror", "kettle", "pendant lamp")),
    Kind("mug", "Kitchen > Mugs & teapots > Mugs", 16, ("stoneware", "porcelain"), GLAZES, 0.6, ("teapot", "kettle",
                                                                                                 "plate", "bowl")),
    Kind("teapot", "Kitchen > Mugs & teapots > Teapots", 49, ("stoneware", "porcelain"), GLAZES, 0.45, ("mug",
                                                                                                        "kettle",
                                                                                                        "plate")),
    Kind("plate", "Kitchen > Tableware", 19, ("stoneware", "porcelain"), GLAZES, 0.6, ("bowl", "mug", "carafe")),
    Kind("bowl", "Kitchen > Tableware", 18, ("stoneware", "porcelain"), GLAZES, 0.55, ("plate", "mug", "teapot")),
    Kind("saucepan", "Kitchen > Pots & kettles", 69, ("enamelled steel", "cast iron"), (), 0.0, ("kettle", "bowl",
                                                                                                 "plate")),
    Kind("kettle", "Kitchen > Pots & kettles", 65, ("enamelled steel", "brushed steel"), (), 0.0, ("teapot", "mug",
                                                                                                   "saucepan")),
    Kind("carafe", "Kitchen > Carafes", 35, ("glass", "stoneware"), (), 0.0, ("plate", "bowl", "vase")),
)  # fmt: skip

KIND = {kind.form: kind for kind in KINDS}
