import io
import tarfile

import numpy as np
import pytest
from PIL import Image

from benchmarks.quality import features as module
from benchmarks.quality.features import features, text_of
from benchmarks.quality.reading import read_record
from benchmarks.quality.sets import named, prepare
from benchmarks.quality.splitting import Cut
from mmrec_app.encoders import IMAGE_DEFAULT, TEXT_DEFAULT, cached
from mmrec_app.encoders.bundled import FOLDER, default_cache
from tests.benchmarks.folders import checkerboard, write_interactions, write_items


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    weights = default_cache() / FOLDER
    monkeypatch.setenv("MMREC_CACHE", str(tmp_path / "cache"))
    if weights.is_dir():  # the picture encoder, converted before
        (tmp_path / "cache").mkdir()
        (tmp_path / "cache" / FOLDER).symlink_to(weights)


def test_a_text_is_title_brand_category_description_and_attribute_values():
    item = {
        "item_id": "1",
        "title": "A &amp; B <b>mug</b>",
        "brand": None,
        "category": "Home > Mugs",
        "description": "Holds\n tea.",
        "price": 3,
        "attributes": {"colour": "red", "sizes": ["S", "M"], "none": None},
    }
    assert text_of(item) == "A & B mug. Home > Mugs. Holds tea.. red, S, M"
    assert text_of({"item_id": "1"}) == ""


def test_texts_and_pictures_go_through_the_bundled_encoders_once(tmp_path, monkeypatch):
    folder = tmp_path / "set"
    folder.mkdir()
    write_items(folder, item_id=["a", "b", "c"], title=["A red mug", None, "A blue bowl"])
    write_interactions(folder, user_id=[1, 1], item_id=["a", "b"])
    _write_pictures(folder, a=_jpeg("red"), c=b"no picture")
    items = read_record(folder).items
    found = features(folder, items)
    assert found.modalities == {TEXT_DEFAULT.identity: "text", IMAGE_DEFAULT.identity: "image"}
    text, image = (found.plain[spec.identity] for spec in (TEXT_DEFAULT, IMAGE_DEFAULT))
    np.testing.assert_allclose(text[2], cached(TEXT_DEFAULT).encode(["A blue bowl"])[0], atol=1e-5)
    assert np.isnan(text[1]).all()
    assert np.isnan(image).all(axis=1).tolist() == [False, True, True]
    for plain, views in ((text, found.views[TEXT_DEFAULT.identity]), (image, found.views[IMAGE_DEFAULT.identity])):
        assert views.shape == (2, *plain.shape)
        alike = views[:, 0] @ plain[0]
        assert (alike > 0.5).all() and (alike < 0.9999).all()  # the same thing, seen otherwise
        assert np.array_equal(np.isnan(views), np.isnan(np.stack([plain, plain])))
    monkeypatch.setattr(module, "cached", _refused)
    again = features(folder, items)
    np.testing.assert_array_equal(again.plain[TEXT_DEFAULT.identity], text)
    np.testing.assert_array_equal(again.views[IMAGE_DEFAULT.identity], found.views[IMAGE_DEFAULT.identity])


def _refused(spec):
    raise AssertionError(f"{spec} was loaded again")


def _jpeg(colour: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def _write_pictures(folder, **pictures: bytes) -> None:
    with tarfile.open(folder / "images.tar", "w") as archive:
        for name, data in pictures.items():
            member = tarfile.TarInfo(f"{name}.jpg")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


def test_ready_features_stand_in_place_of_an_encoder(tmp_path):
    folder = checkerboard(tmp_path / "set", colour="red")
    rows = np.load(folder / "features" / "text.npy")
    rows[3] = 0
    np.save(folder / "features" / "text.npy", rows)
    found = features(folder, read_record(folder).items)
    assert found.modalities == {"ready:text": "text"} and not found.views
    assert np.isnan(found.plain["ready:text"][3]).all()
    np.testing.assert_array_equal(found.plain["ready:text"][4], rows[4])


def test_ready_features_of_another_length_are_refused(tmp_path):
    folder = checkerboard(tmp_path / "set")
    np.save(folder / "features" / "text.npy", np.ones((5, 2), np.float16))
    with pytest.raises(ValueError, match=r"shape \(5, 2\)"):
        features(folder, read_record(folder).items)


def test_a_set_is_prepared_once_and_anew_when_its_files_or_cut_change(tmp_path):
    folder = checkerboard(tmp_path / "set")
    first = prepare(folder, Cut())
    marker = first.folder / "marker"
    marker.touch()
    assert prepare(folder, Cut()) == first and marker.exists()
    assert prepare(folder, Cut(sample=9)).key != first.key
    np.save(folder / "features" / "text.npy", np.ones((24, 2), np.float16))
    assert prepare(folder, Cut()).key != first.key


def test_the_name_of_a_set_says_what_was_done_to_it():
    assert named("shop", Cut()) == "shop"
    assert named("shop", Cut("time", 0.1, 500)) == "shop split=time cold=0.1 sample=500"
