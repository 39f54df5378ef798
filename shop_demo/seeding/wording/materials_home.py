"""What the materials of a home are like and how they want to be cared for, by the kind of thing made of them."""

SOFT = {
    "cotton": (
        "The cotton cover comes off and goes in the machine at 40 °C.",
        "Washed cotton makes it soft from the first day; 30 °C, then dry in the air.",
    ),
    "linen": (
        "The linen is garment-washed and only gets softer; 40 °C, no iron needed.",
        "Heavy European linen, with all its small irregularities; wash at 30 °C.",
    ),
    "velvet": (
        "The velvet catches the light at every turn; brush it with the pile and have it dry-cleaned.",
        "Dense cotton velvet feels as good as it looks; steam lifts any marks.",
    ),
    "corduroy": (
        "The corduroy has a wide, soft rib; turn it inside out and wash at 30 °C.",
        "Cotton corduroy wears well and warms the hand; machine wash cold.",
    ),
    "wool": (
        "The wool is soft, springy and dirt-repellent by nature; air it often, wash it seldom and by hand.",
        "Pure new wool, woven in a small mill; shake it out, air it, dry-clean it now and then.",
    ),
    "cashmere": (
        "The cashmere weighs little and warms a lot; wash by hand in cool water and dry flat.",
        "A touch of cashmere is felt at once; comb it gently and store it clean.",
    ),
    "chunky knit": (
        "The chunky knit is soft, heavy and forgiving; wash on the wool cycle and dry flat.",
        "A chunky knit like this is warm before it is even unfolded; hand wash cold.",
    ),
}

RUGS = {
    "wool": (
        "The wool is dense underfoot and shrugs off dirt; vacuum without a beater and turn it twice a year.",
        "Hard-wearing wool, dyed before weaving; blot spills, never rub.",
    ),
    "tufted wool": (
        "The tufted wool is deep and soft; expect a little shedding in the first weeks.",
        "Tufted wool muffles every step; vacuum gently and in one direction.",
    ),
    "flatwoven cotton": (
        "The flatwoven cotton lies flat from the first day and can be turned over; shake it out or wash it cold.",
        "Flatwoven cotton is light enough to carry outside and beat; use an underlay on smooth floors.",
    ),
    "cotton": (
        "The cotton is thick and washable: cold, once in a while, and dried flat.",
        "Braided cotton is kind to bare feet and easy to vacuum.",
    ),
}

ROOM = {
    "glazed ceramic": (
        "The glazed ceramic is dipped by hand, so the colour pools a little at the edges; wipe with a soft cloth.",
        "Glazed ceramic keeps its shine for decades; dust it and it is done.",
    ),
    "matt ceramic": (
        "The matt ceramic feels like eggshell; wipe it with a dry cloth.",
        "Matt ceramic drinks up the light instead of throwing it back; dust it softly.",
    ),
    "stoneware": (
        "The stoneware is thrown by hand and watertight; rinse it with warm water.",
        "Fired at high heat, the stoneware shrugs off knocks; a wet cloth will do.",
    ),
    "porcelain": (
        "The porcelain is fine, bright and stronger than it looks; wash it by hand.",
        "Smooth porcelain, glazed inside and out; lukewarm water keeps it clean.",
    ),
    "terracotta": (
        "The terracotta breathes and will take on a patina with the years; bring it in before hard frost.",
        "Warm, porous terracotta, fired slowly; wipe it and let it age.",
    ),
    "concrete": (
        "The concrete is cast with fine sand and sealed; wipe it with a damp cloth.",
        "Cast concrete is heavy enough to stay put in the wind; it is frost-proof, too.",
    ),
    "seagrass": (
        "The seagrass is braided by hand and lined, so a watering may go wrong; dust it with a brush.",
        "Braided seagrass brings a little of the dunes indoors; keep it dry and dust it.",
    ),
    "glass": (
        "The glass is mouth-blown, with the odd tiny bubble to prove it; wash it by hand.",
        "Coloured right through, the glass plays with every ray of sun; warm water and a soft cloth keep it clear.",
    ),
    "linen": (
        "The linen softens the light to a warm glow; dust it with a dry brush.",
        "Linen stretched over a light frame; a lint roller keeps it fresh.",
    ),
    "paper": (
        "The paper is strong, long-fibred and spreads the light evenly; dust it with a feather duster.",
        "Layered paper makes for a light like early morning; keep it dry.",
    ),
    "rattan": (
        "The rattan is woven by hand; a damp cloth once a month keeps it supple.",
        "Natural rattan throws lively shadows and weighs next to nothing; dust it with a soft brush.",
    ),
    "bamboo": (
        "The bamboo is light, tough and fast to grow back; wipe it with a damp cloth.",
        "Solid bamboo, bent over heat; keep it away from the radiator and it will last.",
    ),
    "enamel": (
        "The enamel is as glossy as a good car and easy to wipe clean.",
        "Baked enamel over steel, as in old workshops; a damp cloth keeps it bright.",
    ),
    "lacquered steel": (
        "The lacquered steel has a smooth, even finish; wipe it with a soft cloth.",
        "Lacquered steel resists scratches and fingerprints; dust it dry.",
    ),
    "black steel": (
        "The black steel is powder-coated against scratches; wipe it with a damp cloth.",
        "Slim black steel draws a clear line in the room; dust it dry.",
    ),
    "steel": (
        "The steel is brushed and satin-soft; a drop of oil on a cloth removes fingerprints.",
        "Brushed steel takes daily use in its stride; wipe it with a damp cloth.",
    ),
    "brass": (
        "The brass darkens beautifully; polish it for shine or leave it be.",
        "Solid brass has a warm gleam that grows with age; dust it with a dry cloth.",
    ),
    "marble": (
        "The marble is solid, cool and never the same twice; wipe up lemon and wine at once.",
        "Real marble gives it weight and a fine vein; a damp cloth is enough.",
    ),
    "oak": (
        "The oak is solid and oiled; refresh it with a little oil once a year.",
        "Solid oak with a lively grain; wipe it with a damp cloth and then a dry one.",
    ),
    "walnut": (
        "The walnut is dark, solid and finished with wax; polish it with a soft cloth.",
        "Solid walnut brings depth and warmth; keep it out of full sun and dust it dry.",
    ),
    "beech": (
        "The beech is steam-bent and joined without screws; wipe it with a damp cloth.",
        "Solid beech from managed forests, sealed with hard wax; a damp cloth keeps it clean.",
    ),
    "painted beech": (
        "The painted beech has softly rubbed edges; wipe it with a damp cloth.",
        "Painted beech, joined the old way; felt pads are included.",
    ),
    "white-painted beech": (
        "The white-painted beech has softly rubbed edges; wipe it with a damp cloth.",
        "White-painted beech, joined the old way; felt pads are included.",
    ),
    "lacquered wood": (
        "The lacquered wood is sprayed in five thin coats; wipe it with a soft, damp cloth.",
        "Lacquered wood gives the colour its depth; dust it and keep it out of steam.",
    ),
    "wool blend": (
        "The wool blend of the cover is tightly woven and slow to show wear; vacuum with the brush nozzle.",
        "A dense wool blend covers it from arm to arm; lift spots with lukewarm water.",
    ),
    "bouclé": (
        "The bouclé is nubbly, soft and hides crumbs better than it should; vacuum with the brush nozzle.",
        "A wool-rich bouclé covers the frame; lift spots with lukewarm water.",
    ),
    "cotton velvet": (
        "The cotton velvet catches the light at every turn; brush it with the pile.",
        "Dense cotton velvet feels as good as it looks; vacuum gently and steam out marks.",
    ),
    "soy wax": (
        "The soy wax burns cleanly and evenly; trim the wick before each lighting.",
        "Soy wax and a cotton wick make for a steady flame; let the whole surface melt the first time.",
    ),
    "beeswax blend": (
        "The beeswax blend has a faint scent of honey and hardly drips; keep it out of draughts.",
        "A beeswax blend burns bright and slow; trim the wick to half a centimetre.",
    ),
}

TABLE = {
    "stoneware": (
        "The stoneware is glazed by hand, so no two are quite alike; it may go in the dishwasher.",
        "Fired at high heat, the stoneware shrugs off knocks; dishwasher and microwave safe.",
    ),
    "two-tone stoneware": (
        "The two-tone stoneware is dipped once and left bare below; dishwasher safe.",
        "Half glazed, half raw: two-tone stoneware with a pleasant grip; dishwasher safe.",
    ),
    "porcelain": (
        "The porcelain is thin, bright and stronger than it looks; dishwasher and microwave safe.",
        "Fine porcelain rings when tapped and survives daily use; dishwasher safe.",
    ),
    "glazed ceramic": (
        "The glazed ceramic has a depth that photographs never catch; wash it by hand to keep the shine.",
        "Glazed ceramic from a small pottery; dishwasher safe on the gentle programme.",
    ),
    "enamel": (
        "The enamel is light, all but unbreakable and happy outdoors; keep it out of the microwave.",
        "Enamel on steel chips only when it has a story to tell; dishwasher safe.",
    ),
    "glass": (
        "The glass is mouth-blown and clear-voiced; wash it by hand with a bottle brush.",
        "Heat-proof glass, thin at the lip; rinse it with warm water.",
    ),
    "cast iron": (
        "The cast iron is enamelled inside and keeps the heat for an hour; rinse it without soap.",
        "Heavy cast iron, made to stay on the table; dry it well after rinsing.",
    ),
    "acacia wood": (
        "The acacia wood is turned from one piece; wash it by hand and oil it now and then.",
        "Solid acacia wood with a grain of its own; never soak it.",
    ),
    "copper": (
        "The copper heats in an instant and is lined with steel; polish it or let it mellow.",
        "Thick copper answers to the smallest turn of the knob; wash it by hand.",
    ),
    "enamelled cast iron": (
        "The enamelled cast iron goes from hob to oven to table; let it cool before washing.",
        "Enamelled cast iron holds its heat for seconds and thirds; wash it by hand.",
    ),
    "enamelled steel": (
        "The enamelled steel suits every hob, induction too; avoid metal scourers.",
        "Two coats over a steel core keep enamelled steel smooth for decades; dry it at once after washing.",
    ),
    "lacquered aluminium": (
        "The lacquered aluminium is light in the hand and quick on the flame; wash it by hand.",
        "Lacquered aluminium with a thick base spreads the heat evenly; no scourers.",
    ),
    "lacquered steel": (
        "The lacquered steel is smooth, tough and easy to wipe clean.",
        "Double-walled where it matters, the lacquered steel stays cool to the touch; wash it by hand.",
    ),
}
