"""Static word vectors: a Word2Vec file (binary or text) or a GloVe file, and the weighted mean of a text's words."""

import mmap
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from mmrec_app.encoders.spec import EncoderSpec
from mmrec_app.encoders.tfidf import unit
from mmrec_app.exceptions import EncoderError
from mmrec_app.types import Vector

WORD = re.compile(r"\w+(?:['’]\w+)*")
KNOWN = 500_000
"""Words that are indexed, from the file's beginning: they come most frequent first, and the rest are rare."""
SMOOTHING = 1e-3
"""Arora et al. (2017): a word of probability p weighs a / (a + p)."""


class WordVectors:
    """The file stays on disk: in memory is only where each word's vector begins in it."""

    def __init__(self, spec: EncoderSpec, path: Path) -> None:
        self.spec, self.identity = spec, spec.identity
        with path.open("rb") as file:
            self.file = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.dimension, self.binary, start = _header(self.file, path)
        entries = _binary(self.file, start, self.dimension) if self.binary else _lines(self.file, start)
        self.places: dict[str, int] = {}
        self.ranks: dict[str, int] = {}
        for rank, (word, place) in zip(range(KNOWN), entries):  # noqa: B905 - the range only ends it
            if word not in self.places:
                self.places[word], self.ranks[word] = place, rank

    def encode(self, inputs: Sequence[str]) -> Vector:
        """A row of zeros for a text of which no word is known."""
        return unit(np.stack([self._mean(text) for text in inputs])) if inputs else np.zeros((0, self.dimension), "f4")

    def _mean(self, text: str) -> Vector:
        known = [word for word in map(self._known, WORD.findall(text)) if word]
        if not known:
            return np.zeros(self.dimension, np.float32)
        rows = np.stack([self._vector(word) for word in known])
        return np.average(rows, axis=0, weights=[self._weight(word) for word in known]).astype(np.float32)

    def _known(self, word: str) -> str:
        return next((form for form in (word, word.lower()) if form in self.places), "")

    def _weight(self, word: str) -> float:
        """The files tell no frequencies; by Zipf's law the word of rank r has 1 / (r · ln N) of all."""
        if self.spec.pooled != "sif":
            return 1.0
        probability = 1 / ((self.ranks[word] + 1) * max(np.log(len(self.places)), 1.0))
        return SMOOTHING / (SMOOTHING + probability)

    def _vector(self, word: str) -> Vector:
        place = self.places[word]
        if self.binary:
            return np.frombuffer(self.file, "<f4", self.dimension, place)
        row = np.array(self.file[place : self.file.find(b"\n", place) % (len(self.file) + 1)].split(), np.float32)
        if len(row) != self.dimension:
            raise EncoderError(f"{self.spec.model}: the vector of {word!r} has {len(row)} of {self.dimension} numbers.")
        return row


def _header(file: mmap.mmap, path: Path) -> tuple[int, bool, int]:
    """Dimension, whether the vectors are binary, and where the first word begins. GloVe's files have no first line."""
    line = file.readline().split()
    if _is_line(line, len(line) - 1) and len(line) > 2:
        return len(line) - 1, False, 0
    if len(line) != 2 or not all(part.isdigit() for part in line):
        raise EncoderError(f"{path} is neither a Word2Vec nor a GloVe file.")
    start, dimension = file.tell(), int(line[1])
    second = file.readline().split()
    return dimension, not _is_line(second, dimension), start


def _is_line(fields: list[bytes], dimension: int) -> bool:
    try:
        return len([float(field) for field in fields[-dimension:]]) == dimension < len(fields)
    except ValueError:
        return False


def _binary(file: mmap.mmap, at: int, dimension: int) -> Iterator[tuple[str, int]]:
    """Word, a space, the numbers, and after them in some files a line's end."""
    while (space := file.find(b" ", at)) >= 0 and space + 1 + 4 * dimension <= len(file):
        yield file[at:space].decode("utf-8", "replace").strip(), space + 1
        at = space + 1 + 4 * dimension


def _lines(file: mmap.mmap, at: int) -> Iterator[tuple[str, int]]:
    while 0 <= at < len(file) and (space := file.find(b" ", at)) >= 0:
        yield file[at:space].decode("utf-8", "replace"), space + 1
        at = file.find(b"\n", space) + 1 or len(file)
