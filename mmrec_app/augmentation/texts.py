"""Synonym replacement, insertion, deletion and swap of words (Eq. 17), each on a share of a text's words.

The four operations of Wei and Zou (2019), "EDA".
"""

from collections.abc import Callable

import numpy as np

from mmrec_app.augmentation.lexicon import Lexicon

EDGES = ".,;:!?()[]\"'“”‘’…"
TextStep = Callable[[str, np.random.Generator], str]


def replace_synonyms(text: str, rng: np.random.Generator, lexicon: Lexicon, share: float = 0.2) -> str:
    """Words that have a synonym get one; punctuation about them and a capital at their start stay."""
    words = text.split()
    for place in _some(_replaceable(words, lexicon), len(words), share, rng):
        words[place] = _synonym(words[place], rng, lexicon)
    return " ".join(words)


def insert_synonyms(text: str, rng: np.random.Generator, lexicon: Lexicon, share: float = 0.1) -> str:
    """A synonym of a word of the text, somewhere in it."""
    words = text.split()
    added = [
        _synonym(words[place].strip(EDGES).lower(), rng, lexicon)
        for place in _some(_replaceable(words, lexicon), len(words), share, rng)
    ]
    for word in added:
        words.insert(int(rng.integers(len(words) + 1)), word)
    return " ".join(words)


def delete_words(text: str, rng: np.random.Generator, share: float = 0.1) -> str:
    """Each word goes with probability `share`; one at least stays."""
    words = text.split()
    if not words:
        return ""
    kept = rng.random(len(words)) >= share
    kept[rng.integers(len(words))] = True
    return " ".join(word for word, stays in zip(words, kept, strict=True) if stays)


def swap_words(text: str, rng: np.random.Generator, share: float = 0.1) -> str:
    """Pairs of words change places."""
    words = text.split()
    if len(words) < 2:
        return " ".join(words)
    for _ in range(max(round(share * len(words) / 2), 1)):
        one, other = rng.choice(len(words), 2, replace=False)
        words[one], words[other] = words[other], words[one]
    return " ".join(words)


def steps(lexicon: Lexicon | None) -> tuple[TextStep, ...]:
    """The operations that can be done: all, or deletion and swap where there is no lexicon."""
    if lexicon is None:
        return delete_words, swap_words
    return (
        lambda text, rng: replace_synonyms(text, rng, lexicon),
        lambda text, rng: insert_synonyms(text, rng, lexicon),
        delete_words,
        swap_words,
    )


def text(given: str, rng: np.random.Generator, lexicon: Lexicon | None) -> str:
    """One text through all steps that can be done."""
    for step in steps(lexicon):
        given = step(given, rng)
    return given


def _replaceable(words: list[str], lexicon: Lexicon) -> list[int]:
    return [place for place, word in enumerate(words) if lexicon.synonyms(word.strip(EDGES).lower())]


def _some(places: list[int], count: int, share: float, rng: np.random.Generator) -> list[int]:
    """At random, a share of all words but one at least."""
    wanted = min(max(round(share * count), 1), len(places))
    return rng.choice(places, wanted, replace=False).tolist() if places else []


def _synonym(word: str, rng: np.random.Generator, lexicon: Lexicon) -> str:
    bare = word.strip(EDGES)
    chosen = str(rng.choice(lexicon.synonyms(bare.lower())))
    return word.replace(bare, chosen[:1].upper() + chosen[1:] if bare[:1].isupper() else chosen, 1)
