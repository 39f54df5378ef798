import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from mmrec_app.augmentation import images


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.fixture
def shop_photo() -> Image.Image:
    """A red square left of the middle, on white."""
    made = Image.new("RGB", (200, 100), "white")
    ImageDraw.Draw(made).rectangle((30, 30, 69, 69), fill="red")
    return made


def pixels(picture: Image.Image) -> torch.Tensor:
    return torch.from_numpy(np.array(picture)).permute(2, 0, 1)[None].float() / 255


def redness(picture: torch.Tensor) -> torch.Tensor:
    return (picture[0, 0] - picture[0, 1]).clamp(0, 1)


def test_a_turn_moves_the_corners_and_leaves_them_white(shop_photo):
    turned = images.rotation(pixels(shop_photo), rng(), degrees=45)
    assert turned[0, :, (0, 0, -1, -1), (0, -1, 0, -1)].min() > 0.99
    assert redness(turned).sum() == pytest.approx(1600, rel=0.02)  # as large as before, elsewhere
    assert not torch.equal(turned, pixels(shop_photo))
    assert torch.allclose(images.rotation(pixels(shop_photo), rng(), degrees=0), pixels(shop_photo), atol=1e-5)


def test_a_flip_mirrors_half_of_the_time(shop_photo):
    given = pixels(shop_photo)
    flipped = [not torch.equal(images.flip(given, rng(seed)), given) for seed in range(200)]
    assert 70 < sum(flipped) < 130
    assert torch.equal(images.flip(given, rng(), chance=1.0), given.flip(-1))


def test_a_crop_enlarges_a_part_to_the_picture_s_size(shop_photo):
    given = pixels(shop_photo)
    areas = [redness(images.resized_crop(given, rng(seed), area=(0.5, 0.5), ratio=(1, 1))).sum() for seed in range(40)]
    assert images.resized_crop(given, rng()).shape == given.shape
    assert max(areas) == pytest.approx(3200, rel=0.1) and len({float(area) for area in areas}) > 5
    assert torch.allclose(images.resized_crop(given, rng(), area=(1, 1), ratio=(1, 1)), given, atol=1e-5)


def test_jitter_changes_colours_and_no_red_becomes_another(shop_photo):
    made = [images.colour_jitter(pixels(shop_photo), rng(seed)) for seed in range(20)]
    assert len({tuple(each[0, :, 50, 50].tolist()) for each in made}) > 15
    assert all(each[0, 0, 50, 50] > each[0, 1:, 50, 50].max() + 0.3 for each in made)


def test_a_picture_is_another_one_for_each_seed_and_the_same_for_the_same(shop_photo):
    before = shop_photo.tobytes()
    torch.manual_seed(1)
    one, other = (images.picture(shop_photo, rng(seed)) for seed in (0, 1))
    torch.manual_seed(2)
    assert images.picture(shop_photo, rng(0)).tobytes() == one.tobytes() != other.tobytes()
    assert shop_photo.tobytes() == before and one.mode == "RGB" and one.size == (200, 100)
    assert images.picture(Image.new("RGB", (1, 1), "red"), rng()).size == (1, 1)
    assert images.picture(Image.new("RGB", (900, 300)), rng()).size == (320, 107)
