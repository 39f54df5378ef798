"""The houses the shop carries. Each has a character: what it makes, in which styles and colours, at what level."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Brand:
    name: str
    level: float
    """What it asks for a thing, against what such a thing usually costs."""
    styles: tuple[str, ...]
    """The first is its heart."""
    families: tuple[str, ...]
    forms: tuple[str, ...]
    lines: tuple[str, ...]
    """What it calls its pieces."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


def _brand(name: str, level: float, styles: str, families: str, forms: str, lines: str) -> Brand:
    return Brand(name, level, _words(styles), _words(families), _words(forms), _words(lines))


BRANDS = (
    _brand("Marlow & Finch", 1.25, "classic, minimal", "neutral, cool, earth",
           "dress, skirt, shirt, sweater, cardigan, trousers, coat, scarf, handbag, pump, hat",
           "Marlow, Finch, Ashby, Lyndon, Harriet, Cromer, Wells, Audley, Pemberley, Thorne"),
    _brand("Fleur & Fable", 1.0, "romantic", "pastel, warm",
           "dress, skirt, shirt, cardigan, t-shirt, scarf, hat, pump, sandal, handbag, sunglasses",
           "Ottilie, Clover, Rosalind, Elodie, Juniper, Maribel, Primrose, Linnet, Amabel, Fern"),
    _brand("Nordlund", 1.2, "minimal, classic", "neutral, dark, cool",
           "dress, shirt, t-shirt, sweater, trousers, coat, jacket, skirt, boot, tote, watch",
           "Aske, Lund, Siv, Holm, Freja, Nord, Elin, Vik, Tove, Birk"),
    _brand("Rocket Ninety", 0.8, "sporty, retro", "warm, cool, dark",
           "sneaker, t-shirt, shorts, jacket, backpack, beanie, watch, sweater, sunglasses, trousers",
           "Sprint, Volley, Lap, Relay, Orbit, Tempo, Dash, Rally, Circuit, Vault"),
    _brand("Casa Verano", 0.9, "boho, romantic", "earth, warm",
           "dress, skirt, shorts, sandal, tote, hat, scarf, shirt, cushion, rug, throw, handbag",
           "Paloma, Marisol, Tierra, Lucia, Sierra, Almeria, Nopal, Rosario, Oliva, Ronda"),
    _brand("Dolly Vine", 0.9, "retro, romantic", "warm, pastel",
           "dress, skirt, pump, handbag, sunglasses, cardigan, sandal, t-shirt, shorts, scarf",
           "Dolores, Peggy, Ruby, Mabel, Trixie, Loretta, Bettina, Sadie, Marlene, Hattie"),
    _brand("Harrow Lane", 1.6, "classic", "dark, earth, deep",
           "coat, jacket, trousers, shirt, boot, handbag, scarf, hat, sweater, watch",
           "Harrow, Belgrave, Stanton, Mercer, Ludlow, Aldwych, Garrick, Kingsley, Sutton, Barrow"),
    _brand("Ullwerk", 1.1, "minimal, boho", "neutral, deep, earth",
           "sweater, cardigan, beanie, scarf, throw, cushion, coat, t-shirt",
           "Hede, Flocke, Alm, Loden, Fjell, Garn, Hilla, Masche, Vlies, Enna"),
    _brand("Bluestack Denim", 1.0, "retro, sporty", "cool, dark",
           "jeans, jacket, shirt, shorts, t-shirt, skirt, sneaker",
           "Miller, Dakota, Ranch, Levee, Hudson, Foundry, Tucker, Delta, Canyon, Mason"),
    _brand("Tavi", 0.6, "minimal, sporty", "neutral, pastel, dark",
           "t-shirt, shorts, jeans, trousers, sweater, sneaker, beanie, backpack, tote, sandal, shirt, cardigan",
           "Tia, Kip, Nell, Bo, Ida, Remy, Una, Jes, Lou, Mika"),
    _brand("Corso Nove", 1.5, "classic, romantic", "deep, dark, warm",
           "pump, boot, sandal, handbag, watch, sunglasses, coat, scarf",
           "Nove, Livia, Bergamo, Celeste, Ottavia, Arezzo, Chiara, Brera, Fosca, Siena"),
    _brand("Wayfold", 1.0, "sporty, minimal", "earth, cool, dark",
           "backpack, tote, sneaker, boot, watch, beanie, jacket, sunglasses, hat, jeans, shorts",
           "Ridge, Harbour, Trailhead, Cairn, Ferry, Summit, Drift, Pass, Meridian, Cove"),
    _brand("Lume Atelier", 1.4, "minimal, retro", "neutral, dark, warm",
           "table lamp, pendant lamp, floor lamp, mirror, wall clock, candle, carafe",
           "Luma, Halo, Vesper, Arc, Sol, Penumbra, Iris, Corona, Aurel, Dusk"),
    _brand("Hearth & Hollow", 0.9, "boho, classic", "earth, neutral, deep",
           "candle, throw, cushion, vase, plant pot, rug, stool, table lamp, bowl, mug, floor lamp",
           "Bracken, Ember, Hollow, Sorrel, Willow, Heath, Tansy, Rowan, Moss, Alder"),
    _brand("Kiln Street", 0.95, "boho, minimal", "earth, pastel, cool",
           "mug, plate, bowl, vase, teapot, plant pot, carafe, table lamp, saucepan, pendant lamp",
           "Clay, Raku, Slip, Ochre, Pebble, Tilda, Shore, Cinder, Bisque, Loam"),
    _brand("Brightside Kitchen", 0.8, "retro, classic", "warm, pastel, cool",
           "kettle, saucepan, mug, carafe, teapot, plate, bowl, wall clock, stool, plant pot",
           "Sunny, Pip, Tupelo, Biscuit, Marmalade, Jolly, Percy, Pickle, Sherbet, Toddy"),
    _brand("Stellan Form", 1.55, "minimal, classic, retro", "neutral, dark, cool, earth",
           "chair, stool, armchair, floor lamp, mirror, wall clock, pendant lamp, rug, kettle, saucepan, throw",
           "Stellan, Ove, Linnea, Karl, Signe, Malmo, Astrid, Ebbe, Gunnar, Hanna"),
    _brand("Maison Arlette", 1.2, "romantic, classic", "pastel, deep, neutral",
           "teapot, plate, bowl, cushion, carafe, mirror, table lamp, pendant lamp, candle, armchair, vase, chair, "
           "wall clock, kettle, rug, mug",
           "Arlette, Colette, Margaux, Apolline, Sylvie, Honorine, Delphine, Solange, Mireille, Noemie"),
    _brand("Hotel Pacific", 1.0, "retro, boho", "warm, cool, earth",
           "armchair, chair, rug, cushion, throw, wall clock, mirror, floor lamp, vase, pendant lamp, table lamp, "
           "kettle, stool, candle, saucepan, plate",
           "Palm Court, Lido, Mezzanine, Atoll, Lanai, Cabana, Bayview, Tiki, Cortez, Marina"),
)  # fmt: skip


def brands_of(form: str) -> tuple[Brand, ...]:
    return tuple(brand for brand in BRANDS if form in brand.forms)
