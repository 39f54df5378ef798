"""TF-IDF of words, reduced to a dense vector: latent semantic analysis (Deerwester et al. 1990) of one catalogue.

A fitted vocabulary rather than hashed words: the weights are of this shop's words, and the axes of what occurs together
in it. It is fitted by `manage.py mmrec_tfidf FOLDER` and again only when that is run again; the folder is deployed like
any local model's, and a new fit has a new identity, so vectors of two fits are never mixed.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from safetensors.numpy import load_file, save_file
from scipy.sparse.linalg import svds

from mmrec_app.encoders.spec import EncoderSpec
from mmrec_app.exceptions import EncoderError
from mmrec_app.types import Vector

WORD = re.compile(r"\w\w+")
VOCABULARY = 50_000
FEWEST = 2
"""Texts that a word must be in; of more than half of the texts it says nothing."""


class TfidfEncoder:
    """Rows of zeros for texts without a known word."""

    def __init__(self, spec: EncoderSpec, folder: Path) -> None:
        self.spec, self.identity = spec, spec.identity
        tensors = load_file(folder / "tfidf.safetensors")
        self.vocabulary = {word: n for n, word in enumerate(json.loads((folder / "vocabulary.json").read_text()))}
        self.idf, self.axes = tensors["idf"], tensors["axes"]  # (V,), (V, D)
        self.dimension = self.axes.shape[1]

    def encode(self, inputs: Sequence[str]) -> Vector:
        weights = weighted(counted(inputs, self.vocabulary), self.idf)
        return unit((weights @ self.axes).astype(np.float32))


def fit(texts: Iterable[str], folder: Path, dimension: int = 256, seed: int = 0) -> int:
    """Writes the encoder's folder and returns its dimension. Raises `EncoderError` when there are too few words."""
    texts = list(texts)
    frequency = Counter(word for text in texts for word in set(words(text)))
    fewest, most = (FEWEST, len(texts) / 2) if len(texts) > 20 else (1, len(texts))
    known = [(-times, word) for word, times in frequency.items() if fewest <= times <= most]
    vocabulary = [word for _, word in sorted(known)[:VOCABULARY]]
    dimension = min(dimension, len(vocabulary) - 1, len(texts) - 1)
    if dimension < 1:
        raise EncoderError(f"{len(texts)} texts with {len(vocabulary)} words are too few to fit TF-IDF to.")
    idf = np.array([np.log((1 + len(texts)) / (1 + frequency[word])) + 1 for word in vocabulary], np.float32)
    matrix = weighted(counted(texts, {word: n for n, word in enumerate(vocabulary)}), idf)
    start = np.random.default_rng(seed).standard_normal(min(matrix.shape))
    axes = np.ascontiguousarray(svds(matrix, dimension, v0=start)[2][::-1].T, np.float32)
    _write(folder, vocabulary, idf, axes, len(texts))
    return dimension


def words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def counted(texts: Sequence[str], vocabulary: dict[str, int]) -> sp.csr_matrix:
    """(N, V) of how often each text has each word."""
    rows = [Counter(vocabulary[word] for word in words(text) if word in vocabulary) for text in texts]
    offsets = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter((column for row in rows for column in row), np.int64, offsets[-1])
    counts = np.fromiter((count for row in rows for count in row.values()), np.float32, offsets[-1])
    return sp.csr_matrix((counts, columns, offsets), shape=(len(texts), len(vocabulary)))


def weighted(counts: sp.csr_matrix, idf: Vector) -> sp.csr_matrix:
    """(1 + log tf) · idf, rows of unit length."""
    counts = counts.copy()
    counts.data = 1 + np.log(counts.data)
    rows = counts @ sp.diags(idf)
    length = np.sqrt(rows.multiply(rows).sum(axis=1)).A1
    return sp.diags(1 / np.maximum(length, 1e-12)) @ rows


def unit(rows: Vector) -> Vector:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def _write(folder: Path, vocabulary: list[str], idf: Vector, axes: Vector, documents: int) -> None:
    """The configuration last, and with a digest of the rest: it is what an identity is made of."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocabulary.json").write_text(json.dumps(vocabulary))
    save_file({"idf": idf, "axes": axes}, folder / "tfidf.safetensors")
    files = [(folder / name).read_bytes() for name in ("vocabulary.json", "tfidf.safetensors")]
    told = {
        "model_type": "tfidf",
        "hidden_size": axes.shape[1],
        "documents": documents,
        "digest": hashlib.sha256(b"".join(files)).hexdigest(),
    }
    (folder / "config.json").write_text(json.dumps(told, indent=1))
