from pathlib import Path

import numpy as np
import pytest

from mmrec_app.augmentation import lexicon as lexicons
from mmrec_app.augmentation import texts
from mmrec_app.augmentation.lexicon import Lexicon, lexicon
from mmrec_app.exceptions import AugmentationError

TEXT = "A lovely red summer dress (cotton), with two pockets and a matching belt for every evening of the year."


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.fixture(scope="module")
def wordnet() -> Lexicon:
    return lexicon()


def test_wordnet_knows_what_means_the_same(wordnet):
    assert {"crimson", "scarlet"} <= set(wordnet.synonyms("red"))
    assert "frock" in wordnet.synonyms("dress") and "couch" in wordnet.synonyms("sofa")
    assert "frocks" in wordnet.synonyms("dresses") and "get dresseds" not in wordnet.synonyms("dresses")
    assert wordnet.synonyms("in") == wordnet.synonyms("it") == wordnet.synonyms("qqqq") == ()


@pytest.mark.parametrize("number", range(4))
def test_each_step_changes_something_and_is_the_same_for_the_same_seed(wordnet, number):
    step = texts.steps(wordnet)[number]
    made = [step(TEXT, rng(seed)) for seed in range(20)]
    assert made == [step(TEXT, rng(seed)) for seed in range(20)]
    assert len(set(made)) > 10 and sum(each != TEXT for each in made) > 12
    assert step("", rng()) == "" and step("dress", rng())


def test_a_replaced_word_keeps_its_capital_and_its_punctuation():
    few = Lexicon({"dress": (("noun", "1"),)}, {("noun", "1"): "1 06 n 02 dress 0 frock 0 001 @ 2 n 0000 | worn"})
    assert texts.replace_synonyms("(Dress), red", rng(), few) == "(Frock), red"
    assert texts.replace_synonyms("nothing known", rng(), few) == "nothing known"
    assert sorted(texts.insert_synonyms("red dress", rng(), few).split()) == ["dress", "frock", "red"]


def test_deletion_takes_a_share_away_and_a_swap_nothing():
    words = [f"w{n}" for n in range(400)]
    left = texts.delete_words(" ".join(words), rng(), share=0.25).split()
    assert 270 < len(left) < 330 and [word for word in words if word in set(left)] == left
    assert texts.delete_words("one two", rng(), share=1.0) in {"one", "two"}
    swapped = texts.swap_words(" ".join(words), rng(), share=0.1).split()
    assert sorted(swapped) == sorted(words) and 0 < sum(a != b for a, b in zip(words, swapped, strict=True)) <= 40


def test_without_a_database_the_remedy_is_named_and_words_are_still_deleted_and_swapped(tmp_path, monkeypatch):
    with pytest.raises(AugmentationError, match="no WordNet in .*pip install"):
        lexicon(tmp_path)
    monkeypatch.setattr(lexicons, "_places", lambda: [Path("/no/such/folder")])
    lexicon.cache_clear()
    with pytest.raises(AugmentationError, match="no WordNet on this machine.*pip install"):
        lexicon()
    lexicon.cache_clear()
    assert texts.steps(None) == (texts.delete_words, texts.swap_words)
