"""A last sentence in the spirit of the style, neutral between one thing and a pair."""

STYLES = {
    "wear": {
        "classic": (
            "A classic cut that was right twenty years ago and will be in twenty more.",
            "For the office, for lunch with your mother, for photographs you will still like later: classic, in short.",
            "Classic tailoring details do the work; fashion may come and go.",
        ),
        "minimal": (
            "Minimal to the last seam: nothing to add, nothing to cut away.",
            "For a wardrobe of few, good pieces, pared down to a minimal line.",
            "The minimal design leaves the stage to whoever is wearing it.",
        ),
        "romantic": (
            "A romantic touch for garden parties, first dates and evenings that run late.",
            "Soft, romantic and not at all shy of flowers.",
            "Made for windows open in June and the romantic side of the wardrobe.",
        ),
        "retro": (
            "A retro nod to the sixties, with the comfort of today.",
            "Straight from a holiday postcard: cheerful, retro and best worn dancing.",
            "The retro spirit is no costume; a modern cut keeps it easy.",
        ),
        "sporty": (
            "Sporty by nature: made to move, stretch and be thrown in the wash.",
            "For stairs taken two at a time and a sporty look that never tries too hard.",
            "The sporty lines come from the track, the comfort from the couch.",
        ),
        "boho": (
            "A boho piece for market mornings, festivals and layered silver.",
            "Easy, sun-warmed and boho to the hem.",
            "Wear with bare feet or boots; the boho mood takes either.",
        ),
    },
    "carry": {
        "classic": (
            "A classic shape, made to be repaired rather than replaced.",
            "Classic enough to inherit and useful enough not to wait for it.",
            "Good with a trench coat and good with a summer suit, as classic things are.",
        ),
        "minimal": (
            "No logo, no fuss; minimal on purpose.",
            "Minimal lines that sit well beside anything.",
            "Reduced to what matters, for people with a minimal streak.",
        ),
        "romantic": (
            "A romantic note to a plain outfit, and the whole point of a floral one.",
            "Soft lines and a romantic mood for weddings and warm evenings.",
            "Romantic, a little nostalgic and lovely with silk and lace.",
        ),
        "retro": (
            "The retro shape comes from an old film poster.",
            "Retro with a wink, and at home with red lipstick.",
            "A retro accent that cheers up plain black in an instant.",
        ),
        "sporty": (
            "Sporty, light and ready when the weather is.",
            "For the commute, the court and the weekend away, in a sporty cut.",
            "Built for pace: sporty lines, no loose ends.",
        ),
        "boho": (
            "Boho in spirit, and best with linen, denim and sun on the shoulders.",
            "A boho companion for the coast road.",
            "Made slowly and meant to be mixed, in the best boho tradition.",
        ),
    },
    "home": {
        "classic": (
            "A classic that gets along with heirlooms and new sofas alike.",
            "Classic proportions that will not tire you in ten years.",
            "At home in an old flat with high ceilings, and just as classic in a new one.",
        ),
        "minimal": (
            "Minimal in form, so the room can breathe.",
            "For calm shelves and clear tables: minimal without being cold.",
            "A minimal shape with nothing left to take away.",
        ),
        "romantic": (
            "A romantic piece for rooms with flowers and afternoon light.",
            "Romantic, a little French, and lovely beside old books.",
            "Brings a soft, romantic air to the plainest corner.",
        ),
        "retro": (
            "Retro curves with a sunny temper, as if found at the best stall of the flea market.",
            "A retro favourite for people who keep their records.",
            "Sixties optimism for the living room: retro, rounded, ready for a party.",
        ),
        "boho": (
            "Boho at heart: mix it with plants, baskets and things from your travels.",
            "A relaxed, boho piece that likes company.",
            "For rooms that grow over time, in a warm boho way.",
        ),
    },
    "kitchen": {
        "classic": (
            "A classic for the open shelf, easy to replace one by one.",
            "The classic shape has proved itself in many kitchens.",
            "Classic enough for guests, sturdy enough for every day.",
        ),
        "minimal": (
            "A minimal shape that lets the food do the decorating.",
            "Minimal lines that stack well, store well and wear well.",
            "For tidy shelves and minimal tables.",
        ),
        "romantic": (
            "A romantic table needs little more than this and a linen cloth.",
            "Romantic, a bit old-fashioned and made for cake.",
            "Brings a romantic note to breakfast in bed.",
        ),
        "retro": (
            "Retro cheer for grey mornings.",
            "As retro as a diner counter, and as practical.",
            "The retro shape comes from the kitchen of a grandmother with style.",
        ),
        "boho": (
            "Boho and handmade in feeling, for long tables and passed dishes.",
            "Mix and match it in the best boho manner; no two settings need agree.",
            "An easygoing, boho piece that likes herbs, wood and candlelight.",
        ),
    },
}
