"""What comes from shops is made fit for encoders: text without markup, pictures upright, RGB and of bearable size."""

import io
import unicodedata
import warnings
from dataclasses import dataclass
from html.parser import HTMLParser

import numpy as np
from PIL import Image, ImageOps

from mmrec_app.exceptions import ImageRefused

TEXT_LENGTH = 10_000
SILENT = {"script", "style", "template", "noscript"}
Image.init()
FORMATS: list[str] = [name for name in ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP", "TIFF") if name in Image.OPEN]
"""What shops upload. Pillow reads more, some of it by running other programs."""
WIDE_MODES = {"I", "I;16", "I;16B", "I;16L", "F"}


@dataclass(frozen=True)
class ImageLimits:
    bytes: int = 20 * 1024 * 1024
    pixels: int = 50_000_000


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.silent += tag in SILENT
        self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(self.silent - (tag in SILENT), 0)
        self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def clean_text(raw: str, limit: int = TEXT_LENGTH) -> str:
    """Plain text of at most `limit` characters: no markup, no control characters, NFC, single spaces."""
    raw = raw[: limit * 10]
    if "<" in raw or "&" in raw:
        parser = _Text()
        parser.feed(raw)
        parser.close()
        raw = "".join(parser.parts)
    kept = "".join(c if c.isspace() or unicodedata.category(c) not in {"Cc", "Cs", "Cn"} else " " for c in raw)
    return " ".join(unicodedata.normalize("NFC", kept).split())[:limit].rstrip()


def read_image(data: bytes, limits: ImageLimits = ImageLimits()) -> Image.Image:
    """An upright RGB picture, transparency laid on white, the first frame of an animation.

    Raises `ImageRefused` saying why: too many bytes or pixels (before anything is decoded), damaged, or no picture.
    """
    if len(data) > limits.bytes:
        said = f"picture of {len(data):,} bytes; at most {limits.bytes:,} are read. Upload a smaller one."
        raise ImageRefused(said, "bytes", limits.bytes)
    try:
        with warnings.catch_warnings():
            # Our own limit, below, is the one that counts; Pillow's warning would say it twice.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                return frame_of(opened, 0, limits)
    except ImageRefused:
        raise
    except Image.DecompressionBombError as error:
        said = f"picture is too large ({error}). Upload a smaller one."
        raise ImageRefused(said, "pixels", limits.pixels) from error
    except Exception as error:  # decoders raise whatever they like on damaged data
        raise ImageRefused(f"picture cannot be read ({error}); upload it again as JPEG, PNG or WebP.") from error


def frame_of(opened: Image.Image, number: int, limits: ImageLimits, side: int = 0) -> Image.Image:
    """A frame of an opened picture, upright and RGB; no longer than `side` if that is given."""
    _check_size(opened, limits)
    opened.seek(number)
    opened.load()
    made = _rgb(_upright(opened))
    if side:
        made.thumbnail((side, side), Image.Resampling.LANCZOS)
    return made


def _check_size(image: Image.Image, limits: ImageLimits) -> None:
    width, height = image.size
    if width * height > limits.pixels:
        said = f"picture of {width} × {height} pixels; at most {limits.pixels:,} are decoded. Upload a smaller one."
        raise ImageRefused(said, "pixels", limits.pixels)


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # damaged metadata; the pixels are fine
        return image


def _rgb(image: Image.Image) -> Image.Image:
    if image.mode in WIDE_MODES:
        return _narrowed(image).convert("RGB")
    if "A" in image.getbands() or "transparency" in image.info:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return image.convert("RGB")


def _narrowed(image: Image.Image) -> Image.Image:
    """More than eight bits a pixel, scaled to eight: `convert` alone would clip everything bright to white."""
    values = np.asarray(image, np.float64)
    full = 65535 if image.mode.startswith("I;16") or values.max(initial=0) > 255 else 255
    if image.mode == "F" and values.max(initial=0) <= 1:
        full = 1
    return Image.fromarray(np.clip(values * (255 / full), 0, 255).astype(np.uint8))
