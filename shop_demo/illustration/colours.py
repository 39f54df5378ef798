"""Named colours and what becomes of them in light and shade."""

COLOURS = {
    "white": "#f5f3ee",
    "ivory": "#ebe2d0",
    "sand": "#d8c3a2",
    "camel": "#bd8f5c",
    "chocolate": "#5d4034",
    "terracotta": "#c06a4a",
    "rust": "#a24a2a",
    "coral": "#ec7f68",
    "red": "#c73a3a",
    "burgundy": "#702a38",
    "blush": "#ecc5bb",
    "rose": "#d68a94",
    "berry": "#a63a63",
    "plum": "#5e3557",
    "lavender": "#b3a5d1",
    "sky": "#9cc3df",
    "denim": "#4e719d",
    "navy": "#27375a",
    "petrol": "#1f5f70",
    "teal": "#2f908f",
    "mint": "#acd7c2",
    "sage": "#9bab8a",
    "olive": "#75753f",
    "forest": "#2e5442",
    "mustard": "#dba935",
    "lemon": "#f0d977",
    "grey": "#a2a5aa",
    "charcoal": "#45484f",
    "black": "#26272b",
}

FAMILIES = {
    "neutral": ("white", "ivory", "sand", "grey"),
    "earth": ("camel", "chocolate", "terracotta", "rust", "olive", "mustard"),
    "warm": ("coral", "red", "burgundy", "berry", "lemon"),
    "pastel": ("blush", "rose", "lavender", "sky", "mint", "sage"),
    "deep": ("plum", "navy", "petrol", "forest", "burgundy"),
    "cool": ("sky", "denim", "navy", "teal", "petrol"),
    "dark": ("black", "charcoal", "grey", "navy"),
}
"""Colours that one person tends to like together."""

COMPANIONS = {
    "white": ("navy", "black", "coral", "sage", "denim", "red"),
    "ivory": ("rust", "forest", "navy", "camel", "plum", "olive"),
    "sand": ("white", "chocolate", "petrol", "terracotta", "forest"),
    "camel": ("ivory", "black", "navy", "forest", "burgundy"),
    "chocolate": ("blush", "sand", "sky", "mustard", "ivory"),
    "terracotta": ("ivory", "petrol", "blush", "navy", "mustard"),
    "rust": ("ivory", "blush", "mustard", "petrol", "navy"),
    "coral": ("ivory", "navy", "blush", "teal", "lemon"),
    "red": ("white", "navy", "blush", "ivory", "black"),
    "burgundy": ("blush", "ivory", "camel", "rose", "mustard"),
    "blush": ("burgundy", "forest", "white", "terracotta", "grey"),
    "rose": ("white", "burgundy", "ivory", "forest", "navy"),
    "berry": ("blush", "ivory", "mustard", "navy", "lavender"),
    "plum": ("lavender", "ivory", "mustard", "rose", "sage"),
    "lavender": ("white", "plum", "lemon", "navy", "sage"),
    "sky": ("white", "navy", "coral", "lemon", "chocolate"),
    "denim": ("white", "ivory", "mustard", "coral", "sky"),
    "navy": ("white", "red", "ivory", "mustard", "sky", "coral"),
    "petrol": ("ivory", "mustard", "blush", "terracotta", "mint"),
    "teal": ("white", "coral", "lemon", "ivory", "navy"),
    "mint": ("white", "petrol", "coral", "forest", "rose"),
    "sage": ("ivory", "white", "forest", "terracotta", "plum"),
    "olive": ("ivory", "mustard", "rust", "black", "sand"),
    "forest": ("ivory", "blush", "mustard", "mint", "camel"),
    "mustard": ("ivory", "navy", "forest", "white", "chocolate", "plum"),
    "lemon": ("white", "denim", "grey", "coral", "teal"),
    "grey": ("white", "black", "lemon", "navy", "blush"),
    "charcoal": ("white", "mustard", "grey", "blush", "mint"),
    "black": ("white", "ivory", "camel", "grey", "red"),
}
"""What each colour is seen with: for patterns, trims and outfits."""

BACKGROUNDS = ("#f2ede6", "#eceeec", "#f3eae5", "#e9edf1", "#f0efe7", "#ede7e0", "#e8ece6", "#f1e9ea")

INK = "#1d1826"
"""What shade is mixed with: a blue black, livelier than grey."""


def mix(one: str, other: str, part: float) -> str:
    """`part` of `other` in `one`, both as #rrggbb."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def darker(colour: str, part: float) -> str:
    return mix(colour, INK, part)


def lighter(colour: str, part: float) -> str:
    return mix(colour, "#fffdf8", part)


def brightness(colour: str) -> float:
    """0 for black to 1 for white."""
    red, green, blue = _channels(colour)
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
