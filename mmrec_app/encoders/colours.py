"""The colours of pictures, which photo search compares beside what a network sees in them: that was taught to overlook
them."""

from collections.abc import Sequence

import numpy as np
from PIL import Image

from mmrec_app.encoders.spec import EncoderSpec
from mmrec_app.types import Vector

SIDE = 64
PAPER = 240
"""From here on, in each channel, a pixel is the white that products are photographed on."""
BINS = (16, 4, 2)
"""Of hue, saturation and value."""


class ColourEncoder:
    """A histogram, its roots taken, so that an inner product is the overlap of two."""

    def __init__(self, spec: EncoderSpec) -> None:
        self.identity, self.dimension = spec.identity, int(np.prod(BINS))

    def encode(self, inputs: Sequence[Image.Image]) -> Vector:
        return np.array([self._shares(picture) for picture in inputs], np.float32).reshape(-1, self.dimension)

    def _shares(self, picture: Image.Image) -> Vector:
        small = picture.convert("RGB").resize((SIDE, SIDE))
        coloured = np.asarray(small).min(axis=2) < PAPER
        bins = (np.asarray(small.convert("HSV"))[coloured] * np.array(BINS) // 256).T
        counts = np.bincount(np.ravel_multi_index(tuple(bins), BINS), minlength=self.dimension)
        return np.sqrt(counts / max(counts.sum(), 1)).astype(np.float32)
