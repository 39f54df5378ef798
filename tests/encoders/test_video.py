import io

import numpy as np
import pytest
from PIL import Image

from mmrec_app.encoders import IMAGE_DEFAULT, EncoderSpec, ImageLimits, cached, read_image
from mmrec_app.encoders.spec import FRAMES, MOBILENET, known_dimension
from mmrec_app.encoders.video import places, read_film
from mmrec_app.exceptions import MediaRefused
from tests.products import picture


def animation(frames: list[Image.Image], form: str) -> bytes:
    out = io.BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=50, loop=0)
    return out.getvalue()


def greys(count: int) -> list[Image.Image]:
    return [Image.new("RGB", (64, 48), (n * 250 // count,) * 3) for n in range(count)]


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_frames_are_evenly_spaced_over_an_animation(form):
    film = read_film(animation(greys(80), form), ImageLimits())
    assert len(film) == FRAMES and all(frame.size == (64, 48) and frame.mode == "RGB" for frame in film)
    seen = [frame.getpixel((5, 5))[0] for frame in film]
    np.testing.assert_allclose(np.diff(seen), 250 / FRAMES, atol=8)
    assert seen[0] == pytest.approx(125 / FRAMES, abs=8)


def test_a_short_film_is_seen_whole():
    assert places(3) == [0, 1, 2] and places(80) == [5, 15, 25, 35, 45, 55, 65, 75]
    assert len(read_film(animation(greys(3), "GIF"), ImageLimits())) == 3


@pytest.mark.parametrize("form", ["mp4", "webm", "matroska"])
def test_other_containers_are_read_where_av_is_installed(form):
    av = pytest.importorskip("av")
    out = io.BytesIO()
    with av.open(out, "w", format=form) as container:
        stream = container.add_stream("libvpx" if form == "webm" else "mpeg4", rate=20)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for grey in greys(80):
            container.mux(stream.encode(av.VideoFrame.from_image(grey)))
        container.mux(stream.encode())
    film = read_film(out.getvalue(), ImageLimits())
    assert len(film) == FRAMES and film[0].size == (64, 48)
    np.testing.assert_allclose(np.diff([frame.getpixel((5, 5))[0] for frame in film]), 250 / FRAMES, atol=12)
    with pytest.raises(MediaRefused, match="64 × 48 pixels"):
        read_film(out.getvalue(), ImageLimits(pixels=100))


def test_a_film_is_the_mean_of_its_frames_and_shares_the_image_model():
    spec = EncoderSpec("video", MOBILENET)
    encoder, pictures = cached(spec), [read_image(picture(*of)) for of in (("red", "dress"), ("blue", "mug"))]
    rows = encoder.encode([pictures, pictures[:1]])
    single = cached(IMAGE_DEFAULT).encode(pictures)
    assert float(rows[0] @ single[0]) == pytest.approx(float(rows[0] @ single[1]), abs=1e-4)
    assert float(rows[1] @ single[0]) == pytest.approx(1, abs=1e-4)
    assert encoder.images is cached(IMAGE_DEFAULT) and encoder.encode([]).shape == (0, 1280)
    assert encoder.dimension == known_dimension(spec) == 1280 and spec.identity != IMAGE_DEFAULT.identity


@pytest.mark.parametrize("data", [b"", b"no film", animation(greys(9), "GIF")[:40]])
def test_what_is_no_film_is_refused(data):
    with pytest.raises(MediaRefused, match="upload"):
        read_film(data, ImageLimits())


def test_without_av_the_remedy_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "av", None)
    with pytest.raises(MediaRefused, match=r"pip install 'django-mmrec\[media\]'"):
        read_film(bytes(4) + b"ftypmp42" + bytes(100), ImageLimits())
