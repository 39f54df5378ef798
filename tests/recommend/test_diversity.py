import numpy as np
import pytest

from mmrec_app.recommend.diversity import diversified

# Two directions: 0, 1, 2, 4 point one way, 3, 5, 6, 7 the other.
VECTORS = {n: np.eye(2, dtype=np.float32)[int(n in (3, 5, 6, 7))] for n in range(8)}


def order(vectors=VECTORS, facts=None, diversity=0.0, caps=None, k=4) -> list[int]:
    return diversified(range(8), vectors, facts or {}, diversity, caps or {}, k)


def test_without_diversity_the_order_stands():
    assert order() == list(range(8))


def test_what_is_unlike_comes_between_and_the_rest_behind_in_order():
    assert order(diversity=0.3) == [0, 3, 1, 2, 4, 5, 6, 7]
    assert order(diversity=1.0, k=2)[:2] == [0, 3]


def test_the_best_always_leads():
    assert order(diversity=0.99)[0] == 0


def test_an_item_without_a_vector_is_like_none():
    assert order(vectors={n: VECTORS[n] for n in range(8) if n != 2}, diversity=0.3, k=2)[:2] == [0, 2]
    assert order(vectors={}, diversity=0.5) == list(range(8))


@pytest.mark.parametrize(
    ("caps", "first"),
    [
        ({"brand": 1}, [0, 3]),
        ({"brand": 2}, [0, 1, 3, 5]),
        ({"brand": 0.5}, [0, 1, 3, 5]),
        ({"brand": 0.1}, [0, 3]),
        ({"brand": 3, "category": 1}, [0, 4]),
        ({"colour": 1}, [0, 1, 2, 3]),
    ],
)
def test_caps_hold_while_others_are_left(caps, first):
    facts = {
        n: {"brand": "b" if n in (3, 5, 6, 7) else "a", "category": f"c{n // 4}", "colour": None} for n in range(8)
    }
    found = order(facts=facts, caps=caps)
    assert found[: len(first)] == first
    assert found[len(first) :] == [n for n in range(8) if n not in first]  # then what the cap held back, in its order


def test_an_empty_list_stays_empty():
    assert diversified([], {}, {}, 0.5, {"brand": 1}, 4) == []
