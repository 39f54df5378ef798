import numpy as np
import pytest

from mmrec_app.training.projection import Projection, fit_projection, fixed_projection, unit, widths


def rows(count: int = 60, width: int = 40, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return unit((rng.standard_normal((count, 12)) @ rng.standard_normal((12, width)) + 1).astype(np.float32))


def test_a_fitted_projection_keeps_the_order_of_cosines():
    """Rank 12 and the mean fit into the slice, so nothing is lost but the centring."""
    given = rows()
    joint = fit_projection({"a": given}, 16)({"a": given})
    centred = unit(given - 0.5 * given.mean(0))
    np.testing.assert_allclose(joint @ joint.T, centred @ centred.T, atol=1e-5)


def test_joint_similarity_is_the_mean_over_shared_modalities():
    text, image = rows(seed=1), rows(seed=2)
    tower = fit_projection({"t": text, "i": image}, 32)
    only = lambda name, given: fit_projection({name: given}, 16)({name: given})  # noqa: E731
    joint, t, i = tower({"t": text, "i": image}), only("t", text), only("i", image)
    np.testing.assert_allclose(joint @ joint.T, (t @ t.T + i @ i.T) / 2, atol=1e-5)


def test_a_query_of_one_modality_meets_only_that_one():
    text, image = rows(seed=1), rows(seed=2)
    tower = fit_projection({"t": text, "i": image}, 32)
    query = tower({"i": image[:5]})
    expected = fit_projection({"i": image}, 16)({"i": image})
    np.testing.assert_allclose(query @ tower({"t": text, "i": image}).T, expected[:5] @ expected.T / 2**0.5, atol=1e-5)


@pytest.mark.parametrize(
    "make",
    [lambda: fixed_projection({"t": 40, "i": 40}, 30), lambda: fit_projection({"t": rows(), "i": rows()}, 30)],
)
def test_missing_modalities_leave_unit_or_zero_vectors(make):
    text, image = rows(3), rows(3)
    text[1], image[1:] = np.nan, np.nan
    joint = make()({"t": text, "i": image})
    np.testing.assert_allclose(np.linalg.norm(joint, axis=1), [1, 0, 1], atol=1e-5)


def test_a_fixed_projection_is_the_same_everywhere_and_orthogonal():
    first, again = (fixed_projection({"t": 384, "i": 1280}, 256) for _ in range(2))
    for block, same in zip(first.blocks, again.blocks, strict=True):
        np.testing.assert_array_equal(block.matrix, same.matrix)
        np.testing.assert_allclose(block.matrix.T @ block.matrix, np.eye(128), atol=1e-5)
    assert first.blocks[0].matrix[0, 0] != first.blocks[1].matrix[0, 0]


def test_a_projection_survives_its_file():
    text, image = rows(seed=1), rows(seed=2)
    tower = fit_projection({"t": text, "i": image}, 20)
    again = Projection.from_bytes(tower.to_bytes(), tower.encoders, tower.dimension)
    np.testing.assert_array_equal(tower({"t": text, "i": image}), again({"t": text, "i": image}))


def test_fewer_items_than_dimensions_are_enough():
    few = rows(5)
    joint = fit_projection({"t": few}, 64)({"t": few})
    assert joint.shape == (5, 64) and np.isfinite(joint).all()


def test_widths_add_up():
    assert widths(256, 3) == [86, 85, 85]
