import io
import struct
import zlib
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from mmrec_app.encoders import ImageLimits, clean_text, read_image
from mmrec_app.exceptions import ImageRefused


def saved(image: Image.Image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<p>Soft<br>wool</p> &amp; silk", "Soft wool & silk"),
        ("<style>p {color: red}</style>Coat<script>alert('x')</script>", "Coat"),
        ("a\x00b\x07c\ud800d", "a b c d"),
        ("  lots \n\t of\u00a0space ", "lots of space"),
        ("cafe\u0301", "caf\u00e9"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("<b>unclosed", "unclosed"),
        ("AT&T", "AT&T"),
        ("", ""),
    ],
)
def test_text_comes_clean(raw, clean):
    assert clean_text(raw) == clean


def test_a_novel_is_cut_and_a_wall_of_markup_ends():
    assert len(clean_text("word " * 100_000)) <= 10_000
    assert clean_text("<" * 200_000) is not None
    assert clean_text("<div>" * 50_000 + "end") == ""  # beyond what is read of markup


@given(st.text())
def test_clean_text_is_clean_once_and_for_all(raw):
    once = clean_text(raw)
    once.encode()
    assert "\x00" not in once and once == once.strip()


def test_a_picture_is_turned_upright():
    image = Image.new("RGB", (40, 20), "white")
    image.paste("red", (0, 0, 20, 20))  # the left half
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise
    upright = read_image(saved(image, "JPEG", exif=exif.tobytes()))
    assert upright.size == (20, 40)
    assert upright.getpixel((10, 5))[1] < 90 and upright.getpixel((10, 35))[1] > 200


def test_damaged_metadata_costs_no_picture():
    broken = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xff\x01\x12"
    assert read_image(saved(Image.new("RGB", (9, 9), "red"), "JPEG", exif=broken)).size == (9, 9)


def test_transparency_lies_on_white():
    image = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    image.putpixel((0, 0), (0, 0, 255, 255))
    found = read_image(saved(image, "PNG"))
    assert found.mode == "RGB"
    assert (found.getpixel((0, 0)), found.getpixel((3, 3))) == ((0, 0, 255), (255, 255, 255))
    palette = Image.new("P", (4, 4), 0)
    palette.putpalette([0, 0, 0, 9, 9, 9])
    assert read_image(saved(palette, "PNG", transparency=0)).getpixel((1, 1)) == (255, 255, 255)


def test_print_colours_become_screen_colours():
    red = Image.new("CMYK", (8, 8), (0, 255, 255, 0))
    pixel = read_image(saved(red, "JPEG")).getpixel((4, 4))
    assert pixel[0] > 200 and pixel[1] < 60 and pixel[2] < 60


@pytest.mark.parametrize("mode", ["I;16", "I"])
def test_sixteen_bits_are_scaled_and_not_clipped(mode):
    values = np.linspace(0, 65535, 64).astype(np.uint16 if mode == "I;16" else np.int32).reshape(8, 8)
    found = np.asarray(read_image(saved(Image.fromarray(values), "PNG" if mode == "I;16" else "TIFF")))
    assert found[0, 0, 0] == 0 and found[7, 7, 0] == 255 and 120 < found[4, 0, 0] < 136


def test_an_animation_is_its_first_frame():
    frames = [Image.new("RGB", (6, 6), colour) for colour in ("red", "blue", "green")]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert read_image(data).getpixel((2, 2)) == (255, 0, 0)


def bomb(width: int, height: int) -> bytes:
    """A PNG of few bytes that says it is huge, and is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\x00" * (width // 8 + 1) * 2000)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("side", "said"),
    [(9_000, "9000 × 9000 pixels; at most 50,000,000"), (60_000, "too large .*3600000000 pixels")],
)
def test_a_decompression_bomb_is_refused_before_it_is_decoded(side, said):
    data = bomb(side, side)
    assert len(data) < 100_000
    with pytest.raises(ImageRefused, match=said):
        read_image(data)


def test_too_many_bytes_are_refused():
    with pytest.raises(ImageRefused, match="picture of 20 bytes; at most 10"):
        read_image(b"x" * 20, ImageLimits(bytes=10))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nonsense",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",  # would start another program
        saved(Image.new("RGB", (90, 90), "red"), "PNG")[:60],
        saved(Image.effect_noise((90, 90), 50), "JPEG")[:400],
    ],
)
def test_what_is_no_whole_picture_is_refused(data):
    with pytest.raises(ImageRefused, match="cannot be read .*; upload it again"):
        read_image(data)


@given(st.binary(max_size=200), st.integers(0, 400))
def test_damage_anywhere_is_refused_or_read_but_never_a_crash(noise, at):
    data = saved(Image.linear_gradient("L").resize((32, 32)), "PNG")
    with suppress(ImageRefused):
        assert read_image(data[:at] + noise + data[at:]).mode == "RGB"
