"""With tiny seq2seq models of random weights: they know no language, they only have the shape of a model that does."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from django.core.exceptions import ImproperlyConfigured

from mmrec_app.augmentation.rewriting import Rewriter
from mmrec_app.conf import conf
from mmrec_app.encoders import TEXT_DEFAULT, cached
from mmrec_app.exceptions import AugmentationError
from mmrec_app.models import Item, ModalityVector
from mmrec_app.offline.content import read_contents
from mmrec_app.offline.encode import encode_dirty
from mmrec_app.offline.views import encode_missing_views
from mmrec_app.types import Seq2Seq
from tests.products import make_product

WORDS = ["[PAD]", "[UNK]", "[EOS]", "a", "red", "blue", "dress", "mug", "warm", "gown"]
TEXTS = ["a red dress", "blue mug", "warm gown " * 40]


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast, T5Config, T5ForConditionalGeneration

    folder = tmp_path_factory.mktemp("tiny-seq2seq")
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "eos_token": "[EOS]"}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special).save_pretrained(folder)
    torch.manual_seed(0)
    shape = {"d_model": 16, "d_kv": 8, "d_ff": 32, "num_layers": 1, "num_heads": 2}
    ids = {"pad_token_id": 0, "eos_token_id": 2, "decoder_start_token_id": 0}
    T5ForConditionalGeneration(T5Config(vocab_size=len(WORDS), **shape, **ids)).save_pretrained(folder)
    return folder


@pytest.mark.parametrize("models", [1, 2])
def test_texts_are_written_anew_and_the_same_for_the_same_seed(tiny, models):
    rewriter = Rewriter([Seq2Seq(str(tiny))] * models, device="cpu", max_length=12)
    torch.manual_seed(1)
    state = torch.random.get_rng_state()
    made = rewriter(TEXTS * 10, rng())
    assert torch.equal(torch.random.get_rng_state(), state)  # nobody else's randomness is touched
    assert len(made) == 30 and all(made) and set(" ".join(made).split()) <= set(WORDS)
    assert made == rewriter(TEXTS * 10, rng()) != rewriter(TEXTS * 10, rng(1))


def test_a_pickle_and_a_stranger_are_refused_by_name(tiny, tmp_path):
    folder = shutil.copytree(tiny, tmp_path / "pickled")
    (folder / "model.safetensors").unlink()
    torch.save({}, folder / "pytorch_model.bin")
    for model in (str(folder), "/no/such/model"):
        with pytest.raises(AugmentationError, match=f"{model}.*REWRITERS"):
            Rewriter([Seq2Seq(model)])


@pytest.mark.django_db
@pytest.mark.parametrize("pair", [False, True])
def test_each_model_of_the_setting_gets_the_words_it_wants_before_a_text(tiny, settings, pair):
    make_product(title="mug", description="blue mug", brand="warm", image=False)
    encode_dirty()
    second = [{"model": str(tiny), "prefix": "gown dress "}] if pair else []
    named = [{"model": str(tiny), "prefix": "warm red "}, *second]
    settings.MMREC = settings.MMREC | {"REWRITERS": [named if pair else named[0]], "VIEWS": 1}
    encode_missing_views()
    (text,) = (content.text for content in read_contents(Item.objects.values_list("pk", flat=True)).values())

    def written(*prefixes: str) -> np.ndarray:
        made = Rewriter([Seq2Seq(str(tiny), prefix) for prefix in prefixes])([text], rng(1))
        return cached(TEXT_DEFAULT).encode(made)[0]

    stored = np.asarray(ModalityVector.objects.get(view=1).vector)
    wanted = ("warm red ", "gown dress ") if pair else ("warm red ",)
    assert stored @ written(*wanted) > 0.999 > 0.99 > stored @ written(*[""] * len(wanted))


@pytest.mark.parametrize("wrong", ["a/model", [3], [["a", "b", "c"]], [{"prefix": "x"}], [{"model": "a", "prefx": ""}]])
def test_a_setting_that_names_no_models_is_refused(settings, wrong):
    settings.MMREC = settings.MMREC | {"REWRITERS": wrong}
    with pytest.raises(ImproperlyConfigured, match="REWRITERS.*must list models"):
        conf()
