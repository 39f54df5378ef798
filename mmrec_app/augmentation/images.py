"""Rotation, flip, crop and colour jitter of a picture (Eq. 17).

Every step takes (B, 3, H, W) in 0…1 and draws from the generator that it is given, from nothing else.
"""

from collections.abc import Callable, Sequence

import numpy as np
import torch
from kornia import enhance
from kornia.geometry import transform
from PIL import Image
from torch import Tensor

SIDE = 320
"""Pictures are made this small first: encoders look at 224 to 384 pixels, and a crop of 0.6 still fills them."""


def rotation(pictures: Tensor, rng: np.random.Generator, degrees: float = 15.0) -> Tensor:
    """Turned by up to `degrees` either way. What the turn lays bare is white, as a product photo's ground is."""
    angle = torch.tensor([rng.uniform(-degrees, degrees)], dtype=pictures.dtype, device=pictures.device)
    return 1 - transform.rotate(1 - pictures, angle.expand(len(pictures)))


def flip(pictures: Tensor, rng: np.random.Generator, chance: float = 0.5) -> Tensor:
    return transform.hflip(pictures) if rng.random() < chance else pictures


def resized_crop(
    pictures: Tensor,
    rng: np.random.Generator,
    area: tuple[float, float] = (0.6, 1.0),
    ratio: tuple[float, float] = (3 / 4, 4 / 3),
) -> Tensor:
    """A part of `area` of the picture, its sides in `ratio` to the picture's own, enlarged to the picture's size."""
    height, width = pictures.shape[-2:]
    share, shape = rng.uniform(*area), np.exp(rng.uniform(*np.log(ratio)))
    high = min(max(round(height * float(np.sqrt(share / shape))), 1), height)
    wide = min(max(round(width * float(np.sqrt(share * shape))), 1), width)
    top, left = int(rng.integers(height - high + 1)), int(rng.integers(width - wide + 1))
    part = pictures[..., top : top + high, left : left + wide]
    return transform.resize(part, (height, width), antialias=True).clamp(0, 1)


def colour_jitter(
    pictures: Tensor,
    rng: np.random.Generator,
    brightness: float = 0.2,
    contrast: float = 0.2,
    saturation: float = 0.2,
    hue: float = 0.02,
) -> Tensor:
    """Each multiplied by 1 ± its bound; the hue turned by ± `hue` of the circle: a red dress must stay red."""
    around = [rng.uniform(1 - bound, 1 + bound) for bound in (brightness, contrast, saturation)]
    pictures = (pictures * around[0]).clamp(0, 1)
    pictures = enhance.adjust_contrast_with_mean_subtraction(pictures, around[1]).clamp(0, 1)
    pictures = enhance.adjust_saturation(pictures, around[2])
    return enhance.adjust_hue(pictures, float(rng.uniform(-hue, hue) * 2 * np.pi)).clamp(0, 1)


STEPS: tuple[Callable[[Tensor, np.random.Generator], Tensor], ...] = (rotation, flip, resized_crop, colour_jitter)


def picture(given: Image.Image, rng: np.random.Generator, steps: Sequence[Callable] = STEPS) -> Image.Image:
    """One RGB picture through all steps; the given one stays as it is."""
    small = given.copy()
    small.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    pixels = torch.from_numpy(np.array(small)).permute(2, 0, 1)[None].float() / 255  # (1, 3, H, W)
    for step in steps:
        pixels = step(pixels, rng)
    return Image.fromarray((pixels[0].permute(1, 2, 0) * 255).round().to(torch.uint8).numpy())
