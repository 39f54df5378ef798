"""Plant pots with their plants."""


from shop_demo.illustration.colours import INK, darker, lighter, mix
from shop_demo.illustration.home_details import Facts, details
from shop_demo.illustration.home_parts import (
    METALS,
    WOODS,
    Profile,
    dish,
    grown,
    hoop,
    leg,
    open_body,
    rounded,
    shine,
    speckle,
    stage,
    weave,
)
from shop_demo.illustration.home_plants import PLANTS
from shop_demo.illustration.look import Look, ground_shadow
from shop_demo.illustration.svg import Sheet, box, ellipse

POTS: dict[str, Profile] = {
    "tapered pot": ((112, 356), (106, 400), (82, 508)),
    "rimmed pot": ((116, 348), (114, 384), (114, 384), (104, 386), (104, 386), (80, 512), (80, 512)),
    "cylinder": ((106, 352), (106, 400), (106, 496), (104, 508)),
    "bowl": ((132, 376), (134, 400), (112, 470), (72, 506)),
    "belly pot": ((92, 348), (98, 366), (128, 420), (108, 490), (84, 512)),
    "basket": ((106, 356), (126, 400), (128, 460), (104, 512), (104, 512)),
}


def plant_pot(sheet: Sheet, look: Look) -> None:
    facts = details("plant pot", look)
    stage(sheet, look, 452)
    size = 0.88 if facts["plant"] in ("rubber plant", "monstera", "olive tree") else 1.06
    with grown(sheet, size, size):
        _planted(sheet, look, facts)


def _planted(sheet: Sheet, look: Look, facts: Facts) -> None:
    raised = facts["stand"].endswith("stand")
    lift = -44.0 if raised else 0.0
    profile = [(r, y + lift) for r, y in POTS[facts["shape"]]]
    ground_shadow(sheet, 302, 524, 300)
    if raised:
        _plant_stand(sheet, facts["stand"], profile)
    elif facts["stand"] == "saucer":
        _saucer(sheet, look, facts, profile[-1][0])
    r, y = profile[0]
    _earth(sheet, look, r, y)
    if facts["plant"] != "string of hearts":
        PLANTS[facts["plant"]](sheet, look, 300, y + 4, r - 14)
    _pot(sheet, look, profile, facts)
    if facts["plant"] == "string of hearts":
        PLANTS[facts["plant"]](sheet, look, 300, y + 4, r - 14)


def _earth(sheet: Sheet, look: Look, r: float, y: float) -> None:
    sheet.fill(ellipse(300, y, r, r * 0.17), darker(look.base, 0.3))
    sheet.fill(ellipse(300, y + 3, r - 7, r * 0.17 - 4), "#3d2c24")
    sheet.fill(ellipse(300, y + 3, r - 7, r * 0.17 - 4), sheet.linear((0, INK, 0.5), (1, INK, 0)))


def _pot(sheet: Sheet, look: Look, profile: Profile, facts: Facts) -> None:
    d, (r, y) = open_body(profile), profile[0]
    material = facts["material"]
    if material == "seagrass":
        straw = "#cda968"
        rounded(sheet, d, weave(sheet, straw, 15), straw, 0.1)
        with sheet.within(d):
            rounded(sheet, f"{hoop(160, y + 84, 0.12)} V600 H140 Z", weave(sheet, look.base, 15) if look.pattern == "plain" else look.paint(sheet, scale=0.8), look.base, 0.1)
    else:
        tone = {"terracotta": mix("#bd6b47", look.base, 0.45), "concrete": mix("#b6b4b0", look.base, 0.5)}.get(material, look.base)
        paint = tone if tone != look.base and look.pattern == "plain" else look.paint(sheet)
        rounded(sheet, d, paint, tone, 0.8 if material == "glazed ceramic" else 0.15)
        if material == "glazed ceramic":
            shine(sheet, profile, 0.45)
        else:
            speckle(sheet, d, tone, look.seed)
    if facts["shape"] == "rimmed pot":
        sheet.soft_line(hoop(106, y + 42, 0.17), INK, 12, 0.3)
    sheet.line(f"M{300 - r:.1f} {y:.1f} A{r:.1f} {r * 0.17:.1f} 0 0 0 {300 + r:.1f} {y:.1f}", lighter(look.base, 0.4), 3, 0.6)


def _plant_stand(sheet: Sheet, stand: str, profile: Profile) -> None:
    name = stand.removesuffix(" stand")
    wood = name in WOODS
    tone = WOODS.get(name) or METALS[name]
    r, y = profile[-1]
    leg(sheet, (300 - r * 0.3, y - 30), (300 - r * 0.3, 512), (9, 8), darker(tone, 0.3), wood)
    leg(sheet, (300 + r * 0.3, y - 30), (300 + r * 0.3, 512), (9, 8), darker(tone, 0.3), wood)
    sheet.fill(box(300 - r, y + 6, 2 * r, 12, 4), darker(tone, 0.2))
    for side in (-1, 1):
        leg(sheet, (300 + side * (r + 14), y - 66), (300 + side * (r + 18), 524), (13, 10), tone, wood)


def _saucer(sheet: Sheet, look: Look, facts: Facts, r: float) -> None:
    tone = mix("#bd6b47", look.base, 0.45) if facts["material"] == "terracotta" else darker(look.base, 0.06)
    dish(sheet, r + 32, 508, tone)
