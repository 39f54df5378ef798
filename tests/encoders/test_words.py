"""TF-IDF and word vectors, on texts and files that the tests make."""

from pathlib import Path

import numpy as np
import pytest

from mmrec_app.encoders import EncoderSpec, load
from mmrec_app.encoders import words as word_files
from mmrec_app.encoders.spec import known_dimension
from mmrec_app.encoders.tfidf import counted, fit, weighted
from mmrec_app.exceptions import EncoderError

TOPICS = {"clothes": "dress gown skirt sleeve cotton hem", "tools": "drill battery torque chuck screw volt"}
VECTORS = {"the": (1, 1, 1), "dress": (1, 0, 0), "gown": (0.5, 0, 0), "Drill": (0, 1, 0), "straße": (0, 0, 2)}


def corpus(count: int = 60) -> list[str]:
    rng = np.random.default_rng(0)
    topics = [topic.split() for topic in TOPICS.values()]
    return ["the product " + " ".join(rng.choice(topics[n % 2], 3, replace=False)) for n in range(count)]


def tfidf(folder: Path) -> EncoderSpec:
    return EncoderSpec("text", str(folder), kind="tfidf")


def test_tfidf_finds_the_topic_though_no_word_is_shared(tmp_path):
    assert fit(corpus(), tmp_path, dimension=2) == 2
    encoder = load(tfidf(tmp_path))
    assert encoder.dimension == known_dimension(tfidf(tmp_path)) == 2
    rows = encoder.encode(["A dress, a hem", "gown with one SLEEVE", "drill", "nothing known", ""])
    assert rows[0] @ rows[1] > 0.9 > 0.3 > abs(rows[0] @ rows[2])
    assert not rows[3:].any() and rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows[:3], axis=1), 1, atol=1e-5)


def test_its_weights_are_textbook_tfidf():
    vocabulary, idf = {"red": 0, "dress": 1, "mug": 2}, np.array([1.5, 2.0, 3.0], np.float32)
    rows = weighted(counted(["Red dress", "red, red MUG?", "blue"], vocabulary), idf).toarray()
    expected = np.array([[1.5, 2, 0], [(1 + np.log(2)) * 1.5, 0, 3], [0, 0, 0]])
    expected[:2] /= np.linalg.norm(expected[:2], axis=1, keepdims=True)
    np.testing.assert_allclose(rows, expected, atol=1e-6)


def test_another_fit_has_another_identity_and_the_same_one_the_same(tmp_path):
    names = []
    for folder, texts in (("a", corpus()), ("b", corpus()), ("c", corpus(80))):
        fit(texts, tmp_path / folder, dimension=4)
        names.append(tfidf(tmp_path / folder).identity.split("@")[1])
    assert names[0] == names[1] != names[2]
    assert not [file for file in (tmp_path / "a").iterdir() if file.suffix not in {".json", ".safetensors"}]


def test_too_few_words_are_said_so(tmp_path):
    with pytest.raises(EncoderError, match="too few"):
        fit(["one"], tmp_path)
    with pytest.raises(EncoderError, match="no/such"):
        load(tfidf(Path("/no/such")))


def write(path: Path, form: str) -> Path:
    lines = {word: " ".join(map(str, vector)) for word, vector in VECTORS.items()}
    text = "".join(f"{word} {numbers}\n" for word, numbers in lines.items())
    header = f"{len(VECTORS)} 3\n"
    if form == "glove":
        path.write_text(text)
    elif form == "text":
        path.write_text(header + text.rstrip("\n"))
    else:
        end = b"\n" if form == "binary with line ends" else b""
        rows = (word.encode() + b" " + np.array(of, "<f4").tobytes() + end for word, of in VECTORS.items())
        path.write_bytes(header.encode() + b"".join(rows))
    return path


@pytest.mark.parametrize("form", ["glove", "text", "binary", "binary with line ends"])
def test_every_form_of_file_gives_the_mean_of_the_known_words(tmp_path, form):
    encoder = load(EncoderSpec("text", str(write(tmp_path / "vectors", form)), kind="word-vectors"))
    assert encoder.dimension == 3
    rows = encoder.encode(["Dress drill", "A Drill, unknown", "Straße", "nothing here", "dress gown"])
    np.testing.assert_allclose(rows[:3], [[1, 0, 0], [0, 1, 0], [0, 0, 1]], atol=1e-6)
    assert not rows[3].any() and rows[4] == pytest.approx([1, 0, 0])
    assert encoder.encode([]).shape == (0, 3)


def test_sif_lets_frequent_words_weigh_less(tmp_path):
    path = str(write(tmp_path / "vectors", "glove"))
    plain, sif = (EncoderSpec("text", path, kind="word-vectors", pooling=pooling) for pooling in ("mean", "sif"))
    assert plain.identity != sif.identity
    given = ["the dress"]
    assert load(sif).encode(given)[0, 0] > load(plain).encode(given)[0, 0] + 0.02


def test_only_the_first_words_are_indexed_and_another_file_has_another_identity(tmp_path, monkeypatch):
    monkeypatch.setattr(word_files, "KNOWN", 2)
    path = write(tmp_path / "vectors", "glove")
    spec = EncoderSpec("text", str(path), kind="word-vectors")
    assert set(load(spec).places) == {"the", "dress"}
    other = write(tmp_path / "others", "binary")
    assert EncoderSpec("text", str(other), kind="word-vectors").identity.split("@")[1] != spec.identity.split("@")[1]


@pytest.mark.parametrize("content", [b"", b"not a vector file\nat all", b"3 x\n"])
def test_a_file_of_another_kind_is_named(tmp_path, content):
    (tmp_path / "vectors").write_bytes(content)
    with pytest.raises(EncoderError, match="vectors"):
        load(EncoderSpec("text", str(tmp_path / "vectors"), kind="word-vectors"))


def test_kinds_are_of_texts_and_their_poolings_their_own():
    for wrong in ({"modality": "image", "kind": "tfidf"}, {"modality": "text", "pooling": "sif"},
                  {"modality": "text", "kind": "word-vectors", "pooling": "cls"}):  # fmt: skip
        with pytest.raises(ValueError, match="kind|pooling"):
            EncoderSpec(model="x", **wrong)
