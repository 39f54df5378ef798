"""Frozen pretrained models: text and pictures in, unit vectors out. Knows no Django; torch is imported on first use."""

from mmrec_app.encoders.clean import ImageLimits, clean_text, read_image
from mmrec_app.encoders.loading import Encoder, cached, load
from mmrec_app.encoders.spec import IMAGE_DEFAULT, TEXT_DEFAULT, EncoderSpec

__all__ = [
    "IMAGE_DEFAULT",
    "TEXT_DEFAULT",
    "Encoder",
    "EncoderSpec",
    "ImageLimits",
    "cached",
    "clean_text",
    "load",
    "read_image",
]
