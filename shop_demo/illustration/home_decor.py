"""What stands and hangs about: vases, plant pots, candles, mirrors, clocks."""


from shop_demo.illustration.colours import darker, mix
from shop_demo.illustration.home_candles import candle
from shop_demo.illustration.home_clocks import wall_clock
from shop_demo.illustration.home_details import Facts, details
from shop_demo.illustration.home_mirrors import mirror
from shop_demo.illustration.home_parts import (
    Profile,
    glassy,
    grown,
    hoop,
    open_body,
    opening,
    rounded,
    shine,
    speckle,
    stage,
    tube,
    turned,
)
from shop_demo.illustration.home_plants import BUNCHES
from shop_demo.illustration.home_pots import plant_pot
from shop_demo.illustration.look import Look, ground_shadow, shades
from shop_demo.illustration.svg import Sheet, ellipse

VASES: dict[str, Profile] = {
    "urn": ((66, 236), (54, 262), (54, 262), (120, 310), (132, 350), (96, 440), (46, 484), (46, 484), (66, 504), (68, 512)),
    "baluster": ((44, 222), (34, 250), (40, 280), (112, 330), (116, 370), (78, 450), (62, 500), (70, 514)),
    "cylinder": ((78, 226), (78, 300), (78, 500), (77, 512)),
    "bottle": ((24, 206), (22, 290), (28, 330), (88, 378), (100, 430), (92, 500), (80, 514)),
    "ring": ((26, 214), (20, 236), (20, 262), (20, 262)),
    "gourd": ((28, 214), (30, 236), (72, 268), (74, 306), (44, 344), (44, 344), (104, 390), (116, 440), (76, 514)),
    "cone": ((104, 226), (76, 400), (50, 512)),
    "trumpet": ((112, 218), (62, 290), (44, 380), (62, 450), (70, 490), (58, 514)),
    "jug": ((62, 226), (50, 266), (62, 310), (112, 380), (110, 460), (74, 514)),
    "moon jar": ((46, 282), (42, 294), (42, 294), (108, 330), (136, 398), (108, 474), (58, 512)),
    "amphora": ((46, 220), (32, 240), (30, 274), (30, 274), (96, 320), (108, 370), (70, 460), (42, 504), (44, 514)),
}


def vase(sheet: Sheet, look: Look) -> None:
    facts = details("vase", look)
    stage(sheet, look, 448)
    profile = [(r * look.between(0.95, 1.05), y) for r, y in VASES[facts["shape"]]]
    ground_shadow(sheet, 302, 522, 240 if facts["shape"] == "ring" else max(profile[-1][0] * 2.8, 170))
    empty = facts["content"] == "empty"
    size = 1.16 if empty else 0.94
    with grown(sheet, size, size):
        r, y = profile[0]
        if not empty and facts["material"] != "glass":
            opening(sheet, y, r, look.base, 0.17, 5)
        if not empty and facts["material"] == "glass":
            _stems(sheet, y, min(r - 8, 52))
        if not empty:
            BUNCHES[facts["content"]](sheet, look, 300, y + 8, min(r - 8, 52))
        _vase_body(sheet, look, profile, facts)
        if facts["shape"] != "ring" and facts["material"] != "glass" and empty:
            opening(sheet, y, r, look.base, 0.17, 5)


def _stems(sheet: Sheet, y: float, r: float) -> None:
    """What glass shows of a bunch: its stems, down to the water."""
    for index in range(8):
        part = index / 3.5 - 1
        sheet.line(f"M{300 + part * r * 0.6:.1f} {y + 26:.1f} Q{300 + part * 26:.1f} {y + 120:.1f} {300 - part * 34:.1f} {y + 256:.1f}", "#7f9a62", 2, 0.7)


def _vase_body(sheet: Sheet, look: Look, profile: Profile, facts: Facts) -> None:
    d = turned(profile, 0.17) if facts["content"] == "empty" else open_body(profile)
    if facts["shape"] in ("jug", "amphora"):
        _ears(sheet, look, facts["shape"], profile)
    if facts["shape"] == "ring":
        _ring(sheet, look, profile)
    elif facts["material"] == "glass":
        glassy(sheet, d, look.base, profile, 0.17, look.paint(sheet))
        r, y = profile[0]
        sheet.line(ellipse(300, y, r, r * 0.17), darker(look.base, 0.3), 3, 0.55)
    else:
        tone = mix(look.base, "#b4653f", 0.3) if facts["material"] == "terracotta" and look.pattern == "plain" else look.base
        rough = facts["material"] in ("stoneware", "terracotta")
        rounded(sheet, d, look.paint(sheet) if tone == look.base else tone, tone, 0.15 if rough else 0.8)
        if rough:
            speckle(sheet, d, tone, look.seed)
            _throwing_lines(sheet, profile, tone, d)
        else:
            shine(sheet, profile, 0.5)


def _throwing_lines(sheet: Sheet, profile: Profile, tone: str, d: str) -> None:
    """The fine rings a potter's fingers leave."""
    with sheet.within(d):
        for y in range(int(profile[0][1]) + 20, int(profile[-1][1]), 13):
            sheet.line(hoop(150, y, 0.15), shades(tone)[0], 1.2, 0.16)


def _ears(sheet: Sheet, look: Look, shape: str, profile: Profile) -> None:
    tone = look.base
    if shape == "jug":
        tube(sheet, "M350 252 C420 222 444 300 396 356", tone, 17)
        return
    for side in (-1, 1):
        tube(sheet, f"M{300 + side * 30} 250 C{300 + side * 92} 240 {300 + side * 96} 290 {300 + side * 76} 322", tone, 15)


def _ring(sheet: Sheet, look: Look, profile: Profile) -> None:
    """A hoop of clay on a foot, with a short neck."""
    ring = "M300 250 A130 130 0 1 1 299.9 250 Z M300 312 A68 68 0 1 0 300.1 312 Z"
    rounded(sheet, turned(((46, 494), (56, 514)), 0.17), look.base, look.base, 0.2, 12)
    sheet.put('<g fill-rule="evenodd" clip-rule="evenodd">')
    rounded(sheet, ring, look.paint(sheet), look.base, 0.2, 34)
    sheet.put("</g>")
    rounded(sheet, turned(profile, 0.17), look.base, look.base, 0.2, 12)
    opening(sheet, profile[0][1], profile[0][0], look.base, 0.2, 4)


FORMS = {"vase": vase, "plant pot": plant_pot, "candle": candle, "mirror": mirror, "wall clock": wall_clock}
