"""What each material of clothes and bags is like and how it wants to be cared for. The material is the subject, so that
a sentence fits a dress as well as a pair of trousers."""

WEAR = {
    "linen": (
        "The linen is washed before sewing, so it is soft from the first day; machine wash at 30 °C and skip the iron.",
        "European linen keeps you cool and creases gracefully; wash at 30 °C and dry in the shade.",
    ),
    "cotton poplin": (
        "The cotton poplin is crisp and breathes well; machine wash at 40 °C and iron while damp.",
        "Tightly woven cotton poplin keeps its edge; wash at 40 °C with similar colours.",
    ),
    "viscose crêpe": (
        "The viscose crêpe falls like water and hardly creases; wash cold on a gentle cycle and hang to dry.",
        "Viscose crêpe gives the fabric its drape; wash by hand or at 30 °C in a bag.",
    ),
    "silk blend": (
        "The silk blend has a soft sheen and feels cool on the skin; wash by hand in cold water.",
        "A silk blend like this is light and warm at once; have it dry-cleaned or wash it gently by hand.",
    ),
    "organic cotton": (
        "The organic cotton is a sturdy jersey that will not twist; machine wash at 40 °C.",
        "Combed organic cotton stays soft wash after wash; 40 °C, inside out.",
    ),
    "cotton slub": (
        "The cotton slub has a lively surface and dries in no time; machine wash at 30 °C.",
        "Cotton slub gives a dry, airy hand; wash at 30 °C and reshape while damp.",
    ),
    "merino wool": (
        "The merino wool is fine enough to wear on bare skin; wash cold on the wool cycle and dry flat.",
        "Extra-fine merino wool warms without itching and airs out overnight; hand wash now and then.",
    ),
    "lambswool": (
        "The lambswool is springy, warm and brushed to a light bloom; wash by hand and dry flat.",
        "Pure lambswool holds the heat on damp days; air it often and wash it seldom, by hand.",
    ),
    "cotton knit": (
        "The cotton knit is soft, weighty and easy to keep: 30 °C in the machine, then dry flat.",
        "A dense cotton knit keeps its shape through the year; machine wash at 30 °C.",
    ),
    "cotton twill": (
        "The cotton twill has a little stretch and a lot of patience; machine wash at 40 °C.",
        "Brushed cotton twill is hard-wearing and soft to the touch; wash inside out at 40 °C.",
    ),
    "wool blend": (
        "The wool blend keeps its line and sheds the rain; brush it, air it and have it dry-cleaned.",
        "A dense wool blend gives warmth and structure; dry-clean once a season.",
    ),
    "boiled wool": (
        "The boiled wool is wind-tight and soft; air it overnight and have it dry-cleaned when needed.",
        "Boiled wool needs no lining to be warm; brush it and dry-clean it rarely.",
    ),
    "denim": (
        "The denim is woven firm and fades in its own time; wash rarely, cold and inside out.",
        "Twelve-ounce denim takes a few days to become yours; wash at 30 °C, inside out.",
    ),
    "stretch denim": (
        "The stretch denim gives just enough to cycle in; wash at 30 °C, inside out.",
        "Two per cent elastane makes this stretch denim kind to long days; wash cold and line dry.",
    ),
    "cotton canvas": (
        "The cotton canvas is tough and softens with use; spot clean or wash cold by hand.",
        "Heavy cotton canvas stands up to years of daily use; brush off dry dirt and sponge the rest.",
    ),
    "recycled nylon": (
        "The recycled nylon weighs next to nothing and laughs at drizzle; wipe with a damp cloth.",
        "Water-repellent recycled nylon dries in minutes; wash cold without softener.",
    ),
    "leather": (
        "The leather is vegetable-tanned and deepens with age; feed it with a little balm twice a year.",
        "Full-grain leather shows its life honestly; wipe it dry and keep it from radiators.",
    ),
    "suede": (
        "The suede is velvety and supple; brush it with a soft brush and spray it before the first rain.",
        "Fine suede wants a brush now and then and rewards it for years.",
    ),
    "satin": (
        "The satin has a soft gleam and a firm lining; dab spots with a barely damp cloth.",
        "Dense satin keeps the print crisp; store the pair in its bag, out of the sun.",
    ),
    "wool felt": (
        "The wool felt is blocked by hand and keeps its shape; steam it to refresh, brush it to clean.",
        "Firm wool felt stands up to wind and showers; let it dry slowly, away from heat.",
    ),
    "straw": (
        "The straw is woven fine and light; keep it dry and reshape it over steam.",
        "Natural straw lets the air through and the sun not; wipe it with a barely damp cloth.",
    ),
    "acetate": (
        "The acetate is polished by hand and the lenses block all UV; rinse with water and dry with the cloth.",
        "Plant-based acetate is light, warm to the touch and adjustable by any optician; full UV protection.",
    ),
    "steel and leather": (
        "A case of brushed steel and leather on the wrist: water-resistant for rain and washing-up, not for swimming.",
        "Brushed steel and leather age well together; the quartz movement asks for a battery every three years.",
    ),
    "stainless steel": (
        "The stainless steel is brushed to a soft shine; rinse it now and then and dry it with a cloth.",
        "Stainless steel throughout: light for its size, water-resistant and untroubled by soap.",
    ),
    "steel and canvas": (
        "A case of brushed steel on a canvas strap that dries quickly; hand wash the strap, spare the case.",
        "Steel and canvas take knocks and rain; the strap comes off without tools.",
    ),
    "woven straw": (
        "The woven straw is light, airy and stronger than it looks; wipe it with a barely damp cloth.",
        "Woven straw keeps its shape when it is stored stuffed with paper, out of the sun.",
    ),
}
