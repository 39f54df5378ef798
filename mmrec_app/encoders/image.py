"""Any Hugging Face image model (Eq. 1 for pictures)."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import torch
from PIL import Image, ImageOps
from torch import Tensor
from transformers import AutoImageProcessor, AutoModel

from mmrec_app.encoders.clean import ImageLimits, read_image
from mmrec_app.encoders.spec import EncoderSpec
from mmrec_app.encoders.torching import as_unit_rows, device_of, precision, tensor_of
from mmrec_app.exceptions import ImageRefused
from mmrec_app.types import Vector

THREADS = 4
SIDE = 512
"""No encoder looks closer; memory does."""


def decode_all(sources: Iterable[bytes], limits: ImageLimits) -> list[Image.Image | ImageRefused]:
    """Decodes beside each other, in order; a picture that is refused leaves the reason in its place."""
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(lambda data: _decode(data, limits), sources))


def _decode(data: bytes, limits: ImageLimits) -> Image.Image | ImageRefused:
    try:
        picture = read_image(data, limits)
    except ImageRefused as refused:
        return refused
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS, reducing_gap=3)
    return picture


class ImageEncoder:
    """Prepared by the model's own processor beside the running model, pooled, normalised."""

    def __init__(self, spec: EncoderSpec, source: str, device: str = "auto", dtype: str = "auto") -> None:
        self.spec, self.identity, self.dtype = spec, spec.identity, dtype
        self.device = device_of(device)
        revision = {"revision": spec.revision} if spec.revision else {}
        self.processor = AutoImageProcessor.from_pretrained(source, backend="pil", trust_remote_code=False, **revision)
        model = AutoModel.from_pretrained(source, use_safetensors=True, trust_remote_code=False, **revision)
        # Several times faster on a CPU for convolutions.
        self.model = model.to(self.device, memory_format=torch.channels_last).eval()
        self.dimension = self.encode([Image.new("RGB", (32, 32))]).shape[1]

    def encode(self, inputs: Sequence[Image.Image]) -> Vector:
        if not inputs:
            return np.zeros((0, self.dimension), np.float32)
        size = self.spec.batch
        batches = [inputs[start : start + size] for start in range(0, len(inputs), size)]
        with ThreadPoolExecutor(1) as pool:
            prepared = pool.map(self._prepare, batches)
            return np.concatenate([self._features(batch) for batch in prepared])

    def _prepare(self, pictures: Sequence[Image.Image]) -> Tensor:
        if self.spec.resize == "pad":
            pictures = [_square(picture) for picture in pictures]
        return self.processor(images=list(pictures), return_tensors="pt")["pixel_values"]  # (B, 3, H, W)

    @torch.inference_mode()
    def _features(self, pixels: Tensor) -> Vector:
        pixels = pixels.to(self.device, memory_format=torch.channels_last)
        with precision(self.device, self.dtype):
            if hasattr(self.model, "get_image_features"):
                return as_unit_rows(tensor_of(self.model.get_image_features(pixel_values=pixels)))
            output = self.model(pixel_values=pixels)
            return as_unit_rows(_pool(output, self.spec.pooled).flatten(1))


def _square(picture: Image.Image) -> Image.Image:
    """A picture whole on a white square: a centre crop would cut the sleeves off a coat."""
    side = max(picture.size)
    return picture if picture.size == (side, side) else ImageOps.pad(picture, (side, side), color="white")


def _pool(output: Any, how: str) -> Tensor:
    if how == "pooler" and getattr(output, "pooler_output", None) is not None:
        return output.pooler_output  # (B, D) or (B, D, 1, 1)
    states = output.last_hidden_state
    if states.ndim == 4:  # a convolution's (B, D, H, W)
        return states.mean((2, 3))
    return states[:, 0] if how == "cls" else states.mean(1)
