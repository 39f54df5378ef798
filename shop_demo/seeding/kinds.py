"""What is sold: where each form stands in the shop, what it costs, what it is made of and what goes with it."""

from dataclasses import dataclass

PATTERNED = {
    "dress": (
        0.7,
        "floral, ditsy floral, polka dots, leaves, cut-outs, gingham, check, stripes, windowpane, geometric",
    ),
    "skirt": (
        0.55,
        "floral, ditsy floral, polka dots, leaves, cut-outs, gingham, check, stripes, windowpane, herringbone",
    ),
    "t-shirt": (0.45, "breton stripes, polka dots, stripes, leaves, ditsy floral"),
    "shirt": (0.6, "stripes, gingham, check, pinstripes, ditsy floral, polka dots, leaves"),
    "sweater": (0.5, "breton stripes, zigzag, diamonds, waves"),
    "cardigan": (0.35, "breton stripes, zigzag, diamonds, waves"),
    "trousers": (0.4, "pinstripes, herringbone, check, windowpane"),
    "shorts": (0.45, "stripes, gingham, check, leaves, floral"),
    "coat": (0.4, "herringbone, check, windowpane"),
    "jacket": (0.3, "check, herringbone, stripes, leaves"),
    "sneaker": (0.25, "check, stripes, leaves, polka dots"),
    "pump": (0.25, "polka dots, check, stripes, ditsy floral"),
    "handbag": (0.25, "check, diamonds, stripes, floral"),
    "tote": (0.45, "stripes, floral, leaves, cut-outs, check"),
    "backpack": (0.3, "geometric, check, leaves, stripes"),
    "beanie": (0.4, "breton stripes, zigzag, diamonds"),
    "scarf": (0.7, "check, floral, polka dots, herringbone, diamonds, geometric, stripes"),
    "table lamp": (0.25, "stripes, waves, leaves, gingham"),
    "pendant lamp": (0.2, "stripes, waves, leaves"),
    "floor lamp": (0.3, "stripes, check, leaves, floral"),
    "armchair": (0.35, "check, herringbone, floral, leaves, stripes"),
    "stool": (0.3, "check, stripes, diamonds, floral"),
    "cushion": (
        0.75,
        "geometric, zigzag, diamonds, stripes, floral, ditsy floral, polka dots, leaves, cut-outs, gingham, check",
    ),
    "rug": (0.85, "geometric, zigzag, diamonds, stripes, waves, terrazzo"),
    "throw": (0.65, "check, stripes, herringbone, gingham, diamonds, windowpane"),
    "vase": (0.35, "terrazzo, waves, polka dots, stripes, leaves"),
    "plant pot": (0.45, "terrazzo, stripes, waves, geometric, zigzag"),
    "candle": (0.25, "stripes, waves, terrazzo"),
    "wall clock": (0.25, "terrazzo, waves, polka dots, geometric"),
    "mug": (0.6, "terrazzo, waves, polka dots, stripes, leaves, floral, cut-outs"),
    "teapot": (0.45, "terrazzo, waves, polka dots, stripes, leaves, floral, cut-outs"),
    "plate": (0.6, "terrazzo, waves, polka dots, stripes, leaves, floral, cut-outs"),
    "bowl": (0.55, "terrazzo, waves, polka dots, stripes, leaves, floral, cut-outs"),
    "saucepan": (0.3, "polka dots, floral, leaves, stripes"),
    "kettle": (0.35, "polka dots, floral, gingham, stripes"),
    "carafe": (0.3, "stripes, waves, polka dots, leaves"),
}
"""Form -> (which part of the pieces has a pattern, and which patterns they are)."""


@dataclass(frozen=True)
class Kind:
    form: str
    category: str
    price: float
    """At a brand of level 1."""
    materials: tuple[str, ...]
    """None where the picture decides."""
    companions: tuple[str, ...]
    """What somebody who wants one of these looks at next."""
    patterned: float
    patterns: tuple[str, ...]

    @property
    def department(self) -> str:
        return self.category.split(" > ")[0]


def _kind(form: str, category: str, price: float, materials: str, companions: str) -> Kind:
    patterned, patterns = PATTERNED.get(form, (0.0, ""))
    return Kind(form, category, price, _words(materials), _words(companions), patterned, _words(patterns))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(", ")) if text else ()


KINDS = (
    _kind("dress", "Clothing > Dresses", 89, "linen, cotton poplin, viscose crêpe, silk blend",
          "pump, sandal, handbag, sunglasses, cardigan"),
    _kind("skirt", "Clothing > Skirts", 65, "linen, cotton poplin, viscose crêpe, wool blend",
          "t-shirt, shirt, pump, handbag"),
    _kind("t-shirt", "Clothing > Tops > T-shirts", 29, "organic cotton, cotton slub", "jeans, shorts, sneaker"),
    _kind("shirt", "Clothing > Tops > Shirts", 59, "linen, cotton poplin, silk blend",
          "trousers, skirt, jeans, jacket"),
    _kind("sweater", "Clothing > Knitwear > Sweaters", 85, "merino wool, lambswool, cotton knit",
          "jeans, scarf, beanie, coat"),
    _kind("cardigan", "Clothing > Knitwear > Cardigans", 89, "merino wool, lambswool, cotton knit",
          "dress, skirt, scarf"),
    _kind("trousers", "Clothing > Trousers & shorts", 79, "cotton twill, linen, wool blend",
          "shirt, jacket, pump, boot"),
    _kind("jeans", "Clothing > Jeans", 89, "denim, stretch denim", "t-shirt, sweater, sneaker"),
    _kind("shorts", "Clothing > Trousers & shorts", 49, "cotton twill, linen", "t-shirt, sandal, sunglasses"),
    _kind("coat", "Clothing > Coats & jackets", 229, "wool blend, boiled wool", "scarf, boot, hat, sweater"),
    _kind("jacket", "Clothing > Coats & jackets", 139, "", "t-shirt, jeans, sneaker, beanie"),
    _kind("sneaker", "Shoes > Sneakers", 95, "leather, suede, cotton canvas", "jeans, t-shirt, shorts, backpack"),
    _kind("boot", "Shoes > Boots", 159, "leather, suede", "coat, trousers, scarf"),
    _kind("pump", "Shoes > Pumps", 119, "leather, suede", "dress, handbag, skirt"),
    _kind("sandal", "Shoes > Sandals", 79, "leather, suede", "dress, shorts, sunglasses, tote"),
    _kind("handbag", "Bags > Handbags", 149, "leather, suede", "pump, dress, scarf, watch"),
    _kind("tote", "Bags > Totes", 59, "", "sandal, sunglasses, hat"),
    _kind("backpack", "Bags > Backpacks", 85, "recycled nylon, cotton canvas", "sneaker, beanie, watch"),
    _kind("hat", "Accessories > Hats & beanies", 45, "", "sunglasses, dress, coat"),
    _kind("beanie", "Accessories > Hats & beanies", 29, "merino wool, lambswool", "scarf, coat, jacket"),
    _kind("scarf", "Accessories > Scarves", 45, "merino wool, silk blend, lambswool", "coat, beanie, handbag"),
    _kind("sunglasses", "Accessories > Sunglasses", 79, "acetate", "dress, sandal, hat"),
    _kind("watch", "Accessories > Watches", 169, "", "handbag, shirt, sunglasses"),
    _kind("table lamp", "Home > Lighting > Table lamps", 89, "",
          "pendant lamp, floor lamp, table lamp, armchair, vase"),
    _kind("pendant lamp", "Home > Lighting > Pendant lamps", 129, "",
          "chair, pendant lamp, floor lamp, table lamp, plate"),
    _kind("floor lamp", "Home > Lighting > Floor lamps", 179, "",
          "armchair, pendant lamp, floor lamp, table lamp, rug"),
    _kind("chair", "Home > Furniture > Chairs & stools", 169, "", "stool, cushion, pendant lamp"),
    _kind("armchair", "Home > Furniture > Armchairs", 549, "bouclé, cotton velvet, wool blend",
          "cushion, throw, floor lamp, rug"),
    _kind("stool", "Home > Furniture > Chairs & stools", 99, "", "chair, table lamp, plant pot"),
    _kind("cushion", "Home > Textiles > Cushions", 39, "", "throw, armchair, rug"),
    _kind("rug", "Home > Textiles > Rugs", 219, "", "armchair, cushion, floor lamp"),
    _kind("throw", "Home > Textiles > Throws", 79, "", "cushion, candle, armchair"),
    _kind("vase", "Home > Decoration > Vases", 45, "", "candle, plant pot, mirror"),
    _kind("plant pot", "Home > Decoration > Plant pots", 29, "", "vase, stool, candle"),
    _kind("candle", "Home > Decoration > Candles", 24, "soy wax, beeswax blend", "vase, throw, candle"),
    _kind("mirror", "Home > Decoration > Mirrors", 129, "", "vase, wall clock, table lamp"),
    _kind("wall clock", "Home > Decoration > Wall clocks", 55, "", "mirror, kettle, pendant lamp"),
    _kind("mug", "Kitchen > Mugs & teapots > Mugs", 16, "", "teapot, kettle, plate, bowl"),
    _kind("teapot", "Kitchen > Mugs & teapots > Teapots", 49, "", "mug, kettle, plate"),
    _kind("plate", "Kitchen > Tableware", 19, "", "bowl, mug, carafe"),
    _kind("bowl", "Kitchen > Tableware", 18, "", "plate, mug, teapot"),
    _kind("saucepan", "Kitchen > Pots & kettles", 69, "", "kettle, bowl, plate"),
    _kind("kettle", "Kitchen > Pots & kettles", 65, "", "teapot, mug, saucepan"),
    _kind("carafe", "Kitchen > Carafes", 35, "", "plate, bowl, vase"),
)  # fmt: skip

KIND = {kind.form: kind for kind in KINDS}
