"""With the weights of aisfx, and with a tiny random transformer that is only good for its shapes."""

import io
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from scipy.io import wavfile

from mmrec_app.encoders import EncoderSpec, cached, load
from mmrec_app.encoders.audio import Sound, read_sound
from mmrec_app.encoders.bundled import folder_of
from mmrec_app.encoders.sound import HOP, LOUDEST, RATE, blocks, log_mel
from mmrec_app.encoders.spec import AISFX, known_dimension
from mmrec_app.exceptions import EncoderError, MediaRefused

TIME = np.arange(2 * RATE) / RATE
# log10(1 + 1e4 · band) in the middle of a 440 Hz sine of amplitude 0.3, bands 10, 12, 14 and 40, as Essentia's
# MelBands (htkMel, warping, unit_sum, power) computed it.
ESSENTIA = [3.6752, 7.8897, 5.9732, 0.0]


def tone(hertz: float, seed: int = 0) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(0, 0.002, len(TIME))
    return (0.4 * np.sin(2 * np.pi * hertz * TIME) + noise).astype(np.float32)


def rain(loudness: float, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, loudness, len(TIME)).astype(np.float32)


def wav(samples: np.ndarray, rate: int = RATE) -> bytes:
    out = io.BytesIO()
    wavfile.write(out, rate, samples)
    return out.getvalue()


def test_spectra_are_those_that_the_weights_were_trained_on():
    spectra = log_mel((0.3 * np.sin(2 * np.pi * 440 * TIME)).astype(np.float32)) * LOUDEST
    assert spectra.shape == (int(np.ceil(len(TIME) / HOP)) + 1, 96)
    np.testing.assert_allclose(spectra[20, [10, 12, 14, 40]], ESSENTIA, atol=1e-3)
    assert (
        blocks(np.zeros(10, np.float32)).shape == (1, 100, 96) and blocks(np.zeros(44100 * 5, np.float32)).shape[0] == 4
    )


def test_the_bundled_encoder_knows_rain_from_a_whistle(tmp_path):
    encoder = cached(EncoderSpec("audio", AISFX))
    assert encoder.dimension == known_dimension(encoder.spec) == 512
    given = [Sound(wave, RATE) for wave in (rain(0.2), rain(0.1, 1), tone(880), tone(990, 1))]
    rows = encoder.encode(given)
    alike = rows @ rows.T
    assert alike[0, 1] > alike[0, 2] and alike[2, 3] > alike[1, 3] and alike[0, 1] > 0.8
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(encoder.encode(given[2:3])[0], rows[2], atol=1e-5)
    files = sorted(file.name for file in folder_of(AISFX, tmp_path).iterdir())
    assert files == ["model.safetensors"]


def test_a_sound_means_the_same_at_another_rate_and_in_another_format():
    encoder = cached(EncoderSpec("audio", AISFX))
    stereo = np.stack([tone(500)] * 2, axis=1)
    forms = [
        wav(tone(500)),
        wav(stereo),
        wav((tone(500) * 32767).astype(np.int16)),
        wav((tone(500) * 127 + 128).astype(np.uint8)),
        wav(Sound(tone(500), RATE).at(48_000), 48_000),
    ]
    rows = encoder.encode([read_sound(data) for data in forms])
    assert (rows @ rows[0] > 0.97).all() and (rows[:3] @ rows[0] > 0.999).all()
    assert Sound(tone(500), RATE).at(22_050).shape == (RATE,)


def test_other_formats_are_read_where_av_is_installed():
    av = pytest.importorskip("av")
    out = io.BytesIO()
    with av.open(out, "w", format="flac") as container:
        stream = container.add_stream("flac", rate=RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray((tone(500) * 32767).astype(np.int16)[None], "s16", "mono")
        frame.sample_rate = RATE
        container.mux([*stream.encode(frame), *stream.encode()])
    sound = read_sound(out.getvalue())
    assert sound.rate == RATE and len(sound.wave) == len(TIME)
    np.testing.assert_allclose(sound.wave, tone(500), atol=1e-3)


@pytest.mark.parametrize("data", [b"", b"no sound", wav(np.zeros(0, np.int16)), wav(tone(5))[:30]])
def test_what_is_no_sound_is_refused(data):
    with pytest.raises(MediaRefused, match="upload"):
        read_sound(data)


def test_without_av_the_remedy_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "av", None)
    with pytest.raises(MediaRefused, match=r"pip install 'django-mmrec\[media\]'"):
        read_sound(b"OggS" + bytes(100))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from transformers import Wav2Vec2Config, Wav2Vec2FeatureExtractor, Wav2Vec2Model

    folder = tmp_path_factory.mktemp("tiny-wav2vec2")
    shape = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    convolutions = {"conv_dim": (8, 8), "conv_kernel": (10, 4), "conv_stride": (5, 4), "num_conv_pos_embeddings": 4}
    torch.manual_seed(0)
    model = Wav2Vec2Model(Wav2Vec2Config(**shape, **convolutions, num_conv_pos_embedding_groups=2, vocab_size=4))
    model.save_pretrained(folder)
    Wav2Vec2FeatureExtractor(sampling_rate=16_000).save_pretrained(folder)
    return folder


def test_any_hugging_face_audio_model_serves(tiny):
    spec = EncoderSpec("audio", str(tiny))
    encoder = load(spec)
    rows = encoder.encode(
        [Sound(tone(440), RATE), Sound(np.tile(tone(440), 12), RATE), Sound(np.ones(5, np.float32), 8000)]
    )
    assert rows.shape == (3, 16) and known_dimension(spec) == encoder.dimension == 16
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert (
        spec.identity
        != EncoderSpec("audio", str(tiny), pooling="cls").identity
        != EncoderSpec("text", str(tiny)).identity
    )


def test_a_model_that_brings_its_own_code_is_refused_and_its_code_not_run(tmp_path):
    ran = tmp_path / "ran"
    (tmp_path / "evil.py").write_text(f"open({str(ran)!r}, 'w').close()\nclass Config: pass\nclass Model: pass\n")
    own = {"AutoConfig": "evil.Config", "AutoModel": "evil.Model", "AutoFeatureExtractor": "evil.Model"}
    for name in ("config.json", "preprocessor_config.json"):
        (tmp_path / name).write_text(json.dumps({"model_type": "evil", "auto_map": own}))
    with pytest.raises(EncoderError, match="audio encoder .*cannot be loaded"):
        load(EncoderSpec("audio", str(tmp_path)))
    assert not ran.exists()
