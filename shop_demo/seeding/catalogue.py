"""The catalogue: which pieces there are. The same seed gives the same pieces, and a smaller catalogue is the beginning
of a larger one."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from random import Random

from shop_demo.illustration import Look, details
from shop_demo.illustration.colours import COLOURS, COMPANIONS, FAMILIES
from shop_demo.seeding.brands import Brand, brands_of
from shop_demo.seeding.goods import Goods
from shop_demo.seeding.kinds import KINDS, Kind
from shop_demo.seeding.materials import material_of
from shop_demo.seeding.pricing import price_of
from shop_demo.seeding.wording.colours import FAMILY, titled
from shop_demo.seeding.wording.describing import describe
from shop_demo.seeding.wording.names import noun

SEED = 20
PRODUCTS = 16 * len(KINDS)

DENIM_COLOURS = ("denim", "navy", "black", "charcoal", "grey", "white", "sky", "ivory")
FAVOURITES = {
    "classic": ("check", "pinstripes", "herringbone", "breton stripes", "windowpane", "stripes"),
    "minimal": ("stripes", "windowpane", "breton stripes", "terrazzo", "waves"),
    "romantic": ("floral", "ditsy floral", "leaves", "polka dots", "gingham"),
    "retro": ("polka dots", "gingham", "geometric", "waves", "stripes", "cut-outs"),
    "sporty": ("stripes", "geometric", "zigzag", "breton stripes"),
    "boho": ("zigzag", "diamonds", "leaves", "floral", "terrazzo", "cut-outs"),
}
"""The patterns each style is drawn to."""


@cache
def catalogue(count: int = PRODUCTS) -> tuple[Goods, ...]:
    """Every form comes up once before any comes up again."""
    maker = _Maker()
    rounds = range(-(-count // len(KINDS)))
    kinds = [kind for turn in rounds for kind in Random(f"{SEED} order {turn}").sample(KINDS, len(KINDS))]
    return tuple(maker.make(number, kind) for number, kind in enumerate(kinds[:count]))


class _Maker:
    """Remembers what there is already, to make each next piece a different one."""

    def __init__(self) -> None:
        self._made: Counter[str] = Counter()
        self._used: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._pieces: set[tuple[str, ...]] = set()
        self._titles: set[str] = set()

    def make(self, number: int, kind: Kind) -> Goods:
        rng = Random(f"{SEED} piece {number}")
        brand, look = self._new(kind, rng)
        facts = details(kind.form, look)
        material = material_of(kind, look, facts, rng)
        description = describe(kind, look, facts, material, self._made[kind.form], rng)
        self._made[kind.form] += 1
        return Goods(
            number=number,
            form=kind.form,
            look=look,
            brand=brand.name,
            title=self._title(kind, brand, look, facts | {"material": material}, rng),
            description=description,
            category=kind.category,
            price=price_of(kind, brand, rng),
            stock=0 if rng.random() < 0.03 else rng.randint(2, 60),
            attributes=_attributes(look, brand, material, facts),
            age_days=rng.uniform(0, 21) if rng.random() < 0.1 else rng.uniform(21, 365),
        )

    def _new(self, kind: Kind, rng: Random) -> tuple[Brand, Look]:
        """A brand and a look that no piece of this kind has in this combination."""
        while True:
            brands = {brand.name: brand for brand in brands_of(kind.form)}
            brand = brands[self._least(kind.form, brands, rng)]
            look = self._look(kind, brand, rng)
            piece = (kind.form, look.colour, look.pattern, look.style, brand.name)
            if piece not in self._pieces:
                self._pieces.add(piece)
                for name in (brand.name, look.colour, look.pattern):
                    self._used[kind.form][name] += 1
                return brand, look

    def _look(self, kind: Kind, brand: Brand, rng: Random) -> Look:
        style = brand.styles[0] if rng.random() < 0.6 else rng.choice(brand.styles)
        colour = self._least(kind.form, _colours(kind, brand, rng), rng)
        second, third = rng.sample(COMPANIONS[colour], 2)
        return Look(colour, second, third, self._pattern(kind, style, rng), style, rng.randrange(2**31))

    def _pattern(self, kind: Kind, style: str, rng: Random) -> str:
        if rng.random() >= kind.patterned * (0.6 if style == "minimal" else 1.25):
            return "plain"
        fitting = [name for name in kind.patterns if name in FAVOURITES[style]]
        return self._least(kind.form, fitting if fitting and rng.random() < 0.7 else kind.patterns, rng)

    def _least(self, form: str, names: Iterable[str], rng: Random) -> str:
        """One of those that this form has had least often."""
        used = self._used[form]
        fewest = min(used[name] for name in names)
        return rng.choice([name for name in names if used[name] == fewest])

    def _title(self, kind: Kind, brand: Brand, look: Look, facts: dict[str, str], rng: Random) -> str:
        for line in rng.sample(brand.lines, len(brand.lines)):
            title = f"{line} {noun(kind.form, facts)} in {titled(look)}"
            if title not in self._titles:
                break
        self._titles.add(title)
        return title


def _colours(kind: Kind, brand: Brand, rng: Random) -> tuple[str, ...]:
    if kind.form == "jeans":
        return DENIM_COLOURS
    if rng.random() < 0.12:
        return tuple(COLOURS)
    return FAMILIES[rng.choice(brand.families)]


def _attributes(look: Look, brand: Brand, material: str, facts: dict[str, str]) -> dict[str, str]:
    return {
        "colour": look.colour,
        "colour family": FAMILY[look.colour],
        "pattern": look.pattern,
        "style": look.style,
        "brand": brand.name,
        **{name: value for name, value in facts.items() if value != "none"},
        "material": material,
    }
