import os
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest

from mmrec_app.models import EventKind
from shop_demo.illustration.colours import COMPANIONS
from shop_demo.seeding.catalogue import PRODUCTS, SEED, catalogue
from shop_demo.seeding.kinds import KIND
from shop_demo.seeding.sessions import DAY, DAYS
from shop_demo.seeding.shoppers import ada_deeds, deeds
from shop_demo.seeding.tastes import tastes
from shop_demo.seeding.traits import FAMILY_NAMES, STYLE_NAMES, traits_of
from shop_demo.seeding.truth import ROMANTIC, SPORTY, truth, visitor_key

SHOPPERS = 150
GOODS = catalogue()
DEEDS = deeds(GOODS, SHOPPERS)
TRUTH = truth(PRODUCTS, SHOPPERS)


def test_the_same_seed_gives_the_same_deeds():
    assert deeds(GOODS, SHOPPERS) == DEEDS


def test_a_shopper_does_not_depend_on_how_many_there_are():
    alone = deeds(GOODS, 3)
    assert [deed for deed in alone if deed.shopper == 2][0].piece in {d.piece for d in DEEDS if d.shopper == 2}


def test_events_fill_ninety_days_to_the_present():
    ago = np.array([deed.ago for deed in DEEDS])
    assert ago.min() >= 0
    assert ago.max() < DAYS * DAY
    assert (np.histogram(ago, bins=9, range=(0, DAYS * DAY))[0] > len(DEEDS) / 30).all()
    assert (np.diff(ago) <= 0).all()


def test_the_default_shop_has_sixty_thousand_events():
    assert len(DEEDS) / SHOPPERS * 1200 > 60_000


def test_every_kind_happens_but_dismissals_and_rarer_the_more_it_takes():
    counts = Counter(deed.kind for deed in DEEDS)
    assert set(counts) == set(EventKind.values) - {"dismiss"}
    assert counts["view"] > counts["cart"] > counts["purchase"] > len(DEEDS) * 0.02


def test_nothing_is_looked_at_before_it_is_in_the_shop():
    assert all(deed.ago < GOODS[deed.piece].age_days * DAY for deed in DEEDS)


@pytest.mark.parametrize(
    ("of_taste", "of_goods", "names"), [("families", "family", FAMILY_NAMES), ("styles", "style", STYLE_NAMES)]
)
def test_shoppers_look_at_what_they_like_far_more_than_chance(of_taste: str, of_goods: str, names: tuple[str, ...]):
    first, last = tastes(SHOPPERS, SEED)
    loved = getattr(last, of_taste).argmax(axis=1)
    steady = (getattr(first, of_taste).argmax(axis=1) == loved).nonzero()[0]
    trait = getattr(traits_of(GOODS), of_goods)
    chance = np.mean([(trait == loved[shopper]).mean() for shopper in steady])
    views = [deed for deed in DEEDS if deed.kind == "view" and deed.shopper in set(steady)]
    assert np.mean([trait[deed.piece] == loved[deed.shopper] for deed in views]) > 2 * chance


def test_a_taste_that_moved_on_shows_in_what_is_looked_at():
    first, last = tastes(SHOPPERS, SEED)
    moved = {s for s in range(SHOPPERS) if first.styles[s].argmax() != last.styles[s].argmax()}
    style, loved = traits_of(GOODS).style, last.styles.argmax(axis=1)

    def share(recent: bool) -> float:
        views = [d for d in DEEDS if d.shopper in moved and (d.ago < 25 * DAY if recent else d.ago > 60 * DAY)]
        return float(np.mean([style[deed.piece] == loved[deed.shopper] for deed in views]))

    assert len(moved) > SHOPPERS / 12
    assert share(recent=True) > 1.5 * share(recent=False)


def test_opposite_shoppers_look_at_different_things():
    def share(shopper: int, **facts: str) -> float:
        seen = [GOODS[deed.piece].attributes for deed in DEEDS if deed.shopper == shopper and deed.kind == "view"]
        return float(
            np.mean([all(one[name.replace("_", " ")] == value for name, value in facts.items()) for one in seen])
        )

    for facts in ({"style": "romantic"}, {"colour_family": "pastel"}):
        assert share(ROMANTIC, **facts) > 0.25
        assert share(ROMANTIC, **facts) > 2 * share(SPORTY, **facts)
    for facts in ({"style": "minimal"}, {"colour_family": "dark"}):
        assert share(SPORTY, **facts) > 0.15
        assert share(SPORTY, **facts) > 2 * share(ROMANTIC, **facts)
    assert np.corrcoef(TRUTH.utility[ROMANTIC], TRUTH.utility[SPORTY])[0, 1] < 0


def test_a_few_pieces_draw_most_eyes():
    counts = sorted(Counter(deed.piece for deed in DEEDS).values(), reverse=True)
    assert sum(counts[: PRODUCTS // 10]) > 0.25 * sum(counts)


def test_who_buys_looks_next_at_what_goes_with_it():
    followed = Counter[bool]()
    for deed, then in zip(ordered := sorted(DEEDS, key=lambda d: (d.shopper, -d.ago)), ordered[1:], strict=False):
        if deed.kind == "purchase" and then.shopper == deed.shopper and deed.ago - then.ago < 600:
            piece, other = GOODS[deed.piece], GOODS[then.piece]
            if other.form in KIND[piece.form].companions:
                matches = piece.look.style == other.look.style or other.look.colour in COMPANIONS[piece.look.colour]
                followed[matches] += 1
    assert followed.total() > 20
    assert followed[True] > followed[False]


def test_candles_are_bought_again():
    bought = Counter((d.shopper, d.piece) for d in DEEDS if d.kind == "purchase" and GOODS[d.piece].form == "candle")
    assert max(bought.values()) >= 3


def test_the_demo_shopper_has_bought_something_she_likes():
    done = ada_deeds(GOODS)
    assert any(deed.kind == "purchase" for deed in done)
    liked = truth(PRODUCTS, 2).utility[ROMANTIC]
    assert np.mean([liked[deed.piece] for deed in done]) > liked.mean() + liked.std() / 2


def test_the_truth_prefers_the_truth():
    keys = TRUTH.visitor_keys
    assert keys[ROMANTIC] == visitor_key(ROMANTIC)
    best = {key: list(TRUTH.best(key)) for key in keys}
    popular = [GOODS[piece].external_id for piece, _ in Counter(d.piece for d in DEEDS).most_common(20)]
    assert all(TRUTH.ndcg(key, best[key]) == pytest.approx(1) for key in keys)
    assert np.mean([TRUTH.ndcg(key, popular) for key in keys]) < 0.6
    assert TRUTH.ndcg(keys[SPORTY], best[keys[ROMANTIC]]) < 0.5
    assert TRUTH.ndcg(keys[0], []) == 0


def test_purchases_tell_the_truth_and_views_less_so():
    standard = (TRUTH.utility - TRUTH.utility.mean(1, keepdims=True)) / TRUTH.utility.std(1, keepdims=True)
    mean = {
        kind: np.mean([standard[d.shopper, d.piece] for d in DEEDS if d.kind == kind]) for kind in ("view", "purchase")
    }
    assert mean["purchase"] > mean["view"] > 0.5


def test_the_truth_needs_no_django():
    code = "import sys, shop_demo.seeding.truth as t; t.truth(60, 10); sys.exit('django.db' in sys.modules)"
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run([sys.executable, "-c", code], check=True, env=bare)
